"""The townships and villages that ship with the program, read county by county from one compressed file.

`reference/places.dat` is made by installer/make_places.py: eight bytes that name the format, the length of the header
(big-endian, four bytes), the header (JSON, zstd), then per county one zstd frame of lines: `001township|old name` and,
under it, `<tab>201village|old name`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from pathlib import Path

from backbone_core.places import CountyPlaces, Place

FILE = Path("reference") / "places.dat"
MAGIC = b"BDPLACE1"
FEW = 4
"""Spellings of one name."""


@dataclass(frozen=True, slots=True)
class _Header:
    edition: str
    provinces: tuple[str, ...]
    counties: Mapping[str, tuple[int, int]]
    given_up: Mapping[str, str]
    readings: Mapping[str, tuple[str, ...]]
    starts_at: int


@dataclass(frozen=True, slots=True)
class PackagedPlaces:
    """`services.reference_ports.PlaceBook`. Nothing is read before the first question."""

    resources: Path

    @property
    def edition(self) -> str:
        """The day for which the list stands, as ISO text."""
        return _header(self.resources).edition

    @property
    def provinces(self) -> tuple[str, ...]:
        """The first two digits of the codes of the provinces whose counties are in the list."""
        return _header(self.resources).provinces

    def county(self, code: str) -> CountyPlaces | None:
        """By the present code or by one that was given up since 2016."""
        return _county(self.resources, code)

    def letters(self, name: str) -> tuple[str, ...]:
        """How the name of a county or of a place in it is typed in letters: initials, then pinyin."""
        return _keys(_header(self.resources), name)


@lru_cache(maxsize=2)
def _header(resources: Path) -> _Header:
    import zstandard

    with (resources / FILE).open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise ValueError("no list of places")
        length = int.from_bytes(file.read(4), "big")
        told = json.loads(zstandard.ZstdDecompressor().decompress(file.read(length)))
    return _Header(
        edition=told["edition"], provinces=tuple(told["provinces"]), given_up=told["given_up"],
        counties={code: (at, size) for code, (at, size) in told["counties"].items()},
        readings={one: tuple(said.split()) for one, said in told["readings"].items()},
        starts_at=len(MAGIC) + 4 + length)


@lru_cache(maxsize=4)
def _county(resources: Path, code: str) -> CountyPlaces | None:
    import zstandard

    header = _header(resources)
    code = header.given_up.get(code, code)
    if code not in header.counties:
        return None
    at, size = header.counties[code]
    with (resources / FILE).open("rb") as file:
        file.seek(header.starts_at + at)
        text = zstandard.ZstdDecompressor().decompress(file.read(size)).decode()
    townships: list[Place] = []
    villages: dict[str, list[Place]] = {}
    for line in text.split("\n"):
        is_village = line.startswith("\t")
        name, *former = line.lstrip().split("|")
        above = townships[-1].code if is_village else code
        place = Place(above + name[:3], name[3:], tuple(former), _keys(header, name[3:]))
        if is_village:
            villages[above].append(place)
        else:
            townships.append(place)
            villages[place.code] = []
    return CountyPlaces(code, header.edition, tuple(townships),
                        {town: tuple(some) for town, some in villages.items()})


def _keys(header: _Header, name: str) -> tuple[str, ...]:
    initials: dict[str, None] = {}
    spelt: dict[str, None] = {}
    for syllables in islice(product(*(header.readings.get(one, ("",)) for one in name)), FEW):
        initials["".join(syllable[:1] for syllable in syllables)] = None
        spelt["".join(syllables)] = None
    return tuple(key for key in (*initials, *spelt) if key)
