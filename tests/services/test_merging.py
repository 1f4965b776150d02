"""Two records of one person become one: what is chosen goes in, what hangs on the other comes over, both pasts stay."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from backbone_core.change import RecordKind
from backbone_core.claim import ClaimState
from backbone_core.enrolment import EnrolmentStatus
from backbone_core.errors import RuleBroken
from backbone_core.household import Listing, Member, Standing
from backbone_core.identity import check_digit
from backbone_core.likeness import Likeness
from backbone_core.records import to_fields
from backbone_desktop.services.claims import register_claim, save_claim_draft
from backbone_desktop.services.duplicates import find_duplicates, look_alikes, pair_rows, take_back, tell_apart
from backbone_desktop.services.household_history import household_history
from backbone_desktop.services.merging import FIELDS, Part, merge_people, open_pair, person_history
from backbone_desktop.services.ports import Actor, Desk
from backbone_desktop.services.registry import open_household, register_household
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft
from backbone_desktop.words import Words
from tests.services.office_kit import HEAD_ID, SCHEMES, ClaimMaker, Family, Office, head, household, wife


def whole(body: str) -> str:
    return body + check_digit(body)


CHINESE = Words.load("zh_CN", SCHEMES.parent / "locale")
TYPO = whole("52062519800101002")


@pytest.fixture
def double(desk: Desk, family: Family) -> str:
    """The head once more, with a wrong digit, alone in a household of another village; returns the member's id."""
    return registered(desk, household(head(id_no=TYPO, phone="13900000009", ethnic=""), household_no="77",
                                      village="别村"))


def registered(desk: Desk, draft: HouseholdDraft, n: int = 0) -> str:
    saved = register_household(desk, draft)
    return open_household(desk, saved.household_id).members[n].member.id


def member(desk: Desk, member_id: str) -> Member | None:
    with desk.read() as work:
        return work.members.get(member_id)


def refused(office: Office, kept: str, lost: str, *parts: Part) -> list[tuple[str, dict[str, Any]]]:
    before = office.stored()
    with pytest.raises(RuleBroken) as why:
        merge_people(office.desk, kept, lost, parts)
    assert office.stored() == before
    return [(one.code, dict(one.facts)) for one in why.value.findings]


# --- merging


def test_the_kept_record_takes_what_was_chosen_and_the_other_goes(desk: Desk, family: Family, double: str) -> None:
    merged = merge_people(desk, family.head_id, double, [Part.PHONE])
    kept = member(desk, family.head_id)
    assert kept is not None
    assert (kept.id_no, kept.phone, kept.ethnic) == (HEAD_ID, "13900000009", "苗族")
    assert merged.member == kept
    assert merged.closed == "77"
    assert member(desk, double) is None
    with desk.read() as work:
        assert work.households.by_number("77").listing is Listing.CLOSED
        assert work.members.ever(double) is not None
    assert find_duplicates(desk) == ()


def test_it_may_take_the_others_number_and_place(desk: Desk, family: Family, double: str) -> None:
    other = registered(desk, household(head(name="测试丁", id_no=whole("52062519760101001")),
                                       wife(name="测试丙", id_no=whole("52062519800101030"), relation="之女"),
                                       household_no="78"), 1)
    merged = merge_people(desk, double, other, [Part.ID_NO, Part.PLACE, Part.NAME])
    assert (merged.closed, merged.household.household_no, merged.member.relation) == ("77", "78", "之女")
    with desk.read() as work:
        names = [one.name for one in work.households.members(merged.household.id)]
    assert names == ["测试丁", "测试丙"]


def test_the_number_of_the_other_is_free_for_the_kept_one(desk: Desk, family: Family, double: str) -> None:
    """The removal goes to the centre first: it never sees two people with one number."""
    merge_people(desk, family.head_id, double, [Part.ID_NO])
    kept = member(desk, family.head_id)
    assert kept is not None
    assert kept.id_no == TYPO
    with desk.read() as work:
        acts = [(one.act, one.record_id) for one in work.outbox.waiting()]
    assert acts.index(("remove", double)) < acts.index(("edit", family.head_id))


