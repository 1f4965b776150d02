"""Double records in the window, by keyboard alone: searched, compared, merged, told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_kit import HEAD_ID, Around, Looks, Open, family, id_no, members_of, stay_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from backbone_core.change import RecordKind
from backbone_core.comparison import comparison_id
from backbone_core.identity import check_digit
from backbone_core.records import to_fields
from backbone_desktop.services import duplicate_scan
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.duplicates import tell_apart
from backbone_desktop.services.merging import Part, merge_people, open_pair
from backbone_desktop.services.registry import list_households, register_household
from backbone_desktop.services.typed import MemberDraft
from backbone_desktop.ui.pages.duplicates import DuplicatesPage
from backbone_desktop.ui.presenters.duplicates import ONE, OTHER, told_apart_words
from backbone_desktop.ui.presenters.exchange import where_to_go
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.words import Words

TYPO = HEAD_ID[:9] + "1" + HEAD_ID[10:17] + check_digit(HEAD_ID[:9] + "1" + HEAD_ID[10:17])
Key = Qt.Key


@pytest.fixture
def double(office: Around) -> str:
    """张示例 once more, in another village, born a year later by mistake; the only double record of the register."""
    saved = register_household(office.desk, family(
        "5206250009", "假设村", MemberDraft(name="张示例", id_no=TYPO, relation="户主", phone="13900000009",
                                        bank_name="测试银行", bank_account="6217997012345678902")))
    return members_of(office.desk, saved.household_id)["张示例"]


def press(qtbot: QtBot, office: Around, page: DuplicatesPage, *keys: Key) -> None:
    for key in keys:
        qtbot.keyClick(page.focusWidget() or page, key)
        office.settle(qtbot)


def by_key(qtbot: QtBot, office: Around, page: DuplicatesPage, button: QAbstractButton) -> None:
    """The button's own key; Qt shows it pressed for a tenth of a second before it counts."""
    (key,) = button.shortcut()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(page.focusWidget() or page, key.key(), key.keyboardModifiers())
    office.settle(qtbot)


def searched(qtbot: QtBot, office: Around, open_page: Open) -> DuplicatesPage:
    page: DuplicatesPage = open_page(DuplicatesPage)
    qtbot.waitUntil(lambda: not page.searching.running, timeout=5000)
    office.settle(qtbot)
    return page


def cells(page: DuplicatesPage, row: int = 0) -> list[str]:
    model = page.table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_from_the_search_to_one_record_by_keys(qtbot: QtBot, office: Around, open_page: Open, head: str,
                                               double: str) -> None:
    page = searched(qtbot, office, open_page)
    assert cells(page) == ["Same name, number with one mistake", "张示例  520625***0****0015", "示例村 5206250001",
                           f"张示例  520625***1****{TYPO[-4:]}", "假设村 5206250009"]
    assert page.table.hasFocus()
    press(qtbot, office, page, Key.Key_Return)
    assert page.step is page.compare
    assert page.compare.table.hasFocus()
    assert page.compare.sides[Part.PHONE] == ONE
    for _ in range(4):
        press(qtbot, office, page, Key.Key_Down)
    press(qtbot, office, page, Key.Key_Right)
    assert page.compare.sides[Part.PHONE] == OTHER
    by_key(qtbot, office, page, page.compare.merge)
    assert page.step is not page.compare
    assert page.notice.text.startswith("The two records are one now: 张示例, household 5206250001.")
    assert "Household 5206250009 is closed" in page.notice.text
    with office.desk.read() as work:
        assert work.members.get(double) is None
        assert work.members.get(head).phone == "13900000009"
    assert page.table.model().rowCount() == 0
    assert [row.members for row in list_households(office.desk, "5206250009").rows] == [0]
    assert office.problems == []


def test_different_people_go_for_good_and_can_be_taken_back(qtbot: QtBot, office: Around, open_page: Open,
                                                           double: str) -> None:
    page = searched(qtbot, office, open_page)
    press(qtbot, office, page, Key.Key_Return)
    by_key(qtbot, office, page, page.compare.different)
    assert page.table.model().rowCount() == 0
    by_key(qtbot, office, page, page.search)
    qtbot.waitUntil(lambda: not page.searching.running)
    office.settle(qtbot)
    assert page.table.model().rowCount() == 0
    assert page.notice.text == "They are different people; they will not be asked about again."
    (undo,) = (one for one in page.notice.findChildren(LinkButton) if one.text() == "Undo")
    qtbot.keyClick(undo, Key.Key_Space)
    office.settle(qtbot)
    assert page.table.model().rowCount() == 1


def test_what_the_rules_refuse_is_said_at_its_row(qtbot: QtBot, office: Around, open_page: Open, double: str) -> None:
    page = searched(qtbot, office, open_page)
    press(qtbot, office, page, Key.Key_Return, Key.Key_Down, Key.Key_Down, Key.Key_Right)
    by_key(qtbot, office, page, page.compare.merge)
    assert page.step is page.compare
    assert page.notice.text.startswith("Household 5206250001 would be left without a head")
    assert page.compare.table.row.line.part is Part.PLACE
    press(qtbot, office, page, Key.Key_Left)
    by_key(qtbot, office, page, page.compare.merge)
    assert page.step is not page.compare


