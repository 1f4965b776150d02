"""Hands a finished PDF to a printer of this computer, or to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from backbone_core.errors import Unavailable

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from backbone_desktop.ui.backend import Papers


def ask_where(parent: QWidget, title: str, suggested: str) -> Path | None:
    """Ask for a PDF's place; None when the clerk thinks better of it."""
    path, _ = QFileDialog.getSaveFileName(parent, title, suggested, "PDF (*.pdf)")
    return Path(path).with_suffix(".pdf") if path else None


def write_pdf(pdf: bytes, path: Path) -> None:
    """Raises `Unavailable("print.not_saved")`; a file that is there already is replaced whole or not at all."""
    aside = path.with_name(path.name + ".new")
    try:
        aside.write_bytes(pdf)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise Unavailable("print.not_saved") from None


def ask_printer(parent: QWidget) -> QPrinter | None:
    """Let the clerk choose a printer; None when the clerk thinks better of it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def draw_pages(papers: Papers, pdf: bytes, printer: QPrinter,
               cancelled: Callable[[], bool] = lambda: False) -> None:
    """Draw every page at the printer's own resolution. Raises `Unavailable("print.failed")`."""
    painter = QPainter()
    if not painter.begin(printer):
        raise Unavailable("print.failed")
    try:
        for page in range(papers.pages(pdf)):
            if cancelled() or (page and not printer.newPage()):
                break
            area = painter.viewport()
            width, height, pixels = papers.image(pdf, page, area.width())
            image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_ARGB32)
            painter.drawImage(area.topLeft(), image)
    finally:
        painter.end()
