"""Lists with nothing but made-up people on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from backbone_core.paper_proof import PaperProof, paper_qr_text
from backbone_core.receipt import receipt_number
from backbone_desktop.services.handover_ports import HandoverRow, Leg
from backbone_desktop.services.handovers import HandoverData

LIST_NUMBER = "520625-A03-20260914-01"
NAMES = ("李㛃", "张示例", "欧阳示例", "阿卜杜·示例", "𠮷样本", "测试甲")
LONG_NAME = "阿卜杜热西提·阿卜杜热合曼·" * 4 + "示例样本"
LONG_VILLAGE = "示例土家族苗族自治县示例民族乡示例社区居民委员会第二十三村民小组" * 2


def common(language: str, number: str) -> dict[str, Any]:
    return {
        "language": language, "office": "示例县医疗保障局", "county_name": "示例县", "number": number,
        "printed_at": datetime(2026, 9, 14, 1, 15, tzinfo=UTC), "printed_by": "演示员",
    }


def handover_row(place: int, **other: Any) -> HandoverRow:
    usual = HandoverRow(
        claim_id=f"c{place}", receipt_no=receipt_number("520625", 2026, "A03", place),
        patient=NAMES[place % len(NAMES)],
        household_no=f"52062500{place:05d}", village="示例镇测试村", admitted=date(2026, 8, 1 + place % 20),
        discharged=date(2026, 8, 9 + place % 20), total=1_234_567 + place * 10_011, benefit=98_765 + place * 1_003,
        papers=6, missing=0)
    return replace(usual, **other)


def handover_data(language: str = "zh_CN", count: int = 9, **other: Any) -> HandoverData:
    proof = PaperProof(form="handover", number=LIST_NUMBER, county="520625", device_no="A03", content_hash="5e" * 16,
                       signature=bytes(range(64)))
    usual = HandoverData(
        **common(language, LIST_NUMBER), qr=paper_qr_text(proof), leg=Leg.TO_COUNTY,
        made_at=datetime(2026, 9, 14, 1, 15, tzinfo=UTC), made_by="演示员", giver="示例县示例镇人民政府",
        receiver="示例县医疗保障局", rows=tuple(map(handover_row, range(1, count + 1))))
    return replace(usual, **other)


def crowded_handover(language: str = "zh_CN") -> HandoverData:
    rows = [handover_row(place) for place in range(1, 60)]
    for place in (3, 17, 40):
        rows[place] = replace(rows[place], patient=LONG_NAME, village=LONG_VILLAGE, household_no="5206250001234567890",
                              total=99_999_999_99, benefit=88_888_888_88, papers=23, missing=3,
                              earlier="520625-A03-20260801-02")
    rows[5] = replace(rows[5], patient="", household_no="", village="", admitted=None, discharged=None, benefit=None)
    return handover_data(
        language, 0, rows=tuple(rows), copy=12, receiver="", made_by=LONG_NAME[:24],
        giver="黔示例苗族侗族自治州某某土家族苗族自治县医疗保障局驻某某乡便民服务中心")
