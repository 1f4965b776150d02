"""Orders of lists: each record once however a list is sorted, narrowed or grouped, held against plain Python."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from exchange_samples import answer, applied, rejected
from store_samples import Opened, claim, enrolment, household, member, profile

from backbone_core.change import RecordKind
from backbone_core.claim import ClaimState, Costs
from backbone_core.errors import RuleBroken
from backbone_core.household import Household, Member, PovertyType
from backbone_core.records import to_fields
from backbone_desktop.services.listing_ports import Asked, ListName, Order
from backbone_desktop.store.list_shapes import SHAPES
from backbone_desktop.store.pinyin import spellings

YEAR = 2019
PLACES = (("示例镇", "第2村"), ("示例镇", "第10村"), ("白云镇", "安定村"), ("示例镇", "样本村"), ("", ""))
NAMES = ("张示例", "单样本", "阿依古丽·示例", "安测试", "仇举例", "覃样本", "测试甲")
GROUPS = ("一组", "二组", "三组", "十组", "十一组", "")
HOUSEHOLDS = 23


@dataclass
class Register:
    """What stands in the store, for the tests' own arithmetic."""

    opened: Opened
    homes: list[Household]
    people: list[Member]
    covered: set[str]

    def order(self, asked: Asked, limit: int | None = None) -> Order:
        with self.opened.read() as work:
            return work.lists.order(asked, YEAR, limit)  # type: ignore[no-any-return]

    def listed(self, asked: Asked) -> list[Any]:
        with self.opened.read() as work:
            order = work.lists.order(asked, YEAR)
            return list(work.lists.rows(asked.name, order.keys, order.matched, YEAR))

    def ids(self, asked: Asked) -> list[str]:
        return [row.id for row in self.listed(asked)]


@pytest.fixture
def register(opened: Opened) -> Register:
    """Twenty-three households in five villages; every third person has cover; some people were struck off."""
    homes, people, covers, claims = [], [], [], []
    for n in range(HOUSEHOLDS):
        township, village = PLACES[n % len(PLACES)]
        home = household(f"52062500{n * 7 % HOUSEHOLDS:02d}", township=township, village=village,
                         group=GROUPS[n % len(GROUPS)], phone=f"1390000{n % 4:04d}",
                         poverty_type=list(PovertyType)[n % 3])
        homes.append(home)
        for place in range(1 + n % 3):
            people.append(member(home, NAMES[(n + place) % len(NAMES)], f"52062519800101{n:02d}{place}X",
                                 "户主" if place == 0 else "之子", phone=f"138{n % 5:08d}"))
    covers = [enrolment(one, YEAR) for one in people[::3]]
    for n, one in enumerate(people[:9]):
        claims.append(claim(one, receipt_no="" if n % 4 == 0 else f"520625-2019-A03-{n:06d}-C",
                            state=ClaimState.DRAFT if n % 4 == 0 else ClaimState.RECEIVED,
                            admitted=None if n == 5 else date(2019, 1 + n % 3, 1),
                            benefit=None if n % 2 else n * 100, costs=Costs(medfee_sumamt=1000 * (n % 3))))
    opened.write(*homes, *people, *covers, *claims)
    gone = people[-1]
    with opened.open() as work:
        work.office.save(profile())
        work.remove(gone)
        work.commit()
    return Register(opened, homes, people[:-1], {one.member_id for one in covers} - {gone.id})


def every_way(name: ListName) -> list[Asked]:
    ways = itertools.product(("", *SHAPES[name].sorts), (False, True), (False, True))
    return [Asked(name=name, sort=sort, descending=down, by_place=by_place) for sort, down, by_place in ways]


@pytest.mark.parametrize("name", list(ListName))
def test_each_record_stands_once_in_every_order(register: Register, name: ListName) -> None:
    with register.opened.read() as work:
        everything = sorted(row.id for row in work.lists.rows(
            name, work.lists.order(Asked(name=name), YEAR).keys, {}, YEAR))
    expected = {ListName.HOUSEHOLDS: len(register.homes), ListName.PEOPLE: len(register.people), ListName.CLAIMS: 9}
    assert len(everything) == expected[name]
    for asked in every_way(name):
        assert sorted(register.ids(asked)) == everything, asked


