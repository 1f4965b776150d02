"""A claim's way through the office: who may do what next, and what it leaves behind."""

from __future__ import annotations

import pytest

from backbone_core.change import RecordKind
from backbone_core.claim import ClaimAct, ClaimState
from backbone_core.decision import DecisionOutcome
from backbone_core.errors import RuleBroken
from backbone_desktop.services.claim_piles import pile_counts
from backbone_desktop.services.claim_way import bring_papers, report_claims, steps_of, take_step, way_of
from backbone_desktop.services.claims import open_claim, register_claim
from backbone_desktop.services.forms import Form
from backbone_desktop.services.missing_papers import claims_lacking_papers, missing_papers_facts
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.rows import PrintNote
from tests.services.decisions_kit import answer, decision
from tests.services.office_kit import PAPERS, ClaimMaker, Office
from tests.services.way_kit import ADMIN, AUDITOR, CLERK, FIRST, SECOND, checked_twice


@pytest.fixture
def taken(office: Office, claim: ClaimMaker) -> str:
    return register_claim(office.desk, claim()).claim_id


def state_of(office: Office, claim_id: str) -> ClaimState:
    return open_claim(office.desk, claim_id).claim.state


def refused(office: Office, who: Actor, claim_id: str, act: ClaimAct, **more: str) -> str:
    before = office.stored()
    with pytest.raises(RuleBroken) as broken:
        take_step(office.as_(who), claim_id, act, **more)  # type: ignore[arg-type]
    assert office.stored() == before
    return broken.value.code


def test_two_people_of_the_county_check_a_claim_and_it_is_reported(office: Office, taken: str) -> None:
    checked_twice(office, taken)
    reported = report_claims(office.as_(FIRST), [taken])
    assert reported.batch == "520625-A03-B0001"
    assert state_of(office, taken) is ClaimState.REPORTED
    steps = [row.step for row in steps_of(office.desk, taken)]
    assert [(one.number, one.act, one.by, one.by_name) for one in steps] == [
        (1, ClaimAct.CHECK_TOWNSHIP, "chushen", "测试初审"), (2, ClaimAct.CHECK_COUNTY, "fuhe", "测试复核"),
        (3, ClaimAct.REPORT, "chushen", "测试初审")]
    assert steps[-1].batch == reported.batch


def test_a_step_and_the_claims_new_state_are_two_changes_of_one_transaction(office: Office, taken: str) -> None:
    step = take_step(office.as_(FIRST), taken, ClaimAct.CHECK_TOWNSHIP)
    with office.desk.read() as work:
        told, moved = work.outbox.waiting()[-2:]
    assert (told.kind, told.record_id, told.act) == (RecordKind.CLAIM_STEP, step.id, "claim_check_township")
    assert (moved.kind, moved.record_id, moved.fields) == (RecordKind.CLAIM, taken, {"state": "township_checked"})


def test_nobody_checks_what_they_took_in_or_checked_themselves(office: Office, claim: ClaimMaker) -> None:
    county_clerk = Actor("jingban", "测试县经办", "county")
    taken = register_claim(office.as_(county_clerk), claim()).claim_id
    # the name as the input method writes it is still the same person's
    for name in ("jingban", "JingBan", "ｊｉｎｇｂａｎ"):
        assert refused(office, Actor(name, "", "county"), taken, ClaimAct.CHECK_TOWNSHIP) == "claim.self_review"
    take_step(office.as_(FIRST), taken, ClaimAct.CHECK_TOWNSHIP)
    for who in (county_clerk, FIRST):
        assert refused(office, who, taken, ClaimAct.CHECK_COUNTY) == "claim.self_review"
    take_step(office.as_(SECOND), taken, ClaimAct.CHECK_COUNTY)


@pytest.mark.parametrize("who", [CLERK, ADMIN])
def test_checking_is_the_countys(office: Office, taken: str, who: Actor) -> None:
    assert refused(office, who, taken, ClaimAct.CHECK_TOWNSHIP) == "claim.role_forbidden"


def test_an_auditor_reads_and_does_nothing(office: Office, taken: str) -> None:
    assert way_of(office.as_(AUDITOR), taken).acts == ()
    assert refused(office, AUDITOR, taken, ClaimAct.WITHDRAW, note="x") == "account.not_allowed"


def test_a_county_account_at_a_townships_computer_does_what_a_township_does(office: Office, taken: str) -> None:
    from dataclasses import replace

    with office.desk.open() as work:
        work.sync.save_device(replace(work.sync.device(), scope="township:示例镇"))
        work.commit()
    assert refused(office, FIRST, taken, ClaimAct.CHECK_TOWNSHIP) == "claim.role_forbidden"
    step = take_step(office.as_(FIRST), taken, ClaimAct.WITHDRAW, note="家属要求")
    assert step.role == "township"


