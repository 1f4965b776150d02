"""Which characters no font can print: told at the form, and looked for in all that the store may put on a paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_desktop.services.printed_ports import PrintedRow, Source

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.reading import Reading

SLICE = 5_000
"""Rows that are read at once; between two slices others may write."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A record that cannot be printed as it stands."""

    source: Source
    number: str
    field: str
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    rows: dict[Source, int]
    """How many rows were looked at."""
    texts: int
    lacking: tuple[Lacking, ...]


def check_printable(desk: Desk) -> Checked:
    """Look through every text of the store that may stand on a paper. Raises `Unavailable("print.font_missing")`."""
    printable: set[str] = set()
    rows, texts, lacking = dict.fromkeys(Source, 0), 0, list[Lacking]()
    for source in Source:
        for row in _all(desk, source):
            rows[source] += 1
            for field, text in row.texts.items():
                texts += 1
                if printable.issuperset(text):
                    continue
                found = desk.lacking(text)
                printable.update(set(text).difference(found))
                if found:
                    lacking.append(Lacking(source, row.number, field, found))
    return Checked(rows, texts, tuple(lacking))


def warn_of_lacking(form: Reading, desk: Desk, place: str, text: str) -> None:
    """Put a warning to the field whose text no paper can show."""
    if lacking := desk.lacking(text):
        form.warn("text.no_glyph", place, characters="、".join(map(named, lacking)))


def named(character: str) -> str:
    """The character and its number in Unicode; one that cannot be seen by its number alone."""
    number = f"U+{ord(character):04X}"
    return f"{character}（{number}）" if character.isprintable() and not character.isspace() else number


def _all(desk: Desk, source: Source) -> Iterator[PrintedRow]:
    after = ""
    while True:
        with desk.read() as work:
            some = work.printed.some(source, after, SLICE)
        yield from some
        if len(some) < SLICE:
            return
        after = some[-1].key
