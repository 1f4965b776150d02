"""Breaking lines: nothing is lost, nothing is too wide, and marks stand where Chinese puts them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone_desktop.printing.lines import CANNOT_BEGIN, CANNOT_END, clean, fit, wrap


def cells(text: str, /, size: float = 1.0) -> float:
    """A Chinese character is two wide, everything else one."""
    return size * sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def test_chinese_breaks_anywhere_and_english_between_words() -> None:
    assert wrap("理赔申请受理回执", 6, cells) == ["理赔申", "请受理", "回执"]
    assert wrap("bring it to the office", 9, cells) == ["bring it", "to the", "office"]
    assert wrap("共2,900.00元整", 9, cells) == ["共", "2,900.00", "元整"]


def test_marks_do_not_begin_or_end_a_line_wrongly() -> None:
    assert wrap("县医院（示例）。", 8, cells) == ["县医院", "（示", "例）。"]
    assert wrap("甲、乙、丙", 4, cells) == ["甲、", "乙、", "丙"]


def test_what_is_longer_than_a_line_is_cut() -> None:
    assert wrap("1234567890", 4, cells) == ["1234", "5678", "90"]
    assert wrap("共1234567890元", 4, cells) == ["共", "1234", "5678", "90元"]


def test_line_ends_are_kept_and_steering_marks_become_blanks() -> None:
    assert wrap("一\n\n二\r\n三\t四", 9, cells) == ["一", "", "二", "三 四"]
    assert clean("a\x00b\x85c") == "a b c"
    assert wrap("", 9, cells) == [""]


def test_an_english_apostrophe_is_not_as_wide_as_a_character() -> None:
    assert clean("the office’s receipt") == "the office's receipt"
    assert clean("“示例”‘甲’") == "“示例”‘甲’"


@pytest.mark.parametrize(("width", "size", "lines"), [
    (16, 2.0, 1), (14, 1.75, 1), (11, 1.25, 1), (6, 1.0, 2), (4, 1.0, 2),
])
def test_type_shrinks_before_the_text_takes_more_lines(width: float, size: float, lines: int) -> None:
    chosen, broken = fit("示例四字", width, cells, (1.0, 2.0), 1)
    assert (chosen, len(broken)) == (size, lines)


TEXTS = st.text(st.sampled_from("示例医院甲乙（）、。，；：“”Aa1 .,%-·—①②\U00020bb7"), max_size=80)


@given(TEXTS, st.integers(4, 40))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    broken = wrap(text, width, cells)
    assert "".join("".join(broken).split()) == "".join(text.split())
    assert all(cells(line) <= width for line in broken)


MARKED = st.builds("".join, st.lists(st.builds("".join, st.tuples(
    st.sampled_from(["", "（", "“", "¥"]), st.sampled_from("示例医院"), st.sampled_from(["", "，", "）。", "”"]),
)), max_size=30))


@given(MARKED, st.integers(10, 40))
def test_no_line_begins_or_ends_with_the_wrong_mark(text: str, width: int) -> None:
    broken = wrap(text, width, cells)
    assert not [line for line in broken[1:] if line[:1] in CANNOT_BEGIN]
    assert not [line for line in broken[:-1] if line[-1:] in CANNOT_END]
