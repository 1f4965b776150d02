"""Writes the rosters that are imported: the three national templates at full size, all cells as text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from benchmarks.registry.people import MadePerson

_TITLES = {
    "A": """行政县 乡镇 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况
        劳动技能 务工状况 务工时间 参加大病医疗 脱贫属性 脱贫年度 贫困户属性 主要致贫原因 危房户 饮水安全 饮水困难
        人均纯收入 联系电话""",
    "B": """省 市 县 乡 村 户编号 人口编号 姓名 性别 出生日期 证件类型 证件号码 民族 户联系电话 成员联系电话 年度
        与户主关系 户类型 户主姓名 户主证件号码""",
    "C": """县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 健康状况 致贫原因1
        户类型 户联系电话 人联系电话""",
}
TEMPLATES = {name: titles.split() for name, titles in _TITLES.items()}


def write_roster(path: Path, template: str, rows: Iterable[MadePerson]) -> None:
    """An .xlsx under a merged title, as the poverty relief bureau hands it out."""
    titles = TEMPLATES[template]
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        sheet.merge_range(0, 0, 0, len(titles) - 1, "示例县农村贫困人口基本信息（测试数据）")
        for place, title in enumerate(titles):
            sheet.write_string(1, place, title)
        for at, person in enumerate(rows, start=2):
            texts = _cells(person)
            for place, title in enumerate(titles):
                if text := texts.get(title, ""):
                    sheet.write_string(at, place, text)


def _cells(person: MadePerson) -> dict[str, str]:
    town, village, group = person.place
    once = {
        ("行政县", "县", "县(市、区、旗)"): "示例县", ("乡镇", "乡", "乡(镇)"): town, ("行政村", "村"): village,
        ("自然村",): group, ("户编号",): person.household_no, ("姓名",): person.name, ("证件号码",): person.id_no,
        ("与户主关系",): person.relation, ("人编号", "人口编号"): f"{person.household_no}{person.id_no[14:17]}",
        ("民族",): "苗族", ("贫困户属性", "户类型"): "一般贫困户", ("户联系电话", "联系电话"): person.phone,
        ("文化程度",): "小学", ("在校生状况",): "非在校生", ("健康状况",): "健康", ("劳动技能",): "普通劳动力",
        ("务工状况",): "县内务工", ("务工时间",): "6", ("参加大病医疗",): "是", ("脱贫属性",): "未脱贫",
        ("主要致贫原因", "致贫原因1"): "缺技术", ("危房户", "饮水困难"): "否", ("饮水安全",): "是",
        ("人均纯收入",): "3210.50", ("证件类型",): "居民身份证(户口簿)", ("年度",): "2019", ("省",): "示例省",
        ("市",): "示例市", ("性别",): "男" if int(person.id_no[16]) % 2 else "女", ("出生日期",): person.id_no[6:14],
        ("人数",): "3",
    }
    return {title: text for titles, text in once.items() for title in titles}