def test_what_may_be_done_next_comes_with_the_reason_why_not(office: Office, taken: str) -> None:
    take_step(office.as_(FIRST), taken, ClaimAct.CHECK_TOWNSHIP)
    mine = {one.act: one.why_not and one.why_not.code for one in way_of(office.as_(FIRST), taken).acts}
    assert mine == {ClaimAct.ASK_PAPERS: None, ClaimAct.CHECK_COUNTY: "claim.self_review", ClaimAct.RETURN: None,
                    ClaimAct.WITHDRAW: None, ClaimAct.VOID: None}
    theirs = {one.act: one.why_not for one in way_of(office.as_(SECOND), taken).acts}
    assert theirs[ClaimAct.CHECK_COUNTY] is None
    assert {one.act for one in way_of(office.desk, taken).acts} == {ClaimAct.ASK_PAPERS, ClaimAct.WITHDRAW}


@pytest.mark.parametrize(("act", "who"), [(ClaimAct.WITHDRAW, CLERK), (ClaimAct.VOID, ADMIN)])
def test_giving_a_claim_up_needs_a_reason(office: Office, taken: str, act: ClaimAct, who: Actor) -> None:
    assert refused(office, who, taken, act, note="  ") == "claim.reason_missing"
    take_step(office.as_(who), taken, act, note=" 家属要求 ")
    assert steps_of(office.desk, taken)[0].step.note == "家属要求"


def test_a_claim_that_was_sent_back_is_checked_anew(office: Office, taken: str) -> None:
    checked_twice(office, taken)
    take_step(office.as_(SECOND), taken, ClaimAct.RETURN, note="金额有误")
    assert state_of(office, taken) is ClaimState.RECEIVED
    take_step(office.as_(SECOND), taken, ClaimAct.CHECK_TOWNSHIP)
    assert refused(office, SECOND, taken, ClaimAct.CHECK_COUNTY) == "claim.self_review"
    take_step(office.as_(FIRST), taken, ClaimAct.CHECK_COUNTY)


# --- papers


def test_a_claim_waits_for_the_papers_that_were_asked_for(office: Office, taken: str) -> None:
    county, clerk = office.as_(FIRST), office.desk
    take_step(county, taken, ClaimAct.ASK_PAPERS, papers=["DISCHARGE_SUMMARY", "INVOICE"])
    assert state_of(office, taken) is ClaimState.WAITING_PAPERS
    assert way_of(clerk, taken).asked == ("INVOICE", "DISCHARGE_SUMMARY")
    assert [need.code for need in open_claim(clerk, taken).missing] == ["INVOICE", "DISCHARGE_SUMMARY"]
    assert claims_lacking_papers(clerk) == (taken,)
    with clerk.read() as work:
        notice = missing_papers_facts(clerk, work, taken)
    assert [need.code for need in notice.papers] == ["INVOICE", "DISCHARGE_SUMMARY"]
    assert bring_papers(clerk, taken, ["INVOICE"]) is None
    assert state_of(office, taken) is ClaimState.WAITING_PAPERS
    step = bring_papers(clerk, taken, ["INVOICE", "DISCHARGE_SUMMARY"])
    assert step is not None
    assert (step.act, step.papers) == (ClaimAct.COMPLETE, ("INVOICE", "DISCHARGE_SUMMARY"))
    assert state_of(office, taken) is ClaimState.RECEIVED
    assert open_claim(clerk, taken).missing == ()


def test_who_completed_the_papers_does_not_check_the_claim(office: Office, taken: str) -> None:
    take_step(office.as_(FIRST), taken, ClaimAct.ASK_PAPERS, papers=["INVOICE"])
    bring_papers(office.as_(SECOND), taken, ["INVOICE"])
    assert refused(office, SECOND, taken, ClaimAct.CHECK_TOWNSHIP) == "claim.self_review"


def test_papers_that_were_missing_at_the_counter_let_the_claim_go_on_when_they_come(
        office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(documents=PAPERS[1:])).claim_id
    assert state_of(office, taken) is ClaimState.WAITING_PAPERS
    assert refused(office, CLERK, taken, ClaimAct.COMPLETE) == "claim.papers_lacking"
    assert bring_papers(office.desk, taken, PAPERS[:1]) is not None
    documents = open_claim(office.desk, taken).claim.documents
    assert {one.code for one in documents if one.handed_in} >= set(PAPERS)


def test_a_notice_asks_for_papers_that_the_scheme_knows(office: Office, taken: str) -> None:
    assert refused(office, FIRST, taken, ClaimAct.ASK_PAPERS) == "claim.papers_none"
    assert refused(office, FIRST, taken, ClaimAct.ASK_PAPERS, papers=["NO_SUCH"]) == "claim.papers_unknown"


# --- reporting


