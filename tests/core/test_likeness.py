"""Which two records look like one person, and which only look like a family."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone_core.identity import check_digit
from backbone_core.likeness import (
    Likeness,
    Traits,
    birth_part,
    likenesses,
    masked_apart,
    near_blocks,
    numbers_near,
    whole_number,
)

NUMBER = "520625198001010015"
SAME, NEAR = Likeness.SAME_NUMBER, Likeness.NEAR_NUMBER
BORN, PAID = Likeness.NAME_AND_BIRTH, Likeness.PHONE_AND_ACCOUNT


def valid(body: str) -> str:
    return body + check_digit(body)


def swapped(number: str, place: int) -> str:
    body = number[:place] + number[place + 1] + number[place] + number[place + 2:]
    return valid(body[:17])


def person(name: str = "测试甲", id_no: str = NUMBER, *readings: str, **other: str) -> Traits:
    usual = {"township": "示例镇", "household_id": "h1"}
    return Traits(name=name, readings=frozenset(readings or (name,)), id_no=id_no, **{**usual, **other})


@pytest.mark.parametrize(("other", "expected"), [
    # the same number, however it is written
    (person("别人"), (SAME,)),
    (person(), (SAME, BORN)),
    (person(id_no="520625800101001", township="别镇"), (SAME,)),
    # one wrong digit, with the check digit worked out anew or left as it was
    (person(id_no=valid("52062519800101002"), township="别镇"), (NEAR,)),
    (person(id_no="520625198001010025", township="别镇"), (NEAR,)),
    (person(id_no="520625198001010016", township="别镇"), (NEAR,)),
    (person(id_no=valid("53062519800101001"), township="别镇"), (NEAR,)),
    (person(id_no=valid("52062519800101002"), household_id="h2"), (NEAR, BORN)),
    # two neighbours in the wrong order, on the card of 18 digits or on that of 15
    (person(id_no=swapped(NUMBER, 3), township="别镇"), (NEAR,)),
    (person(id_no=swapped(NUMBER, 11)), (NEAR,)),
    (person(id_no=valid("52062819500101001")), (NEAR,)),
    (person(id_no=valid("52062519800102002")), ()),
    # another's name makes it another person's number
    (person("测试乙", valid("52062519800101002")), ()),
    # read alike
    (person("测诗嘉", valid("52062519800101333"), "ceshijia", "测试甲"), (BORN,)),
    (person("测诗嘉", valid("52062519800101333"), "ceshijia", "测试甲", township="别镇"), ()),
    (person("测试甲", valid("52062519800102333")), ()),
])  # fmt: skip
def test_what_looks_like_one_person(other: Traits, expected: tuple[Likeness, ...]) -> None:
    assert likenesses(person(), other) == expected
    assert likenesses(other, person()) == expected


@pytest.mark.parametrize(("other", "expected"), [
    ({"phone": "13900000001", "account": "62284800"}, (PAID,)),
    ({"phone": "13900000001", "account": ""}, ()),
    ({"phone": "13900000002", "account": "62284800"}, ()),
    # a family's money comes on one card
    ({"phone": "13900000001", "account": "62284800", "household_id": "h1"}, ()),
])
def test_a_phone_alone_is_shared_but_not_with_an_account_by_another_household(
    other: dict[str, str], expected: tuple[Likeness, ...],
) -> None:
    paid = person(phone="13900000001", account="62284800")
    assert likenesses(paid, person("别人", valid("52062519700303222"), **{"household_id": "h2", **other})) == expected


def test_one_household_with_one_name_twice_is_no_family_card() -> None:
    card = {"phone": "13900000001", "account": "62284800"}
    assert likenesses(person(**card), person(id_no=valid("52062519700303222"), **card)) == (PAID,)


def test_what_is_not_known_is_like_nothing() -> None:
    blank = Traits()
    assert likenesses(blank, blank) == ()
    assert likenesses(Traits(name="测试甲"), Traits(name="测试甲")) == ()
    assert not numbers_near("", "")
    assert birth_part("12345") == ""
    assert list(near_blocks("x" * 18)) == []


def test_fifteen_digits_are_the_eighteen_that_they_became() -> None:
    assert whole_number("110105491231002") == "11010519491231002X"
    assert whole_number(NUMBER) == NUMBER


bodies = st.builds(
    lambda county, born, order: f"{county}{born:%Y%m%d}{order:03}",
    st.sampled_from(["520625", "530521", "110105"]), st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    st.integers(1, 999),
)


@given(bodies, st.integers(0, 16), st.sampled_from("0123456789"))
def test_numbers_with_one_wrong_digit_share_a_block(body: str, place: int, digit: str) -> None:
    wrong = body[:place] + digit + body[place + 1:]
    assert numbers_near(valid(body), valid(wrong))
    assert set(near_blocks(valid(body))) & set(near_blocks(valid(wrong)))


@given(bodies, st.integers(0, 15))
def test_numbers_with_swapped_neighbours_share_a_block(body: str, place: int) -> None:
    wrong = body[:place] + body[place + 1] + body[place] + body[place + 2:]
    assert numbers_near(valid(body), valid(wrong))
    assert set(near_blocks(valid(body))) & set(near_blocks(valid(wrong)))


@given(bodies.filter(lambda body: body[6:8] == "19"), st.integers(0, 13))
def test_so_do_those_that_were_swapped_when_they_had_fifteen_digits(body: str, place: int) -> None:
    old = body[:6] + body[8:]
    wrong = old[:place] + old[place + 1] + old[place] + old[place + 2:]
    assert numbers_near(valid(body), wrong)
    assert set(near_blocks(valid(body))) & set(near_blocks(wrong))


@given(bodies, bodies)
def test_no_other_numbers_are_near(one: str, other: str) -> None:
    places = [n for n in range(17) if one[n] != other[n]]
    mistakes = {other[:n] + digit + other[n + 1:] for n in range(17) for digit in "0123456789"}
    mistakes |= {other[:n] + other[n + 1] + other[n] + other[n + 2:] for n in range(16)}
    old = other[:6] + other[8:]
    if other[6:8] == "19":
        mistakes.add(whole_number(old[:5] + old[6] + old[5] + old[7:])[:17])
    assert numbers_near(valid(one), valid(other)) == (one in mistakes), places


@pytest.mark.parametrize(("other", "shown"), [
    ("520625198001010015", ("520625********0015", "520625********0015")),
    ("520625198101010010", ("520625***0****0015", "520625***1****0010")),
    ("520625191203040016", ("520625********0015", "520625********0016")),
    ("52", ("520625********0015", "**")),
])
def test_a_masked_number_shows_the_digit_in_which_it_differs(other: str, shown: tuple[str, str]) -> None:
    assert masked_apart(NUMBER, other) == shown
