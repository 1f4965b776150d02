"""A household of made-up people for its papers: as families are, and with everything longer than anybody has seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from backbone_core.household import Listing, Standing
from backbone_core.household_act import ActKind
from backbone_core.paper_proof import PaperProof, paper_qr_text
from backbone_desktop.services.household_paper import CAUSES, PersonLine
from backbone_desktop.services.household_sheet import FormerLine, HouseholdSheetData, ReachLine

NUMBER = "5206250000123"
YEAR = date(2026, 1, 1), date(2026, 12, 31)
LONG_OFFICE = "黔示例苗族侗族自治州某某土家族苗族自治县医疗保障局驻某某乡便民服务中心"


def code(form: str, number: str = NUMBER) -> str:
    return paper_qr_text(PaperProof(form=form, number=number, county="520625", device_no="A01",
                                    content_hash="5e" * 16, signature=bytes(range(64))))


def person(name: str, relation: str, **other: Any) -> PersonLine:
    usual = PersonLine(name=name, relation=relation, sex="1", birth_date=date(1980, 1, 1), ethnic="苗族",
                       id_no_masked="520625********0015", health=("健康",), cover=YEAR)
    return replace(usual, **other)


FAMILY = (
    person("张示例", "户主"),
    person("李㛃", "配偶", sex="2", birth_date=date(1982, 5, 5), id_no_masked="530521********0025",
           health=("长期慢性病",), ethnic="汉族"),
    person("张𠮷", "之子", birth_date=date(2006, 3, 12), id_no_masked="513432********1233", disability="43",
           health=("残疾",), cover=(date(2026, 4, 1), date(2026, 12, 31))),
    person("张𬱖", "之女", sex="2", birth_date=date(2015, 7, 8), id_no_masked="520625********0022", cover=None,
           health=()),
)


def household_sheet(language: str = "zh_CN", **other: Any) -> HouseholdSheetData:
    usual = HouseholdSheetData(
        language=language, office="示例县医疗保障局", county_name="示例县", number=NUMBER,
        qr=code("household_sheet"), printed_at=datetime(2026, 9, 14, 1, 15, tzinfo=UTC), printed_by="演示员",
        head_name="张示例", poverty_type="低保贫困户", listing=Listing.LISTED, listing_since=None,
        place="示例镇示例村一组", village="示例村", phone="13800000000", policy_year=2026, period=YEAR,
        insurer="示例保险公司（虚构）", causes=("因病", "缺技术"), members=FAMILY, former=(), reach=(
            ReachLine(name="张示例", phone="13800000000", bank_name="示例农村商业银行", account_holder="张示例",
                      account_masked="***************6789"),
        ),
    )
    return replace(usual, **other)


def with_former(language: str = "zh_CN") -> HouseholdSheetData:
    return household_sheet(language, former=(
        FormerLine(name="张老例", relation="之父", birth_date=date(1948, 2, 2), id_no_masked="520625********0031",
                   standing=Standing.DIED, act=ActKind.DEATH, reason="病故", on=date(2026, 5, 6)),
        FormerLine(name="张外例", relation="之女", birth_date=date(2001, 9, 9), id_no_masked="520625********0048",
                   standing=Standing.LEFT, act=None, reason="", on=date(2025, 10, 1)),
    ))


def crowded_household(language: str = "zh_CN") -> HouseholdSheetData:
    """Fourteen people with names of sixty characters."""
    long_name = ("阿卜杜热西提·" * 10)[:60]
    people = tuple(replace(FAMILY[n % 4], name=f"{long_name[:58]}{n:02}", health=("患有大病", "长期慢性病"),
                           disability="72") for n in range(14))
    former = with_former(language).former
    return household_sheet(
        language, copy=12, office=LONG_OFFICE, county_name="某某土家族苗族自治县", head_name=long_name,
        place="示例民族乡示例社区" * 6, village="示例民族社区" * 4, phone="0856-12345678-8001",
        listing=Listing.LEFT, listing_since=date(2026, 3, 1), causes=(*CAUSES, "因婚嫁彩礼及婚后建房负债过多"),
        insurer="某某养老保险股份有限公司示例省分公司健康保险事业部", members=people, printed_by=long_name[:40],
        former=tuple(replace(one, name=long_name, reason="随子女外出务工，户口一并迁往外省，不再返回" * 3)
                     for one in former),
        reach=tuple(ReachLine(name=one.name, phone="13800000000", bank_name="示例县农村信用合作联社某某乡信用社营业部",
                              account_holder=one.name, account_masked="*" * 26 + "6789") for one in people),
    )
