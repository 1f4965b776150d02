"""Reads one row of a roster as the register keeps it, with what speaks against taking it in."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from sys import intern

from backbone_core.change import canonical_of_plain
from backbone_core.errors import Finding, RuleBroken
from backbone_core.household import ETHNIC_GROUPS, HEAD, RELATIONS, SPOUSE, PovertyType
from backbone_core.identity import ResidentId, read_id_number
from backbone_core.names import read_name, read_phone
from backbone_desktop.services.household_form import HOUSEHOLD_NO
from backbone_desktop.services.reading import Reading, ValueT, read_text
from backbone_desktop.services.roster_rows import RosterRow

_SAME_RELATION = {
    "本人": HEAD, "本人或户主": HEAD, "户主本人": HEAD, "妻": SPOUSE, "妻子": SPOUSE, "夫": SPOUSE, "丈夫": SPOUSE,
    "之妻": SPOUSE, "之夫": SPOUSE, "儿子": "之子", "长子": "之子", "次子": "之子", "女儿": "之女", "长女": "之女",
    "次女": "之女", "儿媳": "之儿媳", "女婿": "之女婿", "孙子": "之孙子", "孙女": "之孙女", "父亲": "之父",
    "母亲": "之母", "祖父": "之祖父", "祖母": "之祖母", "兄弟姐妹": "之兄弟姐妹",
}
"""What rosters write for a relation of the national value set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRead:
    """None stands for a column that the roster does not have or left empty: the register keeps what it has."""

    row_no: int
    cells: bytes
    """The row as it stood, a MessagePack list of texts: a county's rows as texts would fill the memory."""
    household_no: str
    name: str
    person: ResidentId | None
    relation: str
    township: str | None
    village: str | None
    group: str | None
    poverty_type: PovertyType | None
    household_phone: str | None
    ethnic: str | None
    member_phone: str | None
    findings: tuple[Finding, ...]

    @property
    def id_no(self) -> str:
        return self.person.number if self.person else ""

    @property
    def refused(self) -> bool:
        return any(found.refuses for found in self.findings)


def read_row(row: RosterRow, today: date, counties: Container[str] | None) -> RowRead:
    """Never raises for what stands in the sheet: every refusal is a finding at the column's field.

    A telephone number that cannot be read only warns: a family is not kept out of the register for it.
    """
    form, values = Reading(), row.values
    form.add(*row.trouble)
    rounded = {found.field for found in row.trouble}

    def take(field: str, read: Callable[[str], ValueT], otherwise: ValueT) -> ValueT:
        if field in rounded:
            return otherwise
        try:
            return read(values.get(field, ""))
        except RuleBroken as broken:
            form.at(field, broken.findings)
            return otherwise

    def line(field: str) -> str | None:
        return take(field, _line, None)

    def phone(field: str) -> str | None:
        if field in rounded or not values.get(field, ""):
            return None
        try:
            return read_phone(values[field])
        except RuleBroken:
            form.warn("roster.phone_left_out", field)
            return None

    def person(typed: str) -> ResidentId:
        read, warnings = read_id_number(typed, today, counties)
        form.at("id_no", warnings)
        return read

    return RowRead(
        row_no=row.row_no, cells=canonical_of_plain(row.cells),
        household_no=take("household_no", _household_no, ""), name=take("name", read_name, ""),
        person=take("id_no", person, None), relation=take("relation", _relation, ""),
        township=line("township"), village=line("village"), group=line("group"),
        poverty_type=take("poverty_type", _poverty_type, None),
        household_phone=phone("household_phone"), ethnic=_ethnic(line("ethnic")), member_phone=phone("member_phone"),
        findings=tuple(form.findings),
    )


@lru_cache(maxsize=5_000)  # a county's rows share a few hundred places
def _line(text: str) -> str | None:
    return intern(read_text(text)) or None


def _household_no(text: str) -> str:
    if HOUSEHOLD_NO.fullmatch(text):
        return text
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not number:
        raise RuleBroken("roster.household_no_missing")
    if not HOUSEHOLD_NO.fullmatch(number):
        raise RuleBroken("household.number_characters")
    return number


@lru_cache(maxsize=500)
def _relation(text: str) -> str:
    plain = "".join(text.split())
    for named in (plain, _SAME_RELATION.get(plain, ""), f"之{plain}"):
        if named in RELATIONS:
            return named
    raise RuleBroken("household.relation_unknown")


@lru_cache(maxsize=500)
def _poverty_type(text: str) -> PovertyType | None:
    if not text.strip():
        return None
    try:
        return PovertyType("".join(text.split()))
    except ValueError:
        raise RuleBroken("household.poverty_type_unknown") from None


@lru_cache(maxsize=500)
def _ethnic(text: str | None) -> str | None:
    """汉 as 汉族; a group that GB/T 3304 does not list stays as it is written."""
    return f"{text}族" if text is not None and f"{text}族" in ETHNIC_GROUPS else text
