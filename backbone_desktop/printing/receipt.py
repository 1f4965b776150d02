"""The claim receipt (理赔申请受理回执): what the family takes home as proof of what the office took in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backbone_core.money import capitals, format_amount
from backbone_desktop.printing.closing import Closing
from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import FRAME, RULE, Content, Lines, Row, Section, Stack, Twin
from backbone_desktop.printing.filled import fill, plain
from backbone_desktop.printing.flow import let_out, paginate
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.heading import Heading
from backbone_desktop.printing.paper import POINT, Ink
from backbone_desktop.printing.setter import BENEATH_SIZE, SMALLEST, Setter, Type
from backbone_desktop.words.both import BENEATH, first_language

if TYPE_CHECKING:
    from backbone_desktop.services.receipts import ReceiptData
    from backbone_desktop.words import Words

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """What differs between the papers: sizes, and the widths of the table's columns in millimetres."""

    type: Type
    programme: float
    """Size of the line above the title."""
    head: float
    foot: float
    pairs: tuple[tuple[float, float], ...]
    """(label, value) of the particulars; a long value takes the widths up to the end of its row."""
    amounts: int
    """Amounts side by side."""
    amount: float
    """Width of a figure."""
    low: bool
    """On a low sheet the papers handed in stand at the left of the seal and the steps follow each other in a line."""
    note: str = "form.receipt.note"
    """What stands at the foot; of continuous paper in three parts also which part stays where."""


LAYOUTS = {
    "A5": Layout(Type(8, 7, 6.5, 16.5, 4.9, 8, 1.2, 0.5), 9, 17, 4.2,
                 ((16, 40), (18, 34), (15, 57)), 4, 16.5, low=True),
    "241x140": Layout(Type(8, 7, 6.5, 16, 4.6, 8, 1.2, 0.4), 9, 16, 4,
                      ((17, 46), (19, 40), (16, 69)), 4, 18.5, low=True, note="form.receipt.note_three_parts"),
    "A4": Layout(Type(10.5, 10, 8, 22, 7, 10, 1.8, 1), 12, 26, 8, ((25, 60), (25, 60)), 2, 28, low=False),
}
LOW_ROWS: tuple[tuple[str, ...], ...] = (
    ("household_no", "head", "address"), ("member", "relation", "id_no"), ("hospital", "", "stay"),
    ("diagnosis", "", "account"),
)
HIGH_ROWS: tuple[tuple[str, ...], ...] = (
    ("household_no", "head"), ("member", "relation"), ("id_no", "account"), ("address",), ("hospital",), ("stay",),
    ("diagnosis",),
)
TIGHTER = (0.97, 0.94, 0.91, 0.88)
"""A receipt that is a line too long for its sheet is set a little smaller before it takes a second sheet."""
AMOUNTS = (
    "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc",
    "hifp_pay", "cvlserv_pay", "hifmi_pay", "maf_pay", "oth_pay", "fund_pay_sumamt", "psn_part_amt", "acct_pay",
    "psn_cash_pay", "hosp_part_amt",
)
"""In the settlement sheet's order."""


def draw(document: Document, data: ReceiptData, words: Words) -> None:
    """Add the receipt's pages to a document, all or none.

    Raises `Unavailable("print.no_glyph", character=…)`.
    """
    layout = LAYOUTS[document.paper.name]
    whole = _Receipt(document, data, layout, words)
    for scale in TIGHTER:
        if len(whole.pages) == 1:
            break
        tighter = _Receipt(document, data, _tighter(layout, scale), words)
        whole = tighter if len(tighter.pages) == 1 else whole
    whole.draw()


def _tighter(layout: Layout, scale: float) -> Layout:
    kind = layout.type
    smaller = replace(kind, text=kind.text * scale, label=kind.label * scale, small=kind.small * scale,
                      row=kind.row * scale, air=kind.air * scale)
    return replace(layout, type=smaller)


