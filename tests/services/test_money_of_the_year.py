"""What earlier stays take from the year: by what was promised for them, whoever took them in and under which name."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from backbone_core.change import REMOVED, Outcome, RecordKind
from backbone_core.claim import Claim, ClaimState
from backbone_core.ids import new_id
from backbone_core.protocol.batch import ChangeOutcome
from backbone_core.records import to_fields
from backbone_desktop.services.accounts import SYSTEM
from backbone_desktop.services.claims import appraise, coverage_of, open_claim, register_claim
from backbone_desktop.services.office import import_scheme
from backbone_desktop.services.registry import edit_household, household_as_typed, open_household
from backbone_desktop.services.typed import ClaimDraft
from tests.services.office_kit import SCHEMES, ClaimMaker, Family, Office

NOTHING = {"hifp_pay": "", "hifmi_pay": "", "maf_pay": "", "fund_pay_sumamt": "", "psn_part_amt": ""}


def stay(claim: ClaimMaker, month: int, total: str, **other: Any) -> ClaimDraft:
    days = {"admitted": f"2019-0{month}-01", "discharged": f"2019-0{month}-05", "settled": ""}
    return claim({"medfee_sumamt": total, **NOTHING}, **{"invoice_no": f"{month}", **days, **other})


def fed(office: Office, *records: Any, **fields: Any) -> None:
    """The centre takes what waits, and brings records."""
    with office.desk.open() as work:
        taken = [ChangeOutcome(seq=change.seq, outcome=Outcome.APPLIED, version=1) for change in work.outbox.waiting()]
        work.sync.mark_answered(taken, b"receipt", b"signature")
        for record in records:
            kind = RecordKind(type(record).__name__.lower())
            work.sync.apply_state(kind, record.id, 7, {**to_fields(record), **fields})
        work.commit()


def stored(office: Office, claim_id: str) -> Claim:
    return open_claim(office.desk, claim_id).claim


def test_a_change_of_the_households_type_leaves_what_earlier_stays_used_up(
    office: Office, family: Family, claim: ClaimMaker
) -> None:
    scheme = json.loads((SCHEMES / "example-1900-60-520625-2019.json").read_text(encoding="utf-8"))
    scheme |= {"version": 2, "supersedes": 1, "overrides": [
        {"match": {"poverty": ["五保贫困户"]}, "deductible": "0.00", "priority": 1}]}
    import_scheme(office.as_(SYSTEM), json.dumps(scheme))
    form = household_as_typed(open_household(office.desk, family.saved.household_id))
    edit_household(office.desk, family.saved.household_id, replace(form, poverty_type="五保贫困户"))
    assert register_claim(office.desk, stay(claim, 3, "3000")).benefit.amount == 1_800_00
    edit_household(office.desk, family.saved.household_id, replace(form, poverty_type="一般贫困户"))
    second = register_claim(office.desk, stay(claim, 4, "2900")).benefit
    assert (second.deductible_used, second.amount) == (1_900_00, 600_00)


def test_a_voided_stay_gives_back_no_more_than_it_took(office: Office, claim: ClaimMaker) -> None:
    first = register_claim(office.desk, stay(claim, 3, "1000"))
    assert register_claim(office.desk, stay(claim, 4, "2000")).benefit.amount == 660_00
    fed(office, replace(stored(office, first.claim_id), state=ClaimState.VOID))
    third = register_claim(office.desk, stay(claim, 5, "2000")).benefit
    assert (third.deductible_used, third.amount) == (1_000_00, 600_00), "together as two stays of 2,000 come to"


def test_a_claim_by_a_scheme_that_is_not_here_counts_against_the_cap(office: Office, claim: ClaimMaker) -> None:
    taken = stored(office, register_claim(office.desk, stay(claim, 3, "150000")).claim_id)
    fed(office, replace(taken, scheme_version=9))
    assert register_claim(office.desk, stay(claim, 4, "150000")).benefit.amount == 11_140_00
    fed(office, replace(taken, scheme_version=9, trace=(), benefit=100_000_00))
    assert register_claim(office.desk, stay(claim, 5, "150000")).benefit.amount == 0


def test_one_person_in_the_register_twice_has_one_cap_and_one_bed(
    office: Office, family: Family, claim: ClaimMaker
) -> None:
    taken = stored(office, register_claim(office.desk, stay(claim, 3, "150000")).claim_id)
    with office.desk.read() as work:
        person = work.members.get(family.head_id)
    assert person is not None
    twin = replace(person, id=new_id(), household_id=new_id())
    fed(office, twin, replace(taken, id=new_id(), member_id=twin.id, household_id=twin.household_id, invoice_no="77",
                              admitted=taken.admitted and taken.admitted.replace(month=5),
                              discharged=taken.discharged and taken.discharged.replace(month=5),
                              benefit=11_000_00, trace=()))
    assert coverage_of(office.desk, family.head_id).paid == 99_860_00
    assert register_claim(office.desk, stay(claim, 4, "150000")).benefit.amount == 140_00
    same_bed = appraise(office.desk, stay(claim, 5, "150000", invoice_no="78"))
    assert "claim.stay_overlaps" in {found.code for found in same_bed.findings if found.refuses}
    fed(office, twin, **{REMOVED: True})
    assert appraise(office.desk, stay(claim, 6, "1")).benefit is not None
    assert coverage_of(office.desk, family.head_id).paid == 100_000_00, "who is struck off was ill all the same"


def test_people_whose_number_did_not_come_are_not_taken_for_one(
    office: Office, family: Family, claim: ClaimMaker
) -> None:
    with office.desk.read() as work:
        person = work.members.get(family.head_id)
    assert person is not None
    one, other = (replace(person, id=new_id(), household_id=new_id(), id_no="") for _ in range(2))
    taken = stored(office, register_claim(office.desk, stay(claim, 3, "150000")).claim_id)
    fed(office, one, other, replace(taken, id=new_id(), member_id=one.id))
    with office.desk.read() as work:
        assert work.claims.of_person(other.id) == ()
        assert [found.member_id for found in work.claims.of_person(one.id)] == [one.id]
