"""Dates as clerks write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone_core.dates import is_working_day, last_working_day, read_date, working_days
from backbone_core.errors import RuleBroken


@pytest.mark.parametrize(
    "typed",
    ["2020-08-24", "20200824", "2020/8/24", "2020.8.24", "2020。8。24", "2020年8月24日", "2020 年 8 月 24 日",
     "２０２０－０８－２４", " 2020 8 24 "],
)  # fmt: skip
def test_reads_every_usual_form(typed: str) -> None:
    assert read_date(typed) == date(2020, 8, 24)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date.empty"),
        ("  ", "date.empty"),
        ("2020-8", "date.unreadable"),
        ("20-08-24", "date.unreadable"),
        ("24/08/2020", "date.unreadable"),
        ("昨天", "date.unreadable"),
        ("202008240", "date.unreadable"),
        ("2020-02-30", "date.not_real"),
        ("2019-02-29", "date.not_real"),
        ("2020-13-01", "date.not_real"),
        ("0000-01-01", "date.not_real"),
        ("1820-01-01", "date.not_real"),
    ],
)
def test_refuses_what_is_no_date(typed: str, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_date(typed)
    assert caught.value.code == code


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_reads_back_what_is_shown(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日") == day


def test_working_days_leave_out_weekends() -> None:
    monday, saturday = date(2026, 9, 14), date(2026, 9, 19)
    assert working_days(monday, date(2026, 9, 20)) == 5
    assert working_days(saturday, date(2026, 9, 20)) == 0
    assert last_working_day(monday, 7) == date(2026, 9, 22)
    assert last_working_day(saturday, 1) == date(2026, 9, 21)


@given(st.dates(date(2017, 1, 1), date(2099, 12, 31)), st.integers(1, 30))
def test_a_period_ends_on_the_working_day_that_was_asked_for(first: date, count: int) -> None:
    last = last_working_day(first, count)
    assert is_working_day(last)
    assert working_days(first, last) == count
