"""Who becomes what when another member is the head."""

from __future__ import annotations

from itertools import product

import pytest

from backbone_core.household import HEAD, RELATIONS, SPOUSE
from backbone_core.identity import Sex
from backbone_core.relations import Kin, propose_relations

MEN = {"之子", "之女婿", "之孙子", "之外孙子", "之父", "之岳父", "之公公", "之祖父", "之外祖父", "之叔伯", "之侄儿",
       "之曾孙子"}


def kin(relation: str) -> Kin:
    """`relation`, or "户主♀" where the sex is not what one would think first."""
    name = relation.rstrip("♀♂")
    man = name in MEN or name in (HEAD, "之兄弟姐妹")
    if relation != name:
        man = relation.endswith("♂")
    return Kin(name, Sex.MALE if man else Sex.FEMALE)


@pytest.mark.parametrize(("family", "new_head", "proposed"), [
    ("户主 配偶 之子 之儿媳 之孙女 之父", 1, "配偶 户主 之子 之儿媳 之孙女 之公公"),
    ("户主♀ 配偶♂ 之女 之母 之婆婆", 1, "配偶 户主 之女 之岳母 之母"),
    ("户主 配偶 之子 之女 之父 之岳母", 2, "之父 之母 户主 之兄弟姐妹 之祖父 之外祖母"),
    ("户主 之子 之儿媳 之孙子 之曾孙女", 1, "之父 户主 配偶 之子 之孙女"),
    ("户主 之子 之子 之儿媳 之孙子", 1, "之父 户主 之兄弟姐妹 ? ?"),
    ("户主♀ 之女 之女婿 之外孙子 之母", 1, "之母 户主 配偶 之子 之外祖母"),
    ("户主 配偶 之子 之兄弟姐妹 之父 之母 之祖母", 4, "之子 之儿媳 之孙子 之子 户主 配偶 之母"),
    ("户主 配偶 之子 之母 之兄弟姐妹", 4, "之兄弟姐妹 之兄弟媳妇 之侄儿 之母 户主"),
    ("户主♀ 配偶♂ 之女 之兄弟姐妹♂", 3, "之兄弟姐妹 其他 其他 户主"),
    ("户主 配偶 之子 之孙子", 3, "之祖父 之祖母 ? 户主"),
    ("户主 其他 配偶", 1, "? 户主 ?"),
])
def test_proposals(family: str, new_head: int, proposed: str) -> None:
    wanted = tuple("" if one == "?" else one for one in proposed.split())
    assert propose_relations([kin(one) for one in family.split()], new_head) == wanted


def test_whatever_is_proposed_is_a_relation_and_one_alone_is_the_head() -> None:
    for relation, other in product(RELATIONS[1:], repeat=2):
        family = [kin(HEAD), kin(SPOUSE), kin(relation), kin(other)]
        for place in range(1, len(family)):
            proposed = propose_relations(family, place)
            assert all(one in (*RELATIONS, "") for one in proposed)
            assert proposed[place] == HEAD
            assert proposed.count(HEAD) == 1
            assert proposed.count(SPOUSE) <= 1
