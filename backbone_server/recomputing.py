"""Works every benefit out anew with the rules that the counters use, and asks a person where the amounts differ.

A counter knows what reached it. The server knows the county: every stay of the year, whoever took it in, and what the
county's ceiling has left. Where no scheme is known, nothing is judged.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from backbone_core.benefit import Benefit, work_out, year_so_far
from backbone_core.benefit_stated import stated_benefit
from backbone_core.change import REMOVED, RecordKind, Review, microseconds
from backbone_core.claim import Claim, stay_of
from backbone_core.claim_checks import NOT_COUNTED
from backbone_core.decision import DecisionOutcome, decision_id
from backbone_core.household import PovertyType
from backbone_core.records import LARGEST, from_fields
from backbone_core.scheme import Scheme, read_scheme, scheme_digest
from backbone_server.ledger import SERVER, Held, Ledger, in_chunks
from backbone_server.marks import bearers_of
from backbone_server.store.tables import records, schemes

Order = tuple[int, str]
DIFFERS = "review.benefit_differs"
_REVIEWS = uuid.UUID("6b0c0e0a-8f5e-5b0e-9d0c-2f1d5c1b7a52")
_OF_NO_WEIGHT = frozenset({"hospital", "diagnosis", "invoice_no", "documents", "bank_name", "bank_account",
                           "account_holder", "remarks", "content_hash", "signature", "received_by", "state"})


class Decided(NamedTuple):
    """What the insurer answered; a refusal takes nothing from the year. `amount` in fen."""

    refused: bool
    amount: int


@dataclass(frozen=True, slots=True)
class Judged:
    """How many claims were worked out anew, and how many of them came to something else."""

    judged: int = 0
    differing: int = 0


@dataclass(frozen=True, slots=True)
class Touched:
    """Claims of an intake before it: where what weighs is as it was, nothing is worked out anew."""

    before: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def note(self, held: Held, before: Mapping[str, Any]) -> None:
        if held.kind is RecordKind.CLAIM:
            self.before.setdefault(held.record_id, before)

    def weighing(self, ledger: Ledger) -> list[str]:
        """Ids of those that take otherwise from their year now."""
        now = {claim_id: ledger.get(RecordKind.CLAIM, claim_id) for claim_id in self.before}
        return [claim_id for claim_id, held in now.items()
                if held is not None and _weight(held.fields) != _weight(self.before[claim_id])]


def _weight(fields: Mapping[str, Any]) -> dict[str, Any]:
    if not fields or fields.get(REMOVED) or fields.get("state") in NOT_COUNTED:
        return {}
    return {name: value for name, value in fields.items() if name not in _OF_NO_WEIGHT}


def claims_under(connection: Connection, scheme: Scheme) -> list[str]:
    """Ids of the county's claims that bear this version of the scheme."""
    query = select(records.c.record_id, records.c.fields).where(
        records.c.county == scheme.county, records.c.kind == RecordKind.CLAIM.value, records.c.removed.is_(False))
    named = (scheme.scheme_id, scheme.version)
    return [row.record_id for row in connection.execute(query)
            if _named(msgspec.msgpack.decode(row.fields)) == named]


def _named(fields: Mapping[str, Any]) -> tuple[Any, Any]:
    return fields.get("scheme_id"), fields.get("scheme_version")


