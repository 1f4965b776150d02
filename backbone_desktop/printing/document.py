"""A PDF in the making: pages, the fonts that they share, and what many of them have in common.

The same drawing gives the same bytes: a document carries no time and no random number.
"""

from __future__ import annotations

import io
from hashlib import sha256
from typing import BinaryIO

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

from backbone_desktop.printing.fonts import Embedded, Fonts
from backbone_desktop.printing.paper import LAYERS, POINT, Ink, Layer, Paper
from backbone_desktop.printing.pdf import PdfFile
from backbone_desktop.printing.truetype import FontFile
from backbone_desktop.services.forms import AS_IT_IS, Fit


class Document:
    """Pages are made with `page`, drawn on, and closed with `add`. A form draws itself into a document that it is
    given, so that many forms may stand in one and share its fonts.

    A document with an `out` is a batch: each page goes there at once and leaves memory, and what pages have in
    common (see `Layer`) is written once and named by them.
    """

    def __init__(self, paper: Paper, fonts: Fonts, *, title: str, author: str, language: str,
                 fit: Fit = AS_IT_IS, out: BinaryIO | None = None) -> None:
        """Raises OSError when `out` does, here and in `add` and `close`."""
        self.paper, self.fonts, self._fit = paper, fonts, fit
        self._kept = io.BytesIO() if out is None else None
        self._file = PdfFile(out or self._kept or io.BytesIO(), title=title, author=author, language=language)
        self._sheet = PDFArray([0, 0, paper.width * POINT, paper.height * POINT])
        self._forms = PDFDictionary()
        self._resources = self._file.reserve(PDFDictionary(
            {"Font": self._file.reserve(self._file.fonts), "XObject": self._forms}))
        self._tree = PDFDictionary({"Type": PDFName("Pages"), "MediaBox": self._sheet, "Resources": self._resources})
        self._above = self._file.reserve(self._tree)
        self._kids = io.StringIO()
        self.pages = 0
        self._fonts: dict[str, Embedded] = {}
        self._names: dict[bytes, str] = {}
        """A layer of a page, by its hash: "" when it was seen once, then the name it was written under."""
        self._upper = ""
        """What stands on the upper half of a sheet whose lower half is free."""

    def page(self) -> Ink:
        return Ink(self.paper.height, self.fonts, self._embed)

    def half(self) -> Ink:
        """Half a sheet, as high as two of them make one."""
        return Ink(self.paper.height / 2, self.fonts, self._embed)

    @property
    def begun(self) -> bool:
        """Whether the next half goes below another one."""
        return bool(self._upper)

    def add(self, ink: Ink) -> None:
        """Close a page."""
        self._write(self._marks(ink))

    def add_half(self, ink: Ink) -> None:
        """Close half a sheet; the last of an odd number stands alone on its own."""
        if self._upper:
            self._write(f"{self._upper}\n{self._marks(ink)}")
            self._upper = ""
        else:
            self._upper = f"q 1 0 0 1 0 {self.paper.height / 2 * POINT:.2f} cm\n{self._marks(ink)}\nQ"

    def _marks(self, ink: Ink) -> str:
        layers = LAYERS[self._fit.parts]
        if self._kept:
            return ink.marks(*layers)
        return "\n".join(self._shared(ink.marks(layer)) if layer in (Layer.FORM, Layer.OFTEN) else ink.marks(layer)
                         for layer in layers)

    def _write(self, marks: str) -> None:
        shown = self._file.stream(self._corrected(marks).encode("ascii"), {})
        page = PDFDictionary({"Type": PDFName("Page"), "Parent": self._above, "Contents": shown})
        self._kids.write(f"{self._file.put(page)} ")
        self.pages += 1

    def close(self) -> None:
        """Write what belongs to the whole document; nothing can be added after it."""
        if self._upper:
            self._write(self._upper)
        for font in self._fonts.values():
            self._file.fonts[font.label] = font.write(self._file)
        self._tree["Kids"], self._tree["Count"] = f"[ {self._kids.getvalue()}]", self.pages
        self._file.close(self._above)

    def finish(self) -> bytes:
        """The whole file of a document that was made in memory."""
        assert self._kept is not None
        self.close()
        return self._kept.getvalue()

    def _corrected(self, marks: str) -> str:
        """The marks moved and scaled from the sheet's top left corner, as the printer asks for."""
        by = self._fit
        if (by.dx, by.dy, by.scale) == (0, 0, 1):
            return marks
        up = (self.paper.height * (1 - by.scale) - by.dy) * POINT
        return f"q {by.scale:.5f} 0 0 {by.scale:.5f} {by.dx * POINT:.3f} {up:.3f} cm\n{marks}\nQ"

    def _shared(self, marks: str) -> str:
        """The marks themselves for the first page that has them; from then on the name that they are written under."""
        key = sha256(marks.encode("ascii")).digest()
        name = self._names.get(key)
        if name is None:
            self._names[key] = ""
            return marks
        if not name:
            name = self._names[key] = f"S{len(self._forms.dict) + 1}"
            self._forms[name] = self._file.stream(marks.encode("ascii"), {
                "Type": PDFName("XObject"), "Subtype": PDFName("Form"), "BBox": self._sheet,
                "Resources": self._resources})
        return f"/{name} Do"

    def _embed(self, font: FontFile) -> Embedded:
        known = self._fonts.get(font.name)
        if known is None:
            known = self._fonts[font.name] = Embedded(font, f"F{len(self._fonts) + 1}")
        return known
