"""Who may be enrolled, and who lives in a household."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rules_kit import plain, scheme_with

from backbone_core.enrolment import check_eligibility
from backbone_core.errors import Finding
from backbone_core.household import ETHNIC_GROUPS, RELATIONS, PovertyType, check_relations


def eligible(
    birth: date,
    poverty: PovertyType = PovertyType.ORDINARY,
    on_roster: bool = True,
    admitted: date | None = None,
    **terms: Any,
) -> tuple[Finding, ...]:
    scheme = scheme_with(eligibility={**plain()["eligibility"], **terms})
    return check_eligibility(scheme, birth_date=birth, poverty_type=poverty, on_roster=on_roster, admitted=admitted)


def codes(found: tuple[Finding, ...]) -> list[str]:
    assert all(one.refuses for one in found)
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        (date(2001, 1, 1), []),  # 18 on 1 January 2019
        (date(2001, 1, 2), ["enrolment.too_young"]),
        (date(1958, 1, 2), []),  # 60 and the whole year of being 60
        (date(1958, 1, 1), ["enrolment.too_old"]),
        (date(2019, 6, 1), ["enrolment.not_born"]),
    ],
)
def test_the_age_counts_on_the_policy_s_first_day(birth: date, expected: list[str]) -> None:
    assert codes(eligible(birth)) == expected


def test_without_the_last_year_sixty_is_too_old() -> None:
    assert codes(eligible(date(1959, 1, 1), age_end_inclusive=False)) == ["enrolment.too_old"]
    assert codes(eligible(date(1959, 1, 2), age_end_inclusive=False)) == []


def test_says_age_limits_and_day() -> None:
    (found,) = eligible(date(2005, 5, 5))
    assert found.facts == {"age": 13, "min": 18, "max": 60, "reference": date(2019, 1, 1)}


def test_where_the_admission_counts_the_age_may_be_reached_within_the_year() -> None:
    at = {"age_at": "admission"}
    assert codes(eligible(date(2001, 6, 1), **at)) == []
    assert codes(eligible(date(2002, 1, 1), **at)) == ["enrolment.too_young"]
    assert codes(eligible(date(1958, 6, 1), **at)) == []
    assert codes(eligible(date(2001, 6, 1), admitted=date(2019, 5, 31), **at)) == ["enrolment.too_young"]
    assert codes(eligible(date(2001, 6, 1), admitted=date(2019, 6, 1), **at)) == []
    assert codes(eligible(date(1958, 6, 1), admitted=date(2019, 6, 1), **at)) == ["enrolment.too_old"]


def test_household_type_and_roster() -> None:
    adult = date(1980, 1, 1)
    assert codes(eligible(adult, PovertyType.FARMER)) == ["enrolment.household_type"]
    assert codes(eligible(adult, on_roster=False, roster_required=True)) == ["enrolment.not_on_roster"]
    assert codes(eligible(adult, on_roster=False, roster_required=False)) == []


def test_every_reason_is_given() -> None:
    assert codes(eligible(date(2010, 1, 1), PovertyType.FARMER, on_roster=False, roster_required=True)) == [
        "enrolment.too_young",
        "enrolment.household_type",
        "enrolment.not_on_roster",
    ]


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        (["户主"], []),
        (["户主", "配偶", "之子", "之子"], []),
        (["配偶", "户主"], []),
        (["户主", "户主"], [("household.two_heads", "members.1.relation")]),
        (["户主", "配偶", "配偶"], [("household.two_spouses", "members.2.relation")]),
        (["户主", "邻居"], [("household.relation_unknown", "members.1.relation")]),
        (["之子"], [("household.no_head", "members")]),
        (["", "户主"], [("household.relation_unknown", "members.0.relation")]),
    ],
)
def test_a_household_has_one_head_and_at_most_one_spouse(relations: list[str], expected: list[tuple[str, str]]) -> None:
    assert [(found.code, found.field) for found in check_relations(relations)] == expected


def test_the_value_sets_are_whole() -> None:
    assert len(RELATIONS) == len(set(RELATIONS)) == 28
    assert len(ETHNIC_GROUPS) == len(set(ETHNIC_GROUPS)) == 56
