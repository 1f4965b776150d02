"""Two records side by side: where they differ, whose value goes into the one that stays, and what hangs on each."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from backbone_desktop.services.duplicate_words import reasons_line
from backbone_desktop.services.merging import PairView, Part
from backbone_desktop.services.rows import Page
from backbone_desktop.ui import theme
from backbone_desktop.ui.models.duplicate_list import choice_columns
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.presenters import duplicates as shown
from backbone_desktop.ui.presenters.duplicates import ONE, OTHER, Choice
from backbone_desktop.ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.list_table import ListTable
from backbone_desktop.ui.widgets.row_table import ROW_HEIGHT
from backbone_desktop.ui.widgets.text import Heading, Prose, Secondary
from backbone_desktop.words import Words

HISTORY = 6
"""Lines of each record's past that are shown."""


class ChoiceTable(ListTable):
    """← takes the marked row's value from the left record, → from the right one, blank from the other one."""

    taken = Signal(object, str)

    def __init__(self, model: KeysetModel[Choice], name: str) -> None:
        super().__init__(model, name)
        self.clicked.connect(self._on_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.row
        if row is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space):
            there = OTHER if row.side == ONE else ONE
            self.taken.emit(row, {Qt.Key.Key_Left: ONE, Qt.Key.Key_Right: OTHER}.get(Qt.Key(key), there))
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() in (1, 2) and self.row is not None:
            self.taken.emit(self.row, ONE if index.column() == 1 else OTHER)


class _SideView(QWidget):
    """What hangs on one record, and its past."""

    def __init__(self, words: Words, key: str) -> None:
        super().__init__()
        self._t = words
        self._title = Heading("")
        self.open = LinkButton(words("Open the household"), icon_name="file-text", shortcut=key)
        self._hanging = Secondary()
        self._history = Secondary(wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addWidget(self._hanging)
        column.addWidget(self._history)
        column.addStretch(1)

    def show_side(self, title: str, hanging: str, history: str) -> None:
        self._title.setText(title)
        self._hanging.setText(hanging)
        self._history.setText(history)
        self.setAccessibleName(f"{title} {hanging}")


class CompareStep(QWidget):
    """`household_wanted` carries a household's id."""

    household_wanted = Signal(str)

    def __init__(self, t: Words) -> None:
        super().__init__()
        self._t = t
        self.view: PairView | None = None
        self.sides: dict[Part, str] = {}
        self._whole = False
        self._reasons = Prose()
        self._model: KeysetModel[Choice] = KeysetModel(choice_columns(t), self)
        self.table = ChoiceTable(self._model, t("Both records field by field"))
        self.table.setFixedHeight(theme.scaled(ROW_HEIGHT) * (len(Part) + 1) + 4)
        self.table.taken.connect(self._take)
        self.left, self.right = _SideView(t, "F7"), _SideView(t, "F8")
        self.whole = PlainButton(t("Show whole numbers"), icon_name="eye", shortcut="F6",
                                 tip=t("Show whole numbers (this is recorded)"))
        self.different = PlainButton(t("Different people"), icon_name="users", shortcut="F4")
        self.merge = PrimaryButton(t("Merge into one"), icon_name="check", shortcut="Ctrl+S")
        for side, name in ((self.left, ONE), (self.right, OTHER)):
            side.open.clicked.connect(lambda _=False, name=name: self._open(name))
        self._lay_out()

    def show_pair(self, view: PairView, *, whole: bool = False) -> None:
        """Another pair begins with the choice that loses nothing; the same pair keeps what was chosen."""
        if self.view is None or (view.one.member.id, view.other.member.id) != (
                self.view.one.member.id, self.view.other.member.id):
            self.sides = shown.first_choice(view)
        self.view, self._whole = view, whole
        reasons = reasons_line(self._t, view.reasons)
        told = self._t("Told apart before: different people.") if view.decided and view.decided.different else ""
        self._reasons.say("  ".join(part for part in (reasons, told) if part))
        self.whole.setEnabled(not whole)
        self.different.setEnabled(not told)
        for side, of in ((self.left, view.one), (self.right, view.other)):
            side.show_side(shown.side_title(self._t, view, of), shown.hanging_line(self._t, of),
                           shown.history_text(self._t, of, HISTORY))
        self._draw()

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, part: str) -> None:
        """Mark the row that a refusal is about."""
        self.table.mark(max(0, self._model.row_of(part)))
        self.take_focus()

    def _take(self, row: Choice, side: str) -> None:
        if row.line.differs:
            self.sides[row.line.part] = side
            self._draw()

    def _draw(self) -> None:
        if self.view is not None:
            rows = shown.choices(self._t, self.view, self.sides, whole=self._whole)
            self.table.show_page(Page(rows, None, len(rows)))

    def _open(self, side: str) -> None:
        if self.view is not None:
            of = self.view.one if side == ONE else self.view.other
            self.household_wanted.emit(of.household.id)

    def _lay_out(self) -> None:
        sides = QGridLayout()
        sides.setHorizontalSpacing(theme.XXL)
        sides.addWidget(self.left, 0, 0)
        sides.addWidget(self.right, 0, 1)
        sides.setColumnStretch(0, 1)
        sides.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.S)
        foot.addWidget(Secondary(self._t("← → choose whose value stays. Cover and drafts of claims come over by "
                                         "themselves; both histories are kept."), wrap=True), 1)
        for button in (self.whole, self.different, self.merge):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._reasons)
        column.addWidget(self.table)
        column.addLayout(sides, 1)
        column.addLayout(foot)
