"""Which function reads what a form states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from backbone_desktop.services.application import application
from backbone_desktop.services.decision_notice import decision_facts
from backbone_desktop.services.forms import Form
from backbone_desktop.services.handovers import handover_facts
from backbone_desktop.services.household_card import household_card
from backbone_desktop.services.household_sheet import household_sheet
from backbone_desktop.services.missing_papers import missing_papers_facts
from backbone_desktop.services.payment_notice import payment_facts
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.publicity import publicity_facts
from backbone_desktop.services.receipts import receipt_facts
from backbone_desktop.services.renewal_roster import renewal_facts

Loader = Callable[[Desk, UnitOfWork, str], Any]
"""(desk, unit of work, subject) → the form's data (`forms.Paperwork`, a frozen dataclass) as its first print."""

LOADERS: Mapping[Form, Loader] = {
    Form.HOUSEHOLD_SHEET: household_sheet,
    Form.APPLICATION: application,
    Form.RECEIPT: receipt_facts,
    Form.MISSING_PAPERS: missing_papers_facts,
    Form.HANDOVER: handover_facts,
    Form.DECISION: decision_facts,
    Form.PAYMENT: payment_facts,
    Form.PUBLICITY: publicity_facts,
    Form.RENEWAL: renewal_facts,
    Form.HOUSEHOLD_CARD: household_card,
}
