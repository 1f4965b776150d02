"""What the page of lists shows: which there are, of which edition, how long, and what a file would bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_desktop.services.code_lists import ETHNIC_GROUPS, POVERTY_TYPES, RELATIONS
from backbone_desktop.services.reference import Overview, overview
from backbone_desktop.services.reference_import import check_reference
from backbone_desktop.services.reference_rows import Line, ReferenceFile, ReferenceKind, ReferencePlan, Verdict
from backbone_desktop.services.rows import Page
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.reference_rows import Edition
    from backbone_desktop.ui.backend import Backend

PAGE = 200
"""Rows of a check that the list takes at a time."""
CHANGED = frozenset({("reference", "")})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One list. `kind` is None where nothing is imported; `edition_id` names a list that can be taken out."""

    id: str
    kind: ReferenceKind | None = None
    name: str
    edition: str
    size: str
    source: str
    edition_id: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file with what it would bring, and the name that is proposed for it."""

    file: ReferenceFile
    plan: ReferencePlan
    name: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    id: str
    line: Line


def lists(desk: Desk, backend: Backend, words: Words) -> tuple[ListRow, ...]:
    """Every list of this computer, those that can be imported first."""
    found = overview(desk)
    rows = [_places(words, found)]
    rows += [_imported(words, one) for one in found.editions if one.kind is ReferenceKind.PLACE]
    for kind in (ReferenceKind.HOSPITAL, ReferenceKind.DIAGNOSIS):
        editions = [_imported(words, one) for one in found.editions if one.kind is kind]
        rows += editions or [ListRow(id=str(kind), kind=kind, name=_name(words, kind), edition="—",
                                     size=words("not imported yet"), source=words("typed freely"))]
    shipped = words("with the program")
    rows.append(ListRow(id="counties", name=words("Counties"), edition="GB/T 2260",
                        size=words("{n} counties", n=f"{len(backend.counties()):,}"), source=shipped))
    for name, edition, coded in ((words("Ethnic groups"), "GB/T 3304", ETHNIC_GROUPS),
                                 (words("Relations to the head"), "GB/T 4761", RELATIONS),
                                 (words("Poverty types"), words("national rosters"), POVERTY_TYPES)):
        rows.append(ListRow(id=name, name=name, edition=edition, size=words("{n} entries", n=len(coded)),
                            source=shipped))
    return tuple(rows)


def check_file(desk: Desk, file: ReferenceFile, name: str, progress: Callable[[int, int], None],
               cancelled: Callable[[], bool]) -> Checked:
    return Checked(file, check_reference(desk, file, progress, cancelled), name)


def chips(words: Words, plan: ReferencePlan) -> tuple[tuple[str, str, int], ...]:
    """(verdict, word, count) of what the plan has, everything first."""
    counted = ((one, plan.count(one)) for one in Verdict)
    return (("", words("All rows"), len(plan.lines)),
            *((str(one), words(f"reference_verdict.{one}"), n) for one, n in counted if n))


def page_of(plan: ReferencePlan, verdict: str, after: str | None) -> Page[ShownLine]:
    lines = [line for line in plan.lines if not verdict or line.verdict == verdict]
    start = int(after) if after else 0
    end = start + PAGE
    return Page(tuple(ShownLine(str(line.row_no), line) for line in lines[start:end]),
                str(end) if end < len(lines) else None, len(lines))


def import_words(words: Words, plan: ReferencePlan) -> str:
    """The act, with how many entries will stand; "" where there is nothing to import."""
    return words("Import {n} entries", n=f"{len(plan.entries):,}") if plan.entries else ""


def effect_line(words: Words, plan: ReferencePlan) -> str:
    """What the import replaces."""
    if plan.kind is ReferenceKind.PLACE:
        return words("The places of {n} counties ({codes}) will be those of this file; what it does not bring stays.",
                     n=len(plan.counties), codes="、".join(plan.counties[:5]) + ("…" if len(plan.counties) > 5 else ""))
    if plan.replaces:
        return words("The {n} entries of the list before are replaced.", n=f"{plan.replaces:,}")
    return words("Nothing of this kind was imported before.")


def reason_line(words: Words, line: Line) -> str:
    return "  ".join(map(words.finding, line.findings))


def _places(words: Words, found: Overview) -> ListRow:
    if not found.townships:
        return ListRow(id="place", kind=ReferenceKind.PLACE, name=_name(words, ReferenceKind.PLACE), edition="—",
                       size=words("not imported yet"), source=words("typed freely"))
    return ListRow(
        id="place", kind=ReferenceKind.PLACE, name=_name(words, ReferenceKind.PLACE), edition=found.places_edition,
        size=words("this county: {townships} townships, {villages} villages", townships=found.townships,
                   villages=found.villages),
        source=words("imported") if found.places_imported else words(
            "with the program ({n} provinces)", n=len(found.packaged_provinces)))


def _imported(words: Words, one: Edition) -> ListRow:
    from backbone_desktop.words.facts import CHINA

    return ListRow(id=one.id, kind=one.kind, name=_name(words, one.kind), edition=one.name,
                   size=words("{n} entries", n=f"{one.count:,}"),
                   source=words("imported {when}, {who}", when=f"{one.at.astimezone(CHINA):%Y-%m-%d}", who=one.by),
                   edition_id=one.id)


def _name(words: Words, kind: ReferenceKind) -> str:
    return words(f"reference_kind.{kind}")
