"""What every page is handed: words, the workers, the clerk's desk, the change signal and the way to other pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:  # the first frame is painted before the services are imported
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import OfficeProfile
    from backbone_desktop.ui.backend import Backend
    from backbone_desktop.ui.worker import StoreWorker, SyncWorker
    from backbone_desktop.words import Words


class Signals(QObject):
    """One signal says what changed after a commit; visible pages ask the store again."""

    changed = Signal(frozenset)
    """frozenset of (kind, id) pairs; an empty id means "any of this kind"."""
    problem = Signal(object)
    """A `BackboneError` that belongs to no field: the window shows it as a banner until it is read."""
    done = Signal(str)
    """A sentence for the status line: something was done."""
    exchange_wanted = Signal()
    """Send what waits and fetch what is new; the window carries it out and shows how far it is."""
    working = Signal(bool)
    """Whether an exchange is under way."""
    dress_wanted = Signal(str, str)
    """(what, value) of "language", "look" or "text_size": dress the window anew, nothing typed is lost."""


class Navigator(Protocol):
    """How a page leads to another; the main window implements it."""

    def open(self, page: str, **arguments: str) -> None:
        """Show a page by its name: today, households, people, household, household_act, roster, roster_doubts,
        duplicates, village_lists, claims, claim, handover, print, print_log, paper, calibration, verify,
        exchange, settings, reference, scheme.

        `household`: household_id="" (new) or an id. `household_act`: household_id, and act of the core's `ActKind`.
        `claim`: claim_id or member_id, both "" = new. `paper`: form of `services.forms.Form` and subject, what it is
        printed of. `calibration`: form, printer and paper. `duplicates`: one_id and other_id, two members to compare;
        both "" = the list. `scheme`: scheme_id, version.
        """

    def back(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to each page's constructor; a page keeps it and builds nothing global."""

    words: Words
    store: StoreWorker
    sync: SyncWorker
    signals: Signals
    navigate: Navigator
    desk: Desk
    office: OfficeProfile
    backend: Backend


class Page(Protocol):
    """What the main window asks of a page (a QWidget)."""

    title: str

    def show_with(self, **arguments: str) -> None: ...

    def refresh(self) -> None: ...

    def leave(self) -> bool:
        """Keep what was typed; return False only while an act is being carried out."""