@pytest.mark.parametrize("name", list(ListName))
def test_what_it_is_narrowed_to_adds_up_in_every_order(register: Register, name: ListName) -> None:
    whole = len(register.ids(Asked(name=name)))
    for what in SHAPES[name].narrowing:
        with register.opened.read() as work:
            choices = work.lists.choices(Asked(name=name), what, YEAR)
        if what not in ("township", "village"):  # who has no place cannot be narrowed to one
            assert sum(n for _, n in choices) == whole
        for value, n in choices:
            for asked in every_way(name):
                assert len(register.ids(replace(asked, narrowed=((what, value),)))) == n, (what, value, asked)


KEYS: dict[str, Callable[[Any], Any]] = {
    "household_no": lambda row: row.household_no,
    "head": lambda row: (min(spelt for spelt, _ in spellings(row.head_name)), row.head_name),
    "id_no": lambda row: row.head_id_no, "people": lambda row: row.members, "phone": lambda row: row.phone,
    "poverty_type": lambda row: row.poverty_type,
}


@pytest.mark.parametrize("sort", list(KEYS))
def test_households_are_sorted_as_they_read(register: Register, sort: str) -> None:
    up = register.listed(Asked(name=ListName.HOUSEHOLDS, sort=sort))
    assert [KEYS[sort](row) for row in up] == sorted(KEYS[sort](row) for row in up)
    down = register.listed(Asked(name=ListName.HOUSEHOLDS, sort=sort, descending=True))
    assert down == up[::-1]


def test_names_are_sorted_by_the_reading_that_comes_first(register: Register) -> None:
    names = [row.name for row in register.listed(Asked(name=ListName.PEOPLE, sort="name"))]
    first_of_each = list(dict.fromkeys(names))
    assert [min(spelt for spelt, _ in spellings(name)) for name in first_of_each] == sorted(
        min(spelt for spelt, _ in spellings(name)) for name in first_of_each)


def test_what_is_not_known_stands_last_both_ways(register: Register) -> None:
    for down in (False, True):
        rows = register.listed(Asked(name=ListName.CLAIMS, sort="benefit", descending=down))
        known = [row.benefit for row in rows if row.benefit is not None]
        assert known == sorted(known, reverse=down)
        assert all(row.benefit is None for row in rows[len(known):])
        assert register.listed(Asked(name=ListName.CLAIMS, sort="stay", descending=down))[-1].admitted is None


def test_the_newest_stand_first_until_somebody_sorts(register: Register) -> None:
    newest = replace(register.homes[4], phone="13911112222")
    register.opened.write(newest, act="edit")
    assert register.ids(Asked(name=ListName.HOUSEHOLDS))[0] == newest.id
    assert register.ids(Asked(name=ListName.PEOPLE))[0] == register.people[-1].id


def test_villages_stand_together_as_they_are_read_and_are_counted(register: Register) -> None:
    for asked in every_way(ListName.PEOPLE):
        if not asked.by_place:
            continue
        order, rows = register.order(asked), register.listed(asked)
        stood = [(row.township, row.village) for row in rows]
        assert [(one.township, one.village) for one in order.places] == list(dict.fromkeys(stood))
        assert {(one.township, one.village): one.count for one in order.places} == Counter(stood)
        assert [village for township, village in dict.fromkeys(stood) if township == "示例镇"] == [
            "第2村", "第10村", "样本村"]
        assert stood[-1] == ("", "")
    towns = [one.township for one in register.order(Asked(name=ListName.HOUSEHOLDS, by_place=True)).places]
    assert list(dict.fromkeys(towns)) == ["白云镇", "示例镇", ""]


def test_groups_of_a_village_stand_in_the_order_of_their_figures(register: Register) -> None:
    extra = [household(f"99{n}", township="数镇", village="数村", group=group)
             for n, group in enumerate(("十一组", "三组", "一组", "十组", "二组"))]
    register.opened.write(*extra)
    rows = register.listed(Asked(name=ListName.HOUSEHOLDS, sort="home", narrowed=(("township", "数镇"),)))
    assert [row.group for row in rows] == ["一组", "二组", "三组", "十组", "十一组"]
    down = register.listed(Asked(name=ListName.HOUSEHOLDS, sort="home", descending=True))
    assert down == register.listed(Asked(name=ListName.HOUSEHOLDS, sort="home"))[::-1]


