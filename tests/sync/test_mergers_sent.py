"""Double records that two offices made apart from each other are merged at one, and gone at the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backbone_core.errors import RuleBroken
from backbone_core.identity import check_digit
from backbone_core.likeness import Likeness
from backbone_desktop.services.claims import coverage_of
from backbone_desktop.services.duplicates import find_duplicates, tell_apart
from backbone_desktop.services.exchange import exchange_state, open_reviews
from backbone_desktop.services.merging import Part, merge_people, open_pair, person_history
from backbone_desktop.services.registry import edit_household, household_as_typed, open_household
from demo.server import ServerProcess
from tests.services.office_kit import head
from tests.sync.conftest import Station, StationMaker


@pytest.fixture
def two(enrolled: StationMaker, centre: ServerProcess) -> tuple[Station, Station]:
    """Two offices that registered one person apart from each other and have heard of it."""
    one, other = enrolled("A01"), enrolled("A02")
    one.register("1", head(phone="13900000001"))
    other.register("2", head(phone="13900000002", bank_account="6228480030123456789"))
    for station in (one, other, one):
        station.exchange(centre.url)
    return one, other


def pair_at(station: Station) -> tuple[str, str]:
    (pair,) = find_duplicates(station.desk)
    return pair.one_id, pair.other_id


def phones(station: Station) -> tuple[dict[str, str], dict[str, str]]:
    return station.names("1"), station.names("2")


def all_quiet(*stations: Station) -> None:
    for station in stations:
        state = exchange_state(station.desk)
        assert (state.waiting, state.refused, state.reviews) == (0, (), 0)
        assert open_reviews(station.desk) == ()
        assert find_duplicates(station.desk) == ()


def test_a_merger_arrives_whole(two: tuple[Station, Station], centre: ServerProcess) -> None:
    one, other = two
    assert [review.code for review in open_reviews(other.desk)] == ["review.duplicate_person"]
    kept, lost = pair_at(one)
    assert pair_at(other) == (kept, lost)
    merge_people(one.desk, kept, lost, [Part.ACCOUNT])
    assert open_reviews(one.desk) == ()
    for station in (one, other, one):
        station.exchange(centre.url)
    for station in two:
        assert phones(station) == ({"测试甲": "13900000001"}, {})
        with station.desk.read() as work:
            assert work.members.get(kept).bank_account == "6228480030123456789"
            assert work.members.get(lost) is None
            assert work.duplicates.merged_into(lost) == kept
            assert [one.policy_year for one in work.enrolments.of_member(kept)] == [2019]
        assert {row.record_id for row in person_history(station.desk, lost)} == {kept, lost}
        assert coverage_of(station.desk, kept).enrolment is not None
    all_quiet(one, other)


def test_the_record_of_the_other_office_may_be_the_one_that_is_kept(two: tuple[Station, Station],
                                                                   centre: ServerProcess) -> None:
    one, other = two
    lost, kept = pair_at(one)
    merge_people(one.desk, kept, lost, [Part.PLACE, Part.PHONE])
    for station in (one, other, one):
        station.exchange(centre.url)
    for station in two:
        assert phones(station) == ({"测试甲": "13900000001"}, {})
    all_quiet(one, other)


def test_an_edit_of_the_lost_record_is_not_lost(enrolled: StationMaker, centre: ServerProcess) -> None:
    """The other office changed it before it heard of the merger: a person looks, and merges again."""
    two = one, other = enrolled("A01"), enrolled("A02")
    one.register("1", head())
    home = other.register("2", head(id_no="52062519800101002" + check_digit("52062519800101002"))).household_id
    for station in (one, other, one):
        station.exchange(centre.url)
    kept, lost = pair_at(one)
    draft = household_as_typed(open_household(other.desk, home))
    edit_household(other.desk, home, replace(draft, members=(replace(draft.members[0], phone="13900000003"),)))
    merge_people(one.desk, kept, lost)
    for station in (other, one, other, one):
        station.exchange(centre.url)
    for station in two:
        with station.desk.read() as work:
            assert work.members.get(lost).phone == "13900000003"
        asked = {(review.code, review.record_id) for review in open_reviews(station.desk)}
        assert ("review.conflict", lost) in asked
        assert pair_at(station) == (kept, lost)
    with pytest.raises(RuleBroken, match=r"household_closed"):
        merge_people(one.desk, kept, lost, [Part.PLACE])  # the merger before closed that household
    merge_people(one.desk, kept, lost, [Part.PHONE])
    for station in (one, other, one):
        station.exchange(centre.url)
    for station in two:
        with station.desk.read() as work:
            assert work.members.get(lost) is None
            assert work.members.get(kept).phone == "13900000003"
        assert find_duplicates(station.desk) == ()


def test_two_who_were_told_apart_are_so_everywhere(enrolled: StationMaker, centre: ServerProcess) -> None:
    one, other = enrolled("A01"), enrolled("A02")
    one.register("1", head(phone="13900000001", bank_account="6228480030123456789"))
    one.register("2", head(name="测试丙", id_no="530521197505050025", phone="13900000001",
                           bank_account="6228480030123456789"))
    for station in (one, other):
        station.exchange(centre.url)
    assert [pair.reasons for pair in find_duplicates(other.desk)] == [(Likeness.PHONE_AND_ACCOUNT,)]
    pair = pair_at(one)
    tell_apart(one.desk, *pair)
    tell_apart(other.desk, *reversed(pair))  # at both, before either has heard of the other
    for station in (one, other, one):
        station.exchange(centre.url)
    for station in (one, other):
        assert open_pair(station.desk, *pair).decided is not None
    all_quiet(one, other)


def test_the_same_merger_at_both_offices_is_one(two: tuple[Station, Station], centre: ServerProcess) -> None:
    one, other = two
    kept, lost = pair_at(one)
    merge_people(one.desk, kept, lost)
    merge_people(other.desk, kept, lost)
    for station in (one, other, one, other):
        station.exchange(centre.url)
    for station in two:
        assert phones(station) == ({"测试甲": "13900000001"}, {})
        with pytest.raises(RuleBroken, match=r"member\.unknown"):
            merge_people(station.desk, kept, lost)
        assert station.waiting() == 0


def test_two_offices_that_merge_the_two_ways_round_lose_nobody(two: tuple[Station, Station],
                                                               centre: ServerProcess) -> None:
    """The one keeps what the other takes away: one record stays, with its cover, and a person is asked."""
    one, other = two
    first, second = pair_at(one)
    merge_people(one.desk, first, second)
    merge_people(other.desk, second, first)
    for station in (one, other, one, other):
        station.exchange(centre.url)
    for station in two:
        with station.desk.read() as work:
            assert work.members.get(first) is not None
            assert work.members.get(second) is None
            assert [cover.policy_year for cover in work.enrolments.of_member(first)] == [2019]
        assert coverage_of(station.desk, first).enrolment is not None
        asked = {(review.kind, review.record_id) for review in open_reviews(station.desk)}
        assert ("member", first) in asked


def test_a_merger_into_somebody_who_was_struck_off_meanwhile_is_asked_about(two: tuple[Station, Station],
                                                                           centre: ServerProcess) -> None:
    one, other = two
    kept, lost = pair_at(one)
    with other.desk.open() as work:
        work.remove(work.members.get(kept))
        work.commit()
    merge_people(one.desk, kept, lost)
    for station in (other, one, other, one):
        station.exchange(centre.url)
    for station in two:
        asked = {(review.code, review.record_id) for review in open_reviews(station.desk)}
        assert ("review.conflict", kept) in asked
