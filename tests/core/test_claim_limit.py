"""Until when a claim may be brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from backbone_core.claim import Claim
from backbone_core.claim_limit import claim_limit
from backbone_core.scheme import read_scheme

SCHEME = read_scheme((Path(__file__).parents[2] / "resources/schemes/example-1900-60-520625-2026.json").read_bytes())
CLAIM = Claim(id="c", member_id="m", household_id="h", policy_year=2026, admitted=date(2026, 9, 1),
              discharged=date(2026, 9, 13))


def test_the_schemes_limit_runs_from_discharge() -> None:
    assert claim_limit(CLAIM, replace(SCHEME, claim_deadline_days=180)) == date(2027, 3, 12)


def test_else_the_law_leaves_two_years_from_the_day_of_admission() -> None:
    assert claim_limit(CLAIM, SCHEME) == claim_limit(CLAIM, None) == date(2028, 9, 1)
    assert claim_limit(replace(CLAIM, admitted=date(2024, 2, 29)), SCHEME) == date(2026, 2, 28)


def test_without_the_days_of_the_stay_nobody_knows() -> None:
    assert claim_limit(replace(CLAIM, admitted=None), SCHEME) is None
    assert claim_limit(replace(CLAIM, discharged=None), replace(SCHEME, claim_deadline_days=180)) is None
