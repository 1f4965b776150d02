"""Part-masked names for lists that hang where everybody reads them."""

from __future__ import annotations

import unicodedata

from backbone_core.names import MIDDLE_DOT

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙"
    "钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里"
    "呼延东郭南门羊舌微生梁丘左丘西门淳于单于纳兰"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[start : start + 2] for start in range(0, len(_COMPOUND), 2))
"""复姓 of 百家姓 and those still borne besides; one given character may follow."""
MASK = "*"
_BETWEEN = frozenset({MIDDLE_DOT, " "})


def mask_name(name: str) -> str:
    """A name as a publicity list shows it: neighbours know who is meant, a stranger who reads it cannot look them up.

    The first character (of a compound surname both) and, of three or more, the last are shown: 李*, 张*例, 欧阳*,
    欧阳*试, 阿**·**曼. The dots between the parts of a name stay, so that it is still seen as one, and so do the
    blanks of names in Latin letters. A single character stays: it tells no more than the surname that every masked
    name shows.

    Source: no national text says how many characters to hide. Publicity lists of village and county governments keep
    surname and last character, and this is the least that tells namesakes of one village apart (个人信息保护法 arts.
    6 and 28; 政府信息公开条例 art. 15).
    """
    letters = _letters(name)
    own = [place for place, one in enumerate(letters) if one not in _BETWEEN]
    if len(own) <= 1:
        return name
    first = 2 if len(own) > 2 and "".join(letters[:2]) in COMPOUND_SURNAMES else 1
    shown = {*own[:first], *(own[-1:] if len(own) > first + 1 else ())}
    return "".join(MASK if place in own and place not in shown else one for place, one in enumerate(letters))


def _letters(name: str) -> list[str]:
    """The characters, each with the marks and variation selectors that belong to it."""
    letters: list[str] = []
    for one in name:
        if letters and unicodedata.category(one)[0] == "M":
            letters[-1] += one
        else:
            letters.append(one)
    return letters
