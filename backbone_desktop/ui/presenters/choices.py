"""What the choice fields of the forms offer: the value that is kept, the words that are read, and pinyin initials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backbone_core.claim import HOSPITAL_LEVELS, Cause
from backbone_core.household import PovertyType
from backbone_desktop.services.code_lists import ETHNIC_GROUPS, POVERTY_TYPES, RELATIONS, Coded
from backbone_desktop.words import Words

_LEVEL_KEYS = ("sjt", "sjj", "sjy", "sjb", "sj", "ejj", "ejy", "ejb", "ej", "yjj", "yjy", "yjb", "yj", "wdj")


@dataclass(frozen=True, slots=True)
class Offered:
    value: str
    text: str
    keys: str = ""


def relations(words: Words) -> tuple[Offered, ...]:
    """与户主关系. The initials go without the 之 that most of them begin with."""
    return tuple(Offered(one.value, words(f"relation.{one.initials}"), _found_by(words, one)) for one in RELATIONS)


def ethnic_groups(words: Words) -> tuple[Offered, ...]:
    return tuple(Offered(one.value, words(f"ethnic.{one.code}"), _found_by(words, one)) for one in ETHNIC_GROUPS)


def poverty_types(words: Words) -> tuple[Offered, ...]:
    return tuple(
        Offered(one.value, words(f"poverty.{PovertyType(one.value).name}"), _found_by(words, one))
        for one in POVERTY_TYPES
    )


def hospital_levels(words: Words) -> tuple[Offered, ...]:
    """The codes themselves are quick to type in either language."""
    return tuple(
        Offered(code, words(f"hospital_level.{code}"), f"{code} {key}")
        for code, key in zip(HOSPITAL_LEVELS, _LEVEL_KEYS, strict=True)
    )


def causes(words: Words) -> tuple[Offered, ...]:
    keys = {Cause.ILLNESS: "jb", Cause.ACCIDENT: "yw"}
    return tuple(Offered(cause.value, words(f"cause.{cause}"), _keys(words, keys[cause])) for cause in Cause)


def said(offered: Iterator[Offered] | tuple[Offered, ...], value: str) -> str:
    """The words of a value; a value that is not offered stays as it is."""
    return next((one.text for one in offered if one.value == value), value)


def _found_by(words: Words, one: Coded) -> str:
    """By initials, pinyin and code; in English the words themselves are typed, and the code."""
    return " ".join(key for key in (_keys(words, one.initials), _keys(words, one.pinyin), one.code) if key)


def _keys(words: Words, key: str) -> str:
    return key if words.language.startswith("zh") else ""
