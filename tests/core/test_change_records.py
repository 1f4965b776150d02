"""Records to plain fields and back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from backbone_core.benefit import TraceStep
from backbone_core.change import RecordKind, Review, is_plain
from backbone_core.claim import Claim, ClaimState, Costs, Document
from backbone_core.comparison import compared
from backbone_core.decision import Decision, DecisionOutcome, Payment, PaymentFailure, PaymentState, Reason, RejectCode
from backbone_core.enrolment import Enrolment, EnrolmentStatus
from backbone_core.errors import RuleBroken
from backbone_core.household import Household, Member, PovertyType
from backbone_core.records import Record, from_fields, kind_of, read_review, to_fields

RECORDS: list[tuple[RecordKind, Record]] = [
    (RecordKind.HOUSEHOLD, Household(id="h", household_no="1", county="520625", township="示例镇", village="示例村",
                                     poverty_type=PovertyType.LOW_INCOME)),
    (RecordKind.MEMBER, Member(id="m", household_id="h", name="测试·甲", id_no="11010519491231002X", relation="户主")),
    (RecordKind.ENROLMENT, Enrolment(id="e", member_id="m", policy_year=2019, scheme_id="s", scheme_version=3,
                                     starts=date(2019, 1, 1), ends=date(2019, 12, 31),
                                     status=EnrolmentStatus.ENDED)),
    (RecordKind.CLAIM, Claim(id="c", member_id="m", household_id="h", policy_year=2019, state=ClaimState.RECEIVED,
                             admitted=date(2019, 8, 1), costs=Costs(medfee_sumamt=1), benefit=0,
                             documents=(Document(code="INVOICE", handed_in=True),),
                             trace=(TraceStep(code="x", facts={"cost_fen": 1, "word": "w"}, result=0),),
                             received_at=datetime(2019, 8, 24, 1, 2, 3, 4, tzinfo=UTC))),
    (RecordKind.COMPARISON, compared("m", "a", kept_id="m")),
    (RecordKind.DECISION, Decision(id="d", claim_id="c", outcome=DecisionOutcome.REFUSED, amount=0,
                                   decided_on=date(2019, 9, 1), reasons=(Reason(code=RejectCode.OTHER, text="x"),))),
    (RecordKind.PAYMENT, Payment(id="p", claim_id="c", decision_id="d", attempt=1, amount=1, paid_on=date(2019, 9, 2),
                                 state=PaymentState.FAILED, failure=PaymentFailure.BANK_WRONG)),
]


@pytest.mark.parametrize(("kind", "record"), RECORDS)
def test_a_record_comes_back_as_it_was(kind: RecordKind, record: Record) -> None:
    fields = to_fields(record)
    assert kind_of(record) is kind
    assert "id" not in fields
    assert is_plain(fields)
    assert {type(value) for value in fields.values()} <= {str, int, bool, type(None), list, dict}, "no subclasses"
    assert from_fields(kind, record.id, fields) == record
    assert from_fields(kind, record.id, {**fields, "of_a_later_version": [1]}) == record


def test_fields_of_a_later_version_that_are_missing_take_their_defaults() -> None:
    _, record = RECORDS[1]
    fields = to_fields(record)
    del fields["phone"]
    assert from_fields(RecordKind.MEMBER, record.id, fields) == record


def test_a_review_comes_back_as_it_was() -> None:
    review = Review(id="r", code="review.conflict", kind=RecordKind("pension"), record_id="p", open=False,
                    opened_at=datetime(2019, 1, 1, tzinfo=UTC), fields={"a": {"base": 1, "kept": None, "other": [2]}})
    assert kind_of(review) is RecordKind.REVIEW
    assert read_review("r", to_fields(review)) == review


@pytest.mark.parametrize(("kind", "spoil", "place"), [
    (RecordKind.MEMBER, {"name": None}, "name"),
    (RecordKind.HOUSEHOLD, {"poverty_type": "测试甲"}, "poverty_type"),
    (RecordKind.CLAIM, {"costs": {"hifp_pay": "12"}}, "costs.hifp_pay"),
    (RecordKind.CLAIM, {"documents": [{"code": "A"}, {"handed_in": True}]}, "documents.1"),
    (RecordKind.CLAIM, {"admitted": "2019-02-30"}, "admitted"),
    (RecordKind.ENROLMENT, {"policy_year": True}, "policy_year"),
])
def test_what_cannot_be_read_is_refused_by_place_and_never_quoted(kind: RecordKind, spoil: dict[str, object],
                                                                 place: str) -> None:
    fields = next(to_fields(record) for known, record in RECORDS if known is kind)
    with pytest.raises(RuleBroken) as caught:
        from_fields(kind, "x", {**fields, **spoil})
    assert caught.value.code == "record.unreadable"
    assert caught.value.field == place
    assert "测试甲" not in f"{caught.value!r} {caught.value.facts} {caught.value.field}"
    assert caught.value.__context__ is None


def test_kinds_without_a_record_are_said() -> None:
    for kind in (RecordKind.REVIEW, RecordKind("pension")):
        with pytest.raises(RuleBroken, match=r"record\.kind_unknown"):
            from_fields(kind, "x", {})
