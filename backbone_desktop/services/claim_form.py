"""Reads the claim form into a claim, with everything that cannot be read, each at its field."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from backbone_core.claim import Cause, Claim, Document
from backbone_core.costs import SETTLEMENT_FIELDS, Costs
from backbone_core.dates import read_date
from backbone_core.errors import RuleBroken
from backbone_core.money import read_amount
from backbone_desktop.services.household_form import read_bank_account, read_holder
from backbone_desktop.services.reading import Reading
from backbone_desktop.services.typed import ClaimDraft

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme


def read_claim(form: Reading, draft: ClaimDraft, before: Claim) -> Claim:
    """The claim that the form comes to; `before` gives its ids and policy year, and what the form does not hold."""
    return replace(
        before,
        cause=form.take("cause", lambda: _read_cause(draft.cause), before.cause),
        hospital=form.text("hospital", draft.hospital),
        hospital_level=form.text("hospital_level", draft.hospital_level, longest=20),
        designated=draft.designated,
        diagnosis=form.text("diagnosis", draft.diagnosis, longest=200),
        icd10=form.text("icd10", _diagnosis_code(draft.icd10), longest=20),
        admitted=_read_day(form, "admitted", draft.admitted),
        discharged=_read_day(form, "discharged", draft.discharged),
        settled=_read_day(form, "settled", draft.settled),
        invoice_no=form.text("invoice_no", "".join(_half_width(draft.invoice_no).split()).upper(), longest=40),
        costs=_read_costs(form, dict(draft.costs)),
        documents=tuple(Document(code=code, handed_in=True) for code in dict.fromkeys(draft.documents)),
        bank_name=form.text("bank_name", draft.bank_name),
        bank_account=read_bank_account(form, "bank_account", draft.bank_account),
        account_holder=read_holder(form, "account_holder", draft.account_holder),
        remarks=form.text("remarks", draft.remarks, longest=500),
    )


def with_documents(claim: Claim, scheme: Scheme) -> Claim:
    """The claim with every paper that its scheme asks for, and beside them what was handed in without being asked."""
    asked = [need.code for need in scheme.documents]
    here = {document.code for document in claim.documents if document.handed_in}
    codes = dict.fromkeys([*asked, *(document.code for document in claim.documents if document.handed_in)])
    return replace(claim, documents=tuple(Document(code=code, handed_in=code in here) for code in codes))


def claim_as_typed(claim: Claim) -> ClaimDraft:
    """The form that would make this claim; an amount of nothing stays empty."""
    return ClaimDraft(
        claim_id=claim.id, member_id=claim.member_id, policy_year=str(claim.policy_year), cause=claim.cause.value,
        hospital=claim.hospital, hospital_level=claim.hospital_level, designated=claim.designated,
        diagnosis=claim.diagnosis, icd10=claim.icd10,
        admitted=_day_as_typed(claim.admitted), discharged=_day_as_typed(claim.discharged),
        settled=_day_as_typed(claim.settled), invoice_no=claim.invoice_no,
        costs=tuple(
            (name, f"{fen // 100}.{fen % 100:02}") for name in SETTLEMENT_FIELDS if (fen := getattr(claim.costs, name))
        ),
        documents=tuple(document.code for document in claim.documents if document.handed_in),
        bank_name=claim.bank_name, bank_account=claim.bank_account, account_holder=claim.account_holder,
        remarks=claim.remarks,
    )


def read_policy_year(typed: str) -> int | None:
    """The policy year that was typed, None for none. Raises RuleBroken claim.policy_year_unreadable."""
    text = _half_width(typed).strip().removesuffix("年")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise RuleBroken("claim.policy_year_unreadable")
    return int(text)


def _read_cause(typed: str) -> Cause:
    try:
        return Cause(typed)
    except ValueError:
        raise RuleBroken("claim.cause_unknown") from None


def _read_day(form: Reading, place: str, typed: str) -> date | None:
    return form.take(place, lambda: read_date(typed), None) if typed.strip() else None


def _read_costs(form: Reading, typed: Mapping[str, str]) -> Costs:
    amounts: dict[str, int] = {}
    for name, amount in typed.items():
        if name not in SETTLEMENT_FIELDS:
            form.refuse("cost.unknown_field", f"costs.{name}")
        elif amount.strip():
            amounts[name] = form.take(f"costs.{name}", partial(read_amount, amount), 0)
    return Costs(**amounts)


def _diagnosis_code(typed: str) -> str:
    """As the insurance edition of ICD-10 writes it: large letters, and a small x that fills a place (I69.300x002)."""
    code = _half_width(typed).strip().upper()
    return code[:1] + code[1:].replace("X", "x")


def _half_width(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed)


def _day_as_typed(day: date | None) -> str:
    return day.isoformat() if day else ""
