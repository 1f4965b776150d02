"""How a Chinese name is spelt in pinyin, in every way in which a clerk may look for it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import islice, product

from backbone_desktop.store.surnames import DOUBLE, GIVEN, PLACE, SINGLE

MOST = 16
"""No name needs more spellings than this; the surname's own readings come first."""
FEW = 4
"""The same for a longer text."""


@lru_cache(maxsize=20_000)
def spellings(name: str) -> tuple[tuple[str, str], ...]:
    """Every (pinyin, initials) of a name, without tones or blanks, ü as v: 单于 → ("shanyu", "sy"), ….

    Latin letters of a name stand for themselves; characters without a reading are left out.
    """
    surname, given = _parts(name)
    found: dict[str, str] = {}
    for syllables in islice(product(surname, *(_given(character) for character in given)), MOST):
        spelt = " ".join(syllables).split()
        if spelt:
            found.setdefault("".join(spelt), "".join(syllable[0] for syllable in spelt))
    return tuple(found.items())


def text_spellings(text: str) -> tuple[tuple[str, str], ...]:
    """The same of what is no person's name: a place, a hospital, a disease. Figures stay: 2型糖尿病 → "2xingtang…"."""
    found: dict[str, str] = {}
    for syllables in islice(product(*(_of_text(character) for character in text)), FEW):
        spelt = [syllable for syllable in syllables if syllable]
        if spelt:
            found.setdefault("".join(spelt), "".join(syllable[0] for syllable in spelt))
    return tuple(found.items())


def letters(typed: str) -> str:
    """What a clerk typed as the store spells it: "Lǚ Xiǎo'ér" → "lvxiaoer"; "" when other than letters stand in it."""
    plain = toneless(unicodedata.normalize("NFKC", typed).lower().replace("u:", "v"))
    kept = "".join(character for character in plain if character not in " '’-·.")
    return kept if kept.isascii() and kept.isalpha() else ""


def _parts(name: str) -> tuple[tuple[str, ...], str]:
    if name[:2] in DOUBLE and len(name) > 2:
        return DOUBLE[name[:2]], name[2:]
    first = name[:1]
    readings = tuple(SINGLE[first].split()) if first in SINGLE else _first_reading(first)
    if name[:2] in DOUBLE:  # 单于 alone may also be Mr Yu of the family Shan
        both = tuple(f"{one} {other}" for one, other in product(readings, _given(name[1:2])))
        return tuple(dict.fromkeys((*DOUBLE[name[:2]], *both))), ""
    return readings, name[1:]


def _given(character: str) -> tuple[str, ...]:
    return tuple(GIVEN[character].split()) if character in GIVEN else _first_reading(character)


def _of_text(character: str) -> tuple[str, ...]:
    if character in PLACE:
        return tuple(PLACE[character].split())
    return (character,) if character.isdigit() and character.isascii() else _given(character)


@lru_cache(maxsize=10_000)
def _first_reading(character: str) -> tuple[str, ...]:
    if not character or (character.isascii() and not character.isalpha()):
        return ("",)
    if character.isascii():
        return (character.lower(),)
    from pypinyin.constants import PINYIN_DICT  # a tenth of a second, so not at start

    readings: str = PINYIN_DICT.get(ord(character), "")
    return (toneless(readings.split(",", 1)[0]),)


def toneless(syllable: str) -> str:
    """Without tone marks; the two dots of ü are kept as v."""
    apart = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(character for character in apart if not unicodedata.combining(character))
