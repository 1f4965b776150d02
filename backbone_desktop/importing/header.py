"""Finds a roster's header row under its merged titles and guesses which column holds what."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest

from backbone_desktop.importing.sheets import Row

LOOKED_AT = 20
"""Rows from the top within which a header stands."""

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "county": ("县", "行政县", "县(市、区、旗)", "县(市、区)", "区县", "县区"),
    "township": ("乡", "乡镇", "乡(镇)", "乡(镇、街道)", "镇", "街道"),
    "village": ("村", "行政村", "村(社区)"),
    "group": ("自然村", "组", "村民小组", "小组", "自然村(村民小组)"),
    "household_no": ("户编号", "户号", "家庭编号"),
    "person_no": ("人编号", "人口编号"),
    "name": ("姓名", "成员姓名", "人员姓名"),
    "id_no": ("证件号码", "身份证号", "身份证号码", "身份证(号码)", "身份证号(码)", "公民身份号码", "公民身份证号码",
              "身份证"),
    "relation": ("与户主关系", "与户主关系名称", "户主关系", "家庭关系"),
    "ethnic": ("民族",),
    "poverty_type": ("贫困户属性", "户类型", "贫困类型"),
    "household_phone": ("户联系电话", "家庭电话", "联系电话"),
    "member_phone": ("人联系电话", "成员联系电话", "本人电话", "联系方式"),
}
"""Per field the titles that rosters give it, the surest first."""
_KNOWN = {alias: (field, rank) for field, aliases in _ALIASES.items() for rank, alias in enumerate(aliases)}
_TEMPLATES = (
    ("A", {"行政县", "人编号", "主要致贫原因"}), ("A", {"行政县", "人编号", "贫困户属性"}),
    ("B", {"人口编号", "户联系电话", "成员联系电话"}), ("C", {"县(市、区、旗)", "人编号", "户联系电话"}),
)


@dataclass(frozen=True)
class Header:
    """`row_no` as the sheet counts; `titles` as they stand. What follows from them is worked out once."""

    row_no: int
    titles: tuple[str, ...]

    @cached_property
    def columns(self) -> Mapping[str, int]:
        return _guess(self.titles)

    @cached_property
    def template(self) -> str:
        """The national template whose own titles stand in the header; "" for none."""
        return next((name for name, marks in _TEMPLATES if marks <= {*self._folded}), "")

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(fold(title) for title in self.titles if title)

    def stands_again_in(self, cells: tuple[str, ...]) -> bool:
        """Whether a row repeats the header, as printed rosters do on each page."""
        given = (fold(cell) for cell in cells if cell)  # one after the other: nearly every row differs at once
        return all(one == other for one, other in zip_longest(given, self._folded))


@lru_cache(maxsize=1_000)
def fold(title: str) -> str:
    """A title without blanks, line breaks and stars, its letters and brackets half-width."""
    return "".join(unicodedata.normalize("NFKC", title).split()).strip("*:")


def find_header(rows: Iterable[Row]) -> Header | None:
    """The row of the first twenty in which most titles are known: name and ID number, or three others, at least."""
    best: tuple[int, Header] | None = None
    for row_no, cells in rows:
        if row_no > LOOKED_AT:
            break
        known = _guess(cells)
        enough = {"name", "id_no"} <= known.keys() or len(known) >= 3
        if enough and (best is None or len(known) > best[0]):
            best = (len(known), Header(row_no, _trimmed(cells)))
    return best[1] if best else None


def _guess(titles: Iterable[str]) -> Mapping[str, int]:
    found: dict[str, tuple[int, int]] = {}
    for place, title in enumerate(titles):
        field, rank = _KNOWN.get(fold(title), ("", 0))
        if field and (field not in found or rank < found[field][0]):
            found[field] = (rank, place)
    return {field: place for field, (_, place) in found.items()}


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    last = max((place for place, text in enumerate(cells) if text), default=-1)
    return cells[:last + 1]
