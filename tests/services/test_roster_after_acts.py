"""A roster over households to which something has happened: who died, who left, who is off the list."""

from __future__ import annotations

import pytest

from backbone_core.errors import RuleBroken
from backbone_core.household import Listing, Standing
from backbone_core.household_act import ActKind
from backbone_desktop.services import roster
from backbone_desktop.services.registry import open_household
from backbone_desktop.services.roster_words import reasons
from backbone_desktop.words import Words
from tests.services.acts_kit import DAUGHTER_ID, Home, home
from tests.services.office_kit import HEAD_ID, WIFE_ID, Office
from tests.services.roster_sheet import COLUMNS, Sheet, line
from tests.services.test_services_words import ROOT

HOME = "5206250001"


@pytest.fixture
def three(office: Office) -> Home:
    return home(office, ("测试甲", HEAD_ID, "户主"), ("测试乙", WIFE_ID, "配偶"), ("测试丁", DAUGHTER_ID, "之女"))


def plan(house: Home, *lines: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    made = roster.check_roster(house.office.desk, Sheet(list(lines)), COLUMNS)
    return [(str(one.verdict), [found.code for found in one.findings]) for one in made.lines]


def carry_out(house: Home, *lines: tuple[str, ...]) -> str:
    return roster.import_roster(house.office.desk, Sheet(list(lines)), COLUMNS).id


def test_the_dead_are_doubtful_and_not_missed(three: Home) -> None:
    three.act(ActKind.DEATH, member_id=three.ids["测试乙"])
    family = (line(HOME, "测试甲", HEAD_ID), line(HOME, "测试丁", DAUGHTER_ID, "之女"))
    assert [verdict for verdict, _ in plan(three, *family)] == ["changed", "changed"]  # and nobody is gone
    assert plan(three, *family, line(HOME, "测试乙", WIFE_ID, "配偶"))[2] == ("doubtful", ["roster.has_died"])


def test_who_left_comes_back_by_the_roster_and_the_import_can_be_undone(three: Home) -> None:
    three.act(ActKind.MARRY_OUT, member_id=three.ids["测试丁"])
    rows = (line("9001", "测试丁", DAUGHTER_ID),)
    made = roster.check_roster(three.office.desk, Sheet(list(rows)), COLUMNS)
    words = Words.load("zh_CN", ROOT / "resources" / "locale")
    assert [str(one.verdict) for one in made.lines if one.member_id == three.ids["测试丁"]] == ["moved"]
    assert reasons(words, made.lines[0])[0] == "户编号：— → 9001"
    done = carry_out(three, *rows)
    assert (three.member("测试丁").standing, three.member("测试丁").relation) == (Standing.PRESENT, "户主")
    assert three.people.keys() == {"测试甲", "测试乙"}  # it was not emptied by one who was not there
    roster.undo_roster(three.office.desk, done)
    assert three.member("测试丁").standing is Standing.LEFT


def test_a_household_off_the_list_stays_off_until_somebody_says_so(three: Home) -> None:
    three.act(ActKind.LEAVE_LIST)
    assert plan(three, line(HOME, "测试甲", HEAD_ID, household_phone="13900000000"))[0] == (
        "changed", ["roster.left_list"])
    carry_out(three, line(HOME, "测试甲", HEAD_ID, household_phone="13900000000"))
    assert (three.household.listing, three.household.phone) == (Listing.LEFT, "13900000000")


def test_a_household_whose_last_people_move_away_keeps_its_dead(three: Home) -> None:
    three.act(ActKind.DEATH, member_id=three.ids["测试乙"])
    rows = (line("9001", "测试甲", HEAD_ID), line("9001", "测试丁", DAUGHTER_ID, "之女"))
    done = carry_out(three, *rows)
    assert three.household.listing is Listing.CLOSED
    assert [one.member.name for one in open_household(three.office.desk, three.id).former] == ["测试乙"]
    # and a later roster that names it finds people in it again
    made = roster.check_roster(three.office.desk, Sheet([line(HOME, "测试甲", HEAD_ID),
                                                         line(HOME, "测试丁", DAUGHTER_ID, "之女")]), COLUMNS)
    words = Words.load("zh_CN", ROOT / "resources" / "locale")
    assert "在册情况：已销户 → 在册" in reasons(words, made.lines[0])
    roster.undo_roster(three.office.desk, done)
    assert three.household.listing is Listing.LISTED
    assert three.people.keys() == {"测试甲", "测试丁"}


def test_an_import_on_which_an_act_was_built_is_not_undone(three: Home) -> None:
    done = carry_out(three, line(HOME, "测试甲", HEAD_ID, household_phone="13900000000"))
    three.act(ActKind.LEAVE_LIST)
    with pytest.raises(RuleBroken, match=r"roster\.built_on"):
        roster.undo_roster(three.office.desk, done)
