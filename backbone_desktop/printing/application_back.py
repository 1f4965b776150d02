"""The back of the application form: which papers were handed in, and what the offices say, each with hand and seal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_desktop.printing.elements import SEAL, Content, Row, Section
from backbone_desktop.printing.grid import Grid, first
from backbone_desktop.printing.hands import Hands
from backbone_desktop.printing.options import Options, options
from backbone_desktop.printing.paper import Ink
from backbone_desktop.printing.setter import Setter
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.application import ApplicationData, PaperLine
    from backbone_desktop.words import Words

COUNT = 15.0
"""Width of a column for how many there are, written in by hand, in millimetres."""
OPINIONS = (("taking_in", 3), ("first_review", 2), ("second_review", 3))
"""Each with how many answers it has to choose from."""
FILLING_IN = ("fill_pen", "fill_account", "fill_proxy", "fill_reviewers")


@dataclass(frozen=True, slots=True)
class Opinion:
    """Answers to tick, a space for the hand below them and the seal's circle at the right."""

    hands: Hands
    answers: Options
    signed_by: str
    name: str
    day: str
    whose: str
    here: str
    sealed_on: str
    known: bool

    @property
    def height(self) -> float:
        return max(SEAL + 2.4, self.answers.height + self.hands.signature_height + 3)

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        free = height - self.answers.height - self.hands.signature_height
        self.answers.draw(ink, x, y + free / 3, width, self.answers.height)
        self.hands.signature(ink, self.signed_by, x + self.hands.edge, y + height - free / 3 -
                             self.hands.signature_height, name=self.name, day=self.day)
        self.hands.seal(ink, (x + width - SEAL / 2 - 2, y + height / 2), self.whose, self.here, day=self.sealed_on,
                        known=self.known)

    def split(self, room: float) -> tuple[Content, Content] | None:
        return None


class ApplicationBack:
    def __init__(self, data: ApplicationData, words: Words, setter: Setter, grid: Grid) -> None:
        self._data, self._words, self._set, self._grid = data, words, setter, grid

    def sections(self) -> list[Section]:
        return [self._papers(), *(self._opinion(name, answers) for name, answers in OPINIONS), self._filling_in()]

    def _papers(self) -> Section:
        """Two papers beside each other, the first half of the list at the left."""
        grid, papers = self._grid, self._data.papers
        wide = grid.inner / 2 - 2 * COUNT
        columns = (("paper", wide), ("originals", COUNT), ("copies", COUNT)) * 2
        half = -(-len(papers) // 2)
        rows: list[tuple[Content, ...]] = []
        for place in range(half):
            right = self._paper(papers[half + place], wide) if half + place < len(papers) else grid.blank(wide)
            rows.append((self._paper(papers[place], wide), grid.blank(COUNT), grid.blank(COUNT),
                         right, grid.blank(COUNT), grid.blank(COUNT)))
        if not rows:  # no scheme says what is needed: lines to write the papers in
            rows = [tuple(grid.blank(width) for _, width in columns)] * 6
        return grid.table("papers", columns, rows)

    def _paper(self, paper: PaperLine, width: float) -> Content:
        return options(self._set, [(paper.text or first(self._words(f"document.{paper.code}")), paper.handed_in)],
                       width)

    def _opinion(self, name: str, count: int) -> Section:
        data, say = self._data, self._grid.say
        left = self._grid.inner - SEAL - 4
        answers = options(self._set, [(say(f"{name}_{number}"), False) for number in range(1, count + 1)], left,
                          one_a_line=True)
        day = first(say("day"))
        clerk, under = "", day
        whose = {"first_review": data.township, "second_review": data.county_name}.get(name, "")
        if name == "taking_in":
            clerk, whose = data.received_by or data.printed_by, data.office
            if data.received_at:
                on = data.received_at.astimezone(CHINA)
                day, under = "", first(self._words("form.date", year=on.year, month=on.month, day=on.day))
        opinion = Opinion(Hands(self._set), answers, say(f"{name}_signed"), clerk, day, whose, say(f"{name}_seal"),
                          under, known=not day)
        return self._grid.section(name, Row(((opinion, self._grid.inner),), 0))

    def _filling_in(self) -> Section:
        size, inner = self._set.size.small, self._grid.inner
        told = self._set.steps([self._grid.say(code) for code in FILLING_IN], inner, size, filled=False)
        return self._grid.section("filling_in", self._set.row((told, inner)))
