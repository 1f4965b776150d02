"""Takes the insurer's decisions and payments in: the claim moves on and its record is made, all rows or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NoReturn

from backbone_core.change import RecordKind
from backbone_core.claim import Claim
from backbone_core.claim_states import INSURER, ClaimAct, ClaimState, move
from backbone_core.decision import (
    Decision,
    Payment,
    check_decision,
    check_payment,
    check_revision,
    decision_id,
    payment_id,
)
from backbone_core.errors import Finding, RuleBroken
from backbone_core.records import Record, from_fields, kind_of, to_fields
from backbone_server.acts import note_act
from backbone_server.ledger import SERVER, Held, Ledger, must_know_county
from backbone_server.marks import bearers_of
from backbone_server.masks import may_be
from backbone_server.paying import next_payment
from backbone_server.payment_answers import check_answer
from backbone_server.payment_files import Balance, file_numbered, files_of
from backbone_server.problems import Problem
from backbone_server.recomputing import Recomputing
from backbone_server.result_file import check_totals
from backbone_server.result_rows import ResultFile, ResultRow, Totals
from backbone_server.store.engine import Store

_CHINA = timedelta(hours=8)
NOT_REPORTED = frozenset({
    ClaimState.RECEIVED, ClaimState.WAITING_PAPERS, ClaimState.TOWNSHIP_CHECKED, ClaimState.COUNTY_CHECKED,
})
"""The county has not sent these to the insurer, so the insurer cannot have answered to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one row does to its claim; alike before and after where everything is known already."""

    row_no: int
    receipt_no: str
    before: ClaimState
    after: ClaimState
    decided: bool
    paid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """`kept` says whether anything was written: not with a problem that stops, not in a dry run. `balance` is how the
    payment file stands that the file answers, None where it names none."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    kept: bool
    balance: Balance | None = None

    @property
    def stopped(self) -> bool:
        return any(not problem.warns for problem in self.problems)


def take_in_results(
    store: Store, county: str, file: ResultFile, given: Totals, *, insurer: str, by: str, now: datetime,
    dry_run: bool = False, answers: int | None = None,
) -> Taken:
    """Bring a result file into the county's records, or say of every row what is wrong with it.

    A claim must have been reported; that the insurer accepted it follows from its answer. What is known already is
    passed over, so that a file taken in twice changes nothing. `insurer` stands where the file names none; `answers` is
    the number of the payment file that the bank answers. Raises RuleBroken county.unknown, payment_file.unknown.
    """
    with store.writing() as connection:
        must_know_county(connection, county)
        sent, balance = (None if answers is None else file_numbered(connection, county, answers)), None
        taking = _Taking(Ledger(connection, county), file.titles, insurer, (now + _CHINA).date(),
                         frozenset(row.claim_id for one in files_of(connection, county) for row in one.rows))
        bearers = bearers_of(connection, county, RecordKind.CLAIM, "receipt_no", (row.receipt_no for row in file.rows))
        taking.fetch(bearers)
        steps = [step for row in file.rows if (step := taking.take(row, bearers[row.receipt_no])) is not None]
        problems = [*file.problems, *taking.problems]
        if not any(not problem.warns for problem in problems):
            problems += check_totals(file, given)
            if sent is not None:
                found, balance = check_answer(taking.ledger, sent, file)
                problems += found
        taken = Taken(steps=tuple(steps), problems=tuple(sorted(problems, key=lambda one: one.row_no)), kept=False,
                      balance=balance)
        changed = any(step.decided or step.paid for step in steps)
        if taken.stopped or dry_run or not changed:
            return taken
        taking.ledger.write()
        Recomputing(connection, taking.ledger, county, now).judge(taking.decided)
        taking.ledger.write()
        note_act(connection, county, "decisions.import", by=by, now=now, detail={
            "file": file.digest, "rows": len(file.rows), "decisions": sum(step.decided for step in steps),
            "payments": sum(step.paid for step in steps), **({} if answers is None else {"answers": answers}),
        })
    return replace(taken, kept=True)


class _RowWrongError(Exception):
    """The row says something that cannot be; the problem has been noted."""


