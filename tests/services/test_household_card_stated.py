"""What the household card states, and that nothing stands on it which must not be carried about."""

from __future__ import annotations

from datetime import date

import pytest

from backbone_core.errors import RuleBroken
from backbone_core.household_act import ActKind
from backbone_core.paper_proof import read_paper_qr
from backbone_desktop.services.accounts import SYSTEM, sign_in
from backbone_desktop.services.contacts import OfficeContacts, save_contacts
from backbone_desktop.services.forms import Form
from backbone_desktop.services.household_card import HouseholdCardData
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.printing import form_of, print_form
from backbone_desktop.services.registry import register_household
from tests.services.acts_kit import home
from tests.services.office_kit import HEAD_ID, PASSWORD, WIFE_ID, Family, Office, head, household, wife


def card_of(office: Office, household_id: str) -> HouseholdCardData:
    data = form_of(office.desk, Form.HOUSEHOLD_CARD, household_id)
    assert isinstance(data, HouseholdCardData)
    return data


def test_it_states_who_is_covered_this_policy_year_and_when(office: Office) -> None:
    data = card_of(office, home(office).id)
    assert (data.number, data.head_name, data.place) == ("5206250001", "测试甲", "示例镇测试村二组")
    assert (data.policy_year, data.period) == (2019, (date(2019, 1, 1), date(2019, 12, 31)))
    covered = {one.name: one.cover for one in data.members}
    assert covered["测试甲"] == data.period
    assert covered["测试父"] is None  # past sixty
    assert [one.relation for one in data.members][:2] == ["户主", "配偶"]


def test_papers_are_those_that_must_come_and_those_of_a_case(office: Office, family: Family) -> None:
    papers = card_of(office, family.saved.household_id).papers
    assert [one.code for one in papers if not one.when] == [
        "INVOICE", "COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "ID_CARD", "BANK_CARD"]
    assert {one.code: one.when for one in papers if one.when} == {
        "PROXY": "proxy", "AGENT_ID_CARD": "proxy", "ACCIDENT_STATEMENT": "accident", "DEATH_CERTIFICATE": "death",
        "KINSHIP_PROOF": "death"}


def test_the_offices_telephone_and_the_insurer_stand_on_it(office: Office, family: Family) -> None:
    before = card_of(office, family.saved.household_id)
    assert (before.contacts, before.insurer) == (OfficeContacts(), "示例保险公司（虚构）")
    admin = office.as_(sign_in(office.as_(SYSTEM), "admin", PASSWORD))
    save_contacts(admin, OfficeContacts(phone="0856-1234567", insurer="示例保险公司县支公司", insurer_phone="95000"))
    data = card_of(office, family.saved.household_id)
    assert (data.contacts.phone, data.contacts.insurer_phone) == ("0856-1234567", "95000")
    assert data.insurer == "示例保险公司县支公司"


def test_no_number_of_a_person_no_account_and_no_telephone_of_theirs(office: Office) -> None:
    saved = register_household(office.desk, household(
        head(bank_name="示例银行", bank_account="6228480030123456789", account_holder="测试甲"),
        wife(phone="13900000000")))
    data = card_of(office, saved.household_id)
    for hidden in (HEAD_ID, HEAD_ID[-4:], WIFE_ID, "6228480030123456789", "13900000000", "13800000000"):
        assert hidden not in repr(data)


def test_the_code_names_the_household_and_holds_while_its_cover_does(office: Office) -> None:
    house = home(office)
    before = card_of(office, house.id).qr
    assert read_paper_qr(before).number == "5206250001"
    assert read_paper_qr(before).form == "household_card"
    office.clock.wait(days=9)
    assert print_form(office.desk, Form.HOUSEHOLD_CARD, house.id, "printer").copy == 0
    assert card_of(office, house.id).qr == before
    house.act(ActKind.DEATH, "2019-08-20", member_id=house.ids["测试父"], reason="病故")
    assert card_of(office, house.id).qr != before


def test_who_may_not_print_it(office: Office, family: Family) -> None:
    with pytest.raises(RuleBroken) as why:
        form_of(office.as_(Actor("auditor", "测试审计", "auditor")), Form.HOUSEHOLD_CARD, family.saved.household_id)
    assert why.value.code == "account.not_allowed"
