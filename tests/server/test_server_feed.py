"""The feed: commit order, pages, cursors, and nobody sees what is not theirs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import requests
from device_end import DeviceEnd, TurnedDownError, claim, household, member
from sqlalchemy import update

from backbone_core.change import Outcome
from backbone_server.app import Parts
from backbone_server.devices import revoke
from backbone_server.ledger import Ledger
from backbone_server.store.tables import meta

Make = Callable[..., Any]
NEAR, FAR = "示例镇", "远方镇"


def ids(page: Any) -> list[str]:
    return [state.record_id for state in page.records]


def test_the_feed_gives_the_latest_states_in_commit_order(device: Make) -> None:
    one, other = device("A01"), device("A02")
    one.send("household", "h1", household("HH1"))
    other.send("household", "h2", household("HH2"))
    one.send("household", "h1", {"phone": "1"}, base={"phone": ""}, version=1)
    page = other.feed()
    assert ids(page) == ["h2", "h1"]
    assert [state.version for state in page.records] == [1, 2]
    assert page.records[1].fields["phone"] == "1"
    assert not page.more
    assert other.feed(page.server_epoch, page.upto).records == ()


def test_a_cursor_goes_on_where_it_stood(device: Make) -> None:
    end = device()
    for number in range(7):
        end.change("household", f"h{number}", household(f"HH{number}"))
    end.push()
    epoch, after, more, seen = "", 0, True, []
    while more:
        page = end.feed(epoch, after, limit=3)
        assert page.after == after
        epoch, after, more = page.server_epoch, page.upto, page.more
        seen += ids(page)
    assert seen == [f"h{number}" for number in range(7)]
    end.send("household", "h3", {"phone": "1"}, base={"phone": ""}, version=1)
    assert ids(end.feed(epoch, after)) == ["h3"]


def test_a_page_ends_before_it_grows_too_big(device: Make) -> None:
    end = device()
    for number in range(6):
        end.change("household", f"h{number}", {**household(f"HH{number}"), "note": "x" * 300_000})
    end.push()
    first = end.feed()
    assert (len(first.records), first.more) == (3, True)
    assert ids(end.feed(first.server_epoch, first.upto)) == ["h3", "h4", "h5"]


def test_a_cursor_of_another_life_of_the_server_is_refused(device: Make, parts: Parts) -> None:
    end = device()
    end.send("household", "h1", household())
    page = end.feed()
    with parts.store.writing() as connection:
        connection.execute(update(meta).where(meta.c.name == "server_epoch").values(value="restored"))
    with pytest.raises(TurnedDownError) as refused:
        end.feed(page.server_epoch, page.upto)
    assert (refused.value.status, refused.value.code) == (409, "server.cursor")
    assert end.feed("", 0).server_epoch == "restored"


def test_counties_never_see_each_other(device: Make) -> None:
    here, there = device("A01"), device("A01", county="530521")
    here.send("household", "h1", household())
    assert there.states() == {}
    assert there.send("household", "h1", household(county="530521", village="那边")).outcome is Outcome.APPLIED
    assert here.states()["h1"]["village"] == "示例村"
    foreign = there.send("household", "h9", household())
    assert (foreign.outcome, foreign.code) == (Outcome.REJECTED, "rejected.scope")
    assert set(here.states()) == {"h1"}


@pytest.fixture
def offices(device: Make) -> tuple[DeviceEnd, DeviceEnd, DeviceEnd]:
    """The county's device and one of each of two townships; each township has a household with a member and a claim."""
    county, near, far = device("A01"), device("B01", township=NEAR), device("B02", township=FAR)
    for end, name, town in ((near, "near", NEAR), (far, "far", FAR)):
        end.change("household", f"h.{name}", household(f"HH.{name}", township=town))
        end.change("member", f"m.{name}", member(f"h.{name}", id_no=f"{name:0>18}"))
        end.change("enrolment", f"e.{name}", {"member_id": f"m.{name}", "policy_year": 2019, "scheme_id": "s",
                                              "scheme_version": 1, "starts": "2019-01-01", "ends": "2019-12-31"})
        end.change("claim", f"c.{name}", claim(f"m.{name}", f"h.{name}", receipt_no="", state="draft"))
        assert {answer.outcome for answer in end.push().outcomes} == {Outcome.APPLIED}
    return county, near, far


