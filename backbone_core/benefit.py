"""What the scheme pays for a claim, worked out step by step so that it can be read aloud to the family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from backbone_core.costs import Costs
from backbone_core.household import PovertyType
from backbone_core.scheme import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """One step: `code` names the sentence, `facts` fill it in (amounts in fen end in `_fen`), `result` is in fen."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)
    result: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """赔付金额 in fen, and how it came about; `trace[-1].result == amount`.

    `base` (claimable cost), `deductible_used` (what of the deductible this stay used up) and `disease` (ICD-10
    category) are what later stays of the year need to know; `year_so_far` sums them up.
    """

    amount: int
    trace: tuple[TraceStep, ...]
    base: int = 0
    deductible_used: int = 0
    disease: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """What of a claim decides the benefit."""

    costs: Costs
    case_type: str = "inpatient"
    hospital_level: str = ""
    designated: bool = True
    icd10: str = ""
    poverty_type: PovertyType = PovertyType.ORDINARY
    cause: str = "illness"
    admitted: date | None = None
    discharged: date | None = None
    settled: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiseaseSoFar:
    """Earlier stays of the year for one disease, in fen."""

    base: int = 0
    deductible_met: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSoFar:
    """What the person's earlier stays of the policy year came to, in fen.

    `pool_paid` is what the county has paid to everybody; None where that is not known, as on a desktop.
    """

    base: int = 0
    deductible_met: int = 0
    paid: int = 0
    diseases: Mapping[str, DiseaseSoFar] = field(default_factory=dict)
    pool_paid: int | None = None


def year_so_far(benefits: Iterable[Benefit]) -> YearSoFar:
    """Sum up the benefits of the earlier stays."""
    raise NotImplementedError


def work_out(scheme: Scheme, stay: Stay, so_far: YearSoFar | None = None) -> Benefit:
    """Work out what `scheme` pays for `stay` after the earlier stays of the year."""
    raise NotImplementedError


def work_out_year(scheme: Scheme, stays: Iterable[Stay]) -> tuple[Benefit, ...]:
    """The benefits of a person's stays of one policy year, in the order in which they count."""
    raise NotImplementedError
