"""Every form with what it usually states and with more than anybody has ever seen, in each language of the papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from application_kit import application, crowded_application
from card_kit import card, crowded_card
from household_kit import crowded_household, household_sheet
from letters_kit import (
    crowded_decision,
    crowded_missing_papers,
    crowded_payment,
    decision,
    missing_papers,
    part_decision,
    payment,
    payment_back,
    refusal,
)
from lists_kit import (
    crowded_handover,
    crowded_payments,
    crowded_publicity,
    crowded_renewal,
    handover_data,
    payments_data,
    publicity_data,
    renewal_data,
)
from paper_kit import crowded, receipt_data

from backbone_desktop.services.forms import PAPERS, Form
from backbone_desktop.words.both import PAPER_LANGUAGES

Makers = dict[str, tuple[Form, Callable[..., Any]]]
USUAL: Makers = {
    "household_sheet": (Form.HOUSEHOLD_SHEET, household_sheet), "application": (Form.APPLICATION, application),
    "receipt": (Form.RECEIPT, receipt_data), "missing_papers": (Form.MISSING_PAPERS, missing_papers),
    "approval": (Form.DECISION, decision), "part_approval": (Form.DECISION, part_decision),
    "refusal": (Form.DECISION, refusal), "payment": (Form.PAYMENT, payment),
    "payment_back": (Form.PAYMENT, payment_back), "handover": (Form.HANDOVER, handover_data),
    "publicity": (Form.PUBLICITY, publicity_data), "payments": (Form.PUBLICITY, payments_data),
    "renewal": (Form.RENEWAL, renewal_data), "household_card": (Form.HOUSEHOLD_CARD, card),
}
CROWDED: Makers = {
    "household_sheet": (Form.HOUSEHOLD_SHEET, crowded_household),
    "application": (Form.APPLICATION, crowded_application),
    "receipt": (Form.RECEIPT, crowded), "missing_papers": (Form.MISSING_PAPERS, crowded_missing_papers),
    "decision": (Form.DECISION, crowded_decision), "payment": (Form.PAYMENT, crowded_payment),
    "handover": (Form.HANDOVER, crowded_handover), "publicity": (Form.PUBLICITY, crowded_publicity),
    "payments": (Form.PUBLICITY, crowded_payments), "renewal": (Form.RENEWAL, crowded_renewal),
    "household_card": (Form.HOUSEHOLD_CARD, crowded_card),
}


@dataclass(frozen=True)
class Printed:
    """A form with its data on one sheet in one language."""

    name: str
    form: Form
    data: Any
    paper: str

    def __str__(self) -> str:
        return f"{self.name}-{self.paper}-{self.data.language}"


def printed(makers: Makers) -> Iterator[Printed]:
    for name, (form, make) in makers.items():
        for paper in PAPERS[form]:
            for language in PAPER_LANGUAGES:
                # the facts in Chinese, as they are typed; the words in the paper's languages
                data = make("en" if language == "en" else "zh_CN")
                yield Printed(name, form, replace(data, language=language), paper)
