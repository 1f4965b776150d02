"""Made people, the same in every run: common names, numbers with a true check digit, nobody who lives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from backbone_core.identity import check_digit

COUNTY = "520625"
TOWNS, VILLAGES, VILLAGE_HOUSEHOLDS = 20, 30, 560
_SURNAMES = ("王李张刘陈杨黄吴赵周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田"
             "董袁于余叶蒋杜苏魏程吕丁沈任姚卢单仇解区查覃")
_GIVEN = ("伟芳娜敏静丽强磊军洋勇艳杰涛明超秀英华玉兰桂珍凤霞平刚红梅建国志文辉鹏飞宇浩然子轩梓涵欣怡雨佳琪"
          "春生荣福贵喜财旺顺和安康宁德才学林森木金银铜石山川江河海波光亮晨曦月星云雪冰清正义礼智信")
_RELATIONS = ("户主", "配偶", "之子", "之女", "之母")


@dataclass(frozen=True, slots=True)
class MadePerson:
    """One person; `family` numbers the household, `place` (town, village, group) says where it lives."""

    family: int
    first: bool
    name: str
    id_no: str
    relation: str
    phone: str
    place: tuple[str, str, str]

    @property
    def household_no(self) -> str:
        return f"{COUNTY}{self.family:07d}"


def people(count: int, first_family: int = 0) -> Iterator[MadePerson]:
    """Families of one to five; `first_family` begins elsewhere, so that two calls make different people."""
    chance = random.Random(first_family)
    serial, made, family = first_family * 5, 0, first_family
    while made < count:
        place = _place(family)
        for n in range(min(1 + family % 5, count - made)):
            yield MadePerson(
                family=family, first=n == 0, name=_name(chance), id_no=_number(serial), relation=_RELATIONS[n],
                phone=f"1{30 + family % 60}{family % 100_000_000:08d}" if n < 2 else "", place=place)
            serial, made = serial + 1, made + 1
        family += 1


def _place(family: int) -> tuple[str, str, str]:
    """Neighbours have neighbouring numbers, as rosters have them; beyond the first million people villages are new."""
    town, village = family // (VILLAGE_HOUSEHOLDS * VILLAGES) % TOWNS, family // VILLAGE_HOUSEHOLDS % VILLAGES
    new = "新" if family >= VILLAGE_HOUSEHOLDS * VILLAGES * TOWNS else ""
    return f"测试{town + 1}镇", f"{new}示例{village + 1}村", f"{family % 4 + 1}组"


def _name(chance: random.Random) -> str:
    # the square makes the first surnames as much more common than the last ones as they are
    surname = _SURNAMES[int(len(_SURNAMES) * chance.random() ** 2)]
    return surname + "".join(chance.choices(_GIVEN, k=1 if chance.random() < 0.15 else 2))


def _number(serial: int) -> str:
    """Spread over 55 years of birth; no two serials under 15 million share a number."""
    day, order = serial % 18_480, serial // 18_480
    first_17 = f"{COUNTY}{1955 + day % 55}{1 + day // 55 % 12:02d}{1 + day // 660:02d}{order % 999 + 1:03d}"
    return first_17 + check_digit(first_17)
