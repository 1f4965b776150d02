"""Whatever several offices do at once over a bad link, in the end everybody holds the same, and nothing is lost.

Real encrypted stores, the real exchange and the real server, driven by seeded chance.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backbone_core.change import REMOVED, Change, Outcome, RecordKind, same, wanted_fields
from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.household_act import ActKind
from backbone_core.identity import check_digit
from backbone_desktop.services import exchange as services
from backbone_desktop.services.duplicates import find_duplicates, tell_apart
from backbone_desktop.services.household_act_typed import ActDraft
from backbone_desktop.services.household_act_undo import take_back
from backbone_desktop.services.household_acts import carry_out_act
from backbone_desktop.services.merging import Part, merge_people
from backbone_desktop.services.registry import edit_household, household_as_typed, open_household
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft
from backbone_desktop.store.mapping import state_of
from backbone_desktop.store.tables import SYNCED, outbox, shadow
from backbone_desktop.sync import batch_size, engine
from backbone_server.desk import Limits
from tests.sync.conftest import Station, StationMaker
from tests.sync.in_process import Centre, InProcess, Link, back_up, put_back, server_records

Key = tuple[RecordKind, str]
PLACES = ("", "示例镇", "")
"""Scopes of the devices: the county, a township, the county."""
STEPS = 110
BAD_LINKS = (
    {"push": ["unheard"]},
    {"push": ["unheard", "unheard"], "feed": ["lost"]},
    {"push": ["lost", "unheard", "lost"]},
    {"push": ["unheard", "server.busy"]},
    {"push": ["server.token"]},
    {"push": ["", "unheard"], "feed": ["", "unheard"]},
    {"feed": ["unheard"]},
    {"hello": ["lost"]},
)


@dataclass
class Offices:
    centre: Centre
    stations: list[Station]
    chance: random.Random
    born: int = 0

    def act(self, station: Station) -> None:
        homes = self.households(station)
        acts: list[Any] = [self.exchange, self.exchange_badly, self.stop_midway]
        acts += [self.register] if len(homes) < 2 else []
        acts += [*[self.edit] * 4, self.remove, self.add, self.hear_late, *[self.happen] * 3,
                 self.decide] if homes else []
        with suppress(RuleBroken):  # a number may be taken, one of a couple alone is no household: the form says so
            self.chance.choice(acts)(station)

    # --- what clerks do

    def register(self, station: Station) -> None:
        station.register(f"52062500{self.chance.randrange(8):02d}", self.person("户主"), self.person("配偶"))

    def edit(self, station: Station) -> None:
        def change(draft: HouseholdDraft) -> HouseholdDraft:
            phone = f"1380000000{self.chance.randrange(10)}"
            if not draft.members or self.chance.random() < 0.5:
                name = self.chance.choice(["phone", "phone", "village", "group"])
                return replace(draft, **{name: phone if name == "phone" else f"第{self.chance.randrange(9)}"})
            place = self.chance.randrange(len(draft.members))
            instead: dict[str, str] = self.chance.choice([
                {"phone": phone}, {"ethnic": self.chance.choice(["苗族", "汉族", "侗族"])},
                {"bank_name": f"示例银行{self.chance.randrange(5)}"},
                {"name": f"测试{self.chance.choice('甲乙丙丁')}"}])
            members = list(draft.members)
            members[place] = replace(members[place], **instead)  # type: ignore[arg-type]
            return replace(draft, members=tuple(members))

        self._save(station, change)

    def remove(self, station: Station) -> None:
        self._save(station, lambda draft: replace(draft, members=draft.members[:-1] or draft.members))

    def add(self, station: Station) -> None:
        self._save(station, lambda draft: replace(draft, members=(*draft.members, self.person("其他"))))

    def happen(self, station: Station) -> None:
        """Something happens to a household, or what has happened is taken back."""
        homes = self.households(station)
        household_id = self.chance.choice(homes)
        with station.desk.read() as work:
            family = work.households.members(household_id)
            told = [one.id for one in work.household_acts.of_household(household_id)]
            other = work.households.get(self.chance.choice(homes))
        if told and self.chance.random() < 0.2:
            take_back(station.desk, self.chance.choice(told))
            return
        if not family:  # two offices have taken off its people, one each
            return
        kind = self.chance.choice([ActKind.HEAD, ActKind.DEATH, ActKind.MARRY_OUT, ActKind.SPLIT, ActKind.MERGE,
                                   ActKind.LEAVE_LIST, ActKind.RETURN_TO_LIST])
        who, new_head = self.chance.choice(family), self.chance.choice(family)
        with station.desk.read() as work:
            coming = work.households.members(other.id) if other is not None else ()
        relations = tuple((one.id, "其他") for one in (*family, *coming) if one.id != new_head.id)
        carry_out_act(station.desk, household_id, kind, ActDraft(
            happened_on="2019-08-24", reason="测试", member_id=new_head.id if kind is ActKind.HEAD else who.id,
            member_ids=(who.id,), their_head_id=who.id, head_id=new_head.id, relations=relations,
            other_no=other.household_no if kind is ActKind.MERGE and other is not None else ""))

    def decide(self, station: Station) -> None:
        """Two records look like one person's: they are merged, one way round or the other, or told apart."""
        pairs = find_duplicates(station.desk)
        if not pairs:
            return
        pair = self.chance.choice(pairs)
        ids = self.chance.sample([pair.one_id, pair.other_id], 2)
        if self.chance.random() < 0.2:
            tell_apart(station.desk, *ids)
        else:
            merge_people(station.desk, *ids, self.chance.sample(list(Part), self.chance.randrange(len(Part))))

    def _save(self, station: Station, change: Any) -> None:
        homes = self.households(station)
        if not homes:
            return
        household_id = self.chance.choice(homes)
        draft = household_as_typed(open_household(station.desk, household_id))
        edit_household(station.desk, household_id, change(draft))

    def person(self, relation: str) -> MemberDraft:
        # few numbers, so that one person is registered twice now and then
        first = f"52062519{self.chance.randrange(60, 90)}0101{self.chance.randrange(2):02d}1"
        return MemberDraft(name="测试甲", id_no=first + check_digit(first), relation=relation)

    def households(self, station: Station) -> list[str]:
        with station.desk.read() as work:
            return sorted(row.id for row in work.households.page("", None, 50).rows)

    # --- what the link does

    def exchange(self, station: Station) -> None:
        engine.exchange(station.desk, InProcess(self.centre))

    def exchange_badly(self, station: Station) -> None:
        self._over(station, self.chance.choice(BAD_LINKS))

    def hear_late(self, station: Station) -> None:
        """The answer comes only after the feed has brought what somebody else made of it."""
        self._over(station, {"push": ["unheard", *["lost"] * 20]})
        other = self.chance.choice(self.stations)
        for act in (self.exchange, self.edit, self.exchange):
            act(other)
        self._over(station, {"push": ["server.busy"]})

    def _over(self, station: Station, troubles: dict[str, list[str]]) -> None:
        link = Link({path: list(some) for path, some in troubles.items()})
        with suppress(Unavailable):
            engine.exchange(station.desk, InProcess(self.centre, link))

    def stop_midway(self, station: Station) -> None:
        left = [self.chance.randrange(4)]

        def stopped() -> bool:
            left[0] -= 1
            return left[0] < 0

        engine.exchange(station.desk, InProcess(self.centre), None, stopped)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    made = Centre(tmp_path / "centre", Limits(feed_records=7))
    yield made
    made.close()


