"""How each kind of key is looked up: range scans that name their index, so that none can ever read a whole table.

Each stands twice: over everybody, and over the own township by the twin index. All scans of a key are one statement,
which gives their rows in the order of the scans and, within one, in the order of its index. It is plain text because
that is what the driver keeps prepared: a statement of its own for each scan would cost more than the scan.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from backbone_desktop.services.matched import PART
from backbone_desktop.store.search_key import Typed

_LAST = "\U0010ffff"
WHOLE_ID, SHORTEST_PHONE = 18, 7
_NO_PLACE_LETTERS = 1
"""So few letters are no village."""


@dataclass(frozen=True, slots=True)
class Look:
    """One lookup, in the own township and everywhere. It gives household id, member id or "", "pinyin initials" or "",
    whether it finds households by where they live, and the member's row number or 0."""

    near: str
    everywhere: str


class Scan(NamedTuple):
    look: Look
    values: tuple[Any, ...]


@lru_cache(maxsize=200)
def statement(looks: tuple[Look, ...], *, near: bool) -> str:
    return " UNION ALL ".join(look.near if near else look.everywhere for look in looks)


def _look(text: str, index: str, table: str) -> Look:
    """`text` holds INDEX behind its table and ends in its conditions."""
    return Look(f"{text.replace('INDEX', f'INDEXED BY {index}_near')} AND {table}.near = 1",
                text.replace("INDEX", f"INDEXED BY {index}"))


def _person(index: str, condition: str) -> Look:
    return _look("SELECT m.household_id, m.id, '', 0, m.rowid FROM member m INDEX "
                 f"WHERE {condition} AND m.removed_at IS NULL", index, "m")


def _household(index: str, condition: str) -> Look:
    return _look("SELECT h.id, '', '', 0, 0 FROM household h INDEX "
                 f"WHERE {condition} AND h.removed_at IS NULL", index, "h")


def _end(index: str, condition: str) -> Look:
    """By the end of a longer name."""
    return _look("SELECT m.household_id, m.id, '', 0, m.rowid FROM name_part s INDEX "
                 f"CROSS JOIN member m ON m.id = s.member_id WHERE {condition} AND m.removed_at IS NULL", index, "s")


def _spelt(index: str, condition: str) -> Look:
    return _look("SELECT m.household_id, m.id, s.pinyin || ' ' || s.initials, 0, m.rowid FROM spelling s INDEX "
                 f"CROSS JOIN member m ON m.id = s.member_id WHERE {condition} AND m.removed_at IS NULL", index, "s")


def _part(index: str, start: int) -> Look:
    """By any of several ways in which a number may go on from its figure `start`."""
    return _look("SELECT m.household_id, m.id, '', 0, m.rowid FROM json_each(?) k CROSS JOIN member m INDEX "
                 f"WHERE substr(m.id_no, {start}) BETWEEN k.value AND k.value || '{_LAST}' AND m.removed_at IS NULL",
                 index, "m")


def _place(index: str, condition: str) -> Look:
    text = (f"SELECT h.id, '', p.pinyin || ' ' || p.initials, 1, 0 FROM registered_place p {index} "
            f"CROSS JOIN household h INDEXED BY ix_household_place WHERE {condition} AND h.township = p.township "
            "AND h.village = p.village AND h.removed_at IS NULL")
    return Look(f"{text} AND h.near = 1 AND p.township = (SELECT township FROM office WHERE only = 1)", text)


ID = _person("uq_member_id_no", "m.id_no = ?")
ID_START = _person("uq_member_id_no", "m.id_no BETWEEN ? AND ?")
ID_TAIL = _person("ix_member_id_no_tail", "substr(m.id_no, -4) = ?")
ID_FROM_BIRTH = _part("ix_member_id_no_7", 7)
ID_FROM_MONTH = _part("ix_member_id_no_11", 11)
ID_FROM_COUNTY = _look(
    "SELECT m.household_id, m.id, '', 0, m.rowid FROM json_each(?) k CROSS JOIN id_county c CROSS JOIN member m INDEX "
    "WHERE substr(c.code, k.value ->> 0, length(k.value ->> 1)) = k.value ->> 1 "
    f"AND m.id_no BETWEEN c.code || (k.value ->> 2) AND c.code || (k.value ->> 2) || '{_LAST}' "
    "AND m.removed_at IS NULL", "uq_member_id_no", "m")
PHONE = _person("ix_member_phone", "m.phone = ?")
PHONE_START = _person("ix_member_phone", "m.phone BETWEEN ? AND ?")
PHONE_TAIL = _person("ix_member_phone_tail",
                     "substr(m.phone, -4) = ? AND substr(m.phone, -?) = ? AND m.phone <> ''")
HOME_PHONE = _household("ix_household_phone", "h.phone = ?")
HOME_PHONE_START = _household("ix_household_phone", "h.phone BETWEEN ? AND ?")
HOME_PHONE_TAIL = _household("ix_household_phone_tail",
                             "substr(h.phone, -4) = ? AND substr(h.phone, -?) = ? AND h.phone <> ''")
