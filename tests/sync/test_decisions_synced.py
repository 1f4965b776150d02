"""From the counter to the money: claims of two offices, the insurer's files at the centre, and both offices see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from backbone_core.claim import ClaimAct, ClaimState
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState, RejectCode
from backbone_desktop.services.claim_way import take_step
from backbone_desktop.services.claims import ClaimView, coverage_of, open_claim, register_claim
from backbone_desktop.services.decisions import decision_of, payments_of
from backbone_desktop.services.receipts import receipt_of
from backbone_desktop.services.typed import ClaimDraft
from demo.server import ServerProcess
from tests.services.acts_kit import person
from tests.services.office_kit import HEAD_ID, PAPERS, SON_ID, WIFE_ID
from tests.services.way_kit import FIRST, SECOND
from tests.sync.conftest import Station, StationMaker

TITLES = "受理回执编号,姓名,核赔结论,赔付金额,拒赔原因,核赔日期,案件号,支付状态,支付金额,支付日期,支付流水号,失败原因"
BENEFIT = "4819.20"


def take_in(station: Station, member_id: str, invoice_no: str) -> tuple[str, str]:
    """(id, receipt number) of a claim that comes to 4,819.20 yuan."""
    taken = register_claim(station.desk, ClaimDraft(
        member_id=member_id, hospital="示例县人民医院", hospital_level="2A", diagnosis="测试诊断",
        admitted="2019-03-01", discharged="2019-03-15", settled="2019-03-15", invoice_no=invoice_no, documents=PAPERS,
        bank_name="示例银行", bank_account="6228480030123456789", account_holder="测试甲",
        costs=(("medfee_sumamt", "9932"),)))
    return taken.claim_id, taken.receipt_no


class Insurer:
    """Writes result files and hands them to the centre's administrator."""

    def __init__(self, centre: ServerProcess, folder: Path, day: str) -> None:
        self._centre, self._folder, self.day = centre, folder, day

    def sends(self, *rows: str, **options: str) -> str:
        file = self._folder / "result.csv"
        file.write_text("\n".join((TITLES, *rows)) + "\n", "gb18030")
        words = [word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", value)]
        return self._centre.command("decisions", "import", str(file), "--county", "520625", *words)


@pytest.fixture
def here(enrolled: StationMaker) -> Station:
    return enrolled("A01")


@pytest.fixture
def there(enrolled: StationMaker) -> Station:
    return enrolled("A02")


def seen(station: Station, claim_ids: list[str]) -> list[ClaimState]:
    return [open_claim(station.desk, one).claim.state for one in claim_ids]


def answered(view: ClaimView) -> tuple[DecisionOutcome | None, int | None]:
    return (view.decision.outcome, view.decision.amount) if view.decision else (None, None)


def test_decisions_and_payments_come_to_both_offices(here: Station, there: Station, centre: ServerProcess,
                                                     tmp_path: Path) -> None:
    saved = here.register("5206250001", person("测试甲", HEAD_ID, "户主"), person("测试乙", WIFE_ID, "配偶"),
                          person("测试丙", SON_ID, "之子"))
    with here.desk.read() as work:
        people = {one.name: one.id for one in work.households.members(saved.household_id)}
    taken = [take_in(here, people[name], f"FP{name}") for name in ("测试甲", "测试乙", "测试丙")]
    ids, (first, second, third) = [claim_id for claim_id, _ in taken], (number for _, number in taken)
    here.exchange(centre.url)
    there.exchange(centre.url)

    insurer = Insurer(centre, tmp_path, here.clock.today().isoformat())
    approved = f"{first},测试甲,核赔通过,{BENEFIT},,{insurer.day},AJ1"
    part = f"{second},测试乙,部分赔付,3000,材料不全,{insurer.day},AJ2"
    refused = f"{third},测试丙,拒赔,0,既往症,{insurer.day},AJ3"
    with pytest.raises(RuntimeError, match=r"not been reported|还没有上报"):
        insurer.sends(approved)
    for claim_id in ids:
        take_step(here._desk(FIRST), claim_id, ClaimAct.CHECK_TOWNSHIP)
        take_step(here._desk(SECOND), claim_id, ClaimAct.CHECK_COUNTY)
    here.exchange(centre.url)
    centre.command("claims", "report", "--county", "520625", first, second, third)
    with pytest.raises(RuntimeError):
        insurer.sends(approved, part, f"{third},测试丙,拒赔,100,,{insurer.day},AJ3")
    here.exchange(centre.url)
    assert seen(here, ids) == [ClaimState.REPORTED] * 3, "a broken row stops the file"

    insurer.sends(approved, part, refused, "合计,,共3笔,7819.20", total="7819.20", count="3", insurer="示例人寿")
    for station in (here, there):
        station.exchange(centre.url)
        assert seen(station, ids) == [ClaimState.APPROVED, ClaimState.PART_APPROVED, ClaimState.REFUSED]
        assert [answered(open_claim(station.desk, one)) for one in ids] == [
            (DecisionOutcome.APPROVED, 4_819_20), (DecisionOutcome.PART_APPROVED, 3_000_00),
            (DecisionOutcome.REFUSED, 0)]
        decision = decision_of(station.desk, ids[2])
        assert decision is not None
        assert ([one.code for one in decision.reasons], decision.case_no, decision.insurer) == (
            [RejectCode.PRE_EXISTING], "AJ3", "示例人寿")
        assert [receipt_of(station.desk, one).decided_amount for one in ids] == [4_819_20, 3_000_00, 0]
        assert [coverage_of(station.desk, people[name], 2019).paid for name in ("测试甲", "测试乙", "测试丙")] == [
            4_819_20, 3_000_00, 0]

    unpaid = f"{first},,,,,,,支付失败,{BENEFIT},{insurer.day},PZ1,账户已销户"
    insurer.sends(unpaid, f"{second},,,,,,,已支付,3000,{insurer.day},PZ2,")
    for station in (here, there):
        station.exchange(centre.url)
        assert seen(station, ids) == [ClaimState.PAYMENT_FAILED, ClaimState.PAID, ClaimState.REFUSED]
        assert [one.failure for one in payments_of(station.desk, ids[0])] == [PaymentFailure.ACCOUNT_CLOSED]

    insurer.sends(f"{first},,,,,,,已支付,{BENEFIT},{insurer.day},PZ3,")
    insurer.sends(unpaid)  # an old file by mistake
    for station in (here, there):
        station.exchange(centre.url)
        assert seen(station, ids) == [ClaimState.PAID, ClaimState.PAID, ClaimState.REFUSED]
        assert [(one.state, one.reference) for one in payments_of(station.desk, ids[0])] == [
            (PaymentState.FAILED, "PZ1"), (PaymentState.PAID, "PZ3")]
        assert station.waiting() == 0
