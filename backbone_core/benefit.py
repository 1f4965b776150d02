"""What the scheme pays for a claim, worked out step by step so that it can be read aloud to the family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from backbone_core.benefit_bands import Part, Special, matches, parts_of, percent, rounded, shown, special_terms
from backbone_core.costs import FUNDS, Costs, amount_of, left_to_pay
from backbone_core.household import PovertyType
from backbone_core.scheme import Scheme
from backbone_core.scheme_terms import BandMode, Measure, MinAction, Per, RoundAt


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
    """What the person's earlier stays of the policy year came to, in fen; `diseases` by ICD-10 category.

    `pool_paid` is what the county has paid to everybody; None where that is not known, as on a desktop.
    """

    base: int = 0
    deductible_met: int = 0
    paid: int = 0
    diseases: Mapping[str, DiseaseSoFar] = field(default_factory=dict)
    pool_paid: int | None = None


def year_so_far(benefits: Iterable[Benefit]) -> YearSoFar:
    """Sum up the benefits of the earlier stays."""
    total = YearSoFar()
    for benefit in benefits:
        diseases = dict(total.diseases)
        if benefit.disease:
            known = diseases.get(benefit.disease, DiseaseSoFar())
            diseases[benefit.disease] = DiseaseSoFar(
                base=known.base + benefit.base, deductible_met=known.deductible_met + benefit.deductible_used
            )
        total = YearSoFar(
            base=total.base + benefit.base,
            deductible_met=total.deductible_met + benefit.deductible_used,
            paid=total.paid + benefit.amount,
            diseases=diseases,
        )
    return total


def work_out_year(scheme: Scheme, stays: Iterable[Stay]) -> tuple[Benefit, ...]:
    """The benefits of a person's stays of one policy year, in the order in which they count. Taking a stay out of the
    middle and calling again is how the later ones are worked out anew."""
    benefits: list[Benefit] = []
    for stay in stays:
        benefits.append(work_out(scheme, stay, year_so_far(benefits)))
    return tuple(benefits)


def work_out(scheme: Scheme, stay: Stay, so_far: YearSoFar | None = None) -> Benefit:
    """Work out what `scheme` pays for `stay` after the earlier stays of the year.

    In this order: what of the bill counts; the deductible; the bands (which run on over the same span as the
    deductible: the year, the disease, or the stay alone); the caps; rounding; the least payment. Whatever the scheme
    says, never more is paid than the family had left to pay. Overrides come before the general ratio and deductible.
    """
    so_far = so_far or YearSoFar()
    disease = stay.icd10.strip().upper()[:3]
    outside = _outside(scheme, stay)
    if outside:
        return Benefit(
            amount=0, trace=(TraceStep(code=outside), TraceStep(code="benefit.result_none")), disease=disease
        )
    special = special_terms(
        scheme.overrides, icd10=stay.icd10.strip().upper(), level=stay.hospital_level, poverty=stay.poverty_type
    )
    steps: list[TraceStep] = []
    base = _base(scheme, stay.costs, steps)
    earlier = _earlier(scheme.deductible.per, so_far, disease)
    used = _deductible(scheme, special, base, earlier.deductible_met, steps)
    exact = _bands(scheme, special, base, used, earlier=earlier, steps=steps) if base > used else Fraction(0)
    amount = _limited(scheme, exact, _caps(scheme, stay.costs, base, so_far), steps)
    steps.append(TraceStep(code="benefit.result" if amount else "benefit.result_none", result=amount))
    return Benefit(amount=amount, trace=tuple(steps), base=base, deductible_used=used, disease=disease)


def _outside(scheme: Scheme, stay: Stay) -> str:
    base = scheme.base
    if stay.case_type not in base.case_types:
        return "benefit.case_type_outside"
    if base.hospital_levels and not matches(base.hospital_levels, stay.hospital_level):
        return "benefit.hospital_level_outside"
    if base.designated_only and not stay.designated:
        return "benefit.not_designated"
    return ""


def _base(scheme: Scheme, costs: Costs, steps: list[TraceStep]) -> int:
    """Fen of the bill that count."""
    terms = scheme.base
    left = amount_of(costs, terms.start)
    steps.append(TraceStep(code=f"benefit.start_{terms.start}", result=left))

    def step(code: str, name: str, amount: int) -> None:
        steps.append(
            TraceStep(code=code, facts={"field_code": f"cost.{name}", "amount_fen": amount}, result=max(0, left))
        )

    for name in terms.minus:
        amount = amount_of(costs, name)
        if amount:
            left -= amount
            step("benefit.paid_by_fund" if name in FUNDS else "benefit.minus", name, amount)
    for name, share in terms.eligible_items:
        amount = amount_of(costs, name)
        counted = shown(amount * Fraction(share))
        # the amount within the policy's scope does not hold these items, every other start does
        if terms.start == "inscp_scp_amt":
            left += counted
            if counted:
                step("benefit.item_added", name, counted)
        elif counted < amount:
            left -= amount - counted
            step("benefit.item_left_out", name, amount - counted)
    if left < terms.floor:
        left = terms.floor
        code = "benefit.floor" if left else "benefit.nothing_left"
        steps.append(TraceStep(code=code, facts={"floor_fen": left}, result=left))
    steps.append(TraceStep(code="benefit.base", result=left))
    return left


def _earlier(per: Per, so_far: YearSoFar, disease: str) -> DiseaseSoFar:
    """What earlier stays used up of the span over which deductible and bands run."""
    if per is Per.YEAR:
        return DiseaseSoFar(base=so_far.base, deductible_met=so_far.deductible_met)
    if per is Per.PERSON_DISEASE:
        return so_far.diseases.get(disease, DiseaseSoFar())
    return DiseaseSoFar()


def _deductible(scheme: Scheme, special: Special, base: int, met: int, steps: list[TraceStep]) -> int:
    """What the deductible takes off this stay, in fen."""
    if not base:
        return 0
    whole = scheme.deductible.amount if special.deductible is None else special.deductible
    per = scheme.deductible.per.value
    left = max(0, whole - met)
    used = min(base, left)
    facts: dict[str, str | int] = {"amount_fen": whole, "met_fen": met, "left_fen": left, "used_fen": used}
    if not whole:
        code = "benefit.deductible_none" if special.deductible is None else "benefit.deductible_waived"
    elif not left:
        code = f"benefit.deductible_met_{per}"
    elif base <= left:
        code = f"benefit.below_deductible_{per}"
    else:
        code = f"benefit.deductible_rest_{per}" if met else f"benefit.deductible_{per}"
    steps.append(TraceStep(code=code, facts=facts, result=base - used))
    return used


def _bands(
    scheme: Scheme, special: Special, base: int, used: int, *, earlier: DiseaseSoFar, steps: list[TraceStep]
) -> Fraction:
    """What the bands, or a special ratio, give for the payable amount (exact fen)."""
    payable = base - used
    if special.ratio is not None:
        exact = payable * Fraction(special.ratio)
        facts: dict[str, str | int] = {"part_fen": payable, "percent": percent(special.ratio)}
        steps.append(TraceStep(code="benefit.special_ratio", facts=facts, result=shown(exact)))
        return exact
    low = earlier.base + used
    if scheme.bands.measure is Measure.AFTER_DEDUCTIBLE:
        low = max(0, earlier.base - earlier.deductible_met)
    total = Fraction(0)
    for part in parts_of(scheme.bands, low, low + payable):
        share = part.share
        if scheme.rounding.at is RoundAt.BANDS:
            share = Fraction(rounded(share, scheme.rounding))
        before, total = shown(total), total + share
        steps.append(_band_step(scheme, part, shown(total) - before, shown(total)))
    return total


def _band_step(scheme: Scheme, part: Part, share: int, result: int) -> TraceStep:
    row = part.row
    facts: dict[str, str | int] = {"part_fen": part.amount, "percent": percent(row.ratio), "share_fen": share}
    if len(scheme.bands.rows) == 1:
        return TraceStep(code="benefit.band", facts=facts, result=result)
    facts["above_fen"] = row.above
    if row.upto is not None:
        facts["upto_fen"] = row.upto
    kind = "whole" if scheme.bands.mode is BandMode.WHOLE else "part"
    end = "first" if row.above == 0 else "last" if row.upto is None else "middle"
    return TraceStep(code=f"benefit.band_{kind}_{end}", facts=facts, result=result)


def _caps(scheme: Scheme, costs: Costs, base: int, so_far: YearSoFar) -> list[tuple[str, int, dict[str, str | int]]]:
    """(code, most that may be paid, facts) of every limit, the family's own first."""
    caps = scheme.caps
    limits: list[tuple[str, int, dict[str, str | int]]] = [("benefit.cap_left_to_pay", left_to_pay(costs), {})]
    if caps.not_above_base:
        limits.append(("benefit.cap_base", base, {}))
    if caps.per_claim is not None:
        limits.append(("benefit.cap_claim", caps.per_claim, {}))
    if caps.per_year is not None:
        limits.append(("benefit.cap_year", caps.per_year - so_far.paid, {"paid_fen": so_far.paid}))
        limits[-1][2]["cap_fen"] = caps.per_year
    if caps.pool is not None and so_far.pool_paid is not None:
        limits.append(("benefit.cap_pool", caps.pool - so_far.pool_paid, {"cap_fen": caps.pool}))
    return [(code, max(0, most), {**facts, "most_fen": max(0, most)}) for code, most, facts in limits]


def _limited(
    scheme: Scheme, exact: Fraction, caps: list[tuple[str, int, dict[str, str | int]]], steps: list[TraceStep]
) -> int:
    """The amount after caps, rounding and least payment, in fen."""
    for code, most, facts in caps:
        if exact > most:
            exact = Fraction(most)
            steps.append(TraceStep(code=code, facts=facts, result=most))
    limit = min(most for _, most, _ in caps)
    rounding, least = scheme.rounding, scheme.min_payment
    amount = min(rounded(exact, rounding), limit // rounding.unit * rounding.unit)
    if amount != exact:
        facts = {"unit_fen": rounding.unit, "mode_code": f"rounding.{rounding.mode}"}
        steps.append(TraceStep(code="benefit.rounded", facts=facts, result=amount))
    if exact > 0 and amount < least.amount:
        raised = least.action is MinAction.RAISE
        amount = max(amount, min(least.amount, limit)) if raised else 0
        code = "benefit.raised_to_least" if raised else "benefit.below_least"
        steps.append(TraceStep(code=code, facts={"least_fen": least.amount}, result=amount))
    return amount
