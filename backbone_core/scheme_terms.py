"""The terms that a scheme is made of, one value a section of its file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from backbone_core.household import PovertyType


class SchemeStatus(StrEnum):
    DRAFT = "draft"  # 拟定
    APPROVED = "approved"  # 已批准, never changed again
    WITHDRAWN = "withdrawn"  # 停用


class AttachBy(StrEnum):
    """Which day of a stay decides the policy year it belongs to."""

    ADMISSION = "admission"
    DISCHARGE = "discharge"
    SETTLEMENT = "settlement"


class AgeAt(StrEnum):
    """On which day the age is counted."""

    POLICY_START = "policy_start"
    ADMISSION = "admission"


class Waiver(StrEnum):
    """What spares a person the waiting period."""

    ACCIDENT = "accident"
    RENEWAL = "renewal"


class CaseType(StrEnum):
    INPATIENT = "inpatient"  # 住院
    CHRONIC = "chronic"  # 门诊慢特病
    OUTPATIENT = "outpatient"  # 普通门诊


class Per(StrEnum):
    """Over what a deductible is counted, and over which the bands run on."""

    YEAR = "year"
    ADMISSION = "admission"
    PERSON_DISEASE = "person_disease"


class Measure(StrEnum):
    """Which amount the bands' limits are compared with."""

    AFTER_DEDUCTIBLE = "after_deductible"
    BEFORE_DEDUCTIBLE = "before_deductible"


class BandMode(StrEnum):
    MARGINAL = "marginal"
    """Each part of the amount at the ratio of the band it lies in."""
    WHOLE = "whole"
    """All of it at the ratio of the band that the amount reaches."""


class MinAction(StrEnum):
    """What becomes of a benefit below the least payment."""

    ZERO = "zero"
    RAISE = "raise"


class RoundingMode(StrEnum):
    HALF_UP = "HALF_UP"
    HALF_EVEN = "HALF_EVEN"
    HALF_DOWN = "HALF_DOWN"
    UP = "UP"
    DOWN = "DOWN"


class RoundAt(StrEnum):
    FINAL = "final"
    """Once, at the end."""
    BANDS = "bands"
    """Each band's share as well."""


class Need(StrEnum):
    REQUIRED = "required"
    CONDITIONAL = "conditional"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """Who may be enrolled. With `age_end_inclusive` somebody of exactly `age_max` years still may."""

    age_min: int
    age_max: int
    age_at: AgeAt
    age_end_inclusive: bool
    household_types: tuple[PovertyType, ...]
    roster_required: bool

    @property
    def oldest(self) -> int:
        """The highest age in full years that is still covered."""
        return self.age_max if self.age_end_inclusive else self.age_max - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    days: int = 0
    waive_on: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What of the bill counts. `start` is the file's "from"; `eligible_items` says what share (0–1) of an item counts.

    `hospital_levels` are patterns ("3*"); empty means every hospital ("*" in the file).
    """

    start: str
    minus: tuple[str, ...] = ()
    eligible_items: tuple[tuple[str, Decimal], ...] = ()
    floor: int = 0
    case_types: tuple[CaseType, ...] = (CaseType.INPATIENT,)
    hospital_levels: tuple[str, ...] = ()
    designated_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deductible:
    amount: int
    per: Per


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRow:
    """What lies above `above` (fen, the file's "gt") and up to `upto` ("le", None = without end)."""

    above: int
    upto: int | None
    ratio: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    measure: Measure
    mode: BandMode
    rows: tuple[BandRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Another ratio or deductible for some. Every kind of pattern that is given must match; of several matching
    overrides each value comes from the one with the highest priority that sets it."""

    icd10: tuple[str, ...] = ()
    hosp_level: tuple[str, ...] = ()
    poverty: tuple[PovertyType, ...] = ()
    ratio: Decimal | None = None
    deductible: int | None = None
    priority: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """Fen; None = no cap. `pool` is what the county has for all claims of the year together."""

    per_claim: int | None = None
    per_year: int | None = None
    pool: int | None = None
    not_above_base: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MinPayment:
    amount: int = 0
    action: MinAction = MinAction.ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """`unit` in fen (1 = to the fen, 100 = to the yuan)."""

    unit: int = 1
    mode: RoundingMode = RoundingMode.HALF_UP
    at: RoundAt = RoundAt.FINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNeed:
    """A paper that the scheme asks for. `text` "" = the catalogue's words for `document.<code>`.

    `when` belongs to a conditional paper: one of `CONDITIONS` (the catalogue says it as `document_when.<when>`) or the
    county's own words.
    """

    code: str
    need: Need
    when: str = ""
    text: str = ""


class OnMistake(StrEnum):
    """What is done with a claim in which a check finds something."""

    WARN = "warn"  # 提示核对
    STOP = "stop"  # 不予受理


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What looks like a mistake or like fraud, each a warning or a stop; a file that is silent means these values.

    A number that two people's bills of two hospitals bear only warns under `duplicate_invoice`, since hospitals number
    their bills apart; `same_invoice_same_day` is about those of them whose stays share a day.
    """

    duplicate_invoice: OnMistake = OnMistake.STOP
    same_invoice_same_day: OnMistake = OnMistake.WARN
    overlapping_stay: OnMistake = OnMistake.STOP
    died_before_admission: OnMistake = OnMistake.STOP
    holder_differs: OnMistake = OnMistake.WARN
    sums: OnMistake = OnMistake.STOP


CONDITIONS = ("accident", "proxy", "death")
"""Conditions that the program knows; only "accident" can be told from a claim, the others are the clerk's to see."""
