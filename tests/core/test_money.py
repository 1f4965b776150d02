"""Amounts: in, out, and in Chinese capitals."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone_core.errors import RuleBroken
from backbone_core.money import LARGEST, capitals, format_amount, read_amount


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("0", 0),
        ("1234.5", 123450),
        ("1,234.50", 123450),
        ("１，２３４．５０", 123450),
        ("¥1,234.50", 123450),
        ("￥ 1 234.50 元", 123450),
        ("人民币1234.50元整", 123450),
        ("12。34", 1234),
        ("007.10", 710),
        ("5.", 500),
        ("99,999,999.99", LARGEST),
    ],
)
def test_reads_an_amount_however_it_was_typed(typed: str, fen: int) -> None:
    assert read_amount(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "amount.empty"),
        ("元", "amount.empty"),
        ("-1", "amount.negative"),
        ("−5", "amount.negative"),
        ("1,23", "amount.grouping"),
        ("12,34.50", "amount.grouping"),
        ("1.5,000", "amount.grouping"),
        ("12a", "amount.characters"),
        ("一百", "amount.characters"),
        ("1.2.3", "amount.characters"),
        (".5", "amount.characters"),
        ("1e5", "amount.characters"),
        ("١٢", "amount.characters"),
        ("1.005", "amount.decimals"),
        ("100000000", "amount.too_large"),
        ("9" * 5000, "amount.too_large"),
    ],
)
def test_refuses_what_is_no_amount(typed: str, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_amount(typed)
    assert caught.value.code == code


@given(st.integers(0, LARGEST))
def test_what_is_shown_is_read_back(fen: int) -> None:
    assert read_amount(format_amount(fen)) == fen


def test_an_amount_below_nought_keeps_its_sign() -> None:
    assert format_amount(-5) == "-0.05"
    assert format_amount(-123450) == "-1,234.50"


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (1005, "壹拾元零伍分"),
        (123450, "壹仟贰佰叁拾肆元伍角整"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (600714, "陆仟零柒元壹角肆分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (1050000, "壹万零伍佰元整"),
        (100000000, "壹佰万元整"),
        (10000000500, "壹亿零伍元整"),
        (99999999999999, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_writes_capitals_as_the_banks_rule_has_them(fen: int, words: str) -> None:
    assert capitals(fen) == words
    assert capitals(fen, prefix=True) == "人民币" + words


@pytest.mark.parametrize("fen", [-1, 10**14])
def test_has_no_capitals_for_what_is_out_of_range(fen: int) -> None:
    with pytest.raises(ValueError, match="capitals"):
        capitals(fen)


def read_back(words: str) -> int:
    """Capitals to fen, by another way than they were written: a stack of units, zeros ignored."""
    digits = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
    small = {"拾": 10, "佰": 100, "仟": 1000}
    fen = total = group = digit = 0
    for character in words.removesuffix("整"):
        if character in digits:
            digit = digits[character]
        elif character in small:
            group, digit = group + digit * small[character], 0
        elif character in "万亿":
            total, group, digit = total + (group + digit) * (10**4 if character == "万" else 10**8), 0, 0
        elif character == "元":
            fen, group, digit = (total + group + digit) * 100, 0, 0
        elif character == "角":
            fen, digit = fen + digit * 10, 0
        elif character == "分":
            fen, digit = fen + digit, 0
    return fen


@given(st.one_of(st.integers(0, 10**14 - 1), st.integers(0, 10**7), st.integers(0, 10**6).map(lambda n: n * 10**5)))
def test_capitals_read_back_to_the_same_amount(fen: int) -> None:
    words = capitals(fen)
    assert read_back(words) == fen
    assert "零零" not in words
    assert words.endswith("分") != words.endswith("整")
    assert not re.search("零[元万亿角分拾佰仟]", words) or fen == 0
