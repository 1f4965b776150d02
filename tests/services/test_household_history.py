"""A household's history in plain sentences: acts and edits, in both languages, without a number in full."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backbone_core.household_act import ActKind, ActPerson, HouseholdAct
from backbone_desktop.services.household_act_words import act_details, act_sentence
from backbone_desktop.services.household_history import Told, household_history
from backbone_desktop.services.registry import edit_household, household_as_typed, open_household
from backbone_desktop.words import Words
from tests.services.acts_kit import Home, home
from tests.services.office_kit import HEAD_ID, SON_ID, WIFE_ID, Office
from tests.services.test_services_words import ROOT


@pytest.fixture(scope="module", params=["zh_CN", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    return Words.load(request.param, ROOT / "resources" / "locale")


@pytest.fixture
def couple(office: Office) -> Home:
    return home(office, ("测试甲", HEAD_ID, "户主"), ("测试乙", WIFE_ID, "配偶"))


def told(house: Home, language: str = "zh_CN") -> list[Told]:
    return list(household_history(house.office.desk, house.id, Words.load(language, ROOT / "resources" / "locale")))


def test_registering_is_one_entry_and_cover_another(couple: Home) -> None:
    assert [(one.text, one.more) for one in told(couple)] == [
        ("2019 年度参保：测试甲、测试乙", ()), ("登记本户：测试甲、测试乙", ())]
    assert [one.text for one in told(couple, "en")] == [
        "Enrolled 2019: 测试甲, 测试乙", "Registered: this household with 测试甲, 测试乙"]


def test_an_edit_tells_old_and_new_and_masks_numbers(couple: Home) -> None:
    couple.office.clock.wait(days=1)
    draft = household_as_typed(open_household(couple.office.desk, couple.id))
    wife = replace(draft.members[1], phone="13900000000", bank_account="6228480030123456789", id_no=SON_ID)
    edit_household(couple.office.desk, couple.id, replace(draft, village="新村", members=(draft.members[0], wife)))
    edits = {one.text: one.more for one in told(couple) if one.act == "edit"}
    assert edits["修改：本户"] == ("行政村：测试村 → 新村",)
    assert set(edits["修改：测试乙"]) == {
        "身份证号：530521********0025 → 513432********1233", "电话：— → 13900000000",
        "银行账号：— → ***************6789"}
    assert told(couple)[0].on.isoformat() == "2019-09-03"


def test_an_act_is_told_once_and_by_the_person(couple: Home) -> None:
    couple.act(ActKind.DEATH, member_id=couple.ids["测试乙"], reason="因病")
    entry = next(one for one in told(couple) if one.act == "death")
    assert (entry.text, entry.reason, entry.by, entry.on.isoformat()) == (
        "测试乙（配偶）去世", "因病", "测试经办", "2019-08-24")
    assert len(told(couple)) == 3


def test_a_household_that_is_not_known_has_no_history(office: Office) -> None:
    assert household_history(office.desk, "nowhere", Words.load("en", ROOT / "resources" / "locale")) == ()


@pytest.mark.parametrize("kind", list(ActKind.__members__.values()))
@pytest.mark.parametrize("other", ["", "5206250002"])
def test_every_act_has_its_sentence(couple: Home, words: Words, kind: ActKind, other: str) -> None:
    couple.act(ActKind.LEAVE_LIST)
    with couple.office.desk.read() as work:
        (made,) = work.household_acts.of_household(couple.id)
    act: HouseholdAct = replace(made, kind=kind, old="旧村", new="新村", other_no=other, people=(
        ActPerson(member_id="1", name="测试甲", before="户主", after=""),
        ActPerson(member_id="2", name="测试丙", before="之子", after="户主")))
    sentence = act_sentence(words, act)
    assert "{" not in sentence
    assert sentence.isascii() or words.language == "zh_CN" or "测试" in sentence or "村" in sentence
    if words.language == "zh_CN":
        assert not any(one.isascii() and one.isalpha() for one in sentence)
    detail = "测试丙：之子 → 户主" if words.language == "zh_CN" else "测试丙: Son → Head"
    assert act_details(words, act) == (detail,)
    back = replace(act, taken_back_at=act.recorded_at, taken_back_by="测试经办")
    assert act_sentence(words, back).endswith(sentence)
    assert len(act_details(words, back)) == 2
