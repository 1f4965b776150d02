"""The search over the whole roll finds what comparing everybody with everybody finds, and nothing else."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone_core.change import RecordKind
from backbone_core.comparison import compared
from backbone_core.household import Household, Member
from backbone_core.identity import check_digit
from backbone_core.ids import new_id
from backbone_core.likeness import Likeness, likenesses
from backbone_core.records import to_fields
from backbone_desktop.services import duplicate_scan
from backbone_desktop.services.duplicate_scan import DuplicateScan
from backbone_desktop.services.ports import Desk
from backbone_desktop.store.opening import open_store
from tests.services.office_kit import KEY, office_on

COUNTY, TOWN = "520625", "示例镇"


@dataclass(frozen=True)
class One:
    """A person as the tests make them up."""

    name: str
    body: str
    town: str = TOWN
    phone: str = ""
    home_phone: str = ""
    account: str = ""
    with_last: bool = False
    """Lives in the household of the person before."""


@contextmanager
def register(founded: Path, people: Iterable[One]) -> Iterator[tuple[Desk, list[str]]]:
    """A store into which the exchange brought these people; yields the desk at it and their ids."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(shutil.copy(founded, Path(folder) / "office.db")), KEY)
        desk, ids, home = office_on(store).desk, [], None
        with desk.open() as work:
            for n, one in enumerate(people):
                if home is None or not one.with_last:
                    home = Household(id=new_id(), household_no=f"{n}", county=COUNTY, township=one.town,
                                     village="测试村", phone=one.home_phone)
                    work.sync.apply_state(RecordKind.HOUSEHOLD, home.id, 1, to_fields(home))
                person = Member(id=new_id(), household_id=home.id, name=one.name, relation="其他", phone=one.phone,
                                id_no=one.body + check_digit(one.body), bank_account=one.account)
                work.sync.apply_state(RecordKind.MEMBER, person.id, 1, to_fields(person))
                ids.append(person.id)
            work.commit()
        yield desk, ids
        store.close()


def found(desk: Desk) -> dict[tuple[str, str], tuple[Likeness, ...]]:
    scan = DuplicateScan(desk)
    far = list(scan.slices())
    assert far == sorted(far)
    pairs = {(pair.one_id, pair.other_id): pair.reasons for pair in scan.pairs}
    assert len(pairs) == len(scan.pairs)
    return pairs


def by_hand(desk: Desk, ids: Iterable[str]) -> dict[tuple[str, str], tuple[Likeness, ...]]:
    with desk.read() as work:
        traits = {one: found for one in ids if (found := work.duplicates.traits(one)) is not None}
    return {(a, b): reasons for a, b in combinations(sorted(traits), 2)
            if (reasons := likenesses(traits[a], traits[b]))}


one_person = st.builds(
    One,
    name=st.sampled_from(["王晓明", "王小明", "单样本", "丹样本", "测试甲"]),
    body=st.builds("{}{}{}".format, st.sampled_from(["520625", "520652", "530625"]),
                   st.sampled_from(["19800101", "19800110", "19810101", "19510801"]),
                   st.sampled_from(["001", "010", "002", "012", "120"])),
    town=st.sampled_from([TOWN, "别镇"]), phone=st.sampled_from(["", "13900000001"]),
    home_phone=st.sampled_from(["", "13900000001", "13900000002"]),
    account=st.sampled_from(["", "62284800", "62179900"]), with_last=st.booleans(),
)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(one_person, max_size=25))
def test_it_finds_what_comparing_all_with_all_finds(founded: Path, people: list[One]) -> None:
    with register(founded, people) as (desk, ids):
        assert found(desk) == by_hand(desk, ids)


def test_it_goes_on_over_many_slices(founded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLICE", "COMPARED", "CHECKED"):
        monkeypatch.setattr(duplicate_scan, name, 2)
    people = [One("测试甲", f"52062519800101{n:03d}") for n in range(1, 12)]
    with register(founded, people) as (desk, ids):
        assert found(desk) == by_hand(desk, ids)
        assert len(found(desk)) == 55  # one name, one birth date, one township


def test_who_was_told_apart_does_not_come_back(founded: Path) -> None:
    people = [One("测试甲", f"5206251980010100{n}") for n in (1, 2, 3)]
    with register(founded, people) as (desk, (a, b, c)):
        with desk.open() as work:
            work.write(compared(b, a), "tell_apart")
            work.commit()
        assert set(found(desk)) == {(a, c), (b, c)}
        with desk.open() as work:
            work.remove(compared(a, b))
            work.commit()
        assert set(found(desk)) == {(a, b), (a, c), (b, c)}


def test_who_was_struck_off_is_left_out(founded: Path) -> None:
    with register(founded, [One("测试甲", "52062519800101001")] * 2) as (desk, (a, b)):
        assert found(desk) == {(a, b): (Likeness.SAME_NUMBER, Likeness.NAME_AND_BIRTH)}
        with desk.open() as work:
            work.remove(work.members.get(b))
            work.commit()
        assert found(desk) == {}


def test_a_phone_and_account_of_a_whole_village_are_no_million_pairs(founded: Path) -> None:
    people = [One(f"测试{chr(0x4e00 + n)}", f"5206251980{1 + n % 12:02d}{1 + n // 12:02d}1{n:02d}", phone="13900000001",
                  account="62284800") for n in range(60)]
    with register(founded, people) as (desk, _ids):
        assert len(found(desk)) == 59


def test_an_empty_register_has_no_duplicates(founded: Path) -> None:
    with register(founded, []) as (desk, _ids):
        assert found(desk) == {}
