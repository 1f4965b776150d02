"""Reads the sections of a scheme file, and finds what the sections say against each other."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from itertools import pairwise

from backbone_core.costs import FUNDS
from backbone_core.household import PovertyType
from backbone_core.scheme_json import Form, Place
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
    DocumentNeed,
    Eligibility,
    Exclusion,
    Measure,
    MinAction,
    MinPayment,
    Need,
    OnMistake,
    Override,
    Per,
    RoundAt,
    Rounding,
    RoundingMode,
    Waiting,
    Waiver,
)

CODE = Form("code", r"[A-Z][A-Z0-9_]{0,39}")
LEVEL = Form("level", r"\*|[0-9A-Z]{1,4}\*?")
DISEASE = Form("disease", r"\*|[A-Z][0-9A-Z.]{0,9}\*?")
SCHEME_ID = Form("scheme_id", r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
COUNTY = Form("county", r"[1-9]\d{5}")
SHA256 = Form("sha256", r"[0-9a-f]{64}")

STARTS = ("medfee_sumamt", "inscp_scp_amt", "psn_part_amt", "psn_cash_pay")
ITEMS = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt")
BEFORE_FUNDS = (*FUNDS, "fund_pay_sumamt", "act_pay_dedc", "acct_pay", "hosp_part_amt")
# What the funds, the hospital and (for cash) the account paid is not in these amounts any more.
MINUS: dict[str, tuple[str, ...]] = {
    "medfee_sumamt": BEFORE_FUNDS,
    "inscp_scp_amt": BEFORE_FUNDS,
    "psn_part_amt": ("act_pay_dedc", "acct_pay"),
    "psn_cash_pay": ("act_pay_dedc",),
}


def eligibility(place: Place) -> Eligibility:
    with place.section() as section:
        place_of_age = section["age"]
        ages = [age.whole(0, 150) for age in place_of_age.items()]
        if isinstance(place_of_age.value, list) and len(ages) != 2:
            place_of_age.wrong("scheme.two_ages")
        elif ages and ages[0] > ages[1]:
            place_of_age.wrong("scheme.order")
        ages = ages if len(ages) == 2 else [0, 150]
        return Eligibility(
            age_min=ages[0],
            age_max=ages[1],
            age_at=section["age_at"].choice(AgeAt),
            age_end_inclusive=section["age_end_inclusive"].flag(),
            household_types=section["household_types"].choices(PovertyType, filled=True),
            roster_required=section["roster_required"].flag(),
        )


def waiting(place: Place) -> Waiting:
    with place.section() as section:
        return Waiting(days=section["days"].whole(0, 365), waive_on=section["waive_on"].choices(Waiver))


def base(place: Place) -> Base:
    with place.section() as section:
        start = section["from"].one_of(STARTS)
        if section["hospital_levels"].value == "*":
            levels: tuple[str, ...] = ()
        else:
            levels = section["hospital_levels"].texts(LEVEL, filled=True)
        return Base(
            start=start,
            minus=_minus(section["minus"], start),
            eligible_items=_items(section["eligible_items"]),
            floor=section["floor"].amount(),
            case_types=section["case_types"].choices(CaseType, filled=True),
            hospital_levels=levels,
            designated_only=section["designated_only"].flag(),
        )


def _minus(place: Place, start: str) -> tuple[str, ...]:
    read = []
    for item in place.items():
        if item.value in BEFORE_FUNDS and item.value not in MINUS[start]:
            item.wrong("scheme.minus_already", start_code=f"cost.{start}")
        else:
            read.append((item, item.one_of(MINUS[start])))
    place.none_twice(read)
    names = [name for _, name in read]
    for item, name in read:
        if name in FUNDS and "fund_pay_sumamt" in names:
            item.wrong("scheme.minus_twice", sum_code="cost.fund_pay_sumamt")
    return tuple(names)


def _items(place: Place) -> tuple[tuple[str, Decimal], ...]:
    with place.section() as section:
        return tuple((name, section[name].ratio()) for name in ITEMS)


def deductible(place: Place) -> Deductible:
    with place.section() as section:
        return Deductible(amount=section["amount"].amount(), per=section["per"].choice(Per))


def bands(place: Place) -> Bands:
    with place.section() as section:
        places = section["rows"].items(filled=True)
        before = len(place.mistakes)
        rows = tuple(_row(row) for row in places)
        if len(place.mistakes) == before:
            _check_rows(places, rows)
        return Bands(measure=section["measure"].choice(Measure), mode=section["mode"].choice(BandMode), rows=rows)


def _row(place: Place) -> BandRow:
    with place.section() as section:
        upto = None if section.null("le") else section["le"].amount()
        return BandRow(above=section["gt"].amount(), upto=upto, ratio=section["ratio"].ratio())


def _check_rows(places: list[Place], rows: tuple[BandRow, ...]) -> None:
    """The bands begin at 0, each begins where the one before ends, and only the last is without end."""
    if not rows:
        return
    if rows[0].above != 0:
        places[0].wrong("scheme.bands_start")
    for place, row in zip(places, rows, strict=True):
        if row.upto is not None and row.upto <= row.above:
            place.wrong("scheme.order")
    for place, (one, following) in zip(places[1:], pairwise(rows), strict=True):
        if following.above != one.upto:
            place.wrong("scheme.bands_gap")
    if rows[-1].upto is not None:
        places[-1].wrong("scheme.bands_end")


def overrides(place: Place) -> tuple[Override, ...]:
    places = place.items()
    read = tuple(_override(item) for item in places)
    seen: set[int] = set()
    for item, one in zip(places, read, strict=True):
        if one.priority in seen:
            item.wrong("scheme.priority_twice", priority=one.priority)
        seen.add(one.priority)
    return read


def _override(place: Place) -> Override:
    with place.section("ratio", "deductible") as section:
        with section["match"].section("icd10", "hosp_level", "poverty") as match:
            icd10 = match["icd10"].texts(DISEASE, filled=True) if match.has("icd10") else ()
            levels = match["hosp_level"].texts(LEVEL, filled=True) if match.has("hosp_level") else ()
            poverty = match["poverty"].choices(PovertyType, filled=True) if match.has("poverty") else ()
        if match.sound and not (icd10 or levels or poverty):
            section.wrong("match", "scheme.match_nothing")
        ratio = section["ratio"].ratio() if section.has("ratio") else None
        amount = section["deductible"].amount() if section.has("deductible") else None
        if ratio is None and amount is None:
            place.wrong("scheme.override_empty")
        return Override(
            icd10=icd10,
            hosp_level=levels,
            poverty=poverty,
            ratio=ratio,
            deductible=amount,
            priority=section["priority"].whole(-1000, 1000),
        )


def caps(place: Place) -> Caps:
    with place.section() as section:
        amounts = {
            name: None if section.null(name) else section[name].amount() for name in ("per_claim", "per_year", "pool")
        }
        return Caps(**amounts, not_above_base=section["not_above_base"].flag())


def min_payment(place: Place) -> MinPayment:
    with place.section() as section:
        return MinPayment(amount=section["amount"].amount(), action=section["action"].choice(MinAction))


def rounding(place: Place) -> Rounding:
    with place.section() as section:
        return Rounding(
            unit=section["unit"].amount(least=1),
            mode=section["mode"].choice(RoundingMode),
            at=section["at"].choice(RoundAt),
        )


def exclusions(place: Place) -> tuple[Exclusion, ...]:
    read = []
    for item in place.items():
        with item.section() as section:
            exclusion = Exclusion(code=section["code"].text(CODE), text=section["text"].text())
            read.append((section["code"], exclusion))
    place.none_twice([(code, exclusion.code) for code, exclusion in read])
    return tuple(exclusion for _, exclusion in read)


def documents(place: Place) -> tuple[DocumentNeed, ...]:
    read = []
    for item in place.items(filled=True):
        with item.section("when", "text") as section:
            code = section["code"]
            need = section["need"].choice(Need)
            when = section["when"].text(most=100) if section.has("when") else ""
            text = section["text"].text(most=100) if section.has("text") else ""
            if section["need"].value == Need.CONDITIONAL and not section.has("when"):
                section.wrong("when", "scheme.when_missing")
            if need is not Need.CONDITIONAL and when:
                section.wrong("when", "scheme.when_useless")
            read.append((code, DocumentNeed(code=code.text(CODE), need=need, when=when, text=text)))
    place.none_twice([(code, document.code) for code, document in read])
    return tuple(document for _, document in read)


def checks(place: Place) -> Checks:
    names = [one.name for one in fields(Checks)]
    with place.section(*names) as section:
        return Checks(**{name: section[name].choice(OnMistake) for name in names if section.has(name)})
