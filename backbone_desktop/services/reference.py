"""Reference data: the places of a county."""

from __future__ import annotations

from backbone_core.places import CountyPlaces
from backbone_desktop.services.ports import Desk


def county_places(desk: Desk, county: str) -> CountyPlaces | None:
    """Townships and villages of a county (GB/T 2260 code); None where no list is known."""
    return desk.places.county(county) if desk.places is not None else None
