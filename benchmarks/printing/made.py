"""Made receipts as a county's differ: long and short names, hospitals and illnesses, complete papers and not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from backbone_core.benefit import Stay, work_out
from backbone_core.claim import Costs
from backbone_core.identity import mask_id_no
from backbone_core.receipt import qr_text, receipt_number
from backbone_core.scheme import read_scheme
from backbone_desktop.services.receipts import ReceiptData
from benchmarks.registry.people import COUNTY, people

RESOURCES = Path(__file__).parents[2] / "resources"
SCHEME = RESOURCES / "schemes" / f"example-1900-60-{COUNTY}-2026.json"
RARE = ("李㛃", "王䶮", "张𬭎", "石𠮷", "阿依古丽·示例", "买买提·吐尔逊·阿卜杜热合曼")
HOSPITALS = ("示例县人民医院", "示例县中医医院", "示例镇中心卫生院", "示例市第一人民医院", "示例县妇幼保健院",
             "某某医科大学第一附属医院（示例院区）", "示例省肿瘤医院", "示例县民族中医院")
ILLNESSES = ("脑梗死", "高血压病3级（极高危）", "2型糖尿病伴周围神经病变", "慢性阻塞性肺疾病急性加重", "右侧股骨颈骨折",
             "胆囊结石伴急性胆囊炎", "肺部感染", "慢性肾脏病5期，维持性血液透析", "腰椎间盘突出症",
             "冠状动脉粥样硬化性心脏病")
ALWAYS = ("INVOICE", "COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "ID_CARD", "BANK_CARD")
MORE = ("HOUSEHOLD_BOOKLET", "PROXY", "AGENT_ID_CARD")


def receipts(count: int) -> Iterator[ReceiptData]:
    """The same in every run."""
    chance = random.Random(2026)
    scheme = read_scheme(SCHEME.read_text("utf-8"))
    opened = datetime(2026, 9, 14, 0, 30, tzinfo=UTC)
    head = ""
    for number, person in enumerate(people(count), 1):
        head = person.name if person.first else head
        name = chance.choice(RARE) if number % 25 == 0 else person.name
        total = chance.randrange(300_000, 9_000_000)
        fund, serious, aid = total * 6 // 10, total // 20 if total > 2_000_000 else 0, total // 25 * (number % 3 == 0)
        own = total - fund - serious - aid
        costs = Costs(medfee_sumamt=total, fulamt_ownpay_amt=total // 50, overlmt_selfpay=total // 90,
                      preselfpay_amt=total // 30, inscp_scp_amt=total * 9 // 10, act_pay_dedc=40_000, hifp_pay=fund,
                      hifmi_pay=serious, maf_pay=aid, fund_pay_sumamt=fund + serious + aid, psn_part_amt=own,
                      psn_cash_pay=own)
        lacking = chance.sample(ALWAYS, chance.randrange(1, 3)) if chance.random() < 0.2 else []
        papers = (*ALWAYS, *chance.sample(MORE, chance.choice((0, 0, 0, 1, 2))))
        days = chance.randrange(3, 40)
        benefit = work_out(scheme, Stay(costs=costs))
        yield ReceiptData(
            language="zh_CN", office="示例县医疗保障局", county_name="示例县", benefit=benefit.amount,
            trace=benefit.trace, receipt_no=receipt_number(COUNTY, 2026, "A01", number), received_by="演示员",
            received_at=opened + timedelta(minutes=7 * number), household_no=person.household_no, head_name=head,
            village_line="".join(person.place), member_name=name, id_no_masked=mask_id_no(person.id_no),
            relation=person.relation, hospital=chance.choice(HOSPITALS), costs=costs, days=days,
            diagnosis="；".join(chance.sample(ILLNESSES, chance.choice((1, 1, 1, 2, 3)))),
            admitted=date(2026, 8, 1) - timedelta(days=days), discharged=date(2026, 8, 1), provisional=True,
            decided_amount=None, documents_in=tuple(paper for paper in papers if paper not in lacking),
            documents_missing=tuple(lacking), document_texts={}, copy=0, policy_year=2026,
            account_masked=f"{'*' * 15}{chance.randrange(10_000):04d}", scheme_line=f"{scheme.title} v{scheme.version}",
            qr=qr_text(receipt_number(COUNTY, 2026, "A01", number), chance.randbytes(32).hex(), chance.randbytes(64)))
