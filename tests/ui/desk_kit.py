"""A clerk's desk on a real encrypted store, and the little that a page needs around it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backbone_core.errors import BackboneError
from backbone_core.identity import check_digit
from backbone_core.ids import new_id
from backbone_desktop.printing.fonts import Fonts
from backbone_desktop.services.attachment_ports import Scans
from backbone_desktop.services.list_export import ListWriter, Sheet
from backbone_desktop.services.office import SetupRequest
from backbone_desktop.services.ports import Actor, Desk
from backbone_desktop.services.reference_rows import ReferenceFile, ReferenceKind
from backbone_desktop.services.registry import HouseholdSaved, register_household
from backbone_desktop.services.roster_marking import MarkedWriter
from backbone_desktop.services.roster_rows import RosterFile
from backbone_desktop.services.rows import OfficeProfile
from backbone_desktop.services.typed import ClaimDraft, HouseholdDraft, MemberDraft
from backbone_desktop.store.opening import Store
from backbone_desktop.ui.backend import Backend, County
from backbone_desktop.ui.context import Context, Signals
from backbone_desktop.ui.worker import StoreWorker, SyncWorker
from backbone_desktop.words import Words

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
KEY = bytes(range(32))
CLERK = Actor("clerk", "测试经办", "township")
RAIL, STATUS = 184, 28
"""Pixels of a window that are not the page's."""


def id_no(born: str, order: int) -> str:
    """A number valid in form that belongs to nobody."""
    first_17 = f"520625{born}{order:03d}"
    return first_17 + check_digit(first_17)


HEAD_ID = "520625198001010015"


@dataclass
class SetClock:
    moment: datetime = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def today(self) -> date:
        return self.moment.astimezone(timezone(timedelta(hours=8))).date()


class Signer:
    public_key = bytes(32)

    def sign(self, message: bytes) -> bytes:
        return hashlib.sha512(message).digest()


class Passwords:
    def hash(self, password: str) -> str:
        return hashlib.sha256(password.encode()).hexdigest()

    def verify(self, stored: str, password: str) -> bool:
        return stored == self.hash(password)


@dataclass
class Numbers:
    last: int = 0

    def next(self, at_least: int) -> int:
        self.last = max(self.last + 1, at_least)
        return self.last


FONTS = Fonts(RESOURCES / "fonts")


def desk_on(store: Store, actor: Actor = CLERK) -> Desk:
    clock = SetClock()
    return Desk(
        actor=actor, clock=clock, signer=Signer(), numbers=Numbers(), passwords=Passwords(),
        open=lambda: store.unit(actor, clock), read=lambda: store.unit(actor, clock, write=False),
        counties=frozenset({"520625", "530521", "513432"}), lacking=FONTS.missing,
    )


def set_up(store: Store) -> None:
    from backbone_desktop.services.accounts import SYSTEM
    from backbone_desktop.services.office import set_up_office

    request = SetupRequest(
        county="520625", county_name="印江土家族苗族自治县", office="示例县医疗保障局", township="示例镇",
        device_name="一号窗口", device_no="A03", policy_year=2026, language="zh_CN", account="clerk",
        display_name="测试经办", password="Lushan2019",
    )
    scheme = (RESOURCES / "schemes" / "example-1900-60-520625-2026.json").read_text(encoding="utf-8")
    set_up_office(desk_on(store, SYSTEM), request, (scheme,))


def family(number: str, village: str, *people: MemberDraft, **other: str) -> HouseholdDraft:
    return HouseholdDraft(household_no=number, township="示例镇", village=village, group=other.get("group", "一组"),
                          poverty_type=other.get("poverty_type", "一般贫困户"), phone=other.get("phone", ""),
                          members=people)


EXAMPLES = (
    family("5206250001", "示例村",
           MemberDraft(name="张示例", id_no=HEAD_ID, relation="户主", ethnic="苗族", phone="13900000001",
                       bank_name="示例农村信用社", bank_account="6228480030123456789", account_holder="张示例"),
           MemberDraft(name="李㛃", id_no=id_no("19820312", 2), relation="配偶", phone="13900000002"),
           MemberDraft(name="张小例", id_no=id_no("20120518", 3), relation="之子"),
           MemberDraft(name="张老例", id_no=id_no("19510909", 7), relation="之父"), phone="13900000001"),
    family("5206250002", "样本村", MemberDraft(name="覃样本", id_no=id_no("19690707", 14), relation="户主"),
           MemberDraft(name="单样本", id_no=id_no("19950815", 21), relation="之子"), group="三组",
           poverty_type="低保贫困户"),
    family("5206250003", "样本村", MemberDraft(name="仇举例", id_no=id_no("19680223", 17), relation="户主"),
           poverty_type="五保贫困户"),
    family("5206250004", "假设村", MemberDraft(name="阿依古丽·示例", id_no=id_no("19860614", 8), relation="户主"),
           MemberDraft(name="古丽·样例", id_no=id_no("20100101", 10), relation="之女"), group="四组"),
)


def register_examples(desk: Desk) -> tuple[HouseholdSaved, ...]:
    return tuple(register_household(desk, one) for one in EXAMPLES)


def members_of(desk: Desk, household_id: str) -> dict[str, str]:
    """Member ids by name."""
    with desk.read() as work:
        return {member.name: member.id for member in work.households.members(household_id)}


