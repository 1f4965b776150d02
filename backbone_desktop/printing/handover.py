"""The batch handover list (理赔材料交接清单): which claims' papers went from one office to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from backbone_core.money import capitals, format_amount
from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import SIGNATURE
from backbone_desktop.printing.filled import fill
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.heading import Heading
from backbone_desktop.printing.list_form import ListForm
from backbone_desktop.printing.setter import Setter, Type
from backbone_desktop.printing.strip import Code, Hands, Seal, Strip, signed
from backbone_desktop.printing.table import Column, Entry, Sum, Table
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.handover_ports import HandoverRow
    from backbone_desktop.services.handovers import HandoverData
    from backbone_desktop.words import Words

TYPE = Type(text=10, label=10, small=8.5, title=20, row=8, side=0, pad=1.2, air=0.9)
PROGRAMME, HEAD, FOOT = 11.0, 25.0, 7.0
BLANK = "＿" * 10
"""Where a hand writes the name of the office that takes the papers."""


def draw(document: Document, data: HandoverData, words: Words) -> None:
    """Add the list's pages to a document, all or none.

    Raises `Unavailable("print.no_glyph", character=…)`.
    """
    setter, paper = Setter(document.fonts, TYPE), document.paper
    made = data.made_at.astimezone(CHINA)
    day = words("form.date", year=made.year, month=made.month, day=made.day)
    heading = Heading(
        setter, paper, words("form.programme"), PROGRAMME, words("form.handover.title"),
        0.06 if data.language.startswith("zh") else 0,
        (fill(words, "form.handover.giver", office=data.giver),
         fill(words, "form.handover.receiver", office=data.receiver or BLANK),
         fill(words, "form.list.number", number=data.number)),
        words("form.reprint", n=data.copy) if data.copy else "", HEAD,
    )
    here = words("form.handover.seal")
    given = signed(setter, words, "form.handover.given_by", SIGNATURE[0], name=data.made_by)
    strip = Strip((
        (Hands(setter, (given, words("form.handover.answers"))),
         Seal(setter, data.giver, day, here)),
        (Hands(setter, (words("form.handover.taken_by"), words("form.handover.answers"))),
         Seal(setter, data.receiver, words("form.list.day"), here, open_=True)),
        (Code(setter, data.qr, words("form.receipt.scan")),),
    ), paper.inner)
    table = Table(setter, _columns(words), paper.inner)
    benefit = sum(row.benefit or 0 for row in data.rows)
    in_words = table.sum_row((
        Sum(words("form.list.in_words"), 2),
        Sum(words("form.cost.medfee_sumamt")),
        Sum(capitals(sum(row.total for row in data.rows), prefix=True), 3, "left", filled=True),
        Sum(words("form.receipt.benefit")), Sum(capitals(benefit, prefix=True), 4, "left", filled=True),
    ))
    ListForm(document=document, heading=heading, table=table, entries=lambda: _entries(data.rows, words),
             summed=lambda name, count, sums: _summed(words, name, count, sums), strip=strip, words=words,
             note=words("form.handover.note"), foot=FOOT, last_rows=(in_words,)).draw()


def _columns(words: Words) -> tuple[Column, ...]:
    stay, costs = words("form.handover.stay"), words("form.handover.costs")
    return (
        Column(words("form.list.place"), 13, face=Face.FIGURE),
        Column(words("form.handover.receipt_no"), 46, face=Face.FIGURE, amount=True),
        Column(words("form.handover.patient"), 24),
        Column(words("form.receipt.household_no"), 31, face=Face.FIGURE, amount=True),
        Column(words("form.handover.village"), 36, "left"),
        Column(words("form.handover.admitted"), 22, face=Face.FIGURE, over=stay, amount=True),
        Column(words("form.handover.discharged"), 22, face=Face.FIGURE, over=stay, amount=True),
        Column(words("form.cost.medfee_sumamt"), 25, "right", Face.FIGURE, costs, amount=True),
        Column(words("form.receipt.benefit"), 25, "right", Face.FIGURE, costs, amount=True),
        Column(words("form.handover.papers"), 14, face=Face.FIGURE),
        Column(words("form.recovery.remark"), 28, "left"),
    )


def _entries(rows: tuple[HandoverRow, ...], words: Words) -> Iterator[Entry]:
    for place, row in enumerate(rows, 1):
        remarks = []
        if row.missing:
            remarks.append(words("form.handover.missing", n=row.missing))
        if row.earlier:
            remarks.append(words("form.handover.again", number=row.earlier))
        yield Entry(
            (str(place), row.receipt_no, row.patient or "—", row.household_no or "—", row.village or "—",
             row.admitted.isoformat() if row.admitted else "—", row.discharged.isoformat() if row.discharged else "—",
             format_amount(row.total),
             words("form.receipt.benefit_open") if row.benefit is None else format_amount(row.benefit),
             str(row.papers), "\n".join(remarks)),
            (row.total, row.benefit or 0, row.papers))


def _summed(words: Words, name: str, count: int, sums: tuple[int, ...]) -> tuple[Sum, ...]:
    total, benefit, papers = sums or (0, 0, 0)
    return (Sum(name, 2), Sum(words("form.handover.count", n=count), 5, filled=True),
            Sum(format_amount(total), align="right", figure=True),
            Sum(format_amount(benefit), align="right", figure=True), Sum(str(papers), figure=True), Sum(""))
