"""Families whom nobody told yet what was decided or paid, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from backbone_desktop.services.forms import Form
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.decision_ports import Untold
    from backbone_desktop.services.ports import Desk


def count_untold(desk: Desk) -> Untold:
    with desk.read() as work:
        return work.decisions.untold()


def untold_words(words: Words, untold: Untold) -> Mapping[str, tuple[str, str]]:
    """By the form of the notice (what to do, how many wait); a form without any is left out."""
    lines = {
        Form.DECISION: (untold.decisions, words("Tell families what was decided")),
        Form.PAYMENT: (untold.payments, words("Tell families of payments and returned money")),
    }
    return {form.value: (title, count_words(words, count)) for form, (count, title) in lines.items() if count}


def count_words(words: Words, count: int) -> str:
    if count == 1:
        return words("1 notice was never printed")
    return words("{n} notices were never printed", n=f"{count:,}")


def link_words(words: Words, untold: Untold) -> str:
    """On the claims' list: "" where everybody was told."""
    count = untold.decisions + untold.payments
    return words("Not told yet: {n}", n=f"{count:,}") if count else ""


def first_form(untold: Untold) -> str:
    return (Form.DECISION if untold.decisions else Form.PAYMENT).value
