"""Schemes, people and claims for the rules' tests; everybody in here is made up."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from backbone_core.claim import Claim, Document
from backbone_core.costs import Costs
from backbone_core.household import PovertyType
from backbone_core.scheme import AttachBy, DocumentNeed, Need, Scheme, SchemeStatus, read_scheme
from backbone_core.scheme_reading import ITEMS, MINUS, STARTS
from backbone_core.scheme_terms import (
    AgeAt,
    BandMode,
    BandRow,
    Bands,
    Base,
    Caps,
    CaseType,
    Checks,
    Deductible,
    Eligibility,
    Exclusion,
    Measure,
    MinAction,
    MinPayment,
    OnMistake,
    Override,
    Per,
    RoundAt,
    Rounding,
    RoundingMode,
    Waiting,
    Waiver,
)

RESOURCES = Path(__file__).parents[2] / "resources"
EXAMPLE = RESOURCES / "schemes" / "example-1900-60-520625-2019.json"
OTHER_EXAMPLE = RESOURCES / "schemes" / "example-3000-40-520625-2019.json"


def plain() -> dict[str, Any]:
    """The first example as plain JSON values, to be spoilt by a test."""
    whole: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    return whole


def scheme_with(**sections: Any) -> Scheme:
    """The first example (1,900 / 60 % / 100,000 a year, policy year 2019) with whole sections replaced."""
    return read_scheme(json.dumps({**plain(), **sections}))


def claim_2019(**fields: Any) -> Claim:
    """A claim of 2019 that no rule of the first example has anything against."""
    needed = ("INVOICE", "COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "ID_CARD", "BANK_CARD")
    given: dict[str, Any] = {
        "id": "018f0000-0000-7000-8000-000000000001",
        "member_id": "m",
        "household_id": "h",
        "policy_year": 2019,
        "hospital": "示例县人民医院",
        "diagnosis": "示例诊断",
        "admitted": date(2019, 3, 1),
        "discharged": date(2019, 3, 9),
        "settled": date(2019, 3, 9),
        "invoice_no": "示例0001",
        "costs": Costs(medfee_sumamt=993200),
        "documents": tuple(Document(code=code, handed_in=True) for code in needed),
        "bank_account": "6228480030123456789",
        "account_holder": "测试甲",
    }
    return Claim(**{**given, **fields})


amounts = st.integers(0, 30_000_000)
some_amounts = st.one_of(st.just(0), amounts)
ratios = st.integers(0, 100).map(lambda hundredths: Decimal(hundredths) / 100)
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)


@st.composite
def bands(draw: st.DrawFn, mode: BandMode | None = None) -> Bands:
    limits = sorted(draw(st.sets(st.integers(1, 20_000_000), max_size=4)))
    edges = [0, *limits]
    rows = tuple(
        BandRow(above=above, upto=upto, ratio=draw(ratios)) for above, upto in zip(edges, [*limits, None], strict=True)
    )
    return Bands(measure=draw(st.sampled_from(Measure)), mode=mode or draw(st.sampled_from(BandMode)), rows=rows)


@st.composite
def bases(draw: st.DrawFn) -> Base:
    start = draw(st.sampled_from(STARTS))
    names = [name for name in MINUS[start] if name != "fund_pay_sumamt"]
    return Base(
        start=start,
        minus=tuple(draw(st.lists(st.sampled_from(names), unique=True))),
        eligible_items=tuple((name, draw(ratios)) for name in ITEMS),
        floor=draw(some_amounts),
        case_types=tuple(draw(st.lists(st.sampled_from(CaseType), unique=True, min_size=1))),
        hospital_levels=tuple(draw(st.lists(st.sampled_from(("3*", "2*", "1A", "*")), unique=True))),
        designated_only=draw(st.booleans()),
    )


@st.composite
def overrides(draw: st.DrawFn, priority: int) -> Override:
    ratio = draw(st.none() | ratios)
    icd10 = tuple(draw(st.lists(st.sampled_from(("I63*", "C*", "J44.1", "*")), unique=True)))
    return Override(
        icd10=icd10,
        hosp_level=tuple(draw(st.lists(st.sampled_from(("3*", "2A")), unique=True))),
        poverty=tuple(draw(st.lists(st.sampled_from(PovertyType), unique=True, min_size=0 if icd10 else 1))),
        ratio=ratio,
        deductible=draw(some_amounts) if ratio is None else draw(st.none() | some_amounts),
        priority=priority,
    )


@st.composite
def schemes(draw: st.DrawFn, mode: BandMode | None = None) -> Scheme:
    """Any scheme that the format can say."""
    version = draw(st.integers(1, 9999))
    ages = sorted(draw(st.tuples(st.integers(0, 150), st.integers(0, 150))))
    kinds = draw(st.lists(st.sampled_from(Need), max_size=4))
    caps = st.none() | some_amounts
    return Scheme(
        schema=1,
        scheme_id=draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)),
        version=version,
        status=draw(st.sampled_from(SchemeStatus)),
        supersedes=draw(st.none() | st.integers(1, version - 1)) if version > 1 else None,
        county="520625",
        policy_year=2019,
        policy_no=draw(words),
        insurer=draw(words),
        premium=draw(amounts),
        effective_from=date(2019, draw(st.integers(1, 12)), 1),
        effective_to=date(2020, draw(st.integers(1, 12)), 28),
        attach_by=draw(st.sampled_from(AttachBy)),
        eligibility=Eligibility(
            age_min=ages[0],
            age_max=ages[1],
            age_at=draw(st.sampled_from(AgeAt)),
            age_end_inclusive=draw(st.booleans()),
            household_types=tuple(draw(st.lists(st.sampled_from(PovertyType), unique=True, min_size=1))),
            roster_required=draw(st.booleans()),
        ),
        waiting=Waiting(
            days=draw(st.integers(0, 365)), waive_on=tuple(draw(st.lists(st.sampled_from(Waiver), unique=True)))
        ),
        base=draw(bases()),
        deductible=Deductible(amount=draw(some_amounts), per=draw(st.sampled_from(Per))),
        bands=draw(bands(mode)),
        overrides=tuple(draw(overrides(priority)) for priority in range(draw(st.integers(0, 3)))),
        caps=Caps(per_claim=draw(caps), per_year=draw(caps), pool=draw(caps), not_above_base=draw(st.booleans())),
        min_payment=MinPayment(amount=draw(some_amounts), action=draw(st.sampled_from(MinAction))),
        rounding=Rounding(
            unit=draw(st.sampled_from((1, 10, 100, 1000, 7))),
            mode=draw(st.sampled_from(RoundingMode)),
            at=draw(st.sampled_from(RoundAt)),
        ),
        exclusions=tuple(Exclusion(code=f"X{number}", text="示例") for number in range(draw(st.integers(0, 2)))),
        documents=tuple(
            DocumentNeed(
                code=f"DOCUMENT_{number}",
                need=need,
                when=draw(st.sampled_from(("accident", "示例情况"))) if need is Need.CONDITIONAL else "",
                text=draw(st.sampled_from(("", "示例材料"))),
            )
            for number, need in enumerate([Need.REQUIRED, *kinds])
        ),
        claim_deadline_days=draw(st.none() | st.integers(1, 3660)),
        source_note=draw(words),
        signed_sha256=draw(st.sampled_from(("", "0" * 64))),
        title=draw(words),
        example=draw(st.booleans()),
        checks=draw(st.builds(Checks, **{one.name: st.sampled_from(OnMistake) for one in fields(Checks)})),
    )
