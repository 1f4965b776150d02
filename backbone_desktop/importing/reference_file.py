"""A list of places, hospitals or diagnoses that is open for reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from backbone_core.cells import Row, fold, is_rounded
from backbone_core.errors import RuleBroken, refusal
from backbone_desktop.importing.header import LOOKED_AT
from backbone_desktop.importing.sheets import Sheets, read_file
from backbone_desktop.services.reference_rows import NEEDED, ReferenceKind, SheetRow

_TITLES: Mapping[ReferenceKind, Mapping[str, tuple[str, ...]]] = {
    ReferenceKind.PLACE: {
        "code": ("代码", "编码", "区划代码", "行政区划代码", "统计用区划代码", "统计用区划代码和城乡划分代码", "code"),
        "name": ("名称", "区划名称", "行政区划名称", "单位名称", "地名", "name"),
        "parent": ("上级代码", "上级编码", "上级区划代码", "父级代码", "所属代码", "parent", "parentcode", "streetcode",
                   "areacode"),
        "former": ("曾用名", "原名", "旧名", "原名称", "曾用名称", "别名", "former"),
    },
    ReferenceKind.HOSPITAL: {
        "code": ("医疗机构代码", "医疗机构编码", "定点医药机构编号", "定点医疗机构编号", "定点医疗机构代码", "机构代码",
                 "机构编码", "医院编码", "医院代码", "国家编码", "代码", "编码", "编号", "code"),
        "name": ("医疗机构名称", "定点医疗机构名称", "定点医药机构名称", "机构名称", "医院名称", "医院", "名称",
                 "name"),
        "level": ("医院等级", "医疗机构等级", "机构等级", "医院级别", "医疗机构级别", "机构级别", "等级", "级别",
                  "level"),
        "area": ("县(市、区)", "县(市、区、旗)", "县", "区县", "县区", "所属区县", "所在县", "统筹区", "所属统筹区",
                 "所在地", "行政区划", "地区", "area", "county"),
    },
    ReferenceKind.DIAGNOSIS: {
        "code": ("诊断代码", "诊断编码", "疾病诊断代码", "疾病诊断编码", "疾病代码", "疾病编码", "医保版代码",
                 "医保诊断代码", "国家临床版2.0疾病诊断编码", "icd-10编码", "icd10编码", "icd-10代码", "icd10",
                 "icd-10", "主要编码", "代码", "编码", "code"),
        "name": ("诊断名称", "疾病诊断名称", "疾病名称", "医保版名称", "医保诊断名称", "国家临床版2.0疾病诊断名称",
                 "名称", "疾病", "name"),
    },
}
"""Per field the titles that such lists give it, the surest first; letters in small ones."""


@dataclass(frozen=True, slots=True)
class OpenReference:
    """`services.reference_rows.ReferenceFile`."""

    kind: ReferenceKind
    file_hash: str
    header: tuple[str, ...]
    columns: Mapping[str, int]
    _header_row: int
    _sheets: Sheets
    _sheet: str

    def rows(self) -> Iterator[SheetRow]:
        titles = tuple(map(fold, self.header))
        width = max(self.columns.values()) + 1
        for row_no, found in self._sheets.rows(self._sheet):
            if row_no <= self._header_row:
                continue
            cells = (*found, *[""] * (width - len(found)))
            values = {field: cells[place] for field, place in self.columns.items()}
            # a printed list repeats its header on every page, and its notes stand in one column alone
            again = all(fold(values[field]) == titles[place] for field, place in self.columns.items())
            if again or not any(values.values()) or _is_remark(found):
                continue
            trouble = tuple(refusal("roster.number_rounded", field) for field in ("code", "parent")
                            if is_rounded(values.get(field, "")))
            yield SheetRow(row_no, values, trouble)


def open_reference(path: Path, kind: ReferenceKind) -> OpenReference:
    """Open the first sheet that has a header of this kind of list.

    Raises RuleBroken, all at the field "file": roster.no_file, roster.not_a_sheet, reference.no_header.
    """
    content = read_file(path)
    sheets = Sheets(content)
    for name in sheets.names:
        found = _find_header(sheets.rows(name), kind)
        if found is not None:
            row_no, header, columns = found
            return OpenReference(kind, hashlib.sha256(content).hexdigest(), header, columns, row_no, sheets, name)
    raise RuleBroken("reference.no_header", "file", kind_code=f"reference_kind.{kind}")


def _find_header(rows: Iterable[Row], kind: ReferenceKind) -> tuple[int, tuple[str, ...], dict[str, int]] | None:
    known = {title: (field, rank) for field, titles in _TITLES[kind].items() for rank, title in enumerate(titles)}
    for row_no, cells in rows:
        if row_no > LOOKED_AT:
            break
        found: dict[str, tuple[int, int]] = {}
        for place, title in enumerate(cells):
            field, rank = known.get(fold(title).lower(), ("", 0))
            if field and (field not in found or rank < found[field][0]):
                found[field] = (rank, place)
        if found.keys() >= set(NEEDED[kind]) and len(found) > 1:
            return row_no, cells, {field: place for field, (_, place) in found.items()}
    return None


def _is_remark(cells: tuple[str, ...]) -> bool:
    """A note under or over the list, or a line that counts it."""
    filled = [cell for cell in cells if cell]
    first = filled[0]
    return (len(filled) == 1 and first.startswith(("备注", "注", "说明", "填表", "制表"))) or (
        len(filled) <= 2 and first.rstrip(":：") in ("合计", "总计", "共计", "小计"))
