"""Reads the rows of an imported list as entries, with what speaks against a row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from backbone_core.claim import HOSPITAL_LEVELS
from backbone_core.errors import Finding, refusal, warning
from backbone_core.places import COUNTY_DIGITS, TOWNSHIP_DIGITS, VILLAGE_DIGITS, township_name, village_name
from backbone_desktop.services.reference_rows import Entry, ReferenceKind, SheetRow

_PARTED = re.compile(r"[、,，;；/／|｜]+")
_PLACE_CODE = re.compile(rf"[0-9]{{{COUNTY_DIGITS}}}(?:[0-9]{{3}}){{0,2}}")
_NAME_FITS = 100
_GRADES = {"特等": "S", "甲等": "A", "乙等": "B", "丙等": "C"}
_LEVELS = {
    **{code: code for code in HOSPITAL_LEVELS},
    **{f"{number}级{grade}": digit + letter for number, digit in (("三", "3"), ("二", "2"), ("一", "1"))
       for grade, letter in (*_GRADES.items(), ("", "")) if digit + letter in HOSPITAL_LEVELS},
    **{f"{number}{grade[0]}": digit + letter for number, digit in (("三", "3"), ("二", "2"), ("一", "1"))
       for grade, letter in _GRADES.items() if digit + letter in HOSPITAL_LEVELS},
    **dict.fromkeys(("未定级", "未评级", "无等级", "无级别", "无", "其他", "未定"), "0"),
}
"""How lists write a hospital's level."""

Read = tuple[Entry | None, tuple[Finding, ...]]


def read_entry(kind: ReferenceKind, row: SheetRow) -> Read:
    """The entry, or None with the reason; (None, ()) for a row that only heads others."""
    if row.trouble:
        return None, row.trouble
    values = {name: _half_width(text) for name, text in row.values.items()}
    return _READERS[kind](values)


def _read_place(values: Mapping[str, str]) -> Read:
    """Codes of six digits, or filled up with zeros to a county's, head their places."""
    code, name = values.get("code", ""), values.get("name", "")
    if trouble := _missing(code, name, needs_code=True):
        return None, trouble
    if not _PLACE_CODE.fullmatch(code):
        return None, (refusal("reference.place_code", "code"),)
    code = _without_zeros(code)
    if len(code) == COUNTY_DIGITS:
        return None, ()
    parent = _without_zeros(values.get("parent", "")) or code[:-3]
    is_village = len(code) == VILLAGE_DIGITS
    if not _PLACE_CODE.fullmatch(parent) or len(parent) != (TOWNSHIP_DIGITS if is_village else COUNTY_DIGITS):
        return None, (refusal("reference.parent_form", "parent"),)
    read = village_name if is_village else township_name
    former = tuple(dict.fromkeys(read(one.strip()) for one in _PARTED.split(values.get("former", "")) if one.strip()))
    name = read(name)
    return Entry(code=code, name=name, parent=parent, former=tuple(one for one in former if one != name)), ()


def _read_hospital(values: Mapping[str, str]) -> Read:
    code, name, written = values.get("code", "").upper(), values.get("name", ""), values.get("level", "")
    if trouble := _missing(code, name):
        return None, trouble
    level = _LEVELS.get("".join(written.split()).upper().removesuffix("医院"), "")
    found = (warning("reference.level_unknown", "level"),) if written and not level else ()
    return Entry(code=code, name=name, level=level, area=values.get("area", "")), found


def _read_diagnosis(values: Mapping[str, str]) -> Read:
    code, name = "".join(values.get("code", "").split()), values.get("name", "")
    if trouble := _missing(code, name, needs_code=True):
        return None, trouble
    return Entry(code=code, name=name), ()


def _missing(code: str, name: str, *, needs_code: bool = False) -> tuple[Finding, ...]:
    if not name:
        return (refusal("reference.name_missing", "name"),)
    if len(name) > _NAME_FITS:
        return (refusal("reference.name_long", "name"),)
    return (refusal("reference.code_missing", "code"),) if needs_code and not code else ()


def _without_zeros(code: str) -> str:
    """520625101000 and 520625000000 stand for 520625101 and 520625, as the statistical office writes them."""
    while len(code) > COUNTY_DIGITS and code.endswith("000"):
        code = code[:-3]
    return code


def _half_width(text: str) -> str:
    """Full-width letters, figures and signs as half-width; Chinese characters and their punctuation as they are."""
    return "".join(unicodedata.normalize("NFKC", one) if "\uff10" <= one <= "\uff5a" and one.isalnum() else one
                   for one in text).strip()


_READERS = {ReferenceKind.PLACE: _read_place, ReferenceKind.HOSPITAL: _read_hospital,
            ReferenceKind.DIAGNOSIS: _read_diagnosis}
