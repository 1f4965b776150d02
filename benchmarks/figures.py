"""One measured figure beside its floor, and how a run of them is told."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`ours` and `floor` in the same unit; `most` is the ratio that we hold ourselves to."""

    name: str
    ours: float
    floor: float
    most: float
    unit: str = "ms"
    places: int = 0
    """Decimals with which both are told."""

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def holds(self) -> bool:
        return self.ratio <= self.most


def median_ms(seconds: Sequence[float]) -> float:
    return statistics.median(seconds) * 1000


def table(figures: Sequence[Figure]) -> str:
    """A Markdown table, so that a run can be pasted into the README as it is."""
    lines = ["| what | ours | floor | ratio | at most | |", "|---|---:|---:|---:|---:|---|"]
    for figure in figures:
        ours, floor = (f"{value:,.{figure.places}f} {figure.unit}" for value in (figure.ours, figure.floor))
        lines.append(f"| {figure.name} | {ours} | {floor} "
                     f"| {figure.ratio:.2f}× | {figure.most:.2f}× | {'holds' if figure.holds else 'MISSED'} |")
    return "\n".join(lines)
