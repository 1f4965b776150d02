"""The recovery code: random enough, read however it is typed, and a slip of the pen is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone_core.errors import RuleBroken
from backbone_desktop.security.recovery_code import ALPHABET, make_recovery_code, read_recovery_code

CODE = "TSMQ0-2Z0ER-QXACD-RKGV7-DV65R-31QRG"


def test_six_groups_of_five_letters_that_are_never_mistaken():
    groups = make_recovery_code().split("-")
    assert [len(group) for group in groups] == [5] * 6
    assert not set("ILOU") & set("".join(groups))
    assert len(ALPHABET) ** 25 >= 2**125


def test_every_code_is_another():
    assert len({make_recovery_code() for _ in range(200)}) == 200


@pytest.mark.parametrize("typed", [
    CODE, CODE.lower(), CODE.replace("-", ""), CODE.replace("-", " "), f"  {CODE}\n", CODE.replace("-", "－"),
    CODE.translate({ord(sign): ord(sign) + 0xFEE0 for sign in ALPHABET}),
])
def test_it_is_read_however_it_is_typed(typed):
    assert read_recovery_code(typed) == CODE.replace("-", "")[:25]


def test_letters_that_look_like_figures_are_read_as_figures():
    code = next(code for code in iter(make_recovery_code, None) if "0" in code and "1" in code)
    assert read_recovery_code(code.replace("0", "O").replace("1", "l")) == code.replace("-", "")[:25]


@given(st.integers(0, 29), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_found_before_anything_is_tried(place, letter):
    letters = list(CODE.replace("-", ""))
    if letters[place] == letter:
        return
    letters[place] = letter
    with pytest.raises(RuleBroken) as refused:
        read_recovery_code("".join(letters))
    assert (refused.value.code, refused.value.field) == ("keys.recovery_code_mistyped", "recovery_code")


@pytest.mark.parametrize(("typed", "code"), [
    ("", "keys.recovery_code_length"), (CODE[:-1], "keys.recovery_code_length"),
    (CODE + "0", "keys.recovery_code_length"), (CODE[:-1] + "U", "keys.recovery_code_characters"),
    ("县" + CODE, "keys.recovery_code_characters"),
])
def test_what_cannot_be_a_code_is_refused(typed, code):
    with pytest.raises(RuleBroken) as refused:
        read_recovery_code(typed)
    assert refused.value.code == code
