"""The household card (户卡): folded once, it says in front who is covered and inside how the family claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import FRAME, RULE, SEAL, Content, Lines, Row, Section
from backbone_desktop.printing.filled import draw_filled, fill, plain
from backbone_desktop.printing.flow import paginate
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.grid import Grid, first
from backbone_desktop.printing.hands import MODULE, Hands, Matrix
from backbone_desktop.printing.paper import A4, A5, GREY, MIDDLE, POINT, Ink, Paper
from backbone_desktop.printing.qr import QUIET, qr_matrix
from backbone_desktop.printing.setter import Setter, Type
from backbone_desktop.words.both import BENEATH
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.household_card import CardLine, HouseholdCardData
    from backbone_desktop.words import Words

FOLD = 8.0
"""White between the two halves, with the fold in its middle, in millimetres."""
FOOT = 3.5
MOST_EXTRA = 4.0
"""Millimetres by which a row may be let out to fill its half."""
EDGE, TICK = 4.0, 2.2
"""The marks that show where to fold: how far from the sheet's edges they stand, and how long they are."""
STEPS = ("step_stay", "step_bring", "step_receipt", "step_payment", "step_free")


@dataclass(frozen=True, slots=True)
class Layout:
    type: Type
    head: float
    """Height of a half's title, in millimetres."""
    label: float
    told: tuple[float, ...]
    """Sizes of the directions in points: the largest that takes the fewest pages."""
    low: bool = False
    """On a low sheet the papers to bring stand beside the code as well, as they do where that saves a page."""


LAYOUTS = {
    "A5": Layout(Type(9, 8.5, 7, 15, 6.4, 0, 1.2, 0.6), 14.5, 19.0, (9.4, 9, 8.6, 8.2, 7.8, 7.4, 7)),
    "241x93": Layout(Type(7.5, 7, 6, 12, 4.4, 0, 1, 0.35), 10.5, 17.0, (7.5, 7.2, 6.9, 6.6, 6.3, 6), low=True),
}


def draw(document: Document, data: HouseholdCardData, words: Words) -> None:
    """Add the card's pages to a document, all or none; on A4 two of them make a sheet, which is cut in the middle.

    Raises `Unavailable("print.no_glyph", character=…)`.
    """
    halved = document.paper is A4
    for ink in _Card(document, data, words, halved=halved).pages():
        if halved:
            document.add_half(ink)
        else:
            document.add(ink)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the office is and how it is reached, with the card's code at the right."""

    hands: Hands
    lines: Content
    matrix: Matrix
    scan: str

    @property
    def height(self) -> float:
        return max(self.lines.height, self.hands.code_height(self.matrix) + QUIET * MODULE)

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        self.lines.draw(ink, x, y, width, height)
        side = len(self.matrix) * MODULE
        top = y + (height - self.hands.code_height(self.matrix) + QUIET * MODULE) / 2
        self.hands.code(ink, self.matrix, self.scan, x + width - side - 2 * QUIET * MODULE, top)

    def split(self, room: float) -> tuple[Content, Content] | None:
        fits = self.hands.code_height(self.matrix) + QUIET * MODULE <= room < self.lines.height
        halves = self.lines.split(room) if fits else None
        return (replace(self, lines=halves[0]), halves[1]) if halves else None


