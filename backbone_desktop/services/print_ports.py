"""What the log of prints needs from the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backbone_desktop.services.forms import Form
from backbone_desktop.services.rows import Page, PrintNote


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRow:
    """A line of the log as it is listed. `by` is the clerk's display name; the rest is as in `PrintNote`."""

    id: str
    form: Form
    subject: str
    number: str
    copy: int
    at: datetime
    by: str
    how: str
    paper: str
    printer: str


@dataclass(frozen=True, slots=True)
class Printed:
    """How often the papers of a subject went out, and when the last did."""

    times: int
    last: datetime


class PrintRepository(Protocol):
    def of_subject(self, form: Form, subject: str) -> tuple[PrintNote, ...]:
        """First print first."""

    def copies(self, form: Form, number: str) -> int:
        """How often the paper with this number went out."""

    def printed(self, form: Form) -> Mapping[str, Printed]:
        """By subject, whatever of this form went out."""

    def page(self, typed: str, form: str, after: str | None, limit: int) -> Page[PrintRow]:
        """Newest first; `typed` is a part of a number, a clerk's or a printer's name; `form` "" = all.

        `after` is `Page.next` of the page before.
        """

    def add(self, note: PrintNote) -> None: ...
