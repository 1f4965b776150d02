"""A claim's way over two offices and the centre: township takes in, the county checks, both see every state."""

from __future__ import annotations

from pathlib import Path

import pytest

from backbone_core.claim import ClaimAct, ClaimState
from backbone_core.errors import RuleBroken
from backbone_desktop.services.claim_way import (
    bring_papers,
    note_refusal,
    report_claims,
    steps_of,
    take_step,
    way_of,
)
from backbone_desktop.services.claims import open_claim
from backbone_desktop.services.exchange import exchange_state, open_reviews
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.rows import SyncStatus
from demo.server import ServerProcess
from tests.services.acts_kit import person
from tests.services.office_kit import HEAD_ID
from tests.services.way_kit import CLERK, FIRST, SECOND
from tests.sync.conftest import Station, StationMaker
from tests.sync.test_decisions_synced import BENEFIT, Insurer, take_in


class Offices:
    """A township's device and two of the county's, with one claim that the township took in."""

    def __init__(self, station: StationMaker, centre: ServerProcess) -> None:
        self.centre = centre
        self.township, self.county, self.second = (station(number) for number in ("A01", "A02", "A03"))
        for one, scope in ((self.township, "township:示例镇"), (self.county, "county"), (self.second, "county")):
            one.enrol(centre.url, centre.code("520625", one.number, scope=scope))
        saved = self.township.register("5206250001", person("测试甲", HEAD_ID, "户主"))
        with self.township.desk.read() as work:
            (member,) = work.households.members(saved.household_id)
        self.claim_id, self.receipt_no = take_in(self.township, member.id, "FP1")
        self.all_exchange()

    def all_exchange(self, *stations: Station) -> None:
        for one in stations or (self.township, self.county, self.second):
            one.exchange(self.centre.url)

    def state(self, station: Station) -> ClaimState:
        return open_claim(station.desk, self.claim_id).claim.state

    def states(self) -> list[ClaimState]:
        return [self.state(one) for one in (self.township, self.county, self.second)]

    def take(self, station: Station, who: Actor, act: ClaimAct, note: str = "", papers: tuple[str, ...] = ()) -> None:
        take_step(station._desk(who), self.claim_id, act, note, papers)

    def told(self, station: Station) -> list[tuple[ClaimAct, str, bool]]:
        return [(row.step.act, row.step.by_name, row.counts) for row in steps_of(station.desk, self.claim_id)]


@pytest.fixture
def offices(station: StationMaker, centre: ServerProcess) -> Offices:
    return Offices(station, centre)


def test_a_claim_goes_its_whole_way_and_both_offices_see_it(offices: Offices, tmp_path: Path) -> None:
    one = offices
    one.take(one.county, FIRST, ClaimAct.ASK_PAPERS, papers=("DISCHARGE_SUMMARY",))
    one.all_exchange(one.county, one.township)
    assert (one.state(one.township), way_of(one.township.desk, one.claim_id).asked) == (
        ClaimState.WAITING_PAPERS, ("DISCHARGE_SUMMARY",))

    assert bring_papers(one.township._desk(CLERK), one.claim_id, ["DISCHARGE_SUMMARY"]) is not None
    one.all_exchange(one.township, one.county)
    assert one.state(one.county) is ClaimState.RECEIVED

    one.take(one.county, FIRST, ClaimAct.CHECK_TOWNSHIP)
    one.all_exchange(one.county, one.second)
    with pytest.raises(RuleBroken, match=r"claim\.self_review"):  # the same person at another device
        one.take(one.second, FIRST, ClaimAct.CHECK_COUNTY)
    one.take(one.second, SECOND, ClaimAct.CHECK_COUNTY)
    one.all_exchange(one.second, one.county)
    batch = report_claims(one.county._desk(FIRST), [one.claim_id]).batch
    one.all_exchange(one.county, one.township, one.second)
    assert one.states() == [ClaimState.REPORTED] * 3

    insurer = Insurer(one.centre, tmp_path, one.county.clock.today().isoformat())
    insurer.sends(f"{one.receipt_no},测试甲,核赔通过,{BENEFIT},,{insurer.day},AJ1,已支付,{BENEFIT},{insurer.day},PZ1,")
    one.all_exchange(one.township, one.county)
    assert one.states()[:2] == [ClaimState.PAID] * 2
    one.take(one.county, FIRST, ClaimAct.CLOSE)
    one.all_exchange(one.county, one.township, one.second)
    assert one.states() == [ClaimState.CLOSED] * 3

    way = [(ClaimAct.ASK_PAPERS, "测试初审", True), (ClaimAct.COMPLETE, "测试经办", True),
           (ClaimAct.CHECK_TOWNSHIP, "测试初审", True), (ClaimAct.CHECK_COUNTY, "测试复核", True),
           (ClaimAct.REPORT, "测试初审", True), (ClaimAct.CLOSE, "测试初审", True)]
    for station in (one.township, one.county, one.second):
        assert one.told(station) == way
        assert steps_of(station.desk, one.claim_id)[4].step.batch == batch
        assert (station.waiting(), exchange_state(station.desk).refused, open_reviews(station.desk)) == (0, (), ())
        assert open_claim(station.desk, one.claim_id).status is SyncStatus.SENT


