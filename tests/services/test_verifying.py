"""Whether a paper is genuine: codes that were altered, computers nobody knows or that are out of service, and what the
paper should say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone_core.claim import ClaimAct, ClaimState
from backbone_core.decision import DecisionOutcome
from backbone_core.errors import RuleBroken
from backbone_core.receipt import qr_text, read_qr_text, receipt_number, signed_bytes
from backbone_desktop.services.claim_way import take_step
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.receipts import print_receipt
from backbone_desktop.services.verifying import Verdict, check_code
from tests.services.decisions_kit import answer, decision
from tests.services.office_kit import HEAD_ID, PAPERS, ClaimMaker, Office
from tests.services.verifying_kit import (
    OTHER_SEED,
    SEED,
    Paper,
    another_office,
    card,
    learn,
    signer,
    signing,
    taken_in,
)
from tests.services.way_kit import FIRST


@pytest.fixture
def own(office: Office) -> Desk:
    return signing(office.desk)


@pytest.fixture
def paper(own: Desk, claim: ClaimMaker) -> Paper:
    return taken_in(own, claim)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Desk]:
    yield from another_office(tmp_path)


def test_the_own_paper_is_genuine_without_any_exchange(own: Desk, paper: Paper) -> None:
    checked = check_code(own, paper.data.qr)
    assert (checked.verdict, checked.reason) == (Verdict.GENUINE, "verify.look_yourself")
    assert (checked.record_id, checked.number, checked.office) == (
        paper.claim_id, paper.data.receipt_no, "示例县医疗保障局")
    should = {fact.name: fact.should for fact in checked.facts}
    assert should["member"] == "测试甲"
    assert should["id_no"] == "520625********0015"
    assert should["medfee_sumamt"] == 30_000_00
    assert should["benefit"] == 4_819_20
    assert HEAD_ID not in repr(checked)
    assert len(checked.prints) == 1
    assert not checked.changed


def test_a_gun_may_type_small_or_wide_letters(own: Desk, paper: Paper) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in paper.data.qr)
    for typed in (paper.data.qr.lower(), wide, f" {paper.data.qr}\r\n"):
        assert check_code(own, typed).verdict is Verdict.GENUINE


@settings(max_examples=300, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 180), sign=st.characters(min_codepoint=33, max_codepoint=126))
def test_a_code_with_any_sign_altered_is_never_genuine(own: Desk, paper: Paper, place: int, sign: str) -> None:
    code = paper.data.qr
    place %= len(code)
    if sign.upper() == code[place]:
        return
    assert verdict_of(own, code[:place] + sign + code[place + 1 :]) != Verdict.GENUINE


def verdict_of(desk: Desk, code: str) -> str:
    try:
        return check_code(desk, code).verdict
    except RuleBroken as refused:
        return refused.code


def test_the_spare_bits_of_the_last_signs_prove_nothing(own: Desk, paper: Paper) -> None:
    """The hash and the signature end within a sign: another sign with the same bits is another code."""
    head, number, digest, signature = paper.data.qr.split(":")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    for part in (digest, signature):
        same = [part[:-1] + sign for sign in alphabet if sign != part[-1]]
        for other in same:
            parts = (other, signature) if part is digest else (digest, other)
            code = ":".join((head, number, *parts))
            assert verdict_of(own, code) in ("receipt.qr_form", Verdict.ALTERED)


def altered(paper: Paper, **parts: object) -> str:
    content = read_qr_text(paper.data.qr)
    whole = {"receipt_no": content.receipt_no, "content_hash": content.content_hash, "signature": content.signature}
    return qr_text(**{**whole, **parts})  # type: ignore[arg-type]


def test_another_number_hash_or_signature_is_found(own: Desk, paper: Paper) -> None:
    for parts in ({"receipt_no": receipt_number("520625", 2019, "A03", 77)}, {"content_hash": "ab" * 16},
                  {"signature": bytes(64)}):
        checked = check_code(own, altered(paper, **parts))
        assert (checked.verdict, checked.reason) == (Verdict.ALTERED, "verify.wrong_signature")


def test_another_content_signed_under_the_same_number_is_found(own: Desk, paper: Paper) -> None:
    """As a copy of the computer would make it, with the same key."""
    signature = own.signer.sign(signed_bytes(paper.data.receipt_no, "cd" * 16))
    checked = check_code(own, altered(paper, content_hash="cd" * 16, signature=signature))
    assert (checked.verdict, checked.reason) == (Verdict.ALTERED, "verify.other_content")


def test_a_code_of_another_computer_under_ours_is_found(own: Desk, paper: Paper) -> None:
    content = read_qr_text(paper.data.qr)
    thief = signer(OTHER_SEED).sign(signed_bytes(content.receipt_no, content.content_hash))
    assert check_code(own, altered(paper, signature=thief)).verdict is Verdict.ALTERED


@pytest.mark.parametrize(("typed", "code"), [
    ("", "receipt.qr_form"), ("6901234567892", "receipt.qr_form"), ("https://example.cn/x", "receipt.qr_form"),
    ("BB1:", "receipt.qr_form"), ("BB9:A:B:C", "receipt.qr_form"), ("BB1:" + "A" * 5000, "receipt.qr_form"),
])
def test_what_is_none_of_our_codes_is_told(own: Desk, typed: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_code(own, typed)
    assert refused.value.code == code


def test_a_misread_number_is_told_by_its_check_character(own: Desk, paper: Paper) -> None:
    number = paper.data.receipt_no
    wrong = number[:-1] + ("A" if number[-1] != "A" else "B")
    with pytest.raises(RuleBroken) as refused:
        check_code(own, paper.data.qr.replace(number, wrong))
    assert refused.value.code == "receipt.check_character"


def test_another_office_knows_nothing_before_an_exchange_and_all_it_needs_after(elsewhere: Desk, paper: Paper) -> None:
    before = check_code(elsewhere, paper.data.qr)
    assert (before.verdict, before.reason, before.here) == (
        Verdict.UNKNOWN_DEVICE, "verify.unknown_device", False)
    learn(elsewhere, card(SEED))
    after = check_code(elsewhere, paper.data.qr)
    assert (after.verdict, after.reason) == (Verdict.GENUINE, "verify.not_here")
    assert (after.county, after.device_no, after.office) == ("520625", "A03", "示例县医疗保障局")
    assert after.facts == ()
    assert check_code(elsewhere, altered(paper, content_hash="ab" * 16)).verdict is Verdict.ALTERED


def test_a_directory_that_the_centre_did_not_seal_makes_nothing_genuine(elsewhere: Desk, paper: Paper) -> None:
    from backbone_core.errors import Unavailable

    with pytest.raises(Unavailable, match=r"exchange\.not_genuine"):
        learn(elsewhere, card(SEED, sealed_by=OTHER_SEED))
    assert check_code(elsewhere, paper.data.qr).verdict is Verdict.UNKNOWN_DEVICE


def test_a_computer_out_of_service_still_proves_what_it_made_before(
        office: Office, own: Desk, elsewhere: Desk, claim: ClaimMaker) -> None:
    paper = taken_in(own, claim)
    end = office.clock.now() + timedelta(days=1)
    learn(own, card(SEED, revoked=end))
    checked = check_code(own, paper.data.qr)
    assert (checked.verdict, checked.revoked_at) == (Verdict.GENUINE, end)
    learn(elsewhere, card(SEED, revoked=end))
    far = check_code(elsewhere, paper.data.qr)
    assert (far.verdict, far.reason, far.revoked_at) == (Verdict.DOUBTFUL, "verify.not_here_revoked", end)


def test_what_it_made_afterwards_proves_nothing(office: Office, own: Desk, paper: Paper) -> None:
    learn(own, card(SEED, revoked=office.clock.now() - timedelta(seconds=1)))
    checked = check_code(own, paper.data.qr)
    assert (checked.verdict, checked.reason) == (Verdict.DOUBTFUL, "verify.after_end")


def test_a_renewed_key_of_this_computer_leaves_its_old_papers_genuine(own: Desk, paper: Paper) -> None:
    renewed = signing(own, OTHER_SEED)
    assert check_code(renewed, paper.data.qr).verdict is Verdict.GENUINE
    assert check_code(renewed, altered(paper, signature=bytes(64))).verdict is Verdict.ALTERED


def test_papers_handed_in_later_leave_what_the_paper_stated(own: Desk, claim: ClaimMaker) -> None:
    paper = taken_in(own, claim, documents=PAPERS[:3])
    with own.open() as work:
        now = work.claims.get(paper.claim_id)
        assert now is not None
        work.write(replace(now, documents=tuple(replace(one, handed_in=True) for one in now.documents)), "edit")
        work.commit()
    checked = check_code(own, paper.data.qr)
    assert (checked.verdict, checked.changed) == (Verdict.GENUINE, True)
    assert all(fact.now is None for fact in checked.facts)


def test_what_the_insurer_decided_stands_beside_what_the_paper_stated(own: Desk, paper: Paper) -> None:
    answer(own, paper.claim_id, ClaimState.PART_APPROVED,
           decision(paper.claim_id, DecisionOutcome.PART_APPROVED, 4_000_00))
    checked = check_code(own, paper.data.qr)
    (benefit,) = [fact for fact in checked.facts if fact.name == "benefit"]
    assert (benefit.should, benefit.now) == (4_819_20, 4_000_00)
    assert (checked.verdict, checked.state) == (Verdict.GENUINE, "claim_state.part_approved")


def test_an_amount_that_was_worked_out_anew_stands_beside_what_the_paper_promised(
    office: Office, own: Desk, claim: ClaimMaker, paper: Paper
) -> None:
    office.clock.wait(minutes=1)
    later = taken_in(own, claim, invoice_no="2", admitted="2019-04-01", discharged="2019-04-05", settled="")
    take_step(office.as_(FIRST), paper.claim_id, ClaimAct.WITHDRAW, "示例原因")
    checked = check_code(own, later.data.qr)
    (benefit,) = [fact for fact in checked.facts if fact.name == "benefit"]
    assert (benefit.should, benefit.now) == (5_959_20, 4_819_20)
    assert (checked.verdict, checked.changed) == (Verdict.GENUINE, True)


def test_a_record_that_was_corrected_since_is_shown_as_it_is_now(own: Desk, paper: Paper) -> None:
    with own.open() as work:
        now = work.claims.get(paper.claim_id)
        assert now is not None
        work.write(replace(now, hospital="示例市第一医院"), "edit")
        work.commit()
    checked = check_code(own, paper.data.qr)
    assert (checked.verdict, checked.changed) == (Verdict.GENUINE, True)
    assert {fact.name: fact.should for fact in checked.facts}["hospital"] == "示例市第一医院"


def test_every_check_stands_in_the_audit_trail_without_anybodys_name(own: Desk, elsewhere: Desk, paper: Paper) -> None:
    check_code(own, paper.data.qr)
    with own.read() as work:
        row = next(row for row in work.audit.of_record(paper.claim_id) if row.act == "verify_paper")
        assert work.audit.broken_at() is None
    assert row.detail == {"verdict": "genuine", "reason": "verify.look_yourself", "source": "code", "form": "receipt"}
    check_code(elsewhere, paper.data.qr)
    with elsewhere.read() as work:
        (far,) = [row for row in work.audit.of_record("") if row.act == "verify_paper"]
    assert far.detail["device_no"] == "A03"
    assert "测试" not in repr(far)


def test_how_often_it_was_printed_is_told(own: Desk, paper: Paper) -> None:
    print_receipt(own, paper.claim_id, "printer")
    assert len(check_code(own, paper.data.qr).prints) == 2


