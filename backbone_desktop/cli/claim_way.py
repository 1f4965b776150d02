"""`claim submit|check|return|bring|report|withdraw|void|close|history`: a claim's way from the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from backbone_core.claim import ClaimAct, ClaimState
from backbone_core.errors import RuleBroken
from backbone_desktop.cli.call import Answer, Call, yuan
from backbone_desktop.cli.later_stays import with_later_stays
from backbone_desktop.cli.options import add_signing_in, new_command
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_core.claim_step import ClaimStep
    from backbone_desktop.services.claim_step_ports import StepRow
    from backbone_desktop.services.ports import Desk

FindClaim = Callable[["Desk", str], str]
_CHECKS = {ClaimState.TOWNSHIP_CHECKED: ClaimAct.CHECK_COUNTY}


def add_to(group: Any, t: Words, find: FindClaim) -> None:
    """`find` gives a claim's id by what it was named by."""
    submit = new_command(group, "submit", _submit, t("take in a claim that was kept as a draft"))
    check = new_command(group, "check", _check, t("pass the first or the second check, whichever is next"))
    back = new_command(group, "return", _return, t("send a claim back: for papers, or to be checked anew"))
    back.add_argument("--paper", metavar="CODE", action="append", default=[], help=t("a paper that is asked for"))
    bring = new_command(group, "bring", _bring, t("note papers that were brought later"))
    bring.add_argument("--paper", metavar="CODE", action="append", default=[], required=True,
                       help=t("a paper that was brought"))
    report = new_command(group, "report", _report, t("report claims that were checked twice to the insurer"))
    withdraw = new_command(group, "withdraw", _withdraw, t("withdraw a claim, as its family wishes"))
    void = new_command(group, "void", _void, t("make a claim void that was taken in by mistake"))
    close = new_command(group, "close", _close, t("close a claim that is paid or refused"))
    history = new_command(group, "history", _history, t("show the steps that a claim took"))
    for parser in (submit, back, bring, withdraw, void, close, history):
        parser.add_argument("claim", metavar="NUMBER", help=t("receipt number or id"))
    for parser in (check, report):
        parser.add_argument("claims", metavar="NUMBER", nargs="+", help=t("receipt number or id"))
    for parser in (back, withdraw, void):
        parser.add_argument("--reason", metavar="TEXT", default="", help=t('why; "-" reads it from standard input'))
    for parser in (submit, check, back, bring, report, withdraw, void, close, history):
        parser.set_defaults(find=find)
        add_signing_in(parser, t)


def _submit(call: Call) -> Answer:
    from backbone_desktop.services.claims import claim_as_typed, open_claim, register_claim

    desk = call.sign_in()
    claim = open_claim(desk, _id(call, desk)).claim
    if claim.state is not ClaimState.DRAFT:
        raise RuleBroken("claim.not_draft", "claim")
    taken = register_claim(desk, claim_as_typed(claim))
    return Answer(
        {"claim_id": taken.claim_id, "receipt_no": taken.receipt_no, "benefit": yuan(taken.benefit.amount),
         "warnings": call.findings(taken.warnings)},
        (call.words("The claim is registered under {number}. Provisional benefit: {benefit} yuan.",
                    number=taken.receipt_no, benefit_fen=taken.benefit.amount),))


def _check(call: Call) -> Answer:
    """One after the other: what is refused of one claim does not hold up the others."""
    from backbone_desktop.services.claim_way import take_step
    from backbone_desktop.services.claims import open_claim

    desk = call.sign_in()
    ids = [call.arguments.find(desk, named) for named in call.arguments.claims]
    if len(ids) == 1:
        state = open_claim(desk, ids[0]).claim.state
        return _told(call, take_step(desk, ids[0], _CHECKS.get(state, ClaimAct.CHECK_TOWNSHIP)))
    steps, refused = [], []
    for named, claim_id in zip(call.arguments.claims, ids, strict=True):
        try:
            state = open_claim(desk, claim_id).claim.state
            steps.append(take_step(desk, claim_id, _CHECKS.get(state, ClaimAct.CHECK_TOWNSHIP)))
        except RuleBroken as broken:
            refused.append((named, broken))
    t = call.words
    return Answer(
        {"steps": [_step_data(step) for step in steps],
         "refused": [{"claim": named, **call.findings(broken.findings)[0]} for named, broken in refused]},
        (*(_line(t, step) for step in steps), *(f"{named}  {t.error(broken)}" for named, broken in refused)),
        2 if refused else 0)


def _return(call: Call) -> Answer:
    act = ClaimAct.ASK_PAPERS if call.arguments.paper else ClaimAct.RETURN
    return _act(call, act, papers=call.arguments.paper)


