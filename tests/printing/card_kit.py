"""A household card with made-up people: a usual family, and fourteen people with names of sixty characters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from household_kit import LONG_OFFICE, NUMBER, YEAR, code

from backbone_desktop.services.contacts import OfficeContacts
from backbone_desktop.services.household_card import CardLine, CardPaper, HouseholdCardData

PAPERS = (*(CardPaper(code=one, text="", when="") for one in
            ("INVOICE", "COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "ID_CARD", "BANK_CARD")),
          *(CardPaper(code=one, text="", when=when) for one, when in
            (("PROXY", "proxy"), ("AGENT_ID_CARD", "proxy"), ("ACCIDENT_STATEMENT", "accident"),
             ("DEATH_CERTIFICATE", "death"), ("KINSHIP_PROOF", "death"))))
FAMILY = (
    CardLine(name="张示例", relation="户主", cover=YEAR), CardLine(name="李㛃", relation="配偶", cover=YEAR),
    CardLine(name="张𠮷", relation="之子", cover=(date(2026, 4, 1), date(2026, 12, 31))),
    CardLine(name="张𬱖", relation="之女", cover=None),
)


def card(language: str = "zh_CN", **other: Any) -> HouseholdCardData:
    usual = HouseholdCardData(
        language=language, office="示例县医疗保障局", county_name="示例县", number=NUMBER, qr=code("household_card"),
        printed_at=datetime(2026, 9, 14, 1, 15, tzinfo=UTC), printed_by="演示员", head_name="张示例",
        place="示例镇示例村一组", policy_year=2026, period=YEAR, members=FAMILY, papers=PAPERS,
        insurer="示例保险公司（虚构）", contacts=OfficeContacts(
            address="示例镇人民路1号便民服务中心", phone="0856-1234567", hours="工作日 8:30—12:00、14:00—17:30",
            insurer_phone="95000"),
    )
    return replace(usual, **other)


def bare(language: str = "zh_CN") -> HouseholdCardData:
    """An office that has filled in nothing yet, in a year without a scheme."""
    return card(language, contacts=OfficeContacts(), papers=(), period=None, insurer="",
                members=tuple(replace(one, cover=None) for one in FAMILY))


def crowded_card(language: str = "zh_CN") -> HouseholdCardData:
    long_name = ("阿卜杜热西提·" * 10)[:60]
    return card(
        language, copy=12, office=LONG_OFFICE, county_name="某某土家族苗族自治县", head_name=long_name,
        place="示例民族乡示例社区" * 6,
        members=tuple(replace(FAMILY[n % 4], name=f"{long_name[:58]}{n:02}") for n in range(14)),
        papers=tuple(CardPaper(code=f"D{n}", text="由公安交通管理部门出具的第三者责任事故认定书",
                               when="" if n % 2 else "accident") for n in range(12)),
        contacts=OfficeContacts(address="示例民族乡示例社区" * 6, phone="0856-12345678-8001", hours="工作日上午" * 8,
                                insurer="某某养老保险股份有限公司示例省分公司", insurer_phone="400-000-0000"),
    )
