"""The file itself: every object stands where its table says, and pages leave memory as they are made."""

from __future__ import annotations

import gc
import io
import re
import tracemalloc
from collections.abc import Iterator

import pytest
from paper_kit import receipt_data, text_by_poppler

from backbone_core.receipt import receipt_number
from backbone_desktop.printing.papers import Papers
from backbone_desktop.services.forms import Form
from backbone_desktop.services.receipts import ReceiptData


def places(pdf: bytes) -> Iterator[tuple[int, int]]:
    """(object number, its place by the table)."""
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", pdf).group(1))  # type: ignore[union-attr]
    head, *lines = pdf[start:].split(b"\n")[1:]
    count = int(head.split()[1])
    assert all(len(line) == 19 for line in lines[:count])  # twenty bytes with the line's end
    for number, line in enumerate(lines[1:count], 1):
        yield number, int(line[:10])


def receipts(count: int) -> Iterator[ReceiptData]:
    for number in range(1, count + 1):
        yield receipt_data(receipt_no=receipt_number("520625", 2026, "A01", number))


def test_every_object_stands_where_the_table_says(papers: Papers) -> None:
    out = io.BytesIO()
    papers.batch(Form.RECEIPT, receipts(5), "A5", out)
    for pdf in (out.getvalue(), papers.receipt(receipt_data(), "A4")):
        found = list(places(pdf))
        assert len(found) > 15
        for number, place in found:
            assert pdf[place:].startswith(b"%d 0 obj\n" % number)


def test_a_file_may_begin_anywhere_in_what_it_is_written_to(papers: Papers) -> None:
    out = io.BytesIO()
    out.write(b"before")
    papers.batch(Form.RECEIPT, receipts(1), "A5", out)
    pdf = out.getvalue()[6:]
    assert all(pdf[place:].startswith(b"%d 0 obj" % number) for number, place in places(pdf))


class Nowhere(io.RawIOBase):
    """Takes a file and keeps its size alone."""

    size = 0

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self.size += len(content)
        return len(content)


def test_memory_does_not_grow_with_the_batch(papers: Papers) -> None:
    held: dict[int, int] = {}

    def watched() -> Iterator[ReceiptData]:
        for number, data in enumerate(receipts(101)):
            if number in {20, 100}:
                gc.collect()
                held[number] = tracemalloc.get_traced_memory()[0]
            yield data

    out = Nowhere()
    tracemalloc.start()
    try:
        papers.batch(Form.RECEIPT, watched(), "A5", out)  # type: ignore[arg-type]
    finally:
        tracemalloc.stop()
    assert out.size > 200_000
    assert held[100] - held[20] < 80 * 250  # a page has ten times as much


def test_what_stands_still_is_written_once(papers: Papers) -> None:
    def size(count: int) -> int:
        out = io.BytesIO()
        papers.batch(Form.RECEIPT, receipts(count), "A5", out)
        return len(out.getvalue())

    page = (size(40) - size(20)) / 20
    assert page < 3_000
    alone = len(papers.receipt(receipt_data(), "A5"))
    assert size(2) < alone + 6_000  # the fonts once, and what stands still not yet shared


@pytest.mark.parametrize("paper", ["A5", "A4"])
def test_a_second_reader_finds_every_page_of_a_batch(papers: Papers, paper: str) -> None:
    out = io.BytesIO()
    datas = list(receipts(4))
    papers.batch(Form.RECEIPT, datas, paper, out)
    text = text_by_poppler(out.getvalue())
    if text is None:
        pytest.skip("pdftotext is not on this machine")
    assert [text.count(data.receipt_no) for data in datas] == [1] * 4
    assert text.count("李㛃") == 4
