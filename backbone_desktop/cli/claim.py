"""`claim add|show|list`: taking claims in from the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from backbone_core.claim import ClaimState
from backbone_core.costs import SETTLEMENT_FIELDS
from backbone_core.errors import RuleBroken
from backbone_core.identity import mask_account, mask_id_no
from backbone_desktop.cli import claim_way
from backbone_desktop.cli.call import Answer, Call, yuan
from backbone_desktop.cli.claim_answer import answer_json, answer_lines
from backbone_desktop.cli.form import as_typed, read_form
from backbone_desktop.cli.household import page_limit
from backbone_desktop.cli.options import (
    add_find,
    add_form,
    add_reveal,
    add_signing_in,
    looked_for,
    new_command,
    new_group,
)
from backbone_desktop.services.claims import ClaimTaken, ClaimView
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.typed import ClaimDraft
from backbone_desktop.words import Words

_TEXTS = tuple(one.name for one in fields(ClaimDraft) if isinstance(one.default, str))
_CLAIM: Mapping[str, Any] = {**dict.fromkeys(_TEXTS, ""), "id_no": "", "designated": True, "costs": {}, "documents": []}
_PERSONAL = frozenset({"member_id", "diagnosis", "icd10", "bank_account", "account_holder", "remarks"})
_FLAGS = tuple(name for name in _TEXTS if name not in _PERSONAL)
"""What tells about a person is read from a file: a command line is seen by others and kept in the shell's history."""


def add_to(commands: Any, t: Words) -> None:
    group = new_group(commands, "claim", t("take claims in and look them up"))
    add = new_command(group, "add", add_claim, t("register a claim, or keep it as a draft"))
    add_form(add, t)
    add.add_argument("--draft", action="store_true", help=t("keep it as a draft; only what was typed is checked"))
    add.add_argument("--member", metavar="ID", help=t("the member's id; the form may name the ID number instead"))
    for name in _FLAGS:
        add.add_argument("--" + name.replace("_", "-"), metavar="TEXT", help=t("instead of the form's field"))
    add.add_argument("--cost", metavar="NAME=YUAN", action="append", default=[],
                     help=t("one amount of the settlement sheet, under its national field name"))
    add.add_argument("--document", metavar="CODE", action="append", default=[], help=t("a document that was handed in"))
    show = new_command(group, "show", show_claim, t("show one claim"))
    show.add_argument("claim", metavar="NUMBER", help=t("receipt number or id"))
    add_reveal(show, t)
    found = new_command(group, "list", list_claims, t("list claims, newest first"))
    add_find(found, t("receipt number, name, pinyin or ID number"), t)
    found.add_argument("--state", choices=list(map(str, ClaimState)), default="", help=t("only in this state"))
    found.add_argument("--after", metavar="MARK", help=t("go on after a page; the page says where"))
    found.add_argument("--limit", metavar="N", type=int, default=50, help=t("how many, 1 to 500"))
    for parser in (add, show, found):
        add_signing_in(parser, t)
    claim_way.add_to(group, t, claim_id_of)


def add_claim(call: Call) -> Answer:
    from backbone_desktop.services.claims import register_claim, save_claim_draft

    id_no, draft = claim_draft(call)
    desk = call.sign_in()
    if id_no:
        draft = replace(draft, member_id=_member_id(desk, id_no))
    _know_documents(desk, draft)
    t = call.words
    if call.arguments.draft:
        claim_id = save_claim_draft(desk, draft)
        return Answer({"claim_id": claim_id, "state": str(ClaimState.DRAFT)},
                      (t("The draft is kept: {claim_id}", claim_id=claim_id),))
    taken = register_claim(desk, draft)
    return Answer(_taken(call, taken), tuple(_taken_lines(t, taken)))


def show_claim(call: Call) -> Answer:
    from backbone_desktop.services.claims import open_claim
    from backbone_desktop.services.registry import reveal_id_no

    desk = call.sign_in()
    view = open_claim(desk, claim_id_of(desk, call.arguments.claim))
    shown = reveal_id_no(desk, view.member.id) if call.arguments.reveal else mask_id_no(view.member.id_no)
    return Answer(_claim(call, view, shown), tuple(_lines(call.words, view, shown)))


def list_claims(call: Call) -> Answer:
    from backbone_desktop.services import claims

    limit, wanted = page_limit(call), call.arguments
    page = claims.list_claims(call.sign_in(), looked_for(call), wanted.state, wanted.after, limit)
    t = call.words
    rows = [{"claim_id": row.id, "receipt_no": row.receipt_no, "state": str(row.state), "member": row.member_name,
             "id_no": mask_id_no(row.id_no), "hospital": row.hospital, "admitted": _day(row.admitted),
             "discharged": _day(row.discharged), "total": yuan(row.total), "benefit": yuan(row.benefit),
             "missing_documents": row.missing_documents, "status": str(row.status)} for row in page.rows]
    lines = [f"{row.receipt_no or row.id}  {t(f'claim_state.{row.state}')}  {row.member_name}  "
             f"{mask_id_no(row.id_no)}  {_day(row.admitted) or '—'}  {yuan(row.benefit) or '—'}" for row in page.rows]
    if page.next is not None:
        lines.append(t("There are more: --after {mark}", mark=page.next))
    return Answer({"claims": rows, "total": page.total, "next": page.next}, tuple(lines or [t("No claim was found.")]))


