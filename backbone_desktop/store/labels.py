"""What lists of changes call a record: a receipt or household number, never a person."""

from __future__ import annotations

from sqlalchemy import Connection, select

from backbone_core.change import RecordKind
from backbone_desktop.store.tables import (
    claim,
    claim_step,
    comparison,
    decision,
    enrolment,
    household,
    household_act,
    member,
    payment,
)


def label_of(connection: Connection, kind: RecordKind | str, record_id: str) -> str:
    """The claim's receipt number, else the number of the household that the record belongs to; "" for neither."""
    if kind == RecordKind.CLAIM:
        receipt_no = connection.scalar(select(claim.c.receipt_no).where(claim.c.id == record_id))
        if receipt_no:
            return str(receipt_no)
    for made_of in (claim_step, decision, payment):
        if kind == made_of.name:
            claim_id = connection.scalar(select(made_of.c.claim_id).where(made_of.c.id == record_id))
            return label_of(connection, RecordKind.CLAIM, claim_id or "")
    number = select(household.c.household_no)
    if kind == RecordKind.HOUSEHOLD:
        number = number.where(household.c.id == record_id)
    elif kind == RecordKind.MEMBER:
        number = number.join(member, member.c.household_id == household.c.id).where(member.c.id == record_id)
    elif kind == RecordKind.CLAIM:
        number = number.join(claim, claim.c.household_id == household.c.id).where(claim.c.id == record_id)
    elif kind == RecordKind.ENROLMENT:
        number = (
            number.join(member, member.c.household_id == household.c.id)
            .join(enrolment, enrolment.c.member_id == member.c.id).where(enrolment.c.id == record_id)
        )
    elif kind == RecordKind.COMPARISON:
        number = (
            number.join(member, member.c.household_id == household.c.id)
            .join(comparison, comparison.c.member_id == member.c.id).where(comparison.c.id == record_id)
        )
    elif kind == RecordKind.HOUSEHOLD_ACT:
        number = (number.join(household_act, household_act.c.household_id == household.c.id)
                  .where(household_act.c.id == record_id))
    else:
        return ""
    return str(connection.scalar(number) or "")
