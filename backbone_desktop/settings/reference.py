"""Reference data that ships with the program: the county codes of GB/T 2260."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path("reference") / "gb2260.json"


class CountyName(NamedTuple):
    code: str
    name: str
    prefecture: str
    province: str


def counties(resources: Path) -> tuple[CountyName, ...]:
    """Every county-level code of the newest revision, in the order of the codes.

    A prefecture-level city without counties (东莞市) stands for itself. Province-run counties have no prefecture ("").
    """
    return _counties(resources)


def known_county_codes(resources: Path) -> frozenset[str]:
    """The county-level codes of every revision: identity numbers keep the code of the year of their first issue."""
    return _known(resources)


@lru_cache(maxsize=2)
def _read(resources: Path) -> Any:
    return json.loads((resources / FILE).read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def _counties(resources: Path) -> tuple[CountyName, ...]:
    present: dict[str, str] = _read(resources)["present"]
    with_counties = {code[:4] for code in present if not code.endswith("00")}
    found = []
    for code, name in present.items():
        if code.endswith("0000") or name in _HEADINGS:
            continue
        if code.endswith("00") and code[:4] in with_counties:
            continue
        prefecture = "" if code.endswith("00") else present.get(code[:4] + "00", "")
        found.append(CountyName(code, name, "" if prefecture in _HEADINGS else prefecture, present[code[:2] + "0000"]))
    return tuple(found)


@lru_cache(maxsize=2)
def _known(resources: Path) -> frozenset[str]:
    data = _read(resources)
    below = {code for code in (*data["present"], *data["former"]) if not code.endswith("00")}
    return frozenset(below) | {county.code for county in _counties(resources)} | _OUTSIDE


_HEADINGS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位"})
"""Entries that head a group and are no place."""
_OUTSIDE = frozenset({"810000", "820000", "830000"})
"""Residence permits for people from Hong Kong, Macao and Taiwan bear these."""
