"""The papers that the office prints: their names, the sheets they go on, and what every one of them states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Form(StrEnum):
    """The catalogue says a form's name as `form.<value>.title`."""

    HOUSEHOLD_SHEET = "household_sheet"  # 农户登记表
    APPLICATION = "application"  # 理赔申请书
    RECEIPT = "receipt"  # 理赔申请受理回执
    MISSING_PAPERS = "missing_papers"  # 补正材料一次性告知书
    DECISION = "decision"  # 核赔结论通知书
    PAYMENT = "payment"  # 赔付款支付通知书
    HANDOVER = "handover"  # 理赔材料交接清单
    PUBLICITY = "publicity"  # 公示
    RENEWAL = "renewal"  # 续保确认名册
    HOUSEHOLD_CARD = "household_card"  # 户卡


ABOUT: Mapping[Form, str] = {
    Form.HOUSEHOLD_SHEET: "household", Form.APPLICATION: "claim", Form.RECEIPT: "claim", Form.MISSING_PAPERS: "claim",
    Form.DECISION: "claim", Form.PAYMENT: "claim", Form.HANDOVER: "handover", Form.PUBLICITY: "village",
    Form.RENEWAL: "village", Form.HOUSEHOLD_CARD: "household",
}
"""What a form is printed of: its subject is a record's id, or a key that the form's service hands out."""

A4, A4_LYING, A3 = "A4", "A4L", "A3"
A5, CONTINUOUS_HALF, CONTINUOUS_THIRD = "A5", "241x140", "241x93"
PAPERS: Mapping[Form, tuple[str, ...]] = {
    Form.HOUSEHOLD_SHEET: (A4,),
    Form.APPLICATION: (A4,),
    Form.RECEIPT: (A5, A4, CONTINUOUS_HALF),
    Form.MISSING_PAPERS: (A4, A5, CONTINUOUS_HALF),
    Form.DECISION: (A4,),
    Form.PAYMENT: (A5, A4, CONTINUOUS_HALF, CONTINUOUS_THIRD),
    Form.HANDOVER: (A4_LYING,),
    Form.PUBLICITY: (A4, A3),
    Form.RENEWAL: (A4_LYING,),
    Form.HOUSEHOLD_CARD: (A5, A4, CONTINUOUS_THIRD),
}
"""The sheets that a form can be set on, the usual one first."""
SIZES: Mapping[str, tuple[float, float]] = {
    A4: (210, 297), A4_LYING: (297, 210), A3: (297, 420), A5: (210, 148), CONTINUOUS_HALF: (241, 140),
    CONTINUOUS_THIRD: (241, 93),
}
"""Width and height in millimetres as the form lies on it."""


class Parts(StrEnum):
    """What of a form goes on the sheet: on a pre-printed one the data alone."""

    BOTH = "both"
    FORM = "form"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Fit:
    """How a form meets its sheet: what of it is printed, and how one printer has to be corrected for it, in
    millimetres to the right and down and by a scale from the sheet's top left corner."""

    parts: Parts = Parts.BOTH
    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0


AS_IT_IS = Fit()


class Paperwork(Protocol):
    """What printing and the print log ask of any form's data."""

    @property
    def language(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def number(self) -> str:
        """What the paper is known by; never a person's number, as it stands in the print log and in file names."""
    @property
    def copy(self) -> int:
        """0 = the first print, n = the n-th reprint (补打 n)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormData:
    """What stands on every form. Each form's data add their own; all are frozen values without ids of records."""

    language: str
    office: str
    county_name: str
    number: str
    copy: int = 0
    qr: str = ""
    """The text of the code that proves the paper; "" on a form that carries none."""
    printed_at: datetime
    printed_by: str
    """Display name of the clerk who prints."""
