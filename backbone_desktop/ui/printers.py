"""The printers of this computer, whatever system they hang on, and what one printing of a paper asks of them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backbone_desktop.ui.backend import Papers


class Duplex(StrEnum):
    ONE_SIDED = "one"
    LONG_EDGE = "long"
    SHORT_EDGE = "short"


@dataclass(frozen=True, slots=True)
class Job:
    """`title` is a paper's number: it stands in the spooler's list for everybody to see. `pages` from 1; () = all."""

    title: str
    paper: str
    copies: int = 1
    duplex: Duplex = Duplex.ONE_SIDED
    pages: tuple[int, ...] = ()


def _never() -> bool:
    return False


class Printer(Protocol):
    @property
    def name(self) -> str: ...

    def hand_over(self, papers: Papers, pdf: bytes, job: Job, cancelled: Callable[[], bool] = _never) -> None:
        """Give a paper to the system's spooler at its own size. Slow; from one thread at a time.

        Raises `Unavailable`: print.failed, print.printer_gone (printer), print.printer_stopped (printer),
        print.not_accepting (printer), print.no_spooler, print.unsure (printer; it may come out all the same).
        """


class Printers(Protocol):
    def names(self) -> tuple[str, ...]:
        """The system's own choice first; slow. Empty where there is none."""

    def get(self, name: str) -> Printer: ...


def system_printers() -> Printers:
    """On Linux through CUPS, which takes our PDF as it is; elsewhere through Qt, which draws it."""
    if sys.platform.startswith("linux") and shutil.which("lp") and shutil.which("lpstat"):
        from backbone_desktop.ui.printers_cups import CupsPrinters

        return CupsPrinters()
    from backbone_desktop.ui.printers_qt import QtPrinters

    return QtPrinters()
