"""Letters to nobody, with made-up facts in them, and what every letter has to keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from paper_kit import NUMBER, STEPS, shapes, texts

from backbone_core.benefit import TraceStep
from backbone_core.decision import DecisionOutcome, PaymentFailure, RejectCode
from backbone_core.paper_proof import PaperProof, paper_qr_text
from backbone_core.scheme import DocumentNeed, Need
from backbone_desktop.services.contacts import OfficeContacts
from backbone_desktop.services.decision_clauses import Clause
from backbone_desktop.services.decision_notice import DecisionData, ReasonTold
from backbone_desktop.services.missing_papers import MissingPapersData
from backbone_desktop.services.payment_notice import PaymentData

LONG_OFFICE = "黔示例苗族侗族自治州某某土家族苗族自治县医疗保障局驻某某乡便民服务中心"
LONG_NAME = "阿卜杜热西提·阿卜杜热合曼·" * 4 + "示例𠮷㛃𬱖"
LONG_HOSPITAL = "某某医科大学第一附属医院（示例院区）" * 4
CONTACTS = OfficeContacts(
    address="示例县政务服务中心二楼医保窗口", phone="（示例）0000-0000000", hours="工作日 9:00—17:00",
    insurer="示例保险公司（虚构）", insurer_phone="（示例）000000", review_days="15",
    supervisor="示例县医疗保障局基金监督股", supervisor_phone="（示例）0000-1111111",
)
COMMON = {
    "office": "示例县医疗保障局", "county_name": "示例县", "number": NUMBER, "printed_by": "演示员",
    "printed_at": datetime(2026, 9, 15, 1, 15, tzinfo=UTC), "member_name": "李㛃", "id_no_masked": "520625********0015",
    "hospital": "示例县人民医院", "admitted": date(2026, 9, 1), "discharged": date(2026, 9, 13), "contacts": CONTACTS,
}
CROWDED = {
    "office": LONG_OFFICE, "member_name": LONG_NAME, "hospital": LONG_HOSPITAL, "copy": 12,
    "printed_by": "欧阳测试·买买提·吐尔逊·阿卜杜热合曼",
    "contacts": replace(CONTACTS, address=LONG_OFFICE + "二楼东侧综合服务窗口", phone="", hours="",
                        insurer="某某人寿保险股份有限公司某某省分公司某某中心支公司" * 2),
}


def asked(code: str, when: str = "", text: str = "") -> DocumentNeed:
    return DocumentNeed(code=code, need=Need.CONDITIONAL if when else Need.REQUIRED, when=when, text=text)


def missing_papers(language: str = "zh_CN", **other: Any) -> MissingPapersData:
    usual: dict[str, Any] = {
        **COMMON, "language": language, "received_on": date(2026, 9, 14), "told_on": date(2026, 9, 15),
        "last_day": date(2028, 9, 1), "late": False,
        "papers": (asked("INVOICE"), asked("COST_LIST", text="费用清单原件（须加盖医院公章）"),
                   asked("DISCHARGE_SUMMARY"), asked("BANK_CARD")),
        "on_condition": (asked("PROXY", "proxy"), asked("AGENT_ID_CARD", "proxy"),
                         asked("DEATH_CERTIFICATE", "death"), asked("KINSHIP_PROOF", "death")),
    }
    return MissingPapersData(**{**usual, **other})


def crowded_missing_papers(language: str = "zh_CN", **other: Any) -> MissingPapersData:
    """Everything longer than anybody has ever seen it."""
    long = "由公安交通管理部门出具的第三者责任事故认定书原件及复印件各一份"
    papers = (*(asked(f"D{n}", text=f"第{n}样材料" + long * (n % 3)) for n in range(1, 24)),)
    return missing_papers(language, **{**CROWDED, "papers": papers,
                                       "on_condition": (asked("PROXY", "proxy"), asked("X", long, long)), **other})


def refuse_touching(pdf: bytes) -> None:
    """No two texts share a place, and no line runs through one."""
    for written, drawn in zip(texts(pdf), shapes(pdf), strict=True):
        lines = [mark for mark in drawn if min(mark.width, mark.height) < 0.5]
        for place, text in enumerate(written):
            assert not [other for other in written[place + 1 :] if text.meets(other, by=0.15)]
            assert not [line for line in lines if text.meets(line, by=0.1)]


def refuse_outside(pdf: bytes, width: float, height: float) -> None:
    """Nothing stands in the margins of a sheet of `width` × `height` millimetres."""
    for page in (*texts(pdf), *shapes(pdf)):
        for mark in page:
            assert mark.left > 8.5
            assert mark.right < width - 8.5
            assert mark.top > 4
            assert mark.bottom < height - 4


DETAILS: dict[str, Any] = {
    "received_on": date(2026, 9, 14), "told_on": date(2026, 10, 10), "insurer": "示例保险公司（虚构）",
    "bank_name": "示例银行示例县支行", "account_masked": "***************6789", "account_holder": "李㛃",
}


def decision(language: str = "zh_CN", **other: Any) -> DecisionData:
    """An approval in full."""
    usual: dict[str, Any] = {
        **COMMON, **DETAILS, "language": language, "outcome": DecisionOutcome.APPROVED, "amount": 616800,
        "benefit": 616800, "trace": tuple(TraceStep(code=code, result=result) for code, result in STEPS[
            "en" if language == "en" else "zh_CN"]),
        "scheme_line": "示例县2026年度保障方案 v1", "decided_on": date(2026, 10, 8), "case_no": "示例-2026-000001",
        "remark": "", "reasons": (), "qr": proof("decision", NUMBER),
    }
    return DecisionData(**{**usual, **other})


def part_decision(language: str = "zh_CN", **other: Any) -> DecisionData:
    reasons = (ReasonTold(RejectCode.THIRD_PARTY, "交通事故对方已承担部分费用",
                          Clause("form.clause.excluded", {"texts": "应由第三方承担的医疗费用"})),)
    return decision(language, **{"outcome": DecisionOutcome.PART_APPROVED, "amount": 400000, "reasons": reasons,
                                 "account_masked": "", **other})


def refusal(language: str = "zh_CN", **other: Any) -> DecisionData:
    reasons = (
        ReasonTold(RejectCode.BELOW_DEDUCTIBLE, "", Clause("form.clause.deductible_year", {"amount_fen": 190000})),
        ReasonTold(RejectCode.OTHER, "示例原因：以保险公司的原话为准", None),
    )
    return decision(language, **{"outcome": DecisionOutcome.REFUSED, "amount": 0, "reasons": reasons, **other})


def crowded_decision(language: str = "zh_CN", **other: Any) -> DecisionData:
    """Everything longer than anybody has ever seen it."""
    reasons = tuple(ReasonTold(code, LONG_HOSPITAL, Clause("form.clause.excluded", {"texts": LONG_OFFICE * 2}))
                    for code in RejectCode)
    return decision(language, **{
        **CROWDED, "outcome": DecisionOutcome.PART_APPROVED, "amount": 99_999_999_98, "benefit": 99_999_999_99,
        "reasons": reasons, "trace": decision(language).trace * 12, "insurer": LONG_OFFICE * 2,
        "remark": LONG_OFFICE * 9, "case_no": "示例-2026-" + "0" * 30, "bank_name": LONG_OFFICE,
        "account_holder": LONG_NAME, **other})


def payment(language: str = "zh_CN", **other: Any) -> PaymentData:
    """Money that has arrived."""
    number = f"{NUMBER}-P1"
    usual: dict[str, Any] = {
        **COMMON, **DETAILS, "language": language, "number": number, "amount": 616800, "paid_on": date(2026, 10, 12),
        "told_on": date(2026, 10, 14), "reference": "PZ20261012000123", "failure": None, "failure_text": "",
        "failed_on": None, "qr": proof("payment", number),
    }
    return PaymentData(**{**usual, **other})


def payment_back(language: str = "zh_CN", **other: Any) -> PaymentData:
    """Money that the bank sent back."""
    return payment(language, **{"failure": PaymentFailure.HOLDER_MISMATCH, "number": f"{NUMBER}-F1",
                                "failed_on": date(2026, 10, 13), **other})


def crowded_payment(language: str = "zh_CN", **other: Any) -> PaymentData:
    """Everything longer than anybody has ever seen it."""
    return payment_back(language, **{
        **CROWDED, "amount": 99_999_999_99, "failure_text": LONG_HOSPITAL, "insurer": LONG_OFFICE * 2,
        "bank_name": LONG_OFFICE, "account_holder": LONG_NAME, "account_masked": "*" * 28 + "6789",
        "reference": "PZ" + "0" * 40, "failed_on": None, **other})


def proof(form: str, number: str) -> str:
    return paper_qr_text(PaperProof(form=form, number=number, county="520625", device_no="A01", content_hash="5e" * 16,
                                    signature=bytes(range(64))))
