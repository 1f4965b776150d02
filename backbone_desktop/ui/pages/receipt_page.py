"""The receipt on the screen as it will lie on the counter, and the ways to put it on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, Unavailable
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.paper_out import ask_printer, ask_where, draw_pages, has_printer
from backbone_desktop.ui.presenters.receipt import (
    PAPERS,
    Sheet,
    Wish,
    copy_line,
    counted_sheet,
    file_name,
    pages_line,
    save_sheet,
    sheet_of,
)
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.filter_line import Chips
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.paper_view import FIT, TRUE_SIZE, WHOLE, PaperView
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.ui.worker import Worker
from backbone_desktop.words import LANGUAGES

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class ReceiptPage(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = context.words
        self.title = self._t("Receipt")
        self._claim_id = ""
        self._sheet: Sheet | None = None
        self._printing: Worker | None = None
        self._language_chosen = False
        self._just_opened = False
        self._header = PageHeader(self.title, back=self._t("Back"))
        self._header.back_clicked.connect(context.navigate.back)
        self._save = PlainButton(self._t("Save as PDF…"), icon_name="file-down", shortcut="Ctrl+S")
        self._print = PrimaryButton(self._t("Print…"), icon_name="printer", shortcut="F9")
        self._save.clicked.connect(self._ask_where)
        self._print.clicked.connect(self._ask_printer)
        self._header.add_action(self._save)
        self._header.add_action(self._print)
        self._papers = Chips([(paper, paper) for paper in PAPERS], self._t("Paper"))
        self._languages = Chips(list(LANGUAGES.items()), self._t("Language of the receipt"))
        self._zoom = Chips([(FIT, self._t("Fit width")), (WHOLE, self._t("Whole page")), (TRUE_SIZE, "100 %")],
                           self._t("Zoom"))
        self._copies = Secondary()
        self._problem = QVBoxLayout()
        self._view = PaperView(self._t("Preview of the receipt"))
        self._papers.chosen.connect(self.refresh)
        self._languages.chosen.connect(self._on_language)
        self._zoom.chosen.connect(self._view.set_zoom)
        self._view.wanted.connect(self._draw)
        context.signals.changed.connect(self._on_changed)
        self._lay_out()
        self._allow(False)

    # -- what the main window asks of a page

    def show_with(self, *, claim_id: str = "", **_other: str) -> None:
        if claim_id != self._claim_id:
            self._claim_id = claim_id
            self._sheet = None
            self._language_chosen = False
            self._view.show_pictures(())
        self._just_opened = True
        self._put_problem_away()
        self.refresh()

    def refresh(self, *_: object) -> None:
        wish, desk, papers = self.wish, self._context.desk, self._context.backend.papers
        self._context.store.run(lambda: sheet_of(desk, papers, wish), self._show, self._on_not_drawn, latest="receipt")

    def leave(self) -> bool:
        """A sheet that is being printed is finished first."""
        return self._printing is None

    # -- what is chosen

    @property
    def wish(self) -> Wish:
        return Wish(self._claim_id, self._papers.value, self._languages.value if self._language_chosen else "")

    @property
    def sheet(self) -> Sheet | None:
        """What is shown; None while it is being drawn for the first time."""
        return self._sheet

    def _on_language(self, _language: str) -> None:
        self._language_chosen = True
        self.refresh()

    def _on_changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible() and any(kind == "claim" and one in ("", self._claim_id) for kind, one in changes):
            self.refresh()

    # -- what is shown

    def _show(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._header.set_title(self.title, sheet.data.receipt_no)
        if not self._language_chosen and sheet.data.language in self._languages.chips:
            self._languages.chips[sheet.data.language].setChecked(True)
        self._copies.setText(f"{pages_line(self._t, sheet.pages)} · {copy_line(self._t, sheet.data)}")
        self._allow(self._printing is None)
        if self._just_opened:
            self._just_opened = False
            self._print.setFocus()
        self._view.ask()

    def _on_not_drawn(self, error: BackboneError) -> None:
        self._sheet = None
        self._copies.setText("")
        self._view.show_pictures(())
        self._say(error)

    def _draw(self, width: int) -> None:
        sheet, papers = self._sheet, self._context.backend.papers
        if sheet is None:
            return

        def pictures() -> tuple[QImage, ...]:
            drawn = (papers.image(sheet.pdf, page, width) for page in range(sheet.pages))
            # copied, because a QImage does not keep the bytes that it looks at
            return tuple(QImage(pixels, wide, high, 4 * wide, QImage.Format.Format_RGB32).copy()
                         for wide, high, pixels in drawn)

        self._context.store.run(pictures, self._view.show_pictures, latest="receipt pictures")

    def _allow(self, ready: bool) -> None:
        self._save.setEnabled(ready)
        self._print.setEnabled(ready)

    # -- saving

    def save_to(self, path: Path) -> None:
        wish, desk, papers = self.wish, self._context.desk, self._context.backend.papers
        self._allow(False)
        self._put_problem_away()
        self._context.store.run(lambda: save_sheet(desk, papers, wish, path), lambda _: self._on_saved(path), self._say)

    def _ask_where(self) -> None:
        if self._sheet is None:
            return
        path = ask_where(self, self._t("Save the receipt as PDF"), file_name(self._sheet.data))
        if path is not None:
            self.save_to(path)

    def _on_saved(self, path: Path) -> None:
        self._context.signals.done.emit(self._t("Saved as {name}", name=path.name))
        self.refresh()

    # -- printing

    def print_on(self, printer: QPrinter) -> None:
        """Log the print, then draw it on a thread of its own: a slow printer holds neither the window nor the store."""
        wish, desk, papers = self.wish, self._context.desk, self._context.backend.papers
        self._allow(False)
        self._put_problem_away()
        printer.setDocName(self._sheet.data.receipt_no if self._sheet else "")
        self._printing = Worker("printer", lambda _: self._on_not_printed(Unavailable("print.failed")))
        self._context.store.run(lambda: counted_sheet(desk, papers, wish, "printer"),
                                lambda sheet: self._hand_over(sheet, printer), self._on_not_printed)

    def _hand_over(self, sheet: Sheet, printer: QPrinter) -> None:
        papers = self._context.backend.papers
        assert self._printing is not None
        self._printing.run(lambda: draw_pages(papers, sheet.pdf, printer), lambda _: self._on_printed(),
                           self._on_not_printed)

    def _ask_printer(self) -> None:
        if not has_printer():
            self._say(Unavailable("print.no_printer"))
            return
        printer = ask_printer(self, self._papers.value)
        if printer is not None:
            self.print_on(printer)

    def _on_printed(self) -> None:
        self._end_printing()
        self._context.signals.done.emit(self._t("Handed to the printer"))
        self.refresh()

    def _on_not_printed(self, error: BackboneError) -> None:
        self._end_printing()
        self._say(error)

    def _end_printing(self) -> None:
        if self._printing is not None:
            self._printing.stop()
            self._printing = None

    # -- what went wrong

    def _say(self, error: BackboneError) -> None:
        self._allow(self._sheet is not None and self._printing is None)
        self._put_problem_away()
        ways: tuple[tuple[str, Callable[[], None]], ...] = ()
        if error.code in ("print.no_printer", "print.failed"):
            ways = ((self._t("Save as PDF…"), self._ask_where),)
        banner = Banner(Meaning.ATTENTION, self._t.error(error), acts=ways, close_tip=self._t("I have read this"))
        banner.closed.connect(self._put_problem_away)
        self._problem.addWidget(banner)

    def _put_problem_away(self) -> None:
        while (item := self._problem.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    @property
    def problem(self) -> str:
        """The sentence of the banner, or ""."""
        item = self._problem.itemAt(0)
        widget = item.widget() if item is not None else None
        return widget.text if isinstance(widget, Banner) else ""

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setContentsMargins(0, 0, 0, theme.S)
        choices.setSpacing(theme.XL)
        for chips in (self._papers, self._languages, self._zoom):
            choices.addWidget(chips)
        choices.addStretch(1)
        choices.addWidget(self._copies)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(self._problem)
        column.addLayout(choices)
        column.addWidget(self._view, 1)
