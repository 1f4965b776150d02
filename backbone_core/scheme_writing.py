"""Writes a scheme as the file that an office can read, sign and keep."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from backbone_core.scheme_terms import Checks, DocumentNeed, Override

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme


def written(scheme: Scheme) -> str:
    """JSON text in the order of the format's description, two blanks a level."""
    terms, base, caps = scheme.eligibility, scheme.base, scheme.caps
    plain: dict[str, Any] = {
        "schema": scheme.schema,
        "scheme_id": scheme.scheme_id,
        "version": scheme.version,
        "status": scheme.status,
        "supersedes": scheme.supersedes,
        "title": scheme.title,
        "example": scheme.example,
        "county": scheme.county,
        "policy_year": scheme.policy_year,
        "policy_no": scheme.policy_no,
        "insurer": scheme.insurer,
        "premium": _yuan(scheme.premium),
        "effective": {"from": scheme.effective_from.isoformat(), "to": scheme.effective_to.isoformat()},
        "attach_by": scheme.attach_by,
        "eligibility": {
            "age": [terms.age_min, terms.age_max],
            "age_at": terms.age_at,
            "age_end_inclusive": terms.age_end_inclusive,
            "household_types": terms.household_types,
            "roster_required": terms.roster_required,
        },
        "waiting": {"days": scheme.waiting.days, "waive_on": scheme.waiting.waive_on},
        "base": {
            "from": base.start,
            "minus": base.minus,
            "eligible_items": {name: _ratio(share) for name, share in base.eligible_items},
            "floor": _yuan(base.floor),
            "case_types": base.case_types,
            "hospital_levels": base.hospital_levels or "*",
            "designated_only": base.designated_only,
        },
        "deductible": {"amount": _yuan(scheme.deductible.amount), "per": scheme.deductible.per},
        "bands": {
            "measure": scheme.bands.measure,
            "mode": scheme.bands.mode,
            "rows": [
                {"gt": _yuan(row.above), "le": _or_none(row.upto), "ratio": _ratio(row.ratio)}
                for row in scheme.bands.rows
            ],
        },
        "overrides": [_override(override) for override in scheme.overrides],
        "caps": {
            "per_claim": _or_none(caps.per_claim),
            "per_year": _or_none(caps.per_year),
            "pool": _or_none(caps.pool),
            "not_above_base": caps.not_above_base,
        },
        "min_payment": {"amount": _yuan(scheme.min_payment.amount), "action": scheme.min_payment.action},
        "rounding": {
            "unit": _yuan(scheme.rounding.unit),
            "mode": scheme.rounding.mode,
            "at": scheme.rounding.at,
        },
        "exclusions": [{"code": exclusion.code, "text": exclusion.text} for exclusion in scheme.exclusions],
        "documents": [_document(document) for document in scheme.documents],
        "claim_deadline_days": scheme.claim_deadline_days,
        "source_note": scheme.source_note,
        "signed_sha256": scheme.signed_sha256,
    }
    if scheme.checks != Checks():  # a file that is silent about them stays as it was
        plain["checks"] = asdict(scheme.checks)
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _override(override: Override) -> dict[str, Any]:
    match = {"icd10": override.icd10, "hosp_level": override.hosp_level, "poverty": override.poverty}
    plain: dict[str, Any] = {"match": {kind: patterns for kind, patterns in match.items() if patterns}}
    if override.ratio is not None:
        plain["ratio"] = _ratio(override.ratio)
    if override.deductible is not None:
        plain["deductible"] = _yuan(override.deductible)
    return {**plain, "priority": override.priority}


def _document(document: DocumentNeed) -> dict[str, str]:
    plain = {"code": document.code, "need": document.need.value, "when": document.when, "text": document.text}
    return {name: value for name, value in plain.items() if value}


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _or_none(fen: int | None) -> str | None:
    return None if fen is None else _yuan(fen)


def _ratio(share: Decimal) -> str:
    return f"{share:.2f}" if share == round(share, 2) else f"{share.normalize():f}"
