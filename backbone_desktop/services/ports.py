"""What the services need from the outside: the Protocols behind which store, link, keys and clock stand.

Everything that crosses a port is a frozen value. A `UnitOfWork` lives in one function on one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from backbone_core.claim import Claim
from backbone_core.claim_step import ClaimStep
from backbone_core.comparison import Comparison
from backbone_core.decision import Decision, Payment
from backbone_core.enrolment import Enrolment
from backbone_core.household import Household, Member
from backbone_core.household_act import HouseholdAct
from backbone_desktop.services.rows import (
    Account,
    AuditRow,
    ClaimRow,
    HouseholdRow,
    KeptDraft,
    MemberHit,
    OfficeProfile,
    Page,
)

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme
    from backbone_desktop.services.attachment_ports import AttachmentRepository
    from backbone_desktop.services.claim_step_ports import ClaimStepRepository
    from backbone_desktop.services.decision_ports import DecisionRepository
    from backbone_desktop.services.directory_ports import DirectoryRepository
    from backbone_desktop.services.duplicate_ports import DuplicateRepository
    from backbone_desktop.services.exchange_ports import Outbox, SyncRepository
    from backbone_desktop.services.handover_ports import HandoverRepository
    from backbone_desktop.services.household_act_ports import HouseholdActRepository
    from backbone_desktop.services.listing_ports import ListRepository
    from backbone_desktop.services.print_ports import PrintRepository
    from backbone_desktop.services.printed_ports import PrintedTexts
    from backbone_desktop.services.reference_ports import PlaceBook, ReferenceRepository
    from backbone_desktop.services.review_ports import ReviewRepository
    from backbone_desktop.services.roster_ports import RosterRepository
    from backbone_desktop.services.village_ports import VillageRepository

Record = Household | Member | Enrolment | Claim | ClaimStep | Comparison | HouseholdAct | Decision | Payment


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, UTC-aware. It is recorded and shown; it never orders anything."""

    def today(self) -> date:
        """The office's calendar day (UTC+8)."""


class DeviceSigner(Protocol):
    """The device's Ed25519 key; it never leaves the keyring's side."""

    @property
    def public_key(self) -> bytes:
        """32 bytes."""

    def sign(self, message: bytes) -> bytes:
        """64 bytes. Raises `Unavailable("keys.device_missing")` when the key cannot be had."""


class PasswordHasher(Protocol):
    def hash(self, password: str) -> str: ...

    def verify(self, stored: str, password: str) -> bool: ...


class ReceiptNumbers(Protocol):
    """The device's running number, kept in the store and in a high-water file beside it, so that a restored
    store never hands out a number twice."""

    def next(self, at_least: int) -> int:
        """Reserve and return the next number, which is > every number ever returned here and ≥ `at_least`."""


class HouseholdRepository(Protocol):
    def get(self, household_id: str) -> Household | None: ...

    def ever(self, household_id: str) -> Household | None:
        """Also one that is not in the register any more."""

    def by_number(self, household_no: str) -> Household | None: ...

    def members(self, household_id: str) -> tuple[Member, ...]:
        """Who lives there: head first, then in the order in which they were registered."""

    def former_members(self, household_id: str) -> tuple[Member, ...]:
        """Who died or left, the latest first."""

    def undecided(self, policy_year: int) -> tuple[str, ...]:
        """Ids of the households with somebody who was neither enrolled in the policy year nor taken out of it."""

    def next_number(self, county: str) -> str:
        """A household number that no household of this store bears (used when the roster gave none)."""

    def page(self, typed: str, after: str | None, limit: int) -> Page[HouseholdRow]:
        """Households found by any member's ID number, name, pinyin, pinyin initials, phone, or the household number.

        `after` is `Page.next` of the page before (keyset, never OFFSET). `typed` = "" lists all, newest change first.
        """


class MemberRepository(Protocol):
    def get(self, member_id: str) -> Member | None: ...

    def ever(self, member_id: str) -> Member | None:
        """Also somebody who was struck off."""

    def by_id_no(self, id_no: str) -> Member | None: ...

    def find(self, typed: str, policy_year: int, limit: int) -> tuple[MemberHit, ...]:
        """People found as a clerk types, exact before prefix before part."""


class EnrolmentRepository(Protocol):
    def of_member(self, member_id: str) -> tuple[Enrolment, ...]: ...

    def of_year(self, member_id: str, policy_year: int) -> Enrolment | None: ...


class ClaimRepository(Protocol):
    def get(self, claim_id: str) -> Claim | None: ...

    def by_receipt(self, receipt_no: str) -> Claim | None: ...

    def by_invoice(self, invoice_no: str) -> tuple[Claim, ...]: ...

    def of_member(self, member_id: str, policy_year: int | None = None) -> tuple[Claim, ...]:
        """Oldest stay first."""

    def of_person(self, member_id: str, policy_year: int | None = None) -> tuple[Claim, ...]:
        """The claims of everybody who bears the member's ID number, oldest stay first: two offices may have
        registered one person apart from each other, or struck somebody off and registered them anew. So are those of
        records that were merged into the member's."""

    def of_household(self, household_id: str) -> tuple[Claim, ...]: ...

    def page(self, typed: str, state: str, after: str | None, limit: int) -> Page[ClaimRow]:
        """Newest first; `typed` finds receipt number, member's name, pinyin initials or ID number; `state` "" = all."""

    def counts(self) -> Mapping[str, int]:
        """How many claims stand in each state."""

    def rows_of_member(self, member_id: str, policy_year: int | None = None) -> tuple[ClaimRow, ...]:
        """The same claims as `of_member`, as lists show them; oldest stay first."""

    def rows_of_household(self, household_id: str) -> tuple[ClaimRow, ...]:
        """The same claims as `of_household`, as lists show them; newest first."""

    def received_since(self, moment: datetime) -> int:
        """How many claims have a `received_at` at or after `moment`."""