def test_cover_comes_over_year_by_year(desk: Desk, family: Family, double: str) -> None:
    with desk.open() as work:
        (this_year,) = work.enrolments.of_member(double)
        work.write(replace(this_year, id="019", policy_year=2018), "enrol")
        (mine,) = work.enrolments.of_member(family.head_id)
        work.write(replace(mine, status=EnrolmentStatus.ENDED), "end")
        work.commit()
    merge_people(desk, family.head_id, double)
    with desk.read() as work:
        covers = work.enrolments.of_member(family.head_id)
        assert [(one.policy_year, one.status) for one in covers] == [(2019, "enrolled"), (2018, "enrolled")]
        assert covers[0].id == mine.id
        assert work.enrolments.of_member(double) == ()


@pytest.mark.parametrize("covers", [
    ({"starts": date(2019, 6, 1)}, {}, {}),
    ({}, {"starts": date(2019, 6, 1)}, {}),
    ({"ends": date(2019, 9, 30)}, {"starts": date(2019, 6, 1)}, {}),
    ({"starts": date(2019, 6, 1), "scheme_id": "X"}, {}, {}),
    ({"ends": date(2019, 9, 30), "scheme_id": "X"}, {"starts": date(2019, 6, 1)},
     {"ends": date(2019, 9, 30), "scheme_id": "X"}),
    ({"starts": date(2019, 6, 1), "status": EnrolmentStatus.ENDED}, {"status": EnrolmentStatus.ENDED},
     {"starts": date(2019, 6, 1), "status": EnrolmentStatus.ENDED}),
])
def test_of_two_covers_the_longer_one_stays(desk: Desk, family: Family, double: str,
                                            covers: tuple[dict[str, Any], ...]) -> None:
    mine, other, merged = covers
    with desk.open() as work:
        (usual,), (second,) = work.enrolments.of_member(family.head_id), work.enrolments.of_member(double)
        work.write(replace(usual, **mine), "edit")
        work.write(replace(second, **other), "edit")
        work.commit()
    merge_people(desk, family.head_id, double)
    with desk.read() as work:
        assert work.enrolments.of_member(family.head_id) == (replace(usual, **merged),)
        assert work.enrolments.of_member(double) == ()


def test_another_number_decides_anew_about_cover(desk: Desk, family: Family) -> None:
    child = whole("52062520120101002")
    other = registered(desk, household(head(id_no=child), household_no="77"))
    with desk.read() as work:
        assert work.enrolments.of_year(family.head_id, 2019).status is EnrolmentStatus.ENROLLED
    merge_people(desk, family.head_id, other, [Part.ID_NO])
    with desk.read() as work:
        assert work.enrolments.of_year(family.head_id, 2019).status is EnrolmentStatus.ENDED


def test_drafts_of_claims_come_over(desk: Desk, family: Family, double: str, claim: ClaimMaker) -> None:
    draft = save_claim_draft(desk, claim(member_id=double))
    merge_people(desk, family.head_id, double)
    with desk.read() as work:
        one = work.claims.get(draft)
    assert (one.member_id, one.household_id) == (family.head_id, family.saved.household_id)


# --- histories


def test_both_histories_are_kept_and_lead_to_one(desk: Desk, office: Office, family: Family, double: str) -> None:
    view = open_pair(desk, family.head_id, double)
    kept_home, left_home = view.one.household.id, view.other.household.id
    merge_people(desk, family.head_id, double, [Part.PHONE])
    for asked in (family.head_id, double):
        acts = [(row.act, row.record_id) for row in person_history(desk, asked)]
        assert acts == [("edit", family.head_id), ("merge_records", double), ("register", double),
                        ("register", family.head_id)]
    assert [row.act for row in open_household(desk, family.saved.household_id).history] == ["merge_records", "register"]
    for home, said in ((kept_home, "测试甲（户主）的两条登记合并为一条，另一条原在户 77"),
                       (left_home, "测试甲（户主）的登记并入户 5206250001 的同一人")):
        told = household_history(desk, home, CHINESE)
        assert [one.text for one in told if one.act == "merge_records"] == [said]
    third = registered(desk, household(head(id_no=TYPO), household_no="79"))
    merge_people(desk, third, family.head_id, [Part.PLACE])
    assert {row.record_id for row in person_history(desk, double)} == {family.head_id, double, third}
    with desk.read() as work:
        assert work.duplicates.merged_into(double) == third
        assert work.duplicates.merged_from(third) == tuple(sorted((family.head_id, double)))
        assert work.audit.broken_at() is None


