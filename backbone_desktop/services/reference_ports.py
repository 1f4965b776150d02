"""What the services need for reference data: the list that ships with the program, and the lists in the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from backbone_core.places import CountyPlaces
from backbone_desktop.services.reference_rows import Edition, Entry, ReferenceKind


class PlaceBook(Protocol):
    """The townships and villages that ship with the program."""

    @property
    def edition(self) -> str:
        """The day for which the list stands, as ISO text."""

    @property
    def provinces(self) -> tuple[str, ...]:
        """The first two digits of the codes of the provinces in it."""

    def county(self, code: str) -> CountyPlaces | None:
        """By a county's present code or one that was given up; None for a county of another province."""


class ReferenceRepository(Protocol):
    """Imported lists. They belong to this computer: they are never sent, and an import takes the place of the last."""

    def editions(self) -> tuple[Edition, ...]:
        """By kind, then newest first."""

    def places(self, county: str) -> CountyPlaces | None:
        """The imported places of a county (GB/T 2260), None where none were imported."""

    def count(self, kind: ReferenceKind, counties: Sequence[str] = ()) -> int:
        """How many entries of a kind are in use; of places, those of these counties."""

    def find(self, kind: ReferenceKind, typed: str, limit: int) -> tuple[Entry, ...]:
        """Hospitals or diagnoses by code, name or pinyin: what begins as typed comes first, then what has it inside."""

    def keep(self, edition: Edition, entries: Sequence[Entry], counties: Sequence[str]) -> None:
        """Put a list in the place of what was imported before: of places, in those counties; else of that kind."""

    def remove(self, edition_id: str) -> bool:
        """Take an imported list out; False when there is none of that id."""
