"""Long tables: every row stands once, pages are full, sums add up, and memory does not grow with the list."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from backbone_desktop.printing.elements import Lines
from backbone_desktop.printing.fonts import Fonts
from backbone_desktop.printing.setter import Setter, Type
from backbone_desktop.printing.table import Column, Entry, Table, words_of

TYPE = Type(text=10, label=10, small=8, title=20, row=8, side=0, pad=1.2, air=0.9)


def table(fonts: Fonts) -> Table:
    return Table(Setter(fonts, TYPE), (
        Column("序号", 10), Column("姓名", 30), Column("入院日期", 20, over="住院时间"),
        Column("出院日期", 20, over="住院时间"), Column("金额", 25, "right", amount=True)), 210)


def entry(place: int, lines: int = 1) -> Entry:
    return Entry((str(place), "\n".join(["测试甲"] * lines), "", "", "1.00"), (1, place))


@settings(deadline=None)
@given(st.lists(st.integers(1, 25), min_size=1, max_size=60), st.floats(20, 120), st.floats(0, 70))
def test_every_row_stands_once_and_the_sums_add_up(fonts: Fonts, heights: list[int], less: float,
                                                   closing: float) -> None:
    entries = [entry(place, lines) for place, lines in enumerate(heights, 1)]
    pages = list(table(fonts).pages(entries, 130 - less, 130, closing))
    placed = [one for page in pages for one in page.entries if one is not None]
    assert placed == entries
    assert sum(page.count for page in pages) == len(entries)
    assert sum(page.sums[1] for page in pages if page.sums) == sum(range(1, len(entries) + 1))
    for number, page in enumerate(pages, 1):
        room = 130 - less if number == 1 else 130
        assert page.height + (closing if number == len(pages) else 0) <= room + 1e-6


def test_rows_go_over_with_the_signatures(fonts: Fonts) -> None:
    pages = list(table(fonts).pages([entry(place) for place in range(1, 11)], 80, 80, 40))
    assert [page.count for page in pages] == [7, 3]


def test_the_signatures_stand_beside_the_rows_where_there_is_room(fonts: Fonts) -> None:
    assert [page.count for page in table(fonts).pages([entry(1), entry(2)], 80, 80, 40)] == [2]


def test_columns_share_the_width_by_their_weights(fonts: Fonts) -> None:
    assert table(fonts).widths == (20, 60, 40, 40, 50)


def test_heads_of_two_levels_are_higher_than_those_of_one(fonts: Fonts) -> None:
    flat = Table(Setter(fonts, TYPE), (Column("序号", 1), Column("姓名", 2)), 100)
    assert flat.head_height == TYPE.row
    assert table(fonts).head_height > TYPE.row * 1.5


def test_no_word_of_a_head_is_broken(fonts: Fonts) -> None:
    narrow = Table(Setter(fonts, TYPE), (Column("Discharged", 14), Column("预计赔付金额", 14), Column("x", 172)), 200)
    first, second, _ = narrow._heads
    assert isinstance(first, Lines)
    assert isinstance(second, Lines)
    assert first.lines == ("Discharged",)
    assert "".join(second.lines) == "预计赔付金额"
    assert words_of("Total costs（元）") == ["Total", "costs", "（", "元", "）"]


def test_twenty_thousand_rows_take_no_more_memory_than_four(fonts: Fonts) -> None:
    def most(count: int) -> int:
        def rows() -> Iterator[Entry]:
            for place in range(count):
                yield Entry((str(place), f"测试{place % 50}", "", "", "1.00"), (place,))

        of = table(fonts)
        tracemalloc.start()
        for _ in of.pages(rows(), 130, 130, 40):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(20_000) < most(4_000) * 2


def test_a_page_alone_takes_what_a_page_of_several_needs_for_its_sum(fonts: Fonts) -> None:
    rows = [entry(place) for place in range(1, 6)]
    high = sum(table(fonts).row(one).height for one in rows)
    assert len(list(table(fonts).pages(rows, high, high, 8))) == 2
    assert len(list(table(fonts).pages(rows, high, high, 8, 8))) == 1
