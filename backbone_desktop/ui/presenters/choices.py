"""What the choice fields of the forms offer: the value that is kept, the words that are read, and pinyin initials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backbone_core.claim import HOSPITAL_LEVELS, Cause
from backbone_core.household import ETHNIC_GROUPS, RELATIONS, PovertyType
from backbone_desktop.words import Words

_RELATION_KEYS = (
    "hz", "po", "z", "n", "ex", "nx", "sz", "sn", "wsz", "wsn", "f", "m", "yf", "ym", "gg", "pp", "zf", "zm", "wzf",
    "wzm", "xdjm", "xdxf", "sb", "ze", "zn", "zsz", "zsn", "qt",
)
_ETHNIC_KEYS = (
    "h", "mg", "hu", "z", "wwe", "m", "y", "zh", "by", "cx", "ma", "d", "ya", "b", "tj", "hn", "hsk", "da", "l", "ls",
    "w", "s", "gs", "lh", "su", "dx", "nx", "jp", "kekz", "t", "dwe", "ml", "q", "bl", "sl", "mn", "gl", "xb", "ac",
    "pm", "tjk", "n", "wzbk", "els", "ewk", "de", "ba", "yg", "j", "tte", "dl", "elc", "hz", "mb", "lb", "jn",
)
_POVERTY_KEYS = ("yb", "db", "dbpk", "wb", "wbpk", "tk", "nh")
_LEVEL_KEYS = ("sjt", "sjj", "sjy", "sjb", "sj", "ejj", "ejy", "ejb", "ej", "yjj", "yjy", "yjb", "yj", "wdj")


@dataclass(frozen=True, slots=True)
class Offered:
    value: str
    text: str
    keys: str = ""


def relations(words: Words) -> tuple[Offered, ...]:
    """与户主关系. The initials go without the 之 that most of them begin with."""
    return tuple(
        Offered(value, words(f"relation.{key}"), _keys(words, key))
        for value, key in zip(RELATIONS, _RELATION_KEYS, strict=True)
    )


def ethnic_groups(words: Words) -> tuple[Offered, ...]:
    return tuple(
        Offered(value, words(f"ethnic.{number:02}"), _keys(words, key))
        for number, (value, key) in enumerate(zip(ETHNIC_GROUPS, _ETHNIC_KEYS, strict=True), start=1)
    )


def poverty_types(words: Words) -> tuple[Offered, ...]:
    return tuple(
        Offered(one.value, words(f"poverty.{one.name}"), _keys(words, key))
        for one, key in zip(PovertyType, _POVERTY_KEYS, strict=True)
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


def _keys(words: Words, key: str) -> str:
    return key if words.language.startswith("zh") else ""
