"""Townships and villages: their codes, and when two spellings name one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from backbone_core.household import ETHNIC_GROUPS

COUNTY_DIGITS, TOWNSHIP_DIGITS, VILLAGE_DIGITS = 6, 9, 12
"""The statistical division code: GB/T 2260, then three digits for the township, then three for the village."""

_COMMITTEE = re.compile(r"(?:村民委员会|村民委会|村委会|居民委员会|居委会|委员会|社区居委|社区|嘎查|村)$")
_PEOPLES = "|".join(sorted(ETHNIC_GROUPS, key=len, reverse=True))
_TOWNSHIP = re.compile(rf"(?:街道办事处|街道办|街道|办事处|(?:{_PEOPLES})*(?:民族)?乡|镇|苏木)(?:人民政府)?$")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]$")


@dataclass(frozen=True, slots=True)
class Place:
    """A township or village. `former` are names that it bore before or is also called by."""

    code: str
    name: str
    former: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    """How it is typed in letters: pinyin initials, then pinyin, in every reading."""


@dataclass(frozen=True, slots=True)
class CountyPlaces:
    """The townships of a county, and per township code its villages, each in the order of the codes."""

    county: str
    edition: str
    townships: tuple[Place, ...]
    villages: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    def township(self, name: str) -> Place | None:
        """The township that this name means, by its name, by a former one, or spelt a little otherwise."""
        return find_place(self.townships, name, township_stem)

    def villages_of(self, township: str) -> tuple[Place, ...]:
        """The villages of a township that is given by any of its names; () when it is not known."""
        found = self.township(township)
        return self.villages.get(found.code, ()) if found is not None else ()

    def village(self, township: str, name: str) -> Place | None:
        return find_place(self.villages_of(township), name, village_stem)


def find_place(places: Sequence[Place], name: str, stem: Callable[[str], str]) -> Place | None:
    """The place of that name, else the only one that bore it before, else the only one with that stem."""
    name = "".join(name.split())
    if not name:
        return None
    for fits in (lambda one: one.name == name, lambda one: name in one.former,
                 lambda one: stem(one.name) == stem(name)):
        found = [one for one in places if fits(one)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def village_name(official: str) -> str:
    """A village as rosters and people write it: 坪底村村民委员会 → 坪底村, 中坝社区居民委员会 → 中坝社区.

    A residents' committee that is called no community keeps its 居委会: 城东居民委员会 → 城东居委会.
    """
    name = _BRACKETED.sub("", official) or official
    for ending in ("村民委员会", "村民委会", "村委会"):
        if name.endswith(ending) and len(name) > len(ending):
            base = name.removesuffix(ending)
            return base if base.endswith(("村", "嘎查", "社区")) else base + "村"
    for ending in ("居民委员会", "居委会", "居委"):
        if name.endswith(ending) and len(name) > len(ending):
            base = name.removesuffix(ending)
            return base if base.endswith("社区") else base + "居委会"
    return name


def township_name(official: str) -> str:
    """A township as people write it: 龙津街道办事处 → 龙津街道."""
    name = _BRACKETED.sub("", official) or official
    for ending, kept in (("街道办事处", "街道"), ("人民政府", "")):
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending) + kept
    return name


def village_stem(name: str) -> str:
    """What is left of a village's name without the word for what it is: 坪底村, 坪底社区, 坪底村委会 → 坪底."""
    stem = "".join(name.split())
    while (shorter := _COMMITTEE.sub("", stem)) and shorter != stem:
        stem = shorter
    return stem


def township_stem(name: str) -> str:
    """The same of a township: 木黄镇, 木黄乡, 木黄土家族苗族乡, 木黄街道办事处 → 木黄."""
    name = "".join(name.split())
    return _TOWNSHIP.sub("", name) or name
