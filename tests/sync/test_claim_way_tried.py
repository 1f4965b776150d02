"""Over real stores and the real server: whatever three offices try apart from each other, one way comes out of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone_core.change import RecordKind
from backbone_core.claim import Claim, ClaimAct, ClaimState
from backbone_core.claim_step import ClaimStep
from backbone_core.errors import RuleBroken
from backbone_core.records import from_fields
from backbone_desktop.services.claim_way import steps_of, take_step
from backbone_desktop.services.claims import open_claim, register_claim
from backbone_desktop.services.exchange import open_reviews
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.typed import ClaimDraft
from backbone_desktop.sync import engine
from tests.core.way_table import TABLE, checked_by_two
from tests.services.acts_kit import person
from tests.services.office_kit import HEAD_ID, PAPERS
from tests.sync.conftest import Station, StationMaker
from tests.sync.in_process import Centre, InProcess, server_records

PEOPLE = [Actor("clerk", "测试经办", "township"), Actor("admin", "测试管理员", "administrator"),
          Actor("shenji", "测试审计", "auditor"),
          *(Actor(name, name, "county") for name in ("clerk", "jia", "JIA", "yi", "bing"))]
ACTS = [ClaimAct.CHECK_TOWNSHIP, ClaimAct.CHECK_COUNTY, ClaimAct.ASK_PAPERS, ClaimAct.COMPLETE, ClaimAct.RETURN,
        ClaimAct.REPORT, ClaimAct.WITHDRAW, ClaimAct.VOID, ClaimAct.CLOSE, ClaimAct.APPROVE, ClaimAct.PAY]
LIKELY = ACTS[:5] * 4 + ACTS
TRIED = st.tuples(st.sampled_from(LIKELY), st.sampled_from(PEOPLE))
MOVES = st.lists(st.tuples(st.integers(0, 2), st.one_of(TRIED, st.none(), TRIED)), min_size=16, max_size=40)
"""A device, and there a step that somebody tries, or (None) an exchange with the centre."""


class Offices:
    def __init__(self, centre: Centre, stations: list[Station]) -> None:
        self.centre, self.stations, self.claims = centre, stations, 0
        for one, township in zip(stations, ("示例镇", "", ""), strict=True):
            engine.enrol(one.desk, InProcess(centre), centre.code(one.number, township))
        saved = stations[0].register("5206250001", person("测试甲", HEAD_ID, "户主"))
        with stations[0].desk.read() as work:
            self.member_id = work.households.members(saved.household_id)[0].id

    def exchange(self, *which: int) -> None:
        for place in which or (0, 1, 2):
            engine.exchange(self.stations[place].desk, InProcess(self.centre))

    def new_claim(self) -> str:
        first = date(2019, 3, 1) + timedelta(days=2 * self.claims)
        self.claims += 1
        days = {"admitted": first.isoformat(), "discharged": (first + timedelta(days=1)).isoformat()}
        taken = register_claim(self.stations[0].desk, ClaimDraft(
            member_id=self.member_id, hospital="示例县人民医院", hospital_level="2A", diagnosis="测试诊断",
            settled=days["discharged"], invoice_no=f"FP{self.claims}", documents=PAPERS, bank_name="示例银行",
            bank_account="6228480030123456789", account_holder="测试甲", costs=(("medfee_sumamt", "2000"),), **days))
        self.exchange()
        return taken.claim_id

    def held(self, claim_id: str) -> tuple[Claim, list[ClaimStep]]:
        """The claim and its steps as the centre holds them."""
        steps, claim = [], None
        for (kind, record_id), fields in server_records(self.centre).items():
            if kind is RecordKind.CLAIM_STEP and fields["claim_id"] == claim_id:
                step = from_fields(kind, record_id, fields)
                assert isinstance(step, ClaimStep)
                steps.append(step)
            elif record_id == claim_id:
                found = from_fields(kind, record_id, fields)
                claim = found if isinstance(found, Claim) else None
        assert claim is not None
        return claim, sorted(steps, key=lambda step: step.number)




@pytest.fixture
def offices(station: StationMaker, tmp_path: Path) -> Iterator[Offices]:
    centre = Centre(tmp_path / "centre")
    yield Offices(centre, [station(number) for number in ("A01", "A02", "A03")])
    centre.close()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_one_way_comes_out_of_what_three_offices_try(
        offices: Offices, moves: list[tuple[int, tuple[ClaimAct, Actor] | None]]) -> None:
    claim_id = offices.new_claim()
    told = 0
    for place, what in moves:
        if what is None:
            offices.exchange(place)
            continue
        act, who = what
        with suppress(RuleBroken):
            take_step(offices.stations[place]._desk(who), claim_id, act, "测试", ["INVOICE"])
            told += 1
    offices.exchange()
    offices.exchange()

    claim, steps = offices.held(claim_id)
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    state = ClaimState.RECEIVED
    for step in steps:
        assert step.before is state
        assert any(step.after is target and step.role in roles for target, roles in TABLE[state, step.act])
        state = step.after
    assert claim.state is state
    checked_by_two(claim, steps)

    kept = 0
    for station in offices.stations:
        assert open_claim(station.desk, claim_id).claim.state is state
        rows = steps_of(station.desk, claim_id)
        assert [row.step for row in rows if row.counts] == steps
        assert all(row.code for row in rows if not row.counts)
        kept += sum(not row.counts for row in rows)
        assert station.waiting() == 0
        assert all(set(review.fields) == {"documents"} for review in open_reviews(station.desk))
    assert kept + len(steps) == told, "a step either counts or stands there refused"
