"""A stay that falls away: the later ones of the year are worked out anew in the same transaction, and named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from backbone_core.benefit import work_out_year
from backbone_core.change import RecordKind
from backbone_core.claim import Claim, ClaimAct, ClaimState, stay_of
from backbone_core.decision import Decision, DecisionOutcome, decision_id
from backbone_core.errors import RuleBroken
from backbone_core.records import to_fields
from backbone_desktop.services.claim_way import take_step
from backbone_desktop.services.claims import open_claim, register_claim
from backbone_desktop.services.later_stays import Reworked, rework_claim, reworked_for
from tests.services.office_kit import ClaimMaker, Family, Office
from tests.services.way_kit import FIRST

PLAIN = {"hifp_pay": "", "hifmi_pay": "", "maf_pay": "", "fund_pay_sumamt": "", "psn_part_amt": ""}


@pytest.fixture
def year(office: Office, claim: ClaimMaker) -> list[Claim]:
    """Three stays: the first takes the deductible of 1,900 yuan, the second and third are paid in full."""
    made = []
    for month in (3, 4, 5):
        office.clock.wait(minutes=1)
        taken = register_claim(office.desk, claim({**PLAIN, "medfee_sumamt": "3000"}, invoice_no=str(month),
                                                  admitted=f"2019-0{month}-01", discharged=f"2019-0{month}-05",
                                                  settled=""))
        made.append(open_claim(office.desk, taken.claim_id).claim)
    assert [one.benefit for one in made] == [660_00, 1_800_00, 1_800_00]
    return made


def now(office: Office, *claims: Claim) -> list[int | None]:
    return [open_claim(office.desk, one.id).claim.benefit for one in claims]


def bring(office: Office, claim: Claim, **instead: Any) -> None:
    """The insurer's answer, as the exchange brings it."""
    usual: dict[str, Any] = {"id": decision_id(claim.id), "claim_id": claim.id, "outcome": DecisionOutcome.APPROVED,
                             "amount": claim.benefit, "decided_on": office.clock.today()}
    decision = Decision(**{**usual, **instead})
    with office.desk.open() as work:
        work.sync.apply_state(RecordKind.DECISION, decision.id, 1, to_fields(decision))
        work.commit()


@pytest.mark.parametrize("act", [ClaimAct.WITHDRAW, ClaimAct.VOID])
def test_the_next_stay_takes_the_deductible_over(office: Office, year: list[Claim], act: ClaimAct) -> None:
    first, second, third = year
    take_step(office.as_(FIRST), first.id, act, "示例原因")
    assert now(office, second, third) == [660_00, 1_800_00]
    found = open_claim(office.desk, second.id)
    assert found.scheme is not None
    stays = [stay_of(one, found.household.poverty_type) for one in (second, third)]
    expected = work_out_year(found.scheme, stays)
    assert [open_claim(office.desk, one.id).claim.trace for one in (second, third)] == [one.trace for one in expected]


def test_both_histories_say_which_and_how_much(office: Office, year: list[Claim]) -> None:
    first, second, _ = year
    take_step(office.as_(FIRST), first.id, ClaimAct.WITHDRAW, "示例原因")
    named = next(row for row in open_claim(office.desk, first.id).history if row.act == "rework_later")
    assert named.detail == {"claims": [[second.receipt_no, 1_800_00, 660_00]]}
    because = next(row for row in open_claim(office.desk, second.id).history if row.act == "benefit_reworked")
    assert because.detail == {"because": first.receipt_no, "before": 1_800_00, "after": 660_00}
    with office.desk.read() as work:
        assert reworked_for(work, first.id) == (
            Reworked(claim_id=second.id, receipt_no=second.receipt_no, before=1_800_00, after=660_00),)
        assert work.audit.broken_at() is None


def test_claim_audit_and_outbox_are_one_transaction(office: Office, year: list[Claim],
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the later stay cannot be worked out, the earlier one stays as it was."""
    before = office.stored()

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("backbone_desktop.services.later_stays.work_out", broken)
    with pytest.raises(RuntimeError):
        take_step(office.as_(FIRST), year[0].id, ClaimAct.WITHDRAW, "示例原因")
    assert office.stored() == before
    monkeypatch.undo()
    sent = office.count("outbox")
    take_step(office.as_(FIRST), year[0].id, ClaimAct.WITHDRAW, "示例原因")
    with office.desk.read() as work:
        changes = work.outbox.since(sent, 10)
    assert [(one.act, one.record_id) for one in changes if one.kind is RecordKind.CLAIM] == [
        ("claim_withdraw", year[0].id), ("rework_benefit", year[1].id)]
    assert changes[-1].fields.keys() == {"benefit", "trace"}


def test_what_was_decided_stands_and_the_one_after_takes_the_deductible(office: Office, year: list[Claim]) -> None:
    first, second, third = year
    bring(office, second)
    take_step(office.as_(FIRST), first.id, ClaimAct.WITHDRAW, "示例原因")
    assert now(office, second, third) == [1_800_00, 660_00]


def test_an_earlier_stay_is_not_touched_by_a_later_one(office: Office, year: list[Claim]) -> None:
    take_step(office.as_(FIRST), year[2].id, ClaimAct.WITHDRAW, "示例原因")
    assert now(office, *year[:2]) == [660_00, 1_800_00]
    with office.desk.read() as work:
        assert reworked_for(work, year[2].id) == ()


def test_another_persons_stays_are_left_alone(office: Office, family: Family, year: list[Claim],
                                              claim: ClaimMaker) -> None:
    office.clock.wait(minutes=1)
    theirs = register_claim(office.desk, claim({**PLAIN, "medfee_sumamt": "3000"}, invoice_no="9",
                                               member_id=family.wife_id, account_holder="测试乙"))
    take_step(office.as_(FIRST), year[0].id, ClaimAct.WITHDRAW, "示例原因")
    assert open_claim(office.desk, theirs.claim_id).claim.benefit == theirs.benefit.amount


def test_a_claim_is_worked_out_anew_when_a_person_asks(office: Office, year: list[Claim]) -> None:
    first, second, third = year
    bring(office, first, outcome=DecisionOutcome.REFUSED, amount=0)
    assert now(office, second) == [1_800_00]
    done = rework_claim(office.desk, second.id)
    assert done is not None
    assert (done.before, done.after) == (1_800_00, 660_00)
    assert now(office, second, third) == [660_00, 1_800_00]
    assert rework_claim(office.desk, second.id) is None


def test_an_amount_that_is_not_ours_is_refused(office: Office, year: list[Claim]) -> None:
    bring(office, year[1])
    take_step(office.as_(FIRST), year[2].id, ClaimAct.WITHDRAW, "示例原因")
    for one in (year[1], year[2]):
        with pytest.raises(RuleBroken, match=r"claim\.benefit_stands"):
            rework_claim(office.desk, one.id)
    with pytest.raises(RuleBroken, match=r"claim\.unknown"):
        rework_claim(office.desk, replace(year[0], id="nobody").id)
    assert year[2].state is ClaimState.RECEIVED
