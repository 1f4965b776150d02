"""A PDF in the making: reportlab's canvas without what it would add of its own.

The same drawing gives the same bytes: a document carries no time and no random number.
"""

from __future__ import annotations

import io
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from backbone_desktop.printing.fonts import Embedded, Fonts
from backbone_desktop.printing.paper import EXACT, POINT, Calibration, Ink, Paper, Parts
from backbone_desktop.printing.truetype import FontFile

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
    """Pages are made with `page`, drawn on, and closed with `add`; `finish` returns the file."""

    def __init__(self, paper: Paper, fonts: Fonts, *, title: str, author: str, language: str,
                 parts: Parts = Parts.BOTH, calibration: Calibration = EXACT) -> None:
        rl_config.useA85 = 0  # binary streams are a fifth smaller
        self.paper, self.fonts = paper, fonts
        self._parts, self._calibration = parts, calibration
        self._out = io.BytesIO()
        size = (paper.width * POINT, paper.height * POINT)
        self._canvas = _BareCanvas(self._out, pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 7),
                                   lang=language)
        self._canvas._doc.info = _Facts(title, author)
        # A reader must print the sheet at its own size: a shrunken form no longer takes the seal.
        self._canvas.setViewerPreference("PrintScaling", "None")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._embedded: dict[str, Embedded] = {}

    def page(self) -> Ink:
        return Ink(self.paper.height, self.fonts, self._embed)

    def add(self, ink: Ink) -> None:
        """Close a page."""
        self._canvas._code.append(self._corrected(ink.marks(self._parts)))
        self._canvas.showPage()

    def _corrected(self, marks: str) -> str:
        by = self._calibration
        if by == EXACT:
            return marks
        up = self.paper.height * POINT * (1 - by.scale) - by.dy * POINT
        return f"q {by.scale:.5f} 0 0 {by.scale:.5f} {by.dx * POINT:.3f} {up:.3f} cm\n{marks}\nQ"

    def finish(self) -> bytes:
        self._canvas.save()
        return self._out.getvalue()

    def _embed(self, font: FontFile) -> Embedded:
        known = self._embedded.get(font.name)
        if known is None:
            known = self._embedded[font.name] = Embedded(font, f"F{len(self._embedded) + 1}")
            self._canvas._doc.delayedFonts.append(known)
        return known