@dataclass(slots=True)
class _Taking:
    ledger: Ledger
    titles: Mapping[str, str]
    insurer: str
    today: date
    being_paid: frozenset[str] = frozenset()
    """Claims that stand in a payment file: what the bank was asked to pay is not decided anew meanwhile."""
    problems: list[Problem] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)

    def fetch(self, bearers: Mapping[str, Iterable[str]]) -> None:
        claims = [record_id for ids in bearers.values() for record_id in ids]
        self.ledger.fetch((RecordKind.CLAIM, one) for one in claims)
        held = [self.ledger.get(RecordKind.CLAIM, one) for one in claims]
        self.ledger.fetch((RecordKind.MEMBER, one.member_id) for one in held if one and one.member_id)
        self.ledger.fetch((RecordKind.DECISION, decision_id(one)) for one in claims)
        self.ledger.fetch((RecordKind.PAYMENT, payment_id(one, 1)) for one in claims)

    def take(self, row: ResultRow, claim_ids: list[str]) -> Step | None:
        """None where the row is wrong."""
        try:
            held, claim = self._claim(row, claim_ids)
            self._same_person(row, held)
            decision, state = self._decide(row, held, claim)
            payment, state = self._pay(row, claim, decision, state)
        except _RowWrongError:
            return None
        decided = decision is not None and self._keep(held, decision)
        if decided:
            self.decided.append(claim.id)
        paid = payment is not None and self._keep(held, payment)
        if state is not claim.state:
            self.ledger.put(held, SERVER, {"state": state.value})
        return Step(row_no=row.row_no, receipt_no=row.receipt_no, before=claim.state, after=state, decided=decided,
                    paid=paid)

    def _claim(self, row: ResultRow, claim_ids: list[str]) -> tuple[Held, Claim]:
        if len(claim_ids) != 1:
            self._wrong(row, "receipt_no", "decision_file.no_such_claim" if not claim_ids
                        else "decision_file.two_such_claims")
        held = self.ledger.get(RecordKind.CLAIM, claim_ids[0])
        claim = from_fields(RecordKind.CLAIM, claim_ids[0], held.fields) if held and not held.removed else None
        if held is None or not isinstance(claim, Claim):
            self._wrong(row, "receipt_no", "decision_file.no_such_claim")
        return held, claim

    def _same_person(self, row: ResultRow, held: Held) -> None:
        """A row that slipped by one line names somebody else's claim."""
        member = self.ledger.get(RecordKind.MEMBER, held.member_id) if held.member_id else None
        if member is None:
            return
        for name in ("name", "id_no"):
            said = getattr(row, name)
            if said and not may_be(said, str(member.fields.get(name, ""))):
                self._wrong(row, name, "decision_file.other_person")

    # --- the decision

    def _decide(self, row: ResultRow, held: Held, claim: Claim) -> tuple[Decision | None, ClaimState]:
        if claim.state in NOT_REPORTED:
            self._wrong(row, "receipt_no", "decision_file.not_reported", state_code=f"claim_state.{claim.state}")
        decisions = list(self._decisions(claim.id))
        before = decisions[-1] if decisions else None
        said = row.decided
        if said is None:
            if before is None:
                self._wrong(row, "outcome", "decision_file.not_decided")
            return before, claim.state
        same = next((one for one in decisions if one.decided_on == said.decided_on), None)
        if before is not None and (same is not None or not said.revised):
            self._must_agree(row, same or before, said.reasons and {reason.code for reason in said.reasons})
            return before, claim.state
        if before is None and said.revised:
            self._wrong(row, "revision", "decision_file.nothing_to_revise")
        if claim.id in self.being_paid:
            self._wrong(row, "receipt_no", "decision_file.being_paid")
        decision = Decision(
            id=decision_id(claim.id, len(decisions) + 1), claim_id=claim.id, outcome=said.outcome, amount=said.amount,
            decided_on=said.decided_on, reasons=said.reasons, insurer=row.insurer or self.insurer,
            case_no=row.case_no, remark=said.why or row.remark,
        )
        columns = {"reasons": "reason" if "reason" in self.titles else "reason_code"}
        self._must_hold(row, check_decision(decision, claim, today=self.today), columns)
        if before is not None:
            self._must_hold(row, check_revision(decision, before), columns)
        state = claim.state
        if state is ClaimState.REPORTED:
            state = self._moved(row, state, ClaimAct.ACCEPT)
        return decision, self._moved(row, state, said.outcome.act)

    def _must_agree(self, row: ResultRow, known: Decision, reasons: object) -> None:
        """A decision that stands is not written over; what a later file leaves out is not said against it."""
        said = row.decided
        assert said is not None
        pairs = {
            "outcome": (said.outcome, known.outcome), "amount": (said.amount, known.amount),
            "decided_on": (said.decided_on, known.decided_on),
            "reason": (reasons, {reason.code for reason in known.reasons}),
            "case_no": (row.case_no, known.case_no), "insurer": (row.insurer, known.insurer),
            "remark": (said.why or row.remark, known.remark),
        }
        for name, (new, old) in pairs.items():
            if new != old and (new or name == "amount"):
                self._wrong(row, name, "decision_file.decided_otherwise", decided_on=known.decided_on)

    # --- the payment

    def _pay(self, row: ResultRow, claim: Claim, decision: Decision | None,
             state: ClaimState) -> tuple[Payment | None, ClaimState]:
        if row.paid is None or decision is None:
            return None, state
        try:
            payment, acts = next_payment(row.paid, claim, decision, list(self._payments(claim.id)), state)
        except RuleBroken as broken:
            self._wrong(row, broken.field, broken.code, **broken.facts)
        if payment is None:
            return None, state
        self._must_hold(row, check_payment(payment, decision, today=self.today), {"amount": "paid_amount"})
        for act in acts:
            state = self._moved(row, state, act)
        return payment, state

    def _payments(self, claim_id: str) -> Iterator[Payment]:
        attempt = 1
        while isinstance(known := self._known(RecordKind.PAYMENT, payment_id(claim_id, attempt)), Payment):
            yield known
            attempt += 1

    def _decisions(self, claim_id: str) -> Iterator[Decision]:
        """Those that were made of the claim, the first one first."""
        number = 1
        while isinstance(known := self._known(RecordKind.DECISION, decision_id(claim_id, number)), Decision):
            yield known
            number += 1

    # --- records

    def _known(self, kind: RecordKind, record_id: str) -> Record | None:
        held = self.ledger.get(kind, record_id)
        return None if held is None or held.removed else from_fields(kind, record_id, held.fields)

    def _keep(self, claim: Held, record: Decision | Payment) -> bool:
        """Write the record where its claim belongs; False where it stands so already."""
        kind, fields = kind_of(record), to_fields(record)
        held = self.ledger.get(kind, record.id)
        if held is not None and all(held.fields.get(name) == value for name, value in fields.items()):
            return False
        held = held or Held(kind=kind, record_id=record.id, township=claim.township, household_id="", member_id="",
                            version=0, author=SERVER, author_since=1, fields={})
        self.ledger.place(held, claim.township, claim.household_id, claim.member_id)
        self.ledger.put(held, SERVER, fields)
        return True

    def _moved(self, row: ResultRow, state: ClaimState, act: ClaimAct) -> ClaimState:
        try:
            return move(state, act, INSURER)
        except RuleBroken as broken:
            self._wrong(row, "receipt_no", broken.code, **broken.facts)

    def _must_hold(self, row: ResultRow, found: Iterable[Finding], columns: Mapping[str, str]) -> None:
        refused = False
        for one in found:
            title = self.titles.get(columns.get(one.field, one.field), "")
            self.problems.append(Problem(code=one.code, row_no=row.row_no, title=title, facts=one.facts,
                                         warns=not one.refuses))
            refused |= one.refuses
        if refused:
            raise _RowWrongError

    def _wrong(self, row: ResultRow, name: str, code: str, **facts: object) -> NoReturn:
        self.problems.append(Problem(code=code, row_no=row.row_no, title=self.titles.get(name, ""), facts=facts))
        raise _RowWrongError