def _bring(call: Call) -> Answer:
    from backbone_desktop.services.claim_way import bring_papers
    from backbone_desktop.services.claims import open_claim

    desk = call.sign_in()
    claim_id = _id(call, desk)
    step = bring_papers(desk, claim_id, call.arguments.paper)
    if step is not None:
        return _told(call, step)
    missing = [need.code for need in open_claim(desk, claim_id).missing]
    t = call.words
    return Answer({"claim_id": claim_id, "state": str(ClaimState.WAITING_PAPERS), "missing_documents": missing},
                  (t("Noted. Still missing: {papers}", papers=", ".join(t(f"document.{code}") for code in missing)),))


def _report(call: Call) -> Answer:
    from backbone_desktop.services.claim_way import report_claims

    desk = call.sign_in()
    done = report_claims(desk, [call.arguments.find(desk, named) for named in call.arguments.claims])
    return Answer({"batch": done.batch, "claims": list(done.claim_ids)},
                  (call.words("{n} claims reported under {batch}", n=len(done.claim_ids), batch=done.batch),))


def _withdraw(call: Call) -> Answer:
    return _act(call, ClaimAct.WITHDRAW)


def _void(call: Call) -> Answer:
    return _act(call, ClaimAct.VOID)


def _close(call: Call) -> Answer:
    return _act(call, ClaimAct.CLOSE)


def _history(call: Call) -> Answer:
    from backbone_desktop.services.claim_way import way_of
    from backbone_desktop.services.claims import open_claim

    desk = call.sign_in()
    claim_id, t = _id(call, desk), call.words
    claim, way = open_claim(desk, claim_id).claim, way_of(desk, claim_id)
    taken_in = [f"{claim.received_at.astimezone(CHINA):%Y-%m-%d %H:%M}  {t('act.submit')}  {claim.received_by}"
                ] if claim.received_at else []
    return Answer(
        {"claim_id": claim_id, "receipt_no": claim.receipt_no, "state": str(claim.state),
         "received_at": claim.received_at.isoformat() if claim.received_at else None,
         "received_by": claim.received_by, "asked_papers": list(way.asked),
         "steps": [{**_step_data(row.step), "status": str(row.status), "refused": not row.counts, "code": row.code}
                   for row in way.steps],
         "next": [{"act": str(one.act), "why_not": one.why_not.code if one.why_not else None} for one in way.acts]},
        (t("Claim {number}: {state_code}", number=claim.receipt_no or claim.id,
           state_code=f"claim_state.{claim.state}"),
         *(f"  {line}" for line in [*taken_in, *(_row_line(t, row) for row in way.steps)])))


def _act(call: Call, act: ClaimAct, papers: list[str] | None = None) -> Answer:
    from backbone_desktop.services.claim_way import take_step

    desk = call.sign_in()
    step = take_step(desk, _id(call, desk), act, _reason(call), papers or [])
    return with_later_stays(call, desk, step.claim_id, _told(call, step))


def _reason(call: Call) -> str:
    typed: str = getattr(call.arguments, "reason", "")
    return call.stdin("--reason -").strip() if typed == "-" else typed


def _id(call: Call, desk: Desk) -> str:
    claim_id: str = call.arguments.find(desk, call.arguments.claim)
    return claim_id


def _told(call: Call, step: ClaimStep) -> Answer:
    return Answer({**_step_data(step), "state": str(step.after)}, (_line(call.words, step),))


def _step_data(step: ClaimStep) -> dict[str, Any]:
    return {"step_id": step.id, "claim_id": step.claim_id, "number": step.number, "act": str(step.act),
            "before": str(step.before), "after": str(step.after), "by": step.by, "by_name": step.by_name,
            "role": step.role, "at": step.at.isoformat(), "note": step.note, "papers": list(step.papers),
            "batch": step.batch}


def _line(t: Words, step: ClaimStep) -> str:
    papers = ", ".join(t(f"document.{code}") for code in step.papers)
    parts = (f"{step.at.astimezone(CHINA):%Y-%m-%d %H:%M}", t(f"act.claim_{step.act}"), step.by_name or step.by,
             step.note, papers, step.batch)
    return "  ".join(part for part in parts if part)


def _row_line(t: Words, row: StepRow) -> str:
    if row.counts:
        return _line(t, row.step)
    why = t(row.code, state_code=f"claim_state.{row.step.before}", act_code=f"claim_act.{row.step.act}",
            count=len(row.step.papers)) if row.code else ""
    return "  ".join(part for part in (_line(t, row.step), t("Refused by the centre"), why) if part)
