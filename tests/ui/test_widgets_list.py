"""Lists: rows that come page by page, the mark that stays, keys, menu, copying, sorting."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from backbone_desktop.services.rows import Page
from backbone_desktop.ui import theme
from backbone_desktop.ui.models.keyset_model import MARK, Column, KeysetModel, Mark
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.filter_line import Chips, FilterLine, SearchField
from backbone_desktop.ui.widgets.list_table import ListTable, RowAct

pytestmark = pytest.mark.usefixtures("dressed")


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    amount: int | None


COLUMNS: tuple[Column[Row], ...] = (
    Column(title="Number", text=lambda row: row.id, width=8),
    Column(title="Name", text=lambda row: row.name, sort=lambda row: row.name,
                mark=lambda row: Mark(Meaning.DONE) if row.amount else None),
    Column(title="Amount", text=lambda row: "" if row.amount is None else str(row.amount), width=10, right=True,
                sort=lambda row: row.amount),
)


def page(first: int, last: int, of: int) -> Page[Row]:
    rows = tuple(Row(f"r{n:03d}", f"name {of - n:03d}", n if n % 7 else None) for n in range(first, last))
    return Page(rows, str(last) if last < of else None, of)


class Source:
    """Answers a model as a page of the window does."""

    def __init__(self, model: KeysetModel[Row], of: int, size: int = 50) -> None:
        self.model, self.of, self.size = model, of, size
        self.asked: list[str] = []
        model.wanted.connect(self.answer)

    def answer(self, after: str) -> None:
        self.asked.append(after)
        self.model.append(after, page(int(after), min(self.of, int(after) + self.size), self.of))


@pytest.fixture
def model() -> KeysetModel[Row]:
    return KeysetModel(COLUMNS)


@pytest.fixture
def table(qtbot: QtBot, model: KeysetModel[Row]) -> ListTable:
    table = ListTable(model, "Rows", empty=EmptyState("users", "No rows"),
                      acts=(RowAct("Open", lambda row: None), RowAct("Pay", lambda row: None,
                                                                      fits=lambda row: bool(row.amount))))
    qtbot.addWidget(table)
    table.resize(700, 400)
    with qtbot.waitActive(table):
        table.show()
    return table


def test_the_model_keeps_qts_promises(qtmodeltester: ModelTester, model: KeysetModel[Row]) -> None:
    Source(model, 120)
    model.begin(page(0, 50, 120))
    qtmodeltester.check(model)


def test_the_empty_model_keeps_them_too(qtmodeltester: ModelTester, model: KeysetModel[Row]) -> None:
    qtmodeltester.check(model)


def test_scrolling_to_the_end_fetches_page_after_page(qtbot: QtBot, table: ListTable, model: KeysetModel[Row]) -> None:
    source = Source(model, 160)
    table.show_page(page(0, 50, 160))
    for _ in range(6):
        table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
        qtbot.wait(1)
    assert model.rowCount() == 160
    assert source.asked == ["50", "100", "150"]
    assert [row.id for row in model.rows] == [f"r{n:03d}" for n in range(160)]


def test_one_page_is_asked_for_once_and_again_after_a_failure(model: KeysetModel[Row]) -> None:
    asked: list[str] = []
    model.wanted.connect(asked.append)
    model.begin(page(0, 50, 160))
    nowhere = model.index(-1, -1)
    model.fetchMore(nowhere)
    model.fetchMore(nowhere)
    assert asked == ["50"]
    model.give_up()
    model.fetchMore(nowhere)
    assert asked == ["50", "50"]


def test_a_page_of_an_earlier_list_is_left_out(model: KeysetModel[Row]) -> None:
    model.begin(page(0, 50, 160))
    model.fetchMore(model.index(-1, -1))
    model.begin(page(0, 20, 20))
    model.append("50", page(50, 100, 160))
    assert model.rowCount() == 20


def test_the_mark_survives_a_refresh(table: ListTable) -> None:
    table.show_page(page(0, 50, 50))
    table.mark(30)
    table.verticalScrollBar().setValue(400)
    table.show_page(Page((Row("new", "new", 1), *page(0, 50, 50).rows), None, 51))
    assert table.record_id == "r030"
    assert table.verticalScrollBar().value() == 400
    table.show_page(page(0, 10, 10))
    assert table.record_id == "r000"


def test_keys_move_open_copy_and_search(qtbot: QtBot, table: ListTable) -> None:
    table.show_page(page(0, 50, 50))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.record_id == "r001"
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0].id == "r001"
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "r001\tname 049\t1"
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.record_id == "r049"
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.record_id == "r000"
    with qtbot.waitSignal(table.typed_ahead) as typed:
        qtbot.keyClick(table, Qt.Key.Key_5)
    assert typed.args == ["5"]


def test_a_column_holds_as_many_figures_as_it_is_wide(table: ListTable) -> None:
    room = table.columnWidth(2) - 2 * theme.S
    assert QFontMetricsF(table.font()).horizontalAdvance("8" * COLUMNS[2].width) <= room


def test_text_stands_in_the_middle_of_its_row(table: ListTable) -> None:
    table.show_page(page(0, 3, 3))
    row = table.viewport().grab().toImage().copy(0, 32, table.columnWidth(0), 31)
    ground = row.pixelColor(row.width() - 2, 2)
    inked = [y for y in range(row.height()) if any(row.pixelColor(x, y) != ground for x in range(row.width()))]
    assert abs(inked[0] + inked[-1] - row.height()) <= 4


def test_hidden_columns_are_not_copied(qtbot: QtBot, table: ListTable) -> None:
    table.show_page(page(0, 3, 3))
    menu = table.columns_menu()
    first, second, _ = menu.actions()
    assert not first.isEnabled()
    second.toggle()
    table.copy()
    assert QGuiApplication.clipboard().text() == "r000\t"


def test_the_menu_offers_what_fits_the_row(table: ListTable) -> None:
    table.show_page(page(0, 3, 3))
    assert [act.text() for act in table.menu_for(Row("a", "a", None)).actions()] == ["Open"]
    assert [act.text() for act in table.menu_for(Row("a", "a", 5)).actions()] == ["Open", "Pay"]


def test_the_header_sorts_a_whole_list_only(qtbot: QtBot, table: ListTable, model: KeysetModel[Row]) -> None:
    table.show_page(page(0, 20, 20))
    table.mark(3)
    table.horizontalHeader().sectionClicked.emit(1)
    assert model.rows[0].name == "name 001"
    assert table.record_id == "r003"
    table.horizontalHeader().sectionClicked.emit(2)
    table.horizontalHeader().sectionClicked.emit(2)
    amounts = [row.amount for row in model.rows]
    assert amounts[3:] == sorted((one for one in amounts if one is not None), reverse=True)
    table.show_page(page(0, 50, 160))
    table.horizontalHeader().sectionClicked.emit(1)
    assert model.rows[0].id == "r000"
    assert not table.horizontalHeader().isSortIndicatorShown()


def test_an_empty_list_says_so(table: ListTable) -> None:
    empty = table.findChild(EmptyState)
    assert empty is not None
    table.show_page(Page((), None, 0))
    assert empty.isVisible()
    assert table.record_id == ""
    table.show_page(page(0, 3, 3))
    assert not empty.isVisible()


def test_marks_come_with_their_meaning(model: KeysetModel[Row]) -> None:
    model.begin(page(0, 3, 3))
    assert model.index(1, 1).data(MARK) == Mark(Meaning.DONE)
    assert model.index(0, 1).data(MARK) is None


def test_search_and_chips(qtbot: QtBot) -> None:
    window = QWidget()
    search = SearchField("Name or number", "Search")
    chips = Chips((("", "All"), ("draft", "Drafts"), ("received", "Received")), "State")
    column = QVBoxLayout(window)
    column.addWidget(FilterLine(search, chips))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    with qtbot.waitSignal(search.sought) as sought:
        qtbot.keyClicks(search, " zs ")
    assert sought.args == ["zs"]
    with qtbot.waitSignal(search.went_on):
        qtbot.keyClick(search, Qt.Key.Key_Down)
    with qtbot.waitSignal(search.sought):
        qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    chips.chips["draft"].set_count(1203)
    assert chips.chips["draft"].text() == "Drafts 1,203"
    with qtbot.waitSignal(chips.chosen) as chosen:
        qtbot.mouseClick(chips.chips["received"], Qt.MouseButton.LeftButton)
    assert (chosen.args, chips.value) == (["received"], "received")
