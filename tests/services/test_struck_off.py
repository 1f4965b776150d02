"""Another office strikes somebody off: their claims still open, and the family's receipt can still be printed."""

from __future__ import annotations

import pytest

from backbone_core.change import REMOVED, Outcome, RecordKind
from backbone_core.errors import RuleBroken
from backbone_core.protocol.batch import ChangeOutcome
from backbone_core.records import to_fields
from backbone_desktop.services.claims import appraise, list_claims, open_claim, register_claim, save_claim_draft
from backbone_desktop.services.ports import UnitOfWork
from backbone_desktop.services.receipts import print_receipt, receipt_by_number
from backbone_desktop.services.registry import reveal_id_no
from tests.services.office_kit import HEAD_ID, ClaimMaker, Family, Office


def centre_took(work: UnitOfWork) -> None:
    """Everything that waited, so that what it brings from now on stands."""
    taken = [ChangeOutcome(seq=change.seq, outcome=Outcome.APPLIED, version=1) for change in work.outbox.waiting()]
    work.sync.mark_answered(taken, b"receipt", b"signature")


def strike_off(office: Office, family: Family) -> None:
    """The centre says that the household and its people are not in the register any more."""
    with office.desk.open() as work:
        centre_took(work)
        for kind, record in (
            (RecordKind.MEMBER, work.members.get(family.head_id)),
            (RecordKind.MEMBER, work.members.get(family.wife_id)),
            (RecordKind.HOUSEHOLD, work.households.get(family.saved.household_id)),
        ):
            assert record is not None
            work.sync.apply_state(kind, record.id, 9, {**to_fields(record), REMOVED: True})
        work.commit()


def test_a_claim_opens_and_its_receipt_prints(office: Office, family: Family, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    strike_off(office, family)
    view = open_claim(office.desk, taken.claim_id)
    assert (view.member.name, view.household.household_no) == ("测试甲", "5206250001")
    printed = print_receipt(office.desk, taken.claim_id, "pdf")
    assert (printed.member_name, printed.household_no) == ("测试甲", "5206250001")
    assert receipt_by_number(office.desk, taken.receipt_no).copy == 1
    assert reveal_id_no(office.desk, family.head_id) == HEAD_ID


def test_a_draft_opens_and_says_at_the_person_why_it_cannot_go_on(
    office: Office, family: Family, claim: ClaimMaker
) -> None:
    claim_id = save_claim_draft(office.desk, claim())
    strike_off(office, family)
    assert open_claim(office.desk, claim_id).member.name == "测试甲"
    draft = claim(claim_id=claim_id)
    assert ("member.unknown", "member_id") in {(one.code, one.field) for one in appraise(office.desk, draft).findings}
    with pytest.raises(RuleBroken, match=r"member\.unknown"):
        register_claim(office.desk, draft)


def test_a_claim_opens_before_its_person_has_come(office: Office, family: Family, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    with office.desk.open() as work:
        centre_took(work)
        stored = work.claims.get(taken.claim_id)
        assert stored is not None
        fields = {**to_fields(stored), "member_id": "somebody", "household_id": "somewhere"}
        work.sync.apply_state(RecordKind.CLAIM, taken.claim_id, 9, fields)
        work.commit()
    view = open_claim(office.desk, taken.claim_id)
    assert (view.member.id, view.member.name, view.household.id) == ("somebody", "", "somewhere")
    assert print_receipt(office.desk, taken.claim_id, "pdf").receipt_no == taken.receipt_no
    assert list_claims(office.desk).total == 1
