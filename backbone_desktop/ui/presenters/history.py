"""What was done with a record, newest first, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.rows import AuditRow

MOST = 12


def history_lines(words: Words, history: tuple[AuditRow, ...]) -> list[str]:
    newest = sorted(history, key=lambda row: row.seq, reverse=True)[:MOST]
    return [f"{row.at.astimezone(CHINA):%Y-%m-%d %H:%M}  {words(f'act.{row.act}')}  {row.by}" for row in newest]
