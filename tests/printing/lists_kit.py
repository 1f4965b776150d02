"""Lists with nothing but made-up people on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from backbone_core.name_mask import mask_name
from backbone_core.paper_proof import PaperProof, paper_qr_text
from backbone_core.receipt import receipt_number
from backbone_desktop.services.handover_ports import HandoverRow, Leg
from backbone_desktop.services.handovers import HandoverData
from backbone_desktop.services.publicity import PublicityData, PublicityRow
from backbone_desktop.services.renewal_roster import RenewalData, RenewalRow
from backbone_desktop.services.villages import VillageList

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


def publicity_data(language: str = "zh_CN", count: int = 21, kind: VillageList = VillageList.COVERED,
                   **other: Any) -> PublicityData:
    number = {VillageList.COVERED: "GS-CB-520625-2026-101201-20260914",
              VillageList.PAID: "GS-PF-520625-2026-101201-20260914"}[kind]
    usual = PublicityData(
        **common(language, number), kind=kind, policy_year=2026, township="示例镇", village="测试村",
        first=date(2026, 9, 14), last=date(2026, 9, 22), days=7, paid=None, phone="0856-0000000",
        supervisor="示例县纪委监委", supervisor_phone="0856-1111111",
        rows=tuple(_publicity_row(place, kind) for place in range(1, count + 1)))
    return replace(usual, **other)


def _publicity_row(place: int, kind: VillageList) -> PublicityRow:
    return PublicityRow(mask_name(NAMES[place % len(NAMES)]), f"{'一二三四五'[place // 10 % 5]}组", f"{place:04d}",
                        98_765 + place * 12_003 if kind is VillageList.PAID else None)


def payments_data(language: str = "zh_CN", count: int = 9, **other: Any) -> PublicityData:
    return publicity_data(language, count, VillageList.PAID, **other)


def crowded_publicity(language: str = "zh_CN") -> PublicityData:
    return _crowded(publicity_data(language, 193))


def crowded_payments(language: str = "zh_CN") -> PublicityData:
    return _crowded(payments_data(language, 70, paid=(date(2026, 1, 1), date(2026, 6, 30))))


def _crowded(data: PublicityData) -> PublicityData:
    rows = list(data.rows)
    for place in (4, 30, 60):
        rows[place] = replace(rows[place], name=mask_name(LONG_NAME), group=LONG_VILLAGE[:40],
                              amount=None if rows[place].amount is None else 99_999_999_99)
    rows[6] = replace(rows[6], name="", group="", household_tail="")
    return replace(data, rows=tuple(rows), copy=3, township="示例土家族苗族自治县示例民族乡", village=LONG_VILLAGE,
                   phone="", supervisor="", supervisor_phone="",
                   office="黔示例苗族侗族自治州某某土家族苗族自治县医疗保障局驻某某乡便民服务中心")


def renewal_row(place: int, **other: Any) -> RenewalRow:
    usual = RenewalRow(
        household_no=f"52062500{place // 3:05d}", name=NAMES[place % len(NAMES)],
        relation=("户主", "配偶", "之子")[place % 3], id_no_masked="520625********0015", age=17 + place % 46,
        covered=place % 5 != 0, why_not="" if place % 5 else "too_old", phone_masked="138****0000", present=True)
    return replace(usual, **other)


def renewal_data(language: str = "zh_CN", count: int = 7, **other: Any) -> RenewalData:
    usual = RenewalData(
        **common(language, "XB-520625-2026-101201-20260914"), policy_year=2026, township="示例镇", village="测试村",
        households=count // 3 + 1, age_min=18, age_max=60, starts=date(2027, 1, 1), decided=False,
        rows=tuple(map(renewal_row, range(count))))
    return replace(usual, **other)


def crowded_renewal(language: str = "zh_CN") -> RenewalData:
    rows = [renewal_row(place) for place in range(60)]
    whys = ("died", "left", "too_young", "not_born", "household_type", "not_on_roster", "too_old")
    for place, why in enumerate(whys):
        rows[place] = replace(rows[place], why_not=why, present=why not in {"died", "left"})
    for place in (9, 33):
        rows[place] = replace(rows[place], name=LONG_NAME, relation="之外祖父", household_no="5206250001234567890",
                              phone_masked="", age=101)
    return renewal_data(language, 0, rows=tuple(rows), copy=2, township="示例土家族苗族自治县示例民族乡",
                        village=LONG_VILLAGE, decided=True, households=20)
