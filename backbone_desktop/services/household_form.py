"""Reads the household form into records, with everything that is wrong with it, each at its field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backbone_core.errors import Finding, RuleBroken
from backbone_core.household import Household, Member, PovertyType, Standing, check_relations
from backbone_core.identity import read_id_number
from backbone_core.ids import new_id
from backbone_core.names import read_account, read_name, read_phone
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.printable import warn_of_lacking
from backbone_desktop.services.reading import Reading
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft

if TYPE_CHECKING:
    from backbone_core.identity import ResidentId

HOUSEHOLD_NO = re.compile(r"[0-9A-Z][0-9A-Z\-]{0,29}", re.ASCII)
MOST_MEMBERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRead:
    """The records that the form comes to; they may be written only when no finding refuses."""

    household: Household
    members: tuple[Member, ...]
    people: Mapping[str, ResidentId]
    """By member id; a member whose number cannot be read is not in it."""
    findings: tuple[Finding, ...]


def read_household(
    work: UnitOfWork, desk: Desk, draft: HouseholdDraft,
    known: Household | None = None, known_members: tuple[Member, ...] = (),
) -> HouseholdRead:
    """`known` and `known_members` are what is stored when a household is edited."""
    form = Reading()
    before = known or Household(id=new_id(), household_no="", county="", township="", village="")
    household = _read_head_of_form(form, work, draft, before)
    known_by_id = {member.id: member for member in known_members}
    lines = tuple((n, line) for n, line in enumerate(draft.members) if not _blank(line))
    if not lines:
        form.refuse("household.no_members", "members")
    elif len(lines) > MOST_MEMBERS:
        form.refuse("household.too_many_members", "members", most=MOST_MEMBERS)
        lines = lines[:MOST_MEMBERS]
    members, people, places = [], {}, {}
    for n, line in lines:
        stored = known_by_id.get(line.member_id)
        if line.member_id and stored is None:
            form.refuse("member.not_here", f"members.{n}.name")
        fresh = Member(id=new_id(), household_id=household.id, name="", id_no="", relation="")
        member, person = read_member(form, desk, f"members.{n}", line, stored or fresh)
        if stored is None:
            member = _come_back(form, work, f"members.{n}", member)
        members.append(member)
        places[member.id] = n
        if person is not None:
            people[member.id] = person
    for place in ("township", "village", "group", "address"):
        warn_of_lacking(form, desk, place, getattr(household, place))
    _check_relations(form, members, places)
    _check_numbers_taken(form, work, members, people, places)
    return HouseholdRead(household=household, members=tuple(members), people=people, findings=tuple(form.findings))


def _read_head_of_form(form: Reading, work: UnitOfWork, draft: HouseholdDraft, before: Household) -> Household:
    return replace(
        before,
        household_no=read_household_no(form, work, "household_no", draft.household_no, before),
        county=before.county or work.office.profile().county,
        township=form.text("township", draft.township, missing="household.township_missing"),
        village=form.text("village", draft.village, missing="household.village_missing"),
        group=form.text("group", draft.group),
        address=form.text("address", draft.address),
        poverty_type=form.take("poverty_type", lambda: _read_poverty_type(draft.poverty_type), before.poverty_type),
        phone=form.take("phone", lambda: read_phone(draft.phone), ""),
    )


def read_household_no(form: Reading, work: UnitOfWork, place: str, typed: str, before: Household | None = None) -> str:
    """The number on the roster; "" where none was typed and none is known, so that one is made at the end."""
    number = "".join(unicodedata.normalize("NFKC", typed).split()).upper()
    known = before.household_no if before is not None else ""
    if not number:
        return known
    if not HOUSEHOLD_NO.fullmatch(number):
        form.refuse("household.number_characters", place)
        return known
    other = work.households.by_number(number)
    if other is not None and (before is None or other.id != before.id):
        form.refuse("household.number_taken", place, household_no=number)
    return number


def _read_poverty_type(typed: str) -> PovertyType:
    if not typed.strip():
        raise RuleBroken("household.poverty_type_missing")
    try:
        return PovertyType(typed.strip())
    except ValueError:
        raise RuleBroken("household.poverty_type_unknown") from None


def read_member(
    form: Reading, desk: Desk, place: str, line: MemberDraft, before: Member
) -> tuple[Member, ResidentId | None]:
    person = form.take(f"{place}.id_no", lambda: _read_person(form, desk, f"{place}.id_no", line.id_no), None)
    name = form.take(f"{place}.name", lambda: read_name(line.name), "")
    warn_of_lacking(form, desk, f"{place}.name", name)
    holder = read_holder(form, f"{place}.account_holder", line.account_holder)
    if holder and name and holder != name:
        form.warn("member.holder_differs", f"{place}.account_holder")
    member = replace(
        before,
        name=name,
        id_no=person.number if person else "",
        disability=person.disability if person else "",
        relation=line.relation.strip(),
        ethnic=form.text(f"{place}.ethnic", line.ethnic, longest=20),
        phone=form.take(f"{place}.phone", lambda: read_phone(line.phone), ""),
        bank_name=form.text(f"{place}.bank_name", line.bank_name),
        bank_account=read_bank_account(form, f"{place}.bank_account", line.bank_account),
        account_holder=holder,
    )
    return member, person


def _come_back(form: Reading, work: UnitOfWork, place: str, member: Member) -> Member:
    """Somebody who left a household and is registered anew keeps the member id, and with it claims and cover."""
    left = work.members.by_id_no(member.id_no) if member.id_no else None
    if left is None or left.standing is not Standing.LEFT:
        return member
    if member.name and member.name != left.name:
        form.refuse("household_act.name_differs", f"{place}.name")
    else:
        form.warn("household_act.comes_back", f"{place}.id_no", left_on=left.left_on)
    return as_known(left, member)


def as_known(known: Member, typed: Member) -> Member:
    """The registered person as the form has them now; what was left blank on it stays as it is known.

    Bank, account and holder belong together: where one of them is new, none is filled in from the old account.
    """
    account: tuple[str, ...] = ("bank_name", "bank_account", "account_holder")
    if any(getattr(typed, name) not in ("", getattr(known, name)) for name in account):
        account = ()
    names = ("disability", "ethnic", "phone", *account)
    return replace(typed, id=known.id, **{name: getattr(typed, name) or getattr(known, name) for name in names})


def _read_person(form: Reading, desk: Desk, place: str, typed: str) -> ResidentId | None:
    person, warnings = read_id_number(typed, desk.clock.today(), desk.counties)
    form.at(place, warnings)
    return person


def read_bank_account(form: Reading, place: str, typed: str) -> str:
    nothing: tuple[str, tuple[Finding, ...]] = ("", ())
    account, warnings = form.take(place, lambda: read_account(typed), nothing)
    form.at(place, warnings)
    return account


def read_holder(form: Reading, place: str, typed: str) -> str:
    return form.take(place, lambda: read_name(typed), "") if typed.strip() else ""


def _check_relations(form: Reading, members: list[Member], places: Mapping[str, int]) -> None:
    """The core counts the people; on the form there may be empty lines between them."""
    lines = [places[member.id] for member in members]
    for found in check_relations([member.relation for member in members]) if members else ():
        root, *rest = found.field.split(".")
        place = ".".join([root, str(lines[int(rest[0])]), *rest[1:]]) if rest else root
        form.add(Finding(found.code, place, found.facts, found.severity))


def _check_numbers_taken(
    form: Reading, work: UnitOfWork, members: Collection[Member], people: Mapping[str, ResidentId],
    places: Mapping[str, int],
) -> None:
    seen: dict[str, int] = {}
    for member in members:
        if member.id not in people:
            continue
        place = f"members.{places[member.id]}.id_no"
        if (first := seen.setdefault(member.id_no, places[member.id])) != places[member.id]:
            form.refuse("member.id_twice", place, line=first + 1)
            continue
        other = work.members.by_id_no(member.id_no)
        if other is None or other.id == member.id:
            continue
        if other.standing is Standing.DIED:
            form.refuse("member.has_died", place, died_on=other.left_on)
            continue
        if other.household_id == member.household_id:
            continue
        where = work.households.get(other.household_id)
        form.refuse("member.id_taken", place, household_no=where.household_no if where else "")


def _blank(line: MemberDraft) -> bool:
    """A line that was added and left empty; a relation alone may have been filled in by the form."""
    return line == MemberDraft(relation=line.relation, ethnic=line.ethnic)
