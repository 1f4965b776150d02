"""What holds for every form, whatever stands on it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from paper_kit import Mark, shapes, squeezed, text_by_poppler, text_of, texts

from backbone_desktop.printing.papers import Papers
from backbone_desktop.printing.preview import page_size
from backbone_desktop.services.forms import Fit, Form, Parts

GOLDEN = Path(__file__).parent / "golden"
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SIZES = {"A4": (210, 297), "A5": (210, 148), "241x93": (241, 93)}
LINE = 0.35
"""A dotted frame's own width, in millimetres."""


def golden_words(papers: Papers, form: Form, data: Any, paper: str) -> None:
    """BACKBONE_GOLDEN=write keeps what is printed now; look at the pages before keeping it."""
    golden = GOLDEN / f"{form}_{paper}_{data.language}.txt"
    found = text_of(papers.form(form, data, paper)).replace("\r\n", "\n")
    if os.environ.get("BACKBONE_GOLDEN") == "write":
        golden.write_text(found + "\n", encoding="utf-8")
    assert squeezed(found) == squeezed(golden.read_text(encoding="utf-8"))


def same_words_in_both_readers(pdf: bytes) -> bool:
    """True also where there is no second reader."""
    other = text_by_poppler(pdf)
    return other is None or sorted(squeezed(other)) == sorted(squeezed(text_of(pdf)))


def same_bytes(papers: Papers, form: Form, data: Any, other: Any, paper: str) -> bool:
    first = papers.form(form, data, paper)
    papers.form(form, other, paper)  # what was printed in between leaves no trace
    return papers.form(form, data, paper) == first == Papers(RESOURCES).form(form, data, paper)


def within_margins(pdf: bytes, paper: str, side: float = 8) -> bool:
    """`side` is what stays white at the left and the right, in millimetres."""
    wide, high = SIZES[paper]
    sized = all(abs(found - wanted) < 0.01
                for found, wanted in zip(page_size(pdf, 0), (wide, high), strict=True))
    drawn = [mark for page in (*texts(pdf), *shapes(pdf)) for mark in page]
    return sized and all(mark.left > side and mark.right < wide - side and mark.top > 3.5 and mark.bottom < high - 3.5
                         for mark in drawn)


def touching(pdf: bytes) -> list[tuple[Mark, Mark]]:
    """Texts that meet another text or a line."""
    found = []
    for written, drawn in zip(texts(pdf), shapes(pdf), strict=True):
        lines = [mark for mark in drawn if min(mark.width, mark.height) < 0.5]
        for place, text in enumerate(written):
            found += [(text, other) for other in written[place + 1 :] if text.meets(other, by=0.15)]
            found += [(text, line) for line in lines if text.meets(line, by=0.1)]
    return found


def spaces(pdf: bytes, width: float, height: float) -> list[list[Mark]]:
    """The dotted spaces of that size on each page."""
    return [[mark for mark in page
             if abs(mark.width - width - LINE) < 0.1 and abs(mark.height - height - LINE) < 0.1]
            for page in shapes(pdf)]


def form_and_data(papers: Papers, form: Form, data: Any, paper: str) -> tuple[str, str]:
    """The words of the form alone and of the data alone; together they are the whole paper."""
    whole, form_alone, filled = (squeezed(text_of(papers.form(form, data, paper, Fit(parts)))) for parts in Parts)
    assert sorted(form_alone + filled) == sorted(whole)
    return form_alone, filled
