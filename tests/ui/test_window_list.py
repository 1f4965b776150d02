"""Lists of any length: lines and heads, a model that holds what is looked at, a table that opens a million rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from backbone_desktop.services.listing_ports import Asked, ListName, Order, Place
from backbone_desktop.ui.models.keyset_model import Column
from backbone_desktop.ui.models.window_model import KEPT, WindowModel
from backbone_desktop.ui.presenters.lists import PAGE, Shown
from backbone_desktop.ui.presenters.outline import Head, HeadKey, Outline, all_folded, first_folding
from backbone_desktop.ui.theme import colours
from backbone_desktop.ui.widgets.window_table import WindowTable
from backbone_desktop.words import Words

MILLION = 1_000_000


@dataclass(frozen=True)
class Row:
    id: str


COLUMNS: tuple[Column[Row], ...] = (Column(title="Number", text=lambda row: row.id, width=8, by="number"),)


def places_of(counts: Sequence[Sequence[int]]) -> list[Place]:
    return [Place(f"t{township}", f"v{village}", count)
            for township, villages in enumerate(counts) for village, count in enumerate(villages)]


COUNTS = st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=4), min_size=1, max_size=4)


@given(COUNTS, st.data())
def test_every_line_is_a_head_or_a_record_and_every_record_stands_or_is_hidden(counts: list[list[int]],
                                                                               data: st.DataObject) -> None:
    places = places_of(counts)
    keys: list[HeadKey] = sorted(all_folded(places), key=str)
    folded = frozenset(data.draw(st.sets(st.sampled_from(keys))))
    total = sum(one.count for one in places)
    outline = Outline(total, places, folded)
    lines = [outline.at(line) for line in range(outline.count)]
    shown = [at for at in lines if not isinstance(at, Head)]
    assert shown == sorted(set(shown))
    homes = [one for one in places for _ in range(one.count)]
    hidden = [at for at, one in enumerate(homes)
              if (one.township, None) in folded or (one.township, one.village) in folded]
    assert sorted([*shown, *hidden]) == list(range(total))
    for position in range(total):
        at = lines[outline.line_of(position)]
        if position in hidden:
            assert isinstance(at, Head)
            assert at.first <= position < at.first + at.count
            assert at.folded
        else:
            assert at == position
    for line, at in enumerate(lines):
        if isinstance(at, Head):
            assert outline.line_of_head(at.key) == line
            inside = [one.count for one in places if one.township == at.township and at.village in (None, one.village)]
            assert at.count == sum(inside)
        over = outline.head_over(line)
        if isinstance(at, Head) and at.level == 0:
            assert over == -1
        else:
            above = lines[over]
            assert isinstance(above, Head)
            assert over < line
            assert above.level == (0 if isinstance(at, Head) else 1)
    assert outline.positions(0, outline.count) == ((shown[0], shown[-1] + 1) if shown else (0, 0))


def test_a_list_without_places_is_its_records() -> None:
    outline = Outline(5)
    assert [outline.at(line) for line in range(outline.count)] == [0, 1, 2, 3, 4]
    assert outline.line_of(3) == 3
    assert (outline.line_of(5), outline.line_of(-1)) == (-1, -1)
    assert Outline(0).count == 0


def test_at_first_the_townships_are_folded_or_the_villages_of_the_only_one() -> None:
    several, one = places_of([[2, 1], [3]]), places_of([[2, 1]])
    assert Outline(6, several, first_folding(several)).count == 2
    assert Outline(3, one, first_folding(one)).count == 3


class Source:
    """Answers a table as a page of the window does."""

    def __init__(self, table: WindowTable, model: WindowModel[Row]) -> None:
        self.table, self.model = table, model
        self.asked: list[list[int]] = []
        model.wanted.connect(self.answer)

    def answer(self, pages: list[int]) -> None:
        self.asked.append(pages)
        order = self.model.order
        self.table.take(order, {page: tuple(Row(f"r{key}") for key in order.keys[page * PAGE:(page + 1) * PAGE])
                                for page in pages})


@pytest.fixture
def model(words: Words) -> WindowModel[Row]:
    return WindowModel(COLUMNS, words)


@pytest.fixture
def table(dressed: object, qtbot: QtBot, model: WindowModel[Row], words: Words) -> WindowTable:
    table = WindowTable(model, "Rows", words)
    qtbot.addWidget(table)
    table.resize(500, 400)
    with qtbot.waitActive(table):
        table.show()
    return table


@pytest.fixture
def source(table: WindowTable, model: WindowModel[Row]) -> Source:
    return Source(table, model)


def shown(total: int, places: Sequence[Place] = (), line: int = -1, whole: bool = True) -> Shown:
    return Shown(Asked(name=ListName.PEOPLE), Order(range(total), whole, False, tuple(places)),
                 Outline(total, places), {}, line)


def test_a_million_rows_are_scrolled_and_few_are_held(qtbot: QtBot, table: WindowTable, model: WindowModel[Row],
                                                      source: Source) -> None:
    table.show_list(shown(MILLION), anew=True)
    assert model.rowCount() == MILLION
    qtbot.waitUntil(lambda: table.row == Row("r0"))
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: table.row == Row(f"r{MILLION - 1}"))
    bar = table.verticalScrollBar()
    for part in range(1, 200):
        bar.setValue(bar.maximum() * part // 200)
        table.viewport().grab()
        qtbot.wait(1)
    assert len(model.rows) <= KEPT * PAGE
    assert len(source.asked) <= 450
    line = bar.value() // table.verticalHeader().defaultSectionSize()
    qtbot.waitUntil(lambda: model.row(line + 3) == Row(f"r{line + 3}"))


def test_a_row_that_is_still_to_come_is_seen_to_be_so(table: WindowTable, model: WindowModel[Row]) -> None:
    table.show_list(shown(MILLION), anew=True)
    awaited = table.viewport().grab().toImage()
    stripe = QColor(colours().stripe).rgb()
    middle = table.rowViewportPosition(2) + 15
    assert any(awaited.pixel(x, middle) == stripe for x in range(40))
    table.take(model.order, {0: tuple(Row("") for _ in range(PAGE))})
    here = table.viewport().grab().toImage()
    assert not any(here.pixel(x, middle) == stripe for x in range(40))


def test_enter_on_a_row_that_is_still_to_come_opens_it_when_it_is_there(qtbot: QtBot, table: WindowTable,
                                                                       source: Source) -> None:
    table.show_list(shown(MILLION), anew=True)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_End)
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [Row(f"r{MILLION - 1}")]


def test_rows_of_an_earlier_list_are_left_out(table: WindowTable, model: WindowModel[Row]) -> None:
    table.show_list(shown(300), anew=True)
    earlier = model.order
    table.show_list(shown(200), anew=True)
    table.take(earlier, {0: (Row("old"),) * PAGE})
    assert model.rows == ()


def test_a_refresh_keeps_the_mark_and_the_place(qtbot: QtBot, table: WindowTable, source: Source) -> None:
    table.show_list(shown(5000), anew=True)
    table.mark(2000)
    qtbot.waitUntil(lambda: table.row is not None)
    scrolled = table.verticalScrollBar().value()
    table.show_list(shown(5001, line=2001), anew=False)
    assert table.verticalScrollBar().value() == scrolled
    assert table.currentIndex().row() == 2001
    table.show_list(shown(50), anew=True)
    assert (table.currentIndex().row(), table.verticalScrollBar().value()) == (0, 0)


def test_the_header_sorts_up_then_down_then_not(qtbot: QtBot, table: WindowTable) -> None:
    asked: list[tuple[str, bool]] = []
    table.sort_wanted.connect(lambda by, down: asked.append((by, down)))
    one = shown(10)
    for sort, down in (("", False), ("number", False), ("number", True)):
        table.show_list(Shown(Asked(name=ListName.PEOPLE, sort=sort, descending=down), one.order, one.outline, {}, 0),
                        anew=False)
        table.horizontalHeader().sectionClicked.emit(0)
    assert asked == [("number", False), ("number", True), ("", False)]


def test_the_columns_menu_sorts_for_whoever_has_no_mouse(table: WindowTable) -> None:
    asked: list[tuple[str, bool]] = []
    table.sort_wanted.connect(lambda by, down: asked.append((by, down)))
    menu = table.columns_menu()
    orders = menu.findChild(QMenu)
    assert orders is not None
    assert [entry.text() for entry in orders.actions()] == ["As it was entered, newest first", "Number"]
    orders.actions()[1].trigger()
    assert asked == [("number", False)]


@pytest.mark.parametrize("counts", [[], [[3, 2], [4]]])
def test_the_model_keeps_qts_promises(qtmodeltester: ModelTester, words: Words, counts: list[list[int]]) -> None:
    places = places_of(counts)
    ends = list(accumulate(one.count for one in places)) or [250]
    model: WindowModel[Row] = WindowModel(COLUMNS, words)
    rows = tuple(Row(f"r{n}") for n in range(PAGE))
    order = Order(range(ends[-1]), True, False, tuple(places))
    model.show(order, Outline(ends[-1], places), {0: rows, 1: rows, 2: rows[:50]})
    qtmodeltester.check(model)


def test_more_of_a_list_comes_below_what_is_there(table: WindowTable, model: WindowModel[Row]) -> None:
    table.show_list(shown(150, whole=False), anew=True)
    table.mark(20)
    table.show_list(shown(MILLION, line=20), anew=False)
    assert (model.rowCount(), table.currentIndex().row()) == (MILLION, 20)