def claim_draft(call: Call) -> tuple[str, ClaimDraft]:
    """The form from --file and the flags beside it, and the ID number where the form names the member by it."""
    typed = as_typed(read_form(call), _CLAIM)
    costs: dict[str, str] = as_typed(typed.pop("costs", {}), dict.fromkeys(SETTLEMENT_FIELDS, ""), "costs")
    for given in call.arguments.cost:
        name, equals, amount = given.partition("=")
        if not equals:
            raise RuleBroken("command.cost_form", "costs", found=given)
        costs |= as_typed({name.strip(): amount}, dict.fromkeys(SETTLEMENT_FIELDS, ""), "costs")
    documents = [*typed.pop("documents", []), *call.arguments.document]
    if not all(isinstance(code, str) for code in documents):
        raise RuleBroken("command.field_form", "documents", name="documents")
    flags = {name: value for name in _FLAGS if (value := getattr(call.arguments, name)) is not None}
    if call.arguments.member:
        flags["member_id"] = call.arguments.member
    id_no = typed.pop("id_no", "")
    if id_no and (typed.get("member_id") or call.arguments.member):
        raise RuleBroken("command.member_twice", "member_id")
    return id_no, ClaimDraft(**{**typed, **flags}, costs=tuple(costs.items()),
                             documents=tuple(dict.fromkeys(code.strip() for code in documents)))


def _know_documents(desk: Desk, draft: ClaimDraft) -> None:
    """On the form documents are ticked; here they are written, and a slip must not pass for another paper."""
    from backbone_desktop.services.claims import appraise

    known = [need.code for need in appraise(desk, draft).documents]
    strange = next((code for code in draft.documents if known and code not in known), None)
    if strange is not None:
        raise RuleBroken("command.document_unknown", "documents", found=strange, known=", ".join(known))


def claim_id_of(desk: Desk, named: str) -> str:
    """The claim's id by its receipt number, however that was typed; anything else is taken for an id."""
    from backbone_core.receipt import read_receipt_number

    named = named.strip()
    if len(named) == 36 and named.count("-") == 4 and named[14:15] == "7":
        return named
    number = str(read_receipt_number(named))
    with desk.read() as work:
        claim = work.claims.by_receipt(number)
    if claim is None:
        raise RuleBroken("claim.unknown", "claim")
    return claim.id


def _member_id(desk: Desk, typed: str) -> str:
    from backbone_core.identity import read_id_number

    person, _ = read_id_number(typed, desk.clock.today())
    with desk.read() as work:
        member = work.members.by_id_no(person.number)
    if member is None:
        raise RuleBroken("command.member_unknown", "id_no")
    return member.id


def _taken(call: Call, taken: ClaimTaken) -> dict[str, Any]:
    return {"claim_id": taken.claim_id, "receipt_no": taken.receipt_no, "benefit": yuan(taken.benefit.amount),
            "benefit_fen": taken.benefit.amount, "trace": [call.words.step(step) for step in taken.benefit.trace],
            "warnings": call.findings(taken.warnings)}


def _taken_lines(t: Words, taken: ClaimTaken) -> list[str]:
    lines = [t("The claim is registered under {number}. Provisional benefit: {benefit} yuan.",
               number=taken.receipt_no, benefit_fen=taken.benefit.amount)]
    lines += [f"  {t.step(step)}" for step in taken.benefit.trace]
    return lines + [t("Please look again: {warning}", warning=t.finding(found)) for found in taken.warnings]


def _claim(call: Call, view: ClaimView, id_no: str) -> dict[str, Any]:
    one, t = view.claim, call.words
    return {
        "claim_id": one.id, "receipt_no": one.receipt_no, "state": str(one.state), "status": str(view.status),
        "policy_year": one.policy_year, "member_id": one.member_id, "member": view.member.name, "id_no": id_no,
        "household_id": one.household_id, "household_no": view.household.household_no, "cause": str(one.cause),
        "hospital": one.hospital, "hospital_level": one.hospital_level, "designated": one.designated,
        "diagnosis": one.diagnosis, "icd10": one.icd10, "admitted": _day(one.admitted),
        "discharged": _day(one.discharged), "settled": _day(one.settled), "invoice_no": one.invoice_no,
        "costs": {name: yuan(getattr(one.costs, name)) for name in SETTLEMENT_FIELDS},
        "documents": [document.code for document in one.documents if document.handed_in],
        "missing_documents": [need.code for need in view.missing], "bank_name": one.bank_name,
        "bank_account": mask_account(one.bank_account), "remarks": one.remarks,
        "scheme": f"{one.scheme_id} {one.scheme_version}" if one.scheme_id else "", "benefit": yuan(one.benefit),
        "benefit_fen": one.benefit, "trace": [t.step(step) for step in one.trace],
        "received_at": one.received_at.isoformat() if one.received_at else None, "received_by": one.received_by,
        "prints": len(view.prints), **answer_json(t, view),
    }


def _lines(t: Words, view: ClaimView, id_no: str) -> list[str]:
    one = view.claim
    lines = [
        t("Claim {number}: {state_code}", number=one.receipt_no or one.id, state_code=f"claim_state.{one.state}"),
        f"  {view.member.name}  {id_no}  {view.household.household_no}",
        "  " + t("Stay: {hospital}, {admitted} to {discharged}", hospital=one.hospital or "—",
                 admitted=one.admitted or "—", discharged=one.discharged or "—"),
        "  " + t("Total cost: {total} yuan", total_fen=one.costs.medfee_sumamt),
    ]
    if one.benefit is not None:
        lines.append("  " + t("Provisional benefit: {benefit} yuan", benefit_fen=one.benefit))
        lines += [f"    {t.step(step)}" for step in one.trace]
    lines += [f"  {line}" for line in answer_lines(t, view)]
    if view.missing:
        lines.append("  " + t("Still missing: {documents}", documents=", ".join(
            need.text or t(f"document.{need.code}") for need in view.missing)))
    return lines


def _day(value: Any) -> str | None:
    return value.isoformat() if value is not None else None
