"""How each printer has to be corrected for each form, measured on a test sheet; kept on this computer."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from backbone_core.errors import refusal, refuse_if_any
from backbone_desktop.services.forms import Fit, Form, Parts

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk, UnitOfWork

CROSS, LINE = (50.0, 40.0), 100.0
"""Where the test sheet's cross has to land from the left and the top edge, and how long its line is: millimetres."""
MOST_MOVED = 200
"""Tenths of a millimetre: a sheet that lies 2 cm wrong is laid in wrongly."""
SCALES = (950, 1050)
"""Tenths of a per cent within which a printer can be wrong."""
TRUE_SIZE = 1000


@dataclass(frozen=True, slots=True)
class Calibration:
    """`dx`, `dy` in tenths of a millimetre to the right and down; `scale` in tenths of a per cent."""

    dx: int = 0
    dy: int = 0
    scale: int = TRUE_SIZE

    def fit(self, parts: Parts = Parts.BOTH) -> Fit:
        return Fit(parts, self.dx / 10, self.dy / 10, self.scale / TRUE_SIZE)


UNCORRECTED = Calibration()


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
    _refuse_what_is_too_much(calibration)
    with desk.open() as work:
        work.office.set_setting(_name(printer, form), json.dumps(asdict(calibration)))
        work.commit()


def corrected(before: Calibration, left: int, top: int, line: int) -> Calibration:
    """The correction that follows from a test sheet printed with `before`: where its cross landed from the left and
    the top edge and how long its line became, in tenths of a millimetre. Raises as `save_calibration` does.

    What is sent to s lands at a + b·s, where b is the printer's own scale: b = line / (100 mm × scale before).
    """
    own = max(line, 1) / (LINE * 10) / (before.scale / TRUE_SIZE)
    scale = round(TRUE_SIZE / own)
    exact = scale / TRUE_SIZE

    def moved(landed: int, wanted: float, was: int) -> int:
        sent = wanted * before.scale / TRUE_SIZE + was
        offset = landed - own * sent
        return round((wanted - offset) / own - wanted * exact)

    found = Calibration(moved(left, CROSS[0] * 10, before.dx), moved(top, CROSS[1] * 10, before.dy), scale)
    _refuse_what_is_too_much(found)
    return found


def _refuse_what_is_too_much(calibration: Calibration) -> None:
    findings = [refusal("calibration.moved_too_far", field, most_mm=MOST_MOVED // 10)
                for field, value in (("dx", calibration.dx), ("dy", calibration.dy)) if abs(value) > MOST_MOVED]
    if not SCALES[0] <= calibration.scale <= SCALES[1]:
        findings.append(refusal("calibration.scale_out", "scale", least=SCALES[0] // 10, most=SCALES[1] // 10))
    refuse_if_any(findings)


def _name(printer: str, form: Form) -> str:
    return f"calibration.{form}.{printer}"
