"""The sheet with the recovery code: made once at set-up, signed for, and kept in the office's safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import FRAME, RULE, SIGNATURE, Row, space
from backbone_desktop.printing.fonts import Face, Fonts
from backbone_desktop.printing.heading import Heading
from backbone_desktop.printing.paper import A4, MIDDLE, POINT, Ink
from backbone_desktop.printing.setter import Setter, Type

if TYPE_CHECKING:
    from backbone_desktop.words import Words

TYPE = Type(text=11, label=10.5, small=8.5, title=22, row=9, side=10, pad=2, air=1.4)
CODE = 26.0
"""Points: read without glasses, typed without losing one's place."""
GROUPS_A_LINE = 3
CODE_HEIGHT = 46.0
LABEL = 32.0
RULES = ("form.recovery.rule_safe", "form.recovery.rule_use", "form.recovery.rule_lost", "form.recovery.rule_letters")


class RecoveryFacts(Protocol):
    """What stands on the sheet."""

    @property
    def office(self) -> str: ...
    @property
    def device_name(self) -> str: ...
    @property
    def county_name(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def made_at(self) -> str: ...


def recovery_sheet(data: RecoveryFacts, fonts: Fonts, words: Words) -> bytes:
    """The sheet as PDF bytes. Raises `Unavailable("print.no_glyph", character=…)`."""
    setter, paper = Setter(fonts, TYPE), A4
    document = Document(paper, fonts, title=words("form.recovery.title"), author=data.office,
                        language=words.language.replace("_", "-"))
    ink = document.page()
    heading = Heading(setter, paper, words("form.programme"), 12, words("form.recovery.title"),
                      0.06 if words.language.startswith("zh") else 0,
                      (words("form.recovery.office", office=data.office), words("form.recovery.made", at=data.made_at)),
                      "", 28)
    heading.draw(ink)
    left, inner, top = paper.side, paper.inner, paper.top + heading.height
    y = top
    value = inner - LABEL
    for code, text in (("form.recovery.county", data.county_name), ("form.recovery.device", data.device_name)):
        row = setter.row((setter.label(words(code), LABEL), LABEL), (setter.value(text, value), value))
        row.draw(ink, left, y, row.height)
        y += row.height
        ink.line(left, y, left + inner, y, RULE)
    _code(ink, fonts, data.code, left + inner / 2, y)
    y += CODE_HEIGHT
    ink.line(left, y, left + inner, y, RULE)
    rules = Row(((setter.steps([words(code) for code in RULES], inner, TYPE.text), inner),), TYPE.row)
    rules.draw(ink, left, y, rules.height)
    y += rules.height
    ink.line(left, y, left + inner, y, RULE)
    y = _signatures(ink, setter, words, left, y)
    ink.box(left, top, inner, y - top, FRAME)
    _handovers(ink, setter, words, left, y + 12)
    heading.foot(ink, words("form.recovery.note"), words("form.page", number=1, of=1))
    document.add(ink)
    return document.finish()


def _code(ink: Ink, fonts: Fonts, code: str, centre: float, y: float) -> None:
    """The code's groups, three a line, with wide gaps instead of the dashes that people would type or leave out."""
    groups = code.split("-")
    lines = [groups[start : start + GROUPS_A_LINE] for start in range(0, len(groups), GROUPS_A_LINE)]
    step = CODE * 1.75 / POINT
    middle = y + CODE_HEIGHT / 2 - step * (len(lines) - 1) / 2
    width = max(fonts.width(group, Face.STRONG, CODE) for group in groups) / POINT
    gap = width * 0.3
    for number, line in enumerate(lines):
        x = centre - (len(line) * width + (len(line) - 1) * gap) / 2
        for group in line:
            free = width - fonts.width(group, Face.STRONG, CODE) / POINT
            ink.text(x + free / 2, middle + number * step + MIDDLE * CODE / POINT, group, Face.STRONG, CODE)
            x += width + gap


def _signatures(ink: Ink, setter: Setter, words: Words, left: float, y: float) -> float:
    height = SIGNATURE[1] + 14
    gap = (A4.inner - 2 * SIGNATURE[0]) / 3
    for number, code in enumerate(("form.recovery.made_by", "form.recovery.kept_by")):
        x = left + gap + number * (SIGNATURE[0] + gap)
        caption = setter.lines(words(code), SIGNATURE[0], size=TYPE.label, air=0)
        ink.text(x, y + 4 + MIDDLE * caption.size / POINT, caption.lines[0], caption.face, caption.size)
        space(ink, x, y + 8.5, SIGNATURE)
    return y + height


def _handovers(ink: Ink, setter: Setter, words: Words, left: float, y: float) -> None:
    """An empty table for handing the sheet on, so that one always knows who has it."""
    width = A4.inner / 4
    names = ("form.recovery.day", "form.recovery.given_by", "form.recovery.taken_by", "form.recovery.remark")
    title = setter.lines(words("form.recovery.handovers"), A4.inner, Face.TITLE, air=0)
    ink.text(left, y, title.lines[0], Face.TITLE, title.size)
    y += 3.5
    heads = setter.row(*((setter.label(words(name), width), width) for name in names))
    empty = setter.row(*((setter.lines("", width), width) for _ in names))
    start = y
    for row in (heads, *[empty] * 5):
        row.draw(ink, left, y, row.height)
        y += row.height
        ink.line(left, y, left + A4.inner, y, RULE)
    ink.box(left, start, A4.inner, y - start, FRAME)
