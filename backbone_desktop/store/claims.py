"""Claims as they are opened and as lists show them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, literal_column, or_, select

from backbone_core.change import RecordKind
from backbone_core.claim import Claim, missing_documents
from backbone_desktop.services.matched import Match, MatchedField
from backbone_desktop.services.rows import ClaimRow, Page
from backbone_desktop.store.decisions import AMOUNT
from backbone_desktop.store.duplicates import merged_from
from backbone_desktop.store.mapping import claim_of, columns
from backbone_desktop.store.matches import row_match
from backbone_desktop.store.schemes import StoredSchemes
from backbone_desktop.store.search import CAP, FoundBy, Hit, member_conditions, starting_with
from backbone_desktop.store.search_key import Typed
from backbone_desktop.store.statuses import Statuses
from backbone_desktop.store.tables import claim, household, member, spelling

_LIVE = claim.c.removed_at.is_(None)
_RUNNING_DIGITS = 6
_WITHOUT_DASHES = re.compile(r"([0-9]{6})([0-9]{4})([A-Z][0-9]{2})([0-9]{0,6})(?:(?<=[0-9]{6})([0-9A-Z]))?")


class StoredClaims:
    """`services.ports.ClaimRepository`."""

    def __init__(self, connection: Connection, schemes: StoredSchemes) -> None:
        self._connection = connection
        self._schemes = schemes

    def get(self, claim_id: str) -> Claim | None:
        return next(iter(self._claims(claim.c.id == claim_id)), None)

    def by_receipt(self, receipt_no: str) -> Claim | None:
        return next(iter(self._claims(claim.c.receipt_no == receipt_no)), None) if receipt_no else None

    def by_invoice(self, invoice_no: str) -> tuple[Claim, ...]:
        return self._claims(claim.c.invoice_no == invoice_no) if invoice_no else ()

    def of_member(self, member_id: str, policy_year: int | None = None) -> tuple[Claim, ...]:
        return self._claims(*_of_member(member_id, policy_year))

    def of_person(self, member_id: str, policy_year: int | None = None) -> tuple[Claim, ...]:
        number = select(member.c.id_no).where(member.c.id == member_id, member.c.id_no != "").scalar_subquery()
        same = or_(claim.c.member_id.in_([member_id, *merged_from(self._connection, member_id)]),
                   claim.c.member_id.in_(select(member.c.id).where(member.c.id_no == number)))
        return self._claims(same, *([] if policy_year is None else [claim.c.policy_year == policy_year]))

    def of_household(self, household_id: str) -> tuple[Claim, ...]:
        return self._claims(_of_household(household_id))

    def _claims(self, *conditions: ColumnElement[bool]) -> tuple[Claim, ...]:
        rows = self._connection.execute(
            select(*columns(RecordKind.CLAIM)).where(*conditions, _LIVE)
            .order_by(func.coalesce(claim.c.admitted, "9999"), claim.c.id)
        ).mappings()
        return tuple(claim_of(row) for row in rows)

    def counts(self) -> Mapping[str, int]:
        rows = self._connection.execute(
            select(claim.c.state, func.count()).where(_LIVE).group_by(claim.c.state)
        )
        return {str(state): count for state, count in rows}

    def received_since(self, moment: datetime) -> int:
        return int(self._connection.scalar(
            select(func.count()).select_from(claim).where(claim.c.received_at >= moment, _LIVE)) or 0)

    # --- lists

    def rows_of_member(self, member_id: str, policy_year: int | None = None) -> tuple[ClaimRow, ...]:
        found = _listed().where(*_of_member(member_id, policy_year))
        return self._rows(found.order_by(func.coalesce(claim.c.admitted, "9999"), claim.c.id))

    def rows_of_household(self, household_id: str) -> tuple[ClaimRow, ...]:
        return self._rows(_listed().where(_of_household(household_id)).order_by(claim.c.id.desc()))

    def page(self, typed: str, state: str, after: str | None, limit: int) -> Page[ClaimRow]:
        """Newest first: a claim's id begins with the moment at which it was made."""
        wanted = [claim.c.state == state] if state else []
        if typed.strip():
            wanted.append(or_(*typed_conditions(typed)))
        found = _listed().where(*wanted).order_by(claim.c.id.desc())
        rows = self._rows((found if after is None else found.where(claim.c.id < after)).limit(limit + 1),
                          Typed.read(typed))
        counted = (
            select(claim.c.id).join_from(claim, member, member.c.id == claim.c.member_id, isouter=True)
            .join(household, household.c.id == claim.c.household_id, isouter=True)
            .where(_LIVE, *wanted).limit(CAP).subquery()
        )
        total = self._connection.scalar(select(func.count()).select_from(counted))
        shown = rows[:limit]
        return Page(shown, shown[-1].id if len(rows) > limit else None, int(total or 0))

    def rows_of(self, claim_ids: Sequence[str], typed: Typed | None = None) -> tuple[ClaimRow, ...]:
        """As lists show them, in no particular order; `typed` is what they were found by."""
        return self._rows(_listed().where(claim.c.id.in_(claim_ids)), typed)

    def _rows(self, found: Select[Any], typed: Typed | None = None) -> tuple[ClaimRow, ...]:
        rows = self._connection.execute(found).mappings().all()
        key = typed if typed is not None and typed.text else None
        spelt = self._spellings(key, [row["member_id"] for row in rows]) if key is not None and key.letters else {}
        statuses = Statuses(self._connection).of([row["id"] for row in rows])
        return tuple(
            ClaimRow(
                id=row["id"], receipt_no=row["receipt_no"], state=row["state"], member_name=row["name"] or "",
                id_no=row["id_no"] or "", township=row["township"] or "", village=row["village"] or "",
                hospital=row["hospital"], admitted=row["admitted"], discharged=row["discharged"],
                total=row["medfee_sumamt"], benefit=row["amount"], missing_documents=self._missing(row),
                status=statuses[row["id"]], changed_at=row["changed_at"],
                match=None if key is None else _match(key, row, spelt.get(row["member_id"], "")),
            )
            for row in rows
        )

    def _spellings(self, key: Typed, member_ids: Sequence[str]) -> dict[str, str]:
        """The spelling of each patient that the letters begin, "pinyin initials"."""
        return {member_id: f"{pinyin} {initials}" for member_id, pinyin, initials in self._connection.execute(
            select(spelling.c.member_id, spelling.c.pinyin, spelling.c.initials).where(
                spelling.c.member_id.in_(member_ids), or_(starting_with(spelling.c.pinyin, key.letters),
                                                          starting_with(spelling.c.initials, key.letters))))}

    def _missing(self, row: RowMapping) -> int:
        """How many papers that the claim's scheme asks for do not lie on the counter."""
        one = claim_of(row)
        scheme = self._schemes.get(one.scheme_id, one.scheme_version) if one.scheme_id else None
        if scheme is None:
            return sum(not document.handed_in for document in one.documents)
        return len(missing_documents(one, scheme))


