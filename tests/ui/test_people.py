"""The list of people by keyboard alone: search, sort, narrow, group by village, fold, copy, the end of the list."""

from __future__ import annotations

import pytest
from desk_kit import EXAMPLES, HEAD_ID, Around, Looks, Open
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from backbone_desktop.services.registry import list_households
from backbone_desktop.ui.pages.list_page import ListPage
from backbone_desktop.ui.pages.people import PeoplePage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(open_page: Open) -> PeoplePage:
    made: PeoplePage = open_page(PeoplePage)
    return made


def lines(page: ListPage) -> list[str]:
    """The first cell of each line, a head with its count."""
    model = page.table.model()
    return [str(model.index(line, 0).data()) for line in range(model.rowCount())]


def press(qtbot: QtBot, office: Around, at: QWidget, key: Qt.Key,
          modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(at, key, modifier)
    office.settle(qtbot)


def choose(qtbot: QtBot, office: Around, page: ListPage, what: str, words: str) -> None:
    """Open a chip's choices by Space and take one with the arrow keys and Enter."""
    chip = page.choices[what]
    chip.setFocus()
    press(qtbot, office, chip, Qt.Key.Key_Space)
    assert chip.menu is not None
    wanted = next(at for at, entry in enumerate(chip.menu.actions()) if entry.text().split("\t")[0] == words)
    current = chip.menu.actions().index(chip.menu.activeAction())
    for _ in range(abs(wanted - current)):
        qtbot.keyClick(chip.menu, Qt.Key.Key_Down if wanted > current else Qt.Key.Key_Up)
    press(qtbot, office, chip.menu, Qt.Key.Key_Return)


def test_everybody_stands_there_with_home_and_cover(page: PeoplePage) -> None:
    assert lines(page) == ["古丽·样例", "阿依古丽·示例", "仇举例", "单样本", "覃样本", "张老例", "张小例", "李㛃",
                           "张示例"]
    row = page.table.model().rows[-1]  # type: ignore[attr-defined]
    assert (row.household_no, row.village, row.covered, row.relation) == ("5206250001", "示例村", True, "户主")
    cells = [page.table.model().index(8, column).data() for column in range(8)]
    assert cells == ["张示例", "520625********0015", "Head", "5206250001", "示例镇 示例村 一组",
                     "Poor household", "13900000001", "Covered"]
    assert page._count.text() == "9 people"


def test_search_narrow_and_sort_by_keys(qtbot: QtBot, office: Around, page: PeoplePage) -> None:
    assert page.search.hasFocus()
    with qtbot.waitSignal(page.search.sought):
        qtbot.keyClicks(page.search, "zhang")
    office.settle(qtbot)
    assert sorted(lines(page)) == ["张小例", "张示例", "张老例"]
    choose(qtbot, office, page, "cover", "Covered in 2026")
    assert lines(page) == ["张示例"]
    assert page._count.text() == "1 person found"
    press(qtbot, office, page.choices["cover"], Qt.Key.Key_Delete)
    press(qtbot, office, page.search, Qt.Key.Key_Escape)
    page.table.sort_wanted.emit("name", False)
    office.settle(qtbot)
    assert lines(page) == ["阿依古丽·示例", "仇举例", "单样本", "古丽·样例", "李㛃", "覃样本", "张老例", "张示例",
                           "张小例"]
    page.table.horizontalHeader().sectionClicked.emit(0)
    office.settle(qtbot)
    assert lines(page)[0] == "张小例"
    page.table.horizontalHeader().sectionClicked.emit(0)
    office.settle(qtbot)
    assert lines(page)[0] == "古丽·样例"
    assert not page.table.horizontalHeader().isSortIndicatorShown()


def test_the_order_is_chosen_without_a_mouse(qtbot: QtBot, office: Around, page: PeoplePage) -> None:
    page._columns.setFocus()
    qtbot.keyClick(page._columns, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.table.findChild(QMenu) is not None)
    menu = page.table.findChild(QMenu)
    assert menu is not None
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right):
        qtbot.keyClick(menu, key)
    orders = menu.findChild(QMenu)
    assert orders is not None
    assert orders.isVisible()
    qtbot.keyClick(orders, Qt.Key.Key_Down)
    qtbot.keyClick(orders, Qt.Key.Key_Return)
    office.settle(qtbot)
    assert lines(page)[0] == "阿依古丽·示例"
    assert page.table.horizontalHeader().sortIndicatorSection() == 0


def test_choices_are_counted_and_a_village_needs_its_township(qtbot: QtBot, office: Around, page: PeoplePage) -> None:
    assert not page.choices["village"].isEnabled()
    choose(qtbot, office, page, "township", "示例镇")
    village = page.choices["village"]
    press(qtbot, office, village, Qt.Key.Key_Down)
    assert village.menu is not None
    assert [entry.text() for entry in village.menu.actions()] == ["All", "假设村\t2", "示例村\t4", "样本村\t3"]
    choose(qtbot, office, page, "village", "样本村")
    assert lines(page) == ["仇举例", "单样本", "覃样本"]
    press(qtbot, office, page.choices["township"], Qt.Key.Key_Backspace)
    assert len(lines(page)) == 9
    assert not village.isEnabled()


