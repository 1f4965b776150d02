"""What the roster page shows: columns to choose from, rows of the dry run in a clerk's words, and what was imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backbone_desktop.services.roster_plan import RosterPlan
from backbone_desktop.services.roster_rows import FIELDS, NEEDED, RosterLine, Verdict
from backbone_desktop.services.roster_words import counted, reasons, verdict_words
from backbone_desktop.services.rows import Page
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.roster_rows import RosterFile, RosterImport
    from backbone_desktop.ui.backend import Backend

PAGE = 200
"""Rows of the dry run that the list takes at a time."""
CHANGED = frozenset({("household", ""), ("member", ""), ("enrolment", "")})
_WRITES = (Verdict.NEW, Verdict.CHANGED, Verdict.MOVED)


@dataclass(frozen=True, slots=True)
class OpenedRoster:
    """A file with the columns that are proposed for it."""

    file: RosterFile
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One earlier import as the list shows it."""

    id: str
    when: str
    who: str
    what: str
    undone: bool


def open_file(backend: Backend, desk: Desk, path: Path) -> OpenedRoster:
    from backbone_desktop.services.roster import columns_for

    file = backend.open_roster(path)
    return OpenedRoster(file, columns_for(desk, file))


def column_choices(words: Words, file: RosterFile) -> tuple[tuple[str, int], ...]:
    """(title, column) of every column of the sheet, after "none"."""
    titled = ((title or words("Column {n}", n=place + 1), place) for place, title in enumerate(file.header))
    return ((words("— none —"), -1), *titled)


def missing_columns(columns: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(name for name in NEEDED if name not in columns)


def field_titles(words: Words) -> tuple[tuple[str, str, bool], ...]:
    """(field, its title, whether an import needs it)."""
    return tuple((name, words(f"roster_field.{name}"), name in NEEDED) for name in FIELDS)


def template_line(words: Words, template: str) -> str:
    return {"A": words("The national template of 2017–19"), "B": words("The national template of 2021"),
            "C": words("The national template of 2022")}.get(template, words("Not one of the national templates"))


def reason_line(words: Words, line: RosterLine) -> str:
    return "  ".join(reasons(words, line))


def chips(words: Words, plan: RosterPlan) -> tuple[tuple[str, str, int], ...]:
    """(verdict, word, count) of what the plan has, everything first."""
    some = tuple((str(verdict), verdict_words(words, verdict), n) for verdict, n in plan.counts.items() if n)
    return (("", words("All rows"), len(plan.lines)), *some)


def page_of(plan: RosterPlan, verdict: str, after: str | None) -> Page[RosterLine]:
    """A stretch of the dry run, narrowed to a verdict; `after` is where the one before ended."""
    lines = plan.lines.of(verdict)
    start = int(after) if after else 0
    end = start + PAGE
    return Page(tuple(lines[start:end]), str(end) if end < len(lines) else None, len(lines))


def import_words(words: Words, plan: RosterPlan) -> str:
    """The act, with how many people it concerns; "" where there is nothing to import."""
    n = sum(plan.counts[verdict] for verdict in _WRITES)
    return words("Import {n} people", n=f"{n:,}") if n else ""


def counts_line(words: Words, counts: Mapping[Verdict, int]) -> str:
    return " · ".join(counted(words, counts))


def earlier_imports(words: Words, desk: Desk) -> tuple[ImportRow, ...]:
    """Newest first, with the names of those who made them."""
    from backbone_desktop.services.roster import roster_imports

    imports = roster_imports(desk)
    with desk.read() as work:
        names = {one.name: one.display_name for one in work.accounts.all()}
    return import_rows(words, imports, names)


def import_rows(words: Words, imports: Sequence[RosterImport], names: Mapping[str, str]) -> tuple[ImportRow, ...]:
    from backbone_desktop.words.facts import CHINA

    return tuple(
        ImportRow(one.id, f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M}", names.get(one.by, one.by),
                  counts_line(words, one.counts), one.undone_at is not None)
        for one in imports
    )


