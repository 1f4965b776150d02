"""Forms as they were typed: every field is the clerk's text, so that half a date is kept as well as a whole one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDraft:
    """One line of the household form. `member_id` is "" for a person who is not registered yet."""

    member_id: str = ""
    name: str = ""
    id_no: str = ""
    relation: str = ""
    ethnic: str = ""
    phone: str = ""
    bank_name: str = ""
    bank_account: str = ""
    account_holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdDraft:
    """The household form. An empty `household_no` asks for the next free one."""

    household_no: str = ""
    township: str = ""
    village: str = ""
    group: str = ""
    address: str = ""
    poverty_type: str = ""
    phone: str = ""
    members: tuple[MemberDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """The claim form. Dates as typed ("2020-08-24", "20200824", "2020年8月24日"), amounts in yuan as typed.

    `costs` maps the national field names (core `Costs`) to typed amounts; `documents` lists the codes handed in.
    """

    claim_id: str = ""
    member_id: str = ""
    policy_year: str = ""
    cause: str = "illness"
    hospital: str = ""
    hospital_level: str = ""
    designated: bool = True
    diagnosis: str = ""
    icd10: str = ""
    admitted: str = ""
    discharged: str = ""
    settled: str = ""
    invoice_no: str = ""
    costs: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()
    bank_name: str = ""
    bank_account: str = ""
    account_holder: str = ""
    remarks: str = ""