def test_changes_in_between_neither_double_nor_lose_a_record(register: Register) -> None:
    """Whoever scrolls on while others work sees every record of the order once, those that left it as a gap."""
    asked = Asked(name=ListName.HOUSEHOLDS, sort="phone")
    order, seen = register.order(asked), []
    for at in range(0, len(order.keys), 5):
        with register.opened.read() as work:
            seen += work.lists.rows(asked.name, order.keys[at:at + 5], order.matched, YEAR)
        moved = replace(register.homes[(at + 11) % HOUSEHOLDS], phone=f"1{at:010d}")
        register.opened.write(moved, household(f"new{at}", phone="0"), act="edit")
    with register.opened.open() as work:
        work.remove(register.homes[3])
        work.commit()
    shown = [row.id for row in seen if row is not None]
    assert sorted(shown) == sorted(one.id for one in register.homes)
    with register.opened.read() as work:
        again = work.lists.rows(asked.name, order.keys, {}, YEAR)
    assert [row for row in again if row is None] == [None]


def test_people_by_their_number_are_those_of_a_pass_over_the_table(register: Register) -> None:
    """Also with the first, the last and some people in a row struck off, and with a row that is really missing."""
    def both() -> None:
        passed = [row[0] for row in register.opened.rows(
            "SELECT rowid FROM member WHERE removed_at IS NULL ORDER BY rowid DESC")]
        for down in (False, True):
            keys = list(register.order(Asked(name=ListName.PEOPLE, descending=down)).keys)
            assert keys == (passed[::-1] if down else passed)

    both()
    for gone in (register.people[0], *register.people[5:8], register.people[-1]):
        with register.opened.open() as work:
            work.remove(gone)
            work.commit()
    both()
    with register.opened.store.engine.connect().execution_options(writing=True) as connection:
        connection.exec_driver_sql("DELETE FROM member WHERE rowid = 12")
        connection.exec_driver_sql("DELETE FROM temp.guard_owed")
        connection.commit()
    both()


def test_a_limit_gives_the_beginning_of_the_same_order(register: Register) -> None:
    for name in ListName:
        whole, some = register.order(Asked(name=name)), register.order(Asked(name=name), 5)
        assert (list(some.keys), some.whole) == (list(whole.keys[:5]), False)
        assert register.order(Asked(name=name), len(whole.keys)).whole


def test_the_best_find_stands_first_until_somebody_sorts(register: Register) -> None:
    exact = household("0139", township="白云镇", village="安定村")
    register.opened.write(exact)
    found = register.ids(Asked(name=ListName.HOUSEHOLDS, typed="0139"))
    assert found[0] == exact.id
    rows = register.listed(Asked(name=ListName.HOUSEHOLDS, typed="张示例", sort="household_no"))
    assert [row.household_no for row in rows] == sorted(row.household_no for row in rows)
    assert {row.head_name for row in rows} | {row.matched for row in rows} >= {"张示例"}
    people = register.listed(Asked(name=ListName.PEOPLE, typed="张示例", narrowed=(("township", "白云镇"),)))
    assert {(row.name, row.township) for row in people} == {("张示例", "白云镇")}
    assert [one.count for one in register.order(Asked(name=ListName.PEOPLE, typed="安测试", by_place=True)).places]


def test_a_household_that_was_found_brings_its_people_head_first(register: Register) -> None:
    home = next(one for one in register.homes if sum(p.household_id == one.id for p in register.people) == 3)
    rows = register.listed(Asked(name=ListName.PEOPLE, typed=home.household_no))
    assert [row.relation for row in rows] == ["户主", "之子", "之子"]
    assert {row.household_no for row in rows} == {home.household_no}


def test_cover_is_that_of_the_year(register: Register) -> None:
    assert set(register.ids(Asked(name=ListName.PEOPLE, narrowed=(("cover", "covered"),)))) == register.covered
    assert {row.id for row in register.listed(Asked(name=ListName.PEOPLE)) if row.covered} == register.covered
    families = {one.household_id for one in register.people if one.id in register.covered}
    assert set(register.ids(Asked(name=ListName.HOUSEHOLDS, narrowed=(("cover", "covered"),)))) == families
    with register.opened.read() as work:
        assert dict(work.lists.choices(Asked(name=ListName.PEOPLE), "cover", 2031)) == {
            "not_covered": len(register.people)}


