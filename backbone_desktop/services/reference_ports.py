"""What the services need for reference data: the list of places that ships with the program."""

from __future__ import annotations

from typing import Protocol

from backbone_core.places import CountyPlaces


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
