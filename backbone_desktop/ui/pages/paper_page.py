"""A paper on the screen as it will lie on the counter, and the ways to put it on paper: one page for every form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, Unavailable
from backbone_desktop.services.calibration import calibration_of
from backbone_desktop.services.forms import PAPERS, SIZES, Form, Parts
from backbone_desktop.services.print_choices import PrintChoice, last_choice, remember_choice
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.pages.paper_choices import PaperChoices
from backbone_desktop.ui.paper_out import ask_where
from backbone_desktop.ui.presenters.paper import (
    Sheet,
    Wish,
    copy_line,
    file_name,
    log_sheet,
    pages_line,
    save_sheet,
    sheet_for,
    sheet_of,
    title_of,
)
from backbone_desktop.ui.printers import Duplex, Job, Printers, system_printers
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.filter_line import Chips
from backbone_desktop.ui.widgets.page_column import PageColumn
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.paper_view import FIT, TRUE_SIZE, WHOLE, PaperView, Thumbnails
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.ui.worker import run_aside


class PaperPage(QWidget):
    def __init__(self, context: Context, printers: Printers | None = None) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = ""
        self._form, self._subject = Form.RECEIPT, ""
        self._sheet: Sheet | None = None
        self._printers = printers or system_printers()
        self._printing = False
        self._just_opened = False
        self._header = PageHeader("", back=t("Back"))
        self._header.back_clicked.connect(context.navigate.back)
        self._save = PlainButton(t("Save as PDF…"), icon_name="file-down", shortcut="Ctrl+S")
        self._print = PrimaryButton(t("Print"), icon_name="printer", shortcut="F9")
        self._save.clicked.connect(self._ask_where)
        self._print.clicked.connect(self.print_out)
        self._header.add_action(self._save)
        self._header.add_action(self._print)
        self.choices = PaperChoices(t)
        self._zoom = Chips([(FIT, t("Fit width")), (WHOLE, t("Whole page")), (TRUE_SIZE, "100 %")], t("Zoom"))
        self._percent = Secondary()
        self._copies = Secondary()
        self._problem = QVBoxLayout()
        self._view = PaperView(t("Preview of the paper"))
        self._thumbnails = Thumbnails(t("Pages of the paper"))
        self._thumbnails.hide()
        self._connect()
        self._lay_out()
        self._allow(False)

    # -- what the main window asks of a page

    def show_with(self, *, form: str = "", subject: str = "", **_other: str) -> None:
        wanted = Form(form) if form else self._form
        if (wanted, subject) != (self._form, self._subject):
            afresh = wanted is not self._form
            self._form, self._subject = wanted, subject
            self._sheet = None
            self.choices.language_chosen = False
            self.choices.offer_papers(PAPERS[wanted])
            if afresh:
                self.choices.start_afresh()
            self._view.show_paper(SIZES[PAPERS[wanted][0]], 0)
        self.title = title_of(self._t, wanted)
        self._header.set_title(self.title)
        self._just_opened = True
        self._put_problem_away()
        desk = self._context.desk
        self._context.store.run(lambda: last_choice(desk, wanted), self._recall, latest="paper choice")

    def refresh(self, *_: object) -> None:
        wish, desk, papers = self.wish, self._context.desk, self._context.backend.papers
        self._context.store.run(lambda: sheet_of(desk, papers, wish), self._show, self._on_not_drawn, latest="paper")

    def leave(self) -> bool:
        """A paper that is being printed is finished first."""
        return not self._printing

    # -- what is chosen

    @property
    def wish(self) -> Wish:
        return Wish(self._form, self._subject, self.choices.papers.value, self.choices.language,
                    Parts(self.choices.parts.value))

    @property
    def sheet(self) -> Sheet | None:
        """What is shown; None while it is being drawn for the first time."""
        return self._sheet

    def _recall(self, choice: PrintChoice) -> None:
        self.choices.choose(choice)
        self.refresh()
        run_aside(self._printers.names, lambda names: self._offer_printers(names, choice.printer),
                  lambda _: self._offer_printers((), ""))

    def _offer_printers(self, names: tuple[str, ...], wanted: str) -> None:
        self.choices.offer_printers(names, wanted)
        self._ask_calibration()

    def _ask_calibration(self, *_: object) -> None:
        desk, form, printer = self._context.desk, self._form, self.choices.printer_name
        self._context.store.run(lambda: calibration_of(desk, printer, form), self.choices.show_calibration,
                                latest="paper calibration")

    def _on_changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible() and not self._printing and changes:
            self.refresh()

    # -- what is shown

    def _show(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._header.set_title(self.title, sheet.data.number)
        self.choices.show_language(sheet.data.language)
        self._copies.setText(f"{pages_line(self._t, sheet.pages)} · {copy_line(self._t, sheet.data.copy)}")
        self._allow(not self._printing)
        if self._just_opened:
            self._just_opened = False
            self._print.setFocus()
        self._thumbnails.setVisible(sheet.pages > 1)
        for column in (self._view, self._thumbnails):
            column.show_paper(SIZES[self.wish.sheet], sheet.pages)
        self._thumbnails.mark(self._view.page)
        self._tell_percent()

    def _on_not_drawn(self, error: BackboneError) -> None:
        self._sheet = None
        self._copies.setText("")
        for column in (self._view, self._thumbnails):
            column.show_paper(SIZES[self.wish.sheet], 0)
        self._say(error)

    def _draw(self, column: PageColumn, width: int, pages: tuple[int, ...]) -> None:
        sheet, papers = self._sheet, self._context.backend.papers
        if sheet is None:
            return

        def picture(page: int) -> QImage:
            wide, high, pixels = papers.image(sheet.pdf, page, width)
            # copied, because a QImage does not keep the bytes that it looks at
            return QImage(pixels, wide, high, 4 * wide, QImage.Format.Format_RGB32).copy()

        self._context.store.run(lambda: {page: picture(page) for page in pages if page < sheet.pages}, column.take,
                                latest=f"paper pictures {id(column)}")

    def _tell_percent(self, *_: object) -> None:
        self._percent.setText(f"{self._view.percent} %")

    def _on_zoom(self, zoom: str) -> None:
        self._view.set_zoom(zoom)
        self._tell_percent()

    def _on_zoomed(self, percent: int) -> None:
        """By key or wheel: none of the three is chosen any more, unless it is the paper's own size."""
        self._zoom.clear_choice()
        if percent == 100:
            self._zoom.chips[TRUE_SIZE].setChecked(True)
        self._tell_percent()

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
        path = ask_where(self, self._t("Save the paper as PDF"), file_name(self._sheet))
        if path is not None:
            self.save_to(path)

    def _on_saved(self, path: Path) -> None:
        self._context.signals.done.emit(self._t("Saved as {name}", name=path.name))
        self.refresh()

    # -- printing

    def print_out(self) -> None:
        """Draw the paper for the chosen printer, hand it over on a thread of its own, so that a slow printer holds
        neither the window nor the store, and log it when the printer has taken it."""
        if self._sheet is None or self._printing:
            return
        printer, pages = self.choices.printer_name, self.choices.pages_of(self._sheet.pages)
        if not printer:
            self._say(Unavailable("print.no_printer"))
        if not printer or pages is None:
            return
        wish, desk, papers, choice = self.wish, self._context.desk, self._context.backend.papers, self.choices.choice
        job = Job(self._sheet.data.number, wish.sheet, self.choices.copies.value(), Duplex(choice.duplex), pages)
        self._printing = True
        self._allow(False)
        self._put_problem_away()

        def prepare() -> Sheet:
            if last_choice(desk, wish.form) != choice:
                remember_choice(desk, wish.form, choice)
            return sheet_for(desk, papers, wish, printer)

        def hand_over(sheet: Sheet) -> None:
            run_aside(lambda: self._printers.get(printer).hand_over(papers, sheet.pdf, job),
                      lambda _: self._log(wish, sheet, printer, job), self._on_not_printed)

        self._context.store.run(prepare, hand_over, self._on_not_printed)

    def _log(self, wish: Wish, sheet: Sheet, printer: str, job: Job) -> None:
        desk = self._context.desk
        self._context.store.run(lambda: log_sheet(desk, wish, sheet, "printer", printer=printer, sheets=job.copies),
                                lambda _: self._on_printed(), self._on_not_printed)

    def _on_printed(self) -> None:
        self._printing = False
        self._context.signals.done.emit(self._t("Handed to the printer"))
        self.refresh()

    def _on_not_printed(self, error: BackboneError) -> None:
        self._printing = False
        self._say(error)

    def _calibrate(self) -> None:
        self._context.navigate.open("calibration", form=self._form, printer=self.choices.printer_name,
                                    paper=self.wish.sheet)

    # -- what went wrong

    def _say(self, error: BackboneError) -> None:
        self._allow(self._sheet is not None and not self._printing)
        self._put_problem_away()
        ways: tuple[tuple[str, Callable[[], None]], ...] = ()
        if error.code.startswith("print.") and error.code not in ("print.not_saved", "print.no_glyph"):
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

    def _connect(self) -> None:
        choices, view, small = self.choices, self._view, self._thumbnails
        choices.redraw.connect(self.refresh)
        choices.printer_chosen.connect(self._ask_calibration)
        choices.calibrate.connect(self._calibrate)
        self._zoom.chosen.connect(self._on_zoom)
        view.wanted.connect(lambda width, pages: self._draw(view, width, pages))
        view.zoomed.connect(self._on_zoomed)
        view.resized.connect(self._tell_percent)
        view.page_changed.connect(small.mark)
        small.wanted.connect(lambda width, pages: self._draw(small, width, pages))
        small.chosen.connect(view.go_to)
        self._context.signals.changed.connect(self._on_changed)
        for keys, steps in ((QKeySequence.StandardKey.ZoomIn, 1), (QKeySequence.StandardKey.ZoomOut, -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda steps=steps: view.zoom_by(steps))

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, 0, theme.S)
        above.setSpacing(theme.M)
        above.addWidget(self._zoom)
        above.addWidget(self._percent)
        above.addStretch(1)
        above.addWidget(self._copies)
        left = QVBoxLayout()
        left.addLayout(above)
        sheets = QHBoxLayout()
        sheets.setSpacing(theme.S)
        sheets.addWidget(self._thumbnails)
        sheets.addWidget(self._view, 1)
        left.addLayout(sheets, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addLayout(left, 1)
        below.addWidget(self.choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(self._problem)
        column.addLayout(below, 1)
