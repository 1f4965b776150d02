"""What was done with a record, and elsewhere about it, newest first, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.rows import AuditRow

MOST = 12


def history_lines(words: Words, history: tuple[AuditRow, ...],
                  elsewhere: Sequence[tuple[date, str]] = ()) -> list[str]:
    """`elsewhere` are days with what happened there, the first one first; on its day it comes before what was done
    here, because this office hears of it later."""
    newest = sorted(history, key=lambda row: row.seq, reverse=True)[:MOST]
    lines = [(row.at.astimezone(CHINA).date(), 1,
              f"{row.at.astimezone(CHINA):%Y-%m-%d %H:%M}  {words(f'act.{row.act}')}  {row.by}") for row in newest]
    lines += [(day, 0, f"{day.isoformat()}  {text}") for day, text in reversed(elsewhere)]
    return [line for _, _, line in sorted(lines, key=lambda one: one[:2], reverse=True)]
