"""A scheme in sentences: every rule is said, in both languages, and a changed rule changes what is said."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given, settings
from rules_kit import EXAMPLE, RESOURCES, schemes

from backbone_core.household import PovertyType
from backbone_core.scheme import Scheme, read_scheme
from backbone_core.scheme_sentences import SchemePart, sentences_of
from backbone_core.scheme_terms import Override, Waiting
from backbone_desktop.words import Words

WORDS = {language: Words.load(language, RESOURCES / "locale") for language in ("zh_CN", "en")}


def said(scheme: Scheme, language: str = "zh_CN") -> list[str]:
    return [WORDS[language](one.code, **{"": "", **one.facts}) for one in sentences_of(scheme)]


@settings(max_examples=60)
@given(schemes())
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_sentence_is_in_the_catalogue_and_filled_in(language: str, scheme: Scheme) -> None:
    words = WORDS[language]
    for one in sentences_of(scheme):
        assert words.knows(one.code), one.code
        assert words.knows(f"scheme_part.{one.part}")
        asked = {name for _, name, _, _ in Formatter().parse(words(one.code)) if name}
        given_facts = {name.removesuffix("_fen") for name in one.facts} | set(one.facts)
        assert asked <= given_facts, one.code


@settings(max_examples=80)
@given(schemes(), schemes())
def test_other_rules_are_said_otherwise(one: Scheme, other: Scheme) -> None:
    """A person approves by what the sentences say: no rule may differ in silence."""
    for field in fields(Scheme):
        if field.name in ("schema", "status", "title", "county", "policy_year", "documents"):
            continue  # told by the page's heading, or with equal sense written in two ways
        changed = replace(one, **{field.name: getattr(other, field.name)})
        if _meant(changed) != _meant(one):
            assert sentences_of(changed) != sentences_of(one), field.name


def _meant(scheme: Scheme) -> Any:
    """What a scheme means, without ways of writing that change nothing."""
    overrides = tuple(replace(one, priority=0) for one in sorted(scheme.overrides, key=lambda one: -one.priority))
    waiting = scheme.waiting if scheme.waiting.days else Waiting()
    who = replace(scheme.eligibility, age_max=scheme.eligibility.oldest, age_end_inclusive=True)
    least = scheme.min_payment if scheme.min_payment.amount else replace(scheme.min_payment, action="zero")  # type: ignore[arg-type]
    deductible = scheme.deductible if scheme.deductible.amount else replace(scheme.deductible, per="year")  # type: ignore[arg-type]
    bands = scheme.bands
    if len(bands.rows) == 1:
        bands = replace(bands, mode="marginal", measure="after_deductible")  # type: ignore[arg-type]
    return replace(scheme, overrides=overrides, waiting=waiting, eligibility=who, min_payment=least,
                   deductible=deductible, bands=bands, policy_no=scheme.policy_no if scheme.insurer else "")


def test_the_example_reads_as_a_clerk_would_tell_it() -> None:
    lines = said(read_scheme(EXAMPLE.read_text("utf-8")))
    assert "起付线：每人全年1,900.00元，几次住院合并计算" in lines
    assert "起付线以上的部分按60%赔付" in lines
    assert "每人全年最多赔付100,000.00元" in lines
    assert "由他人代办时需要：委托书、代办人身份证" in lines
    assert lines[-1] == "这是示例方案，不得用于实际理赔"
    parts = dict.fromkeys(one.part for one in sentences_of(read_scheme(EXAMPLE.read_text("utf-8"))))
    assert list(parts) == list(SchemePart)


def test_an_exception_says_for_whom_and_what() -> None:
    scheme = replace(read_scheme(EXAMPLE.read_text("utf-8")), overrides=(
        Override(icd10=("I63*",), hosp_level=("3*", "2A"), poverty=(PovertyType.FIVE_GUARANTEES_POOR,),
                 deductible=0, priority=10),))
    lines = said(scheme)
    at = lines.index("诊断编码为I63*、在三级医院、二级甲等住院、户类型为五保贫困户的，另有规定：")
    assert lines[at + 1] == "不设起付线"


def test_all_shipped_examples_can_be_read_out() -> None:
    for path in sorted(Path(RESOURCES / "schemes").glob("*.json")):
        assert len(said(read_scheme(path.read_text("utf-8")), "en")) > 15
