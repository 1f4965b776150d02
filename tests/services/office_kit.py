"""An office on a real encrypted store, with a clock, a key, a password hash and numbers that tests can turn."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from backbone_core.errors import Unavailable
from backbone_desktop.services.office import SetupRequest
from backbone_desktop.services.ports import Actor, Desk
from backbone_desktop.services.registry import HouseholdSaved
from backbone_desktop.services.typed import ClaimDraft, HouseholdDraft, MemberDraft
from backbone_desktop.store.opening import Store

KEY = bytes(range(32))
PASSWORD = "Lushan2019"
SCHEMES = Path(__file__).parents[2] / "resources" / "schemes"

HEAD_ID = "520625198001010015"  # 测试甲, a man of 39 in 2019
WIFE_ID = "530521197505050025"
SON_ID = "513432198503151233"
PAPERS = ("INVOICE", "COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "ID_CARD", "BANK_CARD")


@dataclass
class TurnedClock:
    moment: datetime = datetime(2019, 9, 2, 1, 30, 0, 123456, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.astimezone(timezone(timedelta(hours=8))).date()

    def wait(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@dataclass
class PlainSigner:
    """Signs with a hash, which is enough to see what was signed."""

    there: bool = True
    public_key: bytes = bytes(32)

    def sign(self, message: bytes) -> bytes:
        if not self.there:
            raise Unavailable("keys.device_missing")
        return hashlib.sha512(message).digest()


class PlainPasswords:
    def hash(self, password: str) -> str:
        return hashlib.sha256(password.encode()).hexdigest()

    def verify(self, stored: str, password: str) -> bool:
        return stored == self.hash(password)


@dataclass
class Numbers:
    given: list[int] = field(default_factory=list)

    def next(self, at_least: int) -> int:
        self.given.append(max([at_least, *(number + 1 for number in self.given)]))
        return self.given[-1]


@dataclass
class Office:
    """Where a test works: the desk of one clerk, and the store behind it."""

    store: Store
    clock: TurnedClock
    signer: PlainSigner
    numbers: Numbers
    desk: Desk

    def as_(self, actor: Actor) -> Desk:
        return make_desk(self, actor)

    def stored(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, to show that an act left nothing behind."""
        with self.store.engine.connect() as connection:
            names = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ).scalars().all()
            return {
                name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()), key=repr)
                for name in names
            }

    def count(self, table: str) -> int:
        with self.store.engine.connect() as connection:
            return int(connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one())


def make_desk(office: Office, actor: Actor) -> Desk:
    return Desk(
        actor=actor,
        open=lambda: office.store.unit(actor, office.clock),
        read=lambda: office.store.unit(actor, office.clock, write=False),
        clock=office.clock, signer=office.signer, numbers=office.numbers, passwords=PlainPasswords(),
        counties=frozenset({"520625", "530521", "513432"}),
    )


def office_on(store: Store) -> Office:
    made = Office(store, TurnedClock(), PlainSigner(), Numbers(), None)  # type: ignore[arg-type]
    made.desk = make_desk(made, Actor("clerk", "测试经办", "township"))
    return made


def setup_request(**other: Any) -> SetupRequest:
    usual: dict[str, Any] = {
        "county": "520625", "county_name": "印江土家族苗族自治县", "office": "示例县医疗保障局", "township": "示例镇",
        "device_name": "一号窗口", "device_no": "A03", "policy_year": 2019, "language": "zh_CN",
        "account": "admin", "display_name": "测试管理员", "password": PASSWORD,
    }
    return SetupRequest(**{**usual, **other})


def head(**other: str) -> MemberDraft:
    return replace(MemberDraft(name="测试甲", id_no=HEAD_ID, relation="户主", ethnic="苗族"), **other)  # type: ignore[arg-type]


def wife(**other: str) -> MemberDraft:
    return replace(MemberDraft(name="测试乙", id_no=WIFE_ID, relation="配偶"), **other)  # type: ignore[arg-type]


def household(*members: MemberDraft, **other: Any) -> HouseholdDraft:
    usual: dict[str, Any] = {
        "household_no": "5206250001", "township": "示例镇", "village": "测试村", "group": "二组",
        "poverty_type": "一般贫困户", "phone": "13800000000",
    }
    return HouseholdDraft(**{**usual, **other}, members=members or (head(), wife()))


@dataclass(frozen=True)
class Family:
    saved: HouseholdSaved
    head_id: str
    wife_id: str


ClaimMaker = Callable[..., ClaimDraft]
