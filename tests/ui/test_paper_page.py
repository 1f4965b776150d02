"""A paper's page on a real store: what is seen, what is saved and printed, and what is counted of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
import zxingcpp
from desk_kit import Around, Looks, Open, members_of
from print_kit import NEEDLE, PAPERS, BehindWithPapers, FilePrinters, file_printer, settled
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.household import Member
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.forms import Form
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.typed import ClaimDraft
from backbone_desktop.ui.backend import Backend
from backbone_desktop.ui.pages.paper_page import PaperPage
from backbone_desktop.ui.paper_out import draw_pages, lay_in
from backbone_desktop.ui.presenters.paper import pages_in

COSTS = {"medfee_sumamt": "45680.00", "hifp_pay": "28000.00", "hifmi_pay": "3500.00", "maf_pay": "2000.00",
         "fund_pay_sumamt": "33500.00", "psn_part_amt": "12180.00", "psn_cash_pay": "12180.00"}


@pytest.fixture
def taken(desk: Desk) -> str:
    """A claim of 李㛃, taken in."""
    with desk.read() as work:
        household = work.households.by_number("5206250001")
    assert household is not None
    return register_claim(desk, ClaimDraft(
        member_id=members_of(desk, household.id)["李㛃"], hospital="示例县人民医院", hospital_level="2",
        diagnosis="测试诊断", admitted="2026-09-01", discharged="2026-09-13", settled="2026-09-13",
        invoice_no="0012345678", costs=tuple(COSTS.items()), documents=("INVOICE", "ID_CARD"),
    )).claim_id


@dataclass
class Receipts:
    """What tests of the page look at."""

    qtbot: QtBot
    office: Around
    claim_id: str
    page: PaperPage
    printers: FilePrinters

    def draw(self) -> None:
        drawn(self.qtbot, self.office, self.page)

    def settle(self) -> None:
        self.office.settle(self.qtbot)

    @property
    def household_id(self) -> str:
        with self.office.desk.read() as work:
            claim = work.claims.get(self.claim_id)
            assert claim is not None
            return claim.household_id

    @property
    def prints(self) -> list[tuple[int, str]]:
        with self.office.desk.read() as work:
            return [(note.copy, note.how) for note in work.prints.of_subject(Form.RECEIPT, self.claim_id)]


@pytest.fixture
def receipts(qtbot: QtBot, office: Around, taken: str, page: PaperPage, printers: FilePrinters) -> Receipts:
    return Receipts(qtbot, office, taken, page, printers)


@pytest.fixture
def printers(tmp_path: Path) -> FilePrinters:
    return FilePrinters(tmp_path)


@pytest.fixture
def page(office: Around, open_page: Open, taken: str, qtbot: QtBot, printers: FilePrinters) -> PaperPage:
    office.context = replace(office.context, backend=cast(Backend, BehindWithPapers()))
    made: PaperPage = open_page(lambda context: PaperPage(context, printers), form="receipt", subject=taken)
    drawn(qtbot, office, made)
    return made


def drawn(qtbot: QtBot, office: Around, page: PaperPage) -> None:
    """Wait until what is asked for has been drawn."""
    office.settle(qtbot)
    qtbot.waitUntil(lambda: bool(page._view.pictures) and page.choices.printer.count() > 0, timeout=5000)
    office.settle(qtbot)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(one.get_textpage().get_text_bounded() for one in document).split())
    finally:
        document.close()


def click(qtbot: QtBot, page: PaperPage, name: str) -> None:
    asked = page.choices
    for chips in (asked.papers, asked.languages, asked.parts, asked.duplex, page._zoom):
        if name in chips.chips:
            qtbot.mouseClick(chips.chips[name], Qt.MouseButton.LeftButton)


def on_paper(tmp_path: Path, paper: str) -> QPrinter:
    """A printer that prints into a file."""
    printer = file_printer(tmp_path / "printed.pdf")
    lay_in(printer, paper)
    return printer


def test_the_receipt_is_seen_and_not_counted(page: PaperPage, receipts: Receipts) -> None:
    assert page.sheet is not None
    assert "李㛃" in text_of(page.sheet.pdf)
    assert [picture.width() for picture in page._view.pictures] == [page._view.sheet_width]
    assert page._copies.text() == "1 page · Not printed yet"
    assert receipts.prints == []
    assert page._print.hasFocus()


def test_paper_language_and_zoom_are_chosen(qtbot: QtBot, office: Around, page: PaperPage) -> None:
    lying = page._view.pictures[0]
    assert lying.width() > lying.height()
    click(qtbot, page, "A4")
    drawn(qtbot, office, page)
    qtbot.waitUntil(lambda: page._view.pictures[0].height() > page._view.pictures[0].width())
    assert page.sheet is not None
    assert "理赔申请受理回执" in text_of(page.sheet.pdf)
    click(qtbot, page, "en")
    drawn(qtbot, office, page)
    assert "ReceiptofClaim" in text_of(page.sheet.pdf)
    click(qtbot, page, "100")
    drawn(qtbot, office, page)
    assert page._view.pictures[0].width() == round(210 / 25.4 * page.logicalDpiX())


def test_a_whole_page_needs_no_scrolling(qtbot: QtBot, office: Around, page: PaperPage) -> None:
    for paper in ("A4", "A5"):
        click(qtbot, page, paper)
        drawn(qtbot, office, page)
        click(qtbot, page, "whole")
        qtbot.waitUntil(lambda: page._view.pictures[0].width() == page._view.sheet_width, timeout=5000)
        office.settle(qtbot)
        assert page._view.verticalScrollBar().maximum() == 0


def test_the_preview_grows_with_the_window(qtbot: QtBot, office: Around, page: PaperPage) -> None:
    before = page._view.pictures[0].width()
    page.window().resize(1600, 900)
    qtbot.waitUntil(lambda: page._view.pictures[0].width() == before + 234, timeout=5000)
    office.settle(qtbot)


def test_saving_is_counted_and_the_next_print_says_so(receipts: Receipts, tmp_path: Path) -> None:
    page = receipts.page
    for name in ("one.pdf", "two.pdf"):
        page.save_to(tmp_path / name)
        receipts.draw()
    assert receipts.prints == [(0, "pdf"), (1, "pdf")]
    assert receipts.office.said == ["Saved as one.pdf", "Saved as two.pdf"]
    assert "补打" not in text_of((tmp_path / "one.pdf").read_bytes())
    assert "补打1" in text_of((tmp_path / "two.pdf").read_bytes())
    assert "补打2" in text_of(page.sheet.pdf)  # type: ignore[union-attr]
    assert "reprint 2" in page._copies.text()
    assert sorted(path.name for path in tmp_path.glob("*.pdf*")) == ["one.pdf", "two.pdf"]


def test_a_place_that_takes_nothing_is_said_and_not_counted(receipts: Receipts, tmp_path: Path) -> None:
    receipts.page.save_to(tmp_path / "nowhere" / "receipt.pdf")
    receipts.settle()
    assert "not saved" in receipts.page.problem
    assert receipts.prints == []
    assert receipts.page._save.isEnabled()


def test_printing_puts_the_sheet_on_paper_at_its_own_size(receipts: Receipts, tmp_path: Path) -> None:
    page = receipts.page
    receipts.qtbot.keyClick(page, Qt.Key.Key_F9)
    receipts.qtbot.waitUntil(lambda: not page.leave())
    assert not page._print.isEnabled()
    settled(receipts.qtbot, receipts.office, page.leave)
    assert receipts.prints == [(0, "printer")]
    assert receipts.office.said == ["Handed to the printer"]
    assert page._print.isEnabled()
    # the code's corners lie where they lie in the PDF, to a fifth of a millimetre
    printed = receipts.printers.files[0].read_bytes()
    expected = PAPERS.receipt(replace(page.sheet.data, copy=0), "A5")  # type: ignore[union-attr]
    assert PAPERS.pages(printed) == 1
    for (x, y), (other_x, other_y) in zip(code_of(printed), code_of(expected), strict=True):
        assert abs(x - other_x) < 0.2
        assert abs(y - other_y) < 0.2


def test_every_page_is_printed_unless_it_is_stopped(receipts: Receipts, tmp_path: Path) -> None:
    data = replace(receipts.page.sheet.data, diagnosis="测试诊断（示例）、" * 200)  # type: ignore[union-attr]
    pdf = PAPERS.receipt(data, "A5")
    assert PAPERS.pages(pdf) == 3
    draw_pages(PAPERS, pdf, on_paper(tmp_path, "A5"), paper="A5")
    assert PAPERS.pages((tmp_path / "printed.pdf").read_bytes()) == 3
    draw_pages(PAPERS, pdf, on_paper(tmp_path, "A5"), cancelled=iter([False, True]).__next__, paper="A5")
    assert PAPERS.pages((tmp_path / "printed.pdf").read_bytes()) == 1


def test_a_printer_that_takes_the_first_page_alone_has_not_printed(receipts: Receipts, tmp_path: Path) -> None:
    data = replace(receipts.page.sheet.data, diagnosis="测试诊断（示例）、" * 200)  # type: ignore[union-attr]
    printer = on_paper(tmp_path, "A5")
    printer.newPage = lambda: False  # type: ignore[method-assign]
    with pytest.raises(Unavailable, match=r"print\.failed"):
        draw_pages(PAPERS, PAPERS.receipt(data, "A5"), printer, paper="A5")


def test_a_printer_that_does_not_print_is_said_and_nothing_is_counted(receipts: Receipts, tmp_path: Path) -> None:
    receipts.printers.folder = tmp_path / "nowhere"
    receipts.page._print.click()
    settled(receipts.qtbot, receipts.office, receipts.page.leave)
    assert "did not succeed" in receipts.page.problem
    assert receipts.page._print.isEnabled()
    assert receipts.prints == []


def code_of(pdf: bytes) -> list[tuple[float, float]]:
    """The corners of the QR code on the first page, in millimetres."""
    width, height, pixels = PAPERS.image(pdf, 0, 2480)
    (found,) = zxingcpp.read_barcodes(memoryview(bytes(pixels[1::4])).cast("B", (height, width)))
    corners = (found.position.top_left, found.position.top_right, found.position.bottom_right)
    return [(one.x * 210 / width, one.y * 210 / width) for one in corners]


def test_without_a_printer_saving_is_offered(receipts: Receipts) -> None:
    receipts.printers.known = ()
    receipts.page.show_with(form="receipt", subject=receipts.claim_id)
    receipts.qtbot.waitUntil(lambda: not receipts.page.choices.printer.isEnabled())
    receipts.qtbot.keyClick(receipts.page, Qt.Key.Key_F9)
    receipts.qtbot.waitUntil(lambda: bool(receipts.page.problem))
    assert "has no printer yet" in receipts.page.problem


def test_a_name_that_cannot_be_printed_is_named(receipts: Receipts, tmp_path: Path) -> None:
    page = receipts.page
    with receipts.office.desk.open() as work:
        claim = work.claims.get(receipts.claim_id)
        assert claim is not None
        member = cast(Member, work.members.get(claim.member_id))
        work.write(replace(member, name="李\U000323af"), "edit")
        work.commit()
    page.show_with(form="receipt", subject=receipts.claim_id)
    receipts.settle()
    assert "U+323AF" in page.problem
    assert not page._print.isEnabled()
    page.save_to(tmp_path / "receipt.pdf")
    receipts.settle()
    assert receipts.prints == []
    assert not (tmp_path / "receipt.pdf").exists()


def test_another_claim_starts_afresh(qtbot: QtBot, office: Around, page: PaperPage) -> None:
    click(qtbot, page, "en")
    drawn(qtbot, office, page)
    page.show_with(form="receipt", subject="01890000-0000-7000-8000-000000000000")
    office.settle(qtbot)
    assert page.sheet is None
    assert page.problem
    assert not page._save.isEnabled()


def test_the_way_back(qtbot: QtBot, office: Around, page: PaperPage) -> None:
    page._header.back_clicked.emit()
    assert office.way.been == [("back", {})]


def test_copies_sides_and_pages_reach_the_printer_and_are_remembered(receipts: Receipts) -> None:
    page, qtbot = receipts.page, receipts.qtbot
    page.choices.copies.setValue(3)
    page.choices.printer.setCurrentText(NEEDLE)
    click(qtbot, page, "long")
    click(qtbot, page, "A4")
    receipts.settle()
    page.choices.pages.setText("1")
    page._print.click()
    settled(qtbot, receipts.office, page.leave)
    ((name, job),) = receipts.printers.jobs
    assert (name, job.copies, job.duplex, job.paper, job.pages) == (NEEDLE, 3, "long", "A4", (1,))
    with receipts.office.desk.read() as work:
        (note,) = work.prints.of_subject(Form.RECEIPT, receipts.claim_id)
        (printed,) = (row for row in work.audit.of_record(receipts.claim_id) if row.act == "print_receipt")
    assert printed.detail["sheets"] == 3
    assert (note.printer, note.paper) == (NEEDLE, "A4")
    page.show_with(form="receipt", subject=receipts.claim_id)
    drawn(qtbot, receipts.office, page)
    assert (page.choices.printer_name, page.wish.sheet, page.choices.duplex.value) == (NEEDLE, "A4", "long")


def test_pages_that_the_paper_does_not_have_are_said_at_the_field(receipts: Receipts) -> None:
    page = receipts.page
    page.choices.pages.setText("2-1")
    page._print.click()
    assert "between 1 and 1" in page.choices.wrong_pages.text()
    assert page.choices.pages.hasFocus()
    assert receipts.printers.jobs == []


@pytest.mark.parametrize(("typed", "pages"),
                         [("", ()), ("1-3,5", (1, 2, 3, 5)), ("５，1－2", (5, 1, 2)), (" 2 ", (2,))])
def test_a_page_range_is_read_as_it_is_typed(typed: str, pages: tuple[int, ...]) -> None:
    assert pages_in(typed, 5) == pages


@pytest.mark.parametrize("typed", ["0", "6", "3-1", "a", "1-", "1-3-5"])
def test_a_page_range_beyond_the_paper_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken):
        pages_in(typed, 5)


def test_data_alone_goes_on_a_preprinted_form(receipts: Receipts) -> None:
    page = receipts.page
    whole = text_of(page.sheet.pdf)  # type: ignore[union-attr]
    click(receipts.qtbot, page, "data")
    receipts.draw()
    data = text_of(page.sheet.pdf)  # type: ignore[union-attr]
    click(receipts.qtbot, page, "form")
    receipts.draw()
    form = text_of(page.sheet.pdf)  # type: ignore[union-attr]
    assert "李㛃" in data
    assert "李㛃" not in form
    assert len(whole) == len(data) + len(form)


def test_zoom_by_keys_goes_in_steps(receipts: Receipts) -> None:
    page = receipts.page
    click(receipts.qtbot, page, "100")
    receipts.qtbot.keyClick(page, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert page._view.percent == 110
    assert page._zoom.value == ""
    for _ in range(2):
        receipts.qtbot.keyClick(page, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert page._view.percent == 90
    receipts.qtbot.keyClick(page, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert page._zoom.value == "100"
    receipts.settle()


def test_a_long_paper_is_drawn_where_it_is_looked_at(receipts: Receipts) -> None:
    """Thumbnails lead to a page; the others have no picture yet."""
    page, qtbot = receipts.page, receipts.qtbot
    with receipts.office.desk.open() as work:
        claim = work.claims.get(receipts.claim_id)
        assert claim is not None
        work.write(replace(claim, diagnosis="测试诊断（示例）、" * 1200), "edit")
        work.commit()
    page.refresh()
    receipts.draw()
    assert page.sheet is not None
    assert page.sheet.pages > 8
    assert page._thumbnails.isVisible()
    last = page.sheet.pages - 1
    assert len(page._view.pictures) < page.sheet.pages
    qtbot.keyClick(page._thumbnails, Qt.Key.Key_End)
    assert page._view.page == last
    qtbot.waitUntil(lambda: last in page._view._sheets.pictures, timeout=5000)
    assert page._thumbnails.marked == last
    receipts.settle()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_how_it_looks(receipts: Receipts, open_page: Open, looks: Looks, language: str) -> None:
    made = open_page(lambda context: PaperPage(context, receipts.printers), looks[language], form="receipt",
                     subject=receipts.claim_id)
    drawn(receipts.qtbot, receipts.office, made)
    looks.take(made.window(), f"receipt_{language}")
    made.show_with(form="household_sheet", subject=receipts.household_id)
    drawn(receipts.qtbot, receipts.office, made)
    receipts.qtbot.waitUntil(lambda: made._view.pictures[0].height() > made._view.pictures[0].width(), timeout=5000)
    receipts.qtbot.wait(300)
    receipts.office.settle(receipts.qtbot)
    looks.take(made.window(), f"paper_household_{language}")
    assert QColor(made._view.pictures[0].pixel(2, 2)) == QColor("white")
