"""The papers as the window and the commands ask for them: data in, PDF or picture out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from backbone_desktop.printing.fonts import Fonts
from backbone_desktop.services.forms import AS_IT_IS, Fit, Form

if TYPE_CHECKING:
    from backbone_desktop.printing.document import Document
    from backbone_desktop.printing.recovery_sheet import RecoveryFacts
    from backbone_desktop.services.forms import Paperwork
    from backbone_desktop.services.paper_rows import PaperFile
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
        """PDF bytes on a paper that `services.forms.PAPERS` names for it. Raises as `form` does."""
        return self.form(Form.RECEIPT, data, paper)

    def form(self, form: Form, data: Any, paper: str, fit: Fit = AS_IT_IS) -> bytes:
        """Any form of `services.forms` as PDF bytes, on a paper that `services.forms.PAPERS` names for it.

        Raises `Unavailable`: print.no_glyph (character), print.font_missing (font).
        """
        from backbone_desktop.printing.drawing import draw

        words = self._in(data.language)
        document = self._document(data, paper, fit, f"{words(f'form.{form}.title')} {data.number}")
        draw(form, document, data, words)
        return document.finish()

    def batch(self, form: Form, datas: Iterable[Any], paper: str, out: BinaryIO, fit: Fit = AS_IT_IS) -> int:
        """Write many papers of one form into one PDF and return how many pages it has; of none nothing is written.

        Each is drawn when `datas` gives it and numbers its own pages. Raises what `form` does, and OSError; what was
        written by then is no PDF.
        """
        from backbone_desktop.printing.drawing import draw

        document = None
        for data in datas:
            words = self._in(data.language)
            document = document or self._document(data, paper, fit, words(f"form.{form}.title"), out)
            draw(form, document, data, words)
        if document is None:
            return 0
        document.close()
        return document.pages

    def test_sheet(self, form: Form, paper: str, told: Sequence[str], fit: Fit, language: str) -> bytes:
        """The sheet that a printer is measured by, with the form's outline; `told` stands on it line by line."""
        from backbone_desktop.printing.document import Document
        from backbone_desktop.printing.paper import PAPERS
        from backbone_desktop.printing.test_sheet import draw_test_sheet

        words = self._in(language)
        document = Document(PAPERS[paper], self._fonts, title=words("form.test_sheet.title"), author="",
                            language=language.partition("+")[0].replace("_", "-"), fit=fit)
        draw_test_sheet(document, (words("form.test_sheet.of", form=words(f"form.{form}.title")), *told), words)
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

    def read(self, content: bytes, cancelled: Callable[[], bool] = lambda: False) -> PaperFile:
        """The text and the codes of a PDF or a picture. Raises RuleBroken verify.… at field "file"."""
        from backbone_desktop.printing.paper_reading import read_paper

        return read_paper(content, cancelled)

    def read_file(self, path: Path, cancelled: Callable[[], bool] = lambda: False) -> PaperFile:
        """As `read`, and verify.file_unreadable; a file that is too large is not even opened."""
        from backbone_desktop.printing.paper_reading import read_paper_file

        return read_paper_file(path, cancelled)

    def fonts_of(self, text: str) -> tuple[tuple[str, str], ...]:
        """Each character of `text` with the name of the font that prints it, "" where none does."""
        return self._fonts.used(text)

    def _document(self, data: Paperwork, paper: str, fit: Fit, title: str, out: BinaryIO | None = None) -> Document:
        from backbone_desktop.printing.document import Document
        from backbone_desktop.printing.paper import PAPERS

        return Document(PAPERS[paper], self._fonts, title=title, author=data.office,
                        language=data.language.partition("+")[0].replace("_", "-"), fit=fit, out=out)

    def _in(self, language: str) -> Words:
        from backbone_desktop.words.both import Both

        with self._loading:
            if language not in self._words:
                self._words[language] = Both.load(language, self._locale)
            return self._words[language]
