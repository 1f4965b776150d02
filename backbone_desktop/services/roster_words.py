"""What a dry run says of a roster's rows, in words: the window, the commands and the marked copy say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backbone_desktop.services.roster_rows import PlaceNote, RosterLine, Verdict
from backbone_desktop.words import Words


def reasons(words: Words, line: RosterLine) -> tuple[str, ...]:
    """What changes, field by field, then what speaks against the row or should be looked at again."""
    changes = (words("{field_code}: {old} → {new}", field_code=f"roster_field.{name}", old=_value(words, name, old),
                     new=_value(words, name, new))
               for name, old, new in line.changes)
    return (*changes, *(words.finding(found) for found in line.findings))


def _value(words: Words, name: str, value: str) -> str:
    return (words(f"listing.{value}") if name == "listing" else value) or "—"


def verdict_words(words: Words, verdict: str) -> str:
    return words(f"roster_verdict.{verdict}")


def counted(words: Words, counts: Mapping[Verdict, int]) -> tuple[str, ...]:
    """Each verdict that there is, with how many rows have it."""
    return tuple(f"{verdict_words(words, verdict)} {n:,}" for verdict, n in counts.items() if n)


def places_line(words: Words, notes: Sequence[PlaceNote], most: int = 5) -> str:
    """Place names that the county's list writes otherwise; "" where there are none."""
    if not notes:
        return ""
    told = [f"{note.village or note.township} → {note.present}" if note.present
            else words("{written} (not in the list)", written=note.village or note.township) for note in notes[:most]]
    if len(notes) > most:
        told.append(words("and {n} more", n=len(notes) - most))
    return words("Places that the county's list writes otherwise; they stay as the roster has them: {places}",
                 places=", ".join(told))
