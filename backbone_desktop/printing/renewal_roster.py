"""The renewal roster of a village (续保确认名册): everybody signs, or presses a finger, beside their name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from backbone_desktop.printing.document import Document
from backbone_desktop.printing.filled import fill
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.heading import Heading
from backbone_desktop.printing.list_form import ListForm
from backbone_desktop.printing.setter import Setter, Type
from backbone_desktop.printing.strip import Hands, Seal, Strip
from backbone_desktop.printing.table import Column, Entry, Sum, Table

if TYPE_CHECKING:
    from backbone_desktop.services.renewal_roster import RenewalData
    from backbone_desktop.words import Words

TYPE = Type(text=10, label=10, small=8.5, title=20, row=8, side=0, pad=1.2, air=0.9)
SIGNED = 11.5
"""Height of a row in which somebody signs."""
PROGRAMME, HEAD, FOOT = 11.0, 25.0, 7.0


def draw(document: Document, data: RenewalData, words: Words) -> None:
    """Add the roster's pages to a document, all or none.

    Raises `Unavailable("print.no_glyph", character=…)`.
    """
    setter, paper = Setter(document.fonts, TYPE), document.paper
    heading = Heading(
        setter, paper, words("form.programme"), PROGRAMME, words("form.renewal.title"),
        0.06 if data.language.startswith("zh") else 0,
        (fill(words, "form.renewal.place", place=data.township + data.village),
         fill(words, "form.renewal.years", year=data.policy_year, next=data.policy_year + 1),
         fill(words, "form.list.number", number=data.number)),
        words("form.reprint", n=data.copy) if data.copy else "", HEAD)
    table = Table(setter, _columns(data, words), paper.inner, row=SIGNED)
    day = words("form.list.day")
    strip = Strip((
        (Hands(setter, (words("form.renewal.secretary"), words("form.renewal.director"))),
         Hands(setter, (words("form.renewal.team"), words("form.renewal.clerk")))),
        (Seal(setter, "", day, words("form.renewal.seal_village"), open_=True),
         Seal(setter, "", day, words("form.renewal.seal_township"), open_=True)),
    ), paper.inner)
    ListForm(document=document, heading=heading, table=table, entries=lambda: _entries(data, words),
             summed=lambda name, count, sums: _summed(data, words, name, count, sums), strip=strip, words=words,
             note=words("form.renewal.note" if data.decided else "form.renewal.note_undecided", starts=data.starts,
                        min=data.age_min, max=data.age_max),
             foot=FOOT).draw()


def _columns(data: RenewalData, words: Words) -> tuple[Column, ...]:
    cover = words("form.renewal.cover")
    return (
        Column(words("form.list.place"), 12, face=Face.FIGURE),
        Column(words("form.receipt.household_no"), 30, face=Face.FIGURE, amount=True),
        Column(words("form.renewal.name"), 25),
        Column(words("form.receipt.relation"), 21),
        Column(words("form.receipt.id_no"), 39, face=Face.FIGURE, amount=True),
        Column(words("form.renewal.age"), 12, face=Face.FIGURE),
        Column(words("form.renewal.this_year", year=data.policy_year), 15, over=cover),
        Column(words("form.renewal.next_year", year=data.policy_year + 1), 27, over=cover),
        Column(words("form.renewal.changes"), 32),
        Column(words("form.renewal.phone"), 26, face=Face.FIGURE, amount=True),
        Column(words("form.renewal.signature"), 36),
    )


def _entries(data: RenewalData, words: Words) -> Iterator[Entry]:
    yes, no = words("form.renewal.yes"), words("form.renewal.no")
    for place, row in enumerate(data.rows, 1):
        proposed = words("form.renewal.proposed") if not row.why_not else words(
            f"form.renewal.why.{row.why_not}", min=data.age_min, max=data.age_max)
        yield Entry(
            (str(place), row.household_no, row.name, words(row.relation) if row.relation else "—", row.id_no_masked,
             str(row.age), yes if row.covered else no, proposed, "", row.phone_masked, "" if row.present else "—"),
            (int(row.covered), int(not row.why_not)))


def _summed(data: RenewalData, words: Words, name: str, count: int, sums: tuple[int, ...]) -> tuple[Sum, ...]:
    covered, proposed = sums or (0, 0)
    of_all = words("form.renewal.people", n=count, households=data.households)
    people = of_all if count == len(data.rows) else words("form.publicity.people", n=count)
    return (Sum(name, 2), Sum(people, 4, filled=True),
            Sum(str(covered), figure=True), Sum(str(proposed), figure=True), Sum("", 3))
