"""Finds people and households as a clerk types: the own township first, then exact, beginning and part."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

from backbone_desktop.services.matched import PART
from backbone_desktop.store.search_key import Typed
from backbone_desktop.store.search_scans import scans, statement
from backbone_desktop.store.tables import member, name_part, spelling

CAP = 1_001
"""A list of what was found ends here ("1,000+"): nobody reads further, they type another letter."""
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit:
    """A household that was found; `member_id` names the person it was found by, "" when by the household itself."""

    household_id: str
    member_id: str
    by_place: bool = False
    """Whether the household was found by where it lives: whoever shows people then shows its head."""
    spelt: str = ""
    """The spelling that the letters were found in, "pinyin initials"."""
    row_no: int = 0
    """The member's row number, which leads to the row faster than the id."""


@dataclass(frozen=True, slots=True)
class FoundBy:
    """What was typed, and what of it a row was found by: from these the row tells its match."""

    key: Typed
    hit: Hit


def starting_with(expression: ColumnElement[str], typed: str) -> ColumnElement[bool]:
    return expression.between(typed, typed + _LAST)


def hits(connection: Connection, key: Typed) -> Generator[Hit]:
    """Households and people in the order in which they are shown, each once; a household found by its own number,
    phone or place comes once, without a person.

    They are read as they are taken, so that whoever wants ten neither reads nor sorts the others.
    """
    seen: set[tuple[str, str]] = set()
    wanted = tuple(scans(key))
    looks, values = tuple(scan.look for scan in wanted), tuple(value for scan in wanted for value in scan.values)
    for near in (True, False) if wanted else ():
        found = connection.exec_driver_sql(statement(looks, near=near), values)
        try:
            for household_id, member_id, spelt, by_place, row_no in found:
                if (household_id, member_id) not in seen:
                    seen.add((household_id, member_id))
                    yield Hit(household_id, member_id, bool(by_place), spelt, row_no)
        finally:
            found.close()


def member_conditions(key: Typed) -> list[ColumnElement[bool]]:
    """What a member row answers to, for lists that go through another table and look at each row's member."""
    if not key.text:
        return []
    if not key.number:
        conditions = [func.instr(member.c.name, key.text) > 0,
                      _exists(name_part, starting_with(name_part.c.part, key.text))]
        if key.letters:
            conditions.append(_exists(spelling, or_(starting_with(spelling.c.initials, key.letters),
                                                    starting_with(spelling.c.pinyin, key.letters))))
        return conditions
    conditions = [starting_with(member.c.id_no, one) for one in key.ids]
    conditions.append(starting_with(member.c.phone, key.number))
    if len(key.number) >= PART:
        older = func.substr(member.c.id_no, 1, 6).concat(func.substr(member.c.id_no, 9, 9))
        conditions += [func.instr(member.c.id_no, key.number) > 0,
                       (func.substr(member.c.id_no, 7, 2) == "19") & (func.instr(older, key.number) > 0),
                       func.substr(member.c.phone, -len(key.number)) == key.number]
    return conditions


def _exists(table: Table, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(1).where(table.c.member_id == member.c.id, condition).exists()
