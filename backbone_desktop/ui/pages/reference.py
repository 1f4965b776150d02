"""The lists that forms pick from: which there are, importing another with a check before, and taking one out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from backbone_desktop.services.reference_rows import ReferenceKind
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.long_work import LongWork
from backbone_desktop.ui.pages.reference_steps import CheckStep, ListsStep
from backbone_desktop.ui.presenters import reference as shown
from backbone_desktop.ui.presenters.reference import Checked
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from backbone_desktop.services.reference_rows import Edition


class ReferencePage(QWidget):
    """Esc goes one step back; nothing is written before the check was seen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Lists to pick from")
        self._checked: Checked | None = None
        self._header = PageHeader(self.title, back=t("Back (Esc)"))
        self._header.back_clicked.connect(self.go_back)
        self.notice = FormNotice(t)
        self.lists, self.check = ListsStep(t), CheckStep(t)
        self._steps = QStackedWidget()
        for step in (self.lists, self.check):
            self._steps.addWidget(step)
        self.work = LongWork(context, self.notice, self._steps, self)
        self.setAcceptDrops(True)
        self._lay_out()
        self.lists.import_wanted.connect(self._ask_file)
        self.lists.remove_wanted.connect(self._ask_remove)
        self.check.carry_out.clicked.connect(self.carry_import)
        self.check.back.clicked.connect(self.go_back)

    def show_with(self, **_arguments: str) -> None:
        if not self.work.busy:
            self.notice.clear()
            self._begin()

    def refresh(self) -> None:
        desk, backend, words = self._context.desk, self._context.backend, self._t
        self._context.store.run(lambda: shown.lists(desk, backend, words), self.lists.show_lists, latest="reference")

    def leave(self) -> bool:
        return not self.work.busy

    @property
    def step(self) -> QWidget:
        return self._steps.currentWidget()

    # --- acts

    def open_file(self, path: Path, kind: ReferenceKind) -> None:
        desk, backend = self._context.desk, self._context.backend
        self.work.carry_out(
            self._t("Checking the list"),
            lambda report, stopped: shown.check_file(desk, backend.open_reference(path, kind), path.stem, report,
                                                     stopped),
            self._show_checked, self._focus)

    def carry_import(self) -> None:
        from backbone_desktop.services.reference_import import import_reference

        checked, name = self._checked, self.check.edition.text()
        if checked is not None and self.step is self.check:
            desk = self._context.desk
            self.work.carry_out(
                self._t("Importing the list"),
                lambda report, stopped: import_reference(desk, checked.file, name, report, stopped),
                self._show_imported, self._focus)

    def remove(self, edition_id: str) -> None:
        from backbone_desktop.services.reference_import import remove_reference

        desk = self._context.desk
        self.work.carry_out(
            self._t("Taking the list out"), lambda _report, _stopped: remove_reference(desk, edition_id),
            self._show_removed, self._focus)

    def go_back(self) -> None:
        if self.work.busy:
            return
        self.notice.clear()
        if self.step is self.check:
            self._begin()
        else:
            self._context.navigate.back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.go_back()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step is self.lists and self.lists.kind is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files and self.lists.kind is not None:
            event.acceptProposedAction()
            self.open_file(Path(files[0]), self.lists.kind)

    # --- what the store worker answers

    def _begin(self) -> None:
        self._checked = None
        self._steps.setCurrentWidget(self.lists)
        self.refresh()
        self._focus()

    def _show_checked(self, checked: Checked) -> None:
        self._checked = checked
        self._steps.setCurrentWidget(self.check)
        self.check.show_checked(checked)

    def _show_imported(self, made: Edition) -> None:
        self._context.signals.changed.emit(shown.CHANGED)
        self._begin()
        self.notice.say(Meaning.DONE, self._t("{n} entries are in use: {name}", n=f"{made.count:,}", name=made.name))

    def _ask_remove(self, edition_id: str) -> None:
        self.notice.say(Meaning.ATTENTION, self._t("Take this list out? What was registered with it stays as it is."),
                        (self._t("Take it out now"), lambda: self.remove(edition_id)))

    def _show_removed(self, _nothing: object) -> None:
        self._context.signals.changed.emit(shown.CHANGED)
        self._begin()
        self.notice.say(Meaning.DONE, self._t("The list is taken out."))

    def _ask_file(self, kind: ReferenceKind) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self._t("Choose a list: {kind}", kind=self._t(f"reference_kind.{kind}")), "",
            self._t("Lists (*.xlsx *.xls *.csv)"))
        if chosen:
            self.open_file(Path(chosen), kind)

    def _focus(self) -> None:
        if self.step is self.check:
            self.check.take_focus()
        else:
            self.lists.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.notice)
        column.addWidget(self._steps, 1)
        column.addWidget(self.work.panel)
