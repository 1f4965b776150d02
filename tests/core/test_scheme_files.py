"""A scheme's file: every field understood, every mistake told with its place, nothing assumed."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from rules_kit import EXAMPLE, RESOURCES, plain, scheme_with, schemes

from backbone_core.errors import RuleBroken
from backbone_core.household import PovertyType
from backbone_core.scheme import Scheme, SchemeStatus, example_for, read_scheme, write_scheme
from backbone_core.scheme_terms import (
    AgeAt,
    BandMode,
    BandRow,
    Measure,
    MinAction,
    Need,
    Override,
    Per,
    RoundAt,
    RoundingMode,
    Waiver,
)

AS_DESCRIBED = """
{"schema":1,"scheme_id":"DLZ-520625-2019","version":3,"status":"approved","supersedes":2,
 "county":"520625","policy_year":2019,"policy_no":"示例","insurer":"示例","premium":"30.00",
 "effective":{"from":"2019-01-01","to":"2019-12-31"},"attach_by":"discharge",
 "eligibility":{"age":[18,60],"age_at":"policy_start","age_end_inclusive":true,
   "household_types":["一般贫困户","低保贫困户","五保贫困户"],"roster_required":true},
 "waiting":{"days":30,"waive_on":["accident","renewal"]},
 "base":{"from":"medfee_sumamt","minus":["hifp_pay","hifmi_pay","maf_pay","cvlserv_pay","oth_pay"],
   "eligible_items":{"fulamt_ownpay_amt":"0","overlmt_selfpay":"1","preselfpay_amt":"1"},
   "floor":"0.00","case_types":["inpatient"],"hospital_levels":"*","designated_only":false},
 "deductible":{"amount":"1900.00","per":"person_disease"},
 "bands":{"measure":"before_deductible","mode":"whole",
   "rows":[{"gt":"0","le":"20000","ratio":"0.60"},{"gt":"20000","le":null,"ratio":"0.705"}]},
 "overrides":[{"match":{"icd10":["I63*"],"hosp_level":["3*"],"poverty":["五保贫困户"]},"ratio":"0.80",
   "deductible":"0","priority":10}],
 "caps":{"per_claim":null,"per_year":"100000.00","pool":"1521000.00","not_above_base":true},
 "min_payment":{"amount":"50.00","action":"raise"},
 "rounding":{"unit":"0.10","mode":"HALF_EVEN","at":"final"},
 "exclusions":[{"code":"THIRD_PARTY","text":"第三方责任"}],
 "documents":[{"code":"INVOICE","need":"required"},{"code":"PROXY","need":"conditional","when":"proxy"}],
 "claim_deadline_days":180,"source_note":"示例文件","signed_sha256":""}
