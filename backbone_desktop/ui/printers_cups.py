"""Printers behind CUPS: our PDF goes to `lp` as it is, so that text stays text and a millimetre a millimetre.

The paper goes in by the pipe: no file with somebody's illness lies on the disk meanwhile.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.errors import Unavailable
from backbone_desktop.services.forms import A3, A4, A4_LYING, A5, SIZES
from backbone_desktop.ui.printers import Duplex, Job

if TYPE_CHECKING:
    from backbone_desktop.ui.backend import Papers
    from backbone_desktop.ui.printers import Printer

SECONDS_TO_ASK, SECONDS_TO_PRINT = 5, 60
"""A print server that does not answer by then is out of reach."""
NAMED = {A4: "A4", A4_LYING: "A4", A3: "A3", A5: "A5"}
"""Sheets that every driver knows by name; of others it is told the size."""
SIDES = {Duplex.ONE_SIDED: "one-sided", Duplex.LONG_EDGE: "two-sided-long-edge",
         Duplex.SHORT_EDGE: "two-sided-short-edge"}


@dataclass(frozen=True, slots=True)
class CupsPrinter:
    name: str

    def hand_over(self, _papers: Papers, pdf: bytes, job: Job, _cancelled: Callable[[], bool] | None = None) -> None:
        state = _ask(("lpstat", "-p", self.name))
        known = f"printer {self.name} " in state.stdout.decode(errors="replace")
        if not known and self.name not in _names():  # a printer on the network is known by name before its first job
            raise Unavailable("print.printer_gone" if _answers() else "print.no_spooler", printer=self.name)
        if b" disabled since" in state.stdout:
            raise Unavailable("print.printer_stopped", printer=self.name)
        try:
            sent = _run(("lp", *self.options(job)), SECONDS_TO_PRINT, pdf)
        except TimeoutError:
            raise Unavailable("print.unsure", printer=self.name) from None
        if sent.returncode:
            said = sent.stderr.decode(errors="replace")
            if "not accepting" in said:
                raise Unavailable("print.not_accepting", printer=self.name)
            raise Unavailable("print.failed" if _answers() else "print.no_spooler")

    def options(self, job: Job) -> tuple[str, ...]:
        ranges = ("-P", ",".join(map(str, job.pages))) if job.pages else ()
        return ("-d", self.name, "-t", job.title, "-n", str(job.copies), *ranges,
                "-o", f"media={media(job.paper)}", "-o", f"sides={SIDES[job.duplex]}",
                "-o", "print-scaling=none", "-o", "fit-to-page=false")


class CupsPrinters:
    def names(self) -> tuple[str, ...]:
        said = _ask(("lpstat", "-d")).stdout.decode(errors="replace")
        first = said.rpartition(":")[2].strip() if ":" in said else ""
        return tuple(sorted(_names(), key=lambda name: (name != first, name)))

    def get(self, name: str) -> Printer:
        return CupsPrinter(name)


def _names() -> list[str]:
    return _ask(("lpstat", "-e")).stdout.decode(errors="replace").split()


def media(paper: str) -> str:
    if paper in NAMED:
        return NAMED[paper]
    width, height = SIZES[paper]
    return f"Custom.{width:g}x{height:g}mm"


def _answers() -> bool:
    return b"scheduler is running" in _ask(("lpstat", "-r")).stdout


def _ask(command: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
    """Raises `Unavailable("print.no_spooler")`."""
    try:
        return _run(command, SECONDS_TO_ASK)
    except TimeoutError:
        raise Unavailable("print.no_spooler") from None


def _run(command: tuple[str, ...], seconds: int, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """In English, because the answer is read. Raises `Unavailable("print.no_spooler")`, TimeoutError."""
    try:
        return subprocess.run(command, input=given, capture_output=True, timeout=seconds, check=False,
                              env={**os.environ, "LC_ALL": "C"})
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    except OSError:
        raise Unavailable("print.no_spooler") from None
