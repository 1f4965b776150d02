"""Every text of the store that may stand on a paper, for the check of the fonts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Text, case, cast, literal, select

from backbone_desktop.services.printed_ports import PrintedRow, Source
from backbone_desktop.store.tables import (
    account,
    claim,
    decision,
    household,
    member,
    office,
    payment,
    reference_entry,
    reference_place,
)

Where = tuple[FromClause, ColumnElement[Any], ColumnElement[Any], Sequence[ColumnElement[Any]], ColumnElement[bool]]
_CLAIM_NUMBER = case((claim.c.receipt_no != "", claim.c.receipt_no), else_=claim.c.id)
_HOLDER = ("bank_name", "account_holder")


def _columns(table: FromClause, *names: str) -> list[ColumnElement[Any]]:
    return [table.c[name] for name in names]


SOURCES: dict[Source, Where] = {
    Source.OFFICE: (office, cast(office.c.only, Text), office.c.county,
                    _columns(office, "county_name", "office", "township"), literal(True)),
    Source.ACCOUNT: (account, account.c.id, account.c.name, _columns(account, "display_name"), literal(True)),
    Source.HOUSEHOLD: (household, household.c.id, household.c.household_no,
                       _columns(household, "township", "village", "group", "address"),
                       household.c.removed_at.is_(None)),
    Source.MEMBER: (member.join(household, household.c.id == member.c.household_id), member.c.id,
                    household.c.household_no, _columns(member, "name", "relation", "ethnic", *_HOLDER),
                    member.c.removed_at.is_(None)),
    Source.CLAIM: (claim, claim.c.id, _CLAIM_NUMBER, _columns(claim, "hospital", "diagnosis", "remarks", *_HOLDER),
                   claim.c.removed_at.is_(None)),
    Source.DECISION: (decision.join(claim, claim.c.id == decision.c.claim_id), decision.c.id, _CLAIM_NUMBER,
                      _columns(decision, "insurer", "remark"), decision.c.removed_at.is_(None)),
    Source.PAYMENT: (payment.join(claim, claim.c.id == payment.c.claim_id), payment.c.id, _CLAIM_NUMBER,
                     _columns(payment, *_HOLDER, "failure_text"), payment.c.removed_at.is_(None)),
    Source.PLACE: (reference_place, reference_place.c.county + reference_place.c.code, reference_place.c.code,
                   _columns(reference_place, "name"), literal(True)),
    Source.ENTRY: (reference_entry, cast(reference_entry.c.id + 10**12, Text), reference_entry.c.code,
                   _columns(reference_entry, "name"), literal(True)),
}
"""From where, the key that orders the rows, the number that tells one, its texts, and which rows count."""


class StoredPrintedTexts:
    """`services.printed_ports.PrintedTexts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def some(self, source: Source, after: str, limit: int) -> tuple[PrintedRow, ...]:
        where, key, number, texts, counts = SOURCES[source]
        wanted = (select(key, number, *texts).select_from(where).where(counts, key > after).order_by(key)
                  .limit(limit))
        fields = [str(text.key) for text in texts]
        return tuple(PrintedRow(row[0], row[1], dict(zip(fields, row[2:], strict=True)))
                     for row in self._connection.execute(wanted))
