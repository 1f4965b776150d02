"""The three steps of a roster's import: which file, which columns, and what would become of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backbone_desktop.services.roster_plan import RosterPlan
from backbone_desktop.services.roster_rows import RosterLine
from backbone_desktop.services.roster_words import places_line
from backbone_desktop.services.rows import Page
from backbone_desktop.ui import theme
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.models.roster_list import import_columns, roster_columns
from backbone_desktop.ui.presenters import roster as shown
from backbone_desktop.ui.presenters.roster import ImportRow, OpenedRoster
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.filter_line import Chips
from backbone_desktop.ui.widgets.list_table import ListTable, RowAct
from backbone_desktop.ui.widgets.text import Heading, Prose, Secondary
from backbone_desktop.words import Words

COLUMN_WIDTH = 260


class ChooseStep(QWidget):
    """Which file; below it what was imported before, which can be undone."""

    undo_wanted = Signal(str)

    def __init__(self, t: Words) -> None:
        super().__init__()
        self.choose = PrimaryButton(t("Choose a file…"), icon_name="file-down", shortcut="F2")
        self._model: KeysetModel[ImportRow] = KeysetModel(import_columns(t), self)
        empty = EmptyState("file-text", t("No roster was imported yet"))
        self.table = ListTable(
            self._model, t("Earlier imports"), empty=empty,
            acts=(RowAct(t("Undo this import"), lambda row: self.undo_wanted.emit(row.id), "arrow-left",
                         lambda row: not row.undone),))
        self.undo = PlainButton(t("Undo this import"), icon_name="arrow-left")
        self.undo.clicked.connect(self._undo_marked)
        self.table.marked.connect(lambda row: self.undo.setEnabled(row is not None and not row.undone))
        self.decide = PlainButton("", icon_name="circle-check")
        self.decide.hide()
        above = QHBoxLayout()
        above.addWidget(self.choose)
        above.addWidget(self.decide)
        above.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(Heading(t("Earlier imports")))
        below.addStretch(1)
        below.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(Prose(t(
            "A roster from Excel (.xlsx, .xls) or CSV. First you see what would become of each row; nothing is "
            "changed until you say so, and an import can be undone as a whole.")))
        column.addLayout(above)
        column.addLayout(below)
        column.addWidget(self.table, 1)

    def show_imports(self, rows: tuple[ImportRow, ...], to_decide: str) -> None:
        """`to_decide` is the way to the doubtful rows, "" while there is none."""
        self.undo.setEnabled(False)
        self.decide.setText(to_decide)
        self.decide.setVisible(bool(to_decide))
        self.table.show_page(Page(rows, None, len(rows)))

    def _undo_marked(self) -> None:
        if (row := self.table.row) is not None:
            self.undo_wanted.emit(row.id)


class ColumnsStep(QWidget):
    """Which column of the sheet holds what; guessed, or as it was chosen for such a sheet before."""

    def __init__(self, t: Words) -> None:
        super().__init__()
        self._t = t
        self._about = Secondary()
        self.go_on = PrimaryButton(t("Check the rows"), icon_name="check", shortcut="Ctrl+S")
        self.boxes: dict[str, QComboBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        fields = shown.field_titles(t)
        half = (len(fields) + 1) // 2
        for n, (name, title, needed) in enumerate(fields):
            box = self.boxes[name] = QComboBox()
            box.setAccessibleName(title)
            box.setFixedWidth(theme.scaled(COLUMN_WIDTH))
            label = QLabel(f"{title} *" if needed else title)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setBuddy(box)
            grid.addWidget(label, n % half, 2 * (n // half))
            grid.addWidget(box, n % half, 2 * (n // half) + 1)
        grid.setColumnStretch(4, 1)
        grid.setColumnMinimumWidth(2, theme.scaled(140))
        foot = QHBoxLayout()
        foot.addWidget(Secondary(t("* These columns must be there; the others may be left out.")))
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(Heading(t("Which column holds what?")))
        column.addWidget(self._about)
        column.addLayout(grid)
        column.addStretch(1)
        column.addLayout(foot)

    def show_file(self, opened: OpenedRoster) -> None:
        self._about.setText(shown.template_line(self._t, opened.file.template))
        choices = shown.column_choices(self._t, opened.file)
        for name, box in self.boxes.items():
            box.clear()
            for title, place in choices:
                box.addItem(title, place)
            box.setCurrentIndex(max(0, box.findData(opened.columns.get(name, -1))))

    @property
    def columns(self) -> Mapping[str, int]:
        return {name: box.currentData() for name, box in self.boxes.items() if box.currentIndex() > 0}

    def take_focus(self, missing: Sequence[str] = ()) -> None:
        where = self.boxes[missing[0]] if missing else self.go_on
        where.setFocus(Qt.FocusReason.OtherFocusReason)


class CheckStep(QWidget):
    """The dry run: rows narrowed by what would become of them."""

    def __init__(self, t: Words) -> None:
        super().__init__()
        self._t = t
        self.plan: RosterPlan | None = None
        self.chips = Chips((("", t("All rows")),), t("Which rows"))
        self._model: KeysetModel[RosterLine] = KeysetModel(roster_columns(t), self)
        self.table = ListTable(self._model, t("Rows of the roster"), empty=EmptyState("file-text", t("No such rows")))
        self.places = Secondary(wrap=True)
        self.carry_out = PrimaryButton("", icon_name="check", shortcut="Ctrl+S")
        self.another = PlainButton(t("Other columns"))
        self.save_copy = PlainButton(t("Save a marked copy…"), icon_name="file-down", shortcut="Ctrl+E",
                                     tip=t("The sheet with what would become of each row, and why"))
        foot = QHBoxLayout()
        foot.addWidget(Secondary(t("Doubtful and refused rows are left out; people who are not on the roster stay "
                                   "registered.")))
        foot.addStretch(1)
        foot.addWidget(self.another)
        foot.addWidget(self.save_copy)
        foot.addWidget(self.carry_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        above = QHBoxLayout()
        above.addWidget(self.chips)
        above.addStretch(1)
        column.addLayout(above)
        column.addWidget(self.places)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.chips.chosen.connect(self._narrow)
        self._model.wanted.connect(self._fetch)

    def show_plan(self, plan: RosterPlan) -> None:
        self.plan = plan
        found = shown.chips(self._t, plan)
        self.chips.offer([(value, word) for value, word, _ in found])
        for value, _, count in found:
            self.chips.chips[value].set_count(count)
        self.chips.chips[""].setChecked(True)
        self._narrow("")
        self.places.setText(places_line(self._t, plan.places))
        self.places.setVisible(bool(plan.places))
        act = shown.import_words(self._t, plan)
        self.carry_out.setText(act or self._t("Nothing to import"))
        self.carry_out.setEnabled(bool(act))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self, verdict: str) -> None:
        if self.plan is not None:
            self.table.show_page(shown.page_of(self.plan, verdict, None))

    def _fetch(self, after: str) -> None:
        if self.plan is not None:
            self._model.append(after, shown.page_of(self.plan, self.chips.value, after))
