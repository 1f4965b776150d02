"""Reads a paper's text and holds it against what the paper should say; the text is a PDF's, in the order of the sheet.

A label is found in either language, and what stands between it and the next label is what the paper says. Whoever
writes a second amount over the first is found as well: an amount that belongs nowhere is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from backbone_core.money import capitals, format_amount
from backbone_desktop.services.paper_rows import Fact, FactKind, FactValue, SheetRead, Stated
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_AMOUNT = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}(?!\d|\.\d)")
_MASKED = re.compile(r"\d{6}\*{8}\d{3}[\dX]")
_CAPITALS = re.compile(r"人民币[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}\d{2}:\d{2}")
_LEADING = frozenset(":¥￥")
_LEAD = re.compile(r"^[:¥￥]+")
_MOST_SHOWN = 40
_LONG = 16
"""Signs from which on a text proves itself by standing on the sheet at all."""
_OTHER_LABELS = (
    "form.receipt.diagnosis", "form.receipt.account", "form.receipt.address", "form.receipt.head",
    "form.receipt.relation", "form.receipt.office", "form.receipt.steps", "form.receipt.papers_in",
    "form.receipt.papers_missing", "form.receipt.signed_by_applicant", "form.in_words.medfee_sumamt",
    "form.in_words.psn_part_amt", "form.receipt.particulars", "form.receipt.amounts", "form.receipt.payment",
    "form.receipt.papers", "form.receipt.signatures",
)
"""Labels that end a value, besides those of the facts."""


@dataclass(frozen=True, slots=True)
class Compared:
    """`strange`: amounts and ID numbers on the paper that belong nowhere on it, as they stand there."""

    facts: tuple[Fact, ...]
    strange: tuple[str, ...]


def compare(stated: Stated, read: SheetRead, spoken: Sequence[Words]) -> Compared:
    """`spoken`: the languages that papers are printed in.

    A fact fits when it does in one of the two orders in which a sheet can be read: a label and its value were drawn one
    after the other, or they stand beside each other.
    """
    labels = [label for code in (*_OTHER_LABELS, *(code for fact in stated.facts for code in fact.printed))
              for label in _label(code, spoken)]
    sheets = [_Sheet(text, labels) for text in (read.text, read.rows) if text]
    lines = Counter(fact.should for fact in stated.facts if _is_line(fact))
    read_in = [[_held(fact, sheet, spoken, lines[fact.should] if _is_line(fact) else 1) for fact in stated.facts]
               for sheet in sheets]
    # where a fact fits in neither, the order in which the sheet makes more sense tells what stands there
    read_in.sort(key=lambda facts: sum(fact.fits is True for fact in facts), reverse=True)
    facts = tuple(next((fact for fact in same if fact.fits), same[0]) for same in zip(*read_in, strict=True))
    return Compared(facts, tuple(_strange(stated, read.text, spoken)))


def shown(words: Words, kind: FactKind, value: FactValue) -> str:
    """A fact's value as papers print it; "" for none."""
    if value is None:
        return words("form.receipt.benefit_open") if kind is FactKind.MONEY else ""
    if isinstance(value, int):
        return format_amount(value)
    if isinstance(value, datetime):
        return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands behind a label, from the place `start` of the sheet's text up to the next one."""

    label: str
    value: str
    start: int


class _Sheet:
    """A sheet's text without blanks, in the order in which it is read, and where labels stand in it."""

    def __init__(self, text: str, labels: Iterable[str]) -> None:
        self.text = _squeezed(text)
        self._label = re.compile("|".join(map(re.escape, sorted(filter(None, labels), key=len, reverse=True))))
        marks = list(self._label.finditer(self.text))
        ends = [*(mark.start() for mark in marks[1:]), len(self.text)]
        self._said = [_Said(mark.group(), self.text[mark.end() : end], mark.end())
                      for mark, end in zip(marks, ends, strict=False)]  # one end more where there is no label

    def behind(self, labels: Collection[str]) -> list[_Said]:
        return [said for said in self._said if said.label in labels]

    def first(self, labels: Collection[str]) -> list[_Said]:
        """The first cell with one of these labels, in both languages, up to its amount: the steps of the benefit name
        amounts as well, further below."""
        cell: list[_Said] = []
        for said in self._said:
            if said.label in labels and not (cell and _AMOUNT.search(cell[-1].value)):
                cell.append(said)
            elif cell:
                break
        return cell

    def says(self, said: _Said, wanted: str) -> bool:
        """Whether just this stands behind the label; it may hold what elsewhere is a label."""
        start = said.start
        while self.text[start : start + 1] in _LEADING:
            start += 1
        end = start + len(wanted)
        return self.text.startswith(wanted, start) and (
            end == len(self.text) or self._label.match(self.text, end) is not None)


