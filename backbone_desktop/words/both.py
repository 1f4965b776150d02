"""Two languages on one paper: each word in the first with the second beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_desktop.words import Words

if TYPE_CHECKING:
    from pathlib import Path

BENEATH = "\u2028"
"""Stands between the two; what sets the text decides whether the second goes on a line of its own."""
AND = "+"


class Both(Words):
    """`language` is the first's. A word that both say alike stands once."""

    def __init__(self, first: Words, second: Words) -> None:
        self.language = first.language
        self._first, self._second = first, second

    @classmethod
    def load(cls, language: str, locale_dir: Path) -> Words:
        """`language` is one of `PAPER_LANGUAGES`, or a window's language for that alone."""
        first, _, second = language.partition(AND)
        one = Words.load(first, locale_dir)
        return cls(one, Words.load(second, locale_dir)) if second else one

    def __call__(self, message: str, /, **facts: object) -> str:
        one = self._first(message, **{name: _half(fact, 0) for name, fact in facts.items()})
        other = self._second(message, **{name: _half(fact, -1) for name, fact in facts.items()})
        return one if one == other else f"{one}{BENEATH}{other}"

    def knows(self, code: str) -> bool:
        return self._first.knows(code)


def one_line(text: str) -> str:
    """Both languages one after the other."""
    return text.replace(BENEATH, " ")


def first_language(text: str) -> str:
    return text.partition(BENEATH)[0]


PAPER_LANGUAGES = {"zh_CN": "中文", "en": "English", f"zh_CN{AND}en": "中文 + English"}
"""What an office may print in."""


def _half(fact: object, place: int) -> object:
    """A fact that was looked up in both languages before goes into each sentence in its own."""
    return fact.split(BENEATH)[place] if isinstance(fact, str) else fact
