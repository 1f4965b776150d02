"""Writes an empty result file for the insurer to fill in, with a sheet that explains its words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from backbone_core.errors import RuleBroken, Unavailable
from backbone_server.result_words import FAILURES, NUMBERS, OUTCOMES, REASONS, STATES, TITLES

_COLUMNS = (
    ("receipt_no", 28), ("name", 12), ("outcome", 12), ("amount", 14), ("reason_code", 14), ("reason", 28),
    ("decided_on", 14), ("revision", 12), ("revision_reason", 28),
    ("case_no", 20), ("insurer", 20), ("remark", 20), ("payment_state", 12), ("paid_amount", 14),
    ("paid_on", 14), ("reference", 22), ("bank_name", 20), ("bank_account", 26), ("account_holder", 12),
    ("failure", 20), ("failed_on", 14),
)
_NEEDED = frozenset({"receipt_no", "outcome", "amount", "decided_on"})
_ROWS = 2_000
_CHOICES = {"outcome": [said[0] for said in OUTCOMES.values()], "payment_state": [said[0] for said in STATES.values()]}
_NOTES = (
    "一行一笔理赔。回执编号照受理回执填写；金额单位为元；日期如 2019-09-10。",
    "核赔通过：赔付金额不低于测算金额，不填原因。部分赔付、拒赔：必须填原因代码或原因；拒赔的赔付金额为 0。",
    "农户不服、复核后改判的另报一行：“复核改判”填“改判”，结论日期晚于原结论，赔付金额高于原结论，并填改判原因。",
    "支付列可以与核赔结论一起填，也可以以后另交一份文件，只填回执编号和支付各列。",
    "支付失败的另填失败原因；重新支付时新增一行，填新的支付日期和流水号。",
    "最后一行可写“合计”，在赔付金额、支付金额列下填合计数，并注明“共 N 笔”，导入时核对。",
)


def write_template(target: Path) -> None:
    """Every cell to fill in is text, so that no number is rounded and nothing becomes a formula.

    Raises RuleBroken template.exists; Unavailable template.not_written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    if target.exists():
        raise RuleBroken("template.exists", "out")
    book = Workbook(str(target), {"strings_to_formulas": False, "strings_to_numbers": False,
                                  "strings_to_urls": False})
    try:
        _answers(book)
        _explained(book)
        book.close()
    except (OSError, XlsxWriterException):
        raise Unavailable("template.not_written") from None


def _answers(book: Any) -> None:
    sheet = book.add_worksheet("核赔结果")
    text = book.add_format({"num_format": "@"})
    needed = book.add_format({"bold": True, "bg_color": "#D9EAE6", "border": 1})
    other = book.add_format({"bg_color": "#F0F2F1", "border": 1})
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, TITLES[name][0], needed if name in _NEEDED else other)
        if name in _CHOICES:
            sheet.data_validation(1, column, _ROWS, column, {"validate": "list", "source": _CHOICES[name]})
    sheet.freeze_panes(1, 1)


def _explained(book: Any) -> None:
    sheet = book.add_worksheet("填写说明")
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 80)
    row = 0
    for note in _NOTES:
        sheet.write_string(row, 0, note)
        row += 1
    for title, lines in (
        ("原因代码", [(NUMBERS[code], "、".join(said)) for code, said in REASONS.items()]),
        ("失败原因", [("", "、".join(said)) for said in FAILURES.values()]),
    ):
        row += 1
        sheet.write_string(row, 0, title, bold)
        for key, words in lines:
            row += 1
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, words)
        row += 1
