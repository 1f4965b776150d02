"""Hands a finished PDF to a printer of this computer, or to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from backbone_core.errors import Unavailable
from backbone_desktop.services.forms import A3, A4, A4_LYING, A5, SIZES

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from backbone_desktop.ui.backend import Papers

FINEST, FINEST_OF_LARGE = 450, 300
"""Dots an inch, beyond which a page of text gains nothing and a picture of it takes 100 MB and more; of an A3 sheet
that is sooner so."""


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


def has_printer() -> bool:
    """Whether this computer knows any printer."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def ask_printer(parent: QWidget, paper: str = A4) -> QPrinter | None:
    """Let the clerk choose a printer; None when the clerk thinks better of it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    lay_in(printer, paper)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def lay_in(printer: QPrinter, paper: str) -> None:
    """Tell the printer the paper, A5 or A4 lying, and that nothing may be shrunken to its margins."""
    known = {A4: QPageSize.PageSizeId.A4, A4_LYING: QPageSize.PageSizeId.A4, A3: QPageSize.PageSizeId.A3,
             A5: QPageSize.PageSizeId.A5}
    size = (QPageSize(known[paper]) if paper in known else
            QPageSize(QSizeF(*SIZES[paper]), QPageSize.Unit.Millimeter, paper, QPageSize.SizeMatchPolicy.ExactMatch))
    lying = QPageLayout.Orientation.Landscape if paper in {A5, A4_LYING} else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(size, lying, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)


def draw_pages(papers: Papers, pdf: bytes, printer: QPrinter, cancelled: Callable[[], bool] = lambda: False, *,
               paper: str = A4, pages: tuple[int, ...] = ()) -> None:
    """Put every page, or these (from 1), on paper at its own size, so that the seal fits its circle.

    Raises `Unavailable("print.failed")`.

    Works on any thread, as long as nobody else uses the printer meanwhile.
    """
    painter = QPainter()
    printer.setFullPage(True)
    if not painter.begin(printer):
        raise Unavailable("print.failed")
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # else text gets the smears of a photograph
    try:
        wide, high = SIZES[paper]
        dots = min(printer.resolution(), FINEST if max(wide, high) <= 300 else FINEST_OF_LARGE)
        width = round(wide / 25.4 * dots)
        enlarged = printer.resolution() / dots
        for place, page in enumerate(pages or range(1, papers.pages(pdf) + 1)):
            if cancelled():
                break
            if place and not printer.newPage():
                raise Unavailable("print.failed")
            across, down, pixels = papers.image(pdf, page - 1, width)
            picture = QImage(pixels, across, down, 4 * across, QImage.Format.Format_RGB32)
            grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)  # a quarter of what goes to the spooler
            painter.drawImage(QRectF(0, 0, across * enlarged, down * enlarged), grey)
    finally:
        ended = painter.end()
    if not ended or printer.printerState() == printer.PrinterState.Error:
        raise Unavailable("print.failed")
