"""Somebody who left is registered anew: the same person, by the same name, with what is known of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backbone_core.errors import RuleBroken
from backbone_core.household import Standing
from backbone_core.household_act import ActKind
from backbone_desktop.services.registry import (
    check_household,
    edit_household,
    household_as_typed,
    open_household,
    register_household,
)
from backbone_desktop.services.typed import MemberDraft
from backbone_desktop.words import Words
from tests.services.acts_kit import DAUGHTER_ID, Home, home, person
from tests.services.office_kit import HEAD_ID, Office, household
from tests.services.test_services_words import ROOT

ACCOUNT = {"bank_name": "示例银行", "bank_account": "6228480030123456789", "account_holder": "测试丁"}


@pytest.fixture
def gone(office: Office) -> Home:
    """A household whose daughter went away; everything is known of her."""
    made = home(office, ("测试甲", HEAD_ID, "户主"))
    view = household_as_typed(open_household(office.desk, made.id))
    daughter = person("测试丁", DAUGHTER_ID + "43", "之女", ethnic="苗族", phone="13900000000", **ACCOUNT)
    edit_household(office.desk, made.id, replace(view, members=(*view.members, daughter)))
    with office.desk.read() as work:
        made.ids["测试丁"] = next(one.id for one in work.households.members(made.id) if one.name == "测试丁")
    made.act(ActKind.MARRY_OUT, on="2019-03-01", member_id=made.ids["测试丁"])
    return made


def found(house: Home, line: MemberDraft) -> set[tuple[str, str]]:
    findings = check_household(house.office.desk, household(line, household_no="2"))
    return {(one.code, one.field) for one in findings if one.code.startswith("household_act.")}


def test_what_was_left_blank_stays_as_it_is_known(gone: Home) -> None:
    before = gone.member("测试丁")
    line = person("测试丁", DAUGHTER_ID, "户主", phone="13811112222")
    saved = register_household(gone.office.desk, household(line, household_no="2"))
    back = replace(before, household_id=saved.household_id, relation="户主", standing=Standing.PRESENT, left_on=None,
                   phone="13811112222")
    assert gone.member("测试丁") == back
    warned, = saved.warnings
    assert (warned.code, warned.field) == ("household_act.comes_back", "members.0.id_no")
    said = Words.load("zh_CN", ROOT / "resources" / "locale").finding(warned)
    assert said == "这个人原已登记，2019-03-01迁出，这次是回来。"


def test_a_new_account_is_not_mixed_with_the_old_one(gone: Home) -> None:
    line = person("测试丁", DAUGHTER_ID, "户主", bank_account="6217997012345678902")
    register_household(gone.office.desk, household(line, household_no="2"))
    back = gone.member("测试丁")
    assert (back.bank_name, back.bank_account, back.account_holder) == ("", "6217997012345678902", "")


def test_another_name_is_refused_and_nothing_is_written_over(gone: Home) -> None:
    line = person("测试别", DAUGHTER_ID, "户主")
    before = gone.office.stored()
    with pytest.raises(RuleBroken) as why:
        register_household(gone.office.desk, household(line, household_no="2"))
    assert [(one.code, one.field) for one in why.value.findings] == [("household_act.name_differs", "members.0.name")]
    assert gone.office.stored() == before
    assert found(gone, line) == {("household_act.name_differs", "members.0.name")}
    assert found(gone, replace(line, name="")) == {("household_act.comes_back", "members.0.id_no")}


def test_it_is_the_same_where_a_line_is_added_to_a_household(gone: Home) -> None:
    desk = gone.office.desk
    view = household_as_typed(open_household(desk, gone.id))
    with pytest.raises(RuleBroken, match=r"household_act\.name_differs"):
        edit_household(desk, gone.id, replace(view, members=(*view.members, person("测试别", DAUGHTER_ID, "之女"))))
    saved = edit_household(desk, gone.id, replace(view, members=(*view.members, person("测试丁", DAUGHTER_ID, "之女"))))
    assert [(one.code, one.facts["left_on"]) for one in saved.warnings] == [
        ("household_act.comes_back", date(2019, 3, 1))]
    assert gone.member("测试丁").bank_account == ACCOUNT["bank_account"]
