"""A roster against the register: who is taken in, changed, moved, left alone; and the whole of it undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backbone_core.change import RecordKind
from backbone_core.errors import RuleBroken
from backbone_core.records import to_fields
from backbone_desktop.services import roster
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.registry import (
    edit_household,
    household_as_typed,
    list_households,
    open_household,
    reveal_id_no,
)
from backbone_desktop.services.roster_plan import RosterPlan
from backbone_desktop.services.roster_rows import Verdict
from tests.services.office_kit import HEAD_ID, WIFE_ID, ClaimMaker, Family, Office
from tests.services.roster_sheet import COLUMNS, Sheet, line, number

HOME = "5206250001"
"""The household of the fixture `family`."""


def plan(desk: Desk, *lines: tuple[str, ...]) -> RosterPlan:
    return roster.check_roster(desk, Sheet(list(lines)), COLUMNS)


def verdicts(made: RosterPlan) -> list[str]:
    return [str(one.verdict) for one in made.lines]


def reasons(made: RosterPlan) -> list[list[str]]:
    return [[found.code for found in one.findings] for one in made.lines]


def carry_out(desk: Desk, *lines: tuple[str, ...]) -> str:
    return roster.import_roster(desk, Sheet(list(lines)), COLUMNS).id


def couple(household_no: str = "9001", n: int = 1) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (line(household_no, "测试丙", number(n)), line(household_no, "测试丁", number(n + 1), "配偶"))


def test_new_families_are_taken_in_and_covered(office: Office, desk: Desk) -> None:
    made = plan(desk, *couple(), line("9002", "测试戊", number(7, "20150101")))
    assert verdicts(made) == ["new", "new", "new"]
    assert office.count("household") == 0
    done = roster.import_roster(desk, Sheet([*couple(), line("9002", "测试戊", number(7, "20150101"))]), COLUMNS)
    assert done.counts[Verdict.NEW] == 3
    (row,) = list_households(desk, "测试丙").rows
    view = open_household(desk, row.id)
    assert [one.member.name for one in view.members] == ["测试丙", "测试丁"]
    assert all(one.enrolment is not None for one in view.members)
    (child,) = list_households(desk, "测试戊").rows
    (one,) = open_household(desk, child.id).members
    assert one.enrolment is None
    assert one.why_not[0].code == "enrolment.too_young"


def test_what_bulk_wrote_is_chained_and_found_as_if_written_one_by_one(office: Office, desk: Desk) -> None:
    carry_out(desk, *couple())
    with desk.read() as work:
        assert work.audit.broken_at() is None
        changes = work.outbox.waiting()
        assert [change.seq for change in changes] == list(range(1, len(changes) + 1))
        assert work.outbox.hash_at(changes[-1].seq) is not None
    assert [row.household_no for row in list_households(desk, "csb").rows] == ["9001"]
    assert {change.act for change in changes} == {"import", "enrol"}


def test_a_second_year_changes_moves_and_tells_who_is_gone(family: Family, desk: Desk) -> None:
    made = plan(
        desk,
        line(HOME, "测试甲", HEAD_ID, ethnic="汉", household_phone="13900000000", group="二组"),
        line("9003", "测试己", number(3)),
    )
    assert verdicts(made) == ["changed", "new", "gone"]
    assert made.lines[0].changes == (("household_phone", "13800000000", "13900000000"), ("ethnic", "苗族", "汉族"))
    assert made.lines[2].name == "测试乙"
    assert made.lines[2].id_no == "530521********0025"


def test_the_same_roster_again_changes_nothing(desk: Desk) -> None:
    carry_out(desk, *couple())
    assert verdicts(plan(desk, *couple())) == ["unchanged", "unchanged"]
    with pytest.raises(RuleBroken, match=r"roster\.nothing_to_do"):
        carry_out(desk, *couple())


def test_somebody_moves_with_cover_and_claims_to_another_household(family: Family, desk: Desk,
                                                                   claim: ClaimMaker) -> None:
    register_claim(desk, claim(member_id=family.wife_id, account_holder="测试乙"))
    carry_out(desk, line("9001", "测试丙", number(1)), line("9001", "测试乙", WIFE_ID, "其他"))
    assert [one.member.name for one in open_household(desk, family.saved.household_id).members] == ["测试甲"]
    (row,) = list_households(desk, "9001").rows
    view = open_household(desk, row.id)
    assert [one.member.id for one in view.members][1] == family.wife_id
    assert view.members[1].enrolment is not None


def test_a_household_whose_people_all_moved_is_taken_out_and_comes_back(family: Family, office: Office,
                                                                        desk: Desk) -> None:
    before = open_household(desk, family.saved.household_id)
    made = carry_out(desk, line("9001", "测试甲", HEAD_ID), line("9001", "测试乙", WIFE_ID, "配偶"))
    with pytest.raises(RuleBroken, match=r"household\.unknown"):
        open_household(desk, family.saved.household_id)
    roster.undo_roster(desk, made)
    after = open_household(desk, family.saved.household_id)
    assert (after.household, after.members) == (before.household, before.members)


@pytest.mark.parametrize(("changed", "code"), [
    ({"name": "测试某"}, "roster.name_differs"),
    ({"id_no": number(9)}, "roster.number_differs"),
])
def test_who_is_not_certain_is_never_changed_by_guess(family: Family, office: Office, desk: Desk,
                                                      changed: dict[str, str], code: str) -> None:
    before = office.stored()
    made = plan(desk, line(HOME, **{"name": "测试甲", "id_no": HEAD_ID, **changed}, group="九组"))
    assert made.lines[0].verdict is Verdict.DOUBTFUL
    assert reasons(made)[0] == [code]
    assert office.stored() == before


def test_one_number_in_two_rows(desk: Desk) -> None:
    made = plan(desk, *couple(), couple()[0], line("9004", "测试庚", number(2)))
    assert verdicts(made) == ["new", "doubtful", "refused", "doubtful"]
    assert reasons(made) == [[], ["roster.number_twice"], ["roster.row_twice"], ["roster.number_twice"]]


def test_an_import_is_not_undone_under_a_claim_that_rests_on_its_cover(family: Family, desk: Desk,
                                                                       claim: ClaimMaker) -> None:
    """The roster makes a farmers' household poor, so that its people are covered; one of them claims."""
    typed = household_as_typed(open_household(desk, family.saved.household_id))
    edit_household(desk, family.saved.household_id, replace(typed, poverty_type="一般农户"))
    made = carry_out(desk, line(HOME, "测试甲", HEAD_ID, poverty_type="一般贫困户"),
                     line(HOME, "测试乙", WIFE_ID, "配偶", poverty_type="一般贫困户"))
    register_claim(desk, claim())
    with pytest.raises(RuleBroken, match=r"roster\.built_on"):
        roster.undo_roster(desk, made)


