"""What the services need of scans: where they are kept, and what makes pages of a file that somebody brings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from backbone_core.attachment import Attachment, MediaType, Original


@dataclass(frozen=True, slots=True)
class ScanPage:
    """A page made fit to be kept: upright, legible, small, and holding nothing but its dots."""

    content: bytes
    media_type: MediaType
    width: int
    height: int
    original: Original


class ScanFile(Protocol):
    """A file whose pages are made one by one, so that whoever waits can do something else in between."""

    @property
    def pages(self) -> int: ...

    def page(self, number: int) -> ScanPage:
        """Page `number`, counted from 0. Raises RuleBroken scan.broken, scan.large_picture (most, in millions of dots)
        at field "file"; the other pages can be made all the same."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class FoundScan:
    """A file of the watched folder that is written to its end. `mark` tells it from other files and other states."""

    path: Path
    mark: str
    at: datetime


class FolderWatch(Protocol):
    def look(self) -> tuple[FoundScan, ...]:
        """Files that are finished, oldest first. Raises Unavailable scan.folder_missing."""


class Scans(Protocol):
    def open(self, content: bytes) -> ScanFile:
        """A file by its content, whatever it is called.

        Raises RuleBroken at field "file": scan.empty, scan.large (most, in MB), scan.kind, scan.broken, scan.locked,
        scan.many_pages (most), scan.large_picture.
        """

    def open_file(self, path: Path) -> ScanFile:
        """Raises scan.unreadable too."""

    def watch(self, folder: Path) -> FolderWatch: ...


@dataclass(frozen=True, slots=True)
class KeptAttachment:
    """An attachment as the store has it; `here` says whether all its bytes are here."""

    attachment: Attachment
    here: bool


class AttachmentRepository(Protocol):
    def get(self, attachment_id: str) -> Attachment | None:
        """Not one that was removed."""

    def removed(self, attachment_id: str) -> Attachment | None:
        """One that was removed."""

    def of_claim(self, claim_id: str) -> tuple[KeptAttachment, ...]:
        """By document, in the order of the pages."""

    def counts(self, claim_ids: Collection[str]) -> dict[str, int]:
        """How many each claim has; claims with none are left out."""

    def with_content(self, sha256: str) -> tuple[Attachment, ...]:
        """All that name these bytes, of any claim, oldest first; removed ones are left out."""

    def content(self, sha256: str) -> bytes | None:
        """The bytes, checked against their name; None where they are not (all) here.

        Raises Unavailable scan.damaged where the store gives back other bytes than it was given.
        """

    def add(self, attachment: Attachment, content: bytes) -> None:
        """Bytes that are here already are not kept twice."""

    def place(self, attachment_id: str, document: str, place: int) -> None: ...

    def remove(self, attachment_id: str, by: str, moment: datetime) -> None:
        """Leave a tombstone; the bytes stay until `sweep`."""

    def put_back(self, attachment_id: str) -> None: ...

    def left_behind(self, before: datetime) -> tuple[Attachment, ...]:
        """Of forms that are neither stored nor kept as typed, added before `before`: nobody can see them any more."""

    def sweep(self, before: datetime) -> int:
        """Let go of bytes that nothing names but attachments removed before `before`; how many."""