def test_a_township_sees_its_own_and_the_county_sees_all(offices: tuple[DeviceEnd, DeviceEnd, DeviceEnd]) -> None:
    county, near, far = offices
    assert set(near.states()) == {"h.near", "m.near", "e.near", "c.near"}
    assert set(far.states()) == {"h.far", "m.far", "e.far", "c.far"}
    assert set(county.states()) == set(near.states()) | set(far.states())


def test_a_township_writes_its_own_only(offices: tuple[DeviceEnd, DeviceEnd, DeviceEnd]) -> None:
    county, near, _ = offices
    before = county.states()
    tries = [
        near.send("household", "h.new", household("HH9", township=FAR)),
        near.send("household", "h.far", {"phone": "1"}, base={"phone": ""}, version=1),
        near.send("household", "h.near", {"township": FAR}, base={"township": NEAR}, version=1),
        near.send("household", "h.far", {"township": NEAR}, base={"township": FAR}, version=1),
        near.send("member", "m.far", {"household_id": "h.near"}, base={"household_id": "h.far"}, version=1),
        near.send("member", "m.far", {"phone": "1"}, base={"phone": ""}, version=1),
        near.send("member", "m.new", member("h.far", id_no="1")),
        near.send("member", "m.near", {"household_id": "h.far"}, base={"household_id": "h.near"}, version=1),
        near.send("claim", "c.far", {"remarks": "1"}, base={"remarks": ""}, version=1),
        near.send("claim", "c.new", claim("m.far", "h.near", receipt_no="", state="draft")),
        near.send("member", "m.far", {}, act="remove", version=1),
    ]
    assert {(answer.outcome, answer.code) for answer in tries} == {(Outcome.REJECTED, "rejected.scope")}
    assert county.states() == before


def test_a_household_that_moves_takes_everything_along(offices: tuple[DeviceEnd, DeviceEnd, DeviceEnd]) -> None:
    county, near, far = offices
    page = near.feed()
    moved = county.send("household", "h.near", {"township": FAR}, base={"township": NEAR}, version=1)
    assert moved.outcome is Outcome.APPLIED
    assert near.states() == {}
    gone = near.feed(page.server_epoch, page.upto)
    assert sorted(ids(gone)) == ["c.near", "e.near", "h.near", "m.near"]
    assert [state.fields for state in gone.records] == [{"removed": True}] * 4
    known = {state.record_id: state.version for state in page.records}
    assert all(state.version > known[state.record_id] for state in gone.records)
    assert {"h.near", "m.near", "e.near", "c.near"} <= far.states().keys()
    assert far.states()["h.near"]["township"] == FAR
    assert near.send("member", "m.near", {"phone": "1"}, base={"phone": ""}, version=1).code == "rejected.scope"
    county.send("household", "h.near", {"township": NEAR}, base={"township": FAR}, version=2)
    assert set(near.states()) == {"h.near", "m.near", "e.near", "c.near"}
    assert set(far.states()) == {"h.far", "m.far", "e.far", "c.far"}


def test_a_member_who_moves_takes_cover_and_claims_along(offices: tuple[DeviceEnd, DeviceEnd, DeviceEnd]) -> None:
    county, near, far = offices
    county.send("member", "m.near", {"household_id": "h.far"}, base={"household_id": "h.near"}, version=1)
    assert set(near.states()) == {"h.near"}
    assert {"m.near", "e.near", "c.near"} <= far.states().keys()