def test_claims_that_reach_the_lost_record_later_count_for_the_kept_one(
    desk: Desk, office: Office, family: Family, double: str, claim: ClaimMaker,
) -> None:
    """Another device took a claim in for the other record before it heard of the merger."""
    taken = register_claim(desk, claim())
    with desk.read() as work:
        came = replace(work.claims.get(taken.claim_id), id="elsewhere", member_id=double)
    merge_people(desk, family.head_id, double)
    with desk.open() as work:
        work.sync.apply_state(RecordKind.CLAIM, came.id, 1, to_fields(came))
        work.commit()
        counted = {one.id for one in work.claims.of_person(family.head_id, 2019)}
    assert counted == {taken.claim_id, "elsewhere"}


# --- who died or left


def test_who_left_and_was_registered_anew_is_one_person_who_is_there(desk: Desk, family: Family, double: str) -> None:
    with desk.open() as work:
        gone = replace(work.members.get(double), standing=Standing.LEFT, left_on=date(2019, 5, 1))
        work.write(gone, "edit")
        work.commit()
    (row,) = pair_rows(desk, find_duplicates(desk))
    assert (row.one.standing, row.other.standing) == ("present", "left")
    merged = merge_people(desk, double, family.head_id, [Part.PLACE, Part.ID_NO])
    assert (merged.member.standing, merged.member.left_on, merged.member.is_head) == (Standing.PRESENT, None, True)
    assert merged.household.household_no == "5206250001"


def test_every_field_of_a_member_is_chosen_with_some_part() -> None:
    chosen = {name for names in FIELDS.values() for name in names}
    assert chosen == {part.name for part in fields(Member)} - {"id"}


# --- refusals


def test_a_record_with_a_receipt_is_the_one_to_keep(office: Office, family: Family, double: str,
                                                    claim: ClaimMaker) -> None:
    register_claim(office.desk, claim())
    assert refused(office, double, family.head_id) == [
        ("duplicates.claims_on_lost", {"name": "测试甲", "n": 1}),
        ("duplicates.no_head", {"household_no": "5206250001"})]
    view = open_pair(office.desk, double, family.head_id)
    assert view.kept_id == family.head_id
    merge_people(office.desk, view.kept_id, double)
    register = registered(office.desk, household(head(id_no=TYPO), household_no="80"))
    register_claim(office.desk, claim(member_id=register, invoice_no="99"))
    assert refused(office, family.head_id, register)[0][0] == "duplicates.claims_on_both"


def test_a_claim_that_was_withdrawn_stays_where_it_is(office: Office, family: Family, double: str,
                                                      claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(member_id=double))
    with office.desk.open() as work:
        work.write(replace(work.claims.get(taken.claim_id), state=ClaimState.WITHDRAWN), "edit")
        work.commit()
    merge_people(office.desk, family.head_id, double)
    with office.desk.read() as work:
        assert work.claims.get(taken.claim_id).member_id == double
        assert [one.id for one in work.claims.of_person(family.head_id)] == [taken.claim_id]
        home = work.households.by_number("77")
    assert [row.id for row in open_household(office.desk, home.id).claims] == [taken.claim_id]


def test_nobody_is_left_without_a_head(office: Office, family: Family, double: str) -> None:
    assert refused(office, family.head_id, double, Part.PLACE) == [
        ("duplicates.no_head", {"household_no": "5206250001"})]
    assert refused(office, family.wife_id, family.head_id) == [("duplicates.no_head", {"household_no": "5206250001"})]
    merged = merge_people(office.desk, family.wife_id, family.head_id, [Part.PLACE])
    assert merged.member.is_head


def test_one_record_is_not_two(office: Office, family: Family, double: str) -> None:
    assert refused(office, double, double) == [("duplicates.same_record", {})]
    assert refused(office, double, "nobody") == [("member.unknown", {})]
    merge_people(office.desk, family.head_id, double)
    assert refused(office, family.head_id, double) == [("member.unknown", {})]


