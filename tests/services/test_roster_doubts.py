"""Doubtful rows of a roster: nobody is changed by guess, a person says who is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backbone_core.errors import RuleBroken
from backbone_core.household import Standing
from backbone_desktop.services import roster
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.registry import list_households, open_household
from backbone_desktop.services.roster_doubts import Doubt, doubts, reveal_candidates, settle_doubt
from backbone_desktop.services.roster_ports import Settled
from backbone_desktop.services.roster_rows import Verdict
from tests.services.office_kit import HEAD_ID, WIFE_ID, Family, Office
from tests.services.roster_sheet import COLUMNS, Sheet, line, number

HOME = "5206250001"


def import_with(desk: Desk, *lines: tuple[str, ...]) -> str:
    """A roster with these doubtful rows, and one that makes the import worth while."""
    n = len(lines) + 30
    made = roster.import_roster(desk, Sheet([*lines, line(f"90{n}", "测试丙", number(n))]), COLUMNS)
    assert made.counts[Verdict.DOUBTFUL] == len(lines)
    return made.id


def only(desk: Desk) -> Doubt:
    (one,) = doubts(desk)
    return one


def test_a_row_whose_name_differs_waits_with_whoever_bears_the_number(family: Family, desk: Desk) -> None:
    import_with(desk, line(HOME, "测试假", HEAD_ID))
    found = only(desk)
    assert found.reasons == ("roster.name_differs",)
    assert found.values["name"] == "测试假"
    assert [(one.member.name, one.household.household_no) for one in found.candidates] == [("测试甲", HOME)]


def test_the_same_person_takes_over_what_the_roster_says(family: Family, office: Office, desk: Desk) -> None:
    import_with(desk, line(HOME, "测试假", HEAD_ID, ethnic="汉"))
    found = only(desk)
    settle_doubt(desk, found.import_id, found.row_no, Settled.SAME, found.candidates[0].member.id)
    assert doubts(desk) == ()
    (row,) = list_households(desk, HEAD_ID).rows
    head = open_household(desk, row.id).members[0].member
    assert (head.id, head.name, head.ethnic) == (found.candidates[0].member.id, "测试假", "汉族")
    with desk.read() as work:
        assert work.audit.broken_at() is None
        assert [row.act for row in work.audit.of_record(found.import_id)] == ["settle_doubt", "import_roster"]


def test_somebody_else_of_the_same_name_is_registered_and_covered(family: Family, desk: Desk) -> None:
    import_with(desk, line(HOME, "测试甲", number(71), "之子"))
    found = only(desk)
    assert found.reasons == ("roster.number_differs",)
    settle_doubt(desk, found.import_id, found.row_no, Settled.NEW)
    (row,) = list_households(desk, HOME).rows
    new = next(one for one in open_household(desk, row.id).members if one.member.id_no == number(71))
    assert (new.member.name, new.member.relation, new.enrolment is not None) == ("测试甲", "之子", True)


def test_what_is_left_changes_nobody(family: Family, office: Office, desk: Desk) -> None:
    import_with(desk, line(HOME, "测试假", HEAD_ID))
    before = office.count("outbox")
    found = only(desk)
    settle_doubt(desk, found.import_id, found.row_no, Settled.LEFT)
    assert doubts(desk) == ()
    assert office.count("outbox") == before


def test_a_decision_that_breaks_the_household_is_refused_and_the_row_waits_on(family: Family, desk: Desk) -> None:
    import_with(desk, line(HOME, "测试甲", number(72), "户主"))
    found = only(desk)
    with pytest.raises(RuleBroken, match=r"household\.two_heads"):
        settle_doubt(desk, found.import_id, found.row_no, Settled.NEW)
    assert only(desk) == found


def test_two_people_decide_and_the_second_is_told(family: Family, desk: Desk) -> None:
    import_with(desk, line(HOME, "测试假", HEAD_ID))
    found = only(desk)
    settle_doubt(desk, found.import_id, found.row_no, Settled.LEFT)
    with pytest.raises(RuleBroken, match=r"roster\.doubt_gone"):
        settle_doubt(desk, found.import_id, found.row_no, Settled.LEFT)


def test_the_same_row_of_a_later_roster_waits_once(family: Family, desk: Desk) -> None:
    first = import_with(desk, line(HOME, "测试假", HEAD_ID))
    second = import_with(desk, line(HOME, "测试假", HEAD_ID), line(HOME, "测试真", HEAD_ID, "之子"))
    waiting = doubts(desk)
    assert {one.import_id for one in waiting} == {second}
    assert first != second


def test_an_import_that_is_undone_takes_its_doubts_along(family: Family, desk: Desk) -> None:
    made = import_with(desk, line(HOME, "测试假", HEAD_ID))
    roster.undo_roster(desk, made)
    assert doubts(desk) == ()


def test_whole_numbers_are_shown_on_purpose_and_it_is_recorded(family: Family, desk: Desk) -> None:
    import_with(desk, line(HOME, "测试假", HEAD_ID))
    found = only(desk)
    (shown,) = reveal_candidates(desk, found.import_id, found.row_no)
    assert shown.member.id_no == HEAD_ID
    with desk.read() as work:
        assert work.audit.of_record(shown.member.id)[0].act == "reveal_id_no"


def test_the_dead_are_not_brought_back_to_life_by_a_decision(family: Family, desk: Desk) -> None:
    with desk.open() as work:
        wife = work.members.get(family.wife_id)
        assert wife is not None
        work.write(replace(wife, standing=Standing.DIED, left_on=date(2019, 8, 1)), "death")
        work.commit()
    import_with(desk, line(HOME, "测试乙", WIFE_ID, "配偶"))
    found = only(desk)
    assert found.reasons == ("roster.has_died",)
    with pytest.raises(RuleBroken, match=r"member\.has_died"):
        settle_doubt(desk, found.import_id, found.row_no, Settled.SAME, family.wife_id)
    assert only(desk) == found


def test_a_number_that_is_put_right_decides_cover_anew(family: Family, desk: Desk) -> None:
    import_with(desk, line(HOME, "测试甲", number(73, "19300101")))
    found = only(desk)
    settle_doubt(desk, found.import_id, found.row_no, Settled.SAME, found.candidates[0].member.id)
    (row,) = list_households(desk, HOME).rows
    head = open_household(desk, row.id).members[0]
    assert (head.member.id_no, head.enrolment) == (number(73, "19300101"), None)
    assert head.why_not[0].code == "enrolment.too_old"


def test_no_second_person_gets_a_number_that_is_borne(family: Family, desk: Desk) -> None:
    import_with(desk, line(HOME, "测试假", HEAD_ID, "之子"))
    found = only(desk)
    with pytest.raises(RuleBroken, match=r"member\.id_taken"):
        settle_doubt(desk, found.import_id, found.row_no, Settled.NEW)


def test_doubts_that_an_undone_import_took_over_wait_again(family: Family, desk: Desk) -> None:
    import_with(desk, line(HOME, "测试假", HEAD_ID))
    first = only(desk)
    second = import_with(desk, line(HOME, "测试假", HEAD_ID), line(HOME, "测试真", HEAD_ID, "之子"))
    roster.undo_roster(desk, second)
    assert only(desk) == first
