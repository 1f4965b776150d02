"""A receipt with nothing but made-up people on it, and the ways to look into a finished PDF."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pypdfium2
import zxingcpp
from pypdfium2 import raw

from backbone_core.benefit import TraceStep
from backbone_core.claim import Costs
from backbone_core.receipt import qr_text, receipt_number
from backbone_desktop.printing.papers import Papers
from backbone_desktop.services.receipts import ReceiptData

NUMBER = receipt_number("520625", 2026, "A01", 123)
MILLIMETRE = 72 / 25.4

# Sentences stand here in place of codes, so that these tests hold whatever the catalogue says about benefits.
STEPS = {
    "zh_CN": (
        ("总费用45,680.00元，基金支付33,500.00元，还剩{result}元。", 1218000),
        ("减去起付线1,900.00元，剩{result}元。", 1028000),
        ("按60%赔付，是{result}元。", 616800),
    ),
    "en": (
        ("Of 45,680.00 the funds paid 33,500.00; {result} is left.", 1218000),
        ("Less the deductible of 1,900.00: {result}.", 1028000), ("60% of it is paid: {result}.", 616800),
    ),
}
DOCUMENTS = {
    "zh_CN": {"INVOICE": "住院发票", "COST_LIST": "费用清单", "SETTLEMENT": "医保结算单", "ID": "身份证",
              "PROXY": "委托书"},
    "en": {"INVOICE": "Invoice", "COST_LIST": "List of costs", "SETTLEMENT": "Settlement sheet", "ID": "ID card",
           "PROXY": "Proxy"},
}
PERSONAL = ("李㛃", "张示例", "0015", "6789", "脑梗死", "示例村", "5206250000123")


def receipt_data(language: str = "zh_CN", **other: Any) -> ReceiptData:
    usual = ReceiptData(
        language=language, office="示例县医疗保障局", county_name="示例县", receipt_no=NUMBER,
        received_at=datetime(2026, 9, 14, 1, 15, tzinfo=UTC), received_by="演示员", household_no="5206250000123",
        head_name="张示例", village_line="示例镇示例村一组", member_name="李㛃", id_no_masked="520625********0015",
        relation="配偶", hospital="示例县人民医院", diagnosis="脑梗死（示例）", admitted=date(2026, 9, 1),
        discharged=date(2026, 9, 13), days=12, benefit=616800, provisional=True, decided_amount=None,
        costs=Costs(medfee_sumamt=4568000, fulamt_ownpay_amt=300000, overlmt_selfpay=68000, preselfpay_amt=200000,
                    inscp_scp_amt=4000000, act_pay_dedc=40000, hifp_pay=2800000, hifmi_pay=350000, maf_pay=200000,
                    fund_pay_sumamt=3350000, psn_part_amt=1218000, psn_cash_pay=1218000),
        trace=tuple(TraceStep(code=code, result=result) for code, result in STEPS[language]),
        documents_in=("INVOICE", "COST_LIST", "SETTLEMENT", "ID"), documents_missing=("PROXY",),
        document_texts=DOCUMENTS[language], account_masked="***************6789", copy=0,
        qr=qr_text(NUMBER, "5e" * 32, bytes(range(64))), policy_year=2026, scheme_line="示例县2026年度保障方案 v1",
    )
    return replace(usual, **other)


def crowded(language: str = "zh_CN") -> ReceiptData:
    """Everything longer than anybody has ever seen it."""
    return receipt_data(
        language, copy=12, office="黔示例苗族侗族自治州某某土家族苗族自治县医疗保障局驻某某乡便民服务中心",
        head_name="阿依古丽·示例" * 8, member_name="阿卜杜热西提·阿卜杜热合曼·" * 7 + "示例",
        village_line="示例民族乡示例社区" * 9, hospital="某某医科大学第一附属医院（示例院区）" * 6,
        diagnosis="2型糖尿病伴多个并发症（示例）、高血压病3级；" * 18,
        costs=Costs(medfee_sumamt=99_999_999_99, psn_part_amt=98_765_432_19, hifp_pay=12_345_678_90),
        benefit=99_999_999_99, trace=receipt_data(language).trace * 9, account_masked="*" * 26 + "6789",
        received_by="欧阳测试·买买提·吐尔逊·阿卜杜热合曼",
        documents_in=tuple(f"D{n}" for n in range(23)), documents_missing=("M1", "M2"),
        document_texts={**{f"D{n}": "户口簿首页及本人页复印件" if n % 2 else "身份证" for n in range(23)},
                        "M1": "由公安交通管理部门出具的第三者责任事故认定书原件及复印件各一份" * 2, "M2": "委托书"},
    )


def text_of(pdf: bytes, *, last: bool = False) -> str:
    """What PDFium reads, page after page or on the last one alone."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join([page.get_textpage().get_text_bounded() for page in document][-1 if last else 0 :])
    finally:
        document.close()


def read_page(papers: Papers, pdf: bytes, page: int, dots_an_inch: int, *, width: float = 210) -> list[Any]:
    """What a scanner reads from a page that is `width` millimetres wide."""
    wide, high, pixels = papers.image(pdf, page, round(width / 25.4 * dots_an_inch))
    grey = bytes(pixels[1::4])
    return zxingcpp.read_barcodes(memoryview(grey).cast("B", (high, wide)))


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_by_poppler(pdf: bytes) -> str | None:
    """What poppler reads; None on a machine that has no poppler."""
    if shutil.which("pdftotext") is None:
        return None
    ran = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return ran.stdout.decode()


@dataclass(frozen=True)
class Mark:
    """Something drawn, in millimetres from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def meets(self, other: Mark, *, by: float) -> bool:
        """Whether the two share more than `by` millimetres in both directions."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > by and down > by


def marks(pdf: bytes, kind: int) -> Iterator[list[Mark]]:
    """The text (raw.FPDF_PAGEOBJ_TEXT) or the shapes (raw.FPDF_PAGEOBJ_PATH) of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            high = page.get_height() / MILLIMETRE
            found = []
            for one in page.get_objects(filter=[kind]):
                left, bottom, right, top = (edge / MILLIMETRE for edge in one.get_bounds())
                found.append(Mark(left, high - top, right, high - bottom))
            yield found
    finally:
        document.close()


def texts(pdf: bytes) -> list[list[Mark]]:
    return list(marks(pdf, raw.FPDF_PAGEOBJ_TEXT))


def shapes(pdf: bytes) -> list[list[Mark]]:
    return list(marks(pdf, raw.FPDF_PAGEOBJ_PATH))
