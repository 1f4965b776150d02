"""Handing claims' papers on: what a list states, that it states it for ever, and that no claim is on two unawares."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from backbone_core.errors import RuleBroken
from backbone_core.paper_proof import paper_hash, read_paper_qr
from backbone_desktop.services.claims import open_claim, register_claim
from backbone_desktop.services.forms import Form
from backbone_desktop.services.handover_ports import Leg
from backbone_desktop.services.handovers import (
    handover_by_number,
    handover_stated,
    handovers,
    leg_of,
    make_handover,
    open_for_handover,
    void_handover,
)
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.printing import form_of, print_form
from tests.services.office_kit import PAPERS, ClaimMaker, Office


@pytest.fixture
def taken(office: Office, claim: ClaimMaker) -> tuple[str, ...]:
    """Three claims of one man, taken in one after the other."""
    days = (("2019-03-01", "2019-03-15"), ("2019-04-01", "2019-04-09"), ("2019-05-01", "2019-05-09"))
    return tuple(
        register_claim(office.desk, claim(admitted=admitted, discharged=discharged, settled=discharged,
                                          invoice_no=f"001234567{place}")).claim_id
        for place, (admitted, discharged) in enumerate(days))


def broken(act: object, *args: object, **named: object) -> list[tuple[str, str]]:
    with pytest.raises(RuleBroken) as caught:
        act(*args, **named)  # type: ignore[operator]
    return [(found.code, found.field) for found in caught.value.findings]


def test_a_list_states_its_claims_and_has_a_number_of_the_day(office: Office, taken: tuple[str, ...]) -> None:
    assert [row.claim_id for row in open_for_handover(office.desk)] == list(taken)
    made = make_handover(office.desk, (taken[1], taken[0], taken[1]))
    assert made.number == "520625-A03-20190902-01"
    assert (made.leg, made.giver, made.receiver) == (Leg.TO_COUNTY, "示例县医疗保障局", "")
    assert [row.claim_id for row in made.rows] == list(taken[:2])
    first = made.rows[0]
    assert (first.patient, first.household_no, first.village) == ("测试甲", "5206250001", "示例镇测试村")
    assert (first.total, first.benefit, first.papers, first.missing) == (30_000_00, 4_819_20, len(PAPERS), 0)
    assert [row.claim_id for row in open_for_handover(office.desk)] == [taken[2]]
    assert make_handover(office.desk, (taken[2],)).number == "520625-A03-20190902-02"
    office.clock.wait(days=1)
    assert open_for_handover(office.desk) == ()


def test_a_claim_is_not_on_two_lists_unawares(office: Office, taken: tuple[str, ...]) -> None:
    first = make_handover(office.desk, taken[:1])
    before = office.stored()
    assert broken(make_handover, office.desk, taken[:2]) == [("handover.already", "claims.0")]
    assert office.stored() == before
    assert [row.earlier for row in open_for_handover(office.desk, again=True)] == [first.number, "", ""]
    again = make_handover(office.desk, taken[:2], again=True)
    assert [row.earlier for row in again.rows] == [first.number, ""]


def test_the_way_to_the_insurer_is_another_one(office: Office, taken: tuple[str, ...]) -> None:
    make_handover(office.desk, taken)
    on = make_handover(office.desk, taken, leg=Leg.TO_INSURER)
    assert on.receiver == "示例保险公司（虚构）"
    other = make_handover(office.desk, taken, leg=Leg.TO_INSURER, again=True, receiver=" 另一家公司 ")
    assert other.receiver == "另一家公司"
    with office.desk.read() as work:
        profile = work.office.profile()
    assert leg_of(profile) is Leg.TO_COUNTY
    assert leg_of(replace(profile, township="")) is Leg.TO_INSURER


def test_what_a_list_refuses(office: Office, taken: tuple[str, ...], claim: ClaimMaker) -> None:
    assert broken(make_handover, office.desk, ()) == [("handover.empty", "claims")]
    incomplete = register_claim(office.desk, claim(documents=PAPERS[:-1], admitted="2019-06-01", discharged="20190603",
                                                   settled="20190603", invoice_no="77")).claim_id
    assert broken(make_handover, office.desk, ("nobody", taken[0], incomplete)) == [
        ("claim.unknown", "claims.0"), ("handover.not_open", "claims.2")]
    assert incomplete not in {row.claim_id for row in open_for_handover(office.desk)}


def test_the_auditor_makes_and_prints_none(office: Office, taken: tuple[str, ...]) -> None:
    auditor = office.as_(Actor("audit", "测试审计", "auditor"))
    assert broken(make_handover, auditor, taken) == [("account.not_allowed", "")]
    made = make_handover(office.desk, taken)
    assert broken(void_handover, auditor, made.id) == [("account.not_allowed", "")]
    assert broken(form_of, auditor, Form.HANDOVER, made.id) == [("account.not_allowed", "")]
    assert len(handovers(auditor)) == 1


def test_a_reprint_states_the_same_whatever_became_of_the_claims(office: Office, taken: tuple[str, ...]) -> None:
    made = make_handover(office.desk, taken)
    first = print_form(office.desk, Form.HANDOVER, made.id, "printer", paper="A4L")
    with office.desk.open() as work:
        member = work.members.get(work.claims.get(taken[0]).member_id)  # type: ignore[union-attr]
        work.write(replace(member, name="测试改名"), "edit")  # type: ignore[type-var]
        work.commit()
    office.clock.wait(days=3)
    again = print_form(office.desk, Form.HANDOVER, made.id, "printer", paper="A4L")
    assert (first.copy, again.copy) == (0, 1)
    assert replace(again, copy=0, printed_at=first.printed_at) == first
    with office.desk.read() as work:
        notes = work.prints.of_subject(Form.HANDOVER, made.id)
    assert [(note.number, note.copy, note.paper) for note in notes] == [
        (made.number, copy, "A4L") for copy in (0, 1)]


def test_the_code_proves_what_the_list_states(office: Office, taken: tuple[str, ...]) -> None:
    made = make_handover(office.desk, taken)
    proof = read_paper_qr(form_of(office.desk, Form.HANDOVER, made.id).qr)
    assert (proof.form, proof.number) == ("handover", made.number)
    stored = handover_by_number(office.desk, made.number.lower())
    assert paper_hash(Form.HANDOVER, made.number, stored.id, handover_stated(stored)).startswith(proof.content_hash)
    altered = replace(stored, rows=(replace(stored.rows[0], benefit=1), *stored.rows[1:]))
    assert not paper_hash(Form.HANDOVER, made.number, stored.id, handover_stated(altered)).startswith(
        proof.content_hash)


def test_a_void_list_gives_its_claims_back_and_keeps_its_number(office: Office, taken: tuple[str, ...]) -> None:
    made = make_handover(office.desk, taken)
    void_handover(office.desk, made.id)
    assert [row.claim_id for row in open_for_handover(office.desk)] == list(taken)
    assert broken(void_handover, office.desk, made.id) == [("handover.void", "")]
    assert broken(form_of, office.desk, Form.HANDOVER, made.id) == [("handover.void", "")]
    assert broken(form_of, office.desk, Form.HANDOVER, "none") == [("handover.unknown", "")]
    assert broken(handover_by_number, office.desk, "none") == [("handover.unknown", "")]
    other = make_handover(office.desk, taken)
    assert other.number.endswith("-02")
    assert [row.earlier for row in other.rows] == ["", "", ""]
    assert [(note.number, note.claims, note.void) for note in handovers(office.desk)] == [
        (other.number, 3, False), (made.number, 3, True)]


def test_the_trail_tells_of_a_list_and_of_each_claim_on_it(office: Office, taken: tuple[str, ...]) -> None:
    made = make_handover(office.desk, taken)
    void_handover(office.desk, made.id)
    acts = [row.act for row in open_claim(office.desk, taken[0]).history]
    assert acts[:2] == ["hand_over_void", "hand_over"]
    with office.desk.read() as work:
        told = work.audit.of_record(made.id)
        assert work.audit.broken_at() is None
    assert [row.act for row in told] == ["void_handover", "make_handover"]
    assert not re.search("测试|520625198", repr([row.detail for row in told]))


def test_nothing_of_a_list_is_sent(office: Office, taken: tuple[str, ...]) -> None:
    before = office.count("outbox")
    make_handover(office.desk, taken)
    assert office.count("outbox") == before
