"""What the receipt page shows and does: the sheet as the next print would have it, counted only when it goes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from backbone_core.errors import Unavailable
from backbone_desktop.services.receipts import ReceiptData, print_receipt, receipt_of
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.print_log import How
    from backbone_desktop.ui.backend import Papers

PAPERS = ("A5", "A4")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the clerk chose; language "" = the office's."""

    claim_id: str
    paper: str = PAPERS[0]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A receipt as it would be, or was, printed."""

    data: ReceiptData
    pdf: bytes
    pages: int


def sheet_of(desk: Desk, papers: Papers, wish: Wish) -> Sheet:
    """The next print, drawn but not counted. Raises `Unavailable("print.no_glyph", character=…)`."""
    return _drawn(papers, receipt_of(desk, wish.claim_id), wish)


def counted_sheet(desk: Desk, papers: Papers, wish: Wish, how: How) -> Sheet:
    """A print that is logged. It is drawn once before that, so that no print is counted which cannot be made."""
    expected = sheet_of(desk, papers, wish)
    data = print_receipt(desk, wish.claim_id, how)
    same = replace(data, language=expected.data.language) == expected.data
    return expected if same else _drawn(papers, data, wish)


def save_sheet(desk: Desk, papers: Papers, wish: Wish, path: Path) -> Sheet:
    """Save the receipt as PDF and log it. Raises `Unavailable("print.not_saved")` before anything is logged when the
    place cannot take it; a file that is there already is replaced whole or not at all."""
    aside = path.with_name(path.name + ".new")
    try:
        aside.write_bytes(sheet_of(desk, papers, wish).pdf)
        sheet = counted_sheet(desk, papers, wish, "pdf")
        aside.write_bytes(sheet.pdf)
        aside.replace(path)
    except OSError as error:
        raise Unavailable("print.not_saved") from error
    finally:
        aside.unlink(missing_ok=True)
    return sheet


def file_name(data: ReceiptData) -> str:
    """The number alone: names of people do not belong into names of files."""
    return f"{data.receipt_no}.pdf"


def copy_line(words: Words, data: ReceiptData) -> str:
    """Whether the next print is the first, and how it will be marked if not."""
    if data.copy == 0:
        return words("Not printed yet")
    if data.copy == 1:
        return words("Printed once already; the next print is marked as reprint 1")
    return words("Printed {n} times already; the next print is marked as reprint {n}", n=data.copy)


def pages_line(words: Words, pages: int) -> str:
    return words("1 page") if pages == 1 else words("{n} pages", n=pages)


def _drawn(papers: Papers, data: ReceiptData, wish: Wish) -> Sheet:
    asked = replace(data, language=wish.language) if wish.language else data
    pdf = papers.receipt(asked, wish.paper)
    return Sheet(asked, pdf, papers.pages(pdf))
