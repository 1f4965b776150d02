"""Reference data: lists are checked, take the place of the ones before, are found as a clerk types, and taken out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from backbone_core.errors import RuleBroken
from backbone_core.places import CountyPlaces
from backbone_desktop.services.ports import Actor, Desk
from backbone_desktop.services.reference import county_places, find_entries, overview
from backbone_desktop.services.reference_import import check_reference, import_reference, remove_reference
from backbone_desktop.services.reference_rows import ReferenceKind, Verdict
from backbone_desktop.settings.places import PackagedPlaces
from tests.services.office_kit import Office
from tests.services.reference_sheet import ReferenceSheet, diagnoses, hospitals, places

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
HOSPITAL, DIAGNOSIS = ReferenceKind.HOSPITAL, ReferenceKind.DIAGNOSIS
ILLNESSES = diagnoses(
    ("I63.900", "脑梗死"), ("I63.801", "腔隙性脑梗死"), ("I69.300x002", "脑梗死个人史"), ("E11.900", "2型糖尿病"),
    ("J44.900", "慢性阻塞性肺疾病"), ("I10.x00", "高血压"))


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return replace(desk, places=PackagedPlaces(RESOURCES))


def names(desk: Desk, kind: ReferenceKind, typed: str) -> list[str]:
    return [entry.name for entry in find_entries(desk, kind, typed)]


def reasons(desk: Desk, file: ReferenceSheet) -> list[tuple[str, list[str]]]:
    return [(str(line.verdict), [found.code for found in line.findings]) for line in check_reference(desk, file).lines]


def here(desk: Desk) -> CountyPlaces:
    found = county_places(desk, "520625")
    assert found is not None
    return found


@pytest.mark.parametrize(("typed", "found"), [
    ("I63.9", ["脑梗死"]), ("i63", ["腔隙性脑梗死", "脑梗死"]), ("Ｉ６３．９", ["脑梗死"]),
    ("I69.300x002", ["脑梗死个人史"]),
    ("脑梗死", ["脑梗死", "脑梗死个人史", "腔隙性脑梗死"]), ("脑 梗", ["脑梗死", "脑梗死个人史", "腔隙性脑梗死"]),
    ("ngs", ["脑梗死", "脑梗死个人史", "腔隙性脑梗死"]), ("naogengsigeren", ["脑梗死个人史"]),
    ("NGSGRS", ["脑梗死个人史"]),
    ("2型", ["2型糖尿病"]), ("2xtnb", ["2型糖尿病"]), ("tnb", ["2型糖尿病"]), ("糖尿病", ["2型糖尿病"]),
    ("gxy", ["高血压"]), ("gaoxieya", ["高血压"]), ("mxzsxfjb", ["慢性阻塞性肺疾病"]), ("不在", []),
    ("", []), ("％", []),
])
def test_a_diagnosis_is_found_by_code_name_or_pinyin(desk: Desk, typed: str, found: list[str]) -> None:
    import_reference(desk, ILLNESSES, "示例版")
    assert names(desk, DIAGNOSIS, typed) == found


def test_hospitals_and_diagnoses_do_not_mix(desk: Desk) -> None:
    import_reference(desk, ILLNESSES, "示例版")
    import_reference(desk, hospitals(("H1", "脑科医院", "三甲", "示例县"), ("", "示例县中医医院")), "2026")
    assert names(desk, HOSPITAL, "脑") == ["脑科医院"]
    (one,) = find_entries(desk, HOSPITAL, "zyyy")
    assert (one.name, one.level, one.area) == ("示例县中医医院", "", "")
    assert find_entries(desk, HOSPITAL, "h1")[0].level == "3A"
    assert "脑科医院" not in names(desk, DIAGNOSIS, "脑")


@pytest.mark.parametrize(("written", "level", "told"), [
    ("三级甲等", "3A", []), ("三甲", "3A", []), ("二级乙等医院", "2B", []), ("一级", "1", []), ("2a", "2A", []),
    ("三级特等", "3S", []), ("未定级", "0", []), ("", "", []), ("县级", "", ["reference.level_unknown"]),
])
def test_levels_are_read_as_lists_write_them(desk: Desk, written: str, level: str, told: list[str]) -> None:
    file = hospitals(("H1", "示例县人民医院", written))
    assert reasons(desk, file) == [("taken", told)]
    import_reference(desk, file, "2026")
    assert find_entries(desk, HOSPITAL, "H1")[0].level == level


def test_a_list_takes_the_place_of_the_one_before(office: Office, desk: Desk) -> None:
    first = import_reference(desk, ILLNESSES, "1.0")
    office.clock.wait(minutes=1)
    plan = check_reference(desk, diagnoses(("J18.900", "肺炎")))
    assert (plan.replaces, len(plan.entries)) == (6, 1)
    second = import_reference(desk, diagnoses(("J18.900", "肺炎")), "2.0")
    assert names(desk, DIAGNOSIS, "脑梗死") == []
    assert [(one.id, one.name, one.count) for one in overview(desk).editions] == [(second.id, "2.0", 1)]
    assert first.id != second.id
    assert office.count("reference_entry") == 1


@pytest.mark.parametrize(("file", "told"), [
    (diagnoses(("I10", "高血压"), ("I10", "高血压"), ("I10", "低血压")),
     [("taken", []), ("repeated", []), ("refused", ["reference.code_twice"])]),
    (diagnoses(("", "高血压"), ("I10", "")), [("refused", ["reference.code_missing"]),
                                              ("refused", ["reference.name_missing"])]),
    (diagnoses(("I10", "高" * 101)), [("refused", ["reference.name_long"])]),
    (places(("52062510", "板溪镇")), [("refused", ["reference.place_code"])]),
    (places(("520625101", "板溪镇", "5206")), [("refused", ["reference.parent_form"])]),
    (places(("520625777201", "板溪村")), [("refused", ["reference.no_township"])]),
])
def test_a_row_is_refused_with_its_reason(desk: Desk, file: ReferenceSheet, told: list[tuple[str, list[str]]]) -> None:
    assert reasons(desk, file) == told


def test_the_places_that_ship_are_used_until_others_are_imported(desk: Desk) -> None:
    before = here(desk)
    assert before.edition == "2023-06-30"
    made = import_reference(desk, places(
        ("520625000000", "印江土家族苗族自治县"), ("520625101000", "板溪街道办事处", "", "板溪镇、大坪乡"),
        ("520625101201", "板溪村民委员会"), ("520625101299", "新板村委会", "", "老板村 / 旧板村")), "2025 年")
    after = here(desk)
    assert after.edition == "2025 年"
    assert [(town.code, town.name, town.former) for town in after.townships] == [
        ("520625101", "板溪街道", ("板溪镇", "大坪乡"))]
    assert [(one.name, one.former) for one in after.villages_of("大坪乡")] == [
        ("板溪村", ()), ("新板村", ("老板村", "旧板村"))]
    assert after.villages_of("板溪镇")[1].keys == ("xbc", "xinbancun")
    assert (made.count, overview(desk).places_imported) == (3, True)
    other = county_places(desk, "520624")
    assert other is not None
    assert other.edition == "2023-06-30"
    remove_reference(desk, made.id)
    assert here(desk) == before


def test_what_a_list_of_places_does_not_bring_stays_as_it_was(desk: Desk) -> None:
    before = here(desk)
    import_reference(desk, places(("520625101", "板溪乡"), ("520625102299", "示例村")), "2025 年")
    after = here(desk)
    assert [town.name for town in after.townships] == ["板溪乡", "沙子坡镇"]
    assert after.townships[0].former == ("板溪镇",)  # so a register of before leads to the present name
    assert [one.name for one in after.villages_of("板溪镇")] == [one.name for one in before.villages_of("板溪镇")]
    assert [one.name for one in after.villages_of("沙子坡镇")] == ["示例村"]


def test_a_county_of_another_province_is_imported_whole(desk: Desk) -> None:
    assert county_places(desk, "330104") is None
    import_reference(desk, places(("330104", "示例区"), ("330104001", "示例街道"),
                                  ("330104001001", "示例社区居民委员会")), "2025")
    found = county_places(desk, "330104")
    assert found is not None
    assert [one.name for one in found.villages_of("示例街道")] == ["示例社区"]
    assert here(desk).edition == "2023-06-30"


def test_a_county_whose_code_was_given_up_finds_what_was_imported_under_the_present_one(desk: Desk) -> None:
    import_reference(desk, places(("522302001", "示例街道")), "2025")
    found = county_places(desk, "522322")
    assert found is not None
    assert [town.name for town in found.townships] == ["示例街道"]


def test_two_lists_of_places_stand_beside_each_other_until_one_takes_the_others_county(desk: Desk) -> None:
    import_reference(desk, places(("330104001", "甲街道"), ("330105001", "乙街道")), "一")
    import_reference(desk, places(("330105001", "丙街道")), "二")
    assert {one.name: one.count for one in overview(desk).editions} == {"一": 1, "二": 1}
    import_reference(desk, places(("330104001", "丁街道")), "三")
    assert {one.name for one in overview(desk).editions} == {"二", "三"}


def test_an_import_stands_in_the_trail_and_is_never_sent(office: Office, desk: Desk) -> None:
    made = import_reference(desk, ILLNESSES, "示例版")
    remove_reference(desk, made.id)
    with desk.read() as work:
        assert [row.act for row in work.audit.of_record(made.id)] == ["remove_reference", "import_reference"]
        assert work.outbox.waiting() == ()
        assert work.audit.broken_at() is None
    assert office.count("reference_key") == 0


def test_stopping_or_refusing_leaves_nothing_behind(office: Office, desk: Desk) -> None:
    import_reference(desk, ILLNESSES, "示例版")
    before = office.stored()
    for file, edition, code in ((ILLNESSES, "", "reference.edition"), (ILLNESSES, "长" * 61, "reference.edition"),
                                (diagnoses(), "x", "reference.empty"),
                                (diagnoses(("", "无代码")), "x", "reference.nothing")):
        with pytest.raises(RuleBroken) as refused:
            import_reference(desk, file, edition)
        assert refused.value.code == code
    with pytest.raises(RuleBroken, match=r"reference\.cancelled"):
        import_reference(desk, ILLNESSES, "x", cancelled=lambda: True)
    with pytest.raises(RuleBroken, match=r"reference\.unknown"):
        remove_reference(desk, "nothing")
    auditor = office.as_(Actor("auditor", "测试审计", "auditor"))
    with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
        import_reference(auditor, ILLNESSES, "x")
    assert office.stored() == before


def test_a_missing_column_is_named(desk: Desk) -> None:
    class Narrow(ReferenceSheet):
        columns = {"name": 0}  # noqa: RUF012

    with pytest.raises(RuleBroken, match=r"reference\.column_missing"):
        check_reference(desk, Narrow(DIAGNOSIS, [("高血压",)]))
    assert check_reference(desk, hospitals(("", "示例医院"))).count(Verdict.TAKEN) == 1
