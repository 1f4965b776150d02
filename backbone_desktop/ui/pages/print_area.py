"""The Print area: a form, whose papers of it, how they go out; one after the other to the printer or into one PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from backbone_core.errors import Unavailable
from backbone_desktop.services.calibration import calibration_of
from backbone_desktop.services.forms import PAPERS, Form, Parts
from backbone_desktop.services.paper_language import chosen_paper_language
from backbone_desktop.services.print_choices import PrintChoice, last_choice, remember_choice
from backbone_desktop.services.worklists import KINDS, forms_here
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.long_work import LongWork
from backbone_desktop.ui.pages.paper_choices import PaperChoices
from backbone_desktop.ui.pages.print_list import PrintList
from backbone_desktop.ui.paper_out import ask_where
from backbone_desktop.ui.presenters.paper import Wish, title_of
from backbone_desktop.ui.presenters.print_batch import Outcome, Run, outcome_line, print_all, save_all
from backbone_desktop.ui.printers import Duplex, Printers, system_printers
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.filter_line import Chips
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.row_table import ROW_HEIGHT
from backbone_desktop.ui.worker import run_aside

FORMS_WIDTH = 172, 228
"""At least and at most, in pixels at 100 % text; between them as wide as the longest name."""


class PrintPage(QWidget):
    def __init__(self, context: Context, printers: Printers | None = None) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Print")
        self._printers = printers or system_printers()
        self._header = PageHeader(self.title)
        self.log = PlainButton(t("Log of prints"), icon_name="clock", shortcut="Ctrl+J")
        self.save = PlainButton(t("Save as one PDF…"), icon_name="file-down", shortcut="Ctrl+S")
        self.print_button = PrimaryButton(t("Print"), icon_name="printer", shortcut="F9")
        for button in (self.log, self.save, self.print_button):
            self._header.add_action(button)
        self.notice = FormNotice(t)
        self.forms = QListWidget()
        self.forms.setAccessibleName(t("Kinds of papers"))
        self.forms.setFrameShape(QListWidget.Shape.NoFrame)
        self.forms.setProperty("kind", "forms")
        for form in forms_here():
            entry = QListWidgetItem(title_of(t, form))
            entry.setData(Qt.ItemDataRole.UserRole, form.value)
            entry.setToolTip(entry.text())
            entry.setSizeHint(QSize(0, theme.scaled(ROW_HEIGHT)))
            self.forms.addItem(entry)
        least, most = map(theme.scaled, FORMS_WIDTH)
        self.forms.setFixedWidth(max(least, min(most, self.forms.sizeHintForColumn(0))))
        self._lists: dict[tuple[Form, str], PrintList] = {}
        self._been_away = False
        """Whoever looks at a paper comes back to its row, whoever comes from the rail chooses a form first."""
        self.kinds = Chips([], t("Which list"))
        self.new_handover = LinkButton(t("Make a list of claims that wait…"), icon_name="plus")
        self._stack = QStackedWidget()
        self.choices = PaperChoices(t, with_pages=False)
        self._body = QWidget()
        self.work = LongWork(context, self.notice, self._body, self)
        self._lay_out()
        self._connect()

    # -- what the main window asks of a page

    def show_with(self, form: str = "", fresh: str = "", **_arguments: str) -> None:
        """`fresh`: only what was never printed."""
        self.notice.clear()
        wanted = Form(form) if form else self._form or forms_here()[0]
        self.forms.setCurrentRow(forms_here().index(wanted))
        self._show_form()
        if fresh:
            self.list.fresh.setChecked(True)
            self.list.refresh()
        if form or self._been_away:
            self._focus()
        else:
            self.forms.setFocus(Qt.FocusReason.OtherFocusReason)
        self._been_away = False
        run_aside(self._printers.names, self._offer_printers, lambda _: self._offer_printers(()))

    def refresh(self) -> None:
        if not self.work.busy:
            self.list.refresh()

    def leave(self) -> bool:
        return not self.work.busy

    # -- what is chosen

    @property
    def _form(self) -> Form | None:
        entry = self.forms.currentItem()
        return Form(entry.data(Qt.ItemDataRole.UserRole)) if entry is not None else None

    @property
    def list(self) -> PrintList:
        shown = self._stack.currentWidget()
        assert isinstance(shown, PrintList)
        return shown

    @property
    def run(self) -> Run:
        choices, form = self.choices, self.list.form
        like = Wish(form, "", choices.papers.value, choices.language, Parts(choices.parts.value))
        return Run(like, self.list.chosen, choices.copies.value(), Duplex(choices.duplex.value))

    def _show_form(self) -> None:
        form = self._form
        if form is None:
            return
        kinds = KINDS.get(form, ())
        self.kinds.offer([(kind, self._t(f"worklist.{kind}")) for kind in kinds])
        self.kinds.setVisible(bool(kinds))
        self.new_handover.setVisible(form is Form.HANDOVER)
        self._show_list()
        self.choices.offer_papers(PAPERS[form])
        self.choices.start_afresh()
        self._ask_choice(form)

    def _show_list(self, *_: object) -> None:
        form, kind = self._form, self.kinds.value
        assert form is not None
        if (form, kind) not in self._lists:
            made = self._lists[form, kind] = PrintList(self._context, form, kind)
            made.opened.connect(lambda subject: self._open("paper", form=form, subject=subject))
            made.ticks_changed.connect(self._tell_chosen)
            self._stack.addWidget(made)
            self._put_in_tab_order(made)
        self._stack.setCurrentWidget(self._lists[form, kind])
        self.list.refresh()
        self._tell_chosen()

    def _put_in_tab_order(self, made: PrintList) -> None:
        """From the kinds of papers to the list, and from there to how they go out."""
        before: QWidget = self.forms
        for after in (*self.kinds.chips.values(), *made.stops):
            QWidget.setTabOrder(before, after)
            before = after

    def _ask_choice(self, form: Form) -> None:
        desk = self._context.desk
        self._context.store.run(lambda: (last_choice(desk, form), chosen_paper_language(desk)),
                                lambda found: self._recall(*found), latest="paper choice")

    def _recall(self, choice: PrintChoice, language: str) -> None:
        self.choices.choose(choice)
        self.choices.show_language(language)
        if choice.printer:
            self.choices.printer.setCurrentText(choice.printer)
        self._ask_calibration()

    def _offer_printers(self, names: tuple[str, ...]) -> None:
        self.choices.offer_printers(names, self.choices.printer_name)
        if (form := self._form) is not None:
            self._ask_choice(form)

    def _ask_calibration(self, *_: object) -> None:
        desk, form, printer = self._context.desk, self.list.form, self.choices.printer_name
        self._context.store.run(lambda: calibration_of(desk, printer, form), self.choices.show_calibration,
                                latest="paper calibration")

    def _tell_chosen(self) -> None:
        n = len(self.list.chosen)
        self.print_button.setText(self._t("Print {n}", n=n) if n else self._t("Print"))
        self.print_button.setEnabled(bool(n))
        self.save.setEnabled(bool(n))

    # -- printing and saving

    def print_out(self) -> None:
        name = self.choices.printer_name
        if not name:
            self.notice.say(Meaning.ATTENTION, self._t.error(Unavailable("print.no_printer")))
            return
        run, desk, papers, choice = self.run, self._context.desk, self._context.backend.papers, self.choices.choice
        printer, form = self._printers.get(name), self.list.form
        if not run.subjects:
            return

        def task(report: object, stopped: object) -> Outcome:
            if last_choice(desk, form) != choice:
                remember_choice(desk, form, choice)
            return print_all(desk, papers, printer, run, report=report, stopped=stopped)  # type: ignore[arg-type]

        self.work.carry_out(self._t("Printing"), task, self._on_printed, self._focus, aside=True)

    def save_to(self, path: Path) -> None:
        run, desk, papers = self.run, self._context.desk, self._context.backend.papers
        self.work.carry_out(self._t("Writing the PDF"), lambda report, stopped: save_all(
            desk, papers, run, path, report=report, stopped=stopped), lambda done: self._on_saved(done, path),
            self._focus, aside=True)

    def _ask_where(self) -> None:
        path = ask_where(self, self._t("Save as one PDF…"), f"{title_of(self._t, self.list.form)}.pdf")
        if path is not None:
            self.save_to(path)

    def _on_printed(self, outcome: Outcome) -> None:
        self.notice.say(Meaning.DONE if outcome.whole else Meaning.ATTENTION, outcome_line(self._t, outcome))
        self._done(outcome)

    def _on_saved(self, outcome: Outcome, path: Path) -> None:
        if outcome.whole:
            self.notice.say(Meaning.DONE, self._t("Saved as {name}", name=path.name))
        else:
            self.notice.say(Meaning.ATTENTION, self._t("Stopped: no file was written and nothing was logged."))
        self._done(outcome)

    def _done(self, outcome: Outcome) -> None:
        self.list.untick(outcome.done)
        self.list.refresh()
        self._focus()

    def _focus(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, page: str, **arguments: str) -> None:
        self._been_away = True
        self._context.navigate.open(page, **arguments)

    def _calibrate(self) -> None:
        self._open("calibration", form=self.list.form, printer=self.choices.printer_name,
                   paper=self.choices.papers.value)

    def _connect(self) -> None:
        self.forms.currentRowChanged.connect(lambda _: self._show_form())
        self.forms.itemActivated.connect(lambda _: self._focus())
        self.log.clicked.connect(lambda: self._open("print_log"))
        self.save.clicked.connect(self._ask_where)
        self.print_button.clicked.connect(self.print_out)
        self.kinds.chosen.connect(self._show_list)
        self.new_handover.clicked.connect(lambda: self._open("handover"))
        self.choices.printer_chosen.connect(self._ask_calibration)
        self.choices.calibrate.connect(self._calibrate)
        self._context.signals.changed.connect(self._on_changed)

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible():
            self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.L)
        row.addWidget(self.forms)
        listed = QVBoxLayout()
        listed.setSpacing(theme.S)
        for above in (self.kinds, self.new_handover):
            listed.addWidget(above, 0, Qt.AlignmentFlag.AlignLeft)
        listed.addWidget(self._stack, 1)
        row.addLayout(listed, 1)
        row.addWidget(self.choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.notice)
        column.addWidget(self._body, 1)
        column.addWidget(self.work.panel)
