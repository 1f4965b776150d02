"""Records to rows and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, RowMapping

from backbone_core.benefit import TraceStep
from backbone_core.change import REMOVED, RecordKind
from backbone_core.claim import Claim, Costs, Document
from backbone_core.claim_step import ClaimStep
from backbone_core.comparison import Comparison
from backbone_core.decision import Decision, Payment, Reason, RejectCode
from backbone_core.enrolment import Enrolment
from backbone_core.household import Household, Member
from backbone_core.household_act import ActPerson, HouseholdAct
from backbone_core.records import to_fields
from backbone_desktop.services.ports import Record
from backbone_desktop.store.tables import SYNCED

RecordT = TypeVar("RecordT", Household, Member, Enrolment, Comparison, Payment)

_PLAIN: Mapping[
    RecordKind, type[Household | Member | Enrolment | Comparison | ClaimStep | HouseholdAct | Decision | Payment]
] = {
    RecordKind.HOUSEHOLD: Household,
    RecordKind.MEMBER: Member,
    RecordKind.ENROLMENT: Enrolment,
    RecordKind.COMPARISON: Comparison,
    RecordKind.CLAIM_STEP: ClaimStep,
    RecordKind.HOUSEHOLD_ACT: HouseholdAct,
    RecordKind.DECISION: Decision,
    RecordKind.PAYMENT: Payment,
}
_NAMES = {record_type: tuple(part.name for part in fields(record_type)) for record_type in _PLAIN.values()}
_COSTS = tuple(cost.name for cost in fields(Costs))
_CLAIM = tuple(part.name for part in fields(Claim) if part.name not in {"costs", "documents", "trace"})


def columns(kind: RecordKind) -> tuple[ColumnElement[Any], ...]:
    """The columns that hold the record itself, in the order of its fields."""
    table = SYNCED[kind]
    names = (*_CLAIM, *_COSTS, "documents", "trace") if kind is RecordKind.CLAIM else _NAMES[_PLAIN[kind]]
    return tuple(table.c[name] for name in names)


def plain(record_type: type[RecordT], row: RowMapping | Mapping[str, Any]) -> RecordT:
    return record_type(**{name: row[name] for name in _NAMES[record_type]})


def of_columns(record_type: type[RecordT], row: Sequence[Any]) -> RecordT:
    """The record from the values of `columns`: for thousands, which are not looked up name by name."""
    return record_type(**dict(zip(_NAMES[record_type], row, strict=True)))


def claim_of(row: RowMapping | Mapping[str, Any]) -> Claim:
    return Claim(
        **{name: row[name] for name in _CLAIM},
        costs=Costs(**{name: row[name] for name in _COSTS}),
        documents=tuple(Document(code=code, handed_in=handed_in) for code, handed_in in row["documents"]),
        trace=tuple(TraceStep(code=code, facts=facts, result=result) for code, facts, result in row["trace"]),
    )


def act_of(row: RowMapping | Mapping[str, Any]) -> HouseholdAct:
    people = tuple(
        ActPerson(member_id=member_id, name=name, before=before, after=after)
        for member_id, name, before, after in row["people"]
    )
    values = {part.name: row[part.name] for part in fields(HouseholdAct)}
    return HouseholdAct(**{**values, "people": people})


def step_of(row: RowMapping | Mapping[str, Any]) -> ClaimStep:
    values = {part.name: row[part.name] for part in fields(ClaimStep)}
    return ClaimStep(**{**values, "papers": tuple(row["papers"])})


def decision_of(row: RowMapping | Mapping[str, Any]) -> Decision:
    values = {part.name: row[part.name] for part in fields(Decision)}
    reasons = tuple(Reason(code=RejectCode(code), text=text) for code, text in row["reasons"])
    return Decision(**{**values, "reasons": reasons})


def record_of(kind: RecordKind, row: RowMapping | Mapping[str, Any]) -> Record:
    if kind is RecordKind.CLAIM:
        return claim_of(row)
    if kind is RecordKind.HOUSEHOLD_ACT:
        return act_of(row)
    if kind is RecordKind.DECISION:
        return decision_of(row)
    if kind is RecordKind.CLAIM_STEP:
        return step_of(row)
    record_type: type[Any] = _PLAIN[kind]
    return cast(Record, plain(record_type, row))


def values_of(record: Record) -> dict[str, Any]:
    """The record's columns and what goes into them."""
    if not isinstance(record, Claim):
        values = {part.name: getattr(record, part.name) for part in fields(record)}
        if isinstance(record, HouseholdAct):
            values["people"] = [[one.member_id, one.name, one.before, one.after] for one in record.people]
        elif isinstance(record, ClaimStep):
            values["papers"] = list(record.papers)
        elif isinstance(record, Decision):
            values["reasons"] = [[reason.code.value, reason.text] for reason in record.reasons]
        return values
    return {
        **{name: getattr(record, name) for name in _CLAIM},
        **{name: getattr(record.costs, name) for name in _COSTS},
        "documents": [[document.code, document.handed_in] for document in record.documents],
        "trace": [[step.code, step.facts, step.result] for step in record.trace],
    }


def state_of(kind: RecordKind, row: RowMapping | Mapping[str, Any]) -> dict[str, Any]:
    """What the row holds as plain fields, with the fields of later versions and the tombstone's mark."""
    state = {**(row["extra"] or {}), **to_fields(record_of(kind, row))}
    if row["removed_at"] is not None:
        state[REMOVED] = True
    return state