class _Receipt:
    def __init__(self, document: Document, data: ReceiptData, layout: Layout, words: Words) -> None:
        paper = document.paper
        self.document, self.data, self.paper, self.layout, self.words = document, data, paper, layout, words
        self.type = layout.type
        self.set = Setter(document.fonts, layout.type)
        self.inner = paper.inner - layout.type.side
        """Width of the rows, without the column of the sections' names."""
        self.closing = Closing(self.set, data, words, paper.inner, self._papers, beside=layout.low)
        sections = [self._particulars(), self._amounts(), *self.closing.before, self._benefit()]
        chinese = data.language.startswith("zh")
        self.heading = Heading(
            self.set, paper, words("form.programme"), layout.programme, words("form.receipt.title"),
            0.06 if chinese else 0,
            (fill(words, "form.receipt.office", office=data.office),
             fill(words, "form.receipt.received", at=data.received_at),
             fill(words, "form.receipt.number", number=data.receipt_no)),
            words("form.reprint", n=data.copy) if data.copy else "", layout.head,
        )
        foot = max(layout.foot, self.heading.foot_height(words(layout.note)))
        self.room = paper.height - paper.top - paper.bottom - self.heading.height - foot
        self.pages = paginate(sections, self.room, self.closing.height)

    def draw(self) -> None:
        drawn = [self._page(number, page) for number, page in enumerate(self.pages, 1)]
        for ink in drawn:
            self.document.add(ink)

    def _page(self, number: int, page: list[Section]) -> Ink:
        ink = self.document.page()
        self.heading.draw(ink)
        last = number == len(self.pages)
        used = sum(section.height for section in page) + (self.closing.height if last else 0)
        top = self.paper.top + self.heading.height
        y = self._table(ink, top, let_out(page, self.room - used) if number == 1 else page)
        if last:
            self.closing.draw(ink, self.paper.side, y)
            y += self.closing.height
        ink.box(self.paper.side, top, self.paper.inner, y - top, FRAME)
        self.heading.foot(ink, self.words(self.layout.note),
                          self.words("form.page", number=number, of=len(self.pages)))
        return ink

    def _table(self, ink: Ink, y: float, sections: list[Section]) -> float:
        """Draw the sections from `y` down; return where they end."""
        left, right = self.paper.side, self.paper.side + self.paper.inner
        for number, section in enumerate(sections):
            if number:
                ink.line(left, y, right, y, RULE)
            self.set.side(ink, section, left, y)
            for place, row in enumerate(section.rows):
                if place:
                    ink.line(left + self.type.side, y, right, y, RULE)
                row.draw(ink, left + self.type.side, y, row.height)
                y += row.height
        return y

    def _name(self, code: str) -> Lines | str | Twin:
        return self.set.section_name(self.words(code), upright=self.data.language.startswith("zh"))

    def _particulars(self) -> Section:
        data, words = self.data, self.words
        stay = first_language(words("form.receipt.stay_days", admitted=data.admitted, discharged=data.discharged,
                                    days=data.days))
        short = {
            "household_no": (data.household_no, Face.FIGURE), "head": (data.head_name, Face.TEXT),
            "address": (data.village_line, Face.TEXT), "member": (data.member_name, Face.TEXT),
            "relation": (words(data.relation) if data.relation else "", Face.TEXT),
            "id_no": (data.id_no_masked, Face.FIGURE),
            "hospital": (data.hospital, Face.TEXT), "stay": (stay, Face.FIGURE),
            "diagnosis": (data.diagnosis, Face.TEXT), "account": (data.account_masked, Face.FIGURE),
        }
        rows = LOW_ROWS if self.layout.low else HIGH_ROWS
        return Section(self._name("form.receipt.particulars"), tuple(self._pairs(row, short) for row in rows))

    def _pairs(self, names: tuple[str, ...], values: dict[str, tuple[str, Face]]) -> Row:
        """A row of label and value; "" widens the value before it, the last takes what is left."""
        cells: list[tuple[Content, float]] = []
        at = 0
        while at < len(names):
            end = at + 1
            while end < len(names) and not names[end]:
                end += 1
            last = end if end < len(names) else len(self.layout.pairs)
            label, value = self.layout.pairs[at]
            value += sum(sum(pair) for pair in self.layout.pairs[at + 1 : last])
            text, face = values[names[at]]
            cells += [(self.set.label(self.words(f"form.receipt.{names[at]}"), label), label),
                      (self.set.value(text, value, face), value)]
            at = end
        return self.set.row(*cells)

    def _amounts(self) -> Section:
        words, across = self.words, self.layout.amounts
        labels = self._label_widths()
        rows = []
        for start in range(0, len(AMOUNTS), across):
            cells: list[tuple[Content, float]] = []
            for name, label in zip(AMOUNTS[start : start + across], labels, strict=True):
                figure = format_amount(getattr(self.data.costs, name))
                cells += [(self.set.label(words(self._cost(name)), label, align="left", most=2, least=0.85), label),
                          (self.set.amount(figure, self.layout.amount, Face.FIGURE, align="right"), self.layout.amount)]
            rows.append(self.set.row(*cells))
        rows += self._in_words(labels)
        return Section(self._name("form.receipt.amounts"), tuple(rows))

    def _in_words(self, labels: list[float]) -> list[Row]:
        """The two totals in capitals, below the columns of the amounts: side by side where there are four of them."""
        beside = self.layout.amounts == 4
        cells = []
        for name, label, width in (("medfee_sumamt", labels[0], self.columns[1] if beside else self.inner),
                                   ("psn_part_amt", labels[2 if beside else 0],
                                    self.inner - self.columns[1] if beside else self.inner)):
            text = capitals(getattr(self.data.costs, name), prefix=True)
            title = self.set.label(self.words(f"form.in_words.{name}"), label, align="left", least=0.85)
            cells.append(((title, label), (self.set.amount(text, width - label), width - label)))
        return [self.set.row(*cells[0], *cells[1])] if beside else [self.set.row(*pair) for pair in cells]

    @property
    def columns(self) -> tuple[float, float]:
        """Where the benefit's columns end, in line with the amounts above them."""
        labels, amount = self._label_widths(), self.layout.amount
        if self.layout.amounts == 4:
            return labels[0] + amount, labels[0] + labels[1] + 2 * amount
        return labels[0], labels[0] + amount

    def _label_widths(self) -> list[float]:
        """Widths of the amounts' names, each column as wide as its longest asks for, in proportion."""
        across = self.layout.amounts
        wanted = [self._width_of(*(self.words(self._cost(name)) for name in AMOUNTS[column::across]))
                  for column in range(across)]
        free = self.inner - across * self.layout.amount
        return [free * width / sum(wanted) for width in wanted] if across > 2 else [free / across] * across

    def _cost(self, name: str) -> str:
        """An amount's name; where four stand side by side, its shorter one."""
        return f"form.cost.{name}" if self.layout.low else f"cost.{name}"

    def _width_of(self, *labels: str) -> float:
        longest = max(self.set.fonts.width(label, Face.TEXT, self.type.label) for label in labels)
        return longest / POINT + 2 * self.type.pad + 0.1

    def _papers(self, width: float) -> Section:
        """The papers handed in and those still missing, in a table `width` wide."""
        label = self.layout.pairs[0][0]
        inner = width - self.type.side - label
        named = {ticked: [self.data.document_texts.get(paper) or self.words(f"document.{paper}") for paper in papers]
                 for ticked, papers in ((True, self.data.documents_in), (False, self.data.documents_missing))}
        columns = self.set.columns([*named[True], *named[False]], inner)
        rows = []
        for code, ticked in (("form.receipt.papers_in", True), ("form.receipt.papers_missing", False)):
            content = (self.set.ticks(named[ticked], inner, columns, ticked=ticked) if named[ticked]
                       else self.set.value(self.words("form.none"), inner))
            rows.append(self.set.row((self.set.label(self.words(code), label), label), (content, inner)))
        return Section(self._name("form.receipt.papers"), tuple(rows))

    def _benefit(self) -> Section:
        data, words = self.data, self.words
        label, end = self.columns
        figure = end - label
        note = ""
        amount = data.benefit
        if data.decided_amount is not None and not data.provisional:
            name, amount = words("form.receipt.decided"), data.decided_amount
        else:
            name, note = words("form.receipt.benefit"), words("form.receipt.provisional")
        value = self.inner - label
        title = Stack((*self._titled(name, label, Face.TITLE, self.type.text),
                       *(self._titled(note, label, Face.TEXT, self.type.small) if note else ())), self.type.air)
        if amount is None:
            return Section(self._name("form.receipt.payment"), (
                self.set.row((title, label), (self.set.value(words("form.receipt.benefit_open"), value), value)),
            ))
        money = self.set.lines(f"¥{format_amount(amount)}", figure, Face.STRONG, size=self.type.text * 1.25,
                               align="centre", least=SMALLEST, filled=True)
        rows = [self.set.row((title, label), (money, figure),
                             (self.set.amount(capitals(amount, prefix=True), value - figure), value - figure))]
        if data.trace:
            basis = plain(fill(words, "form.receipt.basis", scheme=data.scheme_line))
            sentences = [words.step(step) for step in data.trace]
            first = self.layout.pairs[0][0]
            width = self.inner - first
            steps = (self.set.run_in(sentences, basis, width, self.type.label) if self.layout.low
                     else self.set.steps(sentences, width, self.type.label, after=basis))
            rows.append(self.set.row((self.set.label(words("form.receipt.steps"), first), first), (steps, width)))
        return Section(self._name("form.receipt.payment"), tuple(rows))

    def _titled(self, text: str, width: float, face: Face, size: float) -> list[Lines]:
        """The benefit's name, in a second language smaller beneath it, or on a low sheet behind it."""
        if self.layout.low:
            return [self.set.lines(text, width, face, size=size, least=self.type.small, align="centre",
                                   air=0)]
        first, _, second = text.partition(BENEATH)
        one = self.set.lines(first, width, face, size=size, least=size * 0.85, align="centre", air=0)
        small = max(SMALLEST, size * BENEATH_SIZE)
        return [one, *([self.set.lines(second, width, size=small, least=SMALLEST, align="centre", air=0)]
                       if second else [])]