def test_a_record_with_a_receipt_is_the_one_that_stays(qtbot: QtBot, office: Around, open_page: Open, head: str,
                                                       double: str) -> None:
    register_claim(office.desk, stay_of(double))
    page = searched(qtbot, office, open_page)
    press(qtbot, office, page, Key.Key_Return)
    assert page.compare.sides[Part.ID_NO] == OTHER
    assert page.compare.sides[Part.ETHNIC] == ONE  # only that record has it
    for _ in range(2):
        press(qtbot, office, page, Key.Key_Down)
    assert page.compare.view.kept_id == double
    by_key(qtbot, office, page, page.compare.merge)
    assert "would be left without a head" in page.notice.text  # 张示例 is the head of the other household


def test_whole_numbers_are_shown_on_purpose_and_it_is_recorded(qtbot: QtBot, office: Around, open_page: Open,
                                                               head: str, double: str) -> None:
    page = searched(qtbot, office, open_page)
    press(qtbot, office, page, Key.Key_Return)
    model = page.compare.table.model()
    assert HEAD_ID not in [model.index(row, 1).data() for row in range(model.rowCount())]
    by_key(qtbot, office, page, page.compare.whole)
    assert (model.index(1, 1).data(), model.index(1, 2).data()) == (HEAD_ID, TYPO)
    with office.desk.read() as work:
        for member in (head, double):
            assert work.audit.of_record(member)[0].act == "reveal_id_no"


def test_the_search_leaves_room_for_others_and_can_be_stopped(qtbot: QtBot, office: Around, open_page: Open,
                                                              double: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicate_scan, "SLICE", 1)
    page: DuplicatesPage = DuplicatesPage(office.context)
    qtbot.addWidget(page)
    page.show()
    answered: list[int] = []
    page.begin_search()
    office.context.store.run(lambda: 7, lambda got: answered.append(got) or page.stop_search())  # type: ignore[func-returns-value]
    qtbot.waitUntil(lambda: bool(answered))
    assert not page.searching.running
    assert page.panel.isHidden()
    office.settle(qtbot)
    assert page.table.model().rowCount() == 0
    page.begin_search()
    qtbot.waitUntil(lambda: not page.searching.running)
    office.settle(qtbot)
    assert page.table.model().rowCount() == 1


def test_escape_leads_back_step_by_step(qtbot: QtBot, office: Around, open_page: Open, double: str) -> None:
    page = searched(qtbot, office, open_page)
    press(qtbot, office, page, Key.Key_Return, Key.Key_Escape)
    assert page.step is not page.compare
    press(qtbot, office, page, Key.Key_Escape)
    assert office.way.been == [("back", {})]
    press(qtbot, office, page, Key.Key_Return)
    by_key(qtbot, office, page, page.compare.right.open)
    assert office.way.been[-1][0] == "household"


def test_a_pair_that_is_gone_is_said_on_the_page(qtbot: QtBot, office: Around, open_page: Open, head: str,
                                                 double: str) -> None:
    page = searched(qtbot, office, open_page)
    merge_people(office.desk, head, double)  # elsewhere, and this page has not heard of it
    press(qtbot, office, page, Key.Key_Return)
    assert page.step is not page.compare
    assert page.notice.text == "This person is not here any more. Choose again."
    assert office.problems == []


def test_another_page_may_ask_for_one_pair(qtbot: QtBot, office: Around, open_page: Open, head: str,
                                           double: str) -> None:
    page: DuplicatesPage = open_page(DuplicatesPage, one_id=double, other_id=head)
    assert page.step is page.compare
    assert not page.searching.running
    by_key(qtbot, office, page, page.compare.merge)
    assert "one now" in page.notice.text


def test_what_the_centre_asks_about_leads_to_the_two_records(office: Around, head: str, words: Words) -> None:
    with office.desk.open() as work:
        twin = replace(work.members.get(head), id="twin", phone="13900000009")
        work.sync.apply_state(RecordKind.MEMBER, twin.id, 1, to_fields(twin))
        work.commit()
    pair = {"one_id": head, "other_id": "twin"}
    assert where_to_go(office.desk, "member", head) == where_to_go(office.desk, "member", "twin") == (
        "duplicates", pair)
    view = open_pair(office.desk, head, "twin")
    assert told_apart_words(words, view).endswith("put it right for the one whose it is not.")
    tell_apart(office.desk, head, "twin")
    decided = comparison_id(head, "twin")
    page, arguments = where_to_go(office.desk, "comparison", decided) or ("", {})
    assert (page, set(arguments.values())) == ("duplicates", {head, "twin"})


def test_a_register_without_double_records_says_so(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page = searched(qtbot, office, open_page)
    assert page.table.model().rowCount() == 0
    assert page._empty.isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("double")
def test_how_it_looks(qtbot: QtBot, office: Around, open_page: Open, looks: Looks, language: str) -> None:
    register_household(office.desk, family(
        "5206250010", "样本村", MemberDraft(name="单洋本", id_no=id_no("19950815", 77), relation="户主")))
    register_household(office.desk, family(
        "5206250011", "样本村", MemberDraft(name="测试甲", id_no=id_no("19770815", 77), relation="户主",
                                        bank_account="6217997012345678902", phone="13900000009")))
    page: DuplicatesPage = open_page(DuplicatesPage, looks[language])
    qtbot.waitUntil(lambda: not page.searching.running)
    office.settle(qtbot)
    assert page.table.model().rowCount() == 3
    looks.take(page.window(), f"duplicates-list-{language}")
    press(qtbot, office, page, Key.Key_Return)
    looks.take(page.window(), f"duplicates-compare-{language}")
    press(qtbot, office, page, Key.Key_Down, Key.Key_Down, Key.Key_Right)
    by_key(qtbot, office, page, page.compare.merge)
    looks.take(page.window(), f"duplicates-refused-{language}")
