"""What a receipt states, read from the stored claim, and the log of who printed it when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from backbone_core.benefit import TraceStep
from backbone_core.claim import Costs
from backbone_desktop.services.ports import Desk

How = Literal["printer", "pdf", "command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptData:
    """受理回执. Amounts in fen. `diagnosis` goes on the family's own receipt and nowhere else."""

    language: str
    office: str
    county_name: str
    receipt_no: str
    received_at: datetime
    received_by: str
    """Display name of the clerk who took the claim in."""
    household_no: str
    head_name: str
    village_line: str
    member_name: str
    id_no_masked: str
    relation: str
    hospital: str
    diagnosis: str
    admitted: date
    discharged: date
    days: int
    costs: Costs
    benefit: int | None
    trace: tuple[TraceStep, ...]
    provisional: bool
    decided_amount: int | None
    documents_in: tuple[str, ...]
    documents_missing: tuple[str, ...]
    document_texts: Mapping[str, str]
    """The county's own name of a document, by code; where its scheme gives none, the catalogue has "document.CODE"."""
    account_masked: str
    copy: int
    """0 = the first print, n = the n-th reprint (补打 n)."""
    qr: str
    policy_year: int
    scheme_line: str


def receipt_of(desk: Desk, claim_id: str) -> ReceiptData:
    """The receipt as the next print would state it. Raises RuleBroken claim.unknown, claim.no_receipt."""
    raise NotImplementedError


def receipt_by_number(desk: Desk, receipt_no: str) -> ReceiptData:
    raise NotImplementedError


def print_receipt(desk: Desk, claim_id: str, how: How) -> ReceiptData:
    """Count and log one print, and return what to put on the paper."""
    raise NotImplementedError
