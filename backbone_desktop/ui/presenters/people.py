"""How a person, a place and a cover are written in one line, the same on every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from backbone_core.identity import age_on
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.enrolment import Enrolment
    from backbone_core.errors import Finding
    from backbone_core.identity import ResidentId


def told_by_number(words: Words, person: ResidentId, today: date, counties: Mapping[str, str]) -> str:
    """What the ID number tells: birth date, sex, age, and the county of first issue where its name is known."""
    told = words("{sex}, {age}", sex=words(f"sex.{person.sex}"), age=age_on(person.birth_date, today))
    parts = (person.birth_date.isoformat(), told, counties.get(person.county, ""))
    return " · ".join(part for part in parts if part)


def place_line(township: str, village: str, group: str = "") -> str:
    return " ".join(part for part in (township, village, group) if part)


def cover_line(words: Words, enrolment: Enrolment) -> str:
    return words("{starts} to {ends}", starts=enrolment.starts, ends=enrolment.ends)


def reasons(words: Words, why_not: tuple[Finding, ...]) -> str:
    """Why there is no cover, in one line."""
    return listed(words, (words.finding(found) for found in why_not), ("；", "; "))


def listed(words: Words, parts: Iterable[str], marks: tuple[str, str] = ("、", ", ")) -> str:
    """Several things in a row, parted as the language parts them."""
    return marks[0 if words.language.startswith("zh") else 1].join(parts)


def count_line(words: Words, total: int, narrowed: bool, capped: bool) -> str:
    """How many people a list holds; `capped`: the search ended before everybody was found."""
    if capped:
        return words("More than 1,000 people: type more of the name or number")
    if narrowed:
        return words("1 person found") if total == 1 else words("{n} people found", n=f"{total:,}")
    return words("1 person") if total == 1 else words("{n} people", n=f"{total:,}")
