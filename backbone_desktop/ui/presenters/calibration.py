"""What the page that measures a printer shows and does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from backbone_core.errors import RuleBroken
from backbone_desktop.services.calibration import CROSS, LINE, UNCORRECTED, Calibration, corrected
from backbone_desktop.services.forms import Form
from backbone_desktop.ui.presenters.paper import calibration_line, paper_words
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.errors import Finding
    from backbone_desktop.ui.backend import Papers

MEANT = {"left": f"{CROSS[0]:.1f}", "top": f"{CROSS[1]:.1f}", "line": f"{LINE:.1f}"}
MEASURED = tuple(MEANT)
_FOLLOWS_FROM = {"dx": "left", "dy": "top", "scale": "line"}
_MILLIMETRES = re.compile(r"\d{1,3}(\.\d)?")


def test_sheet_of(papers: Papers, words: Words, form: Form, *, paper: str, printer: str, with_: Calibration) -> bytes:
    told = [words("Printer: {printer}; paper: {paper}", printer=printer, paper=paper_words(words, paper))]
    if with_ != UNCORRECTED:
        told.append(words("Printed with this correction: {correction}", correction=correction_line(words, with_)))
    return papers.test_sheet(form, paper, told, with_.fit(), words.language)


def correction_line(words: Words, correction: Calibration) -> str:
    """In words, because right and left are mistaken more easily than plus and minus."""
    across = (words("{mm} mm to the right", mm=f"{correction.dx / 10:.1f}") if correction.dx >= 0 else
              words("{mm} mm to the left", mm=f"{-correction.dx / 10:.1f}"))
    down = (words("{mm} mm down", mm=f"{correction.dy / 10:.1f}") if correction.dy >= 0 else
            words("{mm} mm up", mm=f"{-correction.dy / 10:.1f}"))
    return words("{across}, {down}, {scale} % in size", across=across, down=down, scale=f"{correction.scale / 10:.1f}")


def standing_line(words: Words, known: Calibration | None) -> str:
    return calibration_line(words, None) if known is None else words(
        "Saved now: {correction}", correction=correction_line(words, known))


def tenths(typed: str, field: str) -> int:
    """Millimetres as they are typed, in tenths. Raises RuleBroken calibration.not_measured at `field`."""
    text = unicodedata.normalize("NFKC", typed).replace("毫米", "").replace("mm", "").replace(",", ".").strip()
    if not _MILLIMETRES.fullmatch(text):
        raise RuleBroken("calibration.not_measured", field)
    return round(float(text) * 10)


def worked_out(before: Calibration, typed: Mapping[str, str]) -> Calibration:
    """Raises RuleBroken at the fields left, top and line."""
    left, top, line = (tenths(typed[field], field) for field in MEASURED)
    try:
        return corrected(before, left, top, line)
    except RuleBroken as error:
        raise RuleBroken.because_of(replace(found, field=_FOLLOWS_FROM[found.field])
                                    for found in error.findings) from None


def wrong_at(before: Calibration, typed: Mapping[str, str], field: str) -> Finding | None:
    """What is wrong with a field that was left; what is not measured yet is taken to be right."""
    try:
        worked_out(before, {name: text or MEANT[name] for name, text in typed.items()})
    except RuleBroken as error:
        return next((found for found in error.findings if found.field == field), None)
    return None
