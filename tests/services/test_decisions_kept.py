"""What the insurer decided is what receipts, covers and later stays go by."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from backbone_core.claim import ClaimState
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState
from backbone_desktop.services.claims import coverage_of, list_claims, open_claim, register_claim
from backbone_desktop.services.decisions import decision_of, payments_of
from backbone_desktop.services.listing_ports import Asked, ListName
from backbone_desktop.services.receipts import receipt_of
from backbone_desktop.services.typed import ClaimDraft
from tests.services.decisions_kit import answer, bring, decision, payment
from tests.services.office_kit import ClaimMaker, Family, Office

NOTHING = {"hifp_pay": "", "hifmi_pay": "", "maf_pay": "", "fund_pay_sumamt": "", "psn_part_amt": ""}


def stay(claim: ClaimMaker, month: int, total: str, **other: Any) -> ClaimDraft:
    days = {"admitted": f"2019-0{month}-01", "discharged": f"2019-0{month}-05", "settled": ""}
    return claim({"medfee_sumamt": total, **NOTHING}, **{"invoice_no": f"{month}", **days, **other})


def test_an_answer_is_there_for_the_notices(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    assert decision_of(office.desk, taken.claim_id) is None
    assert payments_of(office.desk, taken.claim_id) == ()
    made = decision(taken.claim_id, DecisionOutcome.PART_APPROVED, 3_000_00)
    failed = payment(made, state=PaymentState.FAILED, failure=PaymentFailure.ACCOUNT_CLOSED,
                     failed_on=date(2019, 9, 2))
    again = payment(made, attempt=2, paid_on=date(2019, 9, 2), reference="PZ0002")
    answer(office.desk, taken.claim_id, ClaimState.PAID, made, again, failed)
    assert decision_of(office.desk, taken.claim_id) == made
    assert payments_of(office.desk, taken.claim_id) == (failed, again)
    view = open_claim(office.desk, taken.claim_id)
    assert (view.claim.state, view.decision, view.payments) == (ClaimState.PAID, made, (failed, again))


@pytest.mark.parametrize(("outcome", "state", "amount"), [
    (DecisionOutcome.APPROVED, ClaimState.APPROVED, 4_819_20), (DecisionOutcome.REFUSED, ClaimState.REFUSED, 0),
    (DecisionOutcome.PART_APPROVED, ClaimState.PAID, 3_000_00),
])
def test_a_receipt_printed_after_the_decision_states_its_amount(
    office: Office, claim: ClaimMaker, outcome: DecisionOutcome, state: ClaimState, amount: int
) -> None:
    taken = register_claim(office.desk, claim())
    answer(office.desk, taken.claim_id, state, decision(taken.claim_id, outcome, amount))
    data = receipt_of(office.desk, taken.claim_id)
    assert (data.benefit, data.provisional, data.decided_amount) == (4_819_20, False, amount)


def test_a_state_that_came_before_its_decision_makes_no_amount_up(office: Office, claim: ClaimMaker) -> None:
    """A page of the feed may end between the two."""
    taken = register_claim(office.desk, claim())
    answer(office.desk, taken.claim_id, ClaimState.PART_APPROVED)
    data = receipt_of(office.desk, taken.claim_id)
    assert (data.provisional, data.decided_amount) == (True, None)


def test_the_years_cap_counts_what_was_decided(office: Office, family: Family, claim: ClaimMaker) -> None:
    """100,000 a year at 60 % over 1,900: 150,000 come to 88,860, which leaves 11,140 of the cap; a part approval of
    50,000 leaves 50,000."""
    first = register_claim(office.desk, stay(claim, 3, "150000"))
    assert first.benefit.amount == 88_860_00
    made = decision(first.claim_id, DecisionOutcome.PART_APPROVED, 50_000_00)
    answer(office.desk, first.claim_id, ClaimState.PART_APPROVED, made)
    assert coverage_of(office.desk, family.head_id).paid == 50_000_00
    second = register_claim(office.desk, stay(claim, 4, "150000")).benefit
    assert (second.deductible_used, second.amount) == (0, 50_000_00), "the deductible stays used up"
    assert coverage_of(office.desk, family.head_id).paid == 100_000_00


@pytest.mark.parametrize("state", [ClaimState.REFUSED, ClaimState.CLOSED])
def test_a_refused_stay_takes_nothing_from_the_year_even_once_it_is_closed(
    office: Office, family: Family, claim: ClaimMaker, state: ClaimState
) -> None:
    first = register_claim(office.desk, stay(claim, 3, "150000"))
    answer(office.desk, first.claim_id, state, decision(first.claim_id, DecisionOutcome.REFUSED, 0))
    assert coverage_of(office.desk, family.head_id).paid == 0
    second = register_claim(office.desk, stay(claim, 4, "3000")).benefit
    assert (second.deductible_used, second.amount) == (1_900_00, 660_00)


def test_money_that_came_back_still_counts_as_decided(office: Office, family: Family, claim: ClaimMaker) -> None:
    first = register_claim(office.desk, stay(claim, 3, "150000"))
    made = decision(first.claim_id, DecisionOutcome.APPROVED, 88_860_00)
    back = payment(made, state=PaymentState.FAILED, failure=PaymentFailure.ACCOUNT_WRONG)
    answer(office.desk, first.claim_id, ClaimState.PAYMENT_FAILED, made, back)
    assert coverage_of(office.desk, family.head_id).paid == 88_860_00


def test_lists_show_and_sort_by_what_was_decided(office: Office, claim: ClaimMaker) -> None:
    small, large = (register_claim(office.desk, stay(claim, month, total)) for month, total in ((3, "9000"),
                                                                                              (4, "5000")))
    rows = {row.id: row.benefit for row in list_claims(office.desk).rows}
    assert (rows[small.claim_id], rows[large.claim_id]) == (4_260_00, 3_000_00)
    bring(office.desk, decision(small.claim_id, DecisionOutcome.PART_APPROVED, 1_000_00))
    rows = {row.id: row.benefit for row in list_claims(office.desk).rows}
    assert (rows[small.claim_id], rows[large.claim_id]) == (1_000_00, 3_000_00)
    with office.desk.read() as work:
        order = work.lists.order(Asked(name=ListName.CLAIMS, sort="benefit"), 2019)
        sorted_rows = work.lists.rows(ListName.CLAIMS, order.keys, order.matched, 2019)
    assert [row.id for row in sorted_rows if row] == [small.claim_id, large.claim_id]
