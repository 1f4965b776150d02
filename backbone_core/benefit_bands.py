"""The arithmetic of bands, ratios and rounding, in exact fractions of a fen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from fractions import Fraction

from backbone_core.household import PovertyType
from backbone_core.scheme_terms import BandMode, BandRow, Bands, Override, Rounding, RoundingMode


@dataclass(frozen=True, slots=True)
class Part:
    """What of the payable amount (fen) lies in one band, and what is paid for it (exact)."""

    row: BandRow
    amount: int
    share: Fraction


def parts_of(bands: Bands, low: int, high: int) -> tuple[Part, ...]:
    """Divide the stretch from `low` to `high` (fen on the scale that the bands' limits are written in)."""
    if high <= low:
        return ()
    parts = []
    for row in bands.rows:
        reached = high > row.above and (row.upto is None or high <= row.upto)
        if bands.mode is BandMode.WHOLE:
            within = high - low if reached else 0
        else:
            within = (high if row.upto is None else min(high, row.upto)) - max(low, row.above)
        if within > 0:
            parts.append(Part(row, within, within * Fraction(row.ratio)))
    return tuple(parts)


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """An exact amount of fen (≥ 0) to the scheme's unit."""
    units = exact / rounding.unit
    whole = units.numerator // units.denominator
    rest, half = units - whole, Fraction(1, 2)
    up = {
        RoundingMode.UP: rest > 0,
        RoundingMode.DOWN: False,
        RoundingMode.HALF_UP: rest >= half,
        RoundingMode.HALF_DOWN: rest > half,
        RoundingMode.HALF_EVEN: rest > half or (rest == half and whole % 2 == 1),
    }[rounding.mode]
    return (whole + up) * rounding.unit


def shown(exact: Fraction) -> int:
    """Whole fen for the eye; what is cut off here comes back in the step that rounds."""
    return exact.numerator // exact.denominator


def percent(ratio: Decimal) -> str:
    """ "0.60" → "60", "0.125" → "12.5"."""
    text = f"{ratio * 100:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def matches(patterns: Iterable[str], value: str) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in patterns)


@dataclass(frozen=True, slots=True)
class Special:
    """What overrides give a stay; None = the scheme's general rule."""

    ratio: Decimal | None = None
    deductible: int | None = None


def special_terms(overrides: Iterable[Override], *, icd10: str, level: str, poverty: PovertyType) -> Special:
    """Take each value from the matching override with the highest priority that sets it."""
    fitting = sorted(
        (
            override
            for override in overrides
            if (not override.icd10 or matches(override.icd10, icd10))
            and (not override.hosp_level or matches(override.hosp_level, level))
            and (not override.poverty or poverty in override.poverty)
        ),
        key=lambda override: -override.priority,
    )
    return Special(
        next((override.ratio for override in fitting if override.ratio is not None), None),
        next((override.deductible for override in fitting if override.deductible is not None), None),
    )
