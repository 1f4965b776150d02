"""What happened to a household, told for good: who, when, what, why, and what was before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ActKind(StrEnum):
    """What happened, as seen from the household whose history it belongs to."""

    HEAD = "head"  # 户主变更
    SPLIT = "split"  # 分户: people left for a household of their own
    SPLIT_FROM = "split_from"  # 分户立户: the household was made of people of another one
    MERGE = "merge"  # 并户: another household's people came in
    MERGED = "merged"  # 并入他户: all went to another household
    MOVE = "move_home"  # 迁移
    BIRTH = "birth"  # 出生
    DEATH = "death"  # 死亡
    MARRY_IN = "marry_in"  # 婚入
    MARRY_OUT = "marry_out"  # 婚出
    LEAVE_LIST = "leave_list"  # 退出名册
    RETURN_TO_LIST = "return_to_list"  # 重新纳入名册
    ONE_PERSON = "merge_records"  # 合并重复登记: two records of one person became one


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPerson:
    """Somebody whom an act concerns, with the relation to the head before and after it.

    "" is not of this household. The name is kept as it was: the person may be another office's by now.
    """

    member_id: str
    name: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdAct:
    """户变动. One household's side of an act; an act between two households is told on both sides.

    What is told never changes; an act that was recorded by mistake is marked as taken back and stays in the history.
    `old` and `new` are what a move replaced and set.
    """

    id: str
    household_id: str
    kind: ActKind
    happened_on: date
    reason: str
    recorded_at: datetime
    recorded_by: str
    people: tuple[ActPerson, ...] = ()
    old: str = ""
    new: str = ""
    other_id: str = ""
    """The household at the other side of a split, a merge or a marriage; "" where it is not registered."""
    other_no: str = ""
    taken_back_at: datetime | None = None
    taken_back_by: str = ""
