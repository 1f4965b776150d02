"""reportlab's PDF document, written object by object, so that no page stays in memory after it was made.

reportlab itself keeps every object until a document is saved: a worklist of some thousand papers would take more
memory than an office's machine has to spare. Here an object is written when it is whole, and only its place is kept.
The same objects give the same bytes: a document carries no time and no random number.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc

PROGRAM = "Backbone Desktop"
_ENTRY = "%010d 00000 n \n"


class PdfFile:
    """Objects go into `out` as they are put. Every method raises OSError when `out` does."""

    def __init__(self, out: BinaryIO, *, title: str, author: str, language: str) -> None:
        self._document = pdfdoc.PDFDocument(dummyoutline=1, invariant=1, pdfVersion=(1, 7), lang=language)
        self._document.info = _Facts(title, author)
        self.fonts = self._document.idToObject[pdfdoc.BasicFonts]
        """reportlab's dictionary of the fonts, by the names that pages call them."""
        self._file = _Stream(self._document._pdfVersion, out)
        self._places = array("Q")

    def reserve(self, thing: Any) -> str:
        """A reference to an object that others name before it is whole; `close` writes it."""
        return str(self._document.Reference(thing).format(self._document), "ascii")

    def put(self, thing: Any) -> str:
        """Write an object and forget it; return how others refer to it."""
        reference = self.reserve(thing)
        self._write(int(reference.split()[0]))
        return reference

    def stream(self, content: bytes, facts: Mapping[str, Any]) -> str:
        """Write an object that carries bytes, packed; `facts` are its dictionary's entries."""
        return self.put(pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(facts)), content, [pdfdoc.PDFZCompress]))

    def close(self, pages: str) -> None:
        """Write what is left, the catalogue with a reference to the `pages`, and the table of all objects' places."""
        document, catalogue = self._document, self._document.Catalog
        catalogue.Pages, catalogue.Outlines = pages, None
        # A reader must print the sheet at its own size: a shrunken form no longer takes the seal.
        catalogue.ViewerPreferences = pdfdoc.ViewerPreferencesPDFDictionary()
        catalogue.ViewerPreferences["PrintScaling"] = "None"
        catalogue.ViewerPreferences["DisplayDocTitle"] = "true"
        root, facts = document.Reference(catalogue), document.Reference(document.info)
        trailer = pdfdoc.PDFDictionary({"Root": root, "Info": facts}).format(document)
        while document.numberToId:  # what is written may name more
            self._write(min(document.numberToId))
        start = self._file.add(f"xref\n0 {len(self._places) + 1}\n0000000000 65535 f \n")
        for place in self._places:
            self._file.add(_ENTRY % place)
        size = f"<<\n/Size {len(self._places) + 1}\n".encode("ascii")
        self._file.add(b"trailer\n" + trailer.replace(b"<<\n", size, 1) + b"\nstartxref\n%d\n%%%%EOF\n" % start)

    def _write(self, number: int) -> None:
        document = self._document
        name = document.numberToId[number]
        body = pdfdoc.PDFIndirectObject(name, document.idToObject[name]).format(document)
        self._places.extend([0] * (number - len(self._places)))
        self._places[number - 1] = self._file.add(body)
        del document.numberToId[number]
        del document.idToObject[name]
        del document.idToObjectNumberAndVersion[name]


class _Stream(pdfdoc.PDFFile):  # type: ignore[misc]
    """reportlab's count of the bytes, without the bytes."""

    def __init__(self, version: tuple[int, int], out: BinaryIO) -> None:
        super().__init__(version)
        out.write(b"".join(self.strings))
        self.write = out.write


class _Facts(pdfdoc.PDFInfo):  # type: ignore[misc]
    """Title, author and program, without the date that reportlab makes up for files that stay the same."""

    def __init__(self, title: str, author: str) -> None:
        super().__init__()
        self.title, self.author = title, author

    def format(self, document: Any) -> Any:
        told = {"Title": self.title, "Author": self.author, "Creator": PROGRAM, "Producer": PROGRAM}
        return pdfdoc.PDFDictionary({key: pdfdoc.PDFString(value) for key, value in told.items()}).format(document)