def test_who_only_looks_may_not_merge(office: Office, family: Family, double: str) -> None:
    auditor = office.as_(Actor("auditor", "审计", "auditor"))
    for act in (lambda: merge_people(auditor, family.head_id, double), lambda: tell_apart(auditor, double, "x"),
                lambda: take_back(auditor, double, "x")):
        with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
            act()


def test_a_disk_that_fails_leaves_all_as_it_was(office: Office, family: Family, double: str,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    from backbone_desktop.store.unit_of_work import StoredUnit

    before = office.stored()

    def fails(_self: StoredUnit) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(StoredUnit, "commit", fails)
    with pytest.raises(OSError, match="full"):
        merge_people(office.desk, family.head_id, double, [Part.PHONE])
    monkeypatch.undo()
    assert office.stored() == before


# --- told apart


def test_different_people_never_come_back_until_somebody_takes_it_back(desk: Desk, family: Family, double: str) -> None:
    (pair,) = find_duplicates(desk)
    assert pair.reasons == (Likeness.NEAR_NUMBER, Likeness.NAME_AND_BIRTH)
    (row,) = pair_rows(desk, (pair,))
    assert (row.one.household_no, row.other.household_no) == ("5206250001", "77")
    tell_apart(desk, double, family.head_id)
    assert find_duplicates(desk) == ()
    assert pair_rows(desk, (pair,)) == ()
    decided = open_pair(desk, family.head_id, double).decided
    assert decided is not None
    assert decided.different
    assert [row.act for row in person_history(desk, double)] == ["tell_apart", "register"]
    take_back(desk, family.head_id, double)
    assert find_duplicates(desk) == (pair,)
    with pytest.raises(RuleBroken, match=r"duplicates\.not_told_apart"):
        take_back(desk, family.head_id, double)
    tell_apart(desk, double, family.head_id)
    assert find_duplicates(desk) == ()


def test_a_search_can_be_stopped(desk: Desk, family: Family) -> None:
    with pytest.raises(RuleBroken, match=r"duplicates\.stopped"):
        find_duplicates(desk, stopped=lambda: True)


# --- while somebody types


def typed(*lines: MemberDraft, **other: str) -> HouseholdDraft:
    return household(*lines, **{"household_no": "99", "phone": "", **other})


@pytest.mark.parametrize(("line", "reasons"), [
    (head(id_no=TYPO), ("near_number",)),
    (head(id_no="520625800101001"), ("same_number", "name_and_birth")),
    (head(name="测诗嘉", id_no=whole(HEAD_ID[:14] + "777")), ("name_and_birth",)),
    (head(name="别人", id_no=TYPO), ()),
    (head(id_no=""), ()),
    (head(name="", id_no=HEAD_ID), ()),
    (head(name="别人", id_no="", bank_account="6228480030123456789", phone="13900000001"), ("phone_and_account",)),
])
def test_a_new_line_says_who_looks_like_it(desk: Desk, line: MemberDraft, reasons: tuple[str, ...]) -> None:
    register_household(desk, household(head(bank_account="6228480030123456789", phone="13900000001"), wife()))
    town = "别镇" if reasons == ("near_number",) else "示例镇"
    found = look_alikes(desk, typed(MemberDraft(), line, village="别村", township=town))
    assert {place: [(one.person.name, one.reasons) for one in some] for place, some in found.items()} == (
        {1: [("测试甲", reasons)]} if reasons else {})


def test_a_stored_line_is_asked_about_when_it_was_changed(desk: Desk, family: Family, double: str) -> None:
    from backbone_desktop.services.registry import household_as_typed

    with desk.read() as work:
        home = work.members.get(double).household_id
    draft = household_as_typed(open_household(desk, home))
    assert look_alikes(desk, draft) == {}
    changed = replace(draft, members=(replace(draft.members[0], phone="13900000001"),))
    assert [one.person.id for one in look_alikes(desk, changed)[0]] == [family.head_id]
    tell_apart(desk, double, family.head_id)
    assert look_alikes(desk, changed) == {}
