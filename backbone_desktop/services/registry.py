"""The register of households: taking one in, changing it, finding it and its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.enrolment import Enrolment
from backbone_core.errors import Finding
from backbone_core.household import Household, Member
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.rows import AuditRow, ClaimRow, HouseholdRow, MemberHit, Page, SyncStatus
from backbone_desktop.services.typed import HouseholdDraft

if TYPE_CHECKING:
    from backbone_core.identity import ResidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdSaved:
    """What registering or editing did. `enrolled` are ids of members who were not covered before."""

    household_id: str
    household_no: str
    enrolled: tuple[str, ...] = ()
    not_enrolled: tuple[tuple[str, Finding], ...] = ()
    """(member id, reason), one line a reason."""
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    member: Member
    person: ResidentId
    enrolment: Enrolment | None
    """Cover in the office's policy year."""
    why_not: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdView:
    household: Household
    members: tuple[MemberView, ...]
    claims: tuple[ClaimRow, ...]
    status: SyncStatus
    history: tuple[AuditRow, ...]


def check_household(desk: Desk, draft: HouseholdDraft, household_id: str = "") -> tuple[Finding, ...]:
    """Every finding about the form, the store's duplicates included; never raises for what was typed."""
    raise NotImplementedError


def register_household(desk: Desk, draft: HouseholdDraft) -> HouseholdSaved:
    """Take a household in and enrol those who are eligible in the office's policy year, in one transaction."""
    raise NotImplementedError


def edit_household(desk: Desk, household_id: str, draft: HouseholdDraft) -> HouseholdSaved:
    raise NotImplementedError


def household_as_typed(view: HouseholdView) -> HouseholdDraft:
    raise NotImplementedError


def open_household(desk: Desk, household_id: str) -> HouseholdView:
    """Raises RuleBroken household.unknown."""
    raise NotImplementedError


def list_households(desk: Desk, typed: str = "", after: str | None = None, limit: int = 100) -> Page[HouseholdRow]:
    raise NotImplementedError


def find_members(desk: Desk, typed: str, limit: int = 20) -> tuple[MemberHit, ...]:
    raise NotImplementedError


def reveal_id_no(desk: Desk, member_id: str) -> str:
    """The whole ID number, shown on purpose; who asked stands in the audit trail."""
    raise NotImplementedError
