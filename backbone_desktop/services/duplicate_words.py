"""What looks alike, and what is chosen, in a clerk's words: the same in the window and in the commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backbone_core.household import Standing
from backbone_core.identity import mask_account, mask_id_no
from backbone_core.likeness import Likeness, masked_apart
from backbone_desktop.services.duplicate_ports import PersonRow
from backbone_desktop.services.merging import PairView, Part, Side
from backbone_desktop.words import Words


@dataclass(frozen=True, slots=True)
class PartLine:
    """One row of the comparison: a part's title and what each record says, "—" where it says nothing."""

    part: Part
    title: str
    one: str
    other: str
    differs: bool

    @property
    def id(self) -> str:
        return str(self.part)


def reasons_line(words: Words, reasons: Iterable[Likeness]) -> str:
    parts = [words(f"likeness.{reason}") for reason in reasons]
    return ("、" if words.language.startswith("zh") else ", ").join(parts)


def person_line(words: Words, person: PersonRow) -> str:
    """Name, masked number, where they live, and whether they died or left."""
    place = " ".join(part for part in (person.township, person.village) if part)
    return "  ".join(part for part in (person.name, mask_id_no(person.id_no), place, person.household_no,
                                     standing_words(words, person.standing)) if part)


def part_lines(words: Words, view: PairView, *, whole: bool = False) -> tuple[PartLine, ...]:
    """The comparison part by part; `whole` shows ID numbers and accounts as they are."""
    one, other = _values(words, view.one, whole=whole), _values(words, view.other, whole=whole)
    if not whole:
        one[Part.ID_NO], other[Part.ID_NO] = masked_apart(view.one.member.id_no, view.other.member.id_no)
    return tuple(PartLine(part, words(f"person_part.{part}"), one[part] or "—", other[part] or "—",
                          part in view.differing) for part in Part)


def standing_words(words: Words, standing: str) -> str:
    """Who died or left; "" for who is there."""
    return "" if standing == Standing.PRESENT else words(f"standing.{standing}")


def _values(words: Words, side: Side, *, whole: bool) -> dict[Part, str]:
    member, home = side.member, side.household
    account = member.bank_account if whole else mask_account(member.bank_account)
    texts: Mapping[Part, tuple[str, ...]] = {
        Part.NAME: (member.name,),
        Part.ID_NO: (member.id_no,),
        Part.PLACE: (home.household_no, member.relation, home.township, home.village, home.group,
                     standing_words(words, member.standing)),
        Part.ETHNIC: (member.ethnic,),
        Part.PHONE: (member.phone,),
        Part.ACCOUNT: (member.bank_name, account, member.account_holder),
        Part.DISABILITY: (member.disability,),
    }
    return {part: " ".join(text for text in some if text) for part, some in texts.items()}
