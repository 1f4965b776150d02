"""What the page of doubtful roster rows shows: the row and a registered person side by side, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.household import Household, Member
from backbone_core.identity import mask_id_no
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.roster_doubts import Candidate, Doubt

_COMPARED = ("name", "id_no", "household_no", "relation", "township", "village", "group", "poverty_type", "ethnic",
             "household_phone", "member_phone")


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One line of the list."""

    id: str
    row: str
    name: str
    household_no: str
    why: str
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Line:
    """One field; `differs` only where both sides say something."""

    title: str
    roster: str
    registered: str
    differs: bool


def doubt_rows(words: Words, found: tuple[Doubt, ...]) -> tuple[DoubtRow, ...]:
    return tuple(
        DoubtRow(one.id, str(one.row_no), one.values.get("name", ""), one.values.get("household_no", ""),
                 "  ".join(why(words, code, one) for code in one.reasons), one)
        for one in found
    )


def why(words: Words, code: str, doubt: Doubt) -> str:
    """A reason without the facts that only the dry run had: where it named another row, the short sentence."""
    short = {"roster.number_twice": words("The number stands in two rows of the roster")}
    return short.get(code) or words(code)


def compared(words: Words, doubt: Doubt, candidate: Candidate | None, *, whole: bool) -> tuple[Line, ...]:
    """`whole` shows the ID numbers as they are; the caller has recorded that somebody looks at them."""
    registered = {} if candidate is None else _registered(candidate.member, candidate.household)
    lines = []
    for field in _COMPARED:
        one, other = doubt.values.get(field, "").strip(), registered.get(field, "")
        if not one and not other:
            continue
        differs = bool(one and other) and one != other
        if field == "id_no" and not whole:
            one, other = mask_id_no(one), mask_id_no(other)
        lines.append(Line(words(f"roster_field.{field}"), one, other, differs))
    return tuple(lines)


def candidate_choices(words: Words, doubt: Doubt) -> tuple[tuple[str, str], ...]:
    """(member id, words) of everybody who may be meant."""
    return tuple((one.member.id, words("{name}, household {number}", name=one.member.name,
                                       number=one.household.household_no)) for one in doubt.candidates)


def waiting_words(words: Words, count: int) -> str:
    """The way to the page; "" while nothing waits."""
    return words("Rows to decide: {n}", n=f"{count:,}") if count else ""


def _registered(member: Member, household: Household) -> Mapping[str, str]:
    return {
        "name": member.name, "id_no": member.id_no, "household_no": household.household_no,
        "relation": member.relation, "township": household.township, "village": household.village,
        "group": household.group, "poverty_type": str(household.poverty_type), "ethnic": member.ethnic,
        "household_phone": household.phone, "member_phone": member.phone,
    }
