"""Handover lists and the villages' lists by commands alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.command_kit import HEAD_ID, WIFE_ID, Commands, family, stay


@pytest.fixture
def taken(office: Commands) -> tuple[Commands, list[str]]:
    """A couple, and two claims of the man."""
    office.done("household", "add", "--file", office.file("household.json", family(
        ("测试甲", HEAD_ID, "户主"), ("测试乙", WIFE_ID, "配偶"))))
    receipts = []
    for day, invoice in (("2019-03-01", "SL1"), ("2019-05-01", "SL2")):
        claim = stay(admitted=day, discharged=day, settled=day, invoice_no=invoice)
        receipts.append(office.done("claim", "add", "--file", office.file("claim.json", claim))["receipt_no"])
    return office, receipts


def test_claims_are_handed_over_once_and_a_mistake_is_taken_back(taken: tuple[Commands, list[str]]) -> None:
    office, receipts = taken
    waiting = office.done("handover", "open")["claims"]
    assert [row["receipt_no"] for row in waiting] == receipts
    made = office.done("handover", "make", receipts[0], "--to", "county", "--receiver", "示例县医疗保障局")
    assert (made["to"], made["receiver"], len(made["claims"])) == ("county", "示例县医疗保障局", 1)
    assert office.refused("handover", "make", receipts[0], "--to", "county") == "handover.already"
    assert office.refused("handover", "make", "--to", "county") == "handover.empty"
    rest = office.done("handover", "make", "--all", "--to", "county")
    assert [row["receipt_no"] for row in rest["claims"]] == receipts[1:]
    assert office.done("handover", "void", made["number"])["void"] is True
    assert office.refused("handover", "void", made["number"]) == "handover.void"
    assert office.refused("handover", "make", "520625-2019-A01-999999-0") == "receipt.check_character"
    lists: list[dict[str, Any]] = office.done("handover")["lists"]
    assert [(row["number"], row["void"]) for row in lists] == [(rest["number"], False), (made["number"], True)]
    said = office("handover", as_json=False)
    assert made["number"] in said.out
    assert "已作废" in said.out


def test_villages_tell_the_keys_of_their_lists(taken: tuple[Commands, list[str]]) -> None:
    office, _ = taken
    covered = office.done("villages", "--first", "2026-09-14", "--last", "2026年9月22日")
    assert covered["form"] == "publicity"
    assert [(row["key"], row["households"], row["listed"]) for row in covered["villages"]] == [
        ("2019/示例镇/示例村/covered/2026-09-14..2026-09-22", 1, 2)]
    roster = office.done("villages", "--list", "renewal", "--township", "示例镇")
    assert roster["form"] == "renewal"
    assert roster["villages"][0]["key"].startswith("2019/示例镇/示例村/renewal/")
    assert office.done("villages", "--list", "paid")["villages"] == []
    assert office.done("villages", "--township", "别镇")["villages"] == []
    assert office.refused("villages", "--first", "2026-09-14", "--last", "2026-09-01") == "village.days"
    assert office.refused("villages", "--list", "paid", "--paid-from", "2026-09-14") == "village.days"
    assert office.refused("villages", "--list", "none") == "command.usage"
    assert "示例村" in office("villages", as_json=False).out
