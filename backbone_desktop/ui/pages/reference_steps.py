"""The two steps of the page of lists: which lists there are, and what a file would bring."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from backbone_desktop.services.reference_rows import ReferenceKind
from backbone_desktop.services.rows import Page
from backbone_desktop.ui import theme
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.models.reference_list import check_columns, list_columns
from backbone_desktop.ui.presenters import reference as shown
from backbone_desktop.ui.presenters.reference import Checked, ListRow, ShownLine
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.filter_line import Chips
from backbone_desktop.ui.widgets.list_table import ListTable, RowAct
from backbone_desktop.ui.widgets.text import Prose, Secondary
from backbone_desktop.words import Words

EDITION_WIDTH = 320
EDITION_FITS = 60


class ListsStep(QWidget):
    """Enter on a list imports into it."""

    import_wanted = Signal(object)
    """A `ReferenceKind`."""
    remove_wanted = Signal(str)

    def __init__(self, t: Words) -> None:
        super().__init__()
        self._t = t
        self._model: KeysetModel[ListRow] = KeysetModel(list_columns(t), self)
        self.table = ListTable(
            self._model, t("Lists to pick from"), empty=EmptyState("file-text", t("Looking which lists there are")),
            acts=(RowAct(t("Import…"), lambda row: self.import_wanted.emit(row.kind), "file-down",
                         lambda row: row.kind is not None),
                  RowAct(t("Take this list out"), lambda row: self.remove_wanted.emit(row.edition_id), "trash-2",
                         lambda row: bool(row.edition_id))))
        self.carry_in = PrimaryButton(t("Import…"), icon_name="file-down", shortcut="F2")
        self.take_out = PlainButton(t("Take this list out"), icon_name="trash-2")
        self.carry_in.clicked.connect(self._import)
        self.take_out.clicked.connect(lambda: self.remove_wanted.emit(self.table.row.edition_id))
        self.table.opened.connect(lambda _row: self._import())
        self.table.marked.connect(self._on_marked)
        foot = QHBoxLayout()
        foot.addWidget(Secondary(t(
            "The lists stay on this computer. Whatever is not on them can be typed all the same.")))
        foot.addStretch(1)
        foot.addWidget(self.take_out)
        foot.addWidget(self.carry_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(Prose(t(
            "Forms pick from these lists by code, name or pinyin. Townships and villages, hospitals and diagnoses can "
            "be imported from Excel (.xlsx, .xls) or CSV; a newer list takes the place of the one before.")))
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self._on_marked(None)

    @property
    def kind(self) -> ReferenceKind | None:
        """Into which kind of list the marked row imports."""
        return self.table.row.kind if self.table.row is not None else None

    def show_lists(self, rows: tuple[ListRow, ...]) -> None:
        self.table.show_page(Page(rows, None, len(rows)))

    def _import(self) -> None:
        if self.kind is not None:
            self.import_wanted.emit(self.kind)

    def _on_marked(self, row: ListRow | None) -> None:
        self.carry_in.setEnabled(row is not None and row.kind is not None)
        self.take_out.setEnabled(row is not None and bool(row.edition_id))


class CheckStep(QWidget):
    """The dry run: what becomes of each row, and what the list will be called."""

    def __init__(self, t: Words) -> None:
        super().__init__()
        self._t = t
        self._checked: Checked | None = None
        self.chips = Chips((("", t("All rows")),), t("Which rows"))
        self._model: KeysetModel[ShownLine] = KeysetModel(check_columns(t), self)
        self.table = ListTable(self._model, t("Rows of the list"), empty=EmptyState("file-text", t("No such rows")))
        self._effect = Secondary()
        self.edition = QLineEdit()
        self.edition.setMaxLength(EDITION_FITS)
        self.edition.setFixedWidth(theme.scaled(EDITION_WIDTH))
        label = QLabel(t("Name or &edition"))
        label.setBuddy(self.edition)
        self.edition.setAccessibleName(t("Name or &edition").replace("&", ""))
        self.carry_out = PrimaryButton("", icon_name="check", shortcut="Ctrl+S")
        self.edition.returnPressed.connect(self.carry_out.click)
        self.back = PlainButton(t("Another file"))
        above = QHBoxLayout()
        above.addWidget(self.chips)
        above.addStretch(1)
        above.addWidget(label)
        above.addWidget(self.edition)
        foot = QHBoxLayout()
        foot.addWidget(self._effect)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.carry_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(above)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.chips.chosen.connect(self._narrow)
        self._model.wanted.connect(self._fetch)

    def show_checked(self, checked: Checked) -> None:
        self._checked = checked
        found = shown.chips(self._t, checked.plan)
        self.chips.offer([(value, word) for value, word, _ in found])
        for value, _, count in found:
            self.chips.chips[value].set_count(count)
        self.chips.chips[""].setChecked(True)
        self._narrow("")
        self._effect.setText(shown.effect_line(self._t, checked.plan))
        self.edition.setText(checked.name[:EDITION_FITS])
        act = shown.import_words(self._t, checked.plan)
        self.carry_out.setText(act or self._t("Nothing to import"))
        self.carry_out.setEnabled(bool(act))
        self.take_focus()

    def take_focus(self) -> None:
        self.edition.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edition.selectAll()

    def _narrow(self, verdict: str) -> None:
        if self._checked is not None:
            self.table.show_page(shown.page_of(self._checked.plan, verdict, None))

    def _fetch(self, after: str) -> None:
        if self._checked is not None:
            self._model.append(after, shown.page_of(self._checked.plan, self.chips.value, after))
