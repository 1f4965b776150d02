"""Finds people and households as a clerk types: every kind of key is a range scan of one index, never a LIKE."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, Table, func, literal, literal_column, select

from backbone_core.names import with_middle_dots
from backbone_desktop.store.pinyin import letters
from backbone_desktop.store.tables import household, member, name_part, spelling

CAP = 1_001
"""A search ends here ("1,000+"): nobody reads further, they type another letter."""
_LAST = "\U0010ffff"
_NUMBER = re.compile(r"[0-9]+X?")
_IN_NUMBERS = re.compile(r"^\+86|[\s\-‐‑–—−()/.·]")
_OLD_ID, _CARD_ID, _ID = 15, 20, 18  # the first generation's number, the disability card's, the one that is stored
_TAIL = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A household that was found; `member_id` names the person it was found by, "" when by the household itself."""

    household_id: str
    member_id: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, as each kind of key is stored."""

    text: str
    number: str
    letters: str

    @classmethod
    def read(cls, typed: str) -> Typed:
        folded = _folded(typed).strip()
        text = "".join((folded if folded.isascii() else with_middle_dots(folded)).split())
        number = _IN_NUMBERS.sub("", folded).upper()
        return cls(text, number if _NUMBER.fullmatch(number) else "", letters(typed))

    @property
    def ids(self) -> tuple[str, ...]:
        """How an ID number may begin that was typed as `number`."""
        if len(self.number) == _OLD_ID and self.number.isdigit():
            return self.number, f"{self.number[:6]}19{self.number[6:]}"
        return (self.number[:_ID] if len(self.number) == _CARD_ID else self.number,)


def _folded(typed: str) -> str:
    """Full-width letters and digits as half-width; Chinese characters stay what they are."""
    return "".join(
        unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else character
        for character in typed.replace("\u3000", " ")
    )


def starting_with(expression: ColumnElement[str], typed: str) -> ColumnElement[bool]:
    return expression.between(typed, typed + _LAST)


def find(connection: Connection, typed: str, limit: int) -> list[Hit]:
    """Households and people in the order exact, beginning, part; each person once; at most `limit`.

    A household found by its own number or phone comes once, without a person.
    """
    found: dict[tuple[str, str], Hit] = {}
    for scan in _scans(Typed.read(typed)):
        for household_id, member_id in connection.execute(scan.limit(limit)):
            found.setdefault((household_id, member_id), Hit(household_id, member_id))
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def member_conditions(typed: str) -> list[ColumnElement[bool]]:
    """What a member row answers to, for lists that go through another table and look at each row's member."""
    key = Typed.read(typed)
    if not key.text:
        return []
    conditions = [starting_with(_from(member.c.name, start), key.text) for start in range(1, 5)]
    conditions.append(_exists(name_part, starting_with(name_part.c.part, key.text)))
    if key.number:
        conditions += [starting_with(member.c.id_no, one) for one in key.ids]
        conditions.append(starting_with(member.c.phone, key.number))
        if len(key.number) == _TAIL:
            conditions += [_tail(member.c.id_no) == key.number, _tail(member.c.phone) == key.number]
    if key.letters:
        conditions.append(_exists(spelling, starting_with(spelling.c.initials, key.letters)
                                  | starting_with(spelling.c.pinyin, key.letters)))
    return conditions


def _exists(table: Table, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(1).where(table.c.member_id == member.c.id, condition).exists()


def _tail(column: ColumnElement[str]) -> ColumnElement[str]:
    return _from(column, -_TAIL)


def _from(column: ColumnElement[str], start: int) -> ColumnElement[str]:
    """The number stands in the statement itself: an index on an expression is not used with a parameter."""
    return func.substr(column, literal_column(str(start)))


def _scans(key: Typed) -> Iterator[Select[tuple[str, str]]]:
    if not key.text:
        return
    if key.text.isascii() or key.number:
        yield from _number_scans(key)
    if key.letters:
        yield from _letter_scans(key.letters)
    yield from _name_scans(key.text)


def _number_scans(key: Typed) -> Iterator[Select[tuple[str, str]]]:
    upper = key.text.upper()
    yield _household(household.c.household_no == upper)
    if key.number:
        number = key.number
        yield _person(member.c.id_no == number)
        yield _person(member.c.phone == number)
        yield _household(household.c.phone == number)
        if len(number) == _TAIL:
            yield _person(_tail(member.c.id_no) == number)
            yield _person(_tail(member.c.phone) == number)
            yield _household(_tail(household.c.phone) == number)
            yield _household(_tail(household.c.household_no) == number)
        for one in key.ids:
            yield _person(starting_with(member.c.id_no, one), member.c.id_no)
        yield _person(starting_with(member.c.phone, number), member.c.phone)
        yield _household(starting_with(household.c.phone, number), household.c.phone)
    yield _household(starting_with(household.c.household_no, upper), household.c.household_no)


def _letter_scans(typed: str) -> Iterator[Select[tuple[str, str]]]:
    for column in (spelling.c.initials, spelling.c.pinyin):
        yield _spelt(column == typed, column)
    for column in (spelling.c.initials, spelling.c.pinyin):
        yield _spelt(starting_with(column, typed), column)


def _name_scans(typed: str) -> Iterator[Select[tuple[str, str]]]:
    yield _person(starting_with(member.c.name, typed), member.c.name)
    for start in (2, 3, 4):
        part = _from(member.c.name, start)
        yield _person(starting_with(part, typed), part)
    yield (
        select(member.c.household_id, member.c.id)
        .join(member, member.c.id == name_part.c.member_id)
        .where(starting_with(name_part.c.part, typed), member.c.removed_at.is_(None))
        .order_by(name_part.c.part)
    )


def _person(condition: ColumnElement[bool], order: ColumnElement[str] | None = None) -> Select[tuple[str, str]]:
    return (
        select(member.c.household_id, member.c.id)
        .where(condition, member.c.removed_at.is_(None))
        .order_by(*(() if order is None else (order,)))
    )


def _spelt(condition: ColumnElement[bool], order: ColumnElement[str]) -> Select[tuple[str, str]]:
    return (
        select(member.c.household_id, member.c.id)
        .select_from(spelling.join(member, member.c.id == spelling.c.member_id))
        .where(condition, member.c.removed_at.is_(None))
        .order_by(order)
    )


def _household(condition: ColumnElement[bool], order: ColumnElement[str] | None = None) -> Select[tuple[str, str]]:
    return (
        select(household.c.id, literal("").label("member_id"))
        .where(condition, household.c.removed_at.is_(None))
        .order_by(*(() if order is None else (order,)))
    )
