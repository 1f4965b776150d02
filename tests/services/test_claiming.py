"""Taking a claim in: everything on it is checked, and record, number, hash and signature are kept together."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any

import pytest

from backbone_core.change import RecordKind
from backbone_core.claim import Claim, ClaimState
from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.ids import new_id
from backbone_core.receipt import content_hash, read_receipt_number, receipt_number, signed_bytes
from backbone_core.records import to_fields
from backbone_desktop.services.accounts import SYSTEM
from backbone_desktop.services.claims import (
    appraise,
    claim_as_typed,
    claim_counts,
    coverage_of,
    list_claims,
    open_claim,
    register_claim,
    save_claim_draft,
)
from backbone_desktop.services.drafts import CLAIM_FORM, claim_payload, keep_draft, kept_draft
from backbone_desktop.services.office import import_scheme
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.registry import (
    edit_household,
    household_as_typed,
    open_household,
    register_household,
)
from backbone_desktop.services.rows import SyncStatus
from backbone_desktop.services.typed import ClaimDraft
from tests.services.office_kit import PAPERS, SCHEMES, SON_ID, ClaimMaker, Family, Office, head, household

SEVENTY = "520625194901010012"


def refused(office: Office, draft: ClaimDraft) -> set[tuple[str, str]]:
    """Register what must be refused; shows that nothing was kept and no number used up."""
    before = office.stored()
    with pytest.raises(RuleBroken) as why:
        register_claim(office.desk, draft)
    assert office.stored() == before
    assert office.numbers.given == [] or len(office.numbers.given) == office.count("claim")
    return {(one.code, one.field) for one in why.value.findings if one.refuses}


def test_a_claim_is_taken_in_with_all_that_the_receipt_states(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    view = open_claim(office.desk, taken.claim_id)
    stored = view.claim
    assert taken.benefit.amount == stored.benefit == 4_819_20
    assert taken.benefit.trace == stored.trace
    assert stored.trace[-1].result == 4_819_20
    assert taken.warnings == ()
    assert stored.state is ClaimState.RECEIVED
    assert stored.receipt_no == taken.receipt_no == "520625-2019-A03-000001-" + taken.receipt_no[-1]
    assert str(read_receipt_number(taken.receipt_no)) == taken.receipt_no
    assert (stored.received_at, stored.received_by) == (office.clock.now(), "clerk")
    assert (stored.scheme_id, stored.scheme_version) == ("EXAMPLE-1900-60-520625-2019", 1)
    assert stored.content_hash == content_hash(stored, view.member.id_no)
    assert bytes.fromhex(stored.signature) == office.signer.sign(signed_bytes(stored.receipt_no, stored.content_hash))
    assert view.status is SyncStatus.WAITING
    assert view.missing == ()
    assert [row.act for row in view.history] == ["submit"]
    with office.desk.read() as work:
        change = work.outbox.waiting()[-1]
    assert (change.kind, change.act, change.record_id) == ("claim", "submit", taken.claim_id)


def test_missing_papers_are_asked_for_and_the_claim_waits(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(documents=("INVOICE", "ID_CARD")))
    view = open_claim(office.desk, taken.claim_id)
    assert view.claim.state is ClaimState.WAITING_PAPERS
    assert {need.code for need in view.missing} == {"COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "BANK_CARD"}
    assert [one.code for one in taken.warnings] == ["claim.documents_missing"]
    assert claim_counts(office.desk) == {"waiting_papers": 1}


@pytest.mark.parametrize(
    ("other", "finding"),
    [
        ({"member_id": ""}, ("claim.member_missing", "member_id")),
        ({"member_id": "nobody"}, ("member.unknown", "member_id")),
        ({"hospital": ""}, ("claim.required", "hospital")),
        ({"diagnosis": ""}, ("claim.required", "diagnosis")),
        ({"admitted": ""}, ("claim.required", "admitted")),
        ({"admitted": "2019-02-30"}, ("date.not_real", "admitted")),
        ({"admitted": "三月"}, ("date.unreadable", "admitted")),
        ({"discharged": "2019-02-28"}, ("claim.discharge_before_admission", "discharged")),
        ({"discharged": "2019-09-03", "settled": ""}, ("claim.in_future", "discharged")),
        ({"admitted": "2018-03-01"}, ("claim.outside_policy_year", "admitted")),
        ({"policy_year": "2018"}, ("claim.no_scheme", "policy_year")),
        ({"policy_year": "去年"}, ("claim.policy_year_unreadable", "policy_year")),
        ({"cause": "childbirth"}, ("claim.cause_unknown", "cause")),
        ({"bank_account": "62284800301234567B9"}, ("account.characters", "bank_account")),
        ({"account_holder": "9"}, ("name.characters", "account_holder")),
        ({"remarks": "某" * 501}, ("text.too_long", "remarks")),
        ({"costs": {"medfee_sumamt": "三万"}}, ("amount.characters", "costs.medfee_sumamt")),
        ({"costs": {"medfee_sumamt": "3OOOO"}}, ("amount.characters", "costs.medfee_sumamt")),
        ({"costs": {"hifp_pay": "-1"}}, ("amount.negative", "costs.hifp_pay")),
        ({"costs": {"hifp_pay": "1.005"}}, ("amount.decimals", "costs.hifp_pay")),
        ({"costs": {"medfee_sumamt": ""}}, ("cost.total_missing", "costs.medfee_sumamt")),
        ({"costs": {"psn_part_amt": "9932.01"}}, ("cost.sum_personal", "costs.psn_part_amt")),
        ({"costs": {"gift": "1"}}, ("cost.unknown_field", "costs.gift")),
    ],
)
def test_each_mistake_is_refused_at_its_field(
    office: Office, claim: ClaimMaker, other: dict[str, Any], finding: tuple[str, str]
) -> None:
    assert refused(office, claim(**other)) == {finding}


def test_amounts_that_do_not_add_up(office: Office, claim: ClaimMaker) -> None:
    found = refused(office, claim({"fund_pay_sumamt": "20,000.00"}))
    assert ("cost.sum_funds", "costs.fund_pay_sumamt") in found
    why = next(one for one in appraise(office.desk, claim({"fund_pay_sumamt": "20,000.00"})).findings if one.refuses)
    assert why.facts["difference_fen"] == -68_00


def test_somebody_outside_the_age_has_no_cover_and_is_told_why(office: Office, claim: ClaimMaker) -> None:
    saved = register_household(office.desk, household(head(id_no=SEVENTY), household_no="2"))
    old = open_household(office.desk, saved.household_id).members[0].member.id
    assert refused(office, claim(member_id=old)) == {
        ("claim.not_enrolled", "member_id"), ("enrolment.too_old", "member_id"),
    }


def test_a_stay_of_another_year_goes_by_that_years_scheme(office: Office, family: Family, claim: ClaimMaker) -> None:
    import_scheme(office.as_(SYSTEM), (SCHEMES / "example-1900-60-520625-2026.json").read_text(encoding="utf-8"))
    with office.desk.open() as work:
        work.office.save(replace(work.office.profile(), policy_year=2026))
        work.commit()
    taken = register_claim(office.desk, claim())
    assert open_claim(office.desk, taken.claim_id).claim.policy_year == 2019
    assert taken.receipt_no.startswith("520625-2019-")
    assert coverage_of(office.desk, family.head_id).paid == 0
    assert coverage_of(office.desk, family.head_id, 2019).paid == 4_819_20


def test_one_draft_pressed_twice_is_one_claim(office: Office, claim: ClaimMaker) -> None:
    draft = claim(claim_id=new_id())
    first = register_claim(office.desk, draft)
    before = office.stored()
    again = register_claim(office.desk, draft)
    assert (again.claim_id, again.receipt_no) == (first.claim_id, first.receipt_no)
    assert (again.benefit.amount, again.benefit.trace) == (first.benefit.amount, first.benefit.trace)
    assert office.stored() == before
    assert office.numbers.given == [1]


def test_one_draft_pressed_in_two_threads_at_once_is_one_claim(office: Office, claim: ClaimMaker) -> None:
    draft, taken = claim(claim_id=new_id()), []
    threads = [threading.Thread(target=lambda: taken.append(register_claim(office.desk, draft))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.receipt_no for one in taken} == {taken[0].receipt_no}
    assert len(taken) == 4
    assert office.count("claim") == 1


def test_a_claim_under_a_made_up_name_is_refused(office: Office, claim: ClaimMaker) -> None:
    assert refused(office, claim(claim_id="../x")) == {("claim.unknown", "")}


def test_the_same_bill_is_not_paid_twice(office: Office, family: Family, claim: ClaimMaker) -> None:
    first = register_claim(office.desk, claim())
    again = claim(admitted="2019-04-01", discharged="2019-04-03", settled="", invoice_no=" ００１２３４５６７８ ")
    assert refused(office, again) == {("claim.invoice_taken", "invoice_no")}
    why = next(one for one in appraise(office.desk, again).findings if one.refuses)
    assert why.facts == {"receipt_no": first.receipt_no}
    elsewhere = replace(again, member_id=family.wife_id, hospital="另一示例医院", account_holder="测试乙")
    assert [one.code for one in register_claim(office.desk, elsewhere).warnings] == ["claim.invoice_taken"]


@pytest.mark.parametrize(
    ("admitted", "discharged", "overlaps"),
    [
        ("2019-03-01", "2019-03-15", True),
        ("2019-03-10", "2019-03-20", True),
        ("2019-02-20", "2019-04-01", True),
        ("2019-03-15", "2019-03-20", False),
        ("2019-02-20", "2019-03-01", False),
    ],
)
def test_nobody_lies_in_two_beds_at_once(
    office: Office, claim: ClaimMaker, admitted: str, discharged: str, overlaps: bool
) -> None:
    register_claim(office.desk, claim())
    other = claim(invoice_no="2", admitted=admitted, discharged=discharged, settled="")
    if overlaps:
        assert refused(office, other) == {("claim.stay_overlaps", "admitted")}
    else:
        register_claim(office.desk, other)


def test_another_draft_of_the_same_stay_only_warns(office: Office, claim: ClaimMaker) -> None:
    save_claim_draft(office.desk, claim())
    taken = register_claim(office.desk, claim())
    assert {one.code for one in taken.warnings} == {"claim.invoice_taken", "claim.stay_overlaps"}


def test_the_deductible_is_met_once_a_year(office: Office, claim: ClaimMaker) -> None:
    def stay(month: int, total: str) -> int:
        sheet = {"medfee_sumamt": total, "hifp_pay": "", "hifmi_pay": "", "maf_pay": "", "fund_pay_sumamt": "",
                 "psn_part_amt": ""}
        days = {"admitted": f"2019-0{month}-01", "discharged": f"2019-0{month}-05", "settled": ""}
        return register_claim(office.desk, claim(sheet, invoice_no=str(month), **days)).benefit.amount

    assert [stay(3, "1000"), stay(4, "2000"), stay(5, "1000")] == [0, 660_00, 600_00]


def test_the_years_cap_counts_what_the_year_has_paid(office: Office, claim: ClaimMaker) -> None:
    def stay(month: int) -> int:
        sheet = {"medfee_sumamt": "150000", "hifp_pay": "", "hifmi_pay": "", "maf_pay": "", "fund_pay_sumamt": "",
                 "psn_part_amt": ""}
        days = {"admitted": f"2019-0{month}-01", "discharged": f"2019-0{month}-05", "settled": ""}
        return register_claim(office.desk, claim(sheet, invoice_no=str(month), **days)).benefit.amount

    assert [stay(3), stay(4), stay(5)] == [88_860_00, 11_140_00, 0]


def test_a_draft_takes_nothing_from_the_year(office: Office, family: Family, claim: ClaimMaker) -> None:
    save_claim_draft(office.desk, claim(invoice_no="7", admitted="2019-01-01", discharged="2019-01-02"))
    assert register_claim(office.desk, claim()).benefit.amount == 4_819_20
    assert coverage_of(office.desk, family.head_id).paid == 4_819_20


def test_coverage_says_what_the_year_has_seen(office: Office, family: Family, claim: ClaimMaker) -> None:
    before = coverage_of(office.desk, family.head_id)
    assert before.enrolment is not None
    assert before.scheme is not None
    assert (before.member.name, before.household.household_no, before.why_not) == ("测试甲", "5206250001", ())
    assert (before.claims, before.paid) == ((), 0)
    taken = register_claim(office.desk, claim())
    after = coverage_of(office.desk, family.head_id)
    assert [row.receipt_no for row in after.claims] == [taken.receipt_no]
    with pytest.raises(RuleBroken, match=r"member\.unknown"):
        coverage_of(office.desk, "nobody")


def test_another_holder_of_the_account_only_warns(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(account_holder="测试乙"))
    assert [(one.code, one.field) for one in taken.warnings] == [("claim.holder_differs", "account_holder")]


def test_the_countys_scheme_makes_a_warning_of_a_stop_and_a_stop_of_a_warning(
    office: Office, family: Family, claim: ClaimMaker
) -> None:
    register_claim(office.desk, claim())
    scheme = json.loads((SCHEMES / "example-1900-60-520625-2019.json").read_text(encoding="utf-8"))
    scheme |= {"version": 2, "supersedes": 1, "checks": {
        "overlapping_stay": "warn", "holder_differs": "stop", "sums": "warn", "same_invoice_same_day": "stop"}}
    import_scheme(office.as_(SYSTEM), json.dumps(scheme))
    assert refused(office, claim(invoice_no="2", account_holder="测试乙")) == {
        ("claim.holder_differs", "account_holder")}
    theirs = claim(member_id=family.wife_id, hospital="另一示例医院", account_holder="测试乙")
    assert refused(office, theirs) == {("claim.invoice_same_day", "invoice_no")}
    taken = register_claim(office.desk, claim({"fund_pay_sumamt": "1"}, invoice_no="2"))
    assert {one.code for one in taken.warnings} == {"claim.stay_overlaps", "cost.sum_funds"}


def test_without_the_devices_key_nothing_is_taken_in(office: Office, claim: ClaimMaker) -> None:
    office.signer.there = False
    before = office.stored()
    with pytest.raises(Unavailable, match=r"keys\.device_missing"):
        register_claim(office.desk, claim())
    assert office.stored() == before
    office.signer.there = True
    assert register_claim(office.desk, claim()).receipt_no.startswith("520625-2019-A03-000002")


def test_numbers_go_on_from_what_the_store_knows_when_the_file_beside_it_is_lost(
    office: Office, claim: ClaimMaker
) -> None:
    register_claim(office.desk, claim())
    office.numbers.given.clear()
    second = claim(invoice_no="2", admitted="2019-04-01", discharged="2019-04-02", settled="")
    assert register_claim(office.desk, second).receipt_no.startswith("520625-2019-A03-000002")


def test_a_number_that_the_centre_brought_back_is_not_given_again(
    office: Office, family: Family, claim: ClaimMaker
) -> None:
    """An older copy of the store was put back on another machine, and the centre sent what was taken in since."""
    with office.desk.open() as work:
        for number in (1, 2):
            lost = Claim(
                id=new_id(), member_id=family.wife_id, household_id=family.saved.household_id, policy_year=2019,
                state=ClaimState.RECEIVED, receipt_no=receipt_number("520625", 2019, "A03", number))
            work.sync.apply_state(RecordKind.CLAIM, lost.id, 3, to_fields(lost))
        work.commit()
    assert register_claim(office.desk, claim()).receipt_no.startswith("520625-2019-A03-000003")
    second = claim(invoice_no="2", admitted="2019-04-01", discharged="2019-04-02", settled="")
    assert register_claim(office.desk, second).receipt_no.startswith("520625-2019-A03-000004")


def test_an_auditor_takes_nothing_in(office: Office, claim: ClaimMaker) -> None:
    auditor = office.as_(Actor("audit", "测试审计", "auditor"))
    before = office.stored()
    for act in (register_claim, save_claim_draft):
        with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
            act(auditor, claim())
    assert office.stored() == before


# --- drafts


def test_a_draft_needs_a_person_and_fields_that_can_be_read(office: Office, family: Family) -> None:
    claim_id = save_claim_draft(office.desk, ClaimDraft(member_id=family.head_id))
    assert open_claim(office.desk, claim_id).claim.state is ClaimState.DRAFT
    before = office.stored()
    for draft, code in (
        (ClaimDraft(hospital="示例县人民医院"), "claim.member_missing"),
        (ClaimDraft(member_id=family.head_id, admitted="明天"), "date.unreadable"),
        (ClaimDraft(member_id=family.head_id, costs=(("medfee_sumamt", "x"),)), "amount.characters"),
    ):
        with pytest.raises(RuleBroken, match=code.replace(".", r"\.")):
            save_claim_draft(office.desk, draft)
    assert office.stored() == before


def test_a_draft_comes_back_as_it_was_typed_and_is_registered_later(office: Office, claim: ClaimMaker) -> None:
    claim_id = save_claim_draft(office.desk, claim())
    draft = claim_as_typed(open_claim(office.desk, claim_id).claim)
    assert dict(draft.costs)["medfee_sumamt"] == "30000.00"
    assert (draft.discharged, draft.documents) == ("2019-03-15", PAPERS)
    assert save_claim_draft(office.desk, draft) == claim_id
    assert office.count("claim") == 1
    taken = register_claim(office.desk, draft)
    assert taken.claim_id == claim_id
    assert office.count("claim") == 1
    assert [row.act for row in open_claim(office.desk, claim_id).history].count("save_draft") == 1


def test_a_claim_that_was_taken_in_is_no_draft_any_more(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    before = office.stored()
    with pytest.raises(RuleBroken, match=r"claim\.not_draft"):
        save_claim_draft(office.desk, claim(claim_id=taken.claim_id, hospital="另一示例医院"))
    assert office.stored() == before


def test_registering_drops_the_form_in_progress(office: Office, claim: ClaimMaker) -> None:
    draft = claim(claim_id=new_id())
    keep_draft(office.desk, CLAIM_FORM, draft.claim_id, claim_payload(draft))
    register_claim(office.desk, draft)
    assert kept_draft(office.desk, CLAIM_FORM, draft.claim_id) is None


# --- lists


def test_claims_are_listed_and_counted(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    save_claim_draft(office.desk, claim(admitted="2019-05-01", discharged="", settled="", invoice_no=""))
    assert claim_counts(office.desk) == {"received": 1, "draft": 1}
    assert [row.receipt_no for row in list_claims(office.desk, state="received").rows] == [taken.receipt_no]
    assert list_claims(office.desk, f" {taken.receipt_no} ").total == 1
    assert list_claims(office.desk, "测试甲").total == 2
    with pytest.raises(RuleBroken, match=r"claim\.unknown"):
        open_claim(office.desk, "nowhere")


def test_a_corrected_id_number_leaves_the_claim_openable(office: Office, family: Family, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    form = household_as_typed(open_household(office.desk, family.saved.household_id))
    corrected = replace(form.members[0], id_no=SON_ID)
    edit_household(office.desk, family.saved.household_id, replace(form, members=(corrected, *form.members[1:])))
    assert open_claim(office.desk, taken.claim_id).member.id_no == SON_ID


@pytest.mark.parametrize(("typed", "code"), [
    ("i69.300X002", "I69.300x002"), (" Ｉ６３．９", "I63.9"), ("x59.9", "X59.9"), ("", "")])
def test_a_diagnosis_code_is_kept_as_the_official_list_writes_it(office: Office, claim: ClaimMaker, typed: str,
                                                                 code: str) -> None:
    kept = save_claim_draft(office.desk, claim(icd10=typed))
    assert open_claim(office.desk, kept).claim.icd10 == code
