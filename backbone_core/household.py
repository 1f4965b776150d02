"""A registered-poor household and the people in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backbone_core.errors import Finding, refusal

HEAD = "户主"
SPOUSE = "配偶"

RELATIONS = (
    HEAD, SPOUSE, "之子", "之女", "之儿媳", "之女婿", "之孙子", "之孙女", "之外孙子", "之外孙女", "之父",
    "之母", "之岳父", "之岳母", "之公公", "之婆婆", "之祖父", "之祖母", "之外祖父", "之外祖母", "之兄弟姐妹",
    "之兄弟媳妇", "之叔伯", "之侄儿", "之侄女", "之曾孙子", "之曾孙女", "其他",
)  # fmt: skip
"""与户主关系, the value set of the national roster templates (after GB/T 4761)."""

ETHNIC_GROUPS = (
    "汉族", "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族",
    "瑶族", "白族", "土家族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族", "佤族", "畲族", "高山族",
    "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族", "土族", "达斡尔族", "仫佬族", "羌族",
    "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族", "阿昌族", "普米族", "塔吉克族", "怒族", "乌孜别克族",
    "俄罗斯族", "鄂温克族", "德昂族", "保安族", "裕固族", "京族", "塔塔尔族", "独龙族", "鄂伦春族", "赫哲族",
    "门巴族", "珞巴族", "基诺族",
)  # fmt: skip
"""民族 in the order of GB/T 3304-1991 (01–56)."""


class PovertyType(StrEnum):
    """贫困户属性, the value set of the national roster templates."""

    ORDINARY = "一般贫困户"
    LOW_INCOME = "低保户"
    LOW_INCOME_POOR = "低保贫困户"
    FIVE_GUARANTEES = "五保户"
    FIVE_GUARANTEES_POOR = "五保贫困户"
    EXTREME_HARDSHIP = "特困供养贫困户"
    FARMER = "一般农户"


class Listing(StrEnum):
    """Whether a household stands on the registered-poor list."""

    LISTED = "listed"  # 在册
    LEFT = "left"  # 已退出
    CLOSED = "closed"  # 已销户: nobody lives in it any more


class Standing(StrEnum):
    """Whether a member lives in the household. The record stays for good, and with it the member's id."""

    PRESENT = "present"  # 在户
    DIED = "died"  # 已去世
    LEFT = "left"  # 已迁出


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """户. `household_no` is the roster's 户编号 and unique within the county; `county` is a GB/T 2260 code."""

    id: str
    household_no: str
    county: str
    township: str
    village: str
    group: str = ""
    address: str = ""
    poverty_type: PovertyType = PovertyType.ORDINARY
    phone: str = ""
    listing: Listing = Listing.LISTED
    listing_since: date | None = None
    """From when `listing` holds; None where the household has been listed ever since it was registered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """成员. `id_no` is the normalised 18-digit number; birth date and sex follow from it and are not kept twice.

    Of somebody who died or left, `household_id` and `relation` say where they lived last, and as what.
    """

    id: str
    household_id: str
    name: str
    id_no: str
    relation: str
    disability: str = ""
    """Type and grade of the disability certificate ("43" = type 4, grade 3); "" where there is none."""
    ethnic: str = ""
    phone: str = ""
    bank_name: str = ""
    bank_account: str = ""
    account_holder: str = ""
    standing: Standing = Standing.PRESENT
    left_on: date | None = None
    """The day of death or of leaving; None for who is present."""

    @property
    def is_head(self) -> bool:
        return self.relation == HEAD and self.standing is Standing.PRESENT

    @property
    def died_on(self) -> date | None:
        return self.left_on if self.standing is Standing.DIED else None


def on_roster(household: Household, member: Member, day: date) -> bool:
    """Whether the person stood on the registered-poor list on `day`, or came onto it later and stands there now.

    Who was on the list when a policy year began keeps that year's cover; leaving shows in the years that follow.
    """
    listed = household.listing is Listing.LISTED or _after(household.listing_since, day)
    return listed and (member.standing is not Standing.LEFT or _after(member.left_on, day))


def _after(moment: date | None, day: date) -> bool:
    return moment is not None and moment > day


def check_relations(relations: Sequence[str]) -> tuple[Finding, ...]:
    """A household has one head and at most one spouse of the head. Fields are `members.<n>.relation`, n from 0."""
    found: list[Finding] = []
    for index, relation in enumerate(relations):
        place = f"members.{index}.relation"
        if relation not in RELATIONS:
            found.append(refusal("household.relation_unknown", place))
        elif relation == HEAD and HEAD in relations[:index]:
            found.append(refusal("household.two_heads", place))
        elif relation == SPOUSE and SPOUSE in relations[:index]:
            found.append(refusal("household.two_spouses", place))
    if HEAD not in relations:
        found.append(refusal("household.no_head", "members"))
    return tuple(found)
