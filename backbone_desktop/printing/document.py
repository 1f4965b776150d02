"""A PDF in the making: reportlab's canvas without what it would add of its own.

The same drawing gives the same bytes: a document carries no time and no random number.
"""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from backbone_desktop.printing.fonts import Embedded, Fonts
from backbone_desktop.printing.paper import POINT, Ink, Paper
from backbone_desktop.printing.truetype import FontFile
from backbone_desktop.services.forms import AS_IT_IS, Fit

PROGRAM = "Backbone Desktop"


class _BareCanvas(Canvas):  # type: ignore[misc]
    def _make_preamble(self) -> None:
        # reportlab would name Helvetica in every file, which is not embedded and not used
        self._preamble = "1 0 0 1 0 0 cm"


class _Facts(pdfdoc.PDFInfo):  # type: ignore[misc]
    """Title, author and program, without the date that reportlab makes up for files that stay the same."""

    def __init__(self, title: str, author: str) -> None:
        super().__init__()
        self.title, self.author = title, author

    def format(self, document: Any) -> Any:
        told = {"Title": self.title, "Author": self.author, "Creator": PROGRAM, "Producer": PROGRAM}
        return pdfdoc.PDFDictionary({key: pdfdoc.PDFString(value) for key, value in told.items()}).format(document)


class Document:
    """Pages are made with `page`, drawn on, and closed with `add`. A form draws itself into a document that it is
    given, so that many forms may stand in one and share its fonts."""

    def __init__(self, paper: Paper, fonts: Fonts, *, title: str, author: str, language: str,
                 fit: Fit = AS_IT_IS, out: BinaryIO | None = None) -> None:
        """`out` takes a batch's file; without it `finish` returns the file's bytes."""
        rl_config.useA85 = 0  # binary streams are a fifth smaller
        self.paper, self.fonts, self._fit = paper, fonts, fit
        self._out = io.BytesIO() if out is None else out
        size = (paper.width * POINT, paper.height * POINT)
        self._canvas = _BareCanvas(self._out, pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 7),
                                   lang=language)
        self._canvas._doc.info = _Facts(title, author)
        # A reader must print the sheet at its own size: a shrunken form no longer takes the seal.
        self._canvas.setViewerPreference("PrintScaling", "None")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._embedded: dict[str, Embedded] = {}
        self.pages = 0

    def page(self) -> Ink:
        return Ink(self.paper.height, self.fonts, self._embed)

    def add(self, ink: Ink) -> None:
        """Close a page."""
        self._canvas._code.append(self._corrected(ink.marks(self._fit.parts)))
        self._canvas.showPage()
        self.pages += 1

    def close(self) -> None:
        """Write the end of the file. Raises OSError when `out` does."""
        self._canvas.save()

    def finish(self) -> bytes:
        """The whole file of a document that was made in memory."""
        self.close()
        assert isinstance(self._out, io.BytesIO)
        return self._out.getvalue()

    def _corrected(self, marks: str) -> str:
        """The marks moved and scaled from the sheet's top left corner, as the printer asks for."""
        by = self._fit
        if (by.dx, by.dy, by.scale) == (0, 0, 1):
            return marks
        up = (self.paper.height * (1 - by.scale) - by.dy) * POINT
        return f"q {by.scale:.5f} 0 0 {by.scale:.5f} {by.dx * POINT:.3f} {up:.3f} cm\n{marks}\nQ"

    def _embed(self, font: FontFile) -> Embedded:
        known = self._embedded.get(font.name)
        if known is None:
            known = self._embedded[font.name] = Embedded(font, f"F{len(self._embedded) + 1}")
            self._canvas._doc.delayedFonts.append(known)
        return known
