"""Where and how people reach the office, and whom they may turn to: what its letters name. Nothing is made up: a
letter leaves a line to write on for what the office has not filled in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from backbone_core.errors import Finding, refuse_if_any
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.reading import Reading

SETTING = "office.contacts"
LONGEST_PHONE = 40
MOST_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeContacts:
    """As they are typed; every one may be "".

    `insurer` takes objections to a decision within `review_days` (a number) of the notice; `supervisor` is the
    authority that hears complaints.
    """

    address: str = ""
    phone: str = ""
    hours: str = ""
    insurer: str = ""
    insurer_phone: str = ""
    review_days: str = ""
    supervisor: str = ""
    supervisor_phone: str = ""


def contacts(desk: Desk) -> OfficeContacts:
    with desk.read() as work:
        return contacts_of(work)


def contacts_of(work: UnitOfWork) -> OfficeContacts:
    kept = json.loads(work.office.setting(SETTING) or "{}")
    return OfficeContacts(**{part.name: kept[part.name] for part in fields(OfficeContacts) if part.name in kept})


def check_contacts(typed: OfficeContacts) -> tuple[Finding, ...]:
    return _read(typed)[1]


def save_contacts(desk: Desk, typed: OfficeContacts) -> OfficeContacts:
    """Raises RuleBroken account.not_allowed, and the findings at their fields."""
    require(desk, Duty.RUN_OFFICE)
    read, findings = _read(typed)
    refuse_if_any(findings)
    with desk.open() as work:
        work.office.set_setting(SETTING, json.dumps(asdict(read), ensure_ascii=False))
        work.audit.add("set_contacts", "office", work.office.profile().county)
        work.commit()
    return read


def _read(typed: OfficeContacts) -> tuple[OfficeContacts, tuple[Finding, ...]]:
    form = Reading()
    read = {name: form.text(name, text, longest=LONGEST_PHONE if name.endswith("phone") else 60)
            for name, text in asdict(typed).items()}
    days = read["review_days"]
    if days and not (days.isdecimal() and days.isascii() and 1 <= int(days) <= MOST_DAYS):
        form.refuse("office.review_days", "review_days", most=MOST_DAYS)
    return OfficeContacts(**read), tuple(form.findings)
