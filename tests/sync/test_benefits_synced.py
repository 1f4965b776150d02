"""Two offices without a link promise one person the same deductible; the centre finds it, and a person answers."""

from __future__ import annotations

import json

from backbone_core.claim import ClaimAct
from backbone_desktop.services.benefit_review import adopt_benefit
from backbone_desktop.services.claim_way import take_step
from backbone_desktop.services.claims import open_claim, register_claim
from backbone_desktop.services.exchange import open_reviews
from backbone_desktop.services.typed import ClaimDraft
from demo.server import ServerProcess
from tests.services.acts_kit import person
from tests.services.office_kit import HEAD_ID, PAPERS, SCHEMES
from tests.services.way_kit import FIRST
from tests.sync.conftest import Station, StationMaker


def take_in(station: Station, member_id: str, month: int) -> str:
    return register_claim(station.desk, ClaimDraft(
        member_id=member_id, hospital="示例县人民医院", hospital_level="2A", diagnosis="测试诊断",
        admitted=f"2019-0{month}-01", discharged=f"2019-0{month}-15", invoice_no=f"FP{month}", documents=PAPERS,
        bank_name="示例银行", bank_account="6228480030123456789", account_holder="测试甲",
        costs=(("medfee_sumamt", "9932"),))).claim_id


def asked(station: Station) -> list[str]:
    return [one.record_id for one in open_reviews(station.desk) if one.code == "review.benefit_differs"]


def benefit(station: Station, claim_id: str) -> int | None:
    return open_claim(station.desk, claim_id).claim.benefit


def test_one_deductible_promised_twice_is_found_and_mended(enrolled: StationMaker, centre: ServerProcess) -> None:
    centre.command("scheme", "import", str(SCHEMES / "example-1900-60-520625-2019.json"))
    here, there = enrolled("A01"), enrolled("A02")
    saved = here.register("5206250001", person("测试甲", HEAD_ID, "户主"))
    with here.desk.read() as work:
        (member,) = work.households.members(saved.household_id)
    here.exchange(centre.url)
    there.exchange(centre.url)
    first, second = take_in(here, member.id, 3), take_in(there, member.id, 4)
    assert (benefit(here, first), benefit(there, second)) == (4_819_20, 4_819_20)
    for station in (there, here, there):
        station.exchange(centre.url)
    assert asked(here) == asked(there) == [second], "the one that was taken in later"

    finds = open_claim(there.desk, second).finds
    assert finds is not None
    assert (finds.ours, finds.theirs, finds.same_scheme) == (4_819_20, 5_959_20, True)
    adopt_benefit(there.desk, second)
    for station in (there, here):
        station.exchange(centre.url)
        assert (benefit(station, second), asked(station)) == (5_959_20, [])

    take_step(here._desk(FIRST), first, ClaimAct.WITHDRAW, "示例原因")
    assert benefit(here, second) == 4_819_20, "the deductible is the other stay's again"
    for station in (here, there):
        station.exchange(centre.url)
        assert (benefit(station, second), asked(station)) == (4_819_20, [])
    summary = json.loads(centre.command("summary", "--json"))["counties"]["520625"]
    assert (summary["benefits"], summary["open_reviews"]) == ({"worked_out_anew": 1, "scheme_unknown": 0}, {})
