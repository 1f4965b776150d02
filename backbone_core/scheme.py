"""A county's versioned rules for one policy year, as its file says them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date

from backbone_core import scheme_reading as reading
from backbone_core.errors import Finding, RuleBroken, refuse_if_any
from backbone_core.scheme_json import Place, parse
from backbone_core.scheme_terms import (
    AttachBy,
    Bands,
    Base,
    Caps,
    Checks,
    Deductible,
    DocumentNeed,
    Eligibility,
    Exclusion,
    MinPayment,
    Need,
    Override,
    Rounding,
    SchemeStatus,
    Waiting,
)
from backbone_core.scheme_writing import written

__all__ = ["AttachBy", "DocumentNeed", "Need", "Scheme", "SchemeStatus", "example_for", "read_scheme",
           "scheme_digest", "write_scheme"]

SCHEMA = 1
"""The newest form of the file that this program reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """保障方案. (scheme_id, version) names it for ever; an approved one is never changed. Amounts in fen.

    `county` is a GB/T 2260 code. `effective_from` to `effective_to` is the insured period, both days included.
    `claim_deadline_days` counts from discharge (None = the scheme sets no limit). `signed_sha256` is the hash of the
    scan of the signed rules. `example` marks a scheme that no office may pay by.
    """

    schema: int
    scheme_id: str
    version: int
    status: SchemeStatus
    supersedes: int | None
    county: str
    policy_year: int
    policy_no: str
    insurer: str
    premium: int
    effective_from: date
    effective_to: date
    attach_by: AttachBy
    eligibility: Eligibility
    waiting: Waiting
    base: Base
    deductible: Deductible
    bands: Bands
    overrides: tuple[Override, ...]
    caps: Caps
    min_payment: MinPayment
    rounding: Rounding
    exclusions: tuple[Exclusion, ...]
    documents: tuple[DocumentNeed, ...]
    claim_deadline_days: int | None
    source_note: str
    signed_sha256: str
    title: str = ""
    example: bool = False
    checks: Checks = field(default_factory=Checks)

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the insured period."""
        return self.effective_from <= day <= self.effective_to


def read_scheme(text: str | bytes) -> Scheme:
    """Read a scheme file (JSON, UTF-8). Every section but "checks" must be there, and no unknown
    field may be.

    Raises one `RuleBroken` with a finding for every mistake; a finding's field is the place in the file
    ("bands.rows.0.ratio").
    """
    whole = parse(text)
    if isinstance(whole.get("schema"), int) and whole["schema"] > SCHEMA:
        raise RuleBroken("scheme.newer", "schema", known=SCHEMA)
    mistakes: list[Finding] = []
    scheme = _read(Place(whole, "", mistakes))
    refuse_if_any(mistakes)
    return scheme


def _read(place: Place) -> Scheme:
    with place.section("title", "example", "checks") as top:
        version = top["version"].whole(1, 9999)
        supersedes = None if top.null("supersedes") else top["supersedes"].whole(1, 9999)
        if not place.mistakes and supersedes is not None and supersedes >= version:
            top.wrong("supersedes", "scheme.supersedes")
        before = len(place.mistakes)
        policy_year = top["policy_year"].whole(2000, 2100)
        starts, ends = _period(top["effective"])
        if len(place.mistakes) == before and not starts.year <= policy_year <= ends.year:
            top.wrong("effective", "scheme.year_outside", year=policy_year)
        return Scheme(
            schema=top["schema"].whole(1, SCHEMA),
            scheme_id=top["scheme_id"].text(reading.SCHEME_ID),
            version=version,
            status=top["status"].choice(SchemeStatus),
            supersedes=supersedes,
            county=top["county"].text(reading.COUNTY),
            policy_year=policy_year,
            policy_no=top["policy_no"].text(filled=False),
            insurer=top["insurer"].text(filled=False),
            premium=top["premium"].amount(),
            effective_from=starts,
            effective_to=ends,
            attach_by=top["attach_by"].choice(AttachBy),
            eligibility=reading.eligibility(top["eligibility"]),
            waiting=reading.waiting(top["waiting"]),
            base=reading.base(top["base"]),
            deductible=reading.deductible(top["deductible"]),
            bands=reading.bands(top["bands"]),
            overrides=reading.overrides(top["overrides"]),
            caps=reading.caps(top["caps"]),
            min_payment=reading.min_payment(top["min_payment"]),
            rounding=reading.rounding(top["rounding"]),
            exclusions=reading.exclusions(top["exclusions"]),
            documents=reading.documents(top["documents"]),
            claim_deadline_days=None if top.null("claim_deadline_days") else top["claim_deadline_days"].whole(1, 3660),
            source_note=top["source_note"].text(most=2000, filled=False),
            signed_sha256=top["signed_sha256"].text(reading.SHA256, filled=False),
            title=top["title"].text(most=200, filled=False) if top.has("title") else "",
            example=top["example"].flag() if top.has("example") else False,
            checks=reading.checks(top["checks"]) if top.has("checks") else Checks(),
        )


def _period(place: Place) -> tuple[date, date]:
    with place.section() as section:
        starts, ends = section["from"].day(), section["to"].day()
        if date.min not in (starts, ends) and starts > ends:
            section.wrong("to", "scheme.order")
    return starts, ends


def write_scheme(scheme: Scheme) -> str:
    """The scheme as a file; `read_scheme` of it gives the same scheme."""
    return written(scheme)


def scheme_digest(scheme: Scheme) -> str:
    """SHA-256 (hex) of what the scheme says, however its file is laid out: two offices compare it at a glance."""
    return hashlib.sha256(written(scheme).encode()).hexdigest()


def example_for(example: Scheme, *, county: str, policy_year: int) -> Scheme:
    """One of the example schemes, made over for another county and calendar year (demo and tests only).

    Raises ValueError for a scheme that is not marked as an example.
    """
    if not example.example:
        raise ValueError("only an example may be made over")
    made_over = f"{example.scheme_id.removesuffix(f'-{example.county}-{example.policy_year}')}-{county}-{policy_year}"
    return replace(
        example,
        scheme_id=made_over,
        county=county,
        policy_year=policy_year,
        effective_from=date(policy_year, 1, 1),
        effective_to=date(policy_year, 12, 31),
        title=example.title.replace(str(example.policy_year), str(policy_year)),
        policy_no=example.policy_no.replace(str(example.policy_year), str(policy_year)),
    )
