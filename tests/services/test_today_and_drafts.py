"""The morning's view, and forms in progress that come back as they were typed."""

from __future__ import annotations

import pytest

from backbone_desktop.services.claims import register_claim, save_claim_draft
from backbone_desktop.services.drafts import (
    CLAIM_FORM,
    HOUSEHOLD_FORM,
    claim_from_payload,
    claim_payload,
    drop_draft,
    household_from_payload,
    household_payload,
    keep_draft,
    kept_draft,
    kept_drafts,
)
from backbone_desktop.services.today import today
from backbone_desktop.services.typed import ClaimDraft, HouseholdDraft
from tests.services.office_kit import ClaimMaker, Office, head, household, wife


def test_the_morning_counts_what_came_in_and_what_waits(office: Office, claim: ClaimMaker) -> None:
    # 00:30 in the office on 2 September is still the day before in UTC
    office.clock.wait(hours=-9)
    register_claim(office.desk, claim())
    office.clock.wait(days=1)
    register_claim(office.desk, claim(invoice_no="2", admitted="2019-04-01", discharged="2019-04-02", settled="",
                                      documents=()))
    save_claim_draft(office.desk, claim(invoice_no="3", admitted="2019-05-01", discharged="2019-05-02", settled=""))
    keep_draft(office.desk, HOUSEHOLD_FORM, "", household_payload(household()))
    view = today(office.desk)
    assert (view.received_today, view.received_this_month) == (1, 2)
    assert (view.drafts, view.waiting_papers, view.refused, view.reviews) == (1, 1, 0, 0)
    assert view.waiting_changes == office.count("outbox")
    assert [one.form for one in view.unfinished] == ["household"]
    assert len(view.recent) == 3


def test_a_day_without_anything(office: Office) -> None:
    view = today(office.desk)
    assert (view.received_today, view.drafts, view.waiting_changes, view.recent, view.unfinished) == (0, 0, 0, (), ())


@pytest.mark.parametrize(
    "draft", [household(head(), wife(id_no="half")), HouseholdDraft(), HouseholdDraft(village=" x ")]
)
def test_a_household_form_comes_back_to_the_letter(office: Office, draft: HouseholdDraft) -> None:
    keep_draft(office.desk, HOUSEHOLD_FORM, "", household_payload(draft))
    kept = kept_draft(office.desk, HOUSEHOLD_FORM, "")
    assert kept is not None
    assert household_from_payload(kept.payload) == draft


@pytest.mark.parametrize("draft", [ClaimDraft(), ClaimDraft(
    member_id="m", admitted="2019-", costs=(("medfee_sumamt", "1,0"), ("hifp_pay", "")), documents=("INVOICE",),
    designated=False,
)])
def test_a_claim_form_comes_back_to_the_letter(office: Office, draft: ClaimDraft) -> None:
    keep_draft(office.desk, CLAIM_FORM, "k", claim_payload(draft))
    kept = kept_draft(office.desk, CLAIM_FORM, "k")
    assert kept is not None
    assert claim_from_payload(kept.payload) == draft


def test_a_form_of_another_version_loses_only_what_is_not_known_here() -> None:
    assert claim_from_payload({"hospital": "示例", "colour": "red"}) == ClaimDraft(hospital="示例")
    assert household_from_payload({"members": [{"name": "测试甲", "x": 1}]}).members[0].name == "测试甲"


def test_a_dropped_form_is_gone_and_the_others_stay(office: Office) -> None:
    keep_draft(office.desk, CLAIM_FORM, "a", {"hospital": "1"})
    keep_draft(office.desk, CLAIM_FORM, "b", {"hospital": "2"})
    keep_draft(office.desk, CLAIM_FORM, "b", {"hospital": "3"})
    drop_draft(office.desk, CLAIM_FORM, "a")
    assert [(one.key, one.payload["hospital"]) for one in kept_drafts(office.desk)] == [("b", "3")]
    assert office.count("outbox") == 0


def test_forms_in_progress_are_never_sent(office: Office) -> None:
    keep_draft(office.desk, CLAIM_FORM, "a", claim_payload(ClaimDraft(hospital="示例")))
    with office.desk.read() as work:
        assert work.outbox.waiting() == ()
