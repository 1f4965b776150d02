"""The identity number's own arithmetic, as GB 11643 has it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone_core.errors import RuleBroken, Severity
from backbone_core.identity import (
    Sex,
    age_on,
    check_digit,
    group_id_no,
    mask_account,
    mask_id_no,
    mask_phone,
    read_id_number,
)

TODAY = date(2020, 8, 24)
KNOWN = frozenset({"520625", "530521", "513432", "110105"})

birth_dates = st.dates(date(1900, 1, 1), date(2020, 8, 24))
numbers = st.builds(
    lambda county, birth, sequence: (first := f"{county:06d}{birth:%Y%m%d}{sequence:03d}") + check_digit(first),
    st.integers(110000, 659999),
    birth_dates,
    st.integers(0, 999),
)


def refused(typed: str) -> tuple[str, ...]:
    with pytest.raises(RuleBroken) as caught:
        read_id_number(typed, TODAY, KNOWN)
    assert typed.strip() not in str(caught.value) or not typed.strip()
    return tuple(found.code for found in caught.value.findings)


@pytest.mark.parametrize(
    ("number", "sex", "birth"),
    [
        ("520625198001010015", Sex.MALE, date(1980, 1, 1)),
        ("530521197505050025", Sex.FEMALE, date(1975, 5, 5)),
        ("513432198503151233", Sex.MALE, date(1985, 3, 15)),
        ("11010519491231002X", Sex.FEMALE, date(1949, 12, 31)),
    ],
)
def test_says_sex_birth_date_and_county(number: str, sex: Sex, birth: date) -> None:
    read, warnings = read_id_number(number, TODAY, KNOWN)
    assert (read.number, read.sex, read.birth_date, read.county) == (number, sex, birth, number[:6])
    assert (read.disability, warnings) == ("", ())


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002×",
        "\ufeff110105\u300019491231002\u200bX",
    ],
)
def test_takes_a_number_however_it_was_typed(typed: str) -> None:
    assert read_id_number(typed, TODAY)[0].number == "11010519491231002X"


def test_a_child_born_today_has_a_number() -> None:
    first = "52062520200824001"
    assert read_id_number(first + check_digit(first), TODAY)[0].birth_date == TODAY


def test_an_old_number_is_made_longer_and_said_so() -> None:
    read, warnings = read_id_number("110105491231002", TODAY, KNOWN)
    assert read.number == "11010519491231002X"
    assert [(found.code, found.severity) for found in warnings] == [("id.from_15", Severity.WARNING)]


def test_a_disability_certificate_gives_type_and_grade() -> None:
    read, _ = read_id_number("52062519800101001543", TODAY, KNOWN)
    assert (read.number, read.disability) == ("520625198001010015", "43")


@pytest.mark.parametrize("tail", ["03", "83", "40", "45"])
def test_a_disability_type_or_grade_that_does_not_exist_is_refused(tail: str) -> None:
    assert refused("520625198001010015" + tail) == ("id.disability",)


def test_an_unknown_county_only_warns() -> None:
    first = "99999919800101001"
    read, warnings = read_id_number(first + check_digit(first), TODAY, KNOWN)
    assert read.county == "999999"
    assert [(found.code, found.refuses) for found in warnings] == [("id.county_unknown", False)]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", ("id.empty",)),
        (" \u3000", ("id.empty",)),
        ("52062519800101001", ("id.length",)),
        ("5206251980010100155", ("id.length",)),
        ("52062519800101OO15", ("id.characters",)),
        ("520625X98001010015", ("id.characters",)),
        ("五二", ("id.characters",)),
        ("520625198001010014", ("id.check_digit",)),
        ("52062518991231001" + check_digit("52062518991231001"), ("id.birth_date",)),
        ("52062519800230001" + check_digit("52062519800230001"), ("id.birth_date",)),
        ("52062520200825001" + check_digit("52062520200825001"), ("id.birth_future",)),
        ("520625198013010010", ("id.birth_date", "id.check_digit")),
    ],
)
def test_refuses_and_says_every_reason(typed: str, codes: tuple[str, ...]) -> None:
    assert refused(typed) == codes


def test_says_which_character_to_look_at() -> None:
    with pytest.raises(RuleBroken) as caught:
        read_id_number("5206251980010I0015", TODAY)
    assert caught.value.facts == {"position": 14}


@given(numbers)
def test_every_well_made_number_is_read(number: str) -> None:
    read, _ = read_id_number(number, TODAY)
    assert read.number == number
    assert f"{read.birth_date:%Y%m%d}" == number[6:14]


@given(numbers, st.integers(0, 17), st.integers(1, 9))
def test_the_check_digit_finds_every_wrong_digit(number: str, place: int, change: int) -> None:
    digits = "0123456789X" if place == 17 else "0123456789"
    wrong = digits[(digits.index(number[place]) + change) % len(digits)]
    spoilt = number[:place] + wrong + number[place + 1 :]
    assert spoilt != number
    assert check_digit(spoilt[:17]) != spoilt[17]


@given(numbers, st.integers(0, 16))
def test_the_check_digit_finds_every_swap_of_neighbours(number: str, place: int) -> None:
    one, other = number[place], number[place + 1]
    swapped = number[:place] + other + one + number[place + 2 :]
    if one == other or "X" in swapped[:17]:
        return
    assert check_digit(swapped[:17]) != swapped[17]


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1980, 1, 1), date(2019, 1, 1), 39),
        (date(1980, 1, 2), date(2019, 1, 1), 38),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
    ],
)
def test_counts_full_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


def test_masks_what_strangers_may_not_read() -> None:
    assert mask_id_no("520625198001010015") == "520625********0015"
    assert mask_id_no("12345") == "*****"
    assert group_id_no("520625198001010015") == "520625 19800101 0015"
    assert [mask_phone(phone) for phone in ("13800000000", "08561234567", "1234567", "12345", "")] == [
        "138****0000", "08561****67", "1****67", "*****", ""]
    assert mask_account("6228480030123456789") == "***************6789"
    assert mask_account("123456") == "******"
