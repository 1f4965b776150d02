"""What was typed, read as each kind of key: a text, a number or part of one, and letters of pinyin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from backbone_core.names import with_middle_dots
from backbone_core.paper_proof import number_in_code
from backbone_desktop.services.matched import PART
from backbone_desktop.store.pinyin import letters

_NUMBER = re.compile(r"[0-9]+X?")
_IN_NUMBERS = re.compile(r"^\+86|[\s\-‐‑–—−()/.·]")
_OLD_ID, _CARD_ID, _ID = 15, 20, 18  # the first generation's number, the disability card's, the one that is stored
_COUNTY = 6
"""An ID number's first figures: the county; a birth date of eight, three figures of order and the check follow."""
_MOBILE = 11
_PHONE = re.compile(r"1(?:[3-9]\d{0,9})?|0\d{0,11}|[2-9]\d{0,7}")
_MONTHS = tuple(f"{month:02d}" for month in range(1, 13))
_DECADES = tuple(f"{decade}" for decade in range(190, 210))
_BIRTH = re.compile(r"(?:1|2|19|20|(?:19|20)\d{1,2}|(?:19|20)\d\d(?:[01]|(?:0[1-9]|1[0-2])(?:[0-3]|"
                    r"(?:0[1-9]|[12]\d|3[01])[0-9X]*)?))?")
_MONTH_ON = re.compile(r"[01]|(?:0[1-9]|1[0-2])(?:[0-3]|(?:0[1-9]|[12]\d|3[01])[0-9X]*)?")


@dataclass(frozen=True)
class Typed:
    """`text` as names are stored, `number` without what parts its figures ("" where it is none), `letters`."""

    text: str
    number: str
    letters: str

    @classmethod
    def read(cls, typed: str) -> Typed:
        """A paper's code, as a barcode gun types it, is read as the number of the household or claim on the paper."""
        typed = number_in_code(typed) or typed
        folded = _folded(typed).strip()
        text = "".join((folded if folded.isascii() else with_middle_dots(folded)).split())
        number = _IN_NUMBERS.sub("", folded).upper()
        return cls(text, number if _NUMBER.fullmatch(number) else "", letters(typed))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """How an ID number may begin that was typed as `number`; the older ones leave out the century."""
        number = self.number[:_ID] if len(self.number) == _CARD_ID else self.number
        births = [number[_COUNTY:]]
        if _COUNTY < len(number) <= _OLD_ID and number.isdigit():
            births.append(f"19{number[_COUNTY:]}")
        return tuple(number[:_COUNTY] + birth for birth in births if len(number) <= _ID and _BIRTH.fullmatch(birth))

    @property
    def begins_a_phone(self) -> bool:
        return _PHONE.fullmatch(self.number) is not None

    @property
    def ends_a_phone(self) -> bool:
        return PART <= len(self.number) < _MOBILE and self.number.isdigit()

    # -- a part of an ID number, as what stands from its 7th or its 11th figure on, or behind a county's last figures

    @cached_property
    def from_birth(self) -> tuple[str, ...]:
        """How the number goes on from its seventh figure, the birth date, when `number` stands somewhere after that.

        What stands before the part is one or two centuries, or all decades.
        """
        return tuple(self._after(("", *"12", "19", "20", *_DECADES), 12, _BIRTH))

    @cached_property
    def from_month(self) -> tuple[str, ...]:
        """How it goes on from its eleventh figure, the month of birth: before the part stand month and tens of days."""
        days = (f"{month}{tens}" for month, tens in product(_MONTHS, "0123"))
        return tuple(self._after(("", *"01", *_MONTHS, *days), 8, _MONTH_ON))

    @cached_property
    def from_county(self) -> tuple[tuple[int, str, str], ...]:
        """(place, figures of the county code from there on, what follows the code) for a part that begins in the code.

        The place counts from 1. A part of an older number, without its century, follows the code with "19".
        """
        if len(self.number) < PART or len(self.number) >= _ID:
            return ()
        found = []
        for place in range(2, _COUNTY + 1):
            code, rest = self.number[:_COUNTY + 1 - place], self.number[_COUNTY + 1 - place:]
            for birth in (rest, f"19{rest}") if rest and rest.isdigit() else (rest,):
                if len(birth) <= 12 and _BIRTH.fullmatch(birth) and ("X" not in birth or len(birth) == 12):
                    found.append((place, code, birth))
        return tuple(found)

    def _after(self, fronts: tuple[str, ...], most: int, form: re.Pattern[str]) -> Iterator[str]:
        if len(self.number) < PART:
            return
        for front in fronts:
            whole = front + self.number
            if len(whole) <= most and form.fullmatch(whole) and ("X" not in whole or len(whole) == most):
                yield whole


def _folded(typed: str) -> str:
    """Full-width letters and digits as half-width; Chinese characters stay what they are."""
    return "".join(
        unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else character
        for character in typed.replace("\u3000", " ")
    )
