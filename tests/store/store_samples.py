"""What the store's tests work with: a clerk at an open store, and plainly fictitious people to put into it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from backbone_core.claim import Claim, ClaimState, Costs, Document
from backbone_core.enrolment import Enrolment
from backbone_core.household import Household, Member
from backbone_core.ids import new_id
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.rows import OfficeProfile
from backbone_desktop.store.opening import Store

KEY = bytes(range(32))
CLERK = Actor("ceshi", "测试经办", "township")
HEAD_ID, SPOUSE_ID, SON_ID = "520625198001010015", "530521197505050025", "513432198503151233"


@dataclass
class TurnedClock:
    moment: datetime = datetime(2019, 9, 2, 1, 30, 0, 123456, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def today(self) -> date:
        return self.moment.astimezone(timezone(timedelta(hours=8))).date()


class Opened:
    """A store and the units of work of one clerk on it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = TurnedClock()

    def open(self) -> Any:
        return self.store.unit(CLERK, self.clock)

    def read(self) -> Any:
        return self.store.unit(CLERK, self.clock, write=False)

    def write(self, *records: Any, act: str = "register") -> None:
        with self.open() as work:
            for record in records:
                work.write(record, act)
            work.commit()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self.store.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        names = [name for (name,) in self.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
        return {name: sorted(self.rows(f'SELECT * FROM "{name}"'), key=repr) for name in names}


def household(number: str = "5206250001", **other: Any) -> Household:
    usual: dict[str, Any] = {"id": new_id(), "household_no": number, "county": "520625", "township": "示例镇",
                             "village": "测试村", "phone": "13800000000"}
    return Household(**{**usual, **other})


def member(home: Household, name: str = "测试甲", id_no: str = HEAD_ID, relation: str = "户主", **other: Any) -> Member:
    return Member(**{"id": new_id(), "household_id": home.id, "name": name, "id_no": id_no, "relation": relation,
                     **other})


def enrolment(person: Member, year: int = 2019, **other: Any) -> Enrolment:
    usual: dict[str, Any] = {"id": new_id(), "member_id": person.id, "policy_year": year, "scheme_id": "DLZ",
                             "scheme_version": 1, "starts": date(year, 1, 1), "ends": date(year, 12, 31)}
    return Enrolment(**{**usual, **other})


def claim(person: Member, **other: Any) -> Claim:
    usual: dict[str, Any] = {
        "id": new_id(), "member_id": person.id, "household_id": person.household_id, "policy_year": 2019,
        "state": ClaimState.RECEIVED, "hospital": "示例县人民医院", "admitted": date(2019, 3, 1),
        "discharged": date(2019, 3, 15), "costs": Costs(medfee_sumamt=3_000_000),
        "documents": (Document(code="INVOICE", handed_in=True), Document(code="ID_CARD")),
    }
    return Claim(**{**usual, **other})


@dataclass(frozen=True)
class Family:
    household: Household
    head: Member
    spouse: Member


def profile(**other: Any) -> OfficeProfile:
    usual = OfficeProfile(county="520625", county_name="示例县", office="示例县医疗保障局", township="示例镇",
                          device_name="一号窗口", device_no="A03", policy_year=2019, language="zh_CN")
    return replace(usual, **other)
