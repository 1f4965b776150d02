"""Fictitious rosters in the three national templates, as Excel (new and old) and as CSV."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from backbone_core.identity import check_digit

TITLE = "示例县农村贫困人口基本信息（测试数据）"
_TITLES = {
    "A": """行政县 乡镇 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况
        劳动技能 务工状况 务工时间 参加大病医疗 脱贫属性 脱贫年度 贫困户属性 主要致贫原因 危房户 饮水安全 饮水困难
        人均纯收入 联系电话""",
    "B": """省 市 县 乡 村 户编号 人口编号 姓名 性别 出生日期 证件类型 证件号码 民族 户联系电话 成员联系电话 年度
        与户主关系 户类型 户主姓名 户主证件号码""",
    "C": """县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 健康状况 致贫原因1
        户类型 户联系电话 人联系电话""",
}
TEMPLATES: dict[str, tuple[str, ...]] = {name: tuple(titles.split()) for name, titles in _TITLES.items()}
_SAME = {"县": "county", "行政县": "county", "县(市、区、旗)": "county", "乡镇": "township", "乡": "township",
         "乡(镇)": "township", "行政村": "village", "村": "village", "自然村": "group", "户编号": "household_no",
         "人编号": "person_no", "人口编号": "person_no", "姓名": "name", "证件号码": "id_no", "与户主关系": "relation",
         "民族": "ethnic", "贫困户属性": "poverty_type", "户类型": "poverty_type", "联系电话": "household_phone",
         "户联系电话": "household_phone", "成员联系电话": "member_phone", "人联系电话": "member_phone",
         "户主姓名": "head_name", "户主证件号码": "head_id_no"}
Person = dict[str, str]


def people(count: int, first: int = 0) -> list[Person]:
    """Families of one to five, plainly fictitious, each with one head; the same every time."""
    made: list[Person] = []
    family = first
    while len(made) < count:
        household_no = f"520625{family:06d}"
        head: Person = {}
        for n in range(min(1 + family % 5, count - len(made))):
            serial = first * 5 + len(made)
            born = f"{1950 + serial % 55}{1 + serial % 12:02d}{1 + serial // 12 % 28:02d}"
            digits = f"520625{born}{200 + serial % 700:03d}"
            person = {"county": "示例县", "township": f"示例{family // 400 % 5 + 1}镇",
                      "village": f"测试{family // 40 % 10}村", "group": f"{family % 4 + 1}组",
                      "household_no": household_no, "person_no": f"{household_no}{n:02d}",
                      "name": "测试" + "甲乙丙丁戊己庚辛壬癸"[serial % 10] + "子丑寅卯辰巳"[serial // 10 % 6],
                      "id_no": digits + check_digit(digits), "relation": ("户主", "配偶", "之子", "之女", "之母")[n],
                      "ethnic": "苗族", "poverty_type": "一般贫困户", "household_phone": f"138{family:08d}",
                      "member_phone": ""}
            head = head or person
            made.append({**person, "head_name": head["name"], "head_id_no": head["id_no"]})
        family += 1
    return made


def cells(template: str, rows: Sequence[Person]) -> list[list[str]]:
    """Title, header and rows as a sheet holds them."""
    titles = TEMPLATES[template]
    return [[TITLE], list(titles), *([row.get(_SAME.get(title, ""), "") for title in titles] for row in rows)]


def write_roster(path: Path, template: str, rows: Sequence[Person], encoding: str = "utf-8-sig") -> Path:
    """Write .xlsx, .xls or .csv by the name's ending."""
    lines = cells(template, rows)
    if path.suffix == ".csv":
        text = io.StringIO(newline="")
        csv.writer(text).writerows(lines)
        path.write_bytes(text.getvalue().encode(encoding))
    elif path.suffix == ".xls":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an old package that warns of its own escapes
            import xlwt

            book = xlwt.Workbook(encoding="utf-8")
            page = book.add_sheet("名册")
            page.write_merge(0, 0, 0, len(lines[1]) - 1, TITLE)
            for at, line in enumerate(lines[1:], start=1):
                for place, text_of in enumerate(line):
                    page.write(at, place, text_of)
            book.save(str(path))
    else:
        with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
            page = book.add_worksheet("名册")
            page.merge_range(0, 0, 0, len(lines[1]) - 1, TITLE)
            for at, line in enumerate(lines[1:], start=1):
                for place, text_of in enumerate(line):
                    page.write_string(at, place, text_of)
    return path
