"""Hospital and diagnosis on the claim form, by keys: picked from imported lists, or written freely."""

from __future__ import annotations

from typing import Any

import pytest
from desk_kit import Around, Looks, Open
from keys_kit import ENTER, caret, type_in, write
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_desktop.services.reference_import import import_reference
from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.ui.widgets.search_edit import SearchEdit
from tests.services.reference_sheet import diagnoses, hospitals

OWN = "印江土家族苗族自治县"
HOSPITALS = hospitals(("H3", "样本市人民医院", "三级甲等", "样本市"), ("H1", "示例县人民医院", "二级甲等", OWN),
                      ("H2", "示例县中医医院", "二级乙等", OWN))
ILLNESSES = diagnoses(("X99.900x001", "同时累及消化系统和呼吸系统的一种名称特别长而且列表里一行写不下的测试用疾病诊断"),
                      ("I63.900", "脑梗死"), ("I63.801", "腔隙性脑梗死"), ("J18.900", "肺炎"), ("I10.x00", "高血压"))


@pytest.fixture
def listed(office: Around) -> Around:
    import_reference(office.desk, HOSPITALS, "2026")
    import_reference(office.desk, ILLNESSES, "示例版")
    return office


@pytest.fixture
def page(listed: Around, open_page: Open) -> ClaimPage:
    return open_page(ClaimPage)  # type: ignore[no-any-return]


def at(page: ClaimPage, name: str) -> SearchEdit:
    field: Any = page.making.fields.lines[name].field
    field.setFocus(Qt.FocusReason.TabFocusReason)
    return field  # type: ignore[no-any-return]


def shown(field: SearchEdit) -> list[str]:
    return [] if field._popup.isHidden() else [line.text for line in field._popup._model.lines]


def wait_for_list(qtbot: QtBot, office: Around, field: SearchEdit) -> list[str]:
    qtbot.waitUntil(lambda: field._answered is not None)
    office.settle(qtbot)
    return shown(field)


def test_a_hospital_by_initials_fills_in_its_level(qtbot: QtBot, listed: Around, page: ClaimPage) -> None:
    field = at(page, "hospital")
    write(qtbot, "rmyy")
    assert wait_for_list(qtbot, listed, field) == ["示例县人民医院", "样本市人民医院"]  # one's own county first
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, ENTER)
    draft = page.making.fields.draft()
    assert (draft.hospital, draft.hospital_level) == ("示例县人民医院", "2A")
    assert caret() is page.making.fields.lines["hospital_level"].field
    assert page.making.fields.lines["hospital_level"].under.text == "From the list"


def test_a_diagnosis_by_a_part_of_its_name_brings_its_code(qtbot: QtBot, listed: Around, page: ClaimPage) -> None:
    field = at(page, "diagnosis")
    write(qtbot, "梗死")
    assert wait_for_list(qtbot, listed, field) == ["脑梗死", "腔隙性脑梗死"]
    assert field._popup.row == -1  # Chinese may be meant as it stands
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, ENTER)
    draft = page.making.fields.draft()
    assert (draft.diagnosis, draft.icd10) == ("腔隙性脑梗死", "I63.801")
    field = at(page, "diagnosis")
    field.selectAll()
    write(qtbot, "肺炎")
    wait_for_list(qtbot, listed, field)
    qtbot.keyClick(field, ENTER)  # the line that says just this is marked
    assert page.making.fields.draft().icd10 == "J18.900"


def test_a_code_brings_its_diagnosis(qtbot: QtBot, listed: Around, page: ClaimPage) -> None:
    field = at(page, "icd10")
    write(qtbot, "i63.8")
    assert wait_for_list(qtbot, listed, field) == ["I63.801"]
    qtbot.keyClick(field, ENTER)
    draft = page.making.fields.draft()
    assert (draft.diagnosis, draft.icd10) == ("腔隙性脑梗死", "I63.801")


def test_what_was_typed_elsewhere_is_never_written_over(qtbot: QtBot, listed: Around, page: ClaimPage) -> None:
    at(page, "icd10")
    type_in(qtbot, "I64")
    field = at(page, "diagnosis")
    write(qtbot, "gxy")
    wait_for_list(qtbot, listed, field)
    qtbot.keyClick(field, ENTER)
    draft = page.making.fields.draft()
    assert (draft.diagnosis, draft.icd10) == ("高血压", "I64")
    assert page.making.fields.lines["icd10"].under.text == "The list says I10.x00"


def test_a_quick_hand_goes_on_and_gets_the_one_that_was_meant(qtbot: QtBot, listed: Around, page: ClaimPage) -> None:
    at(page, "hospital")
    type_in(qtbot, "zyyy")
    assert caret() is page.making.fields.lines["hospital_level"].field
    at(page, "diagnosis")
    type_in(qtbot, "ngs")
    listed.settle(qtbot)
    draft = page.making.fields.draft()
    assert (draft.hospital, draft.hospital_level) == ("示例县中医医院", "2B")
    assert draft.diagnosis == "ngs"
    assert page.making.fields.lines["diagnosis"].under.text == "Several in the list fit"


def test_escape_and_enter_keep_what_was_typed(qtbot: QtBot, listed: Around, page: ClaimPage) -> None:
    field = at(page, "icd10")
    write(qtbot, "I63")
    assert len(wait_for_list(qtbot, listed, field)) == 2
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert shown(field) == []
    qtbot.keyClick(field, ENTER)
    listed.settle(qtbot)
    assert page.making.fields.draft().icd10 == "I63"
    assert listed.way.been == []


def test_going_through_a_filled_field_changes_nothing(qtbot: QtBot, listed: Around, page: ClaimPage) -> None:
    field = at(page, "icd10")
    field.set_typed("I63.8")
    qtbot.keyClick(field, ENTER)
    listed.settle(qtbot)
    field = at(page, "icd10")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    listed.settle(qtbot)
    assert page.making.fields.draft().icd10 == "I63.8"
    field = at(page, "icd10")
    qtbot.keyClick(field, Qt.Key.Key_F4)  # asks again on purpose
    listed.settle(qtbot)
    assert shown(field) == ["I63.801"]


def test_without_a_list_the_fields_are_plain_ones(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: ClaimPage = open_page(ClaimPage)
    at(page, "hospital")
    type_in(qtbot, "示例县人民医院")
    at(page, "icd10")
    type_in(qtbot, "I63.9")
    office.settle(qtbot)
    assert (page.making.fields.draft().hospital, page.making.fields.draft().icd10) == ("示例县人民医院", "I63.9")
    assert not at(page, "icd10").testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(qtbot: QtBot, listed: Around, open_page: Open, looks: Looks, language: str) -> None:
    page: ClaimPage = open_page(ClaimPage, looks[language])
    field = at(page, "hospital")
    write(qtbot, "rm")
    wait_for_list(qtbot, listed, field)
    looks.take(page.window(), f"claim-hospital-{language}")
    qtbot.keyClick(field, ENTER)
    field = at(page, "diagnosis")
    write(qtbot, "梗死")
    wait_for_list(qtbot, listed, field)
    looks.take(page.window(), f"claim-diagnosis-{language}")
    field.selectAll()
    write(qtbot, "一种")
    wait_for_list(qtbot, listed, field)
    looks.take(page.window(), f"claim-long-{language}")
