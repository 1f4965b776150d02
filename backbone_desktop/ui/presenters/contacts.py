"""What stands on letters about how the office is reached: as one text, and as the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.errors import Finding
    from backbone_desktop.services.contacts import OfficeContacts
    from backbone_desktop.services.ports import Desk


def labels(t: Words) -> Mapping[str, str]:
    """The fields in the form's order, each with its label."""
    return {
        "address": t("&Where to come"), "phone": t("&Telephone"), "hours": t("Opening &hours"),
        "insurer": t("Re&view of decisions by"), "insurer_phone": t("Telephone for &reviews"),
        "review_days": t("&Days for asking for it"), "supervisor": t("&Complaints go to"),
        "supervisor_phone": t("Telephone for com&plaints"),
    }


def told(t: Words, contacts: OfficeContacts, plain: Mapping[str, str]) -> tuple[str, str]:
    """(what is filled in, what is not) as two texts, "" for nothing. `plain` are the labels without their letters."""
    filled = [f"{label}: {getattr(contacts, name)}" for name, label in plain.items() if getattr(contacts, name)]
    empty = [label for name, label in plain.items() if not getattr(contacts, name)]
    named = t("form.list_comma").join(empty)
    return "\n".join(filled), t("Letters leave a line to write on for: {names}", names=named) if empty else ""


def check(typed: Mapping[str, str]) -> tuple[Finding, ...]:
    from backbone_desktop.services.contacts import OfficeContacts, check_contacts

    return check_contacts(OfficeContacts(**typed))


def save(desk: Desk, typed: Mapping[str, str]) -> OfficeContacts:
    from backbone_desktop.services.contacts import OfficeContacts, save_contacts

    return save_contacts(desk, OfficeContacts(**typed))