def _is_line(fact: Fact) -> bool:
    """Whether it is one of a list's lines (person.2), each of which says it anew."""
    return "." in fact.name and not fact.printed


def _held(fact: Fact, sheet: _Sheet, spoken: Sequence[Words], times: int) -> Fact:
    """The fact with what the paper says of it, which without a label must stand there so many times at least."""
    wanted = {_squeezed(shown(words, fact.kind, value)) for words in spoken for value in (fact.should, fact.now)
              if value is not None or (value is fact.should and fact.kind is FactKind.MONEY)} - {""}
    if not wanted:
        return fact  # nothing is known of it here
    labels = {label for code in fact.printed for label in _label(code, spoken)}
    said = sheet.behind(labels)
    if not said:  # a sheet of another version of the form, which names it otherwise or not at all
        fitting = next((one for one in wanted if sheet.text.count(one) >= times), "")
        return replace(fact, fits=bool(fitting), on_paper=_as_said(fact, fitting))
    if fact.kind is FactKind.TEXT and (long := next(
            (one for one in wanted if len(one) >= _LONG and one in sheet.text), "")):
        return replace(fact, fits=True, on_paper=long)  # it may take several lines, beside which its label stands
    if fact.kind is FactKind.TEXT and (told := next(
            (want for one in said for want in wanted if sheet.says(one, want)), "")):
        return replace(fact, fits=True, on_paper=told)
    values = [one.value for one in (said if fact.kind is not FactKind.MONEY else sheet.first(labels)) if one.value]
    read = [_read(fact, value) for value in values]
    fitting = next((one for one in read if one in wanted), "")
    first = next((one for one in read if one), "")[:_MOST_SHOWN]
    return replace(fact, fits=bool(fitting), on_paper=_as_said(fact, fitting or first))


def _read(fact: Fact, value: str) -> str:
    """What of the text behind a label is the fact."""
    if fact.kind is FactKind.MONEY:
        amount = _AMOUNT.search(value)
        return amount.group() if amount else _LEAD.sub("", value)
    if fact.kind is FactKind.DATE:
        found = _DATE.findall(value)
        return found[fact.place] if fact.place < len(found) else ""
    if fact.kind is FactKind.MOMENT:
        found = _MOMENT.findall(value)
        return found[0] if found else _LEAD.sub("", value)
    return _LEAD.sub("", value)


def _as_said(fact: Fact, squeezed: str) -> str:
    """The blank between day and hour is the only one that matters."""
    return f"{squeezed[:10]} {squeezed[10:]}" if fact.kind is FactKind.MOMENT and squeezed else squeezed


def _label(code: str, spoken: Sequence[Words]) -> tuple[str, ...]:
    """A label in every language; of a line with a fact in it, what stands before the fact."""
    return tuple(_squeezed(words(code).partition("{")[0]) for words in spoken if words.knows(code))


def _strange(stated: Stated, text: str, spoken: Sequence[Words]) -> Iterable[str]:
    known = {format_amount(amount) for amount in stated.amounts}
    others = [other for words in spoken for other in stated.other_texts(words)]
    for other in others:
        known.update(_AMOUNT.findall(other.translate(_NARROW)))
    whose = {one for value in (*(fact.should for fact in stated.facts), *(fact.now for fact in stated.facts), *others)
             if isinstance(value, str) for one in _MASKED.findall(_squeezed(value))}
    if whose:  # else the form names nobody by number, or the register has none
        yield from dict.fromkeys(one for one in _MASKED.findall(_squeezed(text)) if one not in whose)
    written = {capitals(amount, prefix=True) for amount in stated.amounts if amount >= 0}
    # blanks part the amounts of neighbouring cells; a line's end within a sum in capitals does not part it
    yield from dict.fromkeys(one for one in _AMOUNT.findall(text.translate(_NARROW)) if one not in known)
    yield from dict.fromkeys(one for one in _CAPITALS.findall(_squeezed(text)) if one not in written)


def _squeezed(text: str) -> str:
    """Without blanks and breaks, which a sheet puts where it likes; wide signs as narrow ones."""
    return "".join(text.split()).translate(_NARROW)
