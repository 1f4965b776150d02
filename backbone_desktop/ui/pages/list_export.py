"""The strip on which a list is taken out as .xlsx: what for, whole numbers or not, where to; then how far it is."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.services.duties import Duty, may
from backbone_desktop.services.listing_ports import Asked
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.work_panel import WorkPanel

REASON_WIDTH = 340


class ListExport(QWidget):
    """Hidden until `begin`. The list is written step by step, so that the rest of the window's work finds its turn."""

    closed = Signal()

    def __init__(self, context: Context, title: str, asked: Callable[[], Asked]) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self._title = title
        self._asked = asked
        self._steps: Generator[tuple[int, int], None, None] | None = None
        self._target = Path()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(t("For the publicity list in the village, for a check …"))
        self.reason.setAccessibleName(t("What the list is needed for"))
        self.reason.setFixedWidth(theme.scaled(REASON_WIDTH))
        label = QLabel(t("What the list is needed for"))
        label.setBuddy(self.reason)
        self.whole = QCheckBox(t("Whole ID numbers"))
        if not may(context.desk, Duty.EXPORT_WHOLE_NUMBERS):
            self.whole.hide()
        self.go = PrimaryButton(t("Save as…"), icon_name="file-spreadsheet")
        self.away = PlainButton(t("Cancel"))
        self.notice = FormNotice(t)
        self.panel = WorkPanel(t)
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, theme.S)
        row.setSpacing(theme.M)
        for widget in (label, self.reason, self.whole, self.go, self.away):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._line, self.notice, self.panel):
            column.addWidget(part)
        self._line.hide()
        self.go.clicked.connect(self._ask_target)
        self.reason.returnPressed.connect(self._ask_target)
        self.away.clicked.connect(self.put_away)
        self.panel.cancelled.connect(self._break_off)

    @property
    def busy(self) -> bool:
        return self._steps is not None

    def begin(self) -> None:
        if not self.busy:
            self.notice.clear()
            self._line.show()
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_away(self) -> None:
        self.reason.clear()
        self.whole.setChecked(False)
        self.notice.clear()
        self._line.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._line.isVisible():
            self.put_away()
        else:
            super().keyPressEvent(event)

    def carry_out(self, target: Path, *, replace: bool = True) -> None:
        """Write the list as it is shown now to `target`; `replace`: whoever chose it has given up what is there."""
        from backbone_desktop.services.list_export import ExportRequest, export_list

        if self.busy:
            return
        backend, desk, words = self._context.backend, self._context.desk, self._t
        request = ExportRequest(asked=self._asked(), reason=self.reason.text(), whole_numbers=self.whole.isChecked())
        self._target = target
        self._steps = export_list(desk, request, words, lambda sheet: backend.list_file(target, sheet, replace=replace))
        self.notice.clear()
        self._line.hide()
        self.panel.begin(words("Exporting the list"))
        self._step(None)

    def _step(self, far: tuple[int, int] | None) -> None:
        steps = self._steps
        if steps is None:
            return
        if far is not None:
            self.panel.advance(*far)
        self._context.store.run(lambda: next(steps, None), self._stepped, self._failed)

    def _stepped(self, far: tuple[int, int] | None) -> None:
        if far is not None:
            self._step(far)
        elif self._steps is not None:
            self._rest()
            self.put_away()
            self.notice.say(Meaning.DONE, self._t("The list is saved as {file}.", file=self._target.name))

    def _break_off(self) -> None:
        steps = self._steps
        self._steps = None
        if steps is not None:
            self._context.store.run(steps.close, lambda _: self._broken_off(), self._failed)

    def _broken_off(self) -> None:
        self._rest()
        self._line.show()
        self.notice.say(Meaning.ATTENTION, self._t("Stopped. No file was written."))

    def _failed(self, error: BackboneError) -> None:
        self._rest()
        self._line.show()
        if isinstance(error, RuleBroken):
            self.notice.say(Meaning.ATTENTION, self._t.error(error))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._context.signals.problem.emit(error)

    def _rest(self) -> None:
        self._steps = None
        self.panel.end()

    def _ask_target(self) -> None:
        from backbone_desktop.services.list_export import ExportRequest, check_export

        try:
            check_export(self._context.desk, ExportRequest(
                asked=self._asked(), reason=self.reason.text(), whole_numbers=self.whole.isChecked()))
        except RuleBroken as broken:
            self._failed(broken)
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{self._title}-{self._context.desk.clock.today():%Y%m%d}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, self._t("Save the list"), str(Path(folder) / name),
                                                self._t("Excel workbooks (*.xlsx)"))
        if chosen:
            complete = chosen.lower().endswith(".xlsx")
            self.carry_out(Path(chosen if complete else f"{chosen}.xlsx"), replace=complete)
