"""Frozen rows that cross from the store to lists, pages and papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from backbone_core.claim import ClaimState
from backbone_desktop.services.forms import Form
from backbone_desktop.services.matched import Match

RowT = TypeVar("RowT")


class SyncStatus(StrEnum):
    """Where a record stands with the centre; a field of its own beside its state."""

    WAITING = "waiting"  # 待上报
    SENT = "sent"  # 已上报
    REFUSED = "refused"  # 被退回
    REVIEW = "review"  # 待核对


class Role(StrEnum):
    TOWNSHIP = "township"  # 乡镇经办
    COUNTY = "county"  # 县级经办
    ADMINISTRATOR = "administrator"  # 管理员
    AUDITOR = "auditor"  # 审计


@dataclass(frozen=True, slots=True)
class Page(Generic[RowT]):
    """A stretch of a list; `next` continues it (None at the end); `total` is capped at 1,001 ("1,000+")."""

    rows: tuple[RowT, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRow:
    id: str
    household_no: str
    head_name: str
    head_id_no: str
    members: int
    township: str
    village: str
    group: str
    poverty_type: str
    phone: str
    matched: str
    """Name of the member that the search found, when it is not the head; else ""."""
    status: SyncStatus
    changed_at: datetime
    match: Match | None = None
    """What the search found it by: of the member in `matched`, else of the head or the household."""
    listing: str = "listed"
    """Of the core's `Listing`: a household that has left the list, or that nobody lives in, is found too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberHit:
    member_id: str
    household_id: str
    name: str
    id_no: str
    household_no: str
    township: str
    village: str
    phone: str
    enrolled: bool
    """Whether the person has cover in the policy year that was asked for."""
    match: Match | None = None
    """What the search found the person by."""
    standing: str = "present"
    """Of the core's `Standing`: who died or left is found too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    id: str
    receipt_no: str
    state: ClaimState
    member_name: str
    id_no: str
    township: str
    village: str
    hospital: str
    admitted: date | None
    discharged: date | None
    total: int
    benefit: int | None
    """What the insurer decided, and until then what was worked out; in fen."""
    missing_documents: int
    status: SyncStatus
    changed_at: datetime
    match: Match | None = None
    """What a search found the claim by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`locked_until` stands after five wrong passwords. `name` is what is typed at sign-in."""

    id: str
    name: str
    display_name: str
    role: Role
    password_hash: str
    failures: int = 0
    locked_until: datetime | None = None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeProfile:
    """The office that this store belongs to. `device_no` is the letter and two digits in its receipt numbers."""

    county: str
    county_name: str
    office: str
    township: str
    device_name: str
    device_no: str
    policy_year: int
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceState:
    """This device in the exchange. `epoch` is random per local store; ids are "" until the server enrolled it."""

    epoch: str
    last_seq: int
    answered_seq: int
    server_url: str = ""
    device_id: str = ""
    server_id: str = ""
    server_key: bytes = b""
    scope: str = ""
    cursor_epoch: str = ""
    cursor_seq: int = 0
    clock_offset_seconds: int = 0
    token: str = ""
    token_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeNote:
    """One exchange as it is told on the Exchange page: counts and a code, never personal data."""

    at: datetime
    code: str
    sent: int = 0
    applied: int = 0
    merged: int = 0
    conflicts: int = 0
    rejected: int = 0
    fetched: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """One waiting change on the Exchange page; `label` is a receipt or household number."""

    seq: int
    kind: str
    act: str
    label: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A change that the centre rejected or put aside, with its code for the catalogue."""

    seq: int
    kind: str
    record_id: str
    label: str
    outcome: str
    code: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    id: str
    kind: str
    record_id: str
    fields: Mapping[str, Any]
    """Per field {"base":…, "kept":…, "other":…}."""
    opened_at: datetime
    open: bool
    code: str = ""
    """Why, for the catalogue: "review.conflict", "review.duplicate_person" …."""
    other_id: str = ""
    """The second record of a duplicate."""
    label: str = ""
    """The record's receipt or household number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeState:
    waiting: int
    waiting_rows: tuple[WaitingRow, ...]
    """The first 200."""
    refused: tuple[RefusedRow, ...]
    reviews: int
    last: ExchangeNote | None
    device: DeviceState


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    seq: int
    at: datetime
    by: str
    act: str
    kind: str
    record_id: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    form: str
    key: str
    payload: Mapping[str, Any]
    kept_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintNote:
    """One paper that went out. `subject` is what the form is of (`forms.ABOUT`), `number` what the paper bears."""

    form: Form
    subject: str
    number: str
    copy: int
    """0 = the first print, n = the n-th reprint (补打 n)."""
    at: datetime
    by: str
    how: str
    """"printer", "pdf" or "command"."""
    paper: str = ""
    printer: str = ""
