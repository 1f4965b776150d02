"""What the letters about a claim have in common: whom they are to, about which stay, and the day that they bear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from backbone_core.claim import Claim, ClaimState
from backbone_core.identity import mask_id_no
from backbone_desktop.services.contacts import OfficeContacts, contacts_of
from backbone_desktop.services.enrolling import people_of_claim
from backbone_desktop.services.forms import Form, FormData
from backbone_desktop.services.paper_language import paper_language
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.receipts import received_claim, scheme_line
from backbone_desktop.services.rows import ClaimRow
from backbone_desktop.words.facts import CHINA

__all__ = ["LetterData", "about", "claims_in", "first_printed", "received_claim", "scheme_line"]

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterData(FormData):
    """`told_on` is the day of the first print."""

    member_name: str
    id_no_masked: str
    received_on: date
    hospital: str
    admitted: date
    discharged: date
    told_on: date
    contacts: OfficeContacts


def about(desk: Desk, work: UnitOfWork, claim: Claim) -> dict[str, Any]:
    """The part of `LetterData` that is the same whatever a letter tells about a claim that was taken in."""
    office = work.office.profile()
    member, _ = people_of_claim(work, claim)
    assert claim.received_at is not None  # set together with the number
    return {
        "language": paper_language(work), "office": office.office, "county_name": office.county_name,
        "printed_at": desk.clock.now(), "printed_by": desk.actor.display_name, "member_name": member.name,
        "id_no_masked": mask_id_no(member.id_no), "received_on": claim.received_at.astimezone(CHINA).date(),
        "hospital": claim.hospital, "admitted": claim.admitted, "discharged": claim.discharged,
        "contacts": contacts_of(work),
    }


def first_printed(desk: Desk, work: UnitOfWork, form: Form, subject: str, number: str) -> date:
    """The day that a letter bears: a reprint that of the first print, from which the family's time runs."""
    printed = next((note for note in work.prints.of_subject(form, subject) if note.number == number), None)
    return printed.at.astimezone(CHINA).date() if printed else desk.clock.today()


def claims_in(work: UnitOfWork, states: Sequence[ClaimState]) -> Iterator[ClaimRow]:
    """Every claim in these states, state by state, newest first."""
    for state in states:
        after: str | None = None
        while True:
            page = work.claims.page("", state, after, _BATCH)
            yield from page.rows
            if (after := page.next) is None:
                break