class SchemeRepository(Protocol):
    def for_year(self, county: str, policy_year: int) -> Scheme | None:
        """The newest approved version; None where there is none, or a newer one withdraws it."""

    def get(self, scheme_id: str, version: int) -> Scheme | None: ...

    def add(self, text: str) -> Scheme:
        """Keep a scheme file (JSON text). An approved version is never replaced: raises RuleBroken("scheme.exists")."""

    def years(self, county: str) -> tuple[int, ...]: ...

    def all(self, county: str) -> tuple[tuple[Scheme, datetime], ...]:
        """Every version with the moment it was kept, youngest year and newest version first."""


class AuditTrail(Protocol):
    """Hash-chained and append-only; holds ids and acts, never names or numbers."""

    def add(self, act: str, kind: str, record_id: str, detail: Mapping[str, Any] | None = None) -> None: ...

    def of_record(self, record_id: str) -> tuple[AuditRow, ...]: ...

    def head(self) -> tuple[int, bytes]:
        """Number and hash of the last row; every change of a record moves it on."""

    def broken_at(self) -> int | None:
        """The first row whose hash does not follow from the one before, or None."""


class DraftRepository(Protocol):
    """Forms in progress: (form, key) → what was typed, as plain values. Local only, never synced."""

    def keep(self, form: str, key: str, payload: Mapping[str, Any]) -> None: ...

    def get(self, form: str, key: str) -> KeptDraft | None: ...

    def all(self, form: str | None = None) -> tuple[KeptDraft, ...]: ...

    def drop(self, form: str, key: str) -> None: ...


class AccountRepository(Protocol):
    def get(self, name: str) -> Account | None: ...

    def all(self) -> tuple[Account, ...]: ...

    def save(self, account: Account) -> None: ...


class OfficeRepository(Protocol):
    def profile(self) -> OfficeProfile: ...

    def save(self, profile: OfficeProfile) -> None: ...

    def setting(self, name: str) -> str | None: ...

    def set_setting(self, name: str, value: str) -> None: ...


class UnitOfWork(Protocol):
    """One transaction. Leaving the `with` block without `commit` rolls everything back."""

    @property
    def households(self) -> HouseholdRepository: ...
    @property
    def members(self) -> MemberRepository: ...
    @property
    def enrolments(self) -> EnrolmentRepository: ...
    @property
    def claims(self) -> ClaimRepository: ...
    @property
    def attachments(self) -> AttachmentRepository: ...
    @property
    def claim_steps(self) -> ClaimStepRepository: ...
    @property
    def decisions(self) -> DecisionRepository: ...
    @property
    def schemes(self) -> SchemeRepository: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def sync(self) -> SyncRepository: ...
    @property
    def audit(self) -> AuditTrail: ...
    @property
    def drafts(self) -> DraftRepository: ...
    @property
    def accounts(self) -> AccountRepository: ...
    @property
    def office(self) -> OfficeRepository: ...
    @property
    def prints(self) -> PrintRepository: ...
    @property
    def handovers(self) -> HandoverRepository: ...
    @property
    def villages(self) -> VillageRepository: ...
    @property
    def rosters(self) -> RosterRepository: ...
    @property
    def duplicates(self) -> DuplicateRepository: ...
    @property
    def reference(self) -> ReferenceRepository: ...
    @property
    def lists(self) -> ListRepository: ...
    @property
    def household_acts(self) -> HouseholdActRepository: ...
    @property
    def directory(self) -> DirectoryRepository: ...
    @property
    def reviews(self) -> ReviewRepository: ...
    @property
    def printed(self) -> PrintedTexts: ...

    def write(self, record: Record, act: str) -> None:
        """Put a record: the row, its audit row and its outbox row together. The only way into a synced table.

        Writing a record that equals what is stored does nothing. Decisions and payments come by the exchange alone.
        """

    def remove(self, record: Record, act: str = "remove") -> None:
        """Tombstone a record, with audit and outbox rows."""

    def stand(self, record: Record, act: str) -> None:
        """Say that a record stands as it is, with audit and outbox rows: whoever removes it elsewhere without knowing
        meets a conflict at the centre."""

    def commit(self) -> None:
        """Make it last. Raises `Unavailable("store.disk_full")` and leaves nothing behind when the disk is full."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who works: goes into every audit row and change."""

    account: str
    display_name: str
    role: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What a clerk works at: who they are, and the ports behind which everything else stands.

    `read` opens a unit of work that takes no write lock; `open` one that does (BEGIN IMMEDIATE).
    """

    actor: Actor
    open: Callable[[], AbstractContextManager[UnitOfWork]]
    read: Callable[[], AbstractContextManager[UnitOfWork]]
    clock: Clock
    signer: DeviceSigner
    numbers: ReceiptNumbers
    passwords: PasswordHasher
    counties: Container[str] | None = None
    """Every county code that ever stood in GB/T 2260; an ID number of another county only warns."""
    places: PlaceBook | None = None
    lacking: Callable[[str], tuple[str, ...]] = lambda _text: ()
    """The characters of a text that no font of the papers has."""
