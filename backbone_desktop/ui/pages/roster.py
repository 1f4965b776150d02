"""Importing a roster: the file, its columns, the dry run, the import; and undoing one that was made before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.long_work import LongWork
from backbone_desktop.ui.pages.roster_steps import CheckStep, ChooseStep, ColumnsStep
from backbone_desktop.ui.presenters import roster as shown
from backbone_desktop.ui.presenters.roster import OpenedRoster
from backbone_desktop.ui.presenters.roster_doubts import waiting_words
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from backbone_desktop.services.roster_plan import RosterPlan
    from backbone_desktop.services.roster_rows import RosterImport


class RosterPage(QWidget):
    """Esc goes one step back; nothing is written before the last one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Import a roster")
        self._opened: OpenedRoster | None = None
        self._header = PageHeader(self.title, back=t("Back (Esc)"))
        self._header.back_clicked.connect(self.go_back)
        self.notice = FormNotice(t)
        self.choose, self.columns, self.check = ChooseStep(t), ColumnsStep(t), CheckStep(t)
        self._steps = QStackedWidget()
        for step in (self.choose, self.columns, self.check):
            self._steps.addWidget(step)
        self.work = LongWork(context, self.notice, self._steps, self)
        self.setAcceptDrops(True)
        self._lay_out()
        self.choose.choose.clicked.connect(self._ask_file)
        self.choose.undo_wanted.connect(self._ask_undo)
        self.choose.decide.clicked.connect(lambda: context.navigate.open("roster_doubts"))
        self.columns.go_on.clicked.connect(self.carry_check)
        self.check.carry_out.clicked.connect(self.carry_import)
        self.check.another.clicked.connect(self.go_back)
        self.check.save_copy.clicked.connect(self._ask_copy)

    def show_with(self, **_arguments: str) -> None:
        if not self.work.busy:
            self.notice.clear()
            self._begin()

    def refresh(self) -> None:
        from backbone_desktop.services.roster_doubts import count_doubts

        desk, words = self._context.desk, self._t
        self._context.store.run(
            lambda: (shown.earlier_imports(words, desk), waiting_words(words, count_doubts(desk))),
            lambda found: self.choose.show_imports(*found), latest="roster_imports")

    def leave(self) -> bool:
        return not self.work.busy

    @property
    def step(self) -> QWidget:
        return self._steps.currentWidget()

    # --- the steps

    def open_file(self, path: Path) -> None:
        backend, desk = self._context.backend, self._context.desk
        self.work.carry_out(self._t("Opening the file"), lambda _report, _stopped: shown.open_file(backend, desk, path),
                            self._show_columns, self._focus)

    def carry_check(self) -> None:
        from backbone_desktop.services.roster import check_roster

        opened = self._with_columns()
        if opened is not None:
            desk = self._context.desk
            self.work.carry_out(
                self._t("Checking the roster"),
                lambda report, stopped: check_roster(desk, opened.file, opened.columns, report, stopped),
                self._show_plan, self._focus)

    def carry_import(self) -> None:
        from backbone_desktop.services.roster import import_roster

        opened, plan = self._opened, self.check.plan
        if opened is not None:
            desk = self._context.desk
            self.work.carry_out(
                self._t("Importing the roster"),
                lambda report, stopped: import_roster(desk, opened.file, opened.columns, report, stopped, plan=plan),
                self._show_done, self._focus)

    def save_copy(self, target: Path, *, replace: bool) -> None:
        """Write the sheet with the dry run's verdicts; an earlier file of that name stays unless `replace`."""
        from backbone_desktop.services.roster_marking import mark_roster

        backend, desk, opened, plan, words = (self._context.backend, self._context.desk, self._opened, self.check.plan,
                                              self._t)
        if opened is not None and plan is not None:
            self.work.carry_out(
                words("Writing the marked copy"),
                lambda _report, _stopped: mark_roster(desk, opened.file, plan, words,
                                                      lambda: backend.marked_roster(target, replace=replace)),
                self._show_marked, self._focus)

    def undo(self, import_id: str) -> None:
        from backbone_desktop.services.roster import undo_roster

        desk = self._context.desk
        self.work.carry_out(self._t("Undoing the import"), lambda _report, _stopped: undo_roster(desk, import_id),
                            self._show_undone, self._focus)

    def go_back(self) -> None:
        if self.work.busy:
            return
        self.notice.clear()
        at = self._steps.currentIndex()
        if at == 0:
            self._context.navigate.back()
        elif at == 1:
            self._begin()
        else:
            self._steps.setCurrentWidget(self.columns)
            self.columns.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.go_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.step is self.columns:
            self.carry_check()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.work.busy and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.open_file(Path(files[0]))

    # --- what the store worker answers

    def _begin(self) -> None:
        self._opened = None
        self._steps.setCurrentWidget(self.choose)
        self.refresh()
        self._focus()

    def _show_columns(self, opened: OpenedRoster) -> None:
        self._opened = opened
        self.columns.show_file(opened)
        self._steps.setCurrentWidget(self.columns)
        self.columns.take_focus(shown.missing_columns(opened.columns))

    def _show_plan(self, plan: RosterPlan) -> None:
        self.check.show_plan(plan)
        self._steps.setCurrentWidget(self.check)
        self.check.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_marked(self, plan: RosterPlan) -> None:
        self.check.plan = plan
        self.notice.say(Meaning.DONE, self._t("The marked copy is saved. It holds people's data: keep it as you keep "
                                              "the roster."))

    def _show_done(self, made: RosterImport) -> None:
        self._context.signals.changed.emit(shown.CHANGED)
        self._begin()
        self.notice.say(Meaning.DONE, self._t("The roster is imported: {counts}",
                                              counts=shown.counts_line(self._t, made.counts)),
                        (self._t("Undo this import"), lambda: self._ask_undo(made.id)))

    def _ask_undo(self, import_id: str) -> None:
        self.notice.say(Meaning.ATTENTION, self._t("Undo the whole import? Everybody whom it registered is taken out "
                                                   "again, and what it changed is put back."),
                        (self._t("Undo now"), lambda: self.undo(import_id)))

    def _show_undone(self, _made: RosterImport) -> None:
        self._context.signals.changed.emit(shown.CHANGED)
        self._begin()
        self.notice.say(Meaning.DONE, self._t("The import is undone."))

    # --- around the steps

    def _with_columns(self) -> OpenedRoster | None:
        if self._opened is None:
            return None
        columns = self.columns.columns
        missing = shown.missing_columns(columns)
        if missing:
            self.notice.say(Meaning.ATTENTION, self._t("roster.column_missing",
                                                       column_code=f"roster_field.{missing[0]}"))
            self.columns.take_focus(missing)
            return None
        self._opened = OpenedRoster(self._opened.file, columns)
        return self._opened

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self._t("Choose a roster"), "", self._t("Rosters (*.xlsx *.xls *.csv)"))
        if chosen:
            self.open_file(Path(chosen))

    def _ask_copy(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self._t("Save a marked copy"), self._t("Roster, checked") + ".xlsx", self._t("Excel (*.xlsx)"))
        if chosen:  # the dialog has asked about an earlier file only where the name is complete
            complete = chosen.lower().endswith(".xlsx")
            self.save_copy(Path(chosen if complete else f"{chosen}.xlsx"), replace=complete)

    def _focus(self) -> None:
        if self.step is self.choose:
            self.choose.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.step is self.columns:
            self.columns.take_focus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.notice)
        column.addWidget(self._steps, 1)
        column.addWidget(self.work.panel)
