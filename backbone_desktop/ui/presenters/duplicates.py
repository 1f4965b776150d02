"""What the page of double records shows: pairs with their reasons, and two records side by side with what is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.household import Standing
from backbone_core.likeness import Likeness, masked_apart
from backbone_desktop.services.duplicate_ports import Pair
from backbone_desktop.services.duplicate_words import PartLine, part_lines
from backbone_desktop.services.merging import Merged, PairView, Part, Side
from backbone_desktop.services.rows import Page
from backbone_desktop.ui.presenters.history import history_lines
from backbone_desktop.ui.presenters.people import place_line
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.duplicate_ports import PersonRow
    from backbone_desktop.services.duplicates import PairRow
    from backbone_desktop.services.ports import Desk

PAGE = 100
CHANGED = frozenset({("household", ""), ("member", ""), ("enrolment", ""), ("claim", ""), ("comparison", "")})
ONE, OTHER = "one", "other"


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the comparison; `side` says whose value goes in, "" where both say the same."""

    line: PartLine
    side: str

    @property
    def id(self) -> str:
        return self.line.id


def page_of(desk: Desk, pairs: Sequence[Pair], after: str | None) -> Page[PairRow]:
    """A stretch of the pairs as they stand now, the next one that has any; who was merged or told apart since the
    search is left out."""
    from backbone_desktop.services.duplicates import PairRow, pair_rows

    end, rows = int(after) if after else 0, tuple[PairRow, ...]()
    while not rows and end < len(pairs):
        start, end = end, end + PAGE
        rows = pair_rows(desk, pairs[start:end])
    return Page(rows, str(end) if end < len(pairs) else None, len(pairs))


def who_line(row: PairRow, side: str) -> str:
    """Name and masked number; where two masks would look the same, with the digit in which they differ."""
    person = _person(row, side)
    masks = masked_apart(row.one.id_no, row.other.id_no)
    return f"{person.name}  {masks[0 if side == ONE else 1]}"


def home_line(row: PairRow, side: str) -> str:
    person = _person(row, side)
    return place_line(person.village, person.household_no)


def count_line(words: Words, pairs: int) -> str:
    return words("{n} pairs to decide", n=f"{pairs:,}") if pairs else ""


def pair_of(view: PairView) -> Pair:
    one_id, other_id = sorted((view.one.member.id, view.other.member.id))
    return Pair(one_id, other_id, view.reasons)


def without(pairs: Sequence[Pair], view: PairView) -> tuple[Pair, ...]:
    """The pairs but the one that somebody has decided."""
    decided = pair_of(view)
    return tuple(pair for pair in pairs if (pair.one_id, pair.other_id) != (decided.one_id, decided.other_id))


def open_pair(desk: Desk, one_id: str, other_id: str) -> PairView:
    from backbone_desktop.services.merging import open_pair as opened

    return opened(desk, one_id, other_id)


def revealed(desk: Desk, view: PairView) -> PairView:
    """Both whole numbers, shown on purpose; who asked stands in the audit trail."""
    from backbone_desktop.services.registry import reveal_id_no

    for side in (view.one, view.other):
        reveal_id_no(desk, side.member.id)
    return open_pair(desk, view.one.member.id, view.other.member.id)


def choices(words: Words, view: PairView, sides: Mapping[Part, str], *, whole: bool) -> tuple[Choice, ...]:
    return tuple(Choice(line, sides[line.part] if line.differs else "")
                 for line in part_lines(words, view, whole=whole))


def first_choice(view: PairView) -> dict[Part, str]:
    """The record that is kept goes first, and where it says nothing the other one does; who lives somewhere goes before
    who died or left."""
    kept, other = (ONE, OTHER) if view.kept_id == view.one.member.id else (OTHER, ONE)
    side = view.one if kept == ONE else view.other
    chosen = {part: kept if any(side.of(part)) else other for part in Part}
    if side.member.standing is not Standing.PRESENT:
        chosen[Part.PLACE] = other
    return chosen


def merge(desk: Desk, view: PairView, sides: Mapping[Part, str]) -> Merged:
    """Carry the merger out as it was chosen; which of the two records stays follows from their claims."""
    from backbone_desktop.services.merging import merge_people

    kept, lost = view.one.member.id, view.other.member.id
    taken = OTHER
    if view.kept_id == lost:
        kept, lost, taken = lost, kept, ONE
    return merge_people(desk, kept, lost, [part for part in view.differing if sides[part] == taken])


def merged_words(words: Words, made: Merged) -> str:
    lines = [words("The two records are one now: {name}, household {number}.", name=made.member.name,
                   number=made.household.household_no)]
    if made.closed:
        lines.append(words("Household {number} is closed: nobody lives in it any more.", number=made.closed))
    lines += [words.finding(found) for found in made.warnings]
    return "\n".join(lines)


def told_apart_words(words: Words, view: PairView) -> str:
    lines = [words("They are different people; they will not be asked about again.")]
    if Likeness.SAME_NUMBER in view.reasons:
        lines.append(words("Both still bear one ID number: put it right for the one whose it is not."))
    return "\n".join(lines)


def side_title(words: Words, view: PairView, side: Side) -> str:
    title = words("Record A") if side is view.one else words("Record B")
    return f"{title} · {side.member.name}"


def hanging_line(words: Words, side: Side) -> str:
    """What hangs on a record: years of cover, and claims."""
    years = sorted({one.policy_year for one in side.enrolments})
    cover = words("Covered in {years}", years=" ".join(map(str, years))) if years else words("Never covered")
    claims = words("{n} claims", n=side.claims) if side.claims else words("No claims")
    return f"{cover} · {claims}"


def history_text(words: Words, side: Side, most: int) -> str:
    return "\n".join(history_lines(words, side.history)[:most])


def _person(row: PairRow, side: str) -> PersonRow:
    return row.one if side == ONE else row.other
