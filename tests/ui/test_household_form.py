"""The household form on a real store, typed with real keys: taking in, changing, checking, masking, keeping."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_kit import EXAMPLES, HEAD_ID, Around, Open, id_no, members_of
from keys_kit import CTRL, ENTER, SHIFT, caret, type_in, write
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_desktop.services import drafts
from backbone_desktop.services.registry import edit_household, list_households, open_household
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft
from backbone_desktop.ui.pages.household import HouseholdPage
from backbone_desktop.ui.theme import Meaning


@pytest.fixture
def new(open_page: Open) -> HouseholdPage:
    page: HouseholdPage = open_page(HouseholdPage)
    return page


@pytest.fixture
def known(open_page: Open, office: Around) -> HouseholdPage:
    found = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    page: HouseholdPage = open_page(HouseholdPage, household_id=found.id)
    return page


def save(qtbot: QtBot, office: Around, page: HouseholdPage) -> None:
    qtbot.keyClick(caret(), Qt.Key.Key_S, CTRL)
    office.settle(qtbot)


def test_a_household_is_taken_in_without_the_mouse(qtbot: QtBot, office: Around, new: HouseholdPage) -> None:
    type_in(qtbot, "")  # the number is given when saved
    type_in(qtbot, "一般贫困户")
    assert caret() is new.fields.own["township"].field
    type_in(qtbot, "")
    for text in ("新样村", "二组", "13900000041", "", "钱新例", id_no("19850505", 41), "", "13900000041"):
        type_in(qtbot, text)
    assert caret() is new.fields.add_button
    qtbot.keyClick(caret(), ENTER)
    for text in ("孙新例", id_no("19510909", 44), "po", ""):
        type_in(qtbot, text)
    office.settle(qtbot)
    assert new.fields.form.open == 0
    save(qtbot, office, new)
    found = list_households(office.desk, "钱新例").rows
    assert [(row.village, row.members, row.poverty_type) for row in found] == [("新样村", 2, "一般贫困户")]
    view = open_household(office.desk, found[0].id)
    assert [one.member.relation for one in view.members] == ["户主", "配偶"]
    assert [one.enrolment is not None for one in view.members] == [True, False]
    said = new.notice.text
    assert found[0].household_no in said
    assert "Covered in 2026: 钱新例" in said
    assert "Not covered: 孙新例: " in said
    assert not new.changed
    assert drafts.kept_drafts(office.desk) == ()


def test_a_character_that_no_font_has_is_told_as_the_name_is_left(
    qtbot: QtBot, office: Around, new: HouseholdPage
) -> None:
    block = new.fields.blocks[0]
    block.name.setFocus()
    type_in(qtbot, "测\U0002ebf0")
    office.settle(qtbot)
    (found,) = block.lines["name"].findings
    assert (found.code, found.refuses) == ("text.no_glyph", False)
    assert "U+2EBF0" in block.lines["name"].under.text


def test_each_field_is_checked_as_it_is_left(qtbot: QtBot, office: Around, new: HouseholdPage) -> None:
    block = new.fields.blocks[0]
    block.id_no.setFocus()
    type_in(qtbot, "520625198001010016")
    assert [one.code for one in block.lines["id_no"].findings] == ["id.check_digit"]
    block.id_no.setFocus(Qt.FocusReason.TabFocusReason)
    type_in(qtbot, HEAD_ID)
    office.settle(qtbot)
    finding = block.lines["id_no"].findings[0]
    assert finding.code == "member.id_taken"
    assert "5206250001" in block.lines["id_no"].under.text
    assert block.lines["name"].under.text == ""  # not left yet


def test_what_the_number_tells_is_filled_in(qtbot: QtBot, office: Around, new: HouseholdPage) -> None:
    block = new.fields.blocks[0]
    block.id_no.setFocus()
    type_in(qtbot, id_no("19820312", 62))
    office.settle(qtbot)
    assert block.lines["id_no"].under.text == "1982-03-12 · female, 44 · 印江土家族苗族自治县"


def test_two_heads_and_a_future_birth_are_refused_at_their_fields(
    qtbot: QtBot, office: Around, new: HouseholdPage,
) -> None:
    new.fields.add_member()
    first, second = new.fields.blocks
    for block, number in ((first, id_no("20991231", 3)), (second, id_no("19900101", 5))):
        block.name.set_typed("测试丙")
        block.id_no.set_typed(number)
        block.relation.set_typed("户主")
    new.save()
    office.settle(qtbot)
    assert [one.code for one in first.lines["id_no"].findings] == ["id.birth_future"]
    assert [one.code for one in second.lines["relation"].findings] == ["household.two_heads"]
    assert caret() is new.fields.own["poverty_type"].field  # the first that is open, in the paper's order
    assert "fields are open" in new.foot.count.text()
    assert list_households(office.desk, "测试丙").rows == ()


def test_a_known_household_changes_and_says_so(qtbot: QtBot, office: Around, known: HouseholdPage) -> None:
    assert not known.save_button.isEnabled()
    known.fields.own["group"].field.setFocus()
    caret().selectAll()  # type: ignore[attr-defined]
    write(qtbot, "五组")
    assert known.save_button.isEnabled()
    with qtbot.waitSignal(office.context.signals.changed) as changed:
        save(qtbot, office, known)
    assert ("household", known._household_id) in changed.args[0]
    assert open_household(office.desk, known._household_id).household.group == "五组"
    assert known.notice.banner is not None
    assert known.notice.banner._meaning is Meaning.DONE


def test_numbers_are_masked_until_they_are_shown_on_purpose(qtbot: QtBot, office: Around, known: HouseholdPage) -> None:
    block = known.fields.blocks[0]
    assert (block.id_no.text(), block.id_no.typed()) == ("520625********0015", HEAD_ID)
    qtbot.mouseClick(block.reveal, Qt.MouseButton.LeftButton)
    office.settle(qtbot)
    assert block.id_no.text() == "520625 19800101 0015"
    assert not block.reveal.isVisible()
    with office.desk.read() as work:
        assert "reveal_id_no" in [row.act for row in work.audit.of_record(block.member_id)]
    assert not known.changed


def test_a_person_is_taken_off_and_put_back(qtbot: QtBot, office: Around, known: HouseholdPage) -> None:
    son = known.fields.blocks[2]
    qtbot.mouseClick(son.remove, Qt.MouseButton.LeftButton)
    office.settle(qtbot)
    assert [block.name.typed() for block in known.fields.blocks] == ["张示例", "李㛃", "张老例"]
    assert known.fields.blocks[2].lines["name"].name == "members.2.name"
    assert known.changed
    known.fields._put_back()
    assert [block.name.typed() for block in known.fields.blocks] == ["张示例", "李㛃", "张小例", "张老例"]
    assert known.fields.blocks[2].id_no.masked
    assert not known.changed
    qtbot.mouseClick(known.fields.blocks[2].remove, Qt.MouseButton.LeftButton)
    save(qtbot, office, known)
    assert list(members_of(office.desk, known._household_id)) == ["张示例", "李㛃", "张老例"]


def test_who_is_not_covered_is_told_why(known: HouseholdPage) -> None:
    marks = [block._cover.accessibleName() for block in known.fields.blocks]
    assert marks == ["Covered in 2026", "Covered in 2026", "Not covered in 2026", "Not covered in 2026"]
    assert "60" in known.fields.blocks[3]._why_not.text()


def test_a_claim_is_begun_beside_a_name(qtbot: QtBot, office: Around, known: HouseholdPage) -> None:
    block = known.fields.blocks[1]
    qtbot.mouseClick(block.claim, Qt.MouseButton.LeftButton)
    assert office.way.been == [("claim", {"claim_id": "", "member_id": block.member_id})]


def test_escape_leads_back_and_nothing_is_lost(qtbot: QtBot, office: Around, new: HouseholdPage) -> None:
    new.fields.own["village"].field.setFocus()
    write(qtbot, "半截村")
    assert new.leave()
    office.settle(qtbot)
    kept = drafts.kept_draft(office.desk, drafts.HOUSEHOLD_FORM, "")
    assert kept is not None
    assert kept.payload["village"] == "半截村"
    new.show_with(household_id="")
    office.settle(qtbot)
    assert new.fields.draft().village == "半截村"
    assert "not finished" in new.notice.text


def test_a_form_comes_back_after_a_crash_as_it_was(qtbot: QtBot, office: Around, open_page: Open) -> None:
    typed = HouseholdDraft(village="停电村", members=(MemberDraft(name="周半", id_no="52062519", relation="户主"),
                                                     MemberDraft(name="周一", relation="之")))
    drafts.keep_draft(office.desk, drafts.HOUSEHOLD_FORM, "", drafts.household_payload(typed))
    page = open_page(HouseholdPage)
    assert page.fields.draft() == typed
    assert "not finished" in page.notice.text
    assert page.changed
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    office.settle(qtbot)
    assert page.fields.draft().village == ""
    assert drafts.kept_drafts(office.desk) == ()


def test_what_is_typed_is_kept_within_a_second(qtbot: QtBot, office: Around, new: HouseholdPage) -> None:
    new.fields.own["village"].field.setFocus()
    write(qtbot, "打字村")
    with qtbot.waitSignal(new._keeper.kept, timeout=5000):
        pass
    assert new.foot._kept.text().startswith("Kept as typed")
    assert drafts.kept_draft(office.desk, drafts.HOUSEHOLD_FORM, "") is not None


def test_a_refresh_does_not_take_away_what_is_being_typed(qtbot: QtBot, office: Around, known: HouseholdPage) -> None:
    known.fields.own["group"].field.setFocus()
    write(qtbot, "九组")
    known.refresh()
    office.settle(qtbot)
    assert "九组" in known.fields.draft().group


def test_an_untouched_form_follows_what_comes_from_the_centre(
    qtbot: QtBot, office: Around, known: HouseholdPage,
) -> None:
    draft = known.fields.draft()
    edit_household(office.desk, known._household_id, replace(draft, group="十组"))
    office.context.signals.changed.emit(frozenset({("household", known._household_id)}))
    office.settle(qtbot)
    assert known.fields.draft().group == "十组"


def test_a_household_that_is_gone_leads_back(qtbot: QtBot, office: Around, open_page: Open) -> None:
    open_page(HouseholdPage, household_id="01900000-0000-7000-8000-000000000000")
    assert [one.code for one in office.problems] == ["household.unknown"]
    assert office.way.been == [("back", {})]


@pytest.mark.parametrize("back", [False, True])
def test_the_tab_order_is_the_papers(qtbot: QtBot, new: HouseholdPage, back: bool) -> None:
    block = new.fields.blocks[0]
    order = [new.fields.own[name].field for name in ("household_no", "poverty_type", "township", "village", "group",
                                                     "phone", "address")]
    order += [block.name, block.id_no, block.relation, block.phone]
    if back:
        order.reverse()
    order[0].setFocus()
    for expected in order[1:]:
        qtbot.keyClick(caret(), *((Qt.Key.Key_Backtab, SHIFT) if back else (Qt.Key.Key_Tab,)))
        assert caret() is expected
