"""What a paper bears, what it should say, and how the two compare: values that cross from files to pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.rows import PrintNote
from backbone_desktop.words import Words

FactValue = str | int | date | datetime | None


class Source(StrEnum):
    """How a paper's code came here."""

    CODE = "code"  # 扫码枪、键入
    PDF = "pdf"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class SheetRead:
    """One page of a file: its text ("" of a picture), and the codes on it, as they read.

    `text` is in the order in which it was drawn, cell by cell as a rule; `rows` as the eye reads it, row by row.
    `laid_over`: it holds pictures or notes that papers of ours do not have, or text that cannot be seen or on which
    another one stands.
    """

    text: str
    codes: tuple[str, ...]
    rows: str = ""
    laid_over: bool = False


@dataclass(frozen=True, slots=True)
class PaperFile:
    source: Source
    sheets: tuple[SheetRead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a paper's code says. `content_hash` has 32 hex digits; `signed` is what the signature covers."""

    form: str
    number: str
    county: str
    device_no: str
    content_hash: str
    signature: bytes
    signed: bytes


class FactKind(StrEnum):
    TEXT = "text"
    MONEY = "money"  # fen
    DATE = "date"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that a paper states. `label` names it in the catalogue, `printed` are the labels that stand before it
    on papers; `place` says which date after the label it is.

    `now`: what the record says today, where that is something else. `on_paper`: what was read, None where nothing was;
    `fits` None where it was not compared.
    """

    name: str
    label: str
    kind: FactKind
    should: FactValue
    now: FactValue = None
    printed: tuple[str, ...] = ()
    place: int = 0
    on_paper: str | None = None
    fits: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a paper about a record of this store should say.

    `proven`: the facts are just what the code's hash was made over; else the record was changed since in a way that
    cannot be traced back. `same_code`: the code is, sign for sign, the one that the record keeps; `same_hash`: its
    hash is, None where the record keeps none. `amounts` (fen) may stand on the paper; so may those in `other_texts`.
    """

    kind: str
    record_id: str
    made_at: datetime | None
    same_hash: bool | None
    same_code: bool
    proven: bool
    changed: bool
    state: str
    """The record's state today, as the catalogue's code; "" for one without."""
    facts: tuple[Fact, ...]
    amounts: frozenset[int] = frozenset()
    other_texts: Callable[[Words], Sequence[str]] = lambda _words: ()
    prints: tuple[PrintNote, ...] = ()
    void: bool = False
    """Taken back after it was printed."""


class FormReader(Protocol):
    """How the codes of one kind are read, and what their papers should say."""

    def read(self, text: str) -> Code:
        """Raises RuleBroken receipt.qr_form, receipt.form, receipt.check_character."""

    def stated(self, desk: Desk, work: UnitOfWork, code: Code) -> Stated | None:
        """None where the record is not in this store."""