def enrolled(station: StationMaker, centre: Centre) -> list[Station]:
    stations = [station(f"A0{number}") for number in range(1, len(PLACES) + 1)]
    for one, township in zip(stations, PLACES, strict=True):
        engine.enrol(one.desk, InProcess(centre), centre.code(one.number, township))
    return stations


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_hold_the_same_and_nothing_is_lost(station: StationMaker, centre: Centre, monkeypatch: pytest.MonkeyPatch,
                                               seed: int) -> None:
    monkeypatch.setattr(batch_size, "FIRST", 4)
    offices = Offices(centre, enrolled(station, centre), random.Random(seed))
    for _ in range(STEPS):
        offices.act(offices.chance.choice(offices.stations))
    for one in (*offices.stations, *offices.stations):
        offices.exchange(one)
    held = server_records(centre)
    for one in offices.stations:
        assert one.waiting() == 0
        assert records_of(one) == {key: live(fields) for key, fields in held.items() if key[0] in SYNCED}
        with one.store.engine.connect() as connection:
            assert connection.execute(select(shadow)).all() == [], "something is held to be refused"
        assert {row.id for row in services.open_reviews(one.desk)} >= {
            record_id for (kind, record_id), fields in held.items() if kind is RecordKind.REVIEW and fields["open"]}
    reviews = [fields for (kind, _), fields in held.items() if kind is RecordKind.REVIEW]
    went_in, lost = set(), []
    every = [row for one in offices.stations for row in answered(one)]
    for change, outcome, conflicts in every:
        assert outcome is not Outcome.REJECTED
        went_in |= {(change.record_id, name, repr(value)) for name, value in wanted_fields(change).items()
                    if name not in conflicts}
    for change, _, conflicts in every:
        for name, value in wanted_fields(change).items():
            if name in conflicts:
                if not any(review["record_id"] == change.record_id and name in review["fields"]  # type: ignore[operator,index]
                           and same(review["fields"][name]["other"], value) for review in reviews):  # type: ignore[index]
                    lost.append((change.kind, change.act, name))
            elif not same(held[change.kind, change.record_id].get(name), value) and not any(
                    (record_id, field) == (change.record_id, name) and text != repr(value)
                    for record_id, field, text in went_in):
                lost.append((change.kind, change.act, name))
    assert lost == []
    assert len(every) > 40
    assert len([key for key in held if key[0] is RecordKind.HOUSEHOLD_ACT]) > 3, "too tame"
    assert {outcome for _, outcome, _ in every} == {Outcome.APPLIED, Outcome.MERGED, Outcome.CONFLICT}, "too tame"


