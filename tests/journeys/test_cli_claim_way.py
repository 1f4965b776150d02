"""`claim submit|check|return|bring|report|withdraw|void|history`, as programs and people use them."""

from __future__ import annotations

import pytest

from tests.journeys.colleagues import AUDITOR, FIRST, SECOND, TOWNSHIP, at_work, hire
from tests.journeys.command_kit import HEAD_ID, WIFE_ID, Commands, family, stay


@pytest.fixture
def county(office: Commands) -> Commands:
    """An office with a household and one claim's form at hand."""
    hire(office)
    office.done("household", "add", "--file", office.file("household.json", family(
        ("测试甲", HEAD_ID, "户主"), ("测试乙", WIFE_ID, "配偶"))))
    return office


def taken_in(county: Commands, **changed: object) -> str:
    with at_work(county, TOWNSHIP):
        return str(county.done("claim", "add", "--file", county.file("claim.json", stay(**changed)))["receipt_no"])


def test_a_draft_is_taken_in_and_goes_to_the_insurer(county: Commands) -> None:
    form = county.file("claim.json", stay())
    with at_work(county, TOWNSHIP):
        draft = county.done("claim", "add", "--draft", "--file", form)["claim_id"]
        taken = county.done("claim", "submit", draft)
        assert (taken["claim_id"], taken["benefit"]) == (draft, "6168.00")
        assert county.refused("claim", "submit", draft) == "claim.not_draft"
        assert county.refused("claim", "check", draft) == "claim.role_forbidden"
    number = taken["receipt_no"]
    with at_work(county, FIRST):
        first = county.done("claim", "check", number)
        assert (first["act"], first["state"], first["by_name"]) == ("check_township", "township_checked", "测试初审")
        assert county.refused("claim", "check", number) == "claim.self_review"
        assert county.refused("claim", "report", number) == "claim.move_forbidden"
    with at_work(county, SECOND):
        assert county.done("claim", "check", number)["state"] == "county_checked"
        assert county.done("claim", "report", number)["batch"] == "520625-A01-B0001"
    told = county.done("claim", "history", number)
    assert (told["state"], told["received_by"]) == ("reported", TOWNSHIP)
    assert [(step["number"], step["act"], step["by"], step["status"]) for step in told["steps"]] == [
        (1, "check_township", FIRST, "waiting"), (2, "check_county", SECOND, "waiting"),
        (3, "report", SECOND, "waiting")]
    lines = county("claim", "history", number, as_json=False).out.splitlines()
    assert [line.split()[2:] for line in lines[1:]] == [
        ["受理", TOWNSHIP], ["初审通过", "测试初审"], ["复核通过", "测试复核"],
        ["上报保险公司", "测试复核", "520625-A01-B0001"]]


def test_a_claim_is_sent_back_for_a_paper_which_is_brought(county: Commands) -> None:
    number = taken_in(county)
    with at_work(county, FIRST):
        assert county.refused("claim", "return", number, "--paper", "NO_SUCH") == "claim.papers_unknown"
        asked = county.done("claim", "return", number, "--paper", "INVOICE", "--paper", "PROXY")
        assert (asked["state"], asked["papers"]) == ("waiting_papers", ["INVOICE", "PROXY"])
    with at_work(county, TOWNSHIP):
        assert county.done("claim", "show", number)["missing_documents"] == ["INVOICE", "PROXY"]
        assert county.done("claim", "bring", number, "--paper", "PROXY")["missing_documents"] == ["INVOICE", "PROXY"]
        assert county.done("claim", "bring", number, "--paper", "PROXY", "--paper", "INVOICE")["state"] == "received"


def test_giving_up_needs_a_reason_and_an_auditor_only_reads(county: Commands) -> None:
    number = taken_in(county)
    with at_work(county, AUDITOR):
        assert county.refused("claim", "withdraw", number, "--reason", "x") == "account.not_allowed"
        assert county.done("claim", "history", number)["next"] == []
    with at_work(county, TOWNSHIP):
        assert county.refused("claim", "withdraw", number) == "claim.reason_missing"
        assert county.refused("claim", "void", number, "--reason", "x") == "claim.role_forbidden"
        gone = county.done("claim", "withdraw", number, "--reason", "-", stdin="家属要求\n".encode())
        assert (gone["state"], gone["note"]) == ("withdrawn", "家属要求")


def test_several_are_checked_at_once_and_each_refusal_is_told(county: Commands) -> None:
    one = taken_in(county)
    other = taken_in(county, invoice_no="SL2", admitted="2019-10-01", discharged="2019-10-05", settled="2019-10-05")
    with at_work(county, FIRST):
        county.done("claim", "check", one)
        ran = county("claim", "check", one, other)
    assert ran.code == 2
    assert [step["number"] for step in ran.answer["steps"]] == [1]
    (refused,) = ran.answer["refused"]
    assert (refused["claim"], refused["code"]) == (one, "claim.self_review")
