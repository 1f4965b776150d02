"""What proving a paper needs from the store: the keys of the devices that sign papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDevice:
    """A device of the centre's directory. `card` is the centre's own sealed word for the rest."""

    county: str
    device_no: str
    public_key: bytes
    office: str
    enrolled_at: datetime
    revoked_at: datetime | None
    card: bytes


@dataclass(frozen=True, slots=True)
class DirectoryPlace:
    """Up to which number of which life of the centre the directory was read, and when."""

    server_epoch: str
    seq: int
    read_at: datetime


class DirectoryRepository(Protocol):
    def place(self) -> DirectoryPlace | None:
        """None before it was ever read."""

    def keep(self, devices: Sequence[KnownDevice], place: DirectoryPlace) -> None:
        """Put devices in, by their keys. Nobody takes a revocation back, so one that was known once stays."""

    def of_number(self, county: str, device_no: str) -> tuple[KnownDevice, ...]:
        """More than one where a centre that was put back from a backup gave a number out again."""