@pytest.mark.parametrize("seed", [1, 2])
def test_all_hold_the_same_when_the_centre_was_put_back(station: StationMaker, centre: Centre,
                                                        monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """What the centre cannot take any more, because it builds upon what nobody has, stands as refused."""
    monkeypatch.setattr(batch_size, "FIRST", 4)
    offices = Offices(centre, enrolled(station, centre), random.Random(seed))
    kept = None
    for step in range(STEPS):
        if step == 30:
            kept = back_up(centre)
        if step == 70:
            assert kept is not None
            put_back(centre, kept, announced=True)
        offices.act(offices.chance.choice(offices.stations))
    for one in offices.stations * 3:
        offices.exchange(one)
    held = {key: live(fields) for key, fields in server_records(centre).items() if key[0] in SYNCED}
    for one in offices.stations:
        assert one.waiting() == 0
        known = records_of(one)
        with one.store.engine.connect() as connection:
            for row in connection.execute(select(shadow)):
                known[row.kind, row.record_id] = live(row.fields) if row.fields else None
        assert {key for key in known.keys() ^ held.keys() if known.get(key)} == set()
        assert {key: fields for key, fields in known.items() if fields} == {
            key: fields for key, fields in held.items() if fields}


def records_of(station: Station) -> dict[Key, dict[str, Any] | None]:
    with station.store.engine.connect() as connection:
        return {(kind, row["id"]): live(state_of(kind, row))
                for kind, table in SYNCED.items() for row in connection.execute(select(table)).mappings()}


def live(fields: dict[str, Any]) -> dict[str, Any] | None:
    """The fields of a record that stands; None for a tombstone, of which only that counts."""
    return None if fields.get(REMOVED) else {name: value for name, value in fields.items() if name != REMOVED}


def answered(station: Station) -> list[tuple[Change, Outcome, list[str]]]:
    from backbone_desktop.store.outbox import change_of

    with station.store.engine.connect() as connection:
        return [(change_of(row), row["outcome"], row["detail"]["conflicts"])
                for row in connection.execute(select(outbox)).mappings()]
