"""The publicity lists of a village (公示): who is covered this year, and what was paid.

They hang where everybody reads them, so they state the least by which neighbours know who is meant and can object: a
part-masked name, the group, the last four digits of the household number and, of a payment, its amount. No illness, no
hospital, and no ID number either: masked it would still tell county of birth and last digits to strangers, and the
household number already tells namesakes apart (个人信息保护法 arts. 6 and 28: the least that the purpose needs).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backbone_core.dates import working_days
from backbone_core.errors import RuleBroken
from backbone_core.household import Standing
from backbone_core.name_mask import mask_name
from backbone_desktop.services.contacts import contacts_of
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.forms import Form, FormData
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.reference import known_places
from backbone_desktop.services.villages import VillageKey, VillageList, list_number, read_village_key

TAIL = 4
"""Digits of the household number that are shown."""


@dataclass(frozen=True, slots=True)
class PublicityRow:
    """`amount` in fen, None on the list of who is covered."""

    name: str
    group: str
    household_tail: str
    amount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityData(FormData):
    """公示. It hangs from `first` to `last`, both days included. `phone`, `supervisor` and `supervisor_phone` are whom
    people turn to who object, "" where a hand writes it."""

    kind: VillageList
    policy_year: int
    township: str
    village: str
    first: date
    last: date
    days: int
    """Working days."""
    paid: tuple[date, date] | None
    """From when to when payments are listed, None for all of the policy year."""
    phone: str
    supervisor: str
    supervisor_phone: str
    rows: tuple[PublicityRow, ...]


def publicity_facts(desk: Desk, work: UnitOfWork, subject: str) -> PublicityData:
    """`form_loaders.Loader`; the subject is a `VillageKey`.

    Raises RuleBroken account.not_allowed, village.key_form, village.days, village.nobody (there is nobody to list).
    """
    require(desk, Duty.EXPORT)
    key = read_village_key(subject).whole(Form.PUBLICITY, desk.clock.today())
    assert key.kind is not None
    assert key.first is not None
    assert key.last is not None
    rows = _paid(work, key) if key.kind is VillageList.PAID else _covered(work, key)
    if not rows:
        raise RuleBroken("village.nobody", list_code=f"village_list.{key.kind}", village=key.village)
    office, reach = work.office.profile(), contacts_of(work)
    return PublicityData(
        language=office.language, office=office.office, county_name=office.county_name,
        number=list_number(key, office.county, known_places(work, desk.places, office.county)),
        printed_at=desk.clock.now(), printed_by=desk.actor.display_name, kind=key.kind, policy_year=key.policy_year,
        township=key.township, village=key.village, first=key.first, last=key.last,
        days=working_days(key.first, key.last), paid=key.paid, phone=reach.phone, supervisor=reach.supervisor,
        supervisor_phone=reach.supervisor_phone, rows=rows)


def _covered(work: UnitOfWork, key: VillageKey) -> tuple[PublicityRow, ...]:
    """Who died keeps the year's cover, but no name of the dead hangs on a wall."""
    return tuple(
        PublicityRow(mask_name(one.member.name), one.household.group, one.household.household_no[-TAIL:])
        for one in work.villages.people(key.township, key.village, key.policy_year)
        if one.covered and one.member.standing is not Standing.DIED)


def _paid(work: UnitOfWork, key: VillageKey) -> tuple[PublicityRow, ...]:
    return tuple(
        PublicityRow(mask_name(one.name), one.group, one.household_no[-TAIL:], one.amount)
        for one in work.villages.payments(key.township, key.village, key.policy_year, key.paid))
