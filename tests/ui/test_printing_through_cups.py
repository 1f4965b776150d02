"""Papers through a real CUPS queue into a PDF printer: what came out is what was drawn, at its own size."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from cups_kit import QUEUE, Cups, cups, why_not
from desk_kit import Around, stay_of
from print_kit import PAPERS

from backbone_core.errors import Unavailable
from backbone_desktop.printing.document import Document
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.paper import PAPERS as SHEETS
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.forms import SIZES, Fit, Form
from backbone_desktop.services.receipts import ReceiptData, receipt_of
from backbone_desktop.ui.presenters.paper import Wish
from backbone_desktop.ui.presenters.print_batch import Run, print_all
from backbone_desktop.ui.printers import Duplex, Job, system_printers
from backbone_desktop.ui.printers_cups import CupsPrinters

pytestmark = pytest.mark.skipif(bool(why_not()) or not sys.platform.startswith("linux"),
                                reason=why_not() or "CUPS is Linux's")
POINT = 25.4 / 72
DOTS = 800
"""Pixels across, at which what came out is held against what was drawn, in spots of a square millimetre."""
ALIKE = 0.75
"""A driver rounds a sheet to whole points, which moves everything by up to 0.3 mm and leaves 0.82 at least."""


@pytest.fixture(scope="module")
def server() -> Iterator[Cups]:
    with cups() as made:
        yield made


@pytest.fixture
def queue(server: Cups, monkeypatch: pytest.MonkeyPatch) -> Cups:
    monkeypatch.setenv("CUPS_SERVER", server.environment["CUPS_SERVER"])
    for earlier in (server.root / "out").iterdir():
        earlier.unlink()
    return server


@pytest.fixture
def receipt(office: Around, head: str) -> ReceiptData:
    return receipt_of(office.desk, register_claim(office.desk, stay_of(head)).claim_id)


def size_of(pdf: bytes) -> tuple[float, float]:
    """Millimetres, the longer side first: a driver may lay a sheet on its side."""
    document = pypdfium2.PdfDocument(pdf)
    width, height = (side * POINT for side in document[0].get_size())
    return max(width, height), min(width, height)


def ink_of(pdf: bytes, page: int, *, lying: bool) -> list[int]:
    """How dark each spot of a page is, the page laid as it was drawn."""
    sheet = pypdfium2.PdfDocument(pdf)[page]
    width, height = sheet.get_size()
    turned = lying != (width > height)
    bitmap = sheet.render(scale=DOTS / (height if turned else width), grayscale=True, rotation=90 if turned else 0)
    rows = [bytes(bitmap.buffer[start:start + bitmap.width])
            for start in range(0, bitmap.height * bitmap.stride, bitmap.stride)]
    return [255 - sum(row[x] for row in rows[y:y + 4] for x in range(column, column + 4)) // 16
            for y in range(0, bitmap.height - 4, 4) for column in range(0, DOTS - 4, 4)]


def likeness(one: list[int], other: list[int]) -> float:
    """Pearson's correlation of two pictures' ink."""
    count = min(len(one), len(other))
    one, other = one[:count], other[:count]
    mean, other_mean = sum(one) / count, sum(other) / count
    pairs = [(a - mean, b - other_mean) for a, b in zip(one, other, strict=True)]
    return float(sum(a * b for a, b in pairs) / (sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs)) ** 0.5)


def turned_over(ink: list[int]) -> list[int]:
    """The page upside down, as a driver may turn it."""
    return ink[::-1]


def same_picture(printed: bytes, drawn: bytes, page: int = 0, meant_page: int | None = None, *, lying: bool) -> bool:
    out = ink_of(printed, page, lying=lying)
    meant = ink_of(drawn, page if meant_page is None else meant_page, lying=lying)
    best = max(likeness(out, meant), likeness(turned_over(out), meant))
    return best > ALIKE and abs(sum(out) - sum(meant)) < 0.2 * sum(meant)


def codes_on(pdf: bytes) -> list[str]:
    width, height, pixels = PAPERS.image(pdf, 0, 2480)
    return [found.text for found in zxingcpp.read_barcodes(memoryview(bytes(pixels[1::4])).cast("B", (height, width)))]


def test_the_queue_is_found(queue: Cups) -> None:
    printers = system_printers()
    assert isinstance(printers, CupsPrinters)
    assert printers.names() == (QUEUE,)


@pytest.mark.parametrize("paper", ["A5", "A4", "241x140"])
def test_a_receipt_comes_out_as_it_was_drawn(queue: Cups, receipt: ReceiptData, paper: str) -> None:
    drawn = PAPERS.receipt(receipt, paper)
    CupsPrinters().get(QUEUE).hand_over(PAPERS, drawn, Job(receipt.receipt_no, paper))
    (printed,) = queue.printed(1)
    assert PAPERS.pages(printed) == PAPERS.pages(drawn)
    assert size_of(printed) == pytest.approx(tuple(sorted(SIZES[paper], reverse=True)), abs=0.6)
    assert same_picture(printed, drawn, lying=paper != "A4")
    moved = PAPERS.form(Form.RECEIPT, receipt, paper, Fit(scale=0.98))
    assert not same_picture(printed, moved, lying=paper != "A4")  # what the yardstick would say of a shrunken page
    assert codes_on(printed) == [receipt.qr]
    assert receipt.receipt_no in next((queue.root / "out").glob("*.pdf")).name


@pytest.mark.parametrize("paper", ["241x140", "241x93"])
def test_continuous_paper_keeps_its_size(queue: Cups, paper: str) -> None:
    sheet = SHEETS[paper]
    document = Document(sheet, PAPERS._fonts, title="测试", author="测试", language="zh-CN")
    for number in (1, 2):
        ink = document.page()
        ink.box(sheet.side, sheet.top, sheet.inner, sheet.height - sheet.top - sheet.bottom, 0.9)
        for line in range(6):
            ink.text(20, 15 + 10 * line, f"第 {number} 页：连续纸测试，示例县医疗保障局", Face.TEXT, 12)
        document.add(ink)
    drawn = document.finish()
    CupsPrinters().get(QUEUE).hand_over(PAPERS, drawn, Job("continuous", paper))
    (printed,) = queue.printed(1)
    assert PAPERS.pages(printed) == 2
    assert size_of(printed) == pytest.approx(SIZES[paper], abs=0.6)
    for page in range(2):
        assert same_picture(printed, drawn, page, lying=True)


def test_pages_copies_and_sides_are_asked_for(queue: Cups, receipt: ReceiptData) -> None:
    drawn = PAPERS.receipt(replace(receipt, diagnosis="测试诊断（示例）、" * 300), "A5")
    assert PAPERS.pages(drawn) > 3
    printer = CupsPrinters().get(QUEUE)
    printer.hand_over(PAPERS, drawn, Job("pages", "A5", copies=2, duplex=Duplex.LONG_EDGE, pages=(1, 3)))
    (printed,) = queue.printed(1)
    assert PAPERS.pages(printed) == 2
    for place, page in enumerate((0, 2)):
        assert same_picture(printed, drawn, place, page, lying=True)
    asked = queue.asked("pages")
    assert '"pages" "2"' in asked
    assert all(option in asked for option in ("media=A5", "page-ranges=1,3", "sides=two-sided-long-edge"))


def test_a_batch_stops_at_a_printer_that_the_system_stopped(queue: Cups, office: Around, head: str) -> None:
    """The queue is stopped after the second of four papers: two are out and logged, and the second is named."""
    claims = [register_claim(office.desk, replace(
        stay_of(head), invoice_no=f"SL{month}", admitted=f"2026-{month:02}-01", discharged=f"2026-{month:02}-13",
        settled=f"2026-{month:02}-13")).claim_id for month in range(6, 10)]
    numbers = [receipt_of(office.desk, claim_id).receipt_no for claim_id in claims]

    def report(done: int, _of: int) -> None:
        if done == 2:
            queue.printed(2)
            queue.run("cupsdisable", QUEUE)

    try:
        outcome = print_all(office.desk, PAPERS, CupsPrinters().get(QUEUE), Run(Wish(Form.RECEIPT, ""), tuple(claims)),
                            report=report, stopped=lambda: False)
    finally:
        queue.run("cupsenable", QUEUE)
    assert (outcome.last, outcome.done, outcome.of) == (numbers[1], tuple(claims[:2]), 4)
    assert isinstance(outcome.error, Unavailable)
    assert outcome.error.code == "print.printer_stopped"
    assert len(queue.printed(2)) == 2
    with office.desk.read() as work:
        assert [work.prints.copies(Form.RECEIPT, number) for number in numbers] == [1, 1, 0, 0]


def test_what_stands_in_the_way_is_said(queue: Cups, receipt: ReceiptData, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, job = PAPERS.receipt(receipt, "A5"), Job("stopped", "A5")

    def code(name: str) -> str:
        with pytest.raises(Unavailable) as refused:
            CupsPrinters().get(name).hand_over(PAPERS, drawn, job)
        return refused.value.code

    assert code("Nowhere") == "print.printer_gone"
    queue.run("cupsreject", QUEUE)
    try:
        assert code(QUEUE) == "print.not_accepting"
    finally:
        queue.run("cupsaccept", QUEUE)
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    assert code(QUEUE) == "print.no_spooler"
    assert CupsPrinters().names() == ()