"""


def test_understands_every_field_of_the_format() -> None:
    scheme = read_scheme(AS_DESCRIBED)
    assert (scheme.scheme_id, scheme.version, scheme.status, scheme.supersedes) == (
        "DLZ-520625-2019", 3, SchemeStatus.APPROVED, 2,
    )  # fmt: skip
    assert (scheme.county, scheme.policy_year, scheme.premium) == ("520625", 2019, 3000)
    assert (scheme.effective_from, scheme.effective_to) == (date(2019, 1, 1), date(2019, 12, 31))
    terms = scheme.eligibility
    assert (terms.age_min, terms.age_max, terms.age_at, terms.oldest) == (18, 60, AgeAt.POLICY_START, 60)
    assert terms.household_types == (
        PovertyType.ORDINARY, PovertyType.LOW_INCOME_POOR, PovertyType.FIVE_GUARANTEES_POOR,
    )  # fmt: skip
    assert terms.roster_required
    assert (scheme.waiting.days, scheme.waiting.waive_on) == (30, (Waiver.ACCIDENT, Waiver.RENEWAL))
    assert scheme.base.start == "medfee_sumamt"
    assert scheme.base.minus == ("hifp_pay", "hifmi_pay", "maf_pay", "cvlserv_pay", "oth_pay")
    assert dict(scheme.base.eligible_items)["fulamt_ownpay_amt"] == 0
    assert scheme.base.hospital_levels == ()
    assert (scheme.deductible.amount, scheme.deductible.per) == (190000, Per.PERSON_DISEASE)
    assert (scheme.bands.measure, scheme.bands.mode) == (Measure.BEFORE_DEDUCTIBLE, BandMode.WHOLE)
    assert scheme.bands.rows == (
        BandRow(above=0, upto=2000000, ratio=Decimal("0.6")),
        BandRow(above=2000000, upto=None, ratio=Decimal("0.705")),
    )
    assert scheme.overrides == (
        Override(
            icd10=("I63*",), hosp_level=("3*",), poverty=(PovertyType.FIVE_GUARANTEES_POOR,), ratio=Decimal("0.8"),
            deductible=0, priority=10,
        ),
    )  # fmt: skip
    assert (scheme.caps.per_claim, scheme.caps.per_year, scheme.caps.pool) == (None, 10000000, 152100000)
    assert (scheme.min_payment.amount, scheme.min_payment.action) == (5000, MinAction.RAISE)
    assert (scheme.rounding.unit, scheme.rounding.mode, scheme.rounding.at) == (
        10, RoundingMode.HALF_EVEN, RoundAt.FINAL,
    )  # fmt: skip
    assert [(one.code, one.text) for one in scheme.exclusions] == [("THIRD_PARTY", "第三方责任")]
    assert [(one.code, one.need, one.when) for one in scheme.documents] == [
        ("INVOICE", Need.REQUIRED, ""), ("PROXY", Need.CONDITIONAL, "proxy"),
    ]  # fmt: skip
    assert scheme.claim_deadline_days == 180
    assert not scheme.example


def test_the_day_after_the_last_is_not_covered() -> None:
    scheme = read_scheme(AS_DESCRIBED)
    assert scheme.covers(date(2019, 1, 1))
    assert scheme.covers(date(2019, 12, 31))
    assert not scheme.covers(date(2020, 1, 1))


@given(schemes())
def test_what_is_written_is_read_back(scheme: Scheme) -> None:
    text = write_scheme(scheme)
    assert read_scheme(text) == scheme
    assert write_scheme(read_scheme(text.encode())) == text


def spoilt(*path: str | int, value: Any = None, drop: bool = False) -> dict[str, Any]:
    whole = plain()
    place: Any = whole
    for step in path[:-1]:
        place = place[step]
    if drop:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return whole


def mistakes(whole: Any) -> list[tuple[str, str]]:
    with pytest.raises(RuleBroken) as caught:
        read_scheme(json.dumps(whole))
    return [(found.field, found.code) for found in caught.value.findings]


@pytest.mark.parametrize("name", [name for name in plain() if name not in ("title", "example")])
def test_a_missing_section_is_named(name: str) -> None:
    assert mistakes(spoilt(name, drop=True)) == [(name, "scheme.missing")]


@pytest.mark.parametrize("name", list(plain()))
def test_a_section_of_the_wrong_kind_is_named(name: str) -> None:
    for wrong in (1.5, [[]], {"unasked": 1}):
        found = mistakes(spoilt(name, value=wrong))
        assert found, name
        assert all(place.split(".")[0] == name for place, _ in found)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("schema",), 0, [("schema", "scheme.range")]),
        (("schema",), 2, [("schema", "scheme.newer")]),
        (("surplus",), 1, [("surplus", "scheme.unknown_field")]),
        (("bands", "surplus"), 1, [("bands.surplus", "scheme.unknown_field")]),
        (("scheme_id",), "", [("scheme_id", "scheme.empty")]),
        (("scheme_id",), "有空 格", [("scheme_id", "scheme.form")]),
        (("status",), "final", [("status", "scheme.choice")]),
        (("supersedes",), 1, [("supersedes", "scheme.supersedes")]),
        (("version",), True, [("version", "scheme.kind")]),
        (("county",), "52062", [("county", "scheme.form")]),
        (("premium",), 30, [("premium", "scheme.kind")]),
        (("premium",), "30.005", [("premium", "scheme.kind")]),
        (("effective", "to"), "2018-12-31", [("effective.to", "scheme.order")]),
        (("effective", "to"), "2019-02-30", [("effective.to", "scheme.kind")]),
        (("policy_year",), 2018, [("effective", "scheme.year_outside")]),
        (("eligibility", "age"), [18], [("eligibility.age", "scheme.two_ages")]),
        (("eligibility", "age"), [60, 18], [("eligibility.age", "scheme.order")]),
        (("eligibility", "age"), ["18", 60], [("eligibility.age.0", "scheme.kind")]),
        (("eligibility", "household_types"), [], [("eligibility.household_types", "scheme.empty")]),
        (("eligibility", "household_types"), ["富户"], [("eligibility.household_types.0", "scheme.choice")]),
        (
            ("eligibility", "household_types"),
            ["低保户", "低保户"],
            [("eligibility.household_types.1", "scheme.twice")],
        ),
        (("waiting", "days"), -1, [("waiting.days", "scheme.range")]),
        (("base", "from"), "hifp_pay", [("base.from", "scheme.choice")]),
        (("base", "from"), "psn_part_amt", [(f"base.minus.{n}", "scheme.minus_already") for n in range(5)]),
        (("base", "minus", 0), "fund_pay_sumamt", [(f"base.minus.{n}", "scheme.minus_twice") for n in range(1, 5)]),
        (("base", "minus", 1), "hifp_pay", [("base.minus.1", "scheme.twice")]),
        (("base", "eligible_items", "preselfpay_amt"), "1.2", [("base.eligible_items.preselfpay_amt", "scheme.kind")]),
        (("base", "hospital_levels"), [], [("base.hospital_levels", "scheme.empty")]),
        (("base", "hospital_levels"), ["三级"], [("base.hospital_levels.0", "scheme.form")]),
        (("base", "designated_only"), "no", [("base.designated_only", "scheme.kind")]),
        (("deductible", "per"), "week", [("deductible.per", "scheme.choice")]),
        (("deductible", "amount"), "-1", [("deductible.amount", "scheme.kind")]),
        (("bands", "rows"), [], [("bands.rows", "scheme.empty")]),
        (("bands", "rows", 0, "ratio"), 0.6, [("bands.rows.0.ratio", "scheme.kind")]),
        (("bands", "rows", 0, "gt"), "1", [("bands.rows.0", "scheme.bands_start")]),
        (("bands", "rows", 0, "le"), "500", [("bands.rows.0", "scheme.bands_end")]),
        (
            ("bands", "rows"),
            [{"gt": "0", "le": "10", "ratio": "0.5"}, {"gt": "11", "le": None, "ratio": "0.6"}],
            [("bands.rows.1", "scheme.bands_gap")],
        ),
        (
            ("bands", "rows"),
            [{"gt": "0", "le": None, "ratio": "0.5"}, {"gt": "11", "le": None, "ratio": "0.6"}],
            [("bands.rows.1", "scheme.bands_gap")],
        ),
        (
            ("overrides",),
            [{"match": {}, "ratio": "0.8", "priority": 1}],
            [("overrides.0.match", "scheme.match_nothing")],
        ),
        (
            ("overrides",),
            [{"match": {"icd10": ["I63*"]}, "priority": 1}],
            [("overrides.0", "scheme.override_empty")],
        ),
        (
            ("overrides",),
            [{"match": {"icd10": ["I*3"]}, "ratio": "1", "priority": 1}],
            [("overrides.0.match.icd10.0", "scheme.form")],
        ),
        (
            ("overrides",),
            [{"match": {"icd10": [letter]}, "ratio": "1", "priority": 1} for letter in "IJ"],
            [("overrides.1", "scheme.priority_twice")],
        ),
        (("caps", "per_year"), 100000, [("caps.per_year", "scheme.kind")]),
        (("min_payment", "action"), "keep", [("min_payment.action", "scheme.choice")]),
        (("rounding", "unit"), "0.00", [("rounding.unit", "scheme.amount_least")]),
        (("rounding", "mode"), "ROUND", [("rounding.mode", "scheme.choice")]),
        (("exclusions",), [{"code": "x", "text": "示例"}], [("exclusions.0.code", "scheme.form")]),
        (("documents",), [], [("documents", "scheme.empty")]),
        (("documents", 1, "code"), "INVOICE", [("documents.1.code", "scheme.twice")]),
        (("documents", 0, "need"), "conditional", [("documents.0.when", "scheme.when_missing")]),
        (("documents", 0, "when"), "proxy", [("documents.0.when", "scheme.when_useless")]),
        (("claim_deadline_days",), 0, [("claim_deadline_days", "scheme.range")]),
        (("signed_sha256",), "abc", [("signed_sha256", "scheme.form")]),
        (("example",), "yes", [("example", "scheme.kind")]),
        (("checks",), {"sums": "off"}, [("checks.sums", "scheme.choice")]),
        (("checks",), {"surplus": "stop"}, [("checks.surplus", "scheme.unknown_field")]),
        (("checks",), "stop", [("checks", "scheme.kind")]),
    ],
)
def test_a_mistake_is_told_at_its_place(
    path: tuple[str | int, ...], value: Any, expected: list[tuple[str, str]]
) -> None:
    assert mistakes(spoilt(*path, value=value)) == expected


def test_all_mistakes_are_told_at_once() -> None:
    whole = plain()
    whole["premium"], whole["caps"]["per_year"], whole["bands"]["rows"][0]["ratio"] = "x", "y", "z"
    del whole["rounding"]["mode"]
    assert mistakes(whole) == [
        ("premium", "scheme.kind"),
        ("bands.rows.0.ratio", "scheme.kind"),
        ("caps.per_year", "scheme.kind"),
        ("rounding.mode", "scheme.missing"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "scheme.not_json"),
        ("{", "scheme.not_json"),
        ('{"a": NaN}', "scheme.not_json"),
        ("[" * 100_000, "scheme.not_json"),
        ("[]", "scheme.not_object"),
        ("12", "scheme.not_object"),
        ('{"premium": "30.00", "premium": "3.00"}', "scheme.name_twice"),
        ("{}".encode("utf-16"), "scheme.not_utf8"),
    ],
)
def test_what_is_no_scheme_file_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_scheme(text)
    assert caught.value.code == code


def test_says_where_the_writing_is_wrong() -> None:
    with pytest.raises(RuleBroken) as caught:
        read_scheme('{"schema": 1,\n "version" 2}')
    assert caught.value.facts == {"line": 2, "column": 12}


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_scheme(b"\xef\xbb\xbf" + EXAMPLE.read_bytes()).example


@pytest.mark.parametrize("file", sorted((RESOURCES / "schemes").glob("*.json")), ids=lambda file: file.stem)
def test_the_examples_that_ship_say_that_they_are_examples(file: Path) -> None:
    scheme = read_scheme(file.read_bytes())
    assert scheme.example
    assert "示例" in scheme.title
    assert "EXAMPLE" in scheme.scheme_id
    assert str(scheme.policy_year) in scheme.title
    assert write_scheme(scheme) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("year", [2019, 2025, 2026])
def test_a_county_and_year_has_one_approved_example(year: int) -> None:
    read = [read_scheme(file.read_bytes()) for file in (RESOURCES / "schemes").glob(f"example-*-520625-{year}.json")]
    assert sorted(scheme.status for scheme in read) == [SchemeStatus.APPROVED, SchemeStatus.DRAFT]


def test_an_example_is_made_over_for_another_county_and_year() -> None:
    made_over = example_for(scheme_with(), county="530627", policy_year=2030)
    assert (made_over.county, made_over.policy_year) == ("530627", 2030)
    assert made_over.covers(date(2030, 6, 1))
    assert made_over.scheme_id == "EXAMPLE-1900-60-530627-2030"
    assert read_scheme(write_scheme(made_over)) == made_over


def test_a_real_scheme_is_not_made_over() -> None:
    with pytest.raises(ValueError, match="example"):
        example_for(read_scheme(AS_DESCRIBED), county="530627", policy_year=2030)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside: list[tuple[str | int, ...]] = []
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in below:
        inside.extend(leaves(one, (*path, step)))
    return [path, *inside] if path else inside


@pytest.mark.parametrize("wrong", [None, 7.5, "", "no", [], {}, [None], {"a": 1}], ids=repr)
def test_no_wrong_value_anywhere_does_more_than_refuse(wrong: Any) -> None:
    for path in leaves(json.loads(AS_DESCRIBED)):
        whole = json.loads(AS_DESCRIBED)
        place: Any = whole
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = wrong
        places: set[str] = set()
        try:
            read_scheme(json.dumps(whole))
        except RuleBroken as broken:
            places = {found.field.split(".")[0] for found in broken.findings}
        assert places <= {path[0]}, path
