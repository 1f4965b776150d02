"""Resident identity numbers: read as typed, checked by their own arithmetic, and masked for the eye."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import mul

from backbone_core.errors import Finding, RuleBroken, refusal, refuse_if_any, warning

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_WHOLE = re.compile(r"[0-9]{17}[0-9X]")
_TYPED_AS_X = str.maketrans({"×": "X", "✕": "X", "✖": "X", "х": "X", "Х": "X", "*": "X"})
_GAPS = re.compile("[\\s\\-\u2010\u2011\u2013\u2014\u00b7.\u200b\u200c\u200d\u2060\ufeff]")


class Sex(StrEnum):
    """GB/T 2261.1."""

    MALE = "1"
    FEMALE = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentId:
    """What an identity number says. `number` has 18 characters; `county` is its first six (the place of first issue).

    `disability` is the type (1–7) and grade (1–4) that a 20-character disability certificate number adds, else "".
    """

    number: str
    birth_date: date
    sex: Sex
    county: str
    disability: str = ""


def check_digit(first_17: str) -> str:
    """The 18th character for the first 17 digits (GB 11643-1999, which uses ISO 7064 MOD 11-2)."""
    return _CHECK[sum(map(mul, _WEIGHTS, map(int, first_17))) % 11]


def read_id_number(
    typed: str, today: date, counties: Container[str] | None = None
) -> tuple[ResidentId, tuple[Finding, ...]]:
    """Read an identity number (18, the older 15, or a disability certificate's 20 characters) and what to warn of.

    The width of characters, blanks, dashes and small letters do not matter. `counties` are the GB/T 2260 codes of
    every revision; a code that is not among them only warns, because codes were renamed and merged for decades.
    The findings' field is "": the caller says where on its form the number stands (`finding.at("id_no")`).

    Raises `RuleBroken` id.empty, id.characters (fact `position`, from 1), id.length (fact `length`), id.birth_date,
    id.birth_future, id.check_digit, id.disability. Warns id.from_15, id.county_unknown.
    """
    text = typed
    if _WHOLE.fullmatch(typed) is None:
        text = _GAPS.sub("", unicodedata.normalize("NFKC", typed)).translate(_TYPED_AS_X).upper()
        if not text:
            raise RuleBroken("id.empty")
        for position, character in enumerate(text, start=1):
            if not ("0" <= character <= "9" or (character == "X" and position == 18)):
                raise RuleBroken("id.characters", position=position)
    if len(text) not in (15, 18, 20):
        raise RuleBroken("id.length", length=len(text))
    warnings: list[Finding] = []
    if len(text) == 15:
        longer = f"{text[:6]}19{text[6:]}"
        text = longer + check_digit(longer)
        warnings.append(warning("id.from_15"))
    number, disability = text[:18], text[18:]
    refusals: list[Finding] = []
    birth = _birth_date(number[6:14])
    if birth is None:
        refusals.append(refusal("id.birth_date"))
    elif birth > today:
        refusals.append(refusal("id.birth_future"))
    if check_digit(number[:17]) != number[17]:
        refusals.append(refusal("id.check_digit"))
    if disability and not ("1" <= disability[0] <= "7" and "1" <= disability[1] <= "4"):
        refusals.append(refusal("id.disability"))
    refuse_if_any(refusals)
    assert birth is not None
    if counties is not None and number[:6] not in counties:
        warnings.append(warning("id.county_unknown", county=number[:6]))
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    read = ResidentId(number=number, birth_date=birth, sex=sex, county=number[:6], disability=disability)
    return read, tuple(warnings)


@lru_cache(maxsize=50_000)  # a county's people share some twenty thousand of them
def _birth_date(digits: str) -> date | None:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return birth if birth.year >= 1900 else None


def age_on(birth: date, day: date) -> int:
    """Full years on `day`; somebody born on 29 February is a year older on 1 March of a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def group_id_no(id_no: str) -> str:
    """As it stands on a form: "520625 19800101 0015"."""
    return f"{id_no[:6]} {id_no[6:14]} {id_no[14:]}".strip()


def mask_id_no(id_no: str) -> str:
    """The birth date is hidden: "520625********0015". Anything too short to be a number is hidden whole."""
    if len(id_no) < 15:
        return "*" * len(id_no)
    return id_no[:6] + "*" * (len(id_no) - 10) + id_no[-4:]


def mask_phone(phone: str) -> str:
    """Enough for its owner to know it again: "138****0000", "0856****67"; of a very short number nothing."""
    if len(phone) < 7:
        return "*" * len(phone)
    shown = 3 if len(phone) == 11 and phone[0] == "1" else len(phone) - 6
    return phone[:shown] + "****" + phone[shown + 4 :]


def mask_account(account: str) -> str:
    """Only the last four digits are shown; of a very short number nothing."""
    return "*" * (len(account) - 4) + account[-4:] if len(account) > 6 else "*" * len(account)
