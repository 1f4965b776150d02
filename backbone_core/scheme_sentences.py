"""A scheme in plain sentences: what a second person reads before approving it, and what a clerk looks up in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

from backbone_core.benefit_bands import percent
from backbone_core.claim import HOSPITAL_LEVELS
from backbone_core.scheme import Scheme
from backbone_core.scheme_terms import BandMode, BandRow, MinAction, Need, Override, RoundAt

Fact = str | int | date | tuple[str, ...]


class SchemePart(StrEnum):
    """What a sentence is about; the catalogue says it as `scheme_part.<value>`."""

    COVER = "cover"  # 保障对象和期限
    COSTS = "costs"  # 可计算的费用
    BENEFIT = "benefit"  # 赔付标准
    LIMITS = "limits"  # 限额与取整
    PAPERS = "papers"  # 申请材料和时限
    CHECKS = "checks"  # 受理时的核对
    SOURCE = "source"  # 方案依据


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeSentence:
    """`code` names the sentence in the catalogue; facts that end in `_codes` are looked up one by one and listed."""

    part: SchemePart
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def sentences_of(scheme: Scheme) -> tuple[SchemeSentence, ...]:
    """Every rule of the scheme, none left out, in the order in which a benefit is worked out."""
    parts = {
        SchemePart.COVER: _cover(scheme), SchemePart.COSTS: _costs(scheme), SchemePart.BENEFIT: _benefit(scheme),
        SchemePart.LIMITS: _limits(scheme), SchemePart.PAPERS: _papers(scheme), SchemePart.CHECKS: _checks(scheme),
        SchemePart.SOURCE: _source(scheme),
    }
    return tuple(SchemeSentence(part=part, code=f"scheme_says.{code}", facts=facts)
                 for part, said in parts.items() for code, facts in said)


_Said = Iterator[tuple[str, dict[str, Fact]]]


def _cover(scheme: Scheme) -> _Said:
    who, waiting = scheme.eligibility, scheme.waiting
    yield "period", {"from": scheme.effective_from, "to": scheme.effective_to,
                     "day_code": f"scheme_day.{scheme.attach_by}"}
    yield "age", {"min": who.age_min, "oldest": who.oldest, "age_code": f"scheme_age.{who.age_at}"}
    yield "household_types", {"type_codes": tuple(f"poverty.{one.name}" for one in who.household_types)}
    if who.roster_required:
        yield "roster_required", {}
    yield "premium", {"premium_fen": scheme.premium}
    if waiting.days and waiting.waive_on:
        yield "waiting_waived", {"days": waiting.days,
                                 "waiver_codes": tuple(f"scheme_waiver.{one}" for one in waiting.waive_on)}
    elif waiting.days:
        yield "waiting", {"days": waiting.days}
    else:
        yield "no_waiting", {}


def _costs(scheme: Scheme) -> _Said:
    base = scheme.base
    yield "cases", {"case_codes": tuple(f"scheme_case.{one}" for one in base.case_types)}
    if base.hospital_levels:
        yield "hospital_levels", {"level_codes": tuple(map(_level, base.hospital_levels))}
    yield ("designated_only" if base.designated_only else "any_hospital"), {}
    start: dict[str, Fact] = {"start_code": f"cost.{base.start}"}
    if base.minus:
        yield "base_minus", {**start, "minus_codes": tuple(f"cost.{name}" for name in base.minus)}
    else:
        yield "base", start
    # the amount within the policy's scope does not hold these items, every other start does
    adds = base.start == "inscp_scp_amt"
    for name, share in base.eligible_items:
        item: dict[str, Fact] = {"item_code": f"cost.{name}", "percent": percent(share)}
        if share == 0:
            yield "item_out", item
        elif adds:
            yield "item_added", item
        elif share < 1:
            yield "item_share", item
        else:
            yield "item_in", item
    if base.floor:
        yield "floor", {"floor_fen": base.floor}


def _benefit(scheme: Scheme) -> _Said:
    deductible, bands = scheme.deductible, scheme.bands
    if deductible.amount:
        yield f"deductible_{deductible.per}", {"amount_fen": deductible.amount}
    else:
        yield "no_deductible", {}
    if len(bands.rows) == 1 and bands.rows[0].above == 0 and bands.rows[0].upto is None:
        yield "ratio", {"percent": percent(bands.rows[0].ratio)}
    else:
        yield f"bands_{bands.mode}", {"measure_code": f"scheme_measure.{bands.measure}"}
        for row in bands.rows:
            yield _band(bands.mode, row)
    for override in sorted(scheme.overrides, key=lambda one: -one.priority):
        yield from _override(override)


def _band(mode: BandMode, row: BandRow) -> tuple[str, dict[str, Fact]]:
    facts: dict[str, Fact] = {"percent": percent(row.ratio), "above_fen": row.above}
    if row.upto is None:
        return f"band_{mode}_last", facts
    return f"band_{mode}_{'middle' if row.above else 'first'}", {**facts, "upto_fen": row.upto}


def _override(override: Override) -> _Said:
    """For whom (each kind that is given must fit), then what holds for them instead."""
    facts: dict[str, Fact] = {"icd10_codes": override.icd10, "level_codes": tuple(map(_level, override.hosp_level)),
                              "type_codes": tuple(f"poverty.{one.name}" for one in override.poverty)}
    kinds = [name for name, given in (("icd10", override.icd10), ("level", override.hosp_level),
                                      ("poverty", override.poverty)) if given]
    yield "override_" + ("_".join(kinds) or "all"), facts
    if override.ratio is not None:
        yield "override_ratio", {"percent": percent(override.ratio)}
    if override.deductible:
        yield "override_deductible", {"amount_fen": override.deductible}
    elif override.deductible == 0:
        yield "override_no_deductible", {}


def _level(pattern: str) -> str:
    """ "3*" is every class of the third level; one class has a name of its own."""
    if pattern in HOSPITAL_LEVELS:
        return f"hospital_level.{pattern}"
    return f"scheme_level.{pattern[:-1]}" if pattern in ("1*", "2*", "3*") else pattern


def _limits(scheme: Scheme) -> _Said:
    caps, least, rounding = scheme.caps, scheme.min_payment, scheme.rounding
    for name, amount in (("per_claim", caps.per_claim), ("per_year", caps.per_year), ("pool", caps.pool)):
        if amount is not None:
            yield f"cap_{name}", {"amount_fen": amount}
    if caps.not_above_base:
        yield "not_above_base", {}
    if caps.per_claim is None and caps.per_year is None and caps.pool is None:
        yield "no_caps", {}
    if least.amount:
        yield ("least_raised" if least.action is MinAction.RAISE else "least_zero"), {"amount_fen": least.amount}
    at_bands = rounding.at is RoundAt.BANDS
    yield ("rounding_bands" if at_bands else "rounding"), {"unit_fen": rounding.unit,
                                                           "mode_code": f"rounding.{rounding.mode}"}
    for excluded in scheme.exclusions:
        yield "exclusion", {"text": excluded.text}


def _papers(scheme: Scheme) -> _Said:
    for need in (Need.REQUIRED, Need.OPTIONAL):
        named = tuple(paper.text or f"document.{paper.code}" for paper in scheme.documents if paper.need is need)
        if named:
            yield f"papers_{need}", {"paper_codes": named}
    conditional = [paper for paper in scheme.documents if paper.need is Need.CONDITIONAL]
    for when in dict.fromkeys(paper.when for paper in conditional):
        named = tuple(paper.text or f"document.{paper.code}" for paper in conditional if paper.when == when)
        yield "papers_conditional", {"paper_codes": named, "when_code": f"document_when.{when}" if when.isascii()
                                     else when}
    if scheme.claim_deadline_days is None:
        yield "no_deadline", {}
    else:
        yield "deadline", {"days": scheme.claim_deadline_days}


def _checks(scheme: Scheme) -> _Said:
    for one in fields(scheme.checks):
        yield f"check_{one.name}", {"action_code": f"scheme_check.{getattr(scheme.checks, one.name)}"}


def _source(scheme: Scheme) -> _Said:
    if scheme.insurer:
        yield "insurer", {"insurer": scheme.insurer, "policy_no": scheme.policy_no or "—"}
    yield "version", {"version": scheme.version, "scheme_id": scheme.scheme_id}
    if scheme.supersedes is not None:
        yield "supersedes", {"supersedes": scheme.supersedes}
    if scheme.source_note:
        yield "source", {"text": scheme.source_note}
    if scheme.signed_sha256:
        yield "scan", {"hash": scheme.signed_sha256}
    if scheme.example:
        yield "example", {}
