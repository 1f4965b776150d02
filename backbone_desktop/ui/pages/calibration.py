"""Measuring a printer for a form: print the test sheet, measure three lengths, print it again, keep the correction."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.services.calibration import UNCORRECTED, Calibration, calibration_of, save_calibration
from backbone_desktop.services.forms import PAPERS, SIZES, Form
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.presenters.calibration import (
    MEANT,
    MEASURED,
    correction_line,
    standing_line,
    test_sheet_of,
    worked_out,
    wrong_at,
)
from backbone_desktop.ui.presenters.paper import paper_words, title_of
from backbone_desktop.ui.printers import Job, Printers, system_printers
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.paper_view import PaperView
from backbone_desktop.ui.widgets.text import Heading, Prose, Secondary
from backbone_desktop.ui.worker import run_aside

GUIDE_WIDTH = 460


class CalibrationPage(QWidget):
    def __init__(self, context: Context, printers: Printers | None = None) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Calibrate a printer")
        self._printers = printers or system_printers()
        self._form, self._printer, self._paper = Form.RECEIPT, "", ""
        self._known: Calibration | None = None
        self.tried = UNCORRECTED
        """What the test sheet was printed with the last time, or is printed with the next time."""
        self._printing = False
        self._pdf = b""
        self._header = PageHeader(self.title, back=t("Back"))
        self._header.back_clicked.connect(context.navigate.back)
        self.save = PrimaryButton(t("Save the correction"), icon_name="save", shortcut="Ctrl+S")
        self._header.add_action(self.save)
        self.notice = FormNotice(t)
        self.print_button = PlainButton(t("Print the test sheet"), icon_name="printer", shortcut="F9")
        self.afresh = LinkButton(t("Begin without any correction"))
        self.fields = {name: QLineEdit() for name in MEASURED}
        self.wrong = {name: Secondary(wrap=True) for name in MEASURED}
        self.found = QLabel()
        self.found.setWordWrap(True)
        self.found.setFont(theme.body_font(medium=True))
        self.standing = Secondary(wrap=True)
        self.again = PlainButton(t("Print again to confirm"), icon_name="printer")
        self._view = PaperView(t("Preview of the test sheet"))
        self._lay_out()
        self._connect()

    # -- what the main window asks of a page

    def show_with(self, *, form: str = "", printer: str = "", paper: str = "", **_other: str) -> None:
        self._form = Form(form) if form else self._form
        self._printer = printer
        self._paper = paper or PAPERS[self._form][0]
        self._header.set_title(self.title, " · ".join((title_of(self._t, self._form), printer,
                                                       paper_words(self._t, self._paper))))
        self.notice.clear()
        self._empty()
        desk, wanted = self._context.desk, self._form
        self._context.store.run(lambda: calibration_of(desk, printer, wanted), self._recall, latest="calibration")

    def refresh(self) -> None:
        papers, words, with_ = self._context.backend.papers, self._t, self.tried
        form, paper, printer = self._form, self._paper, self._printer
        self._context.store.run(
            lambda: test_sheet_of(papers, words, form, paper=paper, printer=printer, with_=with_), self._show,
            latest="test sheet")

    def leave(self) -> bool:
        return not self._printing

    # -- the steps

    def print_sheet(self) -> None:
        if self._printing:
            return
        self._printing = True
        self.notice.clear()
        self._allow()
        papers, words, with_ = self._context.backend.papers, self._t, self.tried
        form, paper, name = self._form, self._paper, self._printer

        def hand_over() -> None:
            sheet = test_sheet_of(papers, words, form, paper=paper, printer=name, with_=with_)
            self._printers.get(name).hand_over(papers, sheet, Job(words("Test sheet"), paper))

        run_aside(hand_over, lambda _: self._on_printed(), self._on_not_printed)

    def print_again(self) -> None:
        """With the correction that was worked out; what is measured on that sheet then counts from it."""
        found = self.correction
        if found is not None:
            self.tried = found
            self._empty()
            self.refresh()
            self.print_sheet()

    @property
    def correction(self) -> Calibration | None:
        """What follows from what was measured; None while it is not measured yet."""
        try:
            return worked_out(self.tried, {name: field.text() for name, field in self.fields.items()})
        except RuleBroken:
            return None

    def save_it(self) -> None:
        """What was measured, or else the correction that the last sheet was printed with."""
        kept = self.correction or self.tried
        desk, printer, form = self._context.desk, self._printer, self._form
        self._context.store.run(lambda: save_calibration(desk, printer, form, kept), lambda _: self._on_saved(kept),
                                self._say)

    def begin_afresh(self) -> None:
        self.tried = UNCORRECTED
        self._empty()
        self.refresh()

    # -- what is shown

    def _recall(self, known: Calibration | None) -> None:
        self._known = known
        self.tried = known or UNCORRECTED
        self.standing.setText(standing_line(self._t, known))
        self._tell_found()
        self.refresh()
        self.print_button.setFocus()

    def _show(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._view.show_paper(SIZES[self._paper], 1)

    def _draw(self, width: int, _pages: tuple[int, ...]) -> None:
        pdf, papers = self._pdf, self._context.backend.papers
        if not pdf:
            return

        def picture() -> dict[int, QImage]:
            wide, high, pixels = papers.image(pdf, 0, width)
            return {0: QImage(pixels, wide, high, 4 * wide, QImage.Format.Format_RGB32).copy()}

        self._context.store.run(picture, self._view.take, latest="test sheet picture")

    def _on_typed(self, name: str) -> None:
        self.wrong[name].hide()
        self._tell_found()

    def _on_left(self, name: str) -> None:
        found = wrong_at(self.tried, {one: field.text() for one, field in self.fields.items()}, name)
        self.wrong[name].setText(self._t.finding(found) if found else "")
        self.wrong[name].setVisible(found is not None and bool(self.fields[name].text()))

    def _tell_found(self) -> None:
        found = self.correction
        if found is not None:
            self.found.setText(self._t("Correction: {correction}", correction=correction_line(self._t, found)))
        elif self.tried not in (self._known or UNCORRECTED, UNCORRECTED):
            self.found.setText(self._t("The sheet was printed with: {correction}. Does the cross lie right? Then save.",
                                       correction=correction_line(self._t, self.tried)))
        else:
            self.found.setText(self._t("It stands here as soon as all three are measured."))
        self._allow()

    def _allow(self) -> None:
        ready = bool(self._printer) and not self._printing
        self.print_button.setEnabled(ready)
        self.again.setEnabled(ready and self.correction is not None)
        self.save.setEnabled(ready and (self.correction or self.tried) != (self._known or UNCORRECTED))

    def _empty(self) -> None:
        for name, field in self.fields.items():
            field.clear()
            self.wrong[name].hide()
        self._tell_found()

    def _on_printed(self) -> None:
        self._printing = False
        self._context.signals.done.emit(self._t("Handed to the printer"))
        self._allow()
        self.fields[MEASURED[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_not_printed(self, error: BackboneError) -> None:
        self._printing = False
        self._allow()
        self._say(error)

    def _on_saved(self, kept: Calibration) -> None:
        self._context.signals.done.emit(self._t("Saved: later prints of this form on this printer are corrected so"))
        self._empty()
        self._recall(kept)

    def _say(self, error: BackboneError) -> None:
        self.notice.say(Meaning.ATTENTION, self._t.error(error))

    def _connect(self) -> None:
        self.print_button.clicked.connect(self.print_sheet)
        self.again.clicked.connect(self.print_again)
        self.save.clicked.connect(self.save_it)
        self.afresh.clicked.connect(self.begin_afresh)
        self._view.wanted.connect(self._draw)
        for name, field in self.fields.items():
            field.textEdited.connect(lambda _, name=name: self._on_typed(name))
            field.editingFinished.connect(lambda name=name: self._on_left(name))
        names = list(MEASURED)
        for name, after in zip(names, [*names[1:], ""], strict=True):
            target = self.fields[after] if after else self.again
            self.fields[name].returnPressed.connect(
                lambda target=target: target.setFocus(Qt.FocusReason.TabFocusReason))

    def _lay_out(self) -> None:
        t = self._t
        guide = QVBoxLayout()
        guide.setSpacing(theme.S)
        guide.addWidget(self.standing)
        guide.addWidget(_step(t("1  Print the test sheet")))
        guide.addWidget(Prose(t("Lay the same paper in as for the form, straight and at the same guide."),
                              secondary=True))
        guide.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        guide.addWidget(_step(t("2  Measure with a ruler, in millimetres")))
        asked = {"left": t("Centre of the large cross from the left edge of the sheet"),
                 "top": t("Centre of the large cross from the top edge of the sheet"),
                 "line": t("Length of the line, from the cross to the short stroke")}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        for row, name in enumerate(MEASURED):
            field, label = self.fields[name], QLabel(asked[name])
            label.setWordWrap(True)
            label.setBuddy(field)
            field.setAccessibleName(asked[name])
            field.setPlaceholderText(MEANT[name])
            field.setFixedWidth(theme.scaled(84))
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
            self.wrong[name].hide()
            theme.tint(self.wrong[name], theme.colours().attention)
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(field, 2 * row, 1)
            grid.addWidget(self.wrong[name], 2 * row + 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        guide.addLayout(grid)
        guide.addWidget(_step(t("3  Print again with the correction, and look whether the cross lies right")))
        guide.addWidget(self.found)
        guide.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        guide.addWidget(_step(t("4  Save the correction for this printer and this form")))
        guide.addWidget(self.afresh, 0, Qt.AlignmentFlag.AlignLeft)
        guide.addStretch(1)
        left = QWidget()
        left.setLayout(guide)
        left.setFixedWidth(theme.scaled(GUIDE_WIDTH))
        guide.setContentsMargins(0, 0, theme.XL, 0)
        below = QHBoxLayout()
        below.addWidget(left)
        below.addWidget(self._view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.notice)
        column.addLayout(below, 1)


def _step(text: str) -> Heading:
    heading = Heading(text)
    heading.setWordWrap(True)
    return heading
