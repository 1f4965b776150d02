"""Rosters: what an import would do, doing it in one transaction, and undoing it while nothing was built on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from backbone_desktop.services.ports import Desk
from backbone_desktop.services.roster_rows import RosterFile, RosterImport, RosterPlan

Progress = Callable[[int, int], None]


def columns_for(desk: Desk, file: RosterFile) -> Mapping[str, int]:
    """The columns as a clerk set them for a sheet with this header before, else as they are guessed."""
    raise NotImplementedError


def check_roster(desk: Desk, file: RosterFile, columns: Mapping[str, int],
                 progress: Progress = lambda done, of: None, cancelled: Callable[[], bool] = lambda: False) -> RosterPlan:
    """The dry run. Raises RuleBroken roster.column_missing, roster.cancelled, roster.empty."""
    raise NotImplementedError


def import_roster(desk: Desk, file: RosterFile, columns: Mapping[str, int],
                  progress: Progress = lambda done, of: None,
                  cancelled: Callable[[], bool] = lambda: False) -> RosterImport:
    """Carry the dry run out in one transaction; remembers the columns for this header."""
    raise NotImplementedError


def undo_roster(desk: Desk, import_id: str) -> RosterImport:
    """Put back what the import did. Raises RuleBroken roster.unknown, roster.undone, roster.built_on."""
    raise NotImplementedError


def roster_imports(desk: Desk) -> tuple[RosterImport, ...]:
    """Newest first."""
    raise NotImplementedError