def test_an_import_is_not_undone_over_what_another_office_sent_whatever_the_clock(office: Office, desk: Desk) -> None:
    made = carry_out(desk, *couple())
    (row,) = list_households(desk, "9001").rows
    head = open_household(desk, row.id).members[0].member
    office.clock.wait(minutes=-30)
    with office.store.engine.connect().execution_options(writing=True) as connection:  # everything was answered
        connection.exec_driver_sql("UPDATE outbox SET answered_at = made_at, outcome = 'applied'")
        connection.exec_driver_sql("DELETE FROM shadow")
        connection.commit()
    with desk.open() as work:
        work.sync.apply_state(RecordKind.MEMBER, head.id, 7, {**to_fields(head), "bank_account": "6228480030123456789"})
        work.commit()
    with pytest.raises(RuleBroken, match=r"roster\.built_on"):
        roster.undo_roster(desk, made)


def test_looking_at_a_number_is_not_building_on_an_import(desk: Desk) -> None:
    made = carry_out(desk, *couple())
    (row,) = list_households(desk, "9001").rows
    reveal_id_no(desk, open_household(desk, row.id).members[0].member.id)
    roster.undo_roster(desk, made)


def test_the_dry_run_warns_of_cover_that_would_end_under_a_claim(family: Family, desk: Desk, claim: ClaimMaker) -> None:
    register_claim(desk, claim())
    made = plan(desk, line(HOME, "测试甲", HEAD_ID, poverty_type="一般农户"),
                line(HOME, "测试乙", WIFE_ID, "配偶", poverty_type="一般农户"))
    assert reasons(made) == [["enrolment.ended_with_claims"], []]


@pytest.mark.parametrize(("row", "field", "code"), [
    (line("9001", "测试丙", "520625198001010016"), "id_no", "id.check_digit"),
    (line("9001", "测试丙", number(1), "邻居"), "relation", "household.relation_unknown"),
    (line("", "测试丙", number(1)), "household_no", "roster.household_no_missing"),
    (line("9001", "测\ue000丙", number(1)), "name", "name.private_use"),
    (line("9001", "测试丙", number(1), village=""), "village", "household.village_missing"),
    (line("9001", "测试丙", number(1), poverty_type="富裕户"), "poverty_type", "household.poverty_type_unknown"),
    (line("9001", "测试丙", number(1), "配偶"), "relation", "household.no_head"),
])
def test_a_row_is_refused_with_its_reason_at_its_column(desk: Desk, row: tuple[str, ...], field: str,
                                                        code: str) -> None:
    (one,) = plan(desk, row).lines
    assert one.verdict is Verdict.REFUSED
    assert [(found.field, found.code) for found in one.findings if found.refuses] == [(field, code)]


