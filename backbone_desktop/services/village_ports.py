"""What the lists of a village need from the store: its people in the order of their groups, and what was paid there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from backbone_core.household import Household, Member


@dataclass(frozen=True, slots=True)
class VillageCount:
    """A village and what its lists of a policy year would hold. `people` live there now, `covered` have cover."""

    township: str
    village: str
    households: int
    people: int
    covered: int
    paid: int
    """Payments of claims of the policy year that did not come back."""


@dataclass(frozen=True, slots=True)
class VillagePerson:
    """`covered`: has cover in the policy year that was asked for."""

    household: Household
    member: Member
    covered: bool


@dataclass(frozen=True, slots=True)
class VillagePayment:
    """Amount in fen."""

    household_no: str
    group: str
    name: str
    amount: int
    paid_on: date


class VillageRepository(Protocol):
    def counts(self, policy_year: int, township: str) -> tuple[VillageCount, ...]:
        """Every village of the register, or of one township, as their names are read."""

    def people(self, township: str, village: str, policy_year: int) -> Iterator[VillagePerson]:
        """Who lives there, and who died or left but has cover in the year: by group, household number, head first."""

    def payments(self, township: str, village: str, policy_year: int,
                 paid: tuple[date, date] | None) -> Iterator[VillagePayment]:
        """What was paid for claims of the policy year and did not come back, all of it or from a day to a day."""
