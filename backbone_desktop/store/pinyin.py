"""How a Chinese name is spelt in pinyin, in every way in which a clerk may look for it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

from backbone_desktop.store.surnames import DOUBLE, GIVEN, PLACE, SINGLE

_SYLLABLE = re.compile(r"[bcdfghjklmnpqrstwxyz]{0,2}[aeiouv]{1,3}(?:n|ng|r)?|[a-z]")
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


def place_spellings(name: str) -> tuple[tuple[str, str], ...]:
    """The same of a village, by the readings of a place and of a family: many are called after one. Without figures."""
    both = (*text_spellings("".join(one for one in name if not one.isdigit())), *spellings(name))
    return tuple(dict(both).items())


def letters(typed: str) -> str:
    """What a clerk typed as the store spells it: "Lǚ Xiǎo'ér" → "lvxiaoer"; "" when other than letters stand in it."""
    plain = toneless(unicodedata.normalize("NFKC", typed).lower().replace("u:", "v"))
    kept = "".join(character for character in plain if character not in " '’-·.")
    return kept if kept.isascii() and kept.isalpha() else ""


def syllables_begun(pinyin: str, initials: str, typed: str) -> int:
    """How many syllables of a spelling these letters stand for, the last perhaps only begun; 0 where for none."""
    if initials.startswith(typed):
        return len(typed)
    if not pinyin.startswith(typed):
        return 0
    ends = _apart(pinyin, initials)
    return next((count for count, end in enumerate(ends, start=1) if end >= len(typed)), 0)


def _apart(pinyin: str, initials: str, start: int = 0) -> tuple[int, ...]:
    """Where the syllables of a spelling end, known by their first letters; () where it does not come apart."""
    for end in range(start + 1, len(pinyin) + 1):
        if _SYLLABLE.fullmatch(pinyin, start, end) and pinyin[start] == initials[0]:
            if len(initials) == 1:
                if end == len(pinyin):
                    return (end,)
            elif rest := _apart(pinyin, initials[1:], end):
                return (end, *rest)
    return ()


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
