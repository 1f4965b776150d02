"""The papers as the window and the commands ask for them: data in, PDF or picture out."""

from __future__ import annotations

import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_desktop.printing.fonts import Fonts
from backbone_desktop.services.forms import Form

if TYPE_CHECKING:
    from backbone_desktop.printing.recovery_sheet import RecoveryFacts
    from backbone_desktop.services.receipts import ReceiptData
    from backbone_desktop.words import Words


class Papers:
    """Made once; every method may be called from any thread. Nothing is opened before the first paper."""

    def __init__(self, resources: Path, language: str = "zh_CN") -> None:
        """`language` is the office's, for papers whose data names none."""
        self._locale = resources / "locale"
        self._fonts = Fonts(resources / "fonts")
        self._language = language
        self._words: dict[str, Words] = {}
        self._loading = threading.Lock()

    def receipt(self, data: ReceiptData, paper: str) -> bytes:
        """PDF bytes on "A5" or "A4". Raises `Unavailable`: print.no_glyph (character), print.font_missing (font)."""
        return self.form(Form.RECEIPT, data, paper)

    def form(self, form: Form, data: Any, paper: str, *, parts: str = "both", dx: float = 0.0, dy: float = 0.0,
             scale: float = 1.0) -> bytes:
        """Any form of `services.forms` as PDF bytes, on a paper that `services.forms.PAPERS` names for it.

        `parts`: "both", or "form" or "data" alone for a pre-printed form; `dx`, `dy` (millimetres) and `scale` correct
        a printer. Raises `Unavailable`: print.no_glyph (character), print.font_missing (font).
        """
        from backbone_desktop.printing.document import Document
        from backbone_desktop.printing.paper import PAPERS, Calibration, Parts

        words = self._in(data.language)
        document = Document(PAPERS[paper], self._fonts, title=f"{words(f'form.{form}.title')} {data.number}",
                            author=data.office, language=data.language.replace("_", "-"), parts=Parts(parts),
                            calibration=Calibration(dx, dy, scale))
        import_module(f"backbone_desktop.printing.{form}").draw(document, data, words)
        return document.finish()

    def recovery_sheet(self, data: RecoveryFacts) -> bytes:
        """PDF bytes on A4."""
        from backbone_desktop.printing.recovery_sheet import recovery_sheet

        return recovery_sheet(data, self._fonts, self._in(getattr(data, "language", "") or self._language))

    def pages(self, pdf: bytes) -> int:
        from backbone_desktop.printing.preview import page_count

        return page_count(pdf)

    def image(self, pdf: bytes, page: int, width: int) -> tuple[int, int, bytes]:
        """(width, height, BGRA bytes, 4 bytes a pixel) of page `page` (from 0), drawn `width` pixels wide."""
        from backbone_desktop.printing.preview import page_picture

        return page_picture(pdf, page, width)

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that no font of ours can print."""
        return self._fonts.missing(text)

    def _in(self, language: str) -> Words:
        from backbone_desktop.words import Words

        with self._loading:
            if language not in self._words:
                self._words[language] = Words.load(language, self._locale)
            return self._words[language]
