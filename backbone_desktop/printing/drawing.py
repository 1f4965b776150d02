"""Which module draws which form; each is imported when the first such paper is printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from backbone_desktop.services.forms import Form

if TYPE_CHECKING:
    from backbone_desktop.printing.document import Document
    from backbone_desktop.words import Words


def draw(form: Form, document: Document, data: Any, words: Words) -> None:
    """Add a form's pages to a document, all or none. Raises `Unavailable("print.no_glyph", character=…)`."""
    draw_form: Callable[[Document, Any, Words], None]
    match form:
        case Form.HOUSEHOLD_SHEET:
            from backbone_desktop.printing.household_sheet import draw as draw_form
        case Form.APPLICATION:
            from backbone_desktop.printing.application import draw as draw_form
        case Form.RECEIPT:
            from backbone_desktop.printing.receipt import draw as draw_form
        case Form.MISSING_PAPERS:
            from backbone_desktop.printing.missing_papers_notice import draw as draw_form
        case Form.HANDOVER:
            from backbone_desktop.printing.handover import draw as draw_form
        case Form.DECISION:
            from backbone_desktop.printing.decision_notice import draw as draw_form
        case Form.PAYMENT:
            from backbone_desktop.printing.payment_notice import draw as draw_form
        case Form.PUBLICITY:
            from backbone_desktop.printing.publicity import draw as draw_form
        case Form.RENEWAL:
            from backbone_desktop.printing.renewal_roster import draw as draw_form
        case Form.HOUSEHOLD_CARD:
            from backbone_desktop.printing.household_card import draw as draw_form
    draw_form(document, data, words)
