"""Lists of a village: their keys and numbers, which villages there are, and what each list states of whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone_core.claim import ClaimState
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState
from backbone_core.enrolment import Enrolment
from backbone_core.errors import RuleBroken
from backbone_core.household import Listing, Standing
from backbone_core.name_mask import mask_name
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.contacts import OfficeContacts, save_contacts
from backbone_desktop.services.forms import Form
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.printing import form_of, print_form
from backbone_desktop.services.publicity import PublicityData
from backbone_desktop.services.registry import register_household
from backbone_desktop.services.renewal_roster import RenewalData
from backbone_desktop.services.village_papers import VillagesAsked, village_papers
from backbone_desktop.services.villages import (
    VillageKey,
    VillageList,
    list_number,
    publicity_key,
    read_village_key,
    villages,
)
from backbone_desktop.settings.places import PackagedPlaces
from tests.services.acts_kit import number, person
from tests.services.decisions_kit import answer, decision, payment
from tests.services.office_kit import SON_ID, ClaimMaker, Family, Office, head, household, wife

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
MINE = "2019/示例镇/测试村"
NEIGHBOURS = (("5206250002", "一组", "欧阳测试", "19700101"), ("5206250003", "十组", "阿卜杜·测试", "19580601"),
              ("5206250004", "二组", "李样", "20030101"))


@pytest.fixture
def village(office: Office, family: Family) -> Office:
    """A couple in group two, and three more households: one in another group each."""
    for place, (household_no, group, name, born) in enumerate(NEIGHBOURS):
        register_household(office.desk, household(
            person(name, number(born, f"{place + 11:03d}"), "户主"), household_no=household_no, group=group))
    register_household(office.desk, household(
        person("别村测试", SON_ID, "户主"), household_no="5206250009", village="别村"))
    return office


def pays(office: Office, claim: ClaimMaker, amount: int = 4_819_20, **other: object) -> str:
    claim_id = register_claim(office.desk, claim()).claim_id
    decided = decision(claim_id, DecisionOutcome.APPROVED, amount)
    answer(office.desk, claim_id, ClaimState.PAID, decided, payment(decided, **other))
    return claim_id


def covered_list(office: Office, subject: str = MINE) -> PublicityData:
    found: PublicityData = form_of(office.desk, Form.PUBLICITY, subject)
    return found


def roster(office: Office, subject: str = MINE) -> RenewalData:
    found: RenewalData = form_of(office.desk, Form.RENEWAL, subject)
    return found


def code_of(act: object, *args: object, **named: object) -> str:
    with pytest.raises(RuleBroken) as caught:
        act(*args, **named)  # type: ignore[operator]
    return caught.value.code


# --- keys

names = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    lambda name: name == name.strip())
days = st.dates(date(2017, 1, 1), date(2099, 12, 31))


@given(st.integers(2017, 2099), names, names, st.sampled_from(VillageList), st.tuples(days, days, days, days))
def test_a_key_is_read_back_as_it_was_written(year: int, township: str, village: str, kind: VillageList,
                                              some: tuple[date, date, date, date]) -> None:
    first, last, since, until = (*sorted(some[:2]), *sorted(some[2:]))
    key = VillageKey(policy_year=year, township=township, village=village, kind=kind, first=first, last=last,
                     paid=(since, until) if kind is VillageList.PAID else None)
    assert read_village_key(str(key)) == key
    short = replace(key, kind=None, first=None, last=None, paid=None)
    assert read_village_key(str(short)) == short


@pytest.mark.parametrize(("text", "code"), [
    ("", "village.key_form"), ("2019/示例镇", "village.key_form"), ("19/示例镇/测试村", "village.key_form"),
    ("2019//测试村", "village.key_form"), ("2019/示例镇/测试村/none", "village.key_form"),
    ("2019/示例镇/测试村/covered/昨天", "village.key_form"),
    ("2019/示例镇/测试村/covered/2019-09-02/2019-09-03/x", "village.key_form"),
    ("2019/示例镇/测试村/covered/2019-09-02/2019-01-01..2019-02-01", "village.key_form"),
    ("2019/示例镇/测试村/covered/2019-09-02..2019-09-01", "village.days"),
])
def test_what_is_no_key(text: str, code: str) -> None:
    assert code_of(read_village_key, text) == code


def test_a_list_hangs_for_seven_working_days_unless_somebody_says_otherwise(village: Office) -> None:
    def keys(**asked: object) -> list[str]:
        return [one.id for one in village_papers(village.desk, VillagesAsked(typed="测试", **asked))]  # type: ignore[arg-type]

    assert keys() == ["2019/示例镇/测试村/covered/2019-09-02..2019-09-10"]
    over_the_holidays = {"first": date(2019, 9, 26), "last": date(2019, 10, 12)}
    assert keys(**over_the_holidays) == ["2019/示例镇/测试村/covered/2019-09-26..2019-10-12"]
    assert keys(kind=VillageList.RENEWAL) == ["2019/示例镇/测试村/renewal/2019-09-02"]
    assert code_of(keys, last=date(2019, 9, 1)) == "village.days"
    assert code_of(publicity_key, village.desk, "示例镇", "测试村", VillageList.PAID,
                   paid=(date(2019, 9, 2), date(2019, 9, 1))) == "village.days"


# --- numbers

def test_a_village_of_the_countys_list_bears_its_code(village: Office) -> None:
    places = PackagedPlaces(RESOURCES).county("520625")
    assert places is not None
    township = places.townships[0]
    place = places.villages[township.code][0]
    key = VillageKey(policy_year=2019, township=township.name, village=place.name).whole(
        Form.PUBLICITY, date(2019, 9, 2))
    assert list_number(key, "520625", places) == f"GS-CB-520625-2019-{place.code[-6:]}-20190902"
    paid = replace(key, kind=VillageList.PAID, paid=(date(2019, 1, 1), date(2019, 6, 30)))
    assert list_number(paid, "520625", places).startswith("GS-PF-520625-2019-")
    assert list_number(paid, "520625", places).endswith("-20190902-190101-190630")


def test_a_village_that_is_on_no_list_bears_a_number_of_its_name(village: Office) -> None:
    first, again = covered_list(village).number, covered_list(village).number
    other = covered_list(village, "2019/示例镇/别村").number
    assert first == again != other
    assert first.startswith("GS-CB-520625-2019-V")
    assert "测试" not in first


def test_each_list_of_a_village_counts_its_own_copies(village: Office, claim: ClaimMaker) -> None:
    pays(village, claim)
    desk = village.desk
    (paid,) = (one.id for one in village_papers(desk, VillagesAsked(kind=VillageList.PAID)))
    copies = [print_form(desk, form, subject, "printer", paper="A4").copy for form, subject in (
        (Form.PUBLICITY, MINE), (Form.PUBLICITY, paid), (Form.RENEWAL, MINE), (Form.PUBLICITY, MINE))]
    assert copies == [0, 0, 0, 1]


# --- villages

def test_villages_are_counted_with_what_their_lists_hold(village: Office, claim: ClaimMaker) -> None:
    pays(village, claim)
    found = villages(village.desk)
    assert [(one.township, one.village, one.households, one.people, one.covered, one.paid) for one in found] == [
        ("示例镇", "别村", 1, 1, 1, 0), ("示例镇", "测试村", 4, 5, 4, 1)]
    assert villages(village.desk, township="别镇") == ()
    for kind, listed in ((VillageList.COVERED, [1, 4]), (VillageList.PAID, [1]), (VillageList.RENEWAL, [1, 5])):
        papers = village_papers(village.desk, VillagesAsked(kind=kind))
        assert [one.listed for one in papers] == listed
        for one in papers:
            assert len(form_of(village.desk, kind.form, one.id).rows) == one.listed
    assert village_papers(village.desk, VillagesAsked(township="别镇")) == ()
    assert [one.covered for one in villages(village.desk, policy_year=2018)] == [0, 0]


# --- who is covered

def test_the_list_of_the_covered_masks_names_and_tells_nothing_else(village: Office) -> None:
    data = covered_list(village)
    assert [(row.name, row.group, row.household_tail, row.amount) for row in data.rows] == [
        ("欧阳*试", "一组", "0002", None), ("测*甲", "二组", "0001", None), ("测*乙", "二组", "0001", None),
        ("阿**·*试", "十组", "0003", None)]
    assert (data.kind, data.policy_year, data.first, data.last, data.days) == (
        VillageList.COVERED, 2019, date(2019, 9, 2), date(2019, 9, 10), 7)
    assert not any(whole in repr(data) for whole in ("测试甲", "520625198", "5206250001", "13800000000", "户主"))


def test_the_dead_are_on_no_wall(village: Office, family: Family) -> None:
    change(village, family.wife_id, standing=Standing.DIED, left_on=date(2019, 5, 1))
    assert [row.name for row in covered_list(village).rows] == ["欧阳*试", "测*甲", "阿**·*试"]
    assert [one.covered for one in villages(village.desk) if one.village == "测试村"] == [3]


def test_whom_to_turn_to_is_what_the_office_filled_in(village: Office) -> None:
    assert covered_list(village).phone == ""
    save_contacts(village.as_(Actor("admin", "测试管理员", "administrator")),
                  OfficeContacts(phone="0856-0000000", supervisor="示例监督", supervisor_phone="12345"))
    data = covered_list(village)
    assert (data.phone, data.supervisor, data.supervisor_phone) == ("0856-0000000", "示例监督", "12345")


# --- what was paid

def test_the_list_of_payments_states_amounts_and_no_illness(village: Office, claim: ClaimMaker) -> None:
    pays(village, claim)
    data = covered_list(village, f"{MINE}/paid")
    assert [(row.name, row.group, row.household_tail, row.amount) for row in data.rows] == [
        (mask_name("测试甲"), "二组", "0001", 4_819_20)]
    assert not any(word in repr(data) for word in ("测试诊断", "示例县人民医院", "测试甲"))


def test_a_payment_that_came_back_is_not_listed(village: Office, claim: ClaimMaker) -> None:
    pays(village, claim, state=PaymentState.FAILED, failure=PaymentFailure.ACCOUNT_WRONG)
    assert code_of(covered_list, village, f"{MINE}/paid") == "village.nobody"


@pytest.mark.parametrize(("period", "listed"), [
    ("2019-09-01..2019-09-01", True), ("2019-01-01..2019-08-31", False), ("2019-09-02..2019-12-31", False)])
def test_payments_are_narrowed_to_a_period(village: Office, claim: ClaimMaker, period: str, listed: bool) -> None:
    pays(village, claim)
    subject = f"{MINE}/paid/2019-09-02..2019-09-10/{period}"
    if listed:
        assert len(covered_list(village, subject).rows) == 1
    else:
        assert code_of(covered_list, village, subject) == "village.nobody"


# --- the renewal roster

def change(office: Office, member_id: str, **other: object) -> None:
    with office.desk.open() as work:
        member = work.members.get(member_id)
        assert member is not None
        work.write(replace(member, **other), "edit")  # type: ignore[arg-type]
        work.commit()


def test_the_roster_says_who_would_be_covered_next_year_and_why_not(village: Office, family: Family) -> None:
    change(village, family.wife_id, standing=Standing.LEFT, left_on=date(2019, 8, 1))
    data = roster(village)
    assert [(row.name, row.age, row.covered, row.why_not, row.present) for row in data.rows] == [
        ("欧阳测试", 50, True, "", True), ("测试甲", 40, True, "", True), ("测试乙", 44, True, "left", False),
        ("李样", 17, False, "too_young", True), ("阿卜杜·测试", 61, True, "too_old", True)]
    assert (data.starts, data.decided, data.age_min, data.age_max) == (date(2020, 1, 1), False, 18, 60)
    assert (data.households, data.policy_year) == (4, 2019)


def test_numbers_are_masked_on_a_paper_that_goes_from_hand_to_hand(village: Office) -> None:
    data = roster(village)
    mine = next(row for row in data.rows if row.name == "测试甲")
    assert (mine.id_no_masked, mine.phone_masked, mine.relation) == ("520625********0015", "138****0000", "户主")
    assert "13800000000" not in repr(data)


def test_who_turns_too_old_or_old_enough_by_then_is_told(office: Office) -> None:
    register_household(office.desk, household(
        head(id_no=number("19590101", "021")), wife(id_no=number("19581231", "022")),
        person("测试子", number("20020101", "023"), "之子"), person("测试女", number("20020102", "024"), "之女")))
    assert [(row.age, row.covered, row.why_not) for row in roster(office).rows] == [
        (61, True, "too_old"), (61, True, "too_old"), (18, False, ""), (17, False, "too_young")]


def test_the_next_years_own_rules_are_taken_once_they_are_there(village: Office) -> None:
    with village.desk.open() as work:
        this = work.schemes.for_year("520625", 2019)
        assert this is not None
    text = (RESOURCES / "schemes" / "example-1900-60-520625-2019.json").read_text("utf-8")
    newer = text.replace("520625-2019", "520625-2020").replace('"policy_year": 2019', '"policy_year": 2020').replace(
        "2019-01-01", "2020-01-01").replace("2019-12-31", "2020-12-31").replace("      18,\n", "      16,\n")
    with village.desk.open() as work:
        work.schemes.add(newer)
        work.commit()
    data = roster(village)
    assert (data.decided, data.age_min) == (True, 16)
    assert [row.why_not for row in data.rows if row.name == "李样"] == [""]


def test_a_household_that_left_the_list_follows_the_schemes_rule(village: Office, family: Family) -> None:
    with village.desk.open() as work:
        home = work.households.get(family.saved.household_id)
        assert home is not None
        work.write(replace(home, listing=Listing.LEFT, listing_since=date(2019, 6, 1)), "edit")
        work.commit()
    assert {row.why_not for row in roster(village).rows if row.household_no == "5206250001"} == {""}


def test_without_rules_there_is_no_roster(village: Office) -> None:
    assert code_of(roster, village, "2017/示例镇/测试村") == "enrolment.no_scheme"


# --- what all of them refuse

@pytest.mark.parametrize("form", [Form.PUBLICITY, Form.RENEWAL])
def test_nobody_signs_a_list_of_nobody(village: Office, form: Form) -> None:
    assert code_of(form_of, village.desk, form, "2019/示例镇/无此村") == "village.nobody"
    assert code_of(form_of, village.desk, form, "示例镇") == "village.key_form"


def test_a_key_of_the_other_form_is_none_of_this(village: Office) -> None:
    assert code_of(form_of, village.desk, Form.PUBLICITY, f"{MINE}/renewal") == "village.key_form"
    assert code_of(form_of, village.desk, Form.RENEWAL, f"{MINE}/paid") == "village.key_form"


def test_the_auditor_takes_no_list_of_people_out(village: Office) -> None:
    auditor = village.as_(Actor("audit", "测试审计", "auditor"))
    assert code_of(villages, auditor) == "account.not_allowed"
    for form in (Form.PUBLICITY, Form.RENEWAL):
        assert code_of(form_of, auditor, form, MINE) == "account.not_allowed"


def test_a_village_is_read_in_a_few_queries_however_many_live_there(village: Office) -> None:
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(village.store.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    for subject, form in ((MINE, Form.PUBLICITY), (MINE, Form.RENEWAL), (f"{MINE}/renewal", Form.RENEWAL)):
        asked.clear()
        form_of(village.desk, form, subject)
        assert sum("FROM household JOIN member" in one for one in asked) == 1
        assert len([one for one in asked if one.startswith("SELECT")]) < 16


def test_an_enrolment_that_was_struck_off_covers_nobody(village: Office, family: Family) -> None:
    with village.desk.open() as work:
        cover = work.enrolments.of_year(family.wife_id, 2019)
        assert isinstance(cover, Enrolment)
        work.remove(cover)
        work.commit()
    assert [row.name for row in covered_list(village).rows] == ["欧阳*试", "测*甲", "阿**·*试"]
