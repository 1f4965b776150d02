"""A claim's application form with made-up people: usual, as a draft, and with everything longer than ever seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from household_kit import LONG_OFFICE, code
from paper_kit import NUMBER, receipt_data

from backbone_core.claim import Cause
from backbone_core.costs import SETTLEMENT_FIELDS, Costs
from backbone_desktop.services.application import ApplicationData, PaperLine

CODES = ("INVOICE", "COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "ID_CARD", "BANK_CARD", "HOUSEHOLD_BOOKLET",
         "PROXY", "AGENT_ID_CARD", "ACCIDENT_STATEMENT", "DEATH_CERTIFICATE", "KINSHIP_PROOF")
ACCOUNT = "6228480030123456789"


def application(language: str = "zh_CN", **other: Any) -> ApplicationData:
    usual = ApplicationData(
        language=language, office="示例县医疗保障局", county_name="示例县", number=NUMBER,
        qr=code("application", NUMBER),
        printed_at=datetime(2026, 9, 14, 1, 20, tzinfo=UTC), printed_by="演示员",
        received_at=datetime(2026, 9, 14, 1, 15, tzinfo=UTC), received_by="演示员", household_no="5206250000123",
        head_name="张示例", place="示例镇示例村一组", township="示例镇", phone="13800000000", member_name="李㛃",
        id_no_masked="530521********0025", relation="配偶", sex="2", birth_date=date(1975, 5, 5), ethnic="汉族",
        cause=Cause.ILLNESS, hospital="示例县人民医院", hospital_level="2A", diagnosis="脑梗死（示例）",
        icd10="I63.900",
        admitted=date(2026, 9, 1), discharged=date(2026, 9, 13), invoice_no="0012345678",
        costs=receipt_data().costs, benefit=616800, policy_year=2026, scheme_title="示例县2026年度保障方案",
        insurer="示例保险公司（虚构）", bank_name="示例农村商业银行示例镇支行", account=ACCOUNT, account_holder="李㛃",
        papers=tuple(PaperLine(code=one, text="", handed_in=number < 6) for number, one in enumerate(CODES)),
    )
    return replace(usual, **other)


def draft(language: str = "zh_CN") -> ApplicationData:
    """Kept before much was known."""
    return application(
        language, number="DRAFT-9A3F0C", qr="", received_at=None, received_by="", hospital="", hospital_level="",
        diagnosis="", icd10="", admitted=None, discharged=None, invoice_no="", costs=Costs(), benefit=None,
        bank_name="", account="", account_holder="", papers=(),
    )


def crowded_application(language: str = "zh_CN") -> ApplicationData:
    long_name = ("阿卜杜热西提·" * 10)[:60]
    return application(
        language, copy=12, office=LONG_OFFICE, county_name="某某土家族苗族自治县", head_name=long_name,
        place="示例民族乡示例社区" * 6, township="示例土家族苗族侗族乡" * 3, member_name=long_name,
        phone="0856-12345678-8001", cause=Cause.ACCIDENT, hospital="某某医科大学第一附属医院（示例院区）" * 6,
        diagnosis="2型糖尿病伴多个并发症（示例）、高血压病3级；" * 9, received_by=long_name[:40],
        costs=Costs(**dict.fromkeys(SETTLEMENT_FIELDS, 99_999_999_99)), benefit=99_999_999_99,
        bank_name="示例县农村信用合作联社某某乡信用社营业部" * 2, account="6" * 30, account_holder=long_name,
        insurer="某某养老保险股份有限公司示例省分公司健康保险事业部",
        papers=tuple(PaperLine(code=f"D{n}", handed_in=n % 3 > 0, text="由公安交通管理部门出具的第三者责任事故认定书"
                               * (1 + n % 2)) for n in range(23)),
    )
