"""Amounts in whole fen: read as typed, shown in figures and in Chinese capitals."""

from __future__ import annotations

import re
import unicodedata

from backbone_core.errors import RuleBroken

LARGEST = 99_999_999_99
"""Fen. A larger amount on a settlement sheet is a missing decimal point."""

_PLAIN = re.compile(r"(\d+)(?:\.(\d*))?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def read_amount(typed: str) -> int:
    """Read an amount in yuan and return fen; "1,234.5", "１２３４．５", "¥1234.50" and "1234.5元" are the same.

    Raises `RuleBroken` amount.empty, amount.negative, amount.grouping (commas that part no thousands),
    amount.characters, amount.decimals (more than two), amount.too_large (above 99,999,999.99 yuan).
    """
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    text = text.replace("。", ".").replace("、", ",").replace("−", "-").replace("–", "-")
    text = text.removeprefix("人民币").removeprefix("RMB").removeprefix("¥").removesuffix("整").removesuffix("元")
    if not text:
        raise RuleBroken("amount.empty")
    if text.startswith("-") and any(character.isdigit() for character in text):
        raise RuleBroken("amount.negative")
    if "," in text and re.fullmatch(r"[\d,.]+", text):
        if _GROUPED.fullmatch(text) is None:
            raise RuleBroken("amount.grouping")
        text = text.replace(",", "")
    found = _PLAIN.fullmatch(text)
    if found is None or not text.isascii():
        raise RuleBroken("amount.characters")
    yuan, decimals = found.group(1), found.group(2) or ""
    if len(decimals) > 2:
        raise RuleBroken("amount.decimals")
    if len(yuan.lstrip("0")) > 12:
        raise RuleBroken("amount.too_large", largest_fen=LARGEST)
    fen = int(yuan) * 100 + int(decimals.ljust(2, "0"))
    if fen > LARGEST:
        raise RuleBroken("amount.too_large", largest_fen=LARGEST)
    return fen


def format_amount(fen: int) -> str:
    """Fen as yuan with thousands separators and two decimals: 123450 → "1,234.50"."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def capitals(fen: int, *, prefix: bool = False) -> str:
    """An amount in Chinese capitals: 123450 → "壹仟贰佰叁拾肆元伍角整"; with `prefix` "人民币" stands before it.

    Source: 支付结算办法 (1997), annex 1 正确填写票据和结算凭证的基本规定: 整 after 元 (and, by choice, after 角), none
    after 分; one 零 for zeros between figures; 零 after 元 when the 角 are nought and the 分 are not; where the
    万 or 元 place is nought the rule leaves the 零 free, and none is written here. Up to 999,999,999,999.99 yuan.
    """
    if not 0 <= fen < 10**14:
        raise ValueError("capitals are written for amounts from 0 to below 10^12 yuan")
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    words = _whole(yuan) + "元" if yuan else ""
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif rest and yuan:
        words += "零"
    if rest:
        words += _DIGITS[rest] + "分"
    else:
        words = (words or "零元") + "整"
    return ("人民币" if prefix else "") + words


def _whole(yuan: int) -> str:
    words = ""
    for index in reversed(range(len(_GROUPS))):
        group = yuan // 10_000**index % 10_000
        if not group:
            continue
        if words and group < 1000:
            words += "零"
        words += _four(group) + _GROUPS[index]
    return words


def _four(group: int) -> str:
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            gap = True
            continue
        if gap and words:
            words += "零"
        words += _DIGITS[digit] + _PLACES[place]
        gap = False
    return words
