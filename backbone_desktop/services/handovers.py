"""Handing claims' papers on, from a township to the county or from the county to the insurer, by a numbered list.

A list states what lay in it when it was made, and a reprint states the same. Lists belong to the computer that made
them and are not sent: the paper itself, signed at both ends, is what the other office has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backbone_core.claim import ClaimState, missing_documents
from backbone_core.errors import Finding, RuleBroken, refusal, refuse_if_any
from backbone_core.ids import new_id
from backbone_core.receipt import read_receipt_number
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.forms import Form, FormData
from backbone_desktop.services.handover_ports import ClaimFile, Handover, HandoverNote, HandoverRow, Leg
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.proofs import proof_of
from backbone_desktop.services.reading import read_text
from backbone_desktop.services.rows import OfficeProfile

GOING: Mapping[Leg, tuple[ClaimState, ...]] = {
    Leg.TO_COUNTY: (ClaimState.RECEIVED, ClaimState.TOWNSHIP_CHECKED),
    Leg.TO_INSURER: (ClaimState.RECEIVED, ClaimState.TOWNSHIP_CHECKED, ClaimState.COUNTY_CHECKED, ClaimState.REPORTED),
}
"""States of claims whose papers are complete and wait to go on. Whose papers are incomplete stays until they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverData(FormData):
    """理赔材料交接清单. `receiver` is "" where a hand writes it."""

    leg: Leg
    made_at: datetime
    made_by: str
    """Display name of the clerk who made the list."""
    giver: str
    receiver: str
    rows: tuple[HandoverRow, ...]


def leg_of(office: OfficeProfile) -> Leg:
    """Which way the papers of an office go: a township's to the county, a county's to the insurer."""
    return Leg.TO_COUNTY if office.township else Leg.TO_INSURER


def open_for_handover(desk: Desk, leg: Leg | None = None, *, again: bool = False) -> tuple[HandoverRow, ...]:
    """Claims that may go on and are on no list that stands, as a list would state them, in the receipts' order.

    With `again` also those that are on one; their rows say which.
    """
    with desk.read() as work:
        way = leg or leg_of(work.office.profile())
        files = work.handovers.waiting(GOING[way], None if again else way)
        listed = work.handovers.listed([file.claim.id for file in files], way) if again else {}
        return _rows(work, files, listed)


def make_handover(desk: Desk, claim_ids: Sequence[str], *, leg: Leg | None = None, receiver: str = "",
                  again: bool = False) -> Handover:
    """Keep a list of these claims, and say so in each claim's history.

    Without a `receiver` an insurer's name is taken from the claims' scheme. `again` lets a claim go that is on another
    list (it came back, or papers were added later), and its row says which. Raises RuleBroken handover.empty, and for
    each claim (field `claims.<n>`): claim.unknown, handover.not_open, handover.already (facts `receipt_no`, `number`).
    """
    require(desk, Duty.REGISTER)
    chosen = tuple(dict.fromkeys(claim_ids))
    if not chosen:
        raise RuleBroken("handover.empty", "claims")
    with desk.open() as work:
        office = work.office.profile()
        way = leg or leg_of(office)
        files, listed = work.handovers.files(chosen), work.handovers.listed(chosen, way)
        refuse_if_any(_against(chosen, files, {} if again else listed, way))
        ordered = sorted((files[one] for one in chosen), key=lambda file: file.claim.receipt_no)
        made = Handover(
            id=new_id(), number=_number(desk, work, office), leg=way, made_at=desk.clock.now(),
            made_by=desk.actor.account, giver=office.office,
            receiver=read_text(receiver) or _insurer(work, ordered, way), rows=_rows(work, ordered, listed))
        work.handovers.add(made)
        work.audit.add("make_handover", "handover", made.id, {"number": made.number, "claims": len(made.rows)})
        for row in made.rows:
            work.audit.add("hand_over", "claim", row.claim_id, {"number": made.number})
        work.commit()
    return made


def claims_of_receipts(desk: Desk, receipt_nos: Sequence[str]) -> tuple[str, ...]:
    """Ids of claims by their receipt numbers. Raises RuleBroken receipt.form, receipt.check_character, and
    receipt.unknown for each that is not here (field `claims.<n>`)."""
    numbers = [str(read_receipt_number(one)) for one in receipt_nos]
    with desk.read() as work:
        claims = [work.claims.by_receipt(number) for number in numbers]
    refuse_if_any([refusal("receipt.unknown", f"claims.{place}", receipt_no=number)
                   for place, (number, claim) in enumerate(zip(numbers, claims, strict=True)) if claim is None])
    return tuple(claim.id for claim in claims if claim is not None)