def _of_member(member_id: str, policy_year: int | None) -> list[ColumnElement[bool]]:
    year = [] if policy_year is None else [claim.c.policy_year == policy_year]
    return [claim.c.member_id == member_id, *year]


def _of_household(household_id: str) -> ColumnElement[bool]:
    """What was claimed for the household, and what those claimed before who came to it since."""
    people = select(member.c.id).where(member.c.household_id == household_id)
    return or_(claim.c.household_id == household_id, claim.c.member_id.in_(people))


def _listed() -> Select[Any]:
    return (
        select(claim, AMOUNT.label("amount"), member.c.name, member.c.id_no, member.c.phone, household.c.township,
               household.c.village)
        .join_from(claim, member, member.c.id == claim.c.member_id, isouter=True)
        .join(household, household.c.id == claim.c.household_id, isouter=True)
        .where(_LIVE)
    )


def _match(key: Typed, row: RowMapping, spelt: str) -> Match | None:
    """What a claim was found by, its receipt number first; the household's number is on no list of claims."""
    receipt_no, begun = row["receipt_no"], _receipt_key(key.text.upper())
    if receipt_no.startswith(begun):
        return Match(MatchedField.RECEIPT_NO, 0, len(begun))
    if _in_running_number(key) and receipt_no[-8:-2] == key.number.zfill(_RUNNING_DIGITS):
        return Match(MatchedField.RECEIPT_NO, len(receipt_no) - 2 - len(key.number), len(key.number))
    return row_match(FoundBy(key, Hit("", "", spelt=spelt)), {
        MatchedField.NAME: row["name"] or "", MatchedField.ID_NO: row["id_no"] or "",
        MatchedField.TOWNSHIP: row["township"] or "", MatchedField.VILLAGE: row["village"] or "",
    }, row["phone"] or "")


def _in_running_number(key: Typed) -> bool:
    return key.number.isdigit() and len(key.number) <= _RUNNING_DIGITS


def _running_number() -> ColumnElement[str]:
    """The running number in "520625-2019-A03-000123-C", written as the index on it is."""
    return func.substr(claim.c.receipt_no, literal_column("-8"), literal_column(str(_RUNNING_DIGITS)))


def _receipt_key(typed: str) -> str:
    """A receipt number, or its beginning, as it is stored: typed without dashes, or read whole from the QR code."""
    parts = typed.split(":")
    if len(parts) > 1 and parts[0] == "BB1":
        return parts[1]
    found = _WITHOUT_DASHES.fullmatch(typed)
    return "-".join(part for part in found.groups() if part) if found else typed


def typed_conditions(typed: str) -> list[ColumnElement[bool]]:
    """A claim answers to its receipt number, the running number in it, its household's number or village, its member.

    The claims are gone through newest first until the page is full; a county has some thousands of them.
    """
    key = Typed.read(typed)
    conditions = [*member_conditions(key), starting_with(claim.c.receipt_no, _receipt_key(key.text.upper()))]
    if key.text.isascii():
        conditions.append(starting_with(household.c.household_no, key.text.upper()))
    elif key.text:
        conditions.append(starting_with(household.c.village, key.text))
    if _in_running_number(key):
        conditions.append(_running_number() == key.number.zfill(_RUNNING_DIGITS))
    return conditions
