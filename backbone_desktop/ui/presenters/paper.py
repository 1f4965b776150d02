"""What a paper's page shows and does: the sheet as the next print would have it, counted only when it goes out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.services.calibration import UNCORRECTED, Calibration, calibration_of
from backbone_desktop.services.forms import A4_LYING, AS_IT_IS, PAPERS, Form, Parts
from backbone_desktop.services.printing import form_of, log_handed_over, put_in_place
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.forms import Fit
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.print_log import How
    from backbone_desktop.ui.backend import Papers

_RANGE = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the clerk chose; paper "" = the form's usual one, language "" = the office's."""

    form: Form
    subject: str
    paper: str = ""
    language: str = ""
    parts: Parts = Parts.BOTH

    @property
    def sheet(self) -> str:
        return self.paper or PAPERS[self.form][0]

    @property
    def fit(self) -> Fit:
        return replace(AS_IT_IS, parts=self.parts)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as it would be, or was, printed."""

    data: Any
    pdf: bytes
    pages: int


def sheet_of(desk: Desk, papers: Papers, wish: Wish) -> Sheet:
    """The next print, drawn but not counted. Raises `Unavailable("print.no_glyph", character=…)`."""
    return _drawn(papers, wish, form_of(desk, wish.form, wish.subject), wish.fit)


def sheet_for(desk: Desk, papers: Papers, wish: Wish, printer: str) -> Sheet:
    """The same, corrected for a printer."""
    known = calibration_of(desk, printer, wish.form) or UNCORRECTED
    return _drawn(papers, wish, form_of(desk, wish.form, wish.subject), known.fit(wish.parts))


def log_sheet(desk: Desk, wish: Wish, sheet: Sheet, how: How, *, printer: str = "", sheets: int = 1) -> None:
    """Log a paper that has been handed over."""
    log_handed_over(desk, wish.form, wish.subject, sheet.data.number, how, paper=wish.sheet, printer=printer,
                    sheets=sheets)


def save_sheet(desk: Desk, papers: Papers, wish: Wish, path: Path) -> Sheet:
    """Save a paper as PDF and log it. Raises `Unavailable("print.not_saved")` before anything is logged when the
    place cannot take it; a file that is there already is replaced whole or not at all."""
    aside = path.with_name(path.name + ".new")
    sheet = sheet_of(desk, papers, wish)
    try:
        aside.write_bytes(sheet.pdf)
        put_in_place(desk, wish.form, ((wish.subject, sheet.data.number),), "pdf", aside=aside, path=path,
                     paper=wish.sheet)
    except OSError as error:
        raise Unavailable("print.not_saved") from error
    finally:
        aside.unlink(missing_ok=True)
    return sheet


def file_name(sheet: Sheet) -> str:
    """The number alone: names of people do not belong into names of files."""
    return re.sub(r"[^\w.-]+", "-", sheet.data.number) + ".pdf"


def paper_words(words: Words, paper: str) -> str:
    return words("A4, lying") if paper == A4_LYING else paper.replace("x", " × ")


def title_of(words: Words, form: Form) -> str:
    return words(f"form.{form}.title")


def copy_line(words: Words, copy: int) -> str:
    """Whether the next print is the first, and how it will be marked if not."""
    if copy == 0:
        return words("Not printed yet")
    if copy == 1:
        return words("Printed once already; the next print is marked as reprint 1")
    return words("Printed {n} times already; the next print is marked as reprint {n}", n=copy)


def pages_line(words: Words, pages: int) -> str:
    return words("1 page") if pages == 1 else words("{n} pages", n=pages)


def calibration_line(words: Words, known: Calibration | None) -> str:
    if known is None:
        return words("This printer is not calibrated for this form")
    return words("Calibrated: {dx} mm right, {dy} mm down, {scale} %", dx=f"{known.dx / 10:+.1f}",
                 dy=f"{known.dy / 10:+.1f}", scale=f"{known.scale / 10:.1f}")


def pages_in(typed: str, of: int) -> tuple[int, ...]:
    """"1-3,5" as pages in this order, each once; "" = () = all. Raises RuleBroken print.range (of) at `pages`."""
    half_width = unicodedata.normalize("NFKC", typed).strip()
    text = re.sub(r"[、;\s]+", ",", re.sub(r"[—–~]+", "-", half_width)).strip(",")
    if not text:
        return ()
    pages: dict[int, None] = {}
    for part in text.split(","):
        found = _RANGE.fullmatch(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= of:
            raise RuleBroken("print.range", "pages", of=of)
        pages.update(dict.fromkeys(range(first, last + 1)))
    return tuple(pages)


def _drawn(papers: Papers, wish: Wish, data: Any, fit: Fit) -> Sheet:
    asked = replace(data, language=wish.language) if wish.language else data
    pdf = papers.form(wish.form, asked, wish.sheet, fit)
    return Sheet(asked, pdf, papers.pages(pdf))
