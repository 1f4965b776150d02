"""A copy of a roster with what the dry run says of each row, for whoever has to put the sheet right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from backbone_desktop.exporting.text_book import TextBook
from backbone_desktop.services.roster_plan import RosterPlan
from backbone_desktop.services.roster_rows import RosterFile, Verdict
from backbone_desktop.services.roster_words import reasons, verdict_words
from backbone_desktop.words import Words

_COLOURS = {Verdict.REFUSED: "#F8D7DA", Verdict.DOUBTFUL: "#FFF3CD", Verdict.NEW: "#D9EAD3", Verdict.CHANGED: "#D9E8F5",
            Verdict.MOVED: "#D9E8F5"}
"""The cell also says it in a word; the colour only helps to find it."""


class MarkedRoster:
    """`services.roster_marking.MarkedWriter`: the rows as they stand behind their row number, the verdict and the
    reasons; on a sheet of their own, who is not on the roster."""

    def __init__(self, target: Path, *, replace: bool = False) -> None:
        self._text = TextBook(target, replace=replace)

    def write(self, file: RosterFile, columns: Mapping[str, int], plan: RosterPlan, words: Words) -> None:
        _write_rows(self._text, file, columns, plan, words)
        _write_gone(self._text, plan, words)

    def finish(self) -> None:
        self._text.finish()

    def keep(self) -> None:
        self._text.keep()

    def discard(self) -> None:
        self._text.discard()


def _write_rows(text_book: TextBook, file: RosterFile, columns: Mapping[str, int], plan: RosterPlan,
                words: Words) -> None:
    book, write = text_book.book, text_book.text
    sheet = book.add_worksheet(words("Roster, checked"))
    bold = book.add_format({"bold": True, "bg_color": "#EEEEEE"})
    colours = {verdict: book.add_format({"bg_color": colour}) for verdict, colour in _COLOURS.items()}
    sheet.freeze_panes(1, 3)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 48)
    sheet.set_column(3, 2 + len(file.header), 16)
    for place, title in enumerate((words("Row"), words("Result"), words("What changes, and why"), *file.header)):
        write(sheet, 0, place, title, bold)
    lines = {line.row_no: line for line in plan.lines if line.row_no}
    for at, row in enumerate(file.rows(columns), start=1):
        sheet.write_number(at, 0, row.row_no)
        line = lines.get(row.row_no)
        if line is not None:
            write(sheet, at, 1, verdict_words(words, line.verdict), colours.get(line.verdict))
            write(sheet, at, 2, "; ".join(reasons(words, line)))
        for place, text in enumerate(row.cells, start=3):
            write(sheet, at, place, text)
    sheet.autofilter(0, 0, max(1, len(lines)), 2 + len(file.header))


def _write_gone(text_book: TextBook, plan: RosterPlan, words: Words) -> None:
    gone = plan.lines.of(Verdict.GONE)
    if not gone:
        return
    book, write = text_book.book, text_book.text
    sheet = book.add_worksheet(verdict_words(words, Verdict.GONE))
    bold = book.add_format({"bold": True, "bg_color": "#EEEEEE"})
    sheet.set_column(0, 2, 22)
    for place, field in enumerate(("household_no", "name", "id_no")):
        write(sheet, 0, place, words(f"roster_field.{field}"), bold)
    for at, line in enumerate(gone, start=1):
        for place, text in enumerate((line.household_no, line.name, line.id_no)):
            write(sheet, at, place, text)
