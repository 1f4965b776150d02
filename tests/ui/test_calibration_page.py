"""Measuring a printer by keys: the sheet, three numbers, the sheet again, and every later print is corrected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
from desk_kit import Around, Looks, Open
from print_kit import NEEDLE, PAPERS, BehindWithPapers, FilePrinters, settled
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_desktop.services.calibration import UNCORRECTED, Calibration, calibration_of, save_calibration
from backbone_desktop.services.forms import PAPERS as SHEETS
from backbone_desktop.services.forms import SIZES, Fit, Form
from backbone_desktop.ui.backend import Backend
from backbone_desktop.ui.pages.calibration import CalibrationPage


@pytest.fixture
def printers(tmp_path: Path) -> FilePrinters:
    return FilePrinters(tmp_path)


@pytest.fixture
def page(office: Around, open_page: Open, qtbot: QtBot, printers: FilePrinters) -> CalibrationPage:
    office.context = replace(office.context, backend=cast(Backend, BehindWithPapers()))
    made: CalibrationPage = open_page(lambda context: CalibrationPage(context, printers), form="receipt",
                                      printer=NEEDLE, paper="A5")
    qtbot.waitUntil(lambda: bool(made._view.pictures), timeout=5000)
    office.settle(qtbot)
    return made


def measure(qtbot: QtBot, page: CalibrationPage, *typed: str) -> None:
    """As a clerk does, with Enter after each."""
    page.fields["left"].setFocus()
    for field, text in zip(page.fields.values(), typed, strict=True):
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_print_measure_print_again_and_save(qtbot: QtBot, office: Around, page: CalibrationPage,
                                            printers: FilePrinters) -> None:
    page.print_button.click()
    settled(qtbot, office, page.leave)
    assert page.fields["left"].hasFocus()
    assert not page.save.isEnabled()
    measure(qtbot, page, "51.2", "39.5", "100.0")
    assert page.correction == Calibration(-12, 5, 1000)
    assert "1.2 mm to the left, 0.5 mm down" in page.found.text()
    page.again.click()
    settled(qtbot, office, page.leave)
    assert page.tried == Calibration(-12, 5, 1000)
    assert page.fields["left"].text() == ""
    page.save.click()
    settled(qtbot, office, lambda: not page.save.isEnabled())
    assert calibration_of(office.desk, NEEDLE, Form.RECEIPT) == Calibration(-12, 5, 1000)
    assert "1.2 mm to the left" in page.standing.text()
    assert [job.paper for _, job in printers.jobs] == ["A5", "A5"]
    first, second = (cross_of(path.read_bytes()) for path in printers.files)
    assert first == pytest.approx((50, 40), abs=0.15)
    assert second == pytest.approx((48.8, 40.5), abs=0.15)


def cross_of(pdf: bytes) -> tuple[float, float]:
    """Where the large cross lies, in millimetres: the longest dark column and row near where it belongs."""
    dots = 12
    bitmap = pypdfium2.PdfDocument(pdf)[0].render(scale=dots * 25.4 / 72, grayscale=True)
    rows = [bytes(bitmap.buffer[y * bitmap.stride:y * bitmap.stride + bitmap.width]) for y in range(bitmap.height)]
    across = range(46 * dots, 54 * dots)
    x = min(across, key=lambda at: sum(rows[y][at] for y in range(31 * dots, 49 * dots)))
    y = min(range(36 * dots, 44 * dots), key=lambda at: sum(rows[at][41 * dots:149 * dots]))
    return (x + 0.5) / dots, (y + 0.5) / dots


def test_what_is_measured_on_the_second_sheet_counts_from_its_correction(qtbot: QtBot, office: Around,
                                                                         page: CalibrationPage) -> None:
    measure(qtbot, page, "51", "40", "100")
    page.again.click()
    settled(qtbot, office, page.leave)
    measure(qtbot, page, "50.3", "40", "100")
    assert page.correction == Calibration(-13, 0, 1000)


def test_a_wrong_number_is_said_at_its_field(qtbot: QtBot, page: CalibrationPage) -> None:
    measure(qtbot, page, "fifty", "40", "100")
    assert "as measured" in page.wrong["left"].text()
    assert page.wrong["left"].isVisible()
    assert not page.again.isEnabled()
    assert not page.save.isEnabled()
    page.fields["left"].setFocus()
    page.fields["left"].clear()
    qtbot.keyClicks(page.fields["left"], "90")
    page.fields["line"].setFocus()
    assert "lies wrongly" in page.wrong["left"].text()


def test_a_saved_correction_is_where_the_next_measurement_begins(qtbot: QtBot, office: Around, page: CalibrationPage,
                                                                 ) -> None:
    save_calibration(office.desk, NEEDLE, Form.RECEIPT, Calibration(-12, 5, 1000))
    page.show_with(form="receipt", printer=NEEDLE, paper="A5")
    office.settle(qtbot)
    assert page.tried == Calibration(-12, 5, 1000)
    assert not page.save.isEnabled()
    page.afresh.click()
    office.settle(qtbot)
    assert page.tried == UNCORRECTED
    page.save.click()
    office.settle(qtbot)
    assert calibration_of(office.desk, NEEDLE, Form.RECEIPT) == UNCORRECTED


@pytest.mark.parametrize("paper", sorted(SIZES))
def test_the_sheet_has_the_papers_exact_size_and_its_rulers_reach_the_edges(paper: str) -> None:
    form = next(form for form, papers in SHEETS.items() if paper in papers)
    pdf = PAPERS.test_sheet(form, paper, ("测试",), Fit(), "zh_CN")
    sheet = pypdfium2.PdfDocument(pdf)[0]
    assert [side * 25.4 / 72 for side in sheet.get_size()] == pytest.approx(SIZES[paper], abs=0.01)
    assert cross_of(pdf) == pytest.approx((50, 40), abs=0.1)
    bitmap = sheet.render(scale=4 * 25.4 / 72, grayscale=True)
    middle = bytes(bitmap.buffer[120 * bitmap.stride:120 * bitmap.stride + bitmap.width])
    assert min(middle[:12]) < 255
    assert min(middle[-12:]) < 255


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_how_it_looks(office: Around, open_page: Open, qtbot: QtBot, looks: Looks, language: str) -> None:
    office.context = replace(office.context, backend=cast(Backend, BehindWithPapers()))
    made = open_page(CalibrationPage, looks[language], form="receipt", printer=NEEDLE, paper="A5")
    measure(qtbot, made, "51.2", "39.5", "99.6")
    qtbot.waitUntil(lambda: bool(made._view.pictures), timeout=5000)
    office.settle(qtbot)
    looks.take(made.window(), f"calibration_{language}")
