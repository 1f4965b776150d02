"""Sheets as printers are told of them: a lying one is the same sheet, turned."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from backbone_desktop.services.forms import SIZES
from backbone_desktop.ui.paper_out import lay_in
from backbone_desktop.ui.printers_cups import media


@pytest.mark.parametrize("paper", sorted(SIZES))
def test_a_printer_lays_every_sheet_as_the_form_lies_on_it(qapp: QApplication, tmp_path: Path, paper: str) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    lay_in(printer, paper)
    size = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    assert (size.width(), size.height()) == pytest.approx(SIZES[paper], abs=1)


def test_the_print_server_is_told_the_sheet_that_lies_in_the_tray() -> None:
    assert [media(paper) for paper in ("A4", "A4L", "A3", "A5", "241x93")] == [
        "A4", "A4", "A3", "A5", "Custom.241x93mm"]