def test_the_status_with_the_centre_is_the_one_that_the_rows_show(opened: Opened) -> None:
    """All four: taken, a member that waits, a cover that was refused, a clash; counted, narrowed to and sorted by."""
    homes = [household(f"52062500{n:02d}") for n in range(5)]
    people = [member(home, id_no=f"52062519800101{n:03d}X") for n, home in enumerate(homes[:2])]
    cover = enrolment(people[1], YEAR)
    opened.write(*homes, *people, cover)
    answer(opened, *(applied(seq, seq) for seq in (1, 2, 3, 4, 5, 7)), rejected(8))
    with opened.open() as work:  # another device has given the last household's number to a household of its own
        twin = household("5206250004")
        work.sync.apply_state(RecordKind.HOUSEHOLD, twin.id, 9, to_fields(twin))
        work.commit()
    taken = claim(people[0])
    opened.write(taken)
    for name, expected in ((ListName.HOUSEHOLDS, {"sent": 2, "waiting": 1, "refused": 1, "review": 2}),
                           (ListName.CLAIMS, {"waiting": 1})):
        with opened.read() as work:
            asked = Asked(name=name, sort="status")
            rows = work.lists.rows(name, work.lists.order(asked, YEAR).keys, {}, YEAR)
            assert Counter(str(row.status) for row in rows) == expected
            assert dict(work.lists.choices(asked, "status", YEAR)) == expected
            gravity = ["refused", "review", "waiting", "sent"]
            assert [gravity.index(row.status) for row in rows] == sorted(gravity.index(row.status) for row in rows)
            for one in expected:
                order = work.lists.order(replace(asked, narrowed=(("status", one),)), YEAR)
                assert {str(row.status) for row in work.lists.rows(name, order.keys, {}, YEAR)} == {one}


def test_a_sort_or_filter_that_no_list_has_is_refused(register: Register) -> None:
    with pytest.raises(RuleBroken, match=r"list\.sort_unknown"):
        register.order(Asked(name=ListName.PEOPLE, sort="benefit"))
    with pytest.raises(RuleBroken, match=r"list\.filter_unknown"):
        register.order(Asked(name=ListName.PEOPLE, narrowed=(("state", "draft"),)))


@pytest.mark.parametrize(("asked", "index"), [
    (Asked(name=ListName.HOUSEHOLDS), "ix_household_changed"),
    (Asked(name=ListName.HOUSEHOLDS, sort="household_no"), "COVERING INDEX uq_household_number"),
    (Asked(name=ListName.HOUSEHOLDS, narrowed=(("township", "示例镇"),)), "ix_household_place (township=?)"),
    (Asked(name=ListName.PEOPLE, sort="id_no"), "COVERING INDEX uq_member_id_no"),
    (Asked(name=ListName.PEOPLE, sort="phone"), "COVERING INDEX ix_member_phone"),
    (Asked(name=ListName.PEOPLE, sort="name", narrowed=(("township", "示例镇"),)), "ix_household_place (township=?)"),
    (Asked(name=ListName.CLAIMS), "ix_claim_live"),
    (Asked(name=ListName.HOUSEHOLDS, sort="status"), "SCAN member USING INDEX ix_member_clash_id"),
    (Asked(name=ListName.HOUSEHOLDS, narrowed=(("status", "waiting"),)), "SCAN outbox USING INDEX ix_outbox_waiting"),
])
def test_an_order_goes_along_an_index(register: Register, asked: Asked, index: str) -> None:
    from sqlalchemy import event

    seen: list[tuple[str, Any]] = []
    event.listen(register.opened.store.engine, "before_cursor_execute",
                 lambda _c, _cursor, statement, parameters, *_: seen.append((statement, parameters)))
    register.order(asked)
    statement, parameters = next(one for one in seen if "ORDER BY" in one[0])
    with register.opened.store.engine.connect() as connection:
        plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters).all()
    assert any(index in row[3] for row in plan), plan
    assert not any("LAST TERM" in row[3] for row in plan), "the index gives the whole order"
