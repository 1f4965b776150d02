"""What a roster's dry run says of place names that the county's list writes otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from backbone_desktop.services import roster
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.reference_import import import_reference
from backbone_desktop.services.registry import list_households
from backbone_desktop.services.roster_rows import PlaceNote
from backbone_desktop.settings.places import PackagedPlaces
from tests.services.reference_sheet import places
from tests.services.roster_sheet import COLUMNS, Sheet, line, number

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
ROWS = [
    line("9001", "测试丙", number(1), township="新板镇", village="甲村"),
    line("9001", "测试丁", number(2), "配偶", township="新板镇", village="甲村"),
    line("9002", "测试戊", number(3), township="老板乡", village="旧乙村"),
    line("9003", "测试己", number(4), township="新板镇", village="乙社区"),
    line("9004", "测试庚", number(5), township="新板镇", village="丙村"),
    line("9005", "测试辛", number(6), township="别处镇", village="甲村"),
]


def test_other_spellings_and_former_names_are_told_and_kept(desk: Desk) -> None:
    desk = replace(desk, places=PackagedPlaces(RESOURCES))
    import_reference(desk, places(
        ("520625101", "新板镇", "", "老板乡"), ("520625101201", "甲村"),
        ("520625101202", "乙村", "", "旧乙村")), "2025")
    plan = roster.check_roster(desk, Sheet(ROWS), COLUMNS)
    assert set(plan.places) == {
        PlaceNote("老板乡", "", "新板镇", 1), PlaceNote("别处镇", "", "", 1), PlaceNote("老板乡", "旧乙村", "乙村", 1),
        PlaceNote("新板镇", "乙社区", "乙村", 1), PlaceNote("新板镇", "丙村", "", 1)}
    assert [bool(note.village) for note in plan.places] == [False, False, True, True, True]  # townships come first
    assert {str(one.verdict) for one in plan.lines} == {"new"}
    roster.import_roster(desk, Sheet(ROWS), COLUMNS)
    (row,) = list_households(desk, "9002").rows
    assert (row.township, row.village) == ("老板乡", "旧乙村")


def test_without_a_list_of_the_county_nothing_is_told(desk: Desk) -> None:
    assert roster.check_roster(desk, Sheet(ROWS), COLUMNS).places == ()
