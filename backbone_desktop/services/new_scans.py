"""Which files of the watched folder were dealt with already, so that they are not offered again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from backbone_desktop.services.attachment_ports import FoundScan
from backbone_desktop.services.ports import Desk, UnitOfWork

NEW_FOR = timedelta(hours=24)
"""Older files of the folder are somebody's archive and not what was just scanned."""
_SETTING = "scans.dealt_with"
_MOST = 500


def still_new(desk: Desk, found: Sequence[FoundScan]) -> tuple[FoundScan, ...]:
    """Those that were neither added nor left out, and are not old."""
    recent = [one for one in found if one.at >= desk.clock.now() - NEW_FOR]
    if not recent:
        return ()
    with desk.read() as work:
        known = set(_dealt_with(work))
    return tuple(one for one in recent if one.mark not in known)


def deal_with(desk: Desk, mark: str) -> None:
    """Do not offer this file again. It stays where it is."""
    with desk.open() as work:
        known = [one for one in _dealt_with(work) if one != mark]
        work.office.set_setting(_SETTING, json.dumps([*known, mark][-_MOST:]))
        work.commit()


def _dealt_with(work: UnitOfWork) -> list[str]:
    return list(json.loads(work.office.setting(_SETTING) or "[]"))
