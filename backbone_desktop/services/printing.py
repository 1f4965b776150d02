"""One way to print any form: read what it states, and log every paper that goes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.form_loaders import LOADERS
from backbone_desktop.services.forms import Form
from backbone_desktop.services.paper_language import paper_language
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.print_log import How, log_print, note_of


def form_of(desk: Desk, form: Form, subject: str) -> Any:
    """The form's data as the next print would state them.

    Raises RuleBroken account.not_allowed, and what the form's loader raises.
    """
    with desk.read() as work:
        return _next(desk, work, form, subject)


def print_form(desk: Desk, form: Form, subject: str, how: How, *, paper: str = "", printer: str = "") -> Any:
    """Count and log one print, and return what to put on the paper."""
    with desk.open() as work:
        data = _next(desk, work, form, subject)
        log_print(desk, work, note_of(desk, form, subject, data.number, copy=data.copy, how=how, paper=paper,
                                      printer=printer))
        work.commit()
    return data


def log_handed_over(desk: Desk, form: Form, subject: str, number: str, how: How, *, paper: str = "",
                    printer: str = "", sheets: int = 1) -> None:
    """Log a paper that has just been handed over; `sheets` copies of it went out in one go.

    What the printer did not take is not logged, so this comes after it, at once.
    """
    log_many(desk, form, ((subject, number),), how, paper=paper, printer=printer, sheets=sheets)


def log_many(desk: Desk, form: Form, papers: Iterable[tuple[str, str]], how: How, *, paper: str = "",
             printer: str = "", sheets: int = 1) -> None:
    """Log papers that went out together, as (subject, number), all or none."""
    with desk.open() as work:
        _note(desk, work, form, papers, how, paper=paper, printer=printer, sheets=sheets)
        work.commit()


def put_in_place(desk: Desk, form: Form, papers: Iterable[tuple[str, str]], how: How, *,
                 aside: Path, path: Path, paper: str = "") -> None:
    """Move a finished file where it belongs and log its papers, as (subject, number): both or neither.

    Raises OSError where the place cannot take it, as when somebody still looks at the file that it replaces.
    """
    placed = False
    try:
        with desk.open() as work:
            _note(desk, work, form, papers, how, paper=paper)
            aside.replace(path)
            placed = True
            work.commit()
    except BaseException:
        if placed:
            path.unlink(missing_ok=True)
        raise


def _note(desk: Desk, work: UnitOfWork, form: Form, papers: Iterable[tuple[str, str]], how: How, *, paper: str,
          printer: str = "", sheets: int = 1) -> None:
    for subject, number in papers:
        note = note_of(desk, form, subject, number, copy=work.prints.copies(form, number), how=how, paper=paper,
                       printer=printer)
        log_print(desk, work, note, sheets)


def _next(desk: Desk, work: UnitOfWork, form: Form, subject: str) -> Any:
    require(desk, Duty.EXPORT)  # whoever only looks on must not stand in the log as if the family had been told
    data = LOADERS[form](desk, work, subject)
    return replace(data, copy=work.prints.copies(form, data.number), language=paper_language(work))
