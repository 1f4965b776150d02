"""Whether text of a page lies under something: a field, a picture or another text that somebody put over it.

What cannot be seen would still be read, and would vouch for a paper that shows something else.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

FAINT = 24
"""Of 255 steps from black to white: where a sign stands, less difference than this is none that anybody sees."""
_NO_INK = frozenset({0, 0xFFFE, 0xFFFF, *range(0xDC00, 0xE000)})
"""No signs, and the second halves of rare characters, which PDFium tells as two."""
_FINE = 100_000
_MARGIN = 1
_ENOUGH = 100
"""Dots across and down by which a sign is seen."""
_LEAST, _MOST = 1.5, 100
"""Points. Of smaller signs (dots, accents) and of larger ones than any of ours it is not asked whether others lie on
them."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the page's bottom left corner."""


def is_any_under(page: Any, textpage: Any, dots: memoryview, wide: int) -> bool:
    """`dots`: the page as it is seen, in grey, row by row; the first `wide` of a row are the page's."""
    boxes = list(_boxes(textpage))
    return _any_unseen(page, boxes, dots, wide) or _any_crossed(boxes)


def _boxes(textpage: Any) -> Iterator[Box]:
    """Where ink of signs should be."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for place in range(textpage.count_chars()):
        sign = raw.FPDFText_GetUnicode(textpage, place)
        if sign in _NO_INK or chr(sign).isspace() or raw.FPDFText_IsGenerated(textpage, place):
            continue
        if raw.FPDFText_GetCharBox(textpage, place, left, right, bottom, top) and (
                right.value > left.value and top.value > bottom.value):
            yield left.value, bottom.value, right.value, top.value


def _any_unseen(page: Any, boxes: list[Box], dots: memoryview, wide: int) -> bool:
    high, stride = dots.shape  # type: ignore[misc]
    to_dots = _to_dots(page, wide, high)
    whole = bytes(dots)
    for left, bottom, right, top in boxes:
        (one_x, one_y), (other_x, other_y) = to_dots(left, bottom), to_dots(right, top)
        across, down = _reach(one_x, other_x, wide), _reach(one_y, other_y, high)
        seen = b"".join(whole[row * stride + across.start : row * stride + across.stop : across.step] for row in down)
        if not seen or max(seen) - min(seen) < FAINT:
            return True
    return False


def _reach(one: float, other: float, size: int) -> range:
    """The dots from one end of a sign to the other, of a huge sign every so many."""
    start, stop = max(0, int(min(one, other)) - _MARGIN), min(size, int(max(one, other)) + 1 + _MARGIN)
    return range(start, max(start, stop), max(1, (stop - start) // _ENOUGH))


def _to_dots(page: Any, wide: int, high: int) -> Any:
    """How a place on the page becomes one in its picture, however the page is cut or turned."""
    from pypdfium2 import raw

    x, y = ctypes.c_int(), ctypes.c_int()

    def told(across: float, up: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page.raw, 0, 0, _FINE, _FINE, 0, across, up, x, y)
        return x.value / _FINE, y.value / _FINE

    zero, one, other = told(0, 0), told(100, 0), told(0, 100)

    def to_dots(across: float, up: float) -> tuple[float, float]:
        return tuple(  # type: ignore[return-value]
            (zero[axis] + (one[axis] - zero[axis]) * across / 100 + (other[axis] - zero[axis]) * up / 100) * size
            for axis, size in ((0, wide), (1, high)))

    return to_dots


def _any_crossed(boxes: list[Box]) -> bool:
    """Whether the middle of a sign lies within another sign."""
    cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
    signs = [box for box in boxes if min(box[2] - box[0], box[3] - box[1]) >= _LEAST
             and max(box[2] - box[0], box[3] - box[1]) <= _MOST]
    for box in signs:
        left, bottom, right, top = box
        for column in range(int(left) // 8, int(right) // 8 + 1):
            for row in range(int(bottom) // 8, int(top) // 8 + 1):
                cells[column, row].append(box)
    for left, bottom, right, top in signs:
        x, y = (left + right) / 2, (bottom + top) / 2
        near = cells[int(x) // 8, int(y) // 8]
        if sum(one[0] < x < one[2] and one[1] < y < one[3] for one in near) > 1:
            return True
    return False