def test_claims_are_reported_together_or_not_at_all(office: Office, claim: ClaimMaker) -> None:
    first = register_claim(office.desk, claim()).claim_id
    other = register_claim(office.desk, claim(invoice_no="002", admitted="2019-04-01", discharged="2019-04-05",
                                              settled="2019-04-05")).claim_id
    checked_twice(office, first)
    with pytest.raises(RuleBroken) as broken:
        report_claims(office.as_(FIRST), [first, other])
    assert [(one.code, one.field) for one in broken.value.findings] == [("claim.move_forbidden", "claims.1")]
    assert state_of(office, first) is ClaimState.COUNTY_CHECKED
    checked_twice(office, other)
    assert report_claims(office.as_(SECOND), [first, other, first]).claim_ids == (first, other)
    assert {steps_of(office.desk, one)[-1].step.batch for one in (first, other)} == {"520625-A03-B0001"}
    with pytest.raises(RuleBroken, match=r"claim\.nothing_to_report"):
        report_claims(office.as_(FIRST), [])


# --- the store itself


def test_the_store_refuses_a_second_check_by_the_same_person_whatever_program_writes(
        office: Office, taken: str) -> None:
    from dataclasses import replace

    from backbone_core.ids import new_id

    first = take_step(office.as_(FIRST), taken, ClaimAct.CHECK_TOWNSHIP)
    forged = replace(first, id=new_id(), number=2, act=ClaimAct.CHECK_COUNTY, before=ClaimState.TOWNSHIP_CHECKED,
                     after=ClaimState.COUNTY_CHECKED, by="ChuShen")
    for by in ("ChuShen", "Clerk"):
        with pytest.raises(RuleBroken) as broken, office.desk.open() as work:
            work.write(replace(forged, by=by), "forged")
        assert broken.value.code == "claim.self_review"
    with office.desk.open() as work:
        work.write(replace(forged, by="fuhe"), "forged")
        work.commit()


# --- piles


def piles(office: Office, who: Actor) -> dict[str, int]:
    return {pile: count for pile, count in pile_counts(office.as_(who)).items() if count}


def test_everybody_sees_what_is_theirs_to_check(office: Office, claim: ClaimMaker, taken: str) -> None:
    own = register_claim(office.as_(FIRST), claim(invoice_no="002", admitted="2019-04-01", discharged="2019-04-05",
                                                  settled="2019-04-05")).claim_id
    assert (piles(office, FIRST), piles(office, SECOND)) == ({"to_check": 1}, {"to_check": 2})
    assert piles(office, CLERK) == {}
    take_step(office.as_(FIRST), taken, ClaimAct.CHECK_TOWNSHIP)
    assert (piles(office, FIRST), piles(office, SECOND)) == ({}, {"to_check": 2})
    take_step(office.as_(SECOND), taken, ClaimAct.CHECK_COUNTY)
    assert piles(office, FIRST) == {"to_report": 1}
    take_step(office.as_(SECOND), own, ClaimAct.ASK_PAPERS, papers=["INVOICE"])
    bring_papers(office.as_(SECOND), own, ["INVOICE"])
    assert piles(office, SECOND) == {"to_report": 1}, "who completed the papers does not check"


def test_a_family_is_told_at_once_what_is_missing(office: Office, taken: str) -> None:
    take_step(office.as_(FIRST), taken, ClaimAct.ASK_PAPERS, papers=["INVOICE"])
    assert piles(office, CLERK) == {"waiting_papers": 1}
    office.clock.wait(days=1)
    assert piles(office, CLERK) == {"waiting_papers": 1, "over_limit": 1}
    with office.desk.open() as work:
        number = open_claim(office.desk, taken).claim.receipt_no
        work.prints.add(PrintNote(form=Form.MISSING_PAPERS, subject=taken, number=number, copy=0, at=office.clock.now(),
                                  by="clerk", how="pdf"))
        work.commit()
    assert piles(office, CLERK) == {"waiting_papers": 1}


def test_the_insurer_has_thirty_days_to_decide_and_ten_to_pay(office: Office, taken: str) -> None:
    checked_twice(office, taken)
    report_claims(office.as_(FIRST), [taken])
    office.clock.wait(days=30)
    assert piles(office, CLERK) == {}
    office.clock.wait(days=1)
    assert piles(office, CLERK) == {"over_limit": 1}
    decided = decision(taken, DecisionOutcome.APPROVED, 4_819_20, decided_on=office.clock.today())
    answer(office.desk, taken, ClaimState.APPROVED, decided)
    assert piles(office, CLERK) == {"not_told": 1}
    office.clock.wait(days=11)
    assert piles(office, CLERK) == {"not_told": 1, "over_limit": 1}
    answer(office.desk, taken, ClaimState.PAYMENT_FAILED)
    assert piles(office, CLERK) == {"not_told": 1, "payment_failed": 1}
