"""Acts on a household in the window, by keyboard: the menu, the form, what is refused, and the page afterwards."""

from __future__ import annotations

import pytest
from desk_kit import EXAMPLES, Around, Open, id_no, members_of
from keys_kit import CTRL, ENTER, caret, type_in, write
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from backbone_core.household import Listing, Standing
from backbone_core.household_act import ActKind
from backbone_desktop.services import drafts
from backbone_desktop.services.household_act_typed import ActDraft
from backbone_desktop.services.household_acts import carry_out_act
from backbone_desktop.services.registry import HouseholdView, find_members, list_households, open_household
from backbone_desktop.services.today import today
from backbone_desktop.ui.pages.household import HouseholdPage
from backbone_desktop.ui.pages.household_act import HouseholdActPage
from backbone_desktop.ui.pages.households import HouseholdsPage
from backbone_desktop.ui.person_search import person_line
from backbone_desktop.ui.presenters.households import type_line
from backbone_desktop.ui.presenters.today import unfinished
from backbone_desktop.ui.widgets.choice_edit import ChoiceEdit


@pytest.fixture
def home(office: Around) -> str:
    return list_households(office.desk, EXAMPLES[0].household_no).rows[0].id


def open_act(open_page: Open, home: str, kind: ActKind) -> HouseholdActPage:
    page: HouseholdActPage = open_page(HouseholdActPage, household_id=home, act=kind.value)
    return page


def record(qtbot: QtBot, office: Around) -> None:
    qtbot.keyClick(caret(), Qt.Key.Key_S, CTRL)
    office.settle(qtbot)


def view(office: Around, home: str) -> HouseholdView:
    return open_household(office.desk, home)


def relations(office: Around, home: str) -> dict[str, str]:
    return {one.member.name: one.member.relation for one in view(office, home).members}


def codes(page: HouseholdActPage) -> dict[str, str]:
    return {line.name: line.findings[0].code for line in page.fields.form.lines if line.findings}


# --- the page of the household


def test_its_sections_are_reached_by_keys(qtbot: QtBot, office: Around, open_page: Open, home: str) -> None:
    page: HouseholdPage = open_page(HouseholdPage, household_id=home)
    sections = page.sections
    shown = {"members": page.fields, "enrolments": sections.enrolments, "claims": sections.claims,
             "history": sections.history}
    for key, name in zip((Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_1),
                         ("enrolments", "claims", "history", "members"), strict=True):
        qtbot.keyClick(caret(), key, Qt.KeyboardModifier.AltModifier)
        assert page.bar.section == name
        assert [one for one, widget in shown.items() if widget.isVisible()] == [name]
        assert page.save_button.isVisible() == (name == "members")
        assert caret() is page.bar
    page.bar.setFocus()
    qtbot.keyClick(page.bar, Qt.Key.Key_Right)
    assert page.bar.section == "enrolments"