@pytest.mark.parametrize("sender", ["county", "township"])
def test_what_arrives_before_its_household_finds_its_place_later(device: Make, sender: str) -> None:
    county, near = device("A01"), device("B01", township=NEAR)
    county.send("claim", "c1", claim("m1", "h1", receipt_no="", state="draft"))
    county.send("member", "m1", member("h1"))
    assert near.states() == {}
    (county if sender == "county" else near).send("household", "h1", household(township=NEAR))
    assert set(near.states()) == {"h1", "m1", "c1"}


def test_a_review_goes_where_its_record_goes(offices: tuple[DeviceEnd, DeviceEnd, DeviceEnd]) -> None:
    county, near, far = offices
    county.send("household", "h.near", {"phone": "1"}, base={"phone": ""}, version=1)
    near.send("household", "h.near", {"phone": "2"}, base={"phone": ""}, version=1)
    found = [fields["code"] for fields in near.states().values() if "opened_at" in fields]
    assert found == ["review.conflict"]
    assert not [fields for fields in far.states().values() if "opened_at" in fields]


def test_a_writer_that_commits_late_is_never_stepped_over(device: Make, parts: Parts) -> None:
    """A second writer asks for its numbers while the first has not committed: it must wait for the first."""
    end, other = device("A01"), device("A02")
    other.send("household", "h1", household("HH1"))
    start = end.feed()
    opened, go_on = threading.Event(), threading.Event()

    def first_writer() -> None:
        with parts.store.writing() as connection:
            ledger = Ledger(connection, "520625")
            opened.set()
            go_on.wait(30)
            ledger.write()

    slow = threading.Thread(target=first_writer)
    slow.start()
    assert opened.wait(30)
    answers: list[Any] = []
    with requests.Session() as link:
        other.http = link
        quick = threading.Thread(target=lambda: answers.append(other.send("household", "h2", household("HH2"))))
        quick.start()
        quick.join(0.3)
        assert not answers, "the second writer did not wait for the first"
        assert end.feed(start.server_epoch, start.upto).records == ()
        go_on.set()
        slow.join()
        quick.join()
    assert answers[0].outcome is Outcome.APPLIED
    assert ids(end.feed(start.server_epoch, start.upto)) == ["h2"]


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_device_revoked_while_its_batch_waits_for_another_is_shut_out(device: Make, parts: Parts) -> None:
    """SQLite has one writer at a time: there, revoking itself waits."""
    end = device("A01")
    end.change("household", "h1", household())
    caught: list[BaseException] = []

    def push() -> None:
        try:
            end.push()
        except TurnedDownError as refused:
            caught.append(refused)

    with parts.store.writing() as connection:
        Ledger(connection, "520625")
        pushing = threading.Thread(target=push)
        pushing.start()
        pushing.join(0.3)
        assert pushing.is_alive()
        revoke(parts.store, end.device_id, parts.now())
    pushing.join()
    assert [str(refused) for refused in caught] == ["server.device_revoked"]


def test_writers_at_once_never_make_a_reader_skip(device: Make) -> None:
    writers = [device(f"A{number:02}") for number in range(1, 5)]
    reader = device("A09")
    seen: set[str] = set()
    failures: list[BaseException] = []

    def write(end: DeviceEnd) -> None:
        try:
            with requests.Session() as link:
                end.http = link
                for number in range(12):
                    name = f"{end.device_no}.{number}"
                    end.send("household", name, household(name))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(end,)) for end in writers]
    for thread in threads:
        thread.start()
    epoch, after = "", 0
    while any(thread.is_alive() for thread in threads):
        page = reader.feed(epoch, after, limit=3)
        epoch, after = page.server_epoch, page.upto
        seen.update(ids(page))
    more = True
    while more:
        page = reader.feed(epoch, after)
        epoch, after, more = page.server_epoch, page.upto, page.more
        seen.update(ids(page))
    assert not failures
    assert len(seen) == 48
