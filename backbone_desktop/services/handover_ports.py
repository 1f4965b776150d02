"""Batch handover lists (交接清单): which claims' papers went from office to office, as the list stated it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from backbone_core.claim import Claim, ClaimState


class Leg(StrEnum):
    """Between whom the papers go; the catalogue says it as `handover_leg.<value>`."""

    TO_COUNTY = "to_county"  # 乡镇→县
    TO_INSURER = "to_insurer"  # 县→保险公司


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRow:
    """One claim as the list states it, whatever becomes of the claim later. Amounts in fen."""

    claim_id: str
    receipt_no: str
    patient: str
    household_no: str
    village: str
    admitted: date | None
    discharged: date | None
    total: int
    benefit: int | None
    """Provisional; None while it is open."""
    papers: int
    """How many kinds of papers lie with the claim."""
    missing: int = 0
    """How many the scheme asks for besides."""
    earlier: str = ""
    """Number of the list that the claim stood on before, where it is handed over again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A list. `number` is county, device, day and a running number of the day: 520625-A03-20260914-01."""

    id: str
    number: str
    leg: Leg
    made_at: datetime
    made_by: str
    giver: str
    receiver: str
    """Name of the office that takes the papers, "" where a hand writes it."""
    rows: tuple[HandoverRow, ...]
    void_at: datetime | None = None
    void_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverNote:
    """A list among the others."""

    id: str
    number: str
    leg: Leg
    made_at: datetime
    made_by: str
    receiver: str
    claims: int
    void: bool


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """A claim with what a list says of its person; blanks where these have not come here yet."""

    claim: Claim
    patient: str
    household_no: str
    township: str
    village: str


class HandoverRepository(Protocol):
    """Lists that this computer made; they are never sent."""

    def get(self, handover_id: str) -> Handover | None: ...

    def by_number(self, number: str) -> Handover | None: ...

    def all(self) -> tuple[HandoverNote, ...]:
        """Newest first."""

    def last_of(self, prefix: str) -> str:
        """The highest number that begins so, void or not; "" for none."""

    def listed(self, claim_ids: Collection[str], leg: Leg) -> Mapping[str, str]:
        """By claim, the number of the newest list that stands and holds it."""

    def files(self, claim_ids: Collection[str]) -> Mapping[str, ClaimFile]: ...

    def waiting(self, states: Collection[ClaimState], unlisted: Leg | None) -> tuple[ClaimFile, ...]:
        """Claims in these states that have a receipt, in the receipts' order; of those `unlisted` on a way, only the
        ones that are on no list of it that stands."""

    def add(self, handover: Handover) -> None: ...

    def mark_void(self, handover_id: str, by: str, moment: datetime) -> None: ...
