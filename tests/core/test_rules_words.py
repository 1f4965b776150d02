"""Every code that a rule can give has a sentence in both languages, with the facts that the rule gives it."""

from __future__ import annotations

import ast
import gettext
import io
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from rules_kit import RESOURCES, claim_2019, scheme_with

import backbone_core
from backbone_core.benefit import work_out
from backbone_core.claim import HOSPITAL_LEVELS, Cause, ClaimAct, ClaimState, stay_of
from backbone_core.costs import SETTLEMENT_FIELDS
from backbone_core.household import ETHNIC_GROUPS, RELATIONS, PovertyType
from backbone_core.identity import Sex
from backbone_core.scheme_json import Form
from backbone_core.scheme_reading import STARTS
from backbone_core.scheme_terms import CONDITIONS, Need, Per, RoundingMode, SchemeStatus
from backbone_desktop.words import Words
from backbone_desktop.words.catalogue import compile_sheets

LANGUAGES = ("zh_CN", "en")
MINE = (
    "identity",
    "names",
    "money",
    "dates",
    "household",
    "enrolment",
    "scheme",
    "benefit",
    "claim",
    "costs",
    "receipt",
)
CODE = re.compile(r"[a-z_]+\.[a-z_0-9]+")


@cache
def sheet(language: str) -> dict[str, str]:
    with (RESOURCES / "locale" / language / "rules.po").open("rb") as handle:
        return {str(message.id): str(message.string) for message in read_po(handle) if message.id}


def raised() -> set[str]:
    """The literal codes that stand in the rules: first arguments of refusals, warnings, steps and RuleBroken."""
    codes: set[str] = set()
    for file in Path(backbone_core.__file__).parent.glob("*.py"):
        if not file.stem.startswith(MINE):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                codes.add(node.value)
    return {code for code in codes if not code.endswith("_")}


def composed() -> set[str]:
    """Codes that are put together from a value."""
    forms = {form.name for form in vars(backbone_core.scheme_reading).values() if isinstance(form, Form)}
    per_met = [
        f"benefit.{kind}_{per}" for kind in ("deductible_rest", "deductible_met") for per in Per if per != "admission"
    ]
    return {
        *(f"claim_state.{state}" for state in ClaimState),
        *(f"claim_act.{act}" for act in ClaimAct),
        *(f"cause.{cause}" for cause in Cause),
        *(f"cost.{name}" for name in SETTLEMENT_FIELDS),
        *(f"hospital_level.{level}" for level in HOSPITAL_LEVELS),
        *(f"poverty.{kind.name}" for kind in PovertyType),
        *(f"sex.{sex}" for sex in Sex),
        *(f"need.{need}" for need in Need),
        *(f"document_when.{when}" for when in CONDITIONS),
        *(f"document.{need.code}" for need in scheme_with().documents),
        *(f"rounding.{mode}" for mode in RoundingMode),
        *(f"scheme_status.{status}" for status in SchemeStatus),
        *(f"scheme_form.{name}" for name in forms),
        *(f"scheme_kind.{kind}" for kind in ("object", "text", "whole", "flag", "amount", "ratio", "day", "list")),
        *(f"claim_field.{name}" for name in ("hospital", "diagnosis", "admitted", "discharged", "settled")),
        *(f"claim_field.{name}" for name in ("hospital_level", "icd10")),
        *(f"benefit.start_{name}" for name in STARTS),
        *(f"benefit.{kind}_{per}" for kind in ("deductible", "below_deductible") for per in Per),
        *per_met,
        *(f"benefit.band_{kind}_{end}" for kind in ("part", "whole") for end in ("first", "middle", "last")),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language: str) -> None:
    wanted = raised() | composed()
    assert len(wanted) > 200
    assert sorted(wanted - set(sheet(language))) == []


def test_both_languages_ask_for_the_same_facts() -> None:
    chinese, english = sheet("zh_CN"), sheet("en")
    assert set(chinese) <= set(english)
    for code, text in chinese.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", english[code])), code


def test_no_sentence_is_left_over() -> None:
    fields = {name for name in sheet("zh_CN") if name.startswith("claim_field.")}
    assert sorted(set(sheet("zh_CN")) - raised() - composed() - fields) == []


def test_the_roster_s_values_are_said_in_english() -> None:
    english = sheet("en")
    for value in (*RELATIONS, *ETHNIC_GROUPS, *(kind.value for kind in PovertyType)):
        assert english[value].isascii(), value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_make_a_catalogue(language: str) -> None:
    assert compile_sheets([RESOURCES / "locale" / language / "rules.po"], language)


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("zh_CN", [
            "您这次住院总费用9,932.00元。", "可以计算赔付的费用是9,932.00元。",
            "全年起付线1,900.00元，减去后剩8,032.00元。",
            "8,032.00元按60%赔付，是4,819.20元。", "这次预计赔付4,819.20元，以保险公司核定为准。",
        ]),
        ("en", [
            "Your stay in hospital cost 9,932.00 yuan in all.", "What counts is 9,932.00 yuan.",
            "The deductible for the year is 1,900.00 yuan; that leaves 8,032.00 yuan.",
            "60% of 8,032.00 yuan are paid: 4,819.20 yuan.", "You can expect 4,819.20 yuan; the insurer decides.",
        ]),
    ],
)  # fmt: skip
def test_a_benefit_can_be_read_aloud(language: str, spoken: list[str]) -> None:
    made = compile_sheets([RESOURCES / "locale" / language / "rules.po"], language)
    words = Words(language, gettext.GNUTranslations(io.BytesIO(made)))
    benefit = work_out(scheme_with(), stay_of(claim_2019(), PovertyType.ORDINARY))
    assert [words.step(step) for step in benefit.trace] == spoken
