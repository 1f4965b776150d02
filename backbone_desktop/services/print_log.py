"""The log of prints: who put which paper out when, which number it bears and which copy it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from backbone_desktop.services.forms import ABOUT, Form
from backbone_desktop.services.rows import PrintNote

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk, UnitOfWork

How = Literal["printer", "pdf", "command"]


def log_print(desk: Desk, work: UnitOfWork, note: PrintNote, sheets: int = 1) -> None:
    """Log one print with its audit row, in the caller's transaction; `sheets` is how many copies it was of."""
    work.prints.add(note)
    facts = {"copy": note.copy, "how": note.how} | ({"sheets": sheets} if sheets > 1 else {})
    if note.form is Form.RECEIPT:
        work.audit.add("print_receipt", "claim", note.subject, facts)
    else:
        work.audit.add("print_form", ABOUT[note.form], note.subject, {**facts, "form": note.form.value})


def note_of(desk: Desk, form: Form, subject: str, number: str, *, copy: int, how: How, paper: str = "",
            printer: str = "") -> PrintNote:
    """The log's line for a print that happens now. `printer` is the system's name of it, "" for a file."""
    return PrintNote(form=form, subject=subject, number=number, copy=copy, at=desk.clock.now(), by=desk.actor.account,
                     how=how, paper=paper, printer=printer)
