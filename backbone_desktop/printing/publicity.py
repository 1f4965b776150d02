"""The publicity lists of a village (公示), set large enough to be read on a wall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from backbone_core.money import capitals, format_amount
from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import Lines, Row, Stack
from backbone_desktop.printing.filled import fill
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.heading import Heading
from backbone_desktop.printing.list_form import ListForm
from backbone_desktop.printing.setter import BENEATH_SIZE, Setter, Type
from backbone_desktop.printing.strip import Seal, Strip, Text, named
from backbone_desktop.printing.table import Column, Entry, Sum, Table
from backbone_desktop.services.villages import VillageList
from backbone_desktop.words.both import BENEATH

if TYPE_CHECKING:
    from datetime import date

    from backbone_desktop.services.publicity import PublicityData, PublicityRow
    from backbone_desktop.words import Words

SCALES = {"A4": 1.0, "A3": 2**0.5}
TYPE = Type(text=14, label=13, small=9, title=24, row=9.4, side=0, pad=1.4, air=1.1)
PROGRAMME, HEAD, FOOT = 13.0, 30.0, 7.0
BLANK = "＿" * 8
ACROSS = 2
"""People side by side on the list of who is covered."""


def draw(document: Document, data: PublicityData, words: Words) -> None:
    """Add the list's pages to a document, all or none.

    Raises `Unavailable("print.no_glyph", character=…)`.
    """
    _Publicity(document, data, words).form().draw()


class _Publicity:
    def __init__(self, document: Document, data: PublicityData, words: Words) -> None:
        self._document, self._data, self._words = document, data, words
        self._scale = SCALES[document.paper.name]
        self._set = Setter(document.fonts, _scaled(TYPE, self._scale))
        self._inner = document.paper.inner
        self._of_payments = data.kind is VillageList.PAID

    def form(self) -> ListForm:
        data, words, scale = self._data, self._words, self._scale
        heading = Heading(
            self._set, self._document.paper, words("form.programme"), PROGRAMME * scale,
            words(f"form.publicity.title.{data.kind}", year=data.policy_year),
            0.06 if data.language.startswith("zh") else 0,
            (data.township + data.village, fill(words, "form.list.number", number=data.number)),
            words("form.reprint", n=data.copy) if data.copy else "", HEAD * scale)
        table = Table(self._set, self._columns(), self._inner)
        return ListForm(
            document=self._document, heading=heading, table=table,
            entries=self._payments if self._of_payments else self._people,
            summed=self._paid_sums if self._of_payments else self._people_sums, strip=self._strip(), words=words,
            note=words("form.publicity.note"), foot=FOOT * scale, before=self._notice(),
            last_rows=(self._in_words(table),) if self._of_payments else ())

    def _columns(self) -> tuple[Column, ...]:
        words = self._words
        tail = words("form.publicity.household_tail")
        if self._of_payments:
            return (Column(words("form.list.place"), 18, face=Face.FIGURE), Column(words("form.publicity.name"), 46),
                    Column(words("form.publicity.group"), 34), Column(tail, 36, face=Face.FIGURE),
                    Column(words("form.publicity.amount"), 46, "right", Face.FIGURE, amount=True))
        return (Column(words("form.list.place"), 16, face=Face.FIGURE, amount=True),
                Column(words("form.publicity.name"), 32), Column(words("form.publicity.group"), 22),
                Column(tail, 22, face=Face.FIGURE)) * ACROSS

    def _people(self) -> Iterator[Entry]:
        rows, place = iter(self._data.rows), 0
        while beside := tuple(islice(rows, ACROSS)):
            texts: list[str] = []
            for row in beside:
                place += 1
                texts += (str(place), row.name or "—", row.group or "—", row.household_tail or "—")
            yield Entry((*texts, *("",) * (4 * ACROSS - len(texts))), (len(beside),))

    def _payments(self) -> Iterator[Entry]:
        for place, row in enumerate(self._data.rows, 1):
            yield Entry((str(place), row.name or "—", row.group or "—", row.household_tail or "—",
                         format_amount(_amount(row))), (_amount(row),))

    def _people_sums(self, name: str, _rows: int, sums: tuple[int, ...]) -> tuple[Sum, ...]:
        return Sum(name, 2), Sum(self._words("form.publicity.people", n=sum(sums)), 6, filled=True)

    def _paid_sums(self, name: str, rows: int, sums: tuple[int, ...]) -> tuple[Sum, ...]:
        return (Sum(name, 2), Sum(self._words("form.publicity.times", n=rows), 2, filled=True),
                Sum(format_amount(sum(sums)), align="right", figure=True))

    def _in_words(self, table: Table) -> Row:
        total = sum(_amount(row) for row in self._data.rows)
        return table.sum_row((Sum(self._words("form.list.in_words"), 2),
                              Sum(capitals(total, prefix=True), 3, filled=True)))

    def _notice(self) -> Stack:
        """What hangs here, until when, and how to object."""
        data, words = self._data, self._words
        place = data.township + data.village
        facts = {"place": place, "year": data.policy_year, "first": self._day(data.first), "last": self._day(data.last),
                 "days": data.days}
        if data.paid:
            code = "form.publicity.notice.paid_from_to"
            facts |= {"paid_from": self._day(data.paid[0]), "paid_to": self._day(data.paid[1])}
        else:
            code = f"form.publicity.notice.{data.kind}"
        texts = words(code, **facts).split(BENEATH)
        parts = [self._paragraph(text, 1.0 if number == 0 else BENEATH_SIZE) for number, text in enumerate(texts)]
        return Stack(tuple(parts), 1.2 * self._scale)

    def _paragraph(self, text: str, size: float) -> Lines:
        chinese = self._data.language.startswith("zh") and size == 1
        lines = self._set.lines(("　　" if chinese else "") + text, self._inner, size=self._set.size.text * size,
                                most=99, filled=True, air=0.4)
        return replace(lines, pad=0)

    def _day(self, day: date) -> str:
        return self._words("form.date", year=day.year, month=day.month, day=day.day)

    def _strip(self) -> Strip:
        data, words = self._data, self._words
        seal = Seal(self._set, data.office, self._day(data.first), words("form.publicity.seal"))
        width = self._inner - seal.width - 8
        contacts = [("form.publicity.office", data.office), ("form.publicity.phone", data.phone),
                    ("form.publicity.supervisor", data.supervisor),
                    ("form.publicity.supervisor_phone", data.supervisor_phone)]
        air = 0.9 * self._scale
        lines = [named(self._set, fill(words, code, value=value or BLANK), width, air) for code, value in contacts]
        title = replace(self._set.lines(words("form.publicity.objections"), width, Face.TITLE,
                                        size=self._set.size.label, least=self._set.size.label * 0.7, air=air), pad=0)
        return Strip(((Text((title, *lines), width), seal),), self._inner)


def _amount(row: PublicityRow) -> int:
    return row.amount or 0


def _scaled(kind: Type, by: float) -> Type:
    return replace(kind, text=kind.text * by, label=kind.label * by, small=kind.small * by, title=kind.title * by,
                   row=kind.row * by, pad=kind.pad * by, air=kind.air * by)
