"""What everybody becomes when another member is the head: a proposal, which a person looks at.

The value set of the rosters (GB/T 4761) tells the sex of most relations, and of the rest the ID number does. Where
more than one answer is possible the proposal stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backbone_core.household import HEAD, SPOUSE
from backbone_core.identity import Sex

OTHER = "其他"
SIBLING = "之兄弟姐妹"
_CHILDREN = ("之子", "之女")
_PARENTS = ("之父", "之母")
_GRANDCHILDREN = ("之孙子", "之孙女")
_DAUGHTERS_CHILDREN = ("之外孙子", "之外孙女")
_GREAT_GRANDCHILDREN = ("之曾孙子", "之曾孙女")
_GRANDPARENTS = ("之祖父", "之祖母")
_MOTHERS_PARENTS = ("之外祖父", "之外祖母")
_WIFES_PARENTS = ("之岳父", "之岳母")
_HUSBANDS_PARENTS = ("之公公", "之婆婆")
_NEPHEWS = ("之侄儿", "之侄女")
_BELOW = (*_CHILDREN, "之儿媳", "之女婿", *_GRANDCHILDREN, *_DAUGHTERS_CHILDREN, *_GREAT_GRANDCHILDREN)


@dataclass(frozen=True, slots=True)
class Kin:
    """Somebody as the present head sees them."""

    relation: str
    sex: Sex


def propose_relations(family: Sequence[Kin], new_head: int) -> tuple[str, ...]:
    """The relation of each of `family` to its member `new_head`; "" where it has to be asked.

    `family` may leave out the old head, who has died or gone.
    """
    chosen = family[new_head]
    old_head_sex = next((one.sex for one in family if one.relation == HEAD), None)
    proposed = [
        HEAD if place == new_head else _seen_from(chosen, one, family, old_head_sex)
        for place, one in enumerate(family)
    ]
    if proposed.count(SPOUSE) > 1:
        proposed = ["" if one == SPOUSE else one for one in proposed]
    return tuple(proposed)


def _seen_from(head: Kin, one: Kin, family: Sequence[Kin], old_head_sex: Sex | None) -> str:
    if head.relation == HEAD:
        return one.relation
    if head.relation == SPOUSE:
        return _from_spouse(head, one)
    if head.relation in _CHILDREN:
        return _from_child(head, one, family, old_head_sex)
    if head.relation in _PARENTS:
        return _from_parent(head, one, old_head_sex)
    if head.relation == SIBLING:
        return _from_sibling(one, old_head_sex)
    if one.relation in (HEAD, SPOUSE):
        if head.relation in _GRANDCHILDREN:
            return _of(_GRANDPARENTS, one.sex)
        if head.relation in _DAUGHTERS_CHILDREN:
            return _of(_MOTHERS_PARENTS, one.sex)
    return ""


def _from_spouse(head: Kin, one: Kin) -> str:
    if one.relation == HEAD:
        return SPOUSE
    if one.relation in _BELOW:
        return one.relation
    if one.relation in _PARENTS:
        return _same_place(one, _PARENTS, _WIFES_PARENTS if head.sex is Sex.MALE else _HUSBANDS_PARENTS)
    for in_laws in (_WIFES_PARENTS, _HUSBANDS_PARENTS):
        if one.relation in in_laws:
            return _same_place(one, in_laws, _PARENTS)
    return OTHER


def _from_child(head: Kin, one: Kin, family: Sequence[Kin], old_head_sex: Sex | None) -> str:
    if one.relation in (HEAD, SPOUSE):
        return _of(_PARENTS, one.sex)
    if one.relation in _CHILDREN:
        return SIBLING
    if one.relation in _PARENTS and old_head_sex is not None:
        return _same_place(one, _PARENTS, _GRANDPARENTS if old_head_sex is Sex.MALE else _MOTHERS_PARENTS)
    if one.relation in _WIFES_PARENTS:
        return _same_place(one, _WIFES_PARENTS, _MOTHERS_PARENTS)
    if one.relation in _HUSBANDS_PARENTS:
        return _same_place(one, _HUSBANDS_PARENTS, _GRANDPARENTS)
    if one.relation == SIBLING and old_head_sex is not None:
        return "之叔伯" if (old_head_sex, one.sex) == (Sex.MALE, Sex.MALE) else OTHER
    if one.relation in _NEPHEWS:
        return OTHER
    if _only(head.relation, family):  # whose wife and children they are is certain where there is no brother
        son = head.relation == "之子"
        if one.relation == ("之儿媳" if son else "之女婿"):
            return SPOUSE if _only(one.relation, family) else ""
        theirs = _GRANDCHILDREN if son else _DAUGHTERS_CHILDREN
        if one.relation in theirs:
            return _same_place(one, theirs, _CHILDREN)
        if one.relation in _GREAT_GRANDCHILDREN and son:
            return _same_place(one, _GREAT_GRANDCHILDREN, _GRANDCHILDREN)
    return ""


def _from_parent(head: Kin, one: Kin, old_head_sex: Sex | None) -> str:
    if one.relation in (HEAD, SIBLING):
        return _of(_CHILDREN, one.sex)
    if one.relation == SPOUSE:
        return "之女婿" if one.sex is Sex.MALE else "之儿媳"
    if one.relation in _PARENTS:
        return SPOUSE
    if one.relation in _CHILDREN and old_head_sex is not None:
        return _same_place(one, _CHILDREN, _GRANDCHILDREN if old_head_sex is Sex.MALE else _DAUGHTERS_CHILDREN)
    if one.relation in _GRANDCHILDREN:
        return _same_place(one, _GRANDCHILDREN, _GREAT_GRANDCHILDREN)
    if one.relation == "之兄弟媳妇":
        return "之儿媳"
    if one.relation in _NEPHEWS:
        return _same_place(one, _NEPHEWS, _GRANDCHILDREN)
    if one.relation in _GRANDPARENTS:
        return _same_place(one, _GRANDPARENTS, _PARENTS if head.sex is Sex.MALE else _HUSBANDS_PARENTS)
    if one.relation == "之叔伯" and head.sex is Sex.MALE:
        return SIBLING
    return OTHER if one.relation in ("之儿媳", "之女婿", *_DAUGHTERS_CHILDREN) else ""


def _from_sibling(one: Kin, old_head_sex: Sex | None) -> str:
    if one.relation in (HEAD, SIBLING):
        return SIBLING
    if one.relation in (*_PARENTS, *_GRANDPARENTS, *_MOTHERS_PARENTS, "之叔伯"):
        return one.relation
    if old_head_sex is not None and one.relation in _CHILDREN:
        return _same_place(one, _CHILDREN, _NEPHEWS) if old_head_sex is Sex.MALE else OTHER
    if old_head_sex is not None and one.relation == SPOUSE:
        return "之兄弟媳妇" if old_head_sex is Sex.MALE else OTHER
    return ""


def _of(pair: tuple[str, str], sex: Sex) -> str:
    return pair[0] if sex is Sex.MALE else pair[1]


def _same_place(one: Kin, pair: tuple[str, str], other: tuple[str, str]) -> str:
    return other[pair.index(one.relation)]


def _only(relation: str, family: Sequence[Kin]) -> bool:
    return sum(one.relation == relation for one in family) == 1