class Recomputing:
    """One county's claims in one transaction; what was changed must have been written before."""

    def __init__(self, connection: Connection, ledger: Ledger, county: str, now: datetime) -> None:
        self._connection = connection
        self._ledger = ledger
        self._county = county
        self._now = now
        self._schemes: dict[tuple[str, int], Scheme | None] = {}
        self._pools: dict[int, list[tuple[Order, int]]] = {}

    def judge(self, claim_ids: Iterable[str]) -> Judged:
        """Work out these claims and the same people's later ones of the same policy year."""
        touched = [claim for claim_id in claim_ids if (claim := self._claim(claim_id)) is not None]
        people = self._people({claim.member_id for claim in touched})
        by_year: dict[tuple[frozenset[str], int], Order] = {}
        for claim in touched:
            key = (people[claim.member_id], claim.policy_year)
            by_year[key] = min(_order(claim), by_year.get(key, _order(claim)))
        claims = self._claims_of({member for person, _ in by_year for member in person})
        self._ledger.fetch((RecordKind.DECISION, decision_id(claim.id, one)) for claim in claims for one in (1, 2))
        counted = Judged()
        for (person, year), since in by_year.items():
            of_year = sorted((claim for claim in claims if claim.member_id in person and claim.policy_year == year),
                             key=_order)
            counted = self._year(of_year, since, counted)
        for claim in touched:
            if claim.state in NOT_COUNTED:
                self._close(claim.id)
        return counted

    def _year(self, of_year: list[Claim], since: Order, counted: Judged) -> Judged:
        earlier: list[Benefit] = []
        for claim in of_year:
            scheme, decided = self._scheme(claim), self._decided(claim)
            if claim.state in NOT_COUNTED or claim.benefit is None:
                continue
            own = None if scheme is None else self._worked_out(scheme, claim, earlier)
            if decided is not None:
                self._close(claim.id)
            elif own is not None and scheme is not None and _order(claim) >= since:
                differs = _differs(claim, own)
                self._say(claim, scheme, own) if differs else self._close(claim.id)
                counted = Judged(counted.judged + 1, counted.differing + differs)
            if decided is None or not decided.refused:
                amount = claim.benefit if decided is None else decided.amount
                stated = stated_benefit(amount, claim.trace, claim.icd10)
                earlier.append(stated or replace(own or Benefit(amount=0, trace=()), amount=amount))
        return counted

    def _worked_out(self, scheme: Scheme, claim: Claim, earlier: list[Benefit]) -> Benefit:
        so_far = year_so_far(earlier)
        if scheme.caps.pool is not None:
            so_far = replace(so_far, pool_paid=self._pool_before(claim))
        household = self._ledger.get(RecordKind.HOUSEHOLD, claim.household_id)
        poverty = PovertyType(household.fields["poverty_type"]) if household else PovertyType.ORDINARY
        return work_out(scheme, stay_of(claim, poverty), so_far)

    # --- what the store says

    def _claim(self, claim_id: str) -> Claim | None:
        held = self._ledger.get(RecordKind.CLAIM, claim_id)
        return None if held is None or held.removed else _read(claim_id, held.fields)

    def _people(self, member_ids: set[str]) -> dict[str, frozenset[str]]:
        """Everybody under whose id a person's claims may stand: those who bear the same ID number, here or no more."""
        self._ledger.fetch((RecordKind.MEMBER, one) for one in member_ids)
        numbers = {one: str(held.fields.get("id_no", "")) for one in member_ids
                   if (held := self._ledger.get(RecordKind.MEMBER, one)) is not None}
        wanted = [number for number in set(numbers.values()) if number]
        known = [bearers_of(self._connection, self._county, RecordKind.MEMBER, name, wanted)
                 for name in ("id_no", "left_id_no")]
        return {one: frozenset({one, *(other for bearers in known for other in bearers.get(numbers.get(one, ""), ()))})
                for one in member_ids}

    def _claims_of(self, member_ids: set[str]) -> list[Claim]:
        found = []
        for some in in_chunks(sorted(member_ids)):
            rows = self._connection.execute(select(records.c.record_id, records.c.fields).where(
                records.c.county == self._county, records.c.member_id.in_(some),
                records.c.kind == RecordKind.CLAIM.value, records.c.removed.is_(False)))
            found += [_read(row.record_id, msgspec.msgpack.decode(row.fields)) for row in rows]
        self._ledger.fetch((RecordKind.HOUSEHOLD, claim.household_id) for claim in found)
        return found

    def _scheme(self, claim: Claim) -> Scheme | None:
        key = (claim.scheme_id, claim.scheme_version)
        if key not in self._schemes:
            text = self._connection.scalar(select(schemes.c.text).where(
                schemes.c.county == self._county, schemes.c.scheme_id == key[0], schemes.c.version == key[1]))
            self._schemes[key] = None if text is None else read_scheme(text)
        return self._schemes[key]

    def _decided(self, claim: Claim) -> Decided | None:
        """By the decision that stands: the last one, where there was an objection."""
        found, number = None, 1
        while (held := self._ledger.get(RecordKind.DECISION, decision_id(claim.id, number))) is not None:
            found, number = _decision(held.fields), number + 1
        return found

    def _pool_before(self, claim: Claim) -> int:
        """What the county has promised or paid in the policy year for claims that were taken in before this one."""
        year = claim.policy_year
        if year not in self._pools:
            self._pools[year] = list(self._amounts(year))
        return sum(amount for order, amount in self._pools[year] if order < _order(claim))

    def _amounts(self, year: int) -> Iterable[tuple[Order, int]]:
        kinds = (RecordKind.CLAIM.value, RecordKind.DECISION.value)
        rows = self._connection.execute(select(records.c.kind, records.c.record_id, records.c.fields).where(
            records.c.county == self._county, records.c.kind.in_(kinds), records.c.removed.is_(False))).all()
        answers = [msgspec.msgpack.decode(row.fields) for row in rows if row.kind == RecordKind.DECISION.value]
        decided = {one["claim_id"]: _decision(one) for one in sorted(answers, key=lambda one: str(one["decided_on"]))}
        for row in rows:
            fields = msgspec.msgpack.decode(row.fields) if row.kind == RecordKind.CLAIM.value else {}
            if fields.get("policy_year") == year and fields["state"] not in NOT_COUNTED:
                decision = decided.get(row.record_id)
                amount = (fields["benefit"] or 0) if decision is None else 0 if decision.refused else decision.amount
                yield _order(_read(row.record_id, fields)), amount

    # --- what a person is asked

    def _say(self, claim: Claim, scheme: Scheme, own: Benefit) -> None:
        """One review a claim; one that a person has closed opens again only where something else is found."""
        said = {
            "benefit": {"base": None, "kept": claim.benefit, "other": own.amount},
            "trace": {"base": None, "kept": _plain(claim.trace), "other": _plain(own.trace)},
            "scheme": {"base": None, "kept": f"{scheme.scheme_id}/{scheme.version}", "other": scheme_digest(scheme)},
        }
        held = self._ledger.get(RecordKind.REVIEW, review_id(claim.id))
        if held is not None:
            if held.fields.get("fields") != said:
                self._ledger.put(held, SERVER, {"fields": said, "open": True})
            return
        about = self._ledger.get(RecordKind.CLAIM, claim.id)
        if about is not None:
            review = Review(id=review_id(claim.id), code=DIFFERS, kind=RecordKind.CLAIM, record_id=claim.id,
                            opened_at=self._now, fields=said, act="recompute")
            self._ledger.open_review(review, about)

    def _close(self, claim_id: str) -> None:
        held = self._ledger.get(RecordKind.REVIEW, review_id(claim_id))
        if held is not None and held.fields.get("open"):
            self._ledger.put(held, SERVER, {"open": False})


def review_id(claim_id: str) -> str:
    """The id follows from the claim: what is found twice is asked once."""
    return str(uuid.uuid5(_REVIEWS, claim_id))


def _order(claim: Claim) -> Order:
    """In the order in which claims were taken in, as every counter counts them."""
    return (LARGEST if claim.received_at is None else microseconds(claim.received_at), claim.id)


def _differs(claim: Claim, own: Benefit) -> bool:
    """Another amount, or another cost or part of the deductible, by which the stays after it are counted."""
    stated = stated_benefit(claim.benefit or 0, claim.trace, claim.icd10)
    if stated is None:
        return claim.benefit != own.amount
    return (stated.amount, stated.base, stated.deductible_used) != (own.amount, own.base, own.deductible_used)


def _decision(fields: Mapping[str, Any]) -> Decided:
    return Decided(refused=fields["outcome"] == DecisionOutcome.REFUSED, amount=int(fields["amount"]))


def _read(claim_id: str, fields: Mapping[str, Any]) -> Claim:
    claim = from_fields(RecordKind.CLAIM, claim_id, fields)
    assert isinstance(claim, Claim)
    return claim


def _plain(trace: Iterable[Any]) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(step) for step in trace]
