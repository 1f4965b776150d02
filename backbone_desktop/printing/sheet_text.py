"""A page's text as the eye reads it, row by row: a form may have been drawn first and filled in afterwards."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

GAP = 0.7
"""White between two signs, in heights of a sign, from which on they belong to different cells."""
BODY = 0.55
"""Share of a sign's height that it fills above its line."""
MOST_SHORT = 2_000
"""Words of one or two signs, far more than a sheet of ours has. Each is held against each to find upright ones."""
SAME_ROW = 0.05
"""Share of the lower run's body that two runs must have in common to stand in one row: a label of two lines stands
beside the middle of its value."""


@dataclass(slots=True)
class _Run:
    """Signs of one line without a gap. Points from the page's bottom left corner; from `bottom` to `top` is the body
    of the line."""

    left: float
    right: float
    bottom: float
    top: float
    text: str

    def beside(self, other: _Run) -> bool:
        common = min(self.top, other.top) - max(self.bottom, other.bottom)
        return common > SAME_ROW * min(self.top - self.bottom, other.top - other.bottom)

    def stacked_on(self, other: _Run) -> bool:
        """Whether two signs are parts of a word that is written from top to bottom."""
        across = min(self.right, other.right) - max(self.left, other.left)
        height = self.top - self.bottom
        return across > 0 and 0 < abs(self.bottom - other.bottom) < 4 * height


def text_by_rows(textpage: Any) -> str:
    """The runs of each row from left to right, parted by blanks, the rows from top to bottom; words that stand upright
    along the edge belong to no row and are left out."""
    rows: list[list[_Run]] = []
    for run in sorted(_lying(_runs(textpage)), key=lambda run: -(run.top + run.bottom)):
        row = next((row for row in rows[-3:] if any(run.beside(one) for one in row)), None)
        if row is None:
            rows.append([run])
        else:
            row.append(run)
    return "\n".join(" ".join(run.text for run in sorted(row, key=lambda run: (round(run.left), -run.top)))
                     for row in rows)


def _lying(runs: Iterable[_Run]) -> list[_Run]:
    """Without the parts of upright words, which would tie rows together."""
    held = list(runs)
    short = [run for run in held if len(run.text) <= 2 and not run.text.isdigit()]
    if len(short) > MOST_SHORT:
        return held
    upright = {id(run) for run in short if sum(run.stacked_on(other) for other in short if other is not run)}
    return [run for run in held if id(run) not in upright]


def _runs(textpage: Any) -> list[_Run]:
    from pypdfium2 import raw

    runs: list[_Run] = []
    across, line = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    last: _Run | None = None
    for place in range(textpage.count_chars()):
        sign = raw.FPDFText_GetUnicode(textpage, place)
        if sign in (0, 0xFFFE, 0xFFFF) or chr(sign).isspace():
            continue
        raw.FPDFText_GetLooseCharBox(textpage, place, box)
        raw.FPDFText_GetCharOrigin(textpage, place, across, line)
        height = max(box.top - box.bottom, 1.0)
        if last is not None and abs(last.bottom - line.value) < 1 and -1 < box.left - last.right < GAP * height:
            last.text += chr(sign)
            last.right = box.right
        else:
            last = _Run(box.left, box.right, line.value, line.value + BODY * height, chr(sign))
            runs.append(last)
    return runs
