"""Pages: every row stands once, none is higher than its page, and nobody signs an empty one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backbone_desktop.printing.elements import Lines, Nothing, Row, Section
from backbone_desktop.printing.flow import let_out, paginate
from backbone_desktop.printing.fonts import Face, Fonts


def low(height: float) -> Row:
    return Row(((Nothing(), 50),), height)


def text(lines: int, fonts: Fonts) -> Row:
    kept = Lines(fonts, tuple(f"第{n}行" for n in range(lines)), Face.TEXT, 8)
    return Row(((Nothing(), 20), (kept, 80)), 5)


def section(*rows: Row) -> Section:
    return Section("", rows)


@given(st.lists(st.lists(st.integers(3, 20), min_size=1, max_size=8), min_size=1, max_size=6), st.integers(10, 90))
def test_every_row_stands_once_and_in_order(heights: list[list[int]], closing: int) -> None:
    sections = [section(*(low(height) for height in rows)) for rows in heights]
    pages = paginate(sections, 100, closing)
    placed = [row for page in pages for part in page for row in part.rows]
    assert placed == [row for one in sections for row in one.rows]
    for number, page in enumerate(pages, 1):
        used = sum(part.height for part in page)
        assert used + (closing if number == len(pages) else 0) <= 100


def test_the_last_section_goes_over_with_the_signatures() -> None:
    first, second = section(low(30), low(30)), section(low(20))
    assert paginate([first, second], 100, 40) == [[first], [second]]
    assert paginate([first], 100, 60) == [[first], []]  # it would not fit beside them


def test_a_row_that_is_higher_than_a_page_is_parted_between_its_lines(fonts: Fonts) -> None:
    row = text(60, fonts)
    assert row.height > 200
    pages = paginate([section(low(50), row)], 100, 10)
    assert len(pages) > 2
    found = []
    for page in pages:
        assert sum(part.height for part in page) <= 100
        for part in page:
            for one in part.rows:
                content = one.cells[-1][0]
                found += content.lines if isinstance(content, Lines) else []
    assert found == [f"第{n}行" for n in range(60)]


def test_a_row_is_not_parted_where_not_even_its_least_height_is_left(fonts: Fonts) -> None:
    row = Row(((Nothing(), 20), (text(60, fonts).cells[1][0], 80)), 8)
    for used in range(88, 100):
        for page in paginate([section(low(used), row)], 100, 10):
            assert sum(part.height for part in page) <= 100


def test_a_short_row_moves_on_whole(fonts: Fonts) -> None:
    row = text(5, fonts)
    assert [len(page) for page in paginate([section(low(95)), section(row)], 100, 10)] == [1, 1]


def test_what_is_left_of_a_page_is_shared_out_evenly() -> None:
    parts = [section(low(10), low(10)), section(low(10))]
    wider = let_out(parts, 3)
    assert [row.height for part in wider for row in part.rows] == [11, 11, 11]
    assert let_out(parts, -1) == parts
    assert let_out([], 5) == []
    assert max(row.height for part in let_out(parts, 90) for row in part.rows) < 13


@given(st.lists(st.lists(st.integers(3, 20), min_size=1, max_size=30), min_size=1, max_size=4), st.integers(10, 90))
def test_a_tables_head_stands_again_on_every_page_of_it(heights: list[list[int]], closing: int) -> None:
    head = low(8)
    sections = [Section("", tuple(low(height) for height in rows), head) for rows in heights]
    pages = paginate(sections, 100, closing)
    for number, page in enumerate(pages, 1):
        assert all(part.head is head and part.rows for part in page)
        assert sum(part.height for part in page) + (closing if number == len(pages) else 0) <= 100
    placed = [row for page in pages for part in page for row in part.rows]
    assert placed == [row for one in sections for row in one.rows]


def test_a_row_that_no_page_can_take_and_nothing_can_part_stands_all_the_same() -> None:
    high = low(140)
    pages = paginate([section(low(50), high, low(20))], 100, 10)
    assert [[row for part in page for row in part.rows] for page in pages] == [[low(50)], [high], [low(20)]]