SHEET = {
    "medfee_sumamt": "45680.00", "fulamt_ownpay_amt": "3000.00", "overlmt_selfpay": "680.00",
    "preselfpay_amt": "2000.00", "inscp_scp_amt": "40000.00", "act_pay_dedc": "400.00", "hifp_pay": "28000.00",
    "hifmi_pay": "3500.00", "maf_pay": "2000.00", "fund_pay_sumamt": "33500.00", "psn_part_amt": "12180.00",
    "psn_cash_pay": "12180.00",
}
PAPERS = ("INVOICE", "COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "ID_CARD", "BANK_CARD")
PAID = 616800
"""(45,680 − 33,500 − 1,900) × 60 %, in fen."""


def stay_of(member_id: str) -> ClaimDraft:
    """A claim form that can be taken in as it is."""
    return ClaimDraft(
        claim_id=new_id(), member_id=member_id, hospital="示例县人民医院", hospital_level="2A",
        diagnosis="脑梗死（示例）", icd10="I63.9", admitted="2026-09-01", discharged="2026-09-13", settled="2026-09-13",
        invoice_no="SL20260913001",
        costs=tuple(SHEET.items()), documents=PAPERS, bank_name="示例农村信用社", bank_account="6228480030123456789",
        account_holder="张示例",
    )


@dataclass
class Way:
    """A `Navigator` that remembers where it was sent."""

    been: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def open(self, page: str, **arguments: str) -> None:
        self.been.append((page, arguments))

    def back(self) -> None:
        self.been.append(("back", {}))


class Behind:
    """The part of the composition root that these pages ask for."""

    resources = RESOURCES
    language = "zh_CN"

    scan_folder = ""
    scan_clear = False

    def set_scan_folder(self, folder: str, *, clear: bool) -> None:
        self.scan_folder, self.scan_clear = folder, clear

    @property
    def scans(self) -> Scans:
        from backbone_desktop.printing.preview import drawing
        from backbone_desktop.scanning.files import ScanReader

        return ScanReader(drawing)

    def counties(self, *, spelt: bool = False) -> tuple[County, ...]:
        assert threading.current_thread() is not threading.main_thread(), "the window's thread read a file"
        return (County(code="520625", name="印江土家族苗族自治县", prefecture="铜仁市", province="贵州省"),)

    def open_roster(self, path: Path) -> RosterFile:
        from backbone_desktop.importing.roster_file import open_roster

        assert threading.current_thread() is not threading.main_thread(), "the window's thread read a file"
        return open_roster(path)

    def marked_roster(self, target: Path, *, replace: bool = False) -> MarkedWriter:
        from backbone_desktop.exporting.marked_roster import MarkedRoster

        assert threading.current_thread() is not threading.main_thread(), "the window's thread wrote a file"
        return MarkedRoster(target, replace=replace)

    def open_reference(self, path: Path, kind: ReferenceKind) -> ReferenceFile:
        from backbone_desktop.importing.reference_file import open_reference

        assert threading.current_thread() is not threading.main_thread(), "the window's thread read a file"
        return open_reference(path, kind)

    def list_file(self, target: Path, sheet: Sheet, *, replace: bool = False) -> ListWriter:
        from backbone_desktop.exporting.list_file import ListFile

        assert threading.current_thread() is not threading.main_thread(), "the window's thread wrote a file"
        return ListFile(target, sheet, replace=replace)


@dataclass
class Around:
    """A context, and what tests look at in it."""

    context: Context
    desk: Desk
    """The test's own way to the store; the page's desk opens it on the store worker only."""
    way: Way
    problems: list[BackboneError]
    said: list[str]
    bugs: list[BaseException]

    def settle(self, qtbot: QtBot) -> None:
        """Wait until the store worker has answered everything that was asked."""
        qtbot.waitUntil(lambda: self.context.store.idle, timeout=15000)
        assert self.bugs == []

    def in_words(self, words: Words) -> Context:
        return replace(self.context, words=words)


def off_the_windows_thread(open_unit: Callable[[], Any]) -> Callable[[], Any]:
    """The window must never wait for the store: opening it on the window's own thread fails the test."""

    def opened() -> Any:
        assert threading.current_thread() is not threading.main_thread(), "the window's thread touched the store"
        return open_unit()

    return opened


def around(desk: Desk, words: Words) -> Around:
    signals, way = Signals(), Way()
    problems: list[BackboneError] = []
    said: list[str] = []
    bugs: list[BaseException] = []
    signals.problem.connect(problems.append)
    signals.done.connect(said.append)
    with desk.read() as work:
        office: OfficeProfile = work.office.profile()
    context = Context(
        words=words, store=StoreWorker("store", bugs.append, signals.problem.emit), sync=cast(SyncWorker, None),
        signals=signals, navigate=way, office=office, backend=cast(Backend, Behind()),
        desk=replace(desk, open=off_the_windows_thread(desk.open), read=off_the_windows_thread(desk.read)),
    )
    return Around(context, desk, way, problems, said, bugs)


class Frame(QWidget):
    """A page where it stands in the window: room for the rail at its left and the status line below."""

    def __init__(self, page: QWidget, width: int = 1366, height: int = 768) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setContentsMargins(RAIL, 0, 0, 0)
        row.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, STATUS)
        column.addLayout(row)
        self.page = page
        self.resize(width, height)


class Looks:
    """The words of both languages, and pictures of what is shown in them."""

    def __init__(self, folder: Path, spoken: dict[str, Words]) -> None:
        self._folder = folder
        self._spoken = spoken

    def __getitem__(self, language: str) -> Words:
        return self._spoken[language]

    def take(self, widget: QWidget, name: str) -> None:
        """Save a picture; BACKBONE_PICTURES names a folder when somebody wants to look at it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        assert widget.grab().save(str(self._folder / f"{name}.png"))


Open = Callable[..., Any]
"""`open_page(PageClass, words, **arguments)` shows a page in a frame and waits until it stands."""
