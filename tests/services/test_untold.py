"""How many families were never told what was decided or paid: counted as the worklists list them."""

from __future__ import annotations

from datetime import date

from backbone_core.claim import ClaimState
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.decision_notice import claims_to_tell
from backbone_desktop.services.forms import Form
from backbone_desktop.services.payment_notice import payments_to_tell
from backbone_desktop.services.printing import print_form
from backbone_desktop.services.today import today
from tests.services.decisions_kit import answer, decision, payment
from tests.services.office_kit import ClaimMaker, Office


def counted(office: Office) -> tuple[int, int]:
    """As the morning's view counts, which must be as long as the worklists are."""
    untold = today(office.desk).untold
    assert (untold.decisions, untold.payments) == (len(claims_to_tell(office.desk)), len(payments_to_tell(office.desk)))
    return untold.decisions, untold.payments


def stay(office: Office, claim: ClaimMaker, month: int) -> str:
    return register_claim(office.desk, claim(invoice_no=f"{month}", admitted=f"2019-{month:02}-01",
                                             discharged=f"2019-{month:02}-02", settled="")).claim_id


def test_a_notice_counts_until_it_was_printed_and_each_attempt_anew(office: Office, claim: ClaimMaker) -> None:
    first, second, _undecided = (stay(office, claim, month) for month in (3, 4, 5))
    assert counted(office) == (0, 0)
    made = decision(first, DecisionOutcome.APPROVED, 481920)
    answer(office.desk, first, ClaimState.PAID, made, payment(made))
    answer(office.desk, second, ClaimState.REFUSED, decision(second, DecisionOutcome.REFUSED, 0))
    assert counted(office) == (2, 1)
    print_form(office.desk, Form.DECISION, first, "printer")
    print_form(office.desk, Form.PAYMENT, first, "printer")
    assert counted(office) == (1, 0)
    answer(office.desk, first, ClaimState.PAYMENT_FAILED, payment(
        made, state=PaymentState.FAILED, failure=PaymentFailure.ACCOUNT_CLOSED, failed_on=date(2019, 9, 2)))
    assert counted(office) == (1, 1)
    print_form(office.desk, Form.PAYMENT, first, "printer")
    answer(office.desk, first, ClaimState.PAID, payment(made, attempt=2))
    assert counted(office) == (1, 1)
    print_form(office.desk, Form.PAYMENT, first, "printer")
    print_form(office.desk, Form.DECISION, second, "printer")
    assert counted(office) == (0, 0)
