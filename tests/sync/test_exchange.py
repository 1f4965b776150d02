"""The exchange with a real server: what one office registers, the other sees, once, whatever happens on the way."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.services import exchange as services
from backbone_desktop.services.registry import edit_household, household_as_typed, open_household
from backbone_desktop.services.rows import SyncStatus
from backbone_desktop.store.opening import open_store
from backbone_desktop.sync import engine
from demo.server import ServerProcess
from tests.services.office_kit import KEY
from tests.sync.conftest import Station, StationMaker


def with_phone(station: Station, household_id: str, place: int, phone: str) -> None:
    draft = household_as_typed(open_household(station.desk, household_id))
    members = list(draft.members)
    members[place] = replace(members[place], phone=phone)
    edit_household(station.desk, household_id, replace(draft, members=tuple(members)))


def records(centre: ServerProcess) -> dict[str, int]:
    held = centre.summary()["counties"].get("520625", {}).get("records", {})
    return {str(kind): int(count) for kind, count in held.items()}


def test_what_one_office_registers_the_other_sees(enrolled: StationMaker, centre: ServerProcess) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    here.register("5206250001")
    note = here.exchange(centre.url)
    assert (note.code, note.sent, note.applied) == ("exchange.done", 5, 5)  # a household, two people, two enrolments
    assert here.waiting() == 0
    assert there.exchange(centre.url).fetched == 5
    assert there.names("5206250001").keys() == here.names("5206250001").keys()
    with there.desk.read() as work:
        assert [hit.name for hit in work.members.find("测试甲", 2019, 10)] == ["测试甲"]
    assert records(centre) == {"household": 1, "member": 2, "enrolment": 2}


def test_an_exchange_with_nothing_new_sends_and_fetches_nothing(enrolled: StationMaker, centre: ServerProcess) -> None:
    here = enrolled("A01")
    here.register("5206250001")
    here.exchange(centre.url)
    again = here.exchange(centre.url)
    assert (again.sent, again.fetched) == (0, 0)


def test_edits_of_different_fields_are_both_kept(enrolled: StationMaker, centre: ServerProcess) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    saved = here.register("5206250001")
    here.exchange(centre.url)
    there.exchange(centre.url)
    with_phone(here, saved.household_id, 0, "13911110000")
    with_phone(there, saved.household_id, 1, "13922220000")
    for one in (here, there, here):
        one.exchange(centre.url)
    assert here.names("5206250001") == there.names("5206250001") == {"测试甲": "13911110000", "测试乙": "13922220000"}


def test_the_same_field_changed_twice_keeps_the_first_and_asks_a_person(
        enrolled: StationMaker, centre: ServerProcess) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    saved = here.register("5206250001")
    here.exchange(centre.url)
    there.exchange(centre.url)
    with_phone(here, saved.household_id, 0, "13911110000")
    with_phone(there, saved.household_id, 0, "13922220000")
    here.exchange(centre.url)
    assert there.exchange(centre.url).conflicts == 1
    here.exchange(centre.url)
    assert here.names("5206250001")["测试甲"] == there.names("5206250001")["测试甲"] == "13911110000"
    for one in (here, there):
        (review,) = services.open_reviews(one.desk)
        assert review.fields["phone"] == {"base": "", "kept": "13911110000", "other": "13922220000"}
    assert open_household(there.desk, saved.household_id).status is SyncStatus.REVIEW


def test_one_person_registered_by_two_offices_is_kept_twice_and_put_before_a_person(
        enrolled: StationMaker, centre: ServerProcess) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    here.register("5206250001")
    there.register("5206250099")
    here.exchange(centre.url)
    there.exchange(centre.url)
    here.exchange(centre.url)
    assert records(centre)["member"] == 4
    assert len(here.names("5206250099")) == len(there.names("5206250001")) == 2
    assert services.open_reviews(here.desk)
    assert services.open_reviews(there.desk)


def test_a_lost_token_is_asked_for_again(enrolled: StationMaker, centre: ServerProcess) -> None:
    here = enrolled("A01")
    here.exchange(centre.url)
    with here.desk.open() as work:
        work.sync.save_device(replace(work.sync.device(), token="gone"))
        work.commit()
    here.register("5206250001")
    assert here.exchange(centre.url).sent == 5


def test_a_revoked_device_is_told_so_and_goes_on_working(enrolled: StationMaker, centre: ServerProcess) -> None:
    here = enrolled("A01")
    here.exchange(centre.url)
    centre.revoke("520625/A01")
    here.register("5206250001")
    with pytest.raises(Unavailable) as refused:
        here.exchange(centre.url)
    assert refused.value.code == "server.device_revoked"
    assert here.waiting() == 5
    assert here.names("5206250001")


def test_a_device_that_nobody_enrolled_is_told_what_to_do(station: StationMaker, centre: ServerProcess) -> None:
    with pytest.raises(RuleBroken) as refused:
        station("A01").exchange(centre.url)
    assert refused.value.code == "exchange.not_enrolled"


@pytest.mark.parametrize(("typed", "code"), [
    ("AAAA", "enrol.code_mistyped"), ("0000-0000-0000", "enrol.code_wrong")])
def test_a_wrong_enrolment_code_changes_nothing(station: StationMaker, centre: ServerProcess, typed: str,
                                                 code: str) -> None:
    here = station("A01")
    with pytest.raises((RuleBroken, Unavailable)) as refused:
        here.enrol(centre.url, typed)
    assert refused.value.code == code
    assert services.where_we_stand(here.desk).device.device_id == ""


def test_a_code_for_another_device_number_is_refused(station: StationMaker, centre: ServerProcess) -> None:
    with pytest.raises(Unavailable) as refused:
        station("A01").enrol(centre.url, centre.code("520625", "A07"))
    assert refused.value.code == "enrol.number_differs"


def test_a_copied_store_cannot_continue_the_others_numbers(enrolled: StationMaker, centre: ServerProcess) -> None:
    here = enrolled("A01")
    here.exchange(centre.url)
    here.store.close()
    shutil.copytree(here.folder, here.folder.with_name("copy"))
    here.store = open_store(here.folder / "store.db", KEY)
    copy = Station(here.folder.with_name("copy"), "A01", here.seed,
                   open_store(here.folder.with_name("copy") / "store.db", KEY), here.clock)
    try:
        here.register("5206250001")
        here.exchange(centre.url)
        other = enrolled("A02")
        other.register("5206250077", *_other_people())
        other.exchange(centre.url)
        copy.register("5206250002")
        with pytest.raises(Unavailable) as refused:
            copy.exchange(centre.url)
        assert refused.value.code == "server.chain_fork"
        assert copy.waiting() == 5, "nothing of the copy is lost"
        assert copy.names("5206250077"), "what others registered comes in all the same"
    finally:
        copy.store.close()


def _other_people() -> tuple[object, ...]:
    from backbone_desktop.services.typed import MemberDraft

    return (MemberDraft(name="测试丙", id_no="11010519491231002X", relation="户主"),)


def test_a_stopped_exchange_keeps_what_was_done(enrolled: StationMaker, centre: ServerProcess,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backbone_desktop.sync.batch_size.FIRST", 1)
    here = enrolled("A01")
    here.register("5206250001")
    seen: list[tuple[int, int]] = []
    server = here.server(centre.url)
    note = engine.exchange(here.desk, server, lambda done, of: seen.append((done, of)), lambda: len(seen) >= 2)
    server.close()
    assert note.code == "exchange.stopped"
    assert 0 < note.sent < 5
    assert here.waiting() == 5 - note.sent
    assert seen[0] == (0, 5)
    assert here.exchange(centre.url).sent == 5 - note.sent


def test_the_clocks_difference_is_recorded_and_orders_nothing(enrolled: StationMaker, centre: ServerProcess) -> None:
    from datetime import timedelta

    here = enrolled("A01")
    here.clock.ahead = timedelta(days=-3650)
    here.register("5206250001")
    assert here.exchange(centre.url).sent == 5
    offset = services.where_we_stand(here.desk).device.clock_offset_seconds
    assert abs(offset - 3650 * 86400) < 60
