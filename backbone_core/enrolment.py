"""One member's cover in one policy year, and why a person is not covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EnrolmentStatus(StrEnum):
    ENROLLED = "enrolled"  # 已参保
    ENDED = "ended"  # 已终止


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """参保: from `starts` to `ends`, both days included, under one version of a scheme."""

    id: str
    member_id: str
    policy_year: int
    scheme_id: str
    scheme_version: int
    starts: date
    ends: date
    status: EnrolmentStatus = EnrolmentStatus.ENROLLED
