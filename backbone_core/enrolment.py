"""One member's cover in one policy year, and why a person is not covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backbone_core.errors import Finding, refusal
from backbone_core.household import PovertyType
from backbone_core.identity import age_on
from backbone_core.scheme import Scheme
from backbone_core.scheme_terms import AgeAt


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


def check_eligibility(
    scheme: Scheme,
    *,
    birth_date: date,
    poverty_type: PovertyType,
    on_roster: bool,
    died_on: date | None = None,
    admitted: date | None = None,
) -> tuple[Finding, ...]:
    """Why a person may not be enrolled under `scheme`; () = may be.

    The age counts on the day that the scheme names. Where that is the admission and none is known yet, a person may be
    enrolled who has the age on some day of the insured period; the claim asks again. Findings (field ""):
    enrolment.died, enrolment.not_born, enrolment.too_young, enrolment.too_old (facts `age`, `min`, `max`, `reference`),
    enrolment.household_type (fact `type`), enrolment.not_on_roster.
    """
    terms = scheme.eligibility
    found: list[Finding] = []
    if died_on is not None and died_on < scheme.effective_from:
        found.append(refusal("enrolment.died", died_on=died_on))
    young_on = old_on = scheme.effective_from
    if terms.age_at is AgeAt.ADMISSION:
        young_on, old_on = (admitted, admitted) if admitted else (scheme.effective_to, scheme.effective_from)
    for code, reference, refused in (
        ("enrolment.too_young", young_on, age_on(birth_date, young_on) < terms.age_min),
        ("enrolment.too_old", old_on, age_on(birth_date, old_on) > terms.oldest),
    ):
        if refused and birth_date > reference:
            found.append(refusal("enrolment.not_born", reference=reference))
        elif refused:
            age = age_on(birth_date, reference)
            found.append(refusal(code, age=age, min=terms.age_min, max=terms.oldest, reference=reference))
    if poverty_type not in terms.household_types:
        found.append(refusal("enrolment.household_type", type_code=f"poverty.{poverty_type.name}"))
    if terms.roster_required and not on_roster:
        found.append(refusal("enrolment.not_on_roster"))
    return tuple(found)
