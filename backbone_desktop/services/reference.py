"""Reference data: places of a county, hospitals and diagnoses as they are picked, and which lists there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backbone_core.places import CountyPlaces
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.reference_ports import PlaceBook
from backbone_desktop.services.reference_rows import Edition, Entry, ReferenceKind

FOUND_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Overview:
    """Which lists stand on this computer. `townships` and `villages` are those of the office's county in use."""

    county: str
    places_edition: str
    places_imported: bool
    townships: int
    villages: int
    packaged_edition: str
    packaged_provinces: tuple[str, ...]
    counts: Mapping[ReferenceKind, int]
    editions: tuple[Edition, ...]


def county_places(desk: Desk, county: str) -> CountyPlaces | None:
    """Townships and villages of a county (GB/T 2260 code): as imported, else as they ship; None for neither."""
    with desk.read() as work:
        return known_places(work, desk.places, county)


def known_places(work: UnitOfWork, packaged: PlaceBook | None, county: str) -> CountyPlaces | None:
    """The same within a unit of work. A county whose code was given up is looked for under the present one too."""
    shipped = packaged.county(county) if packaged is not None else None
    found = work.reference.places(county)
    if found is None and shipped is not None and shipped.county != county:
        found = work.reference.places(shipped.county)
    return found or shipped


def find_entries(desk: Desk, kind: ReferenceKind, typed: str, limit: int = FOUND_AT_MOST) -> tuple[Entry, ...]:
    """Hospitals or diagnoses by code, name or pinyin, the best first; one's own county's hospitals before others."""
    with desk.read() as work:
        found = work.reference.find(kind, typed, limit)
        if kind is ReferenceKind.HOSPITAL:
            county = work.office.profile().county_name
            return tuple(sorted(found, key=lambda one: not one.area or one.area not in county))
        return found


def overview(desk: Desk) -> Overview:
    with desk.read() as work:
        county = work.office.profile().county
        places = known_places(work, desk.places, county)
        return Overview(
            county=county, places_edition=places.edition if places else "",
            places_imported=places is not None and work.reference.places(places.county) is not None,
            townships=len(places.townships) if places else 0,
            villages=sum(map(len, places.villages.values())) if places else 0,
            packaged_edition=desk.places.edition if desk.places else "",
            packaged_provinces=desk.places.provinces if desk.places else (),
            counts={kind: work.reference.count(kind) for kind in (ReferenceKind.HOSPITAL, ReferenceKind.DIAGNOSIS)},
            editions=work.reference.editions())