def test_of_two_devices_that_check_one_claim_offline_one_wins_and_the_other_sees_why(offices: Offices) -> None:
    one = offices
    one.take(one.county, FIRST, ClaimAct.CHECK_TOWNSHIP)
    one.take(one.second, SECOND, ClaimAct.CHECK_TOWNSHIP)
    one.take(one.second, FIRST, ClaimAct.CHECK_COUNTY)
    assert one.state(one.second) is ClaimState.COUNTY_CHECKED
    one.all_exchange(one.county, one.second)
    assert [one.state(station) for station in (one.county, one.second)] == [ClaimState.TOWNSHIP_CHECKED] * 2
    refused = way_of(one.second.desk, one.claim_id).refused
    assert [(row.step.act, row.step.by_name, row.code) for row in refused] == [
        (ClaimAct.CHECK_TOWNSHIP, "测试复核", "claim.step_late"),
        (ClaimAct.CHECK_COUNTY, "测试初审", "claim.self_review")], "the first check that stands is her own"
    assert [row.kind for row in exchange_state(one.second.desk).refused] == ["claim_step", "claim_step"]
    assert open_claim(one.second.desk, one.claim_id).status is SyncStatus.SENT, "the claim itself is in order"

    for row in refused:
        note_refusal(one.second._desk(SECOND), row.step.id)
    one.all_exchange(one.second)
    assert (exchange_state(one.second.desk).refused, way_of(one.second.desk, one.claim_id).refused) == ((), ())
    told = one.told(one.second)
    assert sorted(counts for *_, counts in told) == [False, False, True], "what was refused stays in the history"
    # who won was the other, so this one may check it the second time now
    one.take(one.second, SECOND, ClaimAct.CHECK_COUNTY)
    one.all_exchange(one.second, one.township, one.county)
    assert one.states() == [ClaimState.COUNTY_CHECKED] * 3


def test_a_withdrawal_that_came_too_late_puts_the_claim_back_and_keeps_its_reason(offices: Offices) -> None:
    one = offices
    one.take(one.township, CLERK, ClaimAct.WITHDRAW, "家属要求")
    one.take(one.county, FIRST, ClaimAct.CHECK_TOWNSHIP)
    one.all_exchange(one.county, one.township)
    assert one.state(one.township) is ClaimState.TOWNSHIP_CHECKED
    (refused,) = way_of(one.township.desk, one.claim_id).refused
    assert (refused.step.note, refused.code, refused.status) == ("家属要求", "claim.step_late", SyncStatus.REFUSED)
    one.take(one.township, CLERK, ClaimAct.WITHDRAW, "家属要求")
    one.all_exchange()
    assert one.states() == [ClaimState.WITHDRAWN] * 3


def test_papers_that_were_brought_are_kept_where_the_step_is_refused(offices: Offices) -> None:
    one = offices
    one.take(one.county, FIRST, ClaimAct.ASK_PAPERS, papers=("PROXY",))
    one.all_exchange(one.county, one.township, one.second)
    bring_papers(one.township._desk(CLERK), one.claim_id, ["PROXY"])
    one.take(one.second, SECOND, ClaimAct.VOID, "重复登记")
    one.all_exchange(one.second, one.township)
    assert one.state(one.township) is ClaimState.VOID
    (refused,) = way_of(one.township.desk, one.claim_id).refused
    assert refused.step.papers == ("PROXY",)
    (review,) = open_reviews(one.township.desk)
    assert (review.code, set(review.fields)) == ("review.conflict", {"documents"})
