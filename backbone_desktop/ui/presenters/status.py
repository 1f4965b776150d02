"""What the status line says: who works, for which office, what waits, when the last exchange was, and the link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Actor
    from backbone_desktop.services.rows import ExchangeState, OfficeProfile

REACHED = frozenset({"exchange.done", "exchange.stopped"})
"""Codes of notes about an exchange in which the centre answered to the end."""
SHOWN_OFFSET_SECONDS = 120
"""From this difference between the clocks on, the clerk is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """`link` is "up", "down" or "none" (this device is not connected to the centre yet)."""

    person: str
    office: str
    waiting: str
    waits: bool
    refused: str
    last: str
    link_words: str
    link: str


def status_line(words: Words, actor: Actor, office: OfficeProfile, state: ExchangeState, now: datetime) -> StatusLine:
    link = link_of(state)
    attention = len(state.refused) + state.reviews
    return StatusLine(
        person=f"{actor.display_name} · {words(f'role.{actor.role}')}",
        office=office.office,
        waiting=words("{n} waiting to be sent", n=f"{state.waiting:,}") if state.waiting else words("Nothing waits"),
        waits=bool(state.waiting),
        refused=words("{n} to look at", n=attention) if attention else "",
        last=words("Last exchange {when}", when=moment(state.last.at, now)) if state.last else words("No exchange yet"),
        link_words=link_words(words, link),
        link=link,
    )


def link_of(state: ExchangeState) -> str:
    if not state.device.device_id:
        return "none"
    if state.last is None or state.last.code in REACHED:
        return "up"
    return "down"


def link_words(words: Words, link: str) -> str:
    return {
        "none": words("Not connected to the centre yet"),
        "up": words("Link to the centre works"),
        "down": words("No link at the last try"),
    }[link]


def clock_words(words: Words, offset_seconds: int) -> str:
    """A sentence when this machine's clock differs from the centre's by more than two minutes; else ""."""
    if abs(offset_seconds) <= SHOWN_OFFSET_SECONDS:
        return ""
    minutes = round(abs(offset_seconds) / 60)
    if offset_seconds > 0:
        return words("This computer's clock is {n} minutes slow. Please set it right.", n=minutes)
    return words("This computer's clock is {n} minutes fast. Please set it right.", n=minutes)


def moment(at: datetime, now: datetime) -> str:
    """A moment as a list tells it: the time for today, the day for earlier ones."""
    there, here = at.astimezone(CHINA), now.astimezone(CHINA)
    return there.strftime("%H:%M") if there.date() == here.date() else there.date().isoformat()
