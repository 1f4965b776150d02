"""Writes the payment file for the bank, as a workbook or CSV, with room for what the bank answers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from backbone_core.money import capitals
from backbone_server.payment_files import PaymentRow
from backbone_server.result_words import STATES, TITLES

WORKBOOK, PLAIN = ".xlsx", ".csv"
_ASKED = (("sequence", 6), ("receipt_no", 28), ("case_no", 20), ("account_holder", 14), ("bank_account", 26),
          ("bank_name", 26), ("paid_amount", 16), ("remark", 16))
_ANSWERED = (("payment_state", 12), ("paid_on", 14), ("reference", 22), ("failure", 20), ("failed_on", 14))
"""Left empty: the bank fills them in and sends the file back."""
_AMOUNT = [name for name, _ in _ASKED].index("paid_amount")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula."""


def payment_sheet(rows: Sequence[PaymentRow], *, county: str, number: int, made_at: datetime, suffix: str) -> bytes:
    """`made_at` is the day and time in China that stands on the file."""
    heading = f"理赔款支付清单　{county}　第 {number} 号　制表日期 {made_at:%Y-%m-%d}"
    titles = ["序号" if name == "sequence" else TITLES[name][0] for name, _ in (*_ASKED, *_ANSWERED)]
    titles[_AMOUNT] += "（元）"
    total = sum(row.amount for row in rows)
    last = ["合计", f"共 {len(rows)} 笔", "", "", "", capitals(total, prefix=True)]
    lines = [[str(row.sequence), row.receipt_no, row.case_no, row.account_holder, row.bank_account, row.bank_name]
             for row in rows]
    amounts, notes = [row.amount for row in rows] + [total], [_note(row) for row in rows] + [""]
    page = _Page(heading, titles, [*lines, last], amounts, notes)
    return _workbook(page, made_at) if suffix == WORKBOOK else _plain(page)


class _Page(NamedTuple):
    """`lines` are the texts before the amount; the last line is that of the totals."""

    heading: str
    titles: list[str]
    lines: list[list[str]]
    amounts: list[int]
    notes: list[str]


def _note(row: PaymentRow) -> str:
    return f"第{row.attempt}次支付" if row.attempt > 1 else ""


def _plain(page: _Page) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([page.heading])
    writer.writerow(page.titles)
    for line, amount, note in zip(page.lines, page.amounts, page.notes, strict=True):
        writer.writerow([_unlike_formula(cell) for cell in [*line, f"{amount // 100}.{amount % 100:02}", note]]
                        + [""] * len(_ANSWERED))
    return out.getvalue().encode("utf-8-sig")


def _unlike_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _workbook(page: _Page, made_at: datetime) -> bytes:
    from xlsxwriter import Workbook

    heading, titles, lines, amounts, notes = page

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
                          "strings_to_urls": False})
    book.set_properties({"title": heading, "created": made_at.replace(tzinfo=None)})
    dress = _Dress(book)
    sheet = book.add_worksheet("支付清单")
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.set_footer("&C&P / &N")
    sheet.freeze_panes(2, 2)
    sheet.write_string(0, 0, heading, dress.heading)
    for column, (title, (_, width)) in enumerate(zip(titles, (*_ASKED, *_ANSWERED), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, title, dress.title if column < len(_ASKED) else dress.asked)
    for place, (line, amount, note) in enumerate(zip(lines, amounts, notes, strict=True), start=2):
        is_last = place == len(lines) + 1
        for column, text in enumerate([*line, "", note]):
            dress.write(sheet, place, column, text, is_last=is_last)
        sheet.write_number(place, _AMOUNT, amount / 100, dress.total_amount if is_last else dress.amount)
        for column in range(len(_ASKED), len(titles)):
            sheet.write_blank(place, column, None, dress.text)
    if len(lines) > 1:
        said = [words[0] for words in STATES.values()]
        sheet.data_validation(2, len(_ASKED), len(lines), len(_ASKED), {"validate": "list", "source": said})
    book.close()
    return out.getvalue()


class _Dress:
    """How the cells look. Every cell but the amounts is text, so that no account number is rounded."""

    def __init__(self, book: Any) -> None:
        self.heading = book.add_format({"bold": True, "font_size": 14})
        self.title = book.add_format({"bold": True, "bg_color": "#D9EAE6", "border": 1})
        self.asked = book.add_format({"bg_color": "#F0F2F1", "border": 1})
        self.text = book.add_format({"num_format": "@", "border": 1})
        self.amount = book.add_format({"num_format": "#,##0.00", "border": 1})
        self.total_amount = book.add_format({"num_format": "#,##0.00", "border": 1, "bold": True})
        self._total = book.add_format({"num_format": "@", "border": 1, "bold": True})
        self._quoted = book.add_format({"quote_prefix": True, "num_format": "@", "border": 1})

    def write(self, sheet: Any, row: int, column: int, text: str, *, is_last: bool) -> None:
        usual = self._total if is_last else self.text
        sheet.write_string(row, column, text, self._quoted if text.startswith(_FORMULA_STARTS) else usual)
