"""What the exchange needs: the queue of changes, what is known of the centre, and the centre itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from backbone_core.change import Change, RecordKind
from backbone_desktop.services.rows import DeviceState, ExchangeNote, ExchangeState, ReviewRow, SyncStatus

if TYPE_CHECKING:
    from backbone_core.protocol import (
        DirectoryPage,
        Enrolled,
        FeedPage,
        Greeting,
        Hello,
        Proof,
        Sealed,
        ServerReceipt,
        Session,
    )


class Outbox(Protocol):
    """变更: append-only."""

    def waiting(self, limit: int | None = None) -> tuple[Change, ...]:
        """What the server has not answered yet, in order."""

    def since(self, seq: int, limit: int) -> tuple[Change, ...]:
        """Changes of the present epoch above `seq`, answered or not, in order (a restored server asks)."""

    def hash_at(self, seq: int) -> bytes | None:
        """The chain's hash after change `seq` of the present epoch; 32 zero bytes for 0; None if it is not known."""

    def count_waiting(self) -> int: ...


class SyncRepository(Protocol):
    """Where the exchange with the centre stands."""

    def device(self) -> DeviceState: ...

    def save_device(self, state: DeviceState) -> None: ...

    def mark_answered(self, outcomes: Sequence[Any], receipt: bytes, signature: bytes) -> None:
        """Record the outcomes (protocol.ChangeOutcome) of a verified server receipt; move each record's shadow on."""

    def apply_state(self, kind: RecordKind, record_id: str, version: int, fields: Mapping[str, Any]) -> bool:
        """Take a record's state from the feed; fields with a waiting local change keep the local value for now.

        Returns whether anything that is shown changed. Unknown kinds and fields are kept for a later version.
        """

    def step_back(self, seq: int) -> None:
        """The centre was put back from a backup: changes after `seq` wait again, and no version is known any more."""

    def reviews(self) -> tuple[ReviewRow, ...]: ...

    def note(self, note: ExchangeNote) -> None: ...

    def notes(self, limit: int) -> tuple[ExchangeNote, ...]: ...

    def state(self) -> ExchangeState: ...

    def status_of(self, kind: RecordKind, record_id: str) -> SyncStatus:
        """Where one record stands; a household also answers for its members and their enrolments."""


class CentralServer(Protocol):
    """The centre, as the exchange sees it. Every answer that comes back is whole, genuine and signed.

    Raises `Unavailable`: the link failed, something else answered, or the centre refused with a code of its own.
    """

    @property
    def url(self) -> str: ...

    def greet(self, hello: Hello) -> Greeting: ...

    def enrol(self, sealed: bytes, greeting: Greeting) -> Enrolled: ...

    def open_session(self, proof: Proof) -> Session: ...

    def push(self, token: str, sealed: bytes) -> tuple[ServerReceipt, Sealed]: ...

    def feed(self, token: str, server_epoch: str, after: int) -> FeedPage: ...

    def directory(self, token: str, server_epoch: str, after: int) -> DirectoryPage: ...
