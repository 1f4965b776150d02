"""How a form was printed the last time on this computer, and how its printer has to be corrected for it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from backbone_core.errors import refusal, refuse_if_any
from backbone_desktop.services.forms import Fit, Form, Parts

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk, UnitOfWork

MOST_MOVED = 200
"""Tenths of a millimetre: a sheet that lies 2 cm wrong is laid in wrongly."""
SCALES = (950, 1050)
"""Tenths of a per cent within which a printer can be wrong."""
TRUE_SIZE = 1000


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """"" = nothing was chosen yet."""

    printer: str = ""
    paper: str = ""
    duplex: str = ""
    parts: str = ""


@dataclass(frozen=True, slots=True)
class Calibration:
    """`dx`, `dy` in tenths of a millimetre to the right and down; `scale` in tenths of a per cent."""

    dx: int = 0
    dy: int = 0
    scale: int = TRUE_SIZE

    def fit(self, parts: Parts = Parts.BOTH) -> Fit:
        return Fit(parts, self.dx / 10, self.dy / 10, self.scale / TRUE_SIZE)


UNCORRECTED = Calibration()


def last_choice(desk: Desk, form: Form) -> PrintChoice:
    with desk.read() as work:
        kept = work.office.setting(f"print.{form}")
    return PrintChoice(**json.loads(kept)) if kept else PrintChoice()


def remember_choice(desk: Desk, form: Form, choice: PrintChoice) -> None:
    with desk.open() as work:
        work.office.set_setting(f"print.{form}", json.dumps(asdict(choice), ensure_ascii=False))
        work.commit()


def calibration_of(desk: Desk, printer: str, form: Form) -> Calibration | None:
    """None where nobody measured this printer for this form yet."""
    with desk.read() as work:
        return read_calibration(work, printer, form)


def read_calibration(work: UnitOfWork, printer: str, form: Form) -> Calibration | None:
    kept = work.office.setting(_name(printer, form)) if printer else None
    return Calibration(**json.loads(kept)) if kept else None


def save_calibration(desk: Desk, printer: str, form: Form, calibration: Calibration) -> None:
    """Every later print of this form on this printer is corrected so.

    Raises RuleBroken calibration.moved_too_far (field dx or dy; most_mm), calibration.scale_out (field scale).
    """
    findings = [refusal("calibration.moved_too_far", field, most_mm=MOST_MOVED // 10)
                for field, value in (("dx", calibration.dx), ("dy", calibration.dy)) if abs(value) > MOST_MOVED]
    if not SCALES[0] <= calibration.scale <= SCALES[1]:
        findings.append(refusal("calibration.scale_out", "scale", least=SCALES[0] // 10, most=SCALES[1] // 10))
    refuse_if_any(findings)
    with desk.open() as work:
        work.office.set_setting(_name(printer, form), json.dumps(asdict(calibration)))
        work.commit()


def corrected(before: Calibration, left: int, top: int, line: int, meant: tuple[int, int, int]) -> Calibration:
    """The correction that follows from a test sheet printed with `before`: where its cross landed from the left and
    the top edge and how long its line became, against what was `meant`; all in tenths of a millimetre.

    A point p of the form lands at a + b·p, where b is the printer's own scale: b = line / (meant line × before).
    """
    meant_left, meant_top, meant_line = meant
    own = line / meant_line / (before.scale / TRUE_SIZE)
    scale = round(TRUE_SIZE / own)
    exact = scale / TRUE_SIZE

    def moved(landed: int, wanted: int, was: int) -> int:
        sent = wanted * before.scale / TRUE_SIZE + was
        offset = landed - own * sent
        return round((wanted - offset) / own - wanted * exact)

    return Calibration(moved(left, meant_left, before.dx), moved(top, meant_top, before.dy), scale)


def _name(printer: str, form: Form) -> str:
    return f"calibration.{form}.{printer}"
