"""The county codes that ship with the program."""

from __future__ import annotations

from rules_kit import RESOURCES

from backbone_desktop.settings.reference import CountyName, counties, known_county_codes

COUNTIES = {county.code: county for county in counties(RESOURCES)}


def test_a_county_has_its_prefecture_and_province() -> None:
    assert COUNTIES["520625"] == CountyName("520625", "印江土家族苗族自治县", "铜仁市", "贵州省")


def test_places_without_counties_or_prefecture_stand_for_themselves() -> None:
    assert COUNTIES["441900"] == CountyName("441900", "东莞市", "", "广东省")
    assert COUNTIES["429004"] == CountyName("429004", "仙桃市", "", "湖北省")
    assert COUNTIES["110105"] == CountyName("110105", "朝阳区", "", "北京市")


def test_headings_are_no_places() -> None:
    assert not {"市辖区", "县", "省直辖县级行政区划"} & {county.name for county in COUNTIES.values()}
    assert "520600" not in COUNTIES
    assert len(COUNTIES) == 2852


def test_a_code_that_was_given_up_is_still_known() -> None:
    known = known_county_codes(RESOURCES)
    assert "522225" not in COUNTIES  # 印江 before its prefecture became a city in 2011
    assert {"522225", "520625", "810000", "820000", "830000"} <= known
    assert set(COUNTIES) <= known
    assert "520600" not in known
    assert "999999" not in known


def test_the_licence_travels_with_the_data() -> None:
    assert "MIT" in (RESOURCES / "reference" / "LICENSE-gb2260.txt").read_text(encoding="utf-8")
