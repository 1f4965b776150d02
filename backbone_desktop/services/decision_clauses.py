"""On which term of the scheme, or of the law, the insurer's reason rests: a refusal has to be told with its ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from backbone_core.claim import THIRD_PARTY
from backbone_core.decision import RejectCode
from backbone_core.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Clause:
    """`code` names the catalogue's sentence, `facts` fill it in (amounts in fen end in `_fen`)."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def clause_for(reason: RejectCode, scheme: Scheme | None) -> Clause | None:
    """None where neither the scheme nor the law says more than the reason does; then the insurer's own words stand.

    Sources besides the scheme: 保险法 art. 22 (papers), art. 26 (two years).
    """
    if reason is RejectCode.INCOMPLETE or reason is RejectCode.COPIES_ONLY:
        return Clause("form.clause.papers")
    if scheme is None:
        return Clause("form.clause.two_years") if reason is RejectCode.LATE_FILING else None
    match reason:
        case RejectCode.BELOW_DEDUCTIBLE:
            return Clause(f"form.clause.deductible_{scheme.deductible.per}", {"amount_fen": scheme.deductible.amount})
        case RejectCode.WAITING_PERIOD if scheme.waiting.days:
            return Clause("form.clause.waiting", {"days": scheme.waiting.days})
        case RejectCode.LATE_FILING:
            days = scheme.claim_deadline_days
            return Clause("form.clause.deadline", {"days": days}) if days else Clause("form.clause.two_years")
        case RejectCode.OUTSIDE_AGE:
            terms = scheme.eligibility
            return Clause(f"form.clause.age_{terms.age_at}", {"youngest": terms.age_min, "oldest": terms.oldest})
        case RejectCode.OUTSIDE_POLICY_PERIOD:
            return Clause("form.clause.period", {"starts": scheme.effective_from, "ends": scheme.effective_to})
        case RejectCode.NOT_ON_ROSTER:
            return Clause("form.clause.roster", {"year": scheme.policy_year})
        case RejectCode.HOSPITAL_NOT_ELIGIBLE if scheme.base.designated_only:
            return Clause("form.clause.designated")
        case RejectCode.NOT_INPATIENT:
            return Clause("form.clause.inpatient")
        case RejectCode.THIRD_PARTY:
            return _excluded(scheme, THIRD_PARTY)
        case RejectCode.OUTSIDE_COVER:
            return _excluded(scheme)
    return None


def _excluded(scheme: Scheme, code: str = "") -> Clause | None:
    """What the scheme leaves out, in its own words."""
    texts = [one.text for one in scheme.exclusions if one.text and code in ("", one.code)]
    return Clause("form.clause.excluded", {"texts": "；".join(texts)}) if texts else None