def test_a_refused_head_leaves_the_family_out_and_the_others_in(desk: Desk) -> None:
    made = plan(desk, line("9001", "测试丙", "520625198001010016"), couple()[1], *couple("9005", 11))
    assert verdicts(made) == ["refused", "refused", "new", "new"]
    assert reasons(made)[1] == ["household.no_head"]


def test_old_numbers_cards_and_phones_are_read_as_they_are_meant(desk: Desk) -> None:
    eighteen = number(5, "19620505")
    fifteen = eighteen[:6] + eighteen[8:17]
    carry_out(desk, line("9001", "测试丙", number(1) + "43", household_phone="没有电话"),
              line("9001", "测试丁", fifteen, "妻子"))
    (row,) = list_households(desk, "9001").rows
    one, other = (view.member for view in open_household(desk, row.id).members)
    assert (one.id_no, one.disability) == (number(1), "43")
    assert (other.id_no, other.relation) == (eighteen, "配偶")


def test_a_head_may_not_leave_a_family_behind(family: Family, desk: Desk) -> None:
    made = plan(desk, line("9001", "测试甲", HEAD_ID))
    assert (made.lines[0].verdict, reasons(made)[0]) == (Verdict.DOUBTFUL, ["roster.leaves_no_head"])


def test_undo_takes_back_everything_and_keeps_the_trail(family: Family, office: Office, desk: Desk) -> None:
    before = open_household(desk, family.saved.household_id)
    made = carry_out(desk, line(HOME, "测试甲", HEAD_ID, household_phone="13900000000"), *couple())
    assert roster.undo_roster(desk, made).undone_at is not None
    after = open_household(desk, family.saved.household_id)
    assert (after.household, after.members) == (before.household, before.members)
    assert list_households(desk, "9001").rows == ()
    with desk.read() as work:
        assert work.audit.broken_at() is None
        assert work.outbox.waiting()[-1].act == "remove"
    with pytest.raises(RuleBroken, match=r"roster\.undone"):
        roster.undo_roster(desk, made)
    with pytest.raises(RuleBroken, match=r"roster\.unknown"):
        roster.undo_roster(desk, "nothing")


def test_an_import_that_something_rests_on_is_not_undone(office: Office, desk: Desk) -> None:
    made = carry_out(desk, *couple())
    office.clock.wait(minutes=1)
    (row,) = list_households(desk, "9001").rows
    view = open_household(desk, row.id)
    edit_household(desk, row.id, replace(household_as_typed(view), group="八组"))
    stood = office.stored()
    with pytest.raises(RuleBroken, match=r"roster\.built_on"):
        roster.undo_roster(desk, made)
    assert office.stored() == stood


def test_a_claim_rests_on_the_import_of_its_patient(office: Office, desk: Desk, family: Family,
                                                    claim: ClaimMaker) -> None:
    made = carry_out(desk, *couple())
    (row,) = list_households(desk, "9001").rows
    patient = open_household(desk, row.id).members[0].member
    register_claim(desk, claim(member_id=patient.id, account_holder="测试丙"))
    with pytest.raises(RuleBroken, match=r"roster\.built_on"):
        roster.undo_roster(desk, made)


def test_stopping_leaves_nothing_behind(office: Office, desk: Desk) -> None:
    before = office.stored()
    with pytest.raises(RuleBroken, match=r"roster\.cancelled"):
        roster.import_roster(desk, Sheet(list(couple())), COLUMNS, cancelled=lambda: True)
    assert office.stored() == before


def test_columns_that_were_set_by_hand_are_remembered_for_this_header(desk: Desk) -> None:
    sheet = Sheet(list(couple()))
    assert roster.columns_for(desk, sheet) == COLUMNS
    chosen = {name: place for name, place in COLUMNS.items() if name != "household_phone"}
    roster.import_roster(desk, sheet, chosen)
    assert roster.columns_for(desk, sheet) == chosen
    assert roster.columns_for(desk, Sheet([], header=("别的",))) == COLUMNS


def test_a_needed_column_must_be_named(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match=r"roster\.column_missing"):
        roster.check_roster(desk, Sheet(list(couple())), {"name": 4})
    with pytest.raises(RuleBroken, match=r"roster\.empty"):
        plan(desk)


def test_the_source_row_is_kept(desk: Desk) -> None:
    carry_out(desk, *couple())
    (row,) = list_households(desk, "9001").rows
    head = open_household(desk, row.id).members[0].member
    with desk.read() as work:
        kept = work.rosters.source_row(head.id)
    assert kept is not None
    assert (kept.row_no, kept.cells) == (2, couple()[0])
