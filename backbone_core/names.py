"""Names, telephone and account numbers as people type them, brought into the one form that is stored."""

from __future__ import annotations

import re
import unicodedata

from backbone_core.errors import Finding, RuleBroken, warning

LONGEST_NAME = 100
MIDDLE_DOT = "·"
_DOTS = "・•‧･．.⋅∙·●"
_AROUND_DOT = re.compile(rf"\s*[{re.escape(_DOTS)}]\s*")
_COMMON = re.compile("[\u4e00-\u9fa5]{1,50}")  # all of them letters that stand as they are
_BLANKS = re.compile(r"\s+")
FORMERLY_PRIVATE = dict(enumerate(
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻", 0xE815))
"""Characters that GBK (0xFE50–0xFEA0) had at private code points, and older programs keep there, to the places that GB
18030-2022 gives them in Unicode, for `str.translate`."""
_FULL_WIDTH = {code: code - 0xFEE0 for start in (0xFF21, 0xFF41) for code in range(start, start + 26)}
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F, *range(0xFE00, 0xFE10),
                            *range(0xE0100, 0xE01F0)))
"""Joiners, marks of direction, selectors of a variant: nobody sees them, and two spellings of a name would differ."""
_ACCENTED = re.compile("[A-Za-z][\u0300-\u036f]+")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_FIXED = re.compile(r"0\d{9,11}|[2-9]\d{6,7}")


def read_name(typed: str) -> str:
    """Read a person's name: any letter of GB 18030, one U+00B7 between the parts of a name (2016 notice on
    姓名间隔点), no blanks between Chinese characters, one between words in Latin letters.

    A Latin letter and the accents after it become one character. Nothing else is normalised: NFC and NFKC would turn
    some people's characters into other ones.
    Raises `RuleBroken` name.empty, name.too_long (fact `most`), name.private_use (a home-made character of an old
    system), name.characters (digits, signs, a dot at an end).
    """
    if _COMMON.fullmatch(typed):
        return typed
    text = typed.translate(_INVISIBLE).translate(_FULL_WIDTH).translate(FORMERLY_PRIVATE).strip()
    text = _ACCENTED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    text = with_middle_dots(text)
    text = _BLANKS.sub(_blank_kept, text)
    if not text:
        raise RuleBroken("name.empty")
    if any(unicodedata.category(character) == "Co" for character in text):
        raise RuleBroken("name.private_use")
    if text.strip(MIDDLE_DOT) != text or MIDDLE_DOT * 2 in text or not all(map(_belongs, text)):
        raise RuleBroken("name.characters")
    if len(text) > LONGEST_NAME:
        raise RuleBroken("name.too_long", most=LONGEST_NAME)
    return text


def with_middle_dots(text: str) -> str:
    """Whatever dot or full stop somebody typed between the parts of a name, as it is stored."""
    return _AROUND_DOT.sub(MIDDLE_DOT, text)


def _blank_kept(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1], found.string[found.end()]
    return "" if ord(before) >= 0x2E80 or ord(after) >= 0x2E80 else " "


def _belongs(character: str) -> bool:
    # 〇 (U+3007) is a letter-like number, and part of names. Planes 2 and 3 hold ideographs alone, of which Unicode
    # gets new ones for people's names before a Python knows them.
    return (character in " '’-〇" or character == MIDDLE_DOT or unicodedata.category(character)[0] in "LM"
            or "\U00020000" <= character <= "\U0003fffd")


def read_phone(typed: str) -> str:
    """Read a mobile or fixed number and return its digits; "" for none. +86 and dashes are dropped.

    Raises `RuleBroken` phone.characters, phone.form (no Chinese number has this length and beginning).
    """
    if _MOBILE.fullmatch(typed):
        return typed
    text = re.sub(r"[\s\-‐–—()/.]", "", unicodedata.normalize("NFKC", typed))
    if not text:
        return ""
    text = re.sub(r"^(\+86|0086)", "", text)
    if not (text.isascii() and text.isdigit()):
        raise RuleBroken("phone.characters")
    if len(text) == 13 and text.startswith("861"):
        text = text[2:]
    if not (_MOBILE.fullmatch(text) or _FIXED.fullmatch(text)):
        raise RuleBroken("phone.form")
    return text


def read_account(typed: str) -> tuple[str, tuple[Finding, ...]]:
    """Read a bank account or card number and return its digits and what to warn of; "" for none.

    The check digit (ISO/IEC 7812, Luhn) of a 16 to 19 digit number only warns (account.luhn): older passbooks do not
    have one. Raises `RuleBroken` account.characters, account.length (fact `length`; 8 to 32 digits).
    """
    text = re.sub(r"[\s\-‐–—]", "", unicodedata.normalize("NFKC", typed))
    if not text:
        return "", ()
    if not (text.isascii() and text.isdigit()):
        raise RuleBroken("account.characters")
    if not 8 <= len(text) <= 32:
        raise RuleBroken("account.length", length=len(text))
    if 16 <= len(text) <= 19 and not _luhn(text):
        return text, (warning("account.luhn"),)
    return text, ()


def _luhn(digits: str) -> bool:
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
