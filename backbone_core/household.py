"""A registered-poor household and the people in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HEAD = "户主"
SPOUSE = "配偶"


class PovertyType(StrEnum):
    """贫困户属性, the value set of the national roster templates."""

    ORDINARY = "一般贫困户"
    LOW_INCOME = "低保户"
    LOW_INCOME_POOR = "低保贫困户"
    FIVE_GUARANTEES = "五保户"
    FIVE_GUARANTEES_POOR = "五保贫困户"
    EXTREME_HARDSHIP = "特困供养贫困户"
    FARMER = "一般农户"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """成员. `id_no` is the normalised 18-digit number; birth date and sex follow from it and are not kept twice."""

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

    @property
    def is_head(self) -> bool:
        return self.relation == HEAD
