"""Whether two records look like one person: the kinds of likeness by which a register is searched for duplicates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from backbone_core.identity import check_digit, mask_id_no

_OLD, _WHOLE = 15, 18
_BODY = 17
_CENTURY = slice(6, 8)
"""What the old numbers of 15 digits leave out."""
_HEAD_END, _TAIL_START = 12, 13
"""Where a number's body parts: no single mistake reaches both what stands before and what stands behind."""
_SHOWN_APART = 2


class Likeness(StrEnum):
    """Why two records may be one person; the surest first."""

    SAME_NUMBER = "same_number"
    NEAR_NUMBER = "near_number"
    NAME_AND_BIRTH = "name_and_birth"
    PHONE_AND_ACCOUNT = "phone_and_account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What of a person is compared. `readings` are all spellings of the name in pinyin; `phone` may be the household's.

    A part that is not known is "".
    """

    name: str = ""
    readings: frozenset[str] = frozenset()
    id_no: str = ""
    township: str = ""
    household_id: str = ""
    phone: str = ""
    account: str = ""


def likenesses(one: Traits, other: Traits) -> tuple[Likeness, ...]:
    """Every kind of likeness that holds between two records, the surest first; () = nothing to ask about.

    A phone alone is none, because families share one; a phone and an account are, except among the people of one
    household whose names differ: a family's money often comes on one card.
    """
    found = []
    alike = names_alike(one, other)
    if one.id_no and whole_number(one.id_no) == whole_number(other.id_no):
        found.append(Likeness.SAME_NUMBER)
    elif alike and numbers_near(one.id_no, other.id_no):
        found.append(Likeness.NEAR_NUMBER)
    born = birth_part(one.id_no)
    if alike and born and born == birth_part(other.id_no) and one.township and one.township == other.township:
        found.append(Likeness.NAME_AND_BIRTH)
    apart = one.household_id != other.household_id
    if one.phone and one.account and (one.phone, one.account) == (other.phone, other.account) and (apart or alike):
        found.append(Likeness.PHONE_AND_ACCOUNT)
    return tuple(found)


def names_alike(one: Traits, other: Traits) -> bool:
    """Written alike, or read alike in any way: 单 is Shan or Dan, 王晓明 sounds as 王小明 does."""
    return bool(one.name and one.name == other.name) or not one.readings.isdisjoint(other.readings)


def whole_number(id_no: str) -> str:
    """A number of 15 digits as the 18 characters that it became in 1999; any other as it is."""
    if len(id_no) != _OLD or not id_no.isdecimal():
        return id_no
    longer = f"{id_no[:6]}19{id_no[6:]}"
    return longer + check_digit(longer)


def body_of(id_no: str) -> str:
    """The 17 digits before the check digit, which follows from them; "" for what is no resident's number."""
    whole = whole_number(id_no)
    body = whole[:_BODY]
    return body if len(whole) == _WHOLE and body.isascii() and body.isdecimal() else ""


def birth_part(id_no: str) -> str:
    """The birth date as it stands in a number ("19800101"), or ""."""
    return body_of(id_no)[6:14]


def numbers_near(one: str, other: str) -> bool:
    """Whether one digit, or two neighbours in the wrong order, make one number of the other.

    The check digit does not count: whoever made the mistake, or turned 15 digits into 18 after it, had it worked out
    anew, so that two numbers that are right by themselves differ in it as well.
    """
    first, second = body_of(one), body_of(other)
    if not first or not second:
        return False
    return bodies_near(first, second)


def bodies_near(one: str, other: str) -> bool:
    """The same for two bodies of 17 digits; equal ones are near."""
    places = [n for n in range(_BODY) if one[n] != other[n]]
    if len(places) < 2:
        return True
    if len(places) > 2:
        return False
    first, second = places
    swapped = one[first] == other[second] and one[second] == other[first]
    if swapped and one[_CENTURY] == "19" and (first, second) == (5, 8):
        return True  # neighbours in the 15 digits
    return swapped and second == first + 1


def near_blocks(id_no: str) -> Iterator[str]:
    """Keys of which two near numbers share at least one: what stands before the 13th digit, and what behind it."""
    body = body_of(id_no)
    if body:
        yield "<" + body[:_HEAD_END]
        yield ">" + body[_TAIL_START:]


def masked_apart(one: str, other: str) -> tuple[str, str]:
    """Two numbers masked, but for one or two hidden digits in which they differ: without them they would look the same.

    ("520625********0015", "520625********0015") would be of no use to who has to say whether they are one person's.
    """
    masks = mask_id_no(one), mask_id_no(other)
    places = [n for n, digit in enumerate(one) if len(other) == len(one) and digit != other[n] and masks[0][n] == "*"]
    if len(one) < _OLD or not 0 < len(places) <= _SHOWN_APART:
        return masks
    shown = ["".join(number[n] if n in places else mask[n] for n in range(len(number)))
             for number, mask in zip((one, other), masks, strict=True)]
    return shown[0], shown[1]