class _Card:
    def __init__(self, document: Document, data: HouseholdCardData, words: Words, *, halved: bool) -> None:
        self._document, self._data, self._words, self._halved = document, data, words, halved
        self._paper: Paper = replace(A5, height=A4.height / 2) if halved else document.paper
        self._layout = LAYOUTS[self._paper.name]
        self._set = Setter(document.fonts, self._layout.type)
        self._wide = (self._paper.inner - FOLD) / 2
        self._grid = Grid(self._set, words, "form.household_card.", self._wide)
        self._hands = Hands(self._set)
        self._issued = data.printed_at.astimezone(CHINA)
        self._room = self._paper.height - self._paper.top - self._paper.bottom - self._layout.head - FOOT
        self._covered = paginate([self._particulars(), self._members()], self._room, 0)
        self._size = self._layout.told[0]
        self._low = self._layout.low
        ways = [(low, size) for low in dict.fromkeys((self._layout.low, True)) for size in self._layout.told]
        self._told = min((self._told_in(low, size) for low, size in ways), key=len)

    def _told_in(self, low: bool, size: float) -> list[list[Section]]:
        self._low, self._size = low, size
        return paginate([Section("", tuple(self._directions()))], self._room, 0)

    def pages(self) -> list[Ink]:
        count = max(len(self._covered), len(self._told))
        return [self._page(number, count) for number in range(count)]

    def _page(self, number: int, count: int) -> Ink:
        ink = self._document.half() if self._halved else self._document.page()
        paper, say = self._paper, self._grid.say
        left, right = paper.side, paper.side + self._wide + FOLD
        self._fold(ink)
        if self._halved and (number % 2 == 1) is self._document.begun:
            self._cut(ink)
        if number < len(self._covered):
            self._title(ink, left, first(self._words("form.programme")), say("title"), self._mark())
            last = number == len(self._covered) - 1
            self._covered_half(ink, left, self._covered[number], sealed=last)
        if number < len(self._told):
            issued = fill(self._words, "form.household_card.number", number=self._data.number, day=self._issued.date())
            self._title(ink, right, issued, say("told_title"), "")
            rows = _rows(self._told[number])
            free = self._room - sum(row.height for row in rows)
            self._rows(ink, right, _taller(rows, free / len(rows)))
        if count > 1:
            page = self._words("form.page", number=number + 1, of=count)
            self._hands.over(ink, page, left, paper.height - paper.bottom - self._hands.caption, paper.inner,
                             align="right")
        return ink

    # -- what stands in the halves

    def _particulars(self) -> Section:
        data, grid, label = self._data, self._grid, self._layout.label
        period = first(grid.say("period_days", starts=data.period[0], ends=data.period[1])) if data.period else ""
        return Section("", (
            grid.pairs(label, ("household_no", data.number, Face.FIGURE), ("head", data.head_name, Face.TEXT)),
            grid.wide("place", label, grid.value(data.county_name + data.place, self._wide - label)),
            grid.wide("period", label, grid.value(
                first(grid.say("in_year", year=data.policy_year, period=period)), self._wide - label, Face.FIGURE)),
        ))

    def _members(self) -> Section:
        label = self._layout.label
        columns = (("name", self._wide * 0.36), ("relation", label), ("cover", self._wide * 0.64 - label))
        rows = [self._member(one, dict(columns)) for one in self._data.members]
        return replace(self._grid.table("title", columns, rows), name="")

    def _member(self, one: CardLine, width: dict[str, float]) -> list[Content]:
        say = self._grid.say
        cover = say("period_days", starts=one.cover[0], ends=one.cover[1]) if one.cover else say("not_covered")
        return [self._grid.centred(one.name, width["name"]),
                self._grid.centred(self._words(one.relation), width["relation"]),
                self._grid.centred(cover, width["cover"], Face.FIGURE)]

    def _directions(self) -> list[Row]:
        say, size, wide = self._grid.say, self._size, self._wide
        matrix = qr_matrix(self._data.qr)
        beside = wide - len(matrix) * MODULE - 4 * QUIET * MODULE
        low, papers, reach = self._low, self._papers(), self._reach()
        text = self._text(f"{papers}\n{reach}" if low else reach, beside)
        return [
            self._row(self._set.steps([say(code) for code in STEPS], wide, size, filled=False)),
            *(() if low else (self._row(self._text(papers, wide)),)),
            self._row(Reach(self._hands, text, matrix, say("scan"))),
            self._row(self._set.lines(say("note"), wide, size=self._set.size.small, most=99)),
        ]

    def _papers(self) -> str:
        """What to bring always, and then in which case what else."""
        say, words = self._grid.say, self._words
        between = "、" if words.language.startswith("zh") else ", "
        cases: dict[str, list[str]] = {"": []}
        for paper in self._data.papers:
            cases.setdefault(paper.when, []).append(paper.text or first(words(f"document.{paper.code}")))
        lines = []
        for when, names in cases.items():
            code = f"document_when.{when}"
            case = first(say("bring") if not when else words(code) if words.knows(code) else when)
            if names:
                lines.append(first(say("case", case=case[:1].upper() + case[1:], papers=between.join(names))))
        return "\n".join(lines) or first(say("bring_ask"))

    def _reach(self) -> str:
        data, say, contacts = self._data, self._grid.say, self._data.contacts
        told = [say("office", office=data.office), say("address", address=contacts.address) if contacts.address else "",
                # the one thing that a family cannot do without has a line to write it on
                say("phone", phone=contacts.phone or "＿＿＿＿＿＿＿＿＿"),
                say("hours", hours=contacts.hours) if contacts.hours else "",
                say("insurer", insurer=data.insurer, phone=contacts.insurer_phone)
                if data.insurer and contacts.insurer_phone else ""]
        return "\n".join(first(line) for line in told if line)

    def _text(self, text: str, width: float) -> Lines:
        return self._set.lines(text, width, size=self._size, most=99)

    def _row(self, content: Content) -> Row:
        return Row(((content, self._wide),), self._set.size.row)

    # -- how they are drawn

    def _mark(self) -> str:
        return self._words("form.reprint", n=self._data.copy) if self._data.copy else ""

    def _title(self, ink: Ink, x: float, above: str, title: str, mark: str) -> None:
        """A small line over a title, both in the middle of a half, and at its right the mark of a reprint."""
        size, top, wide = self._set.size, self._paper.top, self._wide
        line = self._set.lines(first(mark), wide, Face.STRONG, size=size.label, air=0)
        long = self._set.fonts.width(line.lines[0], line.face, line.size) / POINT + 2 * size.pad
        room = wide - 2 * long - 2 if mark else wide * 0.8
        at = top + size.text * 0.5 / POINT
        for both, face, points in ((above, Face.TEXT, size.text), (title, Face.TITLE, size.title)):
            text = both.replace(BENEATH, " ")
            natural = self._set.fonts.width(plain(text), face, points) / POINT
            scale = min(1.0, room / natural)
            base = at + points * 0.5 / POINT + MIDDLE * points * scale / POINT
            left = x + (wide - natural * scale) / 2
            if plain(text) == text:
                ink.text(left, base, text, face, points * scale)
            else:
                draw_filled(ink, self._set.fonts, text, (left, base), points * scale)
            at += points * 1.25 / POINT
        if mark:
            high = line.leading + 0.6
            ink.box(x + wide - long, top, long, high, 0.6)
            line.draw(ink, x + wide - long, top, long, high)

    def _covered_half(self, ink: Ink, x: float, sections: list[Section], *, sealed: bool) -> None:
        """Where there is room the office's seal goes below who is covered."""
        rows = _rows(sections)
        free = self._room - sum(row.height for row in rows)
        if not sealed or free < SEAL + 2:
            share = free / len(rows)
            self._rows(ink, x, _taller(rows, share if share < MOST_EXTRA else MOST_EXTRA / 2))
            return
        y = self._rows(ink, x, rows)
        bottom = self._paper.top + self._layout.head + self._room
        on = self._issued
        self._hands.seal(ink, (x + self._wide / 2, (y + bottom) / 2), self._data.office, first(self._grid.say("seal")),
                         day=first(self._words("form.date", year=on.year, month=on.month, day=on.day)), known=True)

    def _rows(self, ink: Ink, x: float, rows: Sequence[Row]) -> float:
        """Rows in a frame that reaches down to the sheet's foot; return where the rows end."""
        top = y = self._paper.top + self._layout.head
        for row in rows:
            row.draw(ink, x, y, row.height)
            y += row.height
            if y < top + self._room - 0.1:
                ink.line(x, y, x + self._wide, y, RULE)
        ink.box(x, top, self._wide, self._room, FRAME)
        return y

    def _fold(self, ink: Ink) -> None:
        middle, low = self._paper.width / 2, self._paper.height - EDGE
        for y in (EDGE, low - TICK):
            ink.line(middle, y, middle, y + TICK, 0.4, grey=GREY)

    def _cut(self, ink: Ink) -> None:
        """Marks at the lower edge of an upper half, where the sheet is cut."""
        for x in (EDGE, self._paper.width - EDGE - TICK):
            ink.line(x, self._paper.height, x + TICK, self._paper.height, 0.4, grey=GREY)


def _rows(sections: Sequence[Section]) -> list[Row]:
    return [row for section in sections for row in ((section.head, *section.rows) if section.head else section.rows)]


def _taller(rows: Sequence[Row], by: float) -> list[Row]:
    return [replace(row, least=row.height + by) for row in rows]
