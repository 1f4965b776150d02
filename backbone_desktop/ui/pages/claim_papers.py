"""The papers on the claim form, ticked off by the scheme's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.scheme import Need
from backbone_desktop.ui import theme
from backbone_desktop.ui.presenters.benefit import paper_when, paper_words
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.ui.widgets.text import Heading, Secondary
from backbone_desktop.ui.widgets.text_line import TextLine
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.scheme import DocumentNeed

ROW = 30


class ClaimPapers(QWidget):
    """One box a paper. Codes of papers that the scheme does not list stay as they are."""

    edited = Signal()
    offered = Signal()
    """The scheme's list is another one: the form's order must be taken anew."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = words
        self._needs: tuple[DocumentNeed, ...] = ()
        self._other: tuple[str, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self._rows: list[QWidget] = []
        self._columns = 2
        self.all_here = LinkButton(words("All required papers are here"), icon_name="check")
        self.all_here.clicked.connect(self._tick_required)
        self._none = Secondary(words("The scheme's list stands here as soon as the patient is known."))
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(theme.XL)
        self._grid.setColumnStretch(0, 1)
        head = QHBoxLayout()
        head.addWidget(Heading(words("Papers")))
        head.addStretch(1)
        head.addWidget(self.all_here)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.setSpacing(theme.XS)
        column_of_all.addLayout(head)
        column_of_all.addWidget(self._none)
        column_of_all.addLayout(self._grid)
        self.all_here.hide()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        return (self.all_here, *self.boxes.values())

    def offer(self, needs: tuple[DocumentNeed, ...], handed_in: tuple[str, ...] | None = None) -> None:
        """Show the scheme's list; what was ticked stays ticked. `handed_in` replaces the ticks."""
        ticked = set(self.typed() if handed_in is None else handed_in)
        if needs != self._needs:
            self._build(needs)
        for code, box in self.boxes.items():
            box.setChecked(code in ticked)
        self._other = tuple(sorted(ticked - set(self.boxes)))

    def typed(self) -> tuple[str, ...]:
        """The codes of what lies on the counter."""
        return (*(code for code, box in self.boxes.items() if box.isChecked()), *self._other)

    def tick(self, code: str) -> None:
        """A scan of it was added; the clerk may take the tick back."""
        if code in self.boxes and not self.boxes[code].isChecked():
            self.boxes[code].setChecked(True)
            self.edited.emit()

    def _build(self, needs: tuple[DocumentNeed, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._needs, self.boxes = needs, {}
        self._rows = []
        for need in needs:
            row, box = self._row(need)
            self.boxes[need.code] = box
            self._rows.append(row)
        self._lay_out()
        self._none.setVisible(not needs)
        self.all_here.setVisible(any(need.need is Need.REQUIRED for need in needs))
        self.offered.emit()

    def set_columns(self, columns: int) -> None:
        """As many columns as the fields above have."""
        if columns != self._columns:
            self._columns = columns
            self._lay_out()

    def _lay_out(self) -> None:
        high = -(-len(self._rows) // self._columns)
        for place, row in enumerate(self._rows):
            self._grid.removeWidget(row)
            self._grid.addWidget(row, place % high, place // high)
        self._grid.setColumnStretch(1, self._columns - 1)

    def _row(self, need: DocumentNeed) -> tuple[QWidget, QCheckBox]:
        box = QCheckBox(paper_words(self._t, need))
        when = paper_when(self._t, need)
        box.setAccessibleDescription(when)
        box.clicked.connect(self.edited)
        now = theme.colours()
        note = TextLine(when, now.secondary if need.need is Need.REQUIRED else now.faint)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.S)
        line.addWidget(box)
        line.addWidget(note, 1)
        row.setFixedHeight(theme.scaled(ROW))
        return row, box

    def _tick_required(self) -> None:
        for need in self._needs:
            if need.need is Need.REQUIRED:
                self.boxes[need.code].setChecked(True)
        self.edited.emit()
        rest = next((need.code for need in self._needs if need.need is not Need.REQUIRED), "")
        if rest:
            self.boxes[rest].setFocus(Qt.FocusReason.TabFocusReason)
