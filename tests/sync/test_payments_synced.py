"""From the insurer's answer to the money in the account, over a payment that came back, seen by both offices."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from backbone_core.claim import ClaimAct, ClaimState
from backbone_core.decision import PaymentState
from backbone_desktop.services.account_correction import AccountTyped, correct_account
from backbone_desktop.services.claim_way import steps_of, take_step
from backbone_desktop.services.claims import open_claim
from backbone_desktop.services.decisions import payments_of
from backbone_desktop.services.today import today
from demo.server import ServerProcess
from tests.services.acts_kit import person
from tests.services.office_kit import HEAD_ID, SON_ID, WIFE_ID
from tests.services.way_kit import FIRST, SECOND
from tests.sync.conftest import Station, StationMaker
from tests.sync.test_decisions_synced import BENEFIT, Insurer, seen, take_in

NAMES = ("测试甲", "测试乙", "测试丙")
WHERE = ("--county", "520625")
NEW_ACCOUNT = "6217997012345678902"


def reported(here: Station, centre: ServerProcess) -> tuple[list[str], list[str]]:
    """(ids, receipt numbers) of three claims that two people of the county checked and that were reported."""
    saved = here.register("5206250001", person("测试甲", HEAD_ID, "户主"), person("测试乙", WIFE_ID, "配偶"),
                          person("测试丙", SON_ID, "之子"))
    with here.desk.read() as work:
        people = {one.name: one.id for one in work.households.members(saved.household_id)}
    taken = [take_in(here, people[name], f"FP{name}") for name in NAMES]
    for claim_id, _ in taken:
        take_step(here._desk(FIRST), claim_id, ClaimAct.CHECK_TOWNSHIP)
        take_step(here._desk(SECOND), claim_id, ClaimAct.CHECK_COUNTY)
    here.exchange(centre.url)
    centre.command("claims", "report", *WHERE, *(number for _, number in taken))
    return [claim_id for claim_id, _ in taken], [number for _, number in taken]


def answered(sent: Path, answers: dict[str, tuple[str, ...]]) -> Path:
    """The bank's copy of a payment file, with its own columns filled in by receipt number."""
    with sent.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows:
        if len(row) > 1 and row[1] in answers:
            row[8:] = answers[row[1]]
    copy = sent.with_name(f"answered-{sent.name}")
    with copy.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    return copy


def test_a_payment_that_came_back_is_corrected_at_an_office_and_arrives(
    enrolled: StationMaker, centre: ServerProcess, tmp_path: Path
) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    ids, (first, second, third) = reported(here, centre)
    day = here.clock.today().isoformat()

    def both_see(*states: ClaimState) -> None:
        for station in (here, there):
            station.exchange(centre.url)
            assert seen(station, ids) == list(states)

    both_see(*[ClaimState.REPORTED] * 3)
    Insurer(centre, tmp_path, day).sends(
        f"{first},测试甲,核赔通过,{BENEFIT},,{day},AJ1", f"{second},测试乙,部分赔付,3000,材料不全,{day},AJ2",
        f"{third},测试丙,拒赔,0,既往症,{day},AJ3")
    both_see(ClaimState.APPROVED, ClaimState.PART_APPROVED, ClaimState.REFUSED)
    assert today(there.desk).untold.decisions == 3

    sent = tmp_path / "1.csv"
    told = json.loads(centre.command("payments", "export", *WHERE, "--out", str(sent), "--json"))
    assert (told["number"], told["count"], told["amount"]) == (1, 2, "7,819.20")
    bank = answered(sent, {first: ("已支付", day, "PZ1", "", ""), second: ("支付失败", day, "PZ2", "账户已销户", day)})
    taken = json.loads(centre.command("decisions", "import", str(bank), *WHERE, "--export", "1", "--json"))
    assert [taken["export"][part]["amount"] for part in ("out", "paid", "failed", "open")] == [
        7_819_20, 4_819_20, 3_000_00, 0]
    both_see(ClaimState.PAID, ClaimState.PAYMENT_FAILED, ClaimState.REFUSED)

    nothing = json.loads(centre.command("payments", "export", *WHERE, "--out", str(tmp_path / "no.csv"), "--json"))
    assert (nothing["count"], [one["code"] for one in nothing["left_out"]]) == (0, ["payment_file.not_corrected"])
    correct_account(there.desk, ids[1], AccountTyped(bank_name="示例银行", bank_account=NEW_ACCOUNT,
                                                     account_holder="测试甲", note="农户出示新存折"))
    there.exchange(centre.url)
    both_see(ClaimState.PAID, ClaimState.PAYMENT_FAILED, ClaimState.REFUSED)
    assert open_claim(here.desk, ids[1]).claim.bank_account == NEW_ACCOUNT
    step = steps_of(here.desk, ids[1])[-1].step
    assert (step.act, step.note) == (ClaimAct.CORRECT_ACCOUNT, "农户出示新存折"), "the other office reads why"

    sent = tmp_path / "2.csv"
    told = json.loads(centre.command("payments", "export", *WHERE, "--out", str(sent), "--json"))
    assert [(row["receipt_no"], row["attempt"]) for row in told["rows"]] == [(second, 2)]
    assert NEW_ACCOUNT in sent.read_text("utf-8-sig")
    bank = answered(sent, {second: ("已支付", day, "PZ3", "", "")})
    centre.command("decisions", "import", str(bank), *WHERE, "--export", "2")
    both_see(ClaimState.PAID, ClaimState.PAID, ClaimState.REFUSED)
    for station in (here, there):
        assert [(one.state, one.bank_account) for one in payments_of(station.desk, ids[1])] == [
            (PaymentState.FAILED, "6228480030123456789"), (PaymentState.PAID, NEW_ACCOUNT)]
    listed = json.loads(centre.command("payments", "list", *WHERE, "--json"))
    assert [(one["paid"]["amount"], one["failed"]["amount"], one["open"]["count"]) for one in listed] == [
        (4_819_20, 3_000_00, 0), (3_000_00, 0, 0)]
