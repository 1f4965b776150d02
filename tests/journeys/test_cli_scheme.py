"""Schemes by commands: read out, listed, shown, and tried out without a trace."""

from __future__ import annotations

import pytest

from tests.journeys.command_kit import Commands, approved_scheme


def test_a_file_is_read_out_without_an_office(fresh: Commands) -> None:
    told = fresh.done("scheme", "check", fresh.file("scheme.json", approved_scheme()))
    assert (told["policy_year"], told["status"]) == (2019, "approved")
    assert {one["part"] for one in told["sentences"]} == {
        "cover", "costs", "benefit", "limits", "papers", "checks", "source"}
    assert any("60%" in one["text"] for one in told["sentences"])
    assert fresh.refused("scheme", "check", fresh.file("none.json", "{}")) == "scheme.missing"


def test_what_is_kept_is_listed_and_the_one_in_force_is_shown(office: Commands) -> None:
    (kept,) = office.done("scheme", "list")["schemes"]
    assert kept["in_force"] is True
    assert len(kept["digest"]) == 64
    shown = office.done("scheme", "show")
    assert shown["scheme_id"] == kept["scheme_id"]
    assert shown == office.done("scheme", "show", kept["scheme_id"], "--version", "1")
    assert office.refused("scheme", "show", "NOWHERE") == "scheme.unknown"
    assert office.refused("scheme", "show", "--year", "2031") == "scheme.none_in_force"


@pytest.mark.parametrize(("total", "benefit"), [("9932.00", "4819.20"), ("1900", "0.00"), ("1900.01", "0.01"),
                                                ("200000", "100000.00")])
def test_a_trial_gives_the_golden_amounts(office: Commands, total: str, benefit: str) -> None:
    tried = office.done("scheme", "try", "--cost", f"medfee_sumamt={total}")
    assert tried["total"] == benefit
    assert tried["stays"][0]["steps"][-1]["result"] == benefit


def test_the_stays_of_a_year_run_on(office: Commands) -> None:
    """1,000 then 2,000 under a yearly deductible of 1,900 give 0 and 660."""
    form = office.file("stays.json", {"stays": [{"costs": {"medfee_sumamt": "1000"}},
                                                {"costs": {"medfee_sumamt": "2000"}, "hospital_level": "3A"}]})
    before = office.records()
    tried = office.done("scheme", "try", "--file", form)
    assert [one["benefit"] for one in tried["stays"]] == ["0.00", "660.00"]
    assert office.records() == before


def test_a_file_that_is_not_taken_in_can_be_tried(fresh: Commands) -> None:
    file = fresh.file("scheme.json", approved_scheme(deductible={"amount": "3000.00", "per": "year"}))
    assert fresh.done("scheme", "try", "--scheme-file", file, "--cost", "medfee_sumamt=10250")["total"] == "4350.00"


@pytest.mark.parametrize(("arguments", "code"), [
    ((), "command.no_stay"), (("--cost", "medfee_sumamt"), "command.cost_form"),
    (("--cost", "medfee_sumamt=ten"), "amount.characters"), (("--cost", "nothing=10"), "command.unknown_field"),
    (("--cost", "medfee_sumamt=10", "--cost", "hifp_pay=20"), "cost.above_total"),
])
def test_amounts_that_cannot_be_are_refused(office: Commands, arguments: tuple[str, ...], code: str) -> None:
    assert office.refused("scheme", "try", *arguments) == code