def void_handover(desk: Desk, handover_id: str) -> None:
    """Take a list back that was made by mistake: its claims are open again, its number is never given again.

    Raises RuleBroken handover.unknown, handover.void.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        made = _standing(work, handover_id)
        work.handovers.mark_void(made.id, desk.actor.account, desk.clock.now())
        work.audit.add("void_handover", "handover", made.id, {"number": made.number})
        for row in made.rows:
            work.audit.add("hand_over_void", "claim", row.claim_id, {"number": made.number})
        work.commit()


def handovers(desk: Desk) -> tuple[HandoverNote, ...]:
    """Every list that this computer made, newest first; a form's subject is a list's id."""
    with desk.read() as work:
        return work.handovers.all()


def handover_by_number(desk: Desk, number: str) -> Handover:
    """Raises RuleBroken handover.unknown."""
    with desk.read() as work:
        found = work.handovers.by_number(number.strip().upper())
    if found is None:
        raise RuleBroken("handover.unknown")
    return found


def handover_facts(desk: Desk, work: UnitOfWork, handover_id: str) -> HandoverData:
    """`form_loaders.Loader`; a list's number does as well as its id.

    Raises RuleBroken account.not_allowed, handover.unknown, handover.void.
    """
    return handover_data(desk, work, _standing(work, handover_id))


def handover_data(desk: Desk, work: UnitOfWork, made: Handover) -> HandoverData:
    """What a list states, also one that is void. Raises RuleBroken account.not_allowed."""
    require(desk, Duty.EXPORT)
    office = work.office.profile()
    clerk = work.accounts.get(made.made_by)
    return HandoverData(
        language=office.language, office=office.office, county_name=office.county_name, number=made.number,
        qr=proof_of(desk, office, Form.HANDOVER, made.number, key=made.id, stated=handover_stated(made)),
        printed_at=desk.clock.now(), printed_by=desk.actor.display_name, leg=made.leg, made_at=made.made_at,
        made_by=clerk.display_name if clerk else made.made_by, giver=made.giver, receiver=made.receiver,
        rows=made.rows)


def handover_stated(made: Handover) -> dict[str, Any]:
    """What the list's code proves, as plain values; its key is the list's id."""
    return {
        "giver": made.giver, "receiver": made.receiver, "made_at": made.made_at.isoformat(),
        "rows": [[row.receipt_no, row.patient, row.household_no, row.village, _day(row.admitted), _day(row.discharged),
                  row.total, row.benefit, row.papers] for row in made.rows],
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _standing(work: UnitOfWork, handover_id: str) -> Handover:
    made = work.handovers.get(handover_id) or work.handovers.by_number(handover_id)
    if made is None:
        raise RuleBroken("handover.unknown")
    if made.void_at is not None:
        raise RuleBroken("handover.void", number=made.number)
    return made


def _against(chosen: Sequence[str], files: Mapping[str, ClaimFile], listed: Mapping[str, str],
             leg: Leg) -> Iterator[Finding]:
    for place, claim_id in enumerate(chosen):
        field, file = f"claims.{place}", files.get(claim_id)
        if file is None:
            yield refusal("claim.unknown", field)
        elif not file.claim.receipt_no or file.claim.state not in GOING[leg]:
            yield refusal("handover.not_open", field, receipt_no=file.claim.receipt_no,
                          state_code=f"claim_state.{file.claim.state}")
        elif claim_id in listed:
            yield refusal("handover.already", field, receipt_no=file.claim.receipt_no, number=listed[claim_id])


def _number(desk: Desk, work: UnitOfWork, office: OfficeProfile) -> str:
    prefix = f"{office.county}-{office.device_no}-{desk.clock.today():%Y%m%d}-"
    last = work.handovers.last_of(prefix)
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:02d}"


def _insurer(work: UnitOfWork, files: Sequence[ClaimFile], leg: Leg) -> str:
    """The only insurer of the claims' schemes; "" where there are two, or the papers go to the county."""
    if leg is Leg.TO_COUNTY:
        return ""
    schemes = {(file.claim.scheme_id, file.claim.scheme_version) for file in files}
    names = {scheme.insurer for one in schemes if (scheme := work.schemes.get(*one)) is not None}
    return names.pop() if len(names) == 1 else ""


def _rows(work: UnitOfWork, files: Sequence[ClaimFile], listed: Mapping[str, str]) -> tuple[HandoverRow, ...]:
    schemes = {one: work.schemes.get(*one) for one in {(file.claim.scheme_id, file.claim.scheme_version)
                                                      for file in files}}
    rows = []
    for file in files:
        claim = file.claim
        scheme = schemes[claim.scheme_id, claim.scheme_version]
        rows.append(HandoverRow(
            claim_id=claim.id, receipt_no=claim.receipt_no, patient=file.patient, household_no=file.household_no,
            village=file.township + file.village, admitted=claim.admitted, discharged=claim.discharged,
            total=claim.costs.medfee_sumamt, benefit=claim.benefit,
            papers=sum(document.handed_in for document in claim.documents),
            missing=len(missing_documents(claim, scheme)) if scheme else 0, earlier=listed.get(claim.id, "")))
    return tuple(rows)
