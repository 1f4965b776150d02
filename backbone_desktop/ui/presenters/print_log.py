"""The log of prints in a clerk's words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.print_ports import Printed, PrintRow
    from backbone_desktop.services.rows import Page

PAGE = 1_000
"""So many are sorted by the header; further ones come while one scrolls, and are found by the search."""


def log_page(desk: Desk, typed: str, form: str, after: str | None) -> Page[PrintRow]:
    with desk.read() as work:
        return work.prints.page(typed, form, after, PAGE)


def moment_words(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def printed_words(words: Words, printed: Printed | None) -> str:
    if printed is None:
        return words("Not yet")
    day = f"{printed.last.astimezone(CHINA):%Y-%m-%d}"
    return (words("Once, {day}", day=day) if printed.times == 1 else
            words("{n} times, {day}", n=printed.times, day=day))


def copy_words(words: Words, copy: int) -> str:
    return words("Reprint {n}", n=copy) if copy else words("First print")


def how_words(words: Words, how: str) -> str:
    return {"printer": words("Printer"), "pdf": words("PDF file"), "command": words("Command")}.get(how, how)


def count_words(words: Words, total: int) -> str:
    return words("1,000+ prints") if total > 1000 else words("1 print") if total == 1 else words(
        "{n} prints", n=total)