def test_by_village_folded_unfolded_and_through_it_by_keys(qtbot: QtBot, office: Around, page: PeoplePage) -> None:
    table = page.table
    press(qtbot, office, page.by_place, Qt.Key.Key_Space)
    assert lines(page) == ["示例镇 · 9", "假设村 · 2", "示例村 · 4", "样本村 · 3"]  # of one township the villages
    table.setFocus()
    assert table.head is not None
    assert table.head.village == "假设村"  # it hides who was marked
    press(qtbot, office, table, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "" not in lines(page))
    assert lines(page)[:4] == ["示例镇 · 9", "假设村 · 2", "古丽·样例", "阿依古丽·示例"]
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: table.row is not None)
    assert table.row.name == "古丽·样例"
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert table.head.village == "假设村"
    press(qtbot, office, table, Qt.Key.Key_Right, CTRL)
    assert len(lines(page)) == 13
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: table.row is not None)
    assert table.row.name == "覃样本"
    press(qtbot, office, table, Qt.Key.Key_Left, CTRL)
    assert lines(page) == ["示例镇 · 9"]
    assert table.head.level == 0
    press(qtbot, office, table, Qt.Key.Key_Return)
    assert len(lines(page)) == 4
    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "示例镇\t\t9"


def test_what_is_marked_and_unfolded_stays_so_after_a_change(qtbot: QtBot, office: Around, page: PeoplePage) -> None:
    press(qtbot, office, page.by_place, Qt.Key.Key_Space)
    page.table.unfold_all()
    page.table.mark(3)
    qtbot.waitUntil(lambda: page.table.record_id != "")
    marked = page.table.record_id
    page.table.fold(page.table.folded | {("示例镇", "样本村")})
    office.context.signals.changed.emit(frozenset({("member", "")}))
    office.settle(qtbot)
    assert page.table.record_id == marked
    assert lines(page)[-1] == "样本村 · 3"


def test_ctrl_c_copies_what_is_seen_and_enter_opens_the_household(qtbot: QtBot, office: Around,
                                                                  page: PeoplePage) -> None:
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    qtbot.keyClick(page.table, Qt.Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("张示例\t520625********0015\t")
    assert HEAD_ID not in copied
    household = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert office.way.been == [("household", {"household_id": household.id})]
    covered = page.table.row
    menu = page.table.menu_for(covered)
    assert [act.text() for act in menu.actions()] == ["Open the household", "New claim"]
    menu.actions()[1].trigger()
    assert office.way.been[1:] == [("claim", {"claim_id": "", "member_id": covered.id})]
    child = next(row for row in page.table.model().rows if not row.covered)  # type: ignore[attr-defined]
    assert [act.text() for act in page.table.menu_for(child).actions()] == ["Open the household"]


def test_whoever_searches_has_the_best_find_marked(qtbot: QtBot, office: Around, page: PeoplePage) -> None:
    page.table.mark(5)
    assert page.table.row.name == "张老例"
    with qtbot.waitSignal(page.search.sought):
        qtbot.keyClicks(page.search, HEAD_ID[:10])
    office.settle(qtbot)
    first = lines(page)[0].partition("（")[0]  # behind it: that the number matches
    assert page.table.row.name == first
    page.table.sort_wanted.emit("name", False)
    office.settle(qtbot)
    assert page.table.row.name == first  # sorting keeps who is marked


def test_typing_on_the_list_searches(qtbot: QtBot, page: PeoplePage) -> None:
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Z)
    assert page.search.hasFocus()
    assert page.search.text() == "z"


def test_nobody_found_says_what_to_do(qtbot: QtBot, office: Around, page: PeoplePage) -> None:
    with qtbot.waitSignal(page.search.sought):
        qtbot.keyClicks(page.search, "qqqq")
    office.settle(qtbot)
    assert page._empty.isVisible()
    assert page._empty.accessibleName().startswith("Nobody was found")


def test_any_cell_of_a_head_painted_alone_shows_its_part_of_the_line(qtbot: QtBot, office: Around,
                                                                      page: PeoplePage) -> None:
    press(qtbot, office, page.by_place, Qt.Key.Key_Space)
    whole = page.table.viewport().grab().toImage()
    page.table.viewport().update(page.table.visualRect(page.table.model().index(0, 1)))
    again = page.table.viewport().grab().toImage()
    assert whole == again
    line = page.table.visualRect(page.table.model().index(1, 0)).center()
    assert whole.pixelColor(QPoint(whole.width() - 5, line.y())) == whole.pixelColor(QPoint(3, line.y()))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(qtbot: QtBot, office: Around, open_page: Open, looks: Looks, language: str) -> None:
    page = open_page(PeoplePage, looks[language])
    looks.take(page.window(), f"people-{language}")
    page.choices["township"].wanted.emit()
    office.settle(qtbot)
    page.choices["township"].menu.actions()[1].trigger()
    press(qtbot, office, page.by_place, Qt.Key.Key_Space)
    page.table.unfold_all()
    page.table.fold(page.table.folded | {("示例镇", "示例村")})
    page.table.mark(2)
    qtbot.waitUntil(lambda: page.table.row is not None)
    looks.take(page.window(), f"people-by-village-{language}")
