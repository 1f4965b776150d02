"""The search finds whom a plain look at every person finds, and in the order that a clerk expects."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import KEY, Opened, household, member, profile

from backbone_core.household import Household, Member
from backbone_core.identity import check_digit
from backbone_desktop.store.opening import open_store
from backbone_desktop.store.pinyin import place_spellings, spellings

OWN = "示例镇"
_SURNAMES = ("单", "曾", "仇", "解", "区", "查", "覃", "王", "欧阳", "买买提·")
_GIVEN = "测试例样本甲乙丙丁强强"
_VILLAGES = ("测试村", "示例村", "王家坝村", "3号村")


@dataclass(frozen=True)
class Person:
    member: Member
    home: Household
    is_first: bool


@dataclass(frozen=True)
class Town:
    opened: Opened
    people: tuple[Person, ...]


def made_people() -> list[Person]:
    chance = random.Random(1)
    made: list[Person] = []
    for number in range(90):
        home = household(f"5206{chance.randrange(10**5):05d}{number:02d}",
                         township=chance.choice((OWN, "别镇", "示例乡")), village=chance.choice(_VILLAGES),
                         phone=chance.choice(("", _phone(chance))))
        for n in range(chance.randint(1, 4)):
            name = chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.randint(1, 3)))
            made.append(Person(member(home, name, _id_no(chance), "户主" if n == 0 else "之子",
                                      phone=chance.choice(("", _phone(chance)))), home, n == 0))
    return made


def _phone(chance: random.Random) -> str:
    return f"1{chance.choice('389')}{chance.randrange(10**9):09d}"


def _id_no(chance: random.Random) -> str:
    first_17 = (f"{chance.choice(('520625', '520625', '530521', '513432'))}{chance.randint(1931, 2019)}"
                f"{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}{chance.randrange(1000):03d}")
    return first_17 + check_digit(first_17)


@pytest.fixture(scope="module")
def town(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    store = open_store(Path(shutil.copy(founded, tmp_path_factory.mktemp("town") / "store.db")), KEY)
    opened, people = Opened(store), made_people()
    with opened.open() as work:
        work.office.save(profile(township=OWN))
        work.commit()
    opened.write(*dict.fromkeys(person.home for person in people), *(person.member for person in people))
    yield Town(opened, tuple(people))
    store.close()


def rank_by_number(person: Person, number: str) -> int | None:
    """0 exact, 1 beginning, 2 part, None for nothing; four figures that end a number count as exact."""
    id_no, long = person.member.id_no, len(number) >= 4
    older = id_no[:6] + id_no[8:17] if id_no[6:8] == "19" else ""
    held = (id_no, person.member.phone, person.home.phone, person.home.household_no)
    if number in held or (len(number) == 4 and any(one.endswith(number) for one in held)):
        return 0
    if any(one.startswith(number) for one in held) or (len(number) > 6 and older.startswith(number)):
        return 1
    found = long and (number in id_no or number in older or any(one.endswith(number) for one in held))
    return 2 if found else None


def rank_by_letters(person: Person, typed: str) -> int | None:
    ways = [one for spelt in spellings(person.member.name) for one in spelt]
    if typed in ways:
        return 0
    if any(one.startswith(typed) for one in ways):
        return 1
    places = [one for spelt in place_spellings(person.home.village) for one in spelt]
    return 2 if person.is_first and len(typed) > 1 and any(one.startswith(typed) for one in places) else None


def rank_by_text(person: Person, typed: str) -> int | None:
    name = person.member.name
    places = (person.home.village, person.home.township) if person.is_first else ()
    if typed == name or typed in places:
        return 0
    if name.startswith(typed):
        return 1
    in_place = any(one.startswith(typed) for one in places)
    return 2 if in_place or typed in name or typed in name.replace("·", "") else None


def held_against(town: Town, typed: str, rank: dict[str, int]) -> None:
    with town.opened.read() as work:
        found = [hit.member_id for hit in work.members.find(typed, 2019, 1_000)]
        few = [hit.member_id for hit in work.members.find(typed, 2019, 7)]
    assert sorted(found) == sorted(rank)
    assert few == found[:7]  # nobody is crowded out of a short list
    near = {person.member.id: person.home.township == OWN for person in town.people}
    order = [(not near[one], rank[one]) for one in found]
    assert order == sorted(order)


def slices(values: list[str], least: int = 1) -> st.SearchStrategy[str]:
    """Any part of any of these."""
    return st.sampled_from([value for value in values if len(value) >= least]).flatmap(
        lambda value: st.tuples(st.integers(0, len(value) - least), st.integers(least, len(value))).map(
            lambda span: value[span[0]:max(span[0] + least, span[1])]))


PEOPLE = made_people()
IDS = [person.member.id_no for person in PEOPLE]
NUMBERS = (slices(IDS) | slices(IDS, 4) | slices([one[:6] + one[8:17] for one in IDS], 4)
           | slices([person.member.phone for person in PEOPLE] + [person.home.phone for person in PEOPLE])
           | slices([person.home.household_no for person in PEOPLE]) | st.from_regex(r"\A[0-9]{1,8}\Z"))
seldom = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@seldom
@given(NUMBERS.filter(lambda typed: typed[0].isdigit()))
def test_numbers_find_whom_a_look_at_everybody_finds(town: Town, typed: str) -> None:
    held_against(town, typed, {one.member.id: rank for one in town.people
                               if (rank := rank_by_number(one, typed)) is not None})


@seldom
@given(slices([one for person in PEOPLE for spelt in spellings(person.member.name) for one in spelt]
              + ["wangjiaba", "wjbc", "ceshi", "zzz", "lv"]))
def test_letters_find_whom_a_look_at_everybody_finds(town: Town, typed: str) -> None:
    held_against(town, typed, {one.member.id: rank for one in town.people
                               if (rank := rank_by_letters(one, typed)) is not None})


@seldom
@given(slices([person.member.name.strip("·") for person in PEOPLE] + ["王家坝村", "示例镇", "别镇", "无人"]).filter(
    lambda typed: not typed[0].isascii() and typed != "·"))
def test_names_find_whom_a_look_at_everybody_finds(town: Town, typed: str) -> None:
    held_against(town, typed, {one.member.id: rank for one in town.people
                               if (rank := rank_by_text(one, typed)) is not None})