def test_a_new_household_has_a_form_and_nothing_else(open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    assert not page.bar.isVisible()
    assert not page.acts_button.isVisible()
    assert page.fields.isVisible()


def test_the_menu_offers_what_fits_and_leads_to_the_form(
    qtbot: QtBot, office: Around, open_page: Open, home: str,
) -> None:
    page: HouseholdPage = open_page(HouseholdPage, household_id=home)
    names = [action.text() for action in page.acts_button.menu().actions()]
    assert names[0].endswith("Change of head")
    assert [one.partition("  ")[2] for one in names][-1] == "Leaving the list"
    page.acts_button.menu().actions()[2].trigger()
    assert office.way.been == [("household_act", {"household_id": home, "act": "death"})]
    page.fields.own["group"].field.setFocus()
    write(qtbot, "九组")
    assert not page.acts_button.isEnabled()


def test_enrolments_history_and_those_who_left_are_told(
    qtbot: QtBot, office: Around, open_page: Open, home: str,
) -> None:
    people = members_of(office.desk, home)
    carry_out_act(office.desk, home, ActKind.DEATH, ActDraft(happened_on="2026-08-20", reason="因病",
                                                             member_id=people["李㛃"]))
    page: HouseholdPage = open_page(HouseholdPage, household_id=home)
    assert [one.text() for one in page.former.findChildren(QLabel)][1:] == ["李㛃 (Spouse)", "Died on 2026-08-20"]
    page.bar.show_section("history")
    told = page.sections.history.timeline.accessibleDescription()
    assert "2026-08-20 李㛃 (Spouse) died Reason: 因病" in told
    assert "测试经办, 2026-11-23" in told
    page.bar.show_section("enrolments")
    covers = [one.text() for one in page.sections.enrolments.findChildren(QLabel) if one.text()]
    assert covers[0] == "Policy year 2026"
    assert "李㛃" in covers  # the year in which she died stays covered


def test_a_closed_household_is_only_told_about(office: Around, open_page: Open) -> None:
    alone = list_households(office.desk, EXAMPLES[2].household_no).rows[0].id
    (who,) = members_of(office.desk, alone).values()
    carry_out_act(office.desk, alone, ActKind.DEATH, ActDraft(happened_on="2026-08-20", member_id=who))
    page: HouseholdPage = open_page(HouseholdPage, household_id=alone)
    assert not page.fields.isVisible()
    assert not page.acts_button.isVisible()
    assert page.former.isVisible()
    assert not page.save_button.isVisible()


def test_an_act_is_taken_back_where_it_is_told(qtbot: QtBot, office: Around, open_page: Open, home: str) -> None:
    people = members_of(office.desk, home)
    carry_out_act(office.desk, home, ActKind.DEATH, ActDraft(happened_on="2026-08-20", member_id=people["李㛃"]))
    page: HouseholdPage = open_page(HouseholdPage, household_id=home, section="history")
    line = page.sections.history.timeline
    places = [row for row, event in enumerate(line.events) if event.offer]
    assert [line.events[row].text for row in places] == ["李㛃 (Spouse) died"]
    qtbot.keyClick(caret(), Qt.Key.Key_Tab)
    assert caret() is line
    for _ in range(places[0] + 1):
        qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, ENTER)
    assert "李㛃" not in relations(office, home)
    assert "李㛃 (Spouse) died" in page.notice.text
    assert page.notice.banner is not None
    yes = next(one for one in page.notice.banner.findChildren(QAbstractButton) if one.text() == "Yes, take it back")
    with qtbot.waitSignal(office.context.signals.changed):
        yes.click()
    office.settle(qtbot)
    assert relations(office, home)["李㛃"] == "配偶"
    assert page.notice.text == "Death is taken back."
    assert page.bar.section == "history"
    assert "Taken back: 李㛃 (Spouse) died" in page.sections.history.timeline.accessibleDescription()


def test_the_list_and_the_search_say_who_died_and_what_is_closed(office: Around, open_page: Open) -> None:
    alone = list_households(office.desk, EXAMPLES[2].household_no).rows[0].id
    (who,) = members_of(office.desk, alone).values()
    carry_out_act(office.desk, alone, ActKind.DEATH, ActDraft(happened_on="2026-08-20", member_id=who))
    page: HouseholdsPage = open_page(HouseholdsPage)
    assert page._count.text() == "3 households"
    (row,) = list_households(office.desk, "仇举例").rows
    assert (row.head_name, row.members) == ("仇举例", 0)
    assert type_line(office.context.words, row).endswith("(Closed)")
    (hit,) = find_members(office.desk, "仇举例")
    assert person_line(office.context.words, hit).word == "Died"


