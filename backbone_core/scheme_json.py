"""Takes a JSON document apart and keeps every mistake with its place, so that all of them are told at once."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from backbone_core.errors import Finding, RuleBroken, refusal

ChoiceT = TypeVar("ChoiceT", bound=StrEnum)

_AMOUNT = re.compile(r"\d{1,10}(?:\.\d{1,2})?")
_RATIO = re.compile(r"0(?:\.\d{1,6})?|1(?:\.0{1,6})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Form(NamedTuple):
    """What a text must look like; the catalogue describes it as `scheme_form.<name>`."""

    name: str
    pattern: str


class _Absent:
    """Stands where a field is missing; that has been said once and is not said again."""


ABSENT = _Absent()


class _NameTwiceError(ValueError):
    """JSON lets a name stand twice and keeps the last; a rule about money must not be so lenient."""


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for name, value in pairs:
        if name in whole:
            raise _NameTwiceError(name)
        whole[name] = value
    return whole


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def parse(text: str | bytes) -> dict[str, Any]:
    """Parse a JSON object. Raises `RuleBroken` scheme.not_utf8, scheme.not_json (facts `line`, `column`),
    scheme.name_twice (fact `name`), scheme.not_object."""
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise RuleBroken("scheme.not_utf8") from None
    try:
        whole = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_no_name_twice, parse_constant=_no_constant)
    except json.JSONDecodeError as mistake:
        raise RuleBroken("scheme.not_json", line=mistake.lineno, column=mistake.colno) from None
    except _NameTwiceError as mistake:
        raise RuleBroken("scheme.name_twice", name=str(mistake)) from None
    except (ValueError, RecursionError):
        raise RuleBroken("scheme.not_json", line=1, column=1) from None
    if not isinstance(whole, dict):
        raise RuleBroken("scheme.not_object")
    return whole


class Place:
    """One value of the document, its path, and the list of mistakes that all places share.

    Reading never raises: a value that is not as it must be is reported and replaced by a harmless one, and the whole
    is refused at the end.
    """

    def __init__(self, value: Any, path: str, mistakes: list[Finding]) -> None:
        self.value = value
        self.path = path
        self.mistakes = mistakes

    def wrong(self, code: str, **facts: object) -> None:
        self.mistakes.append(refusal(code, self.path, place=self.path, **facts))

    def _wrong_kind(self, kind: str) -> None:
        if self.value is not ABSENT:
            self.wrong("scheme.kind", kind_code=f"scheme_kind.{kind}")

    def _below(self, name: str | int, value: Any) -> Place:
        return Place(value, f"{self.path}.{name}" if self.path else str(name), self.mistakes)

    @contextmanager
    def section(self, *optional: str) -> Iterator[Section]:
        """Read an object's fields by name; on leaving, every field that nobody asked for is reported."""
        if not isinstance(self.value, dict):
            self._wrong_kind("object")
        section = Section(self, optional)
        before = len(self.mistakes)
        yield section
        section.sound = len(self.mistakes) == before
        section.report_unknown()

    def text(self, form: Form | None = None, *, most: int = 500, filled: bool = True) -> str:
        if not isinstance(self.value, str):
            self._wrong_kind("text")
            return ""
        if filled and not self.value.strip():
            self.wrong("scheme.empty")
        elif len(self.value) > most:
            self.wrong("scheme.too_long", most=most)
        elif form and self.value and re.fullmatch(form.pattern, self.value) is None:
            self.wrong("scheme.form", form_code=f"scheme_form.{form.name}")
        return self.value

    def whole(self, least: int, most: int) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self._wrong_kind("whole")
            return least
        if not least <= self.value <= most:
            self.wrong("scheme.range", least=least, most=most)
            return least
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self._wrong_kind("flag")
            return False
        return self.value

    def amount(self, *, least: int = 0) -> int:
        """Fen from yuan in quotation marks; a bare number would have passed through binary fractions."""
        if not isinstance(self.value, str) or _AMOUNT.fullmatch(self.value) is None:
            self._wrong_kind("amount")
            return least
        fen = int(Decimal(self.value) * 100)
        if fen < least:
            self.wrong("scheme.amount_least", least_fen=least)
        return max(fen, least)

    def ratio(self) -> Decimal:
        if not isinstance(self.value, str) or _RATIO.fullmatch(self.value) is None:
            self._wrong_kind("ratio")
            return Decimal(0)
        return Decimal(self.value)

    def day(self) -> date:
        if isinstance(self.value, str) and _DAY.fullmatch(self.value):
            try:
                return date.fromisoformat(self.value)
            except ValueError:
                pass
        self._wrong_kind("day")
        return date.min

    def one_of(self, allowed: Collection[str]) -> str:
        if not isinstance(self.value, str) or self.value not in allowed:
            if self.value is not ABSENT:
                self.wrong("scheme.choice", allowed=" | ".join(allowed))
            return next(iter(allowed))
        return self.value

    def choice(self, kind: type[ChoiceT]) -> ChoiceT:
        return kind(self.one_of([member.value for member in kind]))

    def items(self, *, filled: bool = False, most: int = 200) -> list[Place]:
        if not isinstance(self.value, list):
            self._wrong_kind("list")
            return []
        if filled and not self.value:
            self.wrong("scheme.empty")
        if len(self.value) > most:
            self.wrong("scheme.too_many", most=most)
        return [self._below(index, value) for index, value in enumerate(self.value[:most])]

    def choices(self, kind: type[ChoiceT], *, filled: bool = False) -> tuple[ChoiceT, ...]:
        read = tuple((place, place.choice(kind)) for place in self.items(filled=filled))
        self.none_twice(read)
        return tuple(value for _, value in read)

    def texts(self, form: Form, *, filled: bool = False) -> tuple[str, ...]:
        read = tuple((place, place.text(form)) for place in self.items(filled=filled))
        self.none_twice(read)
        return tuple(value for _, value in read)

    @staticmethod
    def none_twice(read: Collection[tuple[Place, object]]) -> None:
        seen: set[object] = set()
        for place, value in read:
            # what was replaced by a harmless value has been reported already
            if value in seen and place.value == value:
                place.wrong("scheme.twice")
            seen.add(value)


class Section:
    """The fields of one object. `sound` says, after the section was left, that nothing in it was wrong."""

    def __init__(self, place: Place, optional: tuple[str, ...]) -> None:
        self._place = place
        self._fields: dict[str, Any] = place.value if isinstance(place.value, dict) else {}
        self._optional = optional
        self._asked: set[str] = set()
        self.sound = True

    def __getitem__(self, name: str) -> Place:
        """The place of a field; a missing one is reported unless it is optional or the whole object is missing."""
        place = self._place._below(name, self._fields.get(name, ABSENT))
        needed = name not in self._optional and name not in self._asked and isinstance(self._place.value, dict)
        if place.value is ABSENT and needed:
            place.wrong("scheme.missing")
        self._asked.add(name)
        return place

    def has(self, name: str) -> bool:
        """Whether the field is there and not null, which is how a file says "none"."""
        self._asked.add(name)
        return self._fields.get(name) is not None

    def null(self, name: str) -> bool:
        """Whether the file says null on purpose; a field that is not there is still reported when it is read."""
        said = name in self._fields and self._fields[name] is None
        if said:
            self._asked.add(name)
        return said

    def wrong(self, name: str, code: str, **facts: object) -> None:
        self._place._below(name, None).wrong(code, **facts)

    def report_unknown(self) -> None:
        for name in self._fields:
            if name not in self._asked:
                self._place._below(name, None).wrong("scheme.unknown_field")
