"""What the page for verifying papers does and shows: checks of codes, files and pictures, their results in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backbone_core.errors import RuleBroken
from backbone_desktop.services import verifying_words as told
from backbone_desktop.services.paper_rows import Fact, PaperFile, Source
from backbone_desktop.services.verifying import Checked, Verdict, check_code, check_paper
from backbone_desktop.words import LANGUAGES, Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.ui.backend import Backend, Papers

LOOK_WIDTH = 900
"""Pixels of the picture that is kept of a paper's page."""
MOST_LOOKS = 12
"""Pages of one file of which a picture is kept."""
MOST_TOLD = 5
"""Differences that are told in sentences."""
FILES = "*.pdf *.png *.jpg *.jpeg *.bmp *.tif *.tiff *.gif"


@dataclass(frozen=True, slots=True)
class Look:
    """A picture of the page with the code: of a PDF as (width, height, BGRA bytes), else the file's own bytes."""

    drawn: tuple[int, int, bytes] | None = None
    encoded: bytes = b""


@dataclass(frozen=True, slots=True)
class Entry:
    """One check of this sitting."""

    id: str
    at: datetime
    checked: Checked
    county: str
    """The name of the county that made the paper, or its code."""
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class FilesChecked:
    """`refused`: files in which nothing was verified, by name, with the reason."""

    entries: tuple[Entry, ...]
    refused: tuple[tuple[str, RuleBroken], ...] = ()


@dataclass(frozen=True, slots=True)
class FactLine:
    """A line of the table of facts; `meaning` is a value of `theme.Meaning`, "" where nothing was compared."""

    id: str
    label: str
    should: str
    on_paper: str
    now: str
    meaning: str = ""


@dataclass(slots=True)
class Counter:
    """Numbers the checks of a sitting."""

    given: int = field(default=0)

    def next(self) -> str:
        self.given += 1
        return str(self.given)


def check_typed(desk: Desk, backend: Backend, typed: str, counter: Counter) -> Entry:
    """Raises RuleBroken receipt.…"""
    checked = check_code(desk, typed)
    return Entry(counter.next(), desk.clock.now(), checked, _county_of(desk, backend, checked))


def check_files(desk: Desk, backend: Backend, paths: Sequence[Path], counter: Counter, *,
                report: Callable[[int, int], None], stopped: Callable[[], bool]) -> FilesChecked:
    """Check file after file; one that cannot be read does not keep the next from being. Raises RuleBroken
    verify.stopped."""
    entries: list[Entry] = []
    refused: list[tuple[str, RuleBroken]] = []
    for place, path in enumerate(paths):
        report(place, len(paths))
        try:
            paper = backend.papers.read_file(path, stopped)
            entries += _entries(desk, backend, paper, counter, path.read_bytes())
        except RuleBroken as broken:
            if broken.code == "verify.stopped":
                raise
            refused.append((path.name, broken))
    return FilesChecked(tuple(entries), tuple(refused))


def check_picture(desk: Desk, backend: Backend, content: bytes, counter: Counter,
                  stopped: Callable[[], bool]) -> FilesChecked:
    """A picture from the clipboard. Raises RuleBroken verify.…"""
    return FilesChecked(tuple(_entries(desk, backend, backend.papers.read(content, stopped), counter, content)))


def _entries(desk: Desk, backend: Backend, paper: PaperFile, counter: Counter, content: bytes) -> list[Entry]:
    spoken = [Words.load(language, backend.resources / "locale") for language in LANGUAGES]
    at = desk.clock.now()
    return [Entry(counter.next(), at, one, _county_of(desk, backend, one),
                  _look(backend.papers, one, content) if place < MOST_LOOKS else None)
            for place, one in enumerate(check_paper(desk, paper, spoken))]


def _county_of(desk: Desk, backend: Backend, checked: Checked) -> str:
    with desk.read() as work:
        office = work.office.profile()
    if office.county == checked.county:
        return office.county_name
    return next((one.name for one in backend.counties() if one.code == checked.county), checked.county)


def _look(papers: Papers, checked: Checked, content: bytes) -> Look:
    if checked.source is Source.PDF:
        return Look(drawn=papers.image(content, checked.sheet - 1, LOOK_WIDTH))
    return Look(encoded=content)


def meaning_of(checked: Checked) -> str:
    """A value of `theme.Meaning`. A code that holds says nothing of a text that nobody could compare."""
    if checked.verdict is Verdict.GENUINE:
        return "done" if checked.here else "waiting"
    return "refused" if checked.verdict is Verdict.ALTERED else "attention"


def icon_of(checked: Checked) -> str:
    return {"done": "shield-check", "refused": "shield-x"}.get(meaning_of(checked), "")


def verdict_word(words: Words, checked: Checked) -> str:
    only_code = checked.verdict is Verdict.GENUINE and not checked.here
    return words("verdict.genuine_code" if only_code else f"verdict.{checked.verdict}")


def paper_name(words: Words, checked: Checked) -> str:
    where = f" · {words('paper_sheet', number=checked.sheet)}" if checked.sheet > 1 else ""
    return f"{words(f'form.{checked.form}.title')}  {checked.number}{where}"


def sentences(words: Words, checked: Checked) -> tuple[str, ...]:
    """The finding itself, then what does not fit; of much, the beginning: all of it is marked in the table."""
    wrong = tuple(told.wrong(words, checked))
    more = (words("… and {n} more", n=len(wrong) - MOST_TOLD),) if len(wrong) > MOST_TOLD else ()
    return (words(checked.reason), *wrong[:MOST_TOLD], *more)


def remarks(words: Words, entry: Entry) -> tuple[str, ...]:
    return tuple(told.remarks(words, entry.checked, entry.county))


def fact_lines(words: Words, checked: Checked) -> tuple[FactLine, ...]:
    """What does not fit stands first."""
    shown = [fact for fact in checked.facts if told.worth_showing(fact)]
    return tuple(_line(words, fact) for fact in sorted(shown, key=lambda fact: fact.fits is not False))


def time_line(entry: Entry) -> str:
    return entry.at.astimezone(CHINA).strftime("%H:%M")


def gravest(entries: Sequence[Entry]) -> Entry:
    """The check that is shown first of several."""
    order = ("refused", "attention", "waiting", "done")
    return min(entries, key=lambda entry: order.index(meaning_of(entry.checked)))


def _line(words: Words, fact: Fact) -> FactLine:
    on_paper = "" if fact.on_paper is None else fact.on_paper or words("Not found")
    now = "" if fact.now is None else told.shown_value(words, fact, fact.now)
    meaning = {True: "done", False: "refused", None: ""}[fact.fits]
    return FactLine(fact.name, told.label(words, fact), told.should_say(words, fact), on_paper, now, meaning)
