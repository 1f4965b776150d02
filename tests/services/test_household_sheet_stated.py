"""What the household registration sheet states of a registered family, and what its code vouches for."""

from __future__ import annotations

from datetime import date

import pytest

from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.household import Standing
from backbone_core.household_act import ActKind
from backbone_core.paper_proof import read_paper_qr
from backbone_desktop.services import roster
from backbone_desktop.services.forms import Form
from backbone_desktop.services.household_sheet import HouseholdSheetData
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.printing import form_of, print_form
from backbone_desktop.services.registry import edit_household, household_as_typed, open_household, register_household
from tests.services.acts_kit import FATHER_ID, Home, home
from tests.services.office_kit import HEAD_ID, WIFE_ID, Family, Office, head, household, wife
from tests.services.roster_sheet import COLUMNS, HEADER, Sheet, line


def sheet_of(office: Office, household_id: str) -> HouseholdSheetData:
    data = form_of(office.desk, Form.HOUSEHOLD_SHEET, household_id)
    assert isinstance(data, HouseholdSheetData)
    return data


@pytest.fixture
def five(office: Office) -> Home:
    return home(office)


def test_it_states_the_household_as_it_is_registered(office: Office, family: Family) -> None:
    data = sheet_of(office, family.saved.household_id)
    assert (data.number, data.copy, data.language) == ("5206250001", 0, "zh_CN")
    assert (data.office, data.county_name) == ("示例县医疗保障局", "印江土家族苗族自治县")
    assert (data.head_name, data.poverty_type, data.phone) == ("测试甲", "一般贫困户", "13800000000")
    assert (data.place, data.village) == ("示例镇测试村二组", "测试村")
    assert (data.policy_year, data.period) == (2019, (date(2019, 1, 1), date(2019, 12, 31)))
    assert data.insurer == "示例保险公司（虚构）"
    assert (data.causes, data.former, data.reach) == ((), (), ())
    man, woman = data.members
    assert (man.name, man.relation, man.sex, man.birth_date) == ("测试甲", "户主", "1", date(1980, 1, 1))
    assert (man.ethnic, man.id_no_masked, man.health) == ("苗族", "520625********0015", ())
    assert man.cover == (date(2019, 1, 1), date(2019, 12, 31))
    assert (woman.name, woman.relation, woman.sex) == ("测试乙", "配偶", "2")


def test_numbers_and_accounts_are_masked(office: Office) -> None:
    saved = register_household(office.desk, household(
        head(id_no=f"{HEAD_ID}43", bank_name="示例银行", bank_account="6228480030123456789", account_holder="测试甲"),
        wife(phone="13900000000"), address="8号"))
    data = sheet_of(office, saved.household_id)
    assert data.place == "示例镇测试村二组 8号"
    assert [(one.name, one.phone, one.account_masked) for one in data.reach] == [
        ("测试甲", "", "***************6789"), ("测试乙", "13900000000", "")]
    assert data.members[0].disability == "43"
    for whole in (HEAD_ID, WIFE_ID, "6228480030123456789"):
        assert whole not in repr(data)


def test_who_died_or_left_stands_there_with_day_and_reason(office: Office, five: Home) -> None:
    five.act(ActKind.DEATH, "2019-08-20", member_id=five.ids["测试父"], reason="病故")
    data = sheet_of(office, five.id)
    [gone] = data.former
    assert (gone.name, gone.relation, gone.standing, gone.on) == ("测试父", "之父", Standing.DIED, date(2019, 8, 20))
    assert (gone.act, gone.reason) == (ActKind.DEATH, "病故")
    assert FATHER_ID not in repr(gone)
    assert "测试父" not in [one.name for one in data.members]


def test_causes_and_health_come_from_the_newest_roster(office: Office, family: Family) -> None:
    def imported(cause: str, health: str, phone: str) -> None:
        lines = [(*line("5206250001", "测试甲", HEAD_ID, household_phone=phone), cause, health),
                 (*line("5206250001", "测试乙", WIFE_ID, "配偶", household_phone=phone), cause, "健康")]
        roster.import_roster(office.desk, Sheet(lines, header=(*HEADER, "主要致贫原因", "健康状况")), COLUMNS)

    imported("因学", "健康", "13800000001")
    office.clock.wait(hours=1)
    imported("因病，缺技术 其他", "患有大病，残疾", "13800000002")
    data = sheet_of(office, family.saved.household_id)
    assert data.causes == ("因病", "缺技术", "其它")
    assert [one.health for one in data.members] == [("患有大病", "残疾"), ("健康",)]


def test_prints_are_counted_by_the_households_number_and_audited(office: Office, family: Family) -> None:
    subject = family.saved.household_id
    assert [print_form(office.desk, Form.HOUSEHOLD_SHEET, subject, "printer").copy for _ in range(3)] == [0, 1, 2]
    with office.desk.read() as work:
        notes = work.prints.of_subject(Form.HOUSEHOLD_SHEET, subject)
    assert [(one.number, one.copy) for one in notes] == [("5206250001", n) for n in range(3)]
    assert open_household(office.desk, subject).history[0].act == "print_form"


def test_the_code_holds_until_something_that_the_sheet_states_is_changed(office: Office, family: Family) -> None:
    subject = family.saved.household_id
    before = sheet_of(office, subject).qr
    office.clock.wait(days=20)
    print_form(office.desk, Form.HOUSEHOLD_SHEET, subject, "pdf")
    assert sheet_of(office, subject).qr == before
    proof = read_paper_qr(before)
    assert (proof.form, proof.number, proof.device_no, proof.county) == (
        "household_sheet", "5206250001", "A03", "520625")
    typed = household_as_typed(open_household(office.desk, subject))
    edit_household(office.desk, subject, household(*typed.members, phone="13700000000"))
    assert read_paper_qr(sheet_of(office, subject).qr).content_hash != proof.content_hash


def test_who_may_not_print_it_and_what_is_not_there(office: Office, family: Family) -> None:
    auditor = office.as_(Actor("auditor", "测试审计", "auditor"))
    with pytest.raises(RuleBroken) as why:
        form_of(auditor, Form.HOUSEHOLD_SHEET, family.saved.household_id)
    assert why.value.code == "account.not_allowed"
    with pytest.raises(RuleBroken) as why:
        sheet_of(office, "0")
    assert why.value.code == "household.unknown"
    office.signer.there = False
    with pytest.raises(Unavailable) as missing:
        sheet_of(office, family.saved.household_id)
    assert missing.value.code == "keys.device_missing"


def test_a_household_number_of_one_digit_makes_a_code_too(office: Office) -> None:
    saved = register_household(office.desk, household(household_no="7"))
    assert read_paper_qr(sheet_of(office, saved.household_id).qr).number == "7"
