"""A roster made in memory, for tests of what an import does with its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from backbone_core.identity import check_digit
from backbone_desktop.services.roster_rows import RosterRow

HEADER = ("乡镇", "行政村", "自然村", "户编号", "姓名", "证件号码", "与户主关系", "民族", "贫困户属性", "联系电话")
COLUMNS = {"township": 0, "village": 1, "group": 2, "household_no": 3, "name": 4, "id_no": 5, "relation": 6,
           "ethnic": 7, "poverty_type": 8, "household_phone": 9}


@dataclass
class Sheet:
    """`services.roster_rows.RosterFile` over rows of texts in the order of `HEADER`."""

    lines: list[tuple[str, ...]]
    header: tuple[str, ...] = HEADER
    template: str = ""
    columns: Mapping[str, int] = field(default_factory=lambda: dict(COLUMNS))
    file_hash: str = "00" * 32

    def rows(self, columns: Mapping[str, int]) -> Iterator[RosterRow]:
        for row_no, cells in enumerate(self.lines, start=2):
            yield RosterRow(row_no, cells, {name: cells[place].strip() for name, place in columns.items()})


def number(n: int, born: str = "19800101") -> str:
    """The n-th fictitious ID number, none of the office kit's, of somebody born on that day in its county."""
    first = f"520625{born}{n + 100:03d}"
    return first + check_digit(first)


def line(household_no: str, name: str, id_no: str, relation: str = "户主", **other: str) -> tuple[str, ...]:
    usual = {"township": "示例镇", "village": "测试村", "group": "一组", "ethnic": "苗族", "poverty_type": "一般贫困户",
             "household_phone": ""}
    values = {**usual, **other, "household_no": household_no, "name": name, "id_no": id_no, "relation": relation}
    return tuple(values[field] for field in COLUMNS)
