"""Place names of a roster that the county's list writes otherwise: told with the present name, never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from backbone_core.household import Household
from backbone_core.places import CountyPlaces
from backbone_desktop.services.roster_rows import PlaceNote


def place_notes(places: CountyPlaces | None, homes: Iterable[Household]) -> tuple[PlaceNote, ...]:
    """The townships that differ, then the villages, each with how many of these households it concerns.

    A village is looked for in its own township alone. Without a list of the county there is nothing to tell.
    """
    if places is None:
        return ()
    written = Counter((home.township, home.village) for home in homes)
    townships: Counter[str] = Counter()
    villages = []
    for (township, village), n in sorted(written.items()):
        townships[township] += n
        if places.villages_of(township):
            found = places.village(township, village)
            if found is None or found.name != village:
                villages.append(PlaceNote(township, village, found.name if found else "", n))
    towns = []
    for township, n in townships.items():
        found = places.township(township)
        if found is None or found.name != township:
            towns.append(PlaceNote(township, "", found.name if found else "", n))
    return (*towns, *villages)
