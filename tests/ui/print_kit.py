"""Printers that print into a folder, and a way to the pages that use them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desk_kit import RESOURCES, Around, Behind
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from backbone_core.errors import Unavailable
from backbone_desktop.printing.papers import Papers as PdfPapers
from backbone_desktop.ui.backend import Papers
from backbone_desktop.ui.printers import Job, Printer
from backbone_desktop.ui.printers_qt import QtPrinter

PAPERS = PdfPapers(RESOURCES)
LASER, NEEDLE = "测试激光打印机", "测试针式打印机"


class BehindWithPapers(Behind):
    papers = PAPERS


def file_printer(path: Path) -> QPrinter:
    """Qt's own way onto paper, into a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@dataclass
class FilePrinters:
    """Two printers; whatever is handed over becomes a file in `folder`, by its title and how many came before it."""

    folder: Path
    known: tuple[str, ...] = (LASER, NEEDLE)
    jobs: list[tuple[str, Job]] = field(default_factory=list)
    refuses: str = ""
    """A job of this title is refused."""
    on_job: Callable[[Job], None] = lambda _: None

    def names(self) -> tuple[str, ...]:
        return self.known

    def get(self, name: str) -> Printer:
        return _Kept(self, name)

    @property
    def files(self) -> list[Path]:
        return [self.folder / f"{place}.pdf" for place in range(len(self.jobs))]


@dataclass
class _Kept:
    owner: FilePrinters
    name: str

    def hand_over(self, papers: Papers, pdf: bytes, job: Job, cancelled: Callable[[], bool] = lambda: False) -> None:
        if self.owner.refuses == job.title:
            raise Unavailable("print.printer_stopped", printer=self.name)
        path = self.owner.folder / f"{len(self.owner.jobs)}.pdf"
        QtPrinter(self.name, lambda: file_printer(path)).hand_over(papers, pdf, job, cancelled)
        self.owner.jobs.append((self.name, job))
        self.owner.on_job(job)


def settled(qtbot: QtBot, office: Around, done: Callable[[], bool]) -> None:
    qtbot.waitUntil(done, timeout=15000)
    office.settle(qtbot)
