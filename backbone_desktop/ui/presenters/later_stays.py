"""A claim's history says which later stays were worked out anew for it, and what for its own amount changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_desktop.services.later_stays import BECAUSE, NAMING
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.rows import AuditRow


def reworked_lines(words: Words, row: AuditRow) -> tuple[str, ...]:
    """What stands below the act; () for any other act."""
    if row.act == NAMING:
        return tuple(words("Claim {number}: from {before} to {after} yuan", number=number, before_fen=before,
                           after_fen=after) for number, before, after in row.detail["claims"])
    if row.act == BECAUSE and not row.detail["because"]:
        return (words("As the centre works it out: from {before} to {after} yuan", before_fen=row.detail["before"],
                      after_fen=row.detail["after"]),)
    if row.act == BECAUSE:
        return (words("Because of claim {number}: from {before} to {after} yuan", number=row.detail["because"],
                      before_fen=row.detail["before"], after_fen=row.detail["after"]),)
    return ()
