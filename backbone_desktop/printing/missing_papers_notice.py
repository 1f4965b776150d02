"""The notice of missing papers (补正材料一次性告知书): told once and completely (保险法 art. 22)."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from backbone_desktop.printing.letter import Letter, day_in_words, draw_letter, listed

if TYPE_CHECKING:
    from backbone_core.scheme import DocumentNeed
    from backbone_desktop.printing.document import Document
    from backbone_desktop.services.missing_papers import MissingPapersData
    from backbone_desktop.words import Words


MOST_NAMED = 200
"""Characters of papers' names that the counterfoil repeats; of more it gives the number."""


def draw(document: Document, data: MissingPapersData, words: Words) -> None:
    """Add the notice's pages to a document, all or none. Raises `Unavailable("print.no_glyph", character=…)`."""
    draw_letter(document, partial(_fill, data=data, words=words), data, words, "form.missing_papers.title")


def _fill(letter: Letter, *, data: MissingPapersData, words: Words) -> None:
    papers = [_named(paper, words) for paper in data.papers]
    letter.salutation(data.member_name)
    letter.paragraph(words("form.missing_papers.opening", received=day_in_words(words, data.received_on),
                           hospital=data.hospital, admitted=day_in_words(words, data.admitted),
                           discharged=day_in_words(words, data.discharged), count=len(papers)), filled=True)
    letter.items(papers)
    if data.on_condition:
        letter.paragraph(words("form.missing_papers.on_condition"))
        letter.items(_conditional(data.on_condition, words))
    letter.paragraph(words("form.missing_papers.how"))
    if data.last_day:
        until = "form.missing_papers.late" if data.late else "form.missing_papers.until"
        letter.paragraph(words(until, last=day_in_words(words, data.last_day)), filled=True)
    letter.paragraph(words("form.missing_papers.end"))
    contacts = data.contacts
    letter.ends(*((pair,) for pair in (
        (words("form.letter.address"), contacts.address), (words("form.letter.phone"), contacts.phone),
        (words("form.letter.hours"), contacts.hours), (words("form.letter.clerk"), data.printed_by))))
    letter.counterfoil("form.missing_papers.stub",
                       wide=((words("form.missing_papers.asked"), _for_the_stub(papers, words)),))


def _for_the_stub(papers: list[str], words: Words) -> str:
    named = listed(words, papers)
    return named if len(named) <= MOST_NAMED else words("form.missing_papers.as_listed", count=len(papers))


def _named(paper: DocumentNeed, words: Words) -> str:
    """The county's own words for a paper, which say what it must look like; else the catalogue's name of it."""
    return paper.text or words(f"document.{paper.code}")


def _conditional(papers: tuple[DocumentNeed, ...], words: Words) -> list[str]:
    """Papers that share a condition stand together behind it."""
    lines = []
    for when, shared in groupby(papers, key=lambda paper: paper.when):
        known = f"document_when.{when}"
        condition = words(known) if words.knows(known) else when
        named = listed(words, [_named(paper, words) for paper in shared])
        lines.append(words("form.missing_papers.conditional", papers=named, when=condition))
    return lines
