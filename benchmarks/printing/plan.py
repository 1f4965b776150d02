"""Takes down what our receipts draw, so that a bare canvas can draw the same without deciding anything."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import TICK
from backbone_desktop.printing.fonts import Face, Fonts
from backbone_desktop.printing.paper import PAPERS, POINT, Ink
from backbone_desktop.printing.receipt import draw
from backbone_desktop.services.receipts import ReceiptData
from backbone_desktop.words import Words
from benchmarks.printing.made import RESOURCES


class Watched(Ink):
    """An ink that also notes each thing in a canvas's terms: points from the bottom left, a font for each run."""

    steps: list[list[Any]]

    def text(self, x: float, baseline: float, text: str, face: Face, size: float, **other: Any) -> None:
        super().text(x, baseline, text, face, size, **other)
        spread, at = other.get("spread", 0), x * POINT
        for font, run, width in self._fonts.runs(text, face):
            self.steps.append(["text", at, self._up(baseline), run, font.name, size, other.get("grey", 0),
                               spread * size])
            at += (width / 1000 + spread * len(run)) * size

    def line(self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.35, **other: Any) -> None:
        super().line(x1, y1, x2, y2, weight, **other)
        self.steps.append(["line", x1 * POINT, self._up(y1), x2 * POINT, self._up(y2), weight])

    def box(self, x: float, y: float, width: float, height: float, weight: float = 0.35, **other: Any) -> None:
        super().box(x, y, width, height, weight, **other)
        self.steps.append(["box", x * POINT, self._up(y + height), width * POINT, height * POINT, weight,
                           other.get("grey", 0), bool(other.get("dash"))])

    def circle(self, x: float, y: float, radius: float, weight: float = 0.35, **other: Any) -> None:
        super().circle(x, y, radius, weight, **other)
        self.steps.append(["circle", x * POINT, self._up(y), radius * POINT, weight, other.get("grey", 0)])

    def stamp(self, x: float, y: float, side: float, shape: str) -> None:
        super().stamp(x, y, side, shape)
        self.steps.append(["tick" if shape == TICK else "square", x * POINT, self._up(y + side), side * POINT])

    def dots(self, x: float, y: float, side: float, rows: tuple[tuple[bool, ...], ...]) -> None:
        super().dots(x, y, side, rows)
        self.steps.append(["qr", x * POINT, self._up(y + side), side * POINT])

    def _up(self, y: float) -> float:
        return (self._height - y) * POINT


class WatchedDocument(Document):
    def page(self) -> Ink:
        ink = Watched(self.paper.height, self.fonts, self._embed)
        ink.steps = []
        return ink

    def add(self, ink: Ink) -> None:
        super().add(ink)
        assert isinstance(ink, Watched)
        self.sheets.append(ink.steps)

    sheets: list[list[list[Any]]]


def write_plan(datas: Iterable[ReceiptData], paper: str, file: Path) -> int:
    """Write a line a page; return how many there are."""
    words, fonts = Words.load("zh_CN", RESOURCES / "locale"), Fonts(RESOURCES / "fonts")
    pages = 0
    with file.open("w", encoding="utf-8") as out:
        for data in datas:
            document = WatchedDocument(PAPERS[paper], fonts, title="", author="", language="zh-CN")
            document.sheets = []
            draw(document, data, words)
            for steps in document.sheets:
                out.write(json.dumps({"qr": data.qr, "steps": steps}) + "\n")
                pages += 1
    return pages
