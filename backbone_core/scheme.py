"""A county's versioned rules for one policy year, as its file says them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backbone_core.scheme_terms import (
    AttachBy,
    Bands,
    Base,
    Caps,
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

__all__ = ["AttachBy", "DocumentNeed", "Need", "Scheme", "SchemeStatus", "example_for", "read_scheme", "write_scheme"]


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

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the insured period."""
        return self.effective_from <= day <= self.effective_to


def read_scheme(text: str | bytes) -> Scheme:
    """Read a scheme file (JSON, UTF-8). Nothing is assumed: every section must be there, and no unknown field may be.

    Raises one `RuleBroken` with a finding for every mistake; a finding's field is the place in the file
    ("bands.rows.0.ratio").
    """
    raise NotImplementedError


def write_scheme(scheme: Scheme) -> str:
    """The scheme as a file; `read_scheme` of it gives the same scheme."""
    raise NotImplementedError


def example_for(example: Scheme, *, county: str, policy_year: int) -> Scheme:
    """One of the example schemes, made over for another county and calendar year (demo and tests only).

    Raises ValueError for a scheme that is not marked as an example.
    """
    raise NotImplementedError
