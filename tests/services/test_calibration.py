"""A printer that shifts and shrinks is measured on the test sheet, and what follows sets it right."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from backbone_core.errors import RuleBroken
from backbone_desktop.services.calibration import (
    CROSS,
    LINE,
    UNCORRECTED,
    Calibration,
    calibration_of,
    corrected,
    save_calibration,
)
from backbone_desktop.services.forms import Fit, Form, Parts
from tests.services.office_kit import Office


@dataclass
class Crooked:
    """A printer that puts what is sent to s at a + b·s, in tenths of a millimetre."""

    right: float
    down: float
    scale: float

    def lands(self, x: float, y: float, sent_with: Calibration) -> tuple[float, float]:
        factor = sent_with.scale / 1000
        return (self.right + self.scale * (x * factor + sent_with.dx),
                self.down + self.scale * (y * factor + sent_with.dy))

    def measured(self, sent_with: Calibration) -> tuple[int, int, int]:
        """What somebody reads off a ruler, to a tenth."""
        left, top = self.lands(CROSS[0] * 10, CROSS[1] * 10, sent_with)
        end, _ = self.lands((CROSS[0] + LINE) * 10, CROSS[1] * 10, sent_with)
        return round(left), round(top), round(end - left)


@pytest.mark.parametrize("printer",
                         [Crooked(0, 0, 1), Crooked(12, -7, 1), Crooked(-31, 25, 0.984), Crooked(5, 3, 1.021)])
@pytest.mark.parametrize("before", [UNCORRECTED, Calibration(15, -20, 990)])
def test_after_a_measurement_everything_lands_where_it_belongs(printer: Crooked, before: Calibration) -> None:
    found = corrected(before, *printer.measured(before))
    for x, y in ((0, 0), (500, 400), (1500, 400), (2000, 1400)):
        landed_x, landed_y = printer.lands(x, y, found)
        assert abs(landed_x - x) < 3  # three tenths of a millimetre, as far as a ruler's tenth reaches over 200 mm
        assert abs(landed_y - y) < 3


def test_a_printer_that_prints_right_needs_none() -> None:
    assert corrected(UNCORRECTED, 500, 400, 1000) == UNCORRECTED


@pytest.mark.parametrize(("measured", "code"), [
    ((900, 400, 1000), "calibration.moved_too_far"), ((500, 100, 1000), "calibration.moved_too_far"),
    ((500, 400, 900), "calibration.scale_out"), ((500, 400, 0), "calibration.scale_out"),
])
def test_what_is_too_much_is_a_wrong_measurement(measured: tuple[int, int, int], code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        corrected(UNCORRECTED, *measured)
    assert code in {finding.code for finding in refused.value.findings}


def test_each_printer_and_form_keeps_its_own(office: Office) -> None:
    one = Calibration(12, -5, 996)
    save_calibration(office.desk, "测试针式", Form.RECEIPT, one)
    assert calibration_of(office.desk, "测试针式", Form.RECEIPT) == one
    assert calibration_of(office.desk, "测试针式", Form.PAYMENT) is None
    assert calibration_of(office.desk, "测试激光", Form.RECEIPT) is None
    assert one.fit(Parts.DATA) == Fit(Parts.DATA, 1.2, -0.5, 0.996)


def test_a_correction_beyond_reason_is_not_kept(office: Office) -> None:
    with pytest.raises(RuleBroken):
        save_calibration(office.desk, "测试针式", Form.RECEIPT, Calibration(500, 0, 1000))
    assert calibration_of(office.desk, "测试针式", Form.RECEIPT) is None