def test_a_click_beside_the_offer_takes_nothing_back(
    qtbot: QtBot, office: Around, open_page: Open, home: str,
) -> None:
    carry_out_act(office.desk, home, ActKind.LEAVE_LIST, ActDraft(happened_on="2026-08-20", reason="稳定脱贫"))
    page: HouseholdPage = open_page(HouseholdPage, household_id=home, section="history")
    line = page.sections.history.timeline
    row = next(row for row, event in enumerate(line.events) if event.offer)
    area = line.offer_area(row)
    qtbot.mouseClick(line.viewport(), Qt.MouseButton.LeftButton, pos=area.topLeft() + QPoint(-12, 4))
    assert page.notice.text == ""
    qtbot.mouseClick(line.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert "Left the registered-poor list" in page.notice.text


# --- the forms


def test_a_head_dies_and_another_is_chosen_without_the_mouse(
    qtbot: QtBot, office: Around, open_page: Open, home: str,
) -> None:
    page = open_act(open_page, home, ActKind.DEATH)
    type_in(qtbot, "张示例")
    type_in(qtbot, "20260820")
    type_in(qtbot, "因病")
    assert caret() is page.fields.line("head_id").field
    type_in(qtbot, "李㛃")
    proposed = {line.label.plain: line.field.typed() for line in page.fields.relations.lines
                if isinstance(line.field, ChoiceEdit)}
    assert proposed == {"张小例": "之子", "张老例": "之公公"}
    assert page.fields.relations.lines[1].under.text == "was Father"
    for _ in proposed:
        type_in(qtbot, "")
    office.settle(qtbot)
    assert page.fields.form.open == 0
    with qtbot.waitSignal(office.context.signals.changed):
        record(qtbot, office)
    assert relations(office, home) == {"李㛃": "户主", "张小例": "之子", "张老例": "之公公"}
    assert "Death is recorded" in page.notice.text
    assert drafts.kept_drafts(office.desk) == ()
    qtbot.keyClick(caret(), ENTER)  # and back
    assert office.way.been == [("back", {})]


def test_nobody_is_guessed_and_each_refusal_stands_at_its_field(
    qtbot: QtBot, office: Around, open_page: Open, home: str,
) -> None:
    page = open_act(open_page, home, ActKind.DEATH)
    type_in(qtbot, "张示例")
    record(qtbot, office)
    assert codes(page) == {"happened_on": "date.empty", "head_id": "household_act.head_missing"}
    assert caret() is page.fields.line("happened_on").field
    type_in(qtbot, "20991231")
    office.settle(qtbot)
    assert codes(page)["happened_on"] == "household_act.in_future"
    assert len(view(office, home).members) == 4


def test_the_relations_follow_the_head_that_is_chosen(
    qtbot: QtBot, office: Around, open_page: Open, home: str,
) -> None:
    page = open_act(open_page, home, ActKind.HEAD)
    type_in(qtbot, "张小例")
    assert [line.label.plain for line in page.fields.relations.lines] == ["张示例", "李㛃", "张老例"]
    assert page.fields.relations.relations()[2][1] == "之祖父"
    page.fields.line("member_id").field.setFocus(Qt.FocusReason.TabFocusReason)
    type_in(qtbot, "李㛃")
    assert [line.label.plain for line in page.fields.relations.lines] == ["张示例", "张小例", "张老例"]
    assert page.fields.relations.relations()[2][1] == "之公公"


def test_a_split_makes_a_household_and_leads_to_it(qtbot: QtBot, office: Around, open_page: Open, home: str) -> None:
    page = open_act(open_page, home, ActKind.SPLIT)
    for _, box in page.fields.goers[:2]:
        assert caret() is box
        qtbot.keyClick(box, Qt.Key.Key_Space)
        qtbot.keyClick(box, ENTER)
    page.fields.line("their_head_id").field.setFocus(Qt.FocusReason.TabFocusReason)
    type_in(qtbot, "张示例")
    type_in(qtbot, "")
    type_in(qtbot, "20260901")
    type_in(qtbot, "子女成家另立门户")
    assert [line.label.plain for line in page.fields.theirs.lines] == ["李㛃"]
    assert page.fields.theirs.relations()[0][1] == "配偶"
    page.fields.line("head_id").field.setFocus(Qt.FocusReason.TabFocusReason)
    type_in(qtbot, "张老例")
    record(qtbot, office)
    assert relations(office, home) == {"张老例": "户主", "张小例": "之孙子"}
    assert page.notice.banner is not None
    way = [one for one in page.notice.banner.findChildren(QAbstractButton) if "Open household" in one.text()]
    qtbot.mouseClick(way[0], Qt.MouseButton.LeftButton)
    name, arguments = office.way.been[-1]
    assert name == "household"
    assert relations(office, arguments["household_id"]) == {"张示例": "户主", "李㛃": "配偶"}


def test_a_household_is_found_by_anybody_of_it_and_merged_in(
    qtbot: QtBot, office: Around, open_page: Open, home: str,
) -> None:
    page = open_act(open_page, home, ActKind.MERGE)
    type_in(qtbot, "单样本")
    office.settle(qtbot)
    assert [line.label.plain for line in page.fields.relations.lines] == ["覃样本", "单样本"]
    assert page.fields.line("other_no").field.text() == "5206250002  单样本"  # type: ignore[attr-defined]
    assert "differ in poverty type" in page.fields.line("other_no").under.text
    type_in(qtbot, "20260901")
    type_in(qtbot, "老人投靠子女")
    for relation in ("其他", "其他"):
        type_in(qtbot, relation)
    record(qtbot, office)
    assert relations(office, home)["覃样本"] == "其他"
    assert "5206250002 is closed" in page.notice.text


def test_a_birth_has_its_day_from_the_number(qtbot: QtBot, office: Around, open_page: Open, home: str) -> None:
    page = open_act(open_page, home, ActKind.BIRTH)
    for text in ("张幼例", id_no("20260601", 4), "之女"):
        type_in(qtbot, text)
    office.settle(qtbot)
    assert page.fields.line("person.id_no").under.text.startswith("2026-06-01")
    record(qtbot, office)
    assert relations(office, home)["张幼例"] == "之女"


def test_a_move_begins_with_the_place_as_it_is(qtbot: QtBot, office: Around, open_page: Open, home: str) -> None:
    page = open_act(open_page, home, ActKind.MOVE)
    assert not page.changed
    record(qtbot, office)
    assert codes(page)["village"] == "household_act.not_moved"
    page.fields.line("village").field.setFocus(Qt.FocusReason.TabFocusReason)
    for text in ("新样村", "", "", "20260301", "易地扶贫搬迁"):
        type_in(qtbot, text)
    record(qtbot, office)
    assert view(office, home).household.village == "新样村"


def test_a_marriage_goes_away_or_to_a_household_that_is_registered(
    qtbot: QtBot, office: Around, open_page: Open, home: str,
) -> None:
    page = open_act(open_page, home, ActKind.MARRY_OUT)
    type_in(qtbot, "张小例")
    assert not page.fields.line("relation").isVisible()
    type_in(qtbot, "仇举例")
    office.settle(qtbot)
    assert page.fields.line("relation").isVisible()
    for text in ("之女婿", "20260901"):
        type_in(qtbot, text)
    record(qtbot, office)
    other = list_households(office.desk, EXAMPLES[2].household_no).rows[0].id
    assert relations(office, other) == {"仇举例": "户主", "张小例": "之女婿"}


def test_leaving_the_list_shows_and_returning_is_offered(
    qtbot: QtBot, office: Around, open_page: Open, home: str,
) -> None:
    open_act(open_page, home, ActKind.LEAVE_LIST)
    type_in(qtbot, "20260901")
    type_in(qtbot, "稳定脱贫")
    record(qtbot, office)
    assert view(office, home).household.listing is Listing.LEFT
    page: HouseholdPage = open_page(HouseholdPage, household_id=home)
    assert page.acts_button.menu().actions()[-1].text().endswith("Return to the list")


def test_an_unfinished_form_is_kept_and_stands_on_today(
    qtbot: QtBot, office: Around, open_page: Open, home: str,
) -> None:
    page = open_act(open_page, home, ActKind.DEATH)
    type_in(qtbot, "张示例")
    type_in(qtbot, "20260820")
    page.fields.line("head_id").field.setFocus(Qt.FocusReason.TabFocusReason)
    type_in(qtbot, "张小例")
    typed = page.fields.draft()
    assert page.leave()
    office.settle(qtbot)
    (line,) = unfinished(office.context.words, today(office.desk), office.desk.clock.now())
    assert (line.title, line.page, line.arguments) == ("Death", "household_act", {"household_id": home, "act": "death"})
    again = open_act(open_page, home, ActKind.DEATH)
    assert again.fields.draft() == typed
    assert "not finished" in again.notice.text
    qtbot.mouseClick(again.undo_button, Qt.MouseButton.LeftButton)
    office.settle(qtbot)
    assert again.fields.draft() == ActDraft()
    assert drafts.kept_drafts(office.desk) == ()
    assert view(office, home).members[0].member.standing is Standing.PRESENT


def test_a_household_that_is_closed_meanwhile_leads_back(office: Around, open_page: Open) -> None:
    open_page(HouseholdActPage, household_id="01900000-0000-7000-8000-000000000000", act="death")
    assert [one.code for one in office.problems] == ["household.unknown"]
    assert office.way.been == [("back", {})]
