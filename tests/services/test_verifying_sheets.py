"""Whether a household's sheet or card or an application form is genuine, and what is said of one that is older."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.forms import PAPERS as SHEETS
from backbone_desktop.services.forms import Form
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.printing import print_form
from backbone_desktop.services.registry import edit_household, household_as_typed, open_household
from backbone_desktop.services.verifying import Verdict, check_code
from tests.services.office_kit import ClaimMaker, Family, Office, household
from tests.services.verifying_kit import (
    OTHER_SEED,
    PAPERS,
    SEED,
    another_office,
    card,
    learn,
    read,
    signing,
    wrong_facts,
)

OF_A_HOUSEHOLD = pytest.mark.parametrize("form", [Form.HOUSEHOLD_SHEET, Form.HOUSEHOLD_CARD])
LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])


@pytest.fixture
def own(office: Office) -> Desk:
    return signing(office.desk)


@OF_A_HOUSEHOLD
@LANGUAGES
def test_a_households_paper_says_what_it_should(own: Desk, family: Family, form: Form, language: str) -> None:
    subject = family.saved.household_id
    data = print_form(own, form, subject, "pdf")
    for paper in SHEETS[form]:
        checked = read(own, PAPERS.form(form, replace(data, language=language), paper))
        assert (wrong_facts(checked), checked.strange) == ({}, ())
        assert (checked.verdict, checked.reason) == (Verdict.GENUINE, "verify.text_fits")
        assert (checked.kind, checked.record_id, checked.number) == ("household", subject, "5206250001")
        assert len(checked.prints) == 1


@LANGUAGES
def test_an_application_says_what_it_should_and_the_account_is_shown_by_its_end(
        own: Desk, claim: ClaimMaker, language: str) -> None:
    taken = register_claim(own, claim())
    data = print_form(own, Form.APPLICATION, taken.claim_id, "pdf")
    checked = read(own, PAPERS.form(Form.APPLICATION, replace(data, language=language), "A4"))
    assert (wrong_facts(checked), checked.strange) == ({}, ())
    assert (checked.verdict, checked.reason, checked.record_id) == (
        Verdict.GENUINE, "verify.text_fits", taken.claim_id)
    assert {fact.should for fact in checked.facts if fact.name == "account_tail"} == {"6789"}


@pytest.mark.parametrize(("altered", "named"), [
    ({"head_name": "测试丙"}, None), ({"place": "他乡他村"}, "place"), ({"phone": "13900000001"}, "phone"),
    ({"number": "5206250009"}, "number"),
])
def test_what_was_altered_on_a_sheet_is_named(own: Desk, family: Family, altered: dict[str, Any],
                                              named: str | None) -> None:
    data = print_form(own, Form.HOUSEHOLD_SHEET, family.saved.household_id, "pdf")
    members = tuple(replace(one, name=altered.get("head_name", one.name)) for one in data.members)
    checked = read(own, PAPERS.form(Form.HOUSEHOLD_SHEET, replace(data, **altered, members=members), "A4"))
    assert (checked.verdict, checked.reason) == (Verdict.ALTERED, "verify.paper_differs")
    assert (named or "person.1") in wrong_facts(checked)


@pytest.mark.parametrize(("altered", "named"), [
    ({"hospital": "他县医院"}, "hospital"), ({"account": "6228480030123450000"}, "account_tail"),
    ({"member_name": "测试丙", "head_name": "测试丙", "account_holder": "测试丙"}, "member"),
])
def test_what_was_altered_on_an_application_is_named(own: Desk, claim: ClaimMaker, altered: dict[str, Any],
                                                     named: str) -> None:
    data = print_form(own, Form.APPLICATION, register_claim(own, claim()).claim_id, "pdf")
    checked = read(own, PAPERS.form(Form.APPLICATION, replace(data, **altered), "A4"))
    assert checked.verdict is Verdict.ALTERED
    assert named in wrong_facts(checked)


def test_an_altered_amount_on_an_application_is_strange(own: Desk, claim: ClaimMaker) -> None:
    data = print_form(own, Form.APPLICATION, register_claim(own, claim()).claim_id, "pdf")
    raised = replace(data, costs=replace(data.costs, psn_part_amt=99_932_00))
    checked = read(own, PAPERS.form(Form.APPLICATION, raised, "A4"))
    assert checked.verdict is Verdict.ALTERED
    assert "99,932.00" in checked.strange


@OF_A_HOUSEHOLD
def test_a_paper_from_before_a_change_is_not_called_altered(own: Desk, family: Family, form: Form) -> None:
    subject = family.saved.household_id
    data = print_form(own, form, subject, "pdf")
    typed = household_as_typed(open_household(own, subject))
    edit_household(own, subject, household(*typed.members, village="他村"))
    by_gun = check_code(own, data.qr)
    assert (by_gun.verdict, by_gun.changed) == (Verdict.DOUBTFUL, True)
    on_paper = read(own, PAPERS.form(form, data, "A4"))
    assert (on_paper.verdict, on_paper.reason) == (Verdict.DOUBTFUL, "verify.changed_since")
    assert "place" in wrong_facts(on_paper)
    again = print_form(own, form, subject, "pdf")
    assert read(own, PAPERS.form(form, again, "A4")).changed is False


@OF_A_HOUSEHOLD
def test_a_code_that_another_device_signed_is_found(own: Desk, office: Office, family: Family, form: Form) -> None:
    forged = print_form(signing(office.desk, OTHER_SEED), form, family.saved.household_id, "pdf")
    assert check_code(own, forged.qr).verdict is Verdict.ALTERED


def test_where_the_household_is_not_known_the_signature_alone_is_told(own: Desk, family: Family,
                                                                      tmp_path: Path) -> None:
    data = print_form(own, Form.HOUSEHOLD_CARD, family.saved.household_id, "pdf")
    for far in another_office(tmp_path):
        assert check_code(far, data.qr).verdict is Verdict.UNKNOWN_DEVICE
        learn(far, card(SEED))
        checked = check_code(far, data.qr)
        assert (checked.verdict, checked.reason) == (Verdict.GENUINE, "verify.not_here")


def test_a_household_of_another_county_with_the_same_number_is_not_ours(own: Desk, family: Family) -> None:
    data = print_form(own, Form.HOUSEHOLD_CARD, family.saved.household_id, "pdf")
    checked = check_code(own, data.qr.replace(":520625:", ":530521:"))
    assert (checked.verdict, checked.here) == (Verdict.UNKNOWN_DEVICE, False)