NUMBER = _household("uq_household_number", "h.household_no = ?")
NUMBER_START = _household("uq_household_number", "h.household_no BETWEEN ? AND ?")
NUMBER_TAIL = _household("ix_household_number_tail",
                         "substr(h.household_no, -4) = ? AND substr(h.household_no, -?) = ?")
NAME = _person("ix_member_name", "m.name = ?")
NAME_START = _person("ix_member_name", "m.name BETWEEN ? AND ?")
NAME_SECOND = _person("ix_member_name_2", "substr(m.name, 2) BETWEEN ? AND ?")
NAME_THIRD = _person("ix_member_name_3", "substr(m.name, 3) BETWEEN ? AND ?")
NAME_END = _end("ix_name_part_part", "s.part BETWEEN ? AND ?")
INITIALS = _spelt("ix_spelling_initials", "s.initials = ?")
INITIALS_START = _spelt("ix_spelling_initials", "s.initials BETWEEN ? AND ?")
PINYIN = _spelt("ix_spelling_pinyin", "s.pinyin = ?")
PINYIN_START = _spelt("ix_spelling_pinyin", "s.pinyin BETWEEN ? AND ?")
VILLAGE = _place("INDEXED BY ix_registered_place_village", "p.village = ?")
VILLAGE_START = _place("INDEXED BY ix_registered_place_village", "p.village BETWEEN ? AND ?")
TOWNSHIP = _place("", "p.township = ?")
TOWNSHIP_START = _place("", "p.township BETWEEN ? AND ?")
PLACE_INITIALS = _place("INDEXED BY ix_registered_place_initials", "p.initials BETWEEN ? AND ?")
PLACE_PINYIN = _place("INDEXED BY ix_registered_place_pinyin", "p.pinyin BETWEEN ? AND ?")


def scans(key: Typed) -> Iterator[Scan]:
    """What to look up, in the order in which it is shown: exact, beginning, part."""
    if not key.text:
        return
    if key.number:
        yield from _number_scans(key)
    elif key.text.isascii():
        upper = key.text.upper()
        yield Scan(NUMBER, (upper,))
        yield Scan(NUMBER_START, _from(upper))
    if key.letters:
        yield from _letter_scans(key.letters)
    if not key.number:
        yield from _name_scans(key.text)


def _number_scans(key: Typed) -> Iterator[Scan]:
    """What no such number can be is not looked up: each lookup touches a page that has to be deciphered."""
    number = key.number
    for one in dict.fromkeys((number, key.text.upper())):
        yield Scan(NUMBER, (one,))
    for one in key.ids:
        if len(one) == WHOLE_ID:
            yield Scan(ID, (one,))
    if key.begins_a_phone and len(number) >= SHORTEST_PHONE:
        yield Scan(PHONE, (number,))
        yield Scan(HOME_PHONE, (number,))
    if len(number) == PART:  # what people call a number's end
        yield Scan(ID_TAIL, (number,))
        yield from _tails(key)
    for one in key.ids:
        yield Scan(ID_START, _from(one))
    if key.begins_a_phone:
        yield Scan(PHONE_START, _from(number))
        yield Scan(HOME_PHONE_START, _from(number))
    for one in dict.fromkeys((number, key.text.upper())):
        yield Scan(NUMBER_START, _from(one))
    if len(number) > PART:
        yield from _tails(key)
    yield from _id_parts(key)


def _tails(key: Typed) -> Iterator[Scan]:
    values = (key.number[-PART:], len(key.number), key.number)
    if key.ends_a_phone:
        yield Scan(PHONE_TAIL, values)
        yield Scan(HOME_PHONE_TAIL, values)
    yield Scan(NUMBER_TAIL, values)


def _id_parts(key: Typed) -> Iterator[Scan]:
    for look, starts in ((ID_FROM_BIRTH, key.from_birth), (ID_FROM_MONTH, key.from_month),
                         (ID_FROM_COUNTY, key.from_county)):
        if starts:
            yield Scan(look, (_packed(starts),))


def _letter_scans(typed: str) -> Iterator[Scan]:
    yield Scan(INITIALS, (typed,))
    yield Scan(PINYIN, (typed,))
    yield Scan(INITIALS_START, _from(typed))
    yield Scan(PINYIN_START, _from(typed))
    if len(typed) > _NO_PLACE_LETTERS:
        yield Scan(PLACE_INITIALS, _from(typed))
        yield Scan(PLACE_PINYIN, _from(typed))


def _name_scans(typed: str) -> Iterator[Scan]:
    """A place that was only begun comes last: people called 建国 are not to stand behind all of 建国村."""
    yield Scan(NAME, (typed,))
    yield Scan(VILLAGE, (typed,))
    yield Scan(TOWNSHIP, (typed,))
    yield Scan(NAME_START, _from(typed))
    yield Scan(NAME_SECOND, _from(typed))
    yield Scan(NAME_THIRD, _from(typed))
    yield Scan(NAME_END, _from(typed))
    yield Scan(VILLAGE_START, _from(typed))
    yield Scan(TOWNSHIP_START, _from(typed))


def _from(typed: str) -> tuple[str, str]:
    return typed, typed + _LAST


def _packed(starts: Sequence[Any]) -> str:
    return json.dumps(starts)
