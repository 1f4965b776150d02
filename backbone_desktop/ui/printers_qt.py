"""Printers as Qt knows them, which is the way on Windows: every page is drawn as a fine picture at its own size."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from backbone_core.errors import Unavailable
from backbone_desktop.ui.paper_out import draw_pages, lay_in
from backbone_desktop.ui.printers import Duplex, Job, Printer

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from backbone_desktop.ui.backend import Papers


class QtPrinter:
    def __init__(self, name: str, make: Callable[[], QPrinter] | None = None) -> None:
        """`make` gives the printer itself, where it is none that the system knows by this name."""
        self.name = name
        self._make = make or self._of_system

    def hand_over(self, papers: Papers, pdf: bytes, job: Job, cancelled: Callable[[], bool] = lambda: False) -> None:
        from PySide6.QtPrintSupport import QPrinter

        printer = self._make()
        lay_in(printer, job.paper)
        printer.setDocName(job.title)
        printer.setCopyCount(job.copies)
        printer.setDuplex({
            Duplex.ONE_SIDED: QPrinter.DuplexMode.DuplexNone, Duplex.LONG_EDGE: QPrinter.DuplexMode.DuplexLongSide,
            Duplex.SHORT_EDGE: QPrinter.DuplexMode.DuplexShortSide,
        }[job.duplex])
        draw_pages(papers, pdf, printer, cancelled, paper=job.paper, pages=job.pages)

    def _of_system(self) -> QPrinter:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        known = QPrinterInfo.printerInfo(self.name)
        if known.isNull():
            raise Unavailable("print.printer_gone", printer=self.name)
        return QPrinter(known, QPrinter.PrinterMode.HighResolution)


class QtPrinters:
    def names(self) -> tuple[str, ...]:
        from PySide6.QtPrintSupport import QPrinterInfo

        first = QPrinterInfo.defaultPrinterName()
        return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != first, name)))

    def get(self, name: str) -> Printer:
        return QtPrinter(name)
