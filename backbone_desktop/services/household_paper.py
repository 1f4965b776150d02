"""What the household papers state about people: who lives there, their cover, and what the roster said of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backbone_core.enrolment import EnrolmentStatus
from backbone_core.errors import RuleBroken
from backbone_core.household import Household, Member
from backbone_core.identity import mask_id_no
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.enrolling import person_of
from backbone_desktop.services.ports import Desk, UnitOfWork

CAUSES = ("因病", "因残", "因学", "因灾", "缺土地", "缺水", "缺技术", "缺劳力", "缺资金", "交通条件落后",
          "自身发展动力不足", "其它")
"""致贫原因, the value set of the national roster templates."""
_CAUSE_TITLE = re.compile(r"(主要|其他|其它)?致贫原因\d*")
_HEALTH_TITLE = "健康状况"
_BETWEEN = re.compile(r"[,，、;；/\s]+")
_ANOTHER = {"其他": "其它"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A member as the papers list them. `relation` and `ethnic` are the roster's values, `sex` is GB/T 2261.1."""

    name: str
    relation: str
    sex: str
    birth_date: date
    ethnic: str
    id_no_masked: str
    health: tuple[str, ...] = ()
    """健康状况 as the newest roster gave it; the register does not keep it."""
    disability: str = ""
    cover: tuple[date, date] | None = None
    """First and last day of cover in the policy year of the paper."""


def household_for_paper(desk: Desk, work: UnitOfWork, household_id: str) -> Household:
    """Raises RuleBroken account.not_allowed, household.unknown."""
    require(desk, Duty.REGISTER)
    household = work.households.get(household_id)
    if household is None:
        raise RuleBroken("household.unknown")
    return household


def person_line(work: UnitOfWork, member: Member, policy_year: int) -> PersonLine:
    person = person_of(member)
    return PersonLine(
        name=member.name, relation=member.relation, sex=str(person.sex), birth_date=person.birth_date,
        ethnic=member.ethnic, id_no_masked=mask_id_no(member.id_no), disability=member.disability,
        health=_parts(work.rosters.source_cells(member.id).get(_HEALTH_TITLE, "")),
        cover=cover_days(work, member, policy_year),
    )


def cover_days(work: UnitOfWork, member: Member, policy_year: int) -> tuple[date, date] | None:
    enrolment = work.enrolments.of_year(member.id, policy_year)
    if enrolment is None or enrolment.status is not EnrolmentStatus.ENROLLED:
        return None
    return enrolment.starts, enrolment.ends


def causes_of(work: UnitOfWork, members: Sequence[Member]) -> tuple[str, ...]:
    """致贫原因 of a household as the newest roster gave them; () where none names it. Rosters repeat them with each
    member, the head's row counts first."""
    for member in members:
        cells = work.rosters.source_cells(member.id).items()
        found = [part for title, cell in cells if _CAUSE_TITLE.fullmatch(_plain(title)) for part in _parts(cell)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def place_of(household: Household) -> str:
    """Where a household lives, from the township down."""
    line = "".join((household.township, household.village, household.group))
    return line if household.address in ("", line) else f"{line} {household.address}"


def days(period: tuple[date, date] | None) -> list[str]:
    """A period as plain values."""
    return [day.isoformat() for day in period] if period else []


def _parts(cell: str) -> tuple[str, ...]:
    parts = (_ANOTHER.get(part, part) for part in _BETWEEN.split(unicodedata.normalize("NFKC", cell)) if part)
    return tuple(dict.fromkeys(parts))


def _plain(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split()).strip("*:")
