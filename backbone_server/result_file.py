"""Finds the table in the insurer's result file, has it read, and holds it against the totals that were stated."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence

from backbone_core.cells import Row, decoded, row_text, text_rows
from backbone_core.errors import RuleBroken
from backbone_server.problems import Problem
from backbone_server.result_reading import DECIDING, Reading
from backbone_server.result_rows import ResultFile, Totals
from backbone_server.result_words import field_of

LOOKED_AT = 20
"""Rows from the top within which the header stands."""
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_result_file(content: bytes) -> ResultFile:
    """Raises RuleBroken decision_file.not_a_sheet, decision_file.no_header."""
    for rows in _sheets(content):
        for place, (row_no, cells) in enumerate(rows[:LOOKED_AT]):
            columns = _columns(cells)
            if "receipt_no" in columns and columns.keys() & {"outcome", "payment_state", "paid_on"}:
                read = Reading(cells, columns)
                read.take(rows[place + 1 :])
                return read.result(hashlib.sha256(content).hexdigest(), cells)
            if row_no >= LOOKED_AT:
                break
    raise RuleBroken("decision_file.no_header")


def check_totals(file: ResultFile, given: Totals) -> tuple[Problem, ...]:
    """What does not add up: the file's own line of totals, and what the insurer said beside the file.

    Payments that were not made yet may stand in the sum of payments or not.
    """
    summed = {
        "amount": sum(row.decided.amount for row in file.rows if row.decided),
        "paid": sum(row.paid.amount or 0 for row in file.rows if row.paid),
        "count": len(file.rows),
    }
    waiting = sum(row.waiting or 0 for row in file.rows)
    found = []
    for totals in (file.totals, given):
        for name, is_sum in summed.items():
            stated = getattr(totals, name) if totals else None
            if name == "paid" and stated == is_sum + waiting:
                continue
            if stated is not None and stated != is_sum:
                facts = ({"stated": stated, "counted": is_sum} if name == "count"
                         else {"stated_fen": stated, "summed_fen": is_sum})
                title = file.titles.get({"paid": "paid_amount"}.get(name, name), "")
                found.append(Problem(code=f"decision_file.{name}_differs", row_no=totals.row_no if totals else 0,
                                     title=title, facts=facts))
    return tuple(found)


def _sheets(content: bytes) -> Iterator[list[Row]]:
    try:
        if not content.startswith(_EXCEL):
            yield list(text_rows(decoded(content)))
            return
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                yield [(row_no, row_text(cells)) for row_no, cells in enumerate(sheet.iter_rows(), start=1)]
        except (CalamineError, OSError):
            raise ValueError("a damaged book") from None
    except ValueError:
        raise RuleBroken("decision_file.not_a_sheet") from None


def _columns(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, tuple[int, int]] = {}
    for place, title in enumerate(cells):
        name, rank = field_of(title) or ("", 0)
        if name and (name not in found or rank < found[name][0]):
            found[name] = (rank, place)
    columns = {name: place for name, (_, place) in found.items()}
    if "outcome" not in columns:  # a bank's file: its amounts are payments
        for name in DECIDING:
            columns.pop(name, None)
    return columns
