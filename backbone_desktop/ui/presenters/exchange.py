"""What the Exchange page shows: what waits, what came back and where to go with it, and the last answers in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from backbone_core.errors import BackboneError, Finding, RuleBroken, refusal
from backbone_desktop.ui.presenters.people import listed
from backbone_desktop.ui.presenters.status import REACHED, clock_words, link_of, link_words, moment
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk, UnitOfWork
    from backbone_desktop.services.rows import ExchangeNote, ExchangeState, RefusedRow, ReviewRow, WaitingRow

CONFLICT = "conflict"
MOST_NOTES = 50


@dataclass(frozen=True, slots=True)
class WaitingLine:
    id: str
    when: str
    what: str
    label: str


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """Something that a person has to look at; `kind` and `record_id` say where to go."""

    id: str
    meaning: str
    what: str
    why: str
    kind: str
    record_id: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """`short` fits a line: the figures when all went well, what went wrong when not. `whole` says everything."""

    id: str
    when: str
    meaning: str
    short: str
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeView:
    enrolled: bool
    link: str
    link_words: str
    centre: str
    clock: str
    waiting_total: int
    waiting: tuple[WaitingLine, ...]
    returned: tuple[ReturnedLine, ...]
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class ExchangeFound:
    """What the store holds about the exchange, read at one moment."""

    state: ExchangeState
    reviews: tuple[ReviewRow, ...]
    notes: tuple[ExchangeNote, ...]
    now: datetime


def ask(desk: Desk) -> ExchangeFound:
    from backbone_desktop.services.exchange import exchange_notes, exchange_state, open_reviews

    return ExchangeFound(exchange_state(desk), open_reviews(desk), exchange_notes(desk, MOST_NOTES), desk.clock.now())


def exchange_view(words: Words, found: ExchangeFound) -> ExchangeView:
    state, device = found.state, found.state.device
    link = link_of(state)
    return ExchangeView(
        enrolled=bool(device.device_id), link=link, link_words=link_words(words, link),
        centre=words("Centre: {address}", address=device.server_url) if device.device_id else "",
        clock=clock_words(words, device.clock_offset_seconds),
        waiting_total=state.waiting,
        waiting=tuple(_waiting(words, row, found.now) for row in state.waiting_rows),
        returned=_returned(words, state.refused, found.reviews),
        answers=tuple(_answer(words, note, place, found.now) for place, note in enumerate(found.notes)),
    )


def _waiting(words: Words, row: WaitingRow, now: datetime) -> WaitingLine:
    return WaitingLine(str(row.seq), moment(row.made_at, now), act_words(words, row.kind, row.act), row.label)


def act_words(words: Words, kind: str, act: str) -> str:
    """What was done to which record, "claim · taken in"; an act of a later version is left out."""
    known = f"act.{act}"
    parts = (words(f"kind.{kind}"), words(known) if words.knows(known) else "")
    return " · ".join(part for part in parts if part)


def _returned(words: Words, refused: Iterable[RefusedRow], reviews: Iterable[ReviewRow]) -> tuple[ReturnedLine, ...]:
    lines = [_refused(words, row) for row in refused]
    told = {line.record_id for line in lines}
    lines += [_review(words, row) for row in reviews if row.record_id not in told]
    return tuple(lines)


def _refused(words: Words, row: RefusedRow) -> ReturnedLine:
    what = f"{words(f'kind.{row.kind}')} {row.label}".strip()
    if row.outcome == CONFLICT:
        return ReturnedLine(f"r{row.seq}", "attention", what, _two_values(words, row.fields), row.kind, row.record_id)
    return ReturnedLine(f"r{row.seq}", "refused", what, words(row.code), row.kind, row.record_id)


def _review(words: Words, row: ReviewRow) -> ReturnedLine:
    told = row.code not in ("", "review.conflict") and words.knows(row.code)
    what = words(row.code) if told else _two_values(words, tuple(row.fields))
    return ReturnedLine(row.id, "attention", words(f"kind.{row.kind}"), what, row.kind, row.record_id)


def _two_values(words: Words, fields: tuple[str, ...]) -> str:
    names = [words(code) for name in fields for code in (f"field.{name}", f"claim_field.{name}") if words.knows(code)]
    if not names:
        return words("It was changed in two places. Look at it and enter what is right.")
    return words("Changed in two places: {fields}. Look at it and enter what is right.", fields=listed(words, names))


def _answer(words: Words, note: ExchangeNote, place: int, now: datetime) -> AnswerLine:
    good = note.code in REACHED
    meaning = ("attention" if note.rejected or note.conflicts else "done") if good else "attention"
    sentence, counts = words(note.code), _counts(words, note)
    short = counts or words("Nothing new on either side") if note.code == "exchange.done" else sentence
    return AnswerLine(str(place), moment(note.at, now), meaning, short, "\n".join(filter(None, (sentence, counts))))


def _counts(words: Words, note: ExchangeNote) -> str:
    """The figures of one exchange; zeros are left out."""
    parts = (
        (note.sent, words("{n} sent", n=f"{note.sent:,}")),
        (note.merged, words("{n} joined with changes made elsewhere", n=note.merged)),
        (note.conflicts, words("{n} to look at", n=note.conflicts)),
        (note.rejected, words("{n} sent back", n=note.rejected)),
        (note.fetched, words("{n} fetched", n=f"{note.fetched:,}")),
    )
    return " · ".join(text for count, text in parts if count)


def refusal_at(error: BackboneError) -> tuple[Finding, ...]:
    """A refused connection as findings of the form's fields `server_url` and `code`."""
    if isinstance(error, RuleBroken):
        return error.findings
    if error.code.startswith("enrol."):
        return (refusal(error.code, "code", **error.facts),)
    return (refusal(error.code, "", **error.facts),)


def _look_alikes(work: UnitOfWork, kind: str, record_id: str) -> tuple[str, str] | None:
    """The two people that a comparison is about, or whom a member is held to be one with."""
    if kind == "comparison":
        return work.duplicates.members_of(record_id)
    return next(((one.record_id, one.other_id) for one in work.sync.reviews()
                 if one.code == "review.duplicate_person" and record_id in (one.record_id, one.other_id)), None)


def where_to_go(desk: Desk, kind: str, record_id: str) -> tuple[str, dict[str, str]] | None:
    """The page on which a returned record is put right, with its arguments."""
    with desk.read() as work:
        if kind == "claim":
            return ("claim", {"claim_id": record_id})
        if kind == "household":
            return ("household", {"household_id": record_id})
        if pair := _look_alikes(work, kind, record_id):
            return ("duplicates", {"one_id": pair[0], "other_id": pair[1]})
        if kind == "household_act":
            act = work.household_acts.get(record_id)
            return ("household", {"household_id": act.household_id, "section": "history"}) if act is not None else None
        if kind == "member":
            member = work.members.get(record_id)
            return ("household", {"household_id": member.household_id}) if member is not None else None
        return None
