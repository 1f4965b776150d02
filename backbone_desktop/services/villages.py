"""Lists of a village: what names one, which number it bears, and which villages there are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from urllib.parse import unquote

from backbone_core.dates import last_working_day, read_date
from backbone_core.errors import RuleBroken
from backbone_core.places import CountyPlaces, Place, township_name, village_name
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.forms import Form
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.village_ports import VillageCount

USUAL_WORKING_DAYS = 7
"""How long a list hangs where nobody says otherwise; counties set five to seven."""
_YEAR = re.compile(r"20\d\d", re.ASCII)
_TO = ".."


class VillageList(StrEnum):
    """Which list; the catalogue says it as `village_list.<value>`."""

    COVERED = "covered"  # 参保名单公示
    PAID = "paid"  # 赔付公示
    RENEWAL = "renewal"  # 续保确认名册

    @property
    def form(self) -> Form:
        return Form.RENEWAL if self is VillageList.RENEWAL else Form.PUBLICITY


_PREFIX = {VillageList.COVERED: "GS-CB", VillageList.PAID: "GS-PF", VillageList.RENEWAL: "XB"}
"""公示·参保, 公示·赔付, 续保, as the numbers of the lists begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageKey:
    """One list of one village, as a form's subject:
    2026/示例镇/测试村/paid/2026-09-14..2026-09-22/2026-01-01..2026-06-30.

    `first` and `last` are the days on which it hangs; a roster has its day alone. `paid` narrows payments to those
    from a day to a day. What is missing at the end takes its usual value: see `whole`.
    """

    policy_year: int
    township: str
    village: str
    kind: VillageList | None = None
    first: date | None = None
    last: date | None = None
    paid: tuple[date, date] | None = None

    def __str__(self) -> str:
        parts = [str(self.policy_year), _escaped(self.township), _escaped(self.village)]
        if self.kind:
            parts.append(self.kind.value)
        if self.kind and self.first:
            parts.append(f"{self.first}{_TO}{self.last}" if self.last else str(self.first))
        if self.kind and self.first and self.paid:
            parts.append(_TO.join(map(str, self.paid)))
        return "/".join(parts)

    def whole(self, form: Form, today: date) -> VillageKey:
        """With every part that was left out. Raises RuleBroken village.key_form for another form's list."""
        kind = self.kind or (VillageList.RENEWAL if form is Form.RENEWAL else VillageList.COVERED)
        if kind.form is not form:
            raise RuleBroken("village.key_form")
        first = self.first or today
        last = None if kind is VillageList.RENEWAL else self.last or last_working_day(first, USUAL_WORKING_DAYS)
        return replace(self, kind=kind, first=first, last=last)


def read_village_key(text: str) -> VillageKey:
    """Raises RuleBroken village.key_form, village.days (a period that ends before it begins)."""
    year, township, village, kind, days, paid, *more = [*text.strip().split("/"), "", "", "", "", ""][:7]
    if more != [""] or not _YEAR.fullmatch(year) or not township or not village or (paid and kind != VillageList.PAID):
        raise RuleBroken("village.key_form")
    try:
        first, last = _days(days)
        return VillageKey(policy_year=int(year), township=unquote(township), village=unquote(village),
                          kind=VillageList(kind) if kind else None, first=first, last=last, paid=_period(paid))
    except ValueError:
        raise RuleBroken("village.key_form") from None


def publicity_key(desk: Desk, township: str, village: str, kind: VillageList = VillageList.COVERED, *,
                  policy_year: int | None = None, first: date | None = None, last: date | None = None,
                  days: int = USUAL_WORKING_DAYS, paid: tuple[date, date] | None = None) -> VillageKey:
    """The key of a list that hangs from `first` (today) for so many working days, or to `last`: legal holidays are not
    known here, so over one of them somebody has to say. Raises RuleBroken village.days."""
    start = first or desk.clock.today()
    end = last or last_working_day(start, days)
    if end < start or (paid and paid[1] < paid[0]):
        raise RuleBroken("village.days", "last" if end < start else "paid")
    return VillageKey(policy_year=policy_year or _year(desk), township=township, village=village, kind=kind,
                      first=start, last=end, paid=paid if kind is VillageList.PAID else None)


def renewal_key(desk: Desk, township: str, village: str, *, policy_year: int | None = None) -> VillageKey:
    """`policy_year` is the one that ends: the roster asks about the next."""
    return VillageKey(policy_year=policy_year or _year(desk), township=township, village=village,
                      kind=VillageList.RENEWAL, first=desk.clock.today())


def villages(desk: Desk, *, township: str = "", policy_year: int | None = None) -> tuple[VillageCount, ...]:
    """Every village of the county, or of a township, with what its lists would hold: for a batch of papers.

    Raises RuleBroken account.not_allowed.
    """
    require(desk, Duty.EXPORT)
    with desk.read() as work:
        return work.villages.counts(policy_year or work.office.profile().policy_year, township)


def with_something_on(kind: VillageList, counts: Iterable[VillageCount]) -> tuple[VillageCount, ...]:
    """The villages whose list of that kind is not empty."""
    return tuple(one for one in counts if one.township and one.village and number_on(kind, one))


def number_on(kind: VillageList, one: VillageCount) -> int:
    """How many people, or of the paid list payments, stand on a village's list."""
    return {VillageList.COVERED: one.covered, VillageList.PAID: one.paid, VillageList.RENEWAL: one.people}[kind]


def list_number(key: VillageKey, county: str, places: CountyPlaces | None) -> str:
    """What the list bears: kind, county, policy year, village, first day and, where they are narrowed, the days of
    payment. GS-CB-520625-2026-101201-20260914."""
    assert key.kind is not None
    assert key.first is not None
    parts = [_PREFIX[key.kind], county, str(key.policy_year), _place_code(key, places), f"{key.first:%Y%m%d}"]
    if key.paid:
        parts += [f"{day:%y%m%d}" for day in key.paid]
    return "-".join(parts)


def _place_code(key: VillageKey, places: CountyPlaces | None) -> str:
    """The last six digits of the village's statistical code where it is called exactly so, else a hash of its name:
    two spellings of one village are two lists and must not share a number."""
    township = places.township(key.township) if places else None
    village = places.village(key.township, key.village) if places else None
    if (township and village and _called(township, key.township, township_name(township.name))
            and _called(village, key.village, village_name(village.name))):
        return village.code[-6:]
    return "V" + hashlib.sha256(f"{key.township}\n{key.village}".encode()).hexdigest()[:8].upper()


def _called(place: Place, name: str, written: str) -> bool:
    return name in {place.name, written}


def _year(desk: Desk) -> int:
    with desk.read() as work:
        return work.office.profile().policy_year


def _escaped(name: str) -> str:
    return name.replace("%", "%25").replace("/", "%2F")


def _days(text: str) -> tuple[date | None, date | None]:
    if _TO in text:
        return _period(text) or (None, None)
    return (_day(text), None) if text else (None, None)


def _period(text: str) -> tuple[date, date] | None:
    if not text:
        return None
    first, _, last = text.partition(_TO)
    period = _day(first), _day(last)
    if period[1] < period[0]:
        raise RuleBroken("village.days")
    return period


def _day(text: str) -> date:
    try:
        return read_date(text)
    except RuleBroken:
        raise RuleBroken("village.key_form") from None
