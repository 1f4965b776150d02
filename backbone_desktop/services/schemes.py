"""The county's schemes as they are kept: looked up, and tried out with amounts that belong to nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING

from backbone_core.benefit import Benefit, Stay, work_out_year
from backbone_core.claim_checks import severity_of
from backbone_core.costs import SETTLEMENT_FIELDS, Costs, check_costs
from backbone_core.errors import Finding, RuleBroken, Severity, refuse_if_any
from backbone_core.household import PovertyType
from backbone_core.money import read_amount
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.reading import Reading

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptScheme:
    """One version in the store. `in_force`: the one by which claims of its policy year are worked out now."""

    scheme: Scheme
    kept_at: datetime
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialStay:
    """One stay as it is typed for a trial: amounts in yuan under the settlement sheet's names, the rest as in a claim;
    dates play no part in an amount."""

    costs: Mapping[str, str]
    hospital_level: str = ""
    designated: bool = True
    icd10: str = ""
    poverty_type: str = PovertyType.ORDINARY.value
    cause: str = "illness"
    case_type: str = "inpatient"


def kept_schemes(desk: Desk) -> tuple[KeptScheme, ...]:
    """Every version of the county's schemes, youngest policy year and newest version first."""
    with desk.read() as work:
        county = work.office.profile().county
        versions = work.schemes.all(county)
        years = {scheme.policy_year for scheme, _ in versions}
        force = {year: work.schemes.for_year(county, year) for year in years}
    return tuple(KeptScheme(scheme=scheme, kept_at=kept_at, in_force=scheme == force[scheme.policy_year])
                 for scheme, kept_at in versions)


def scheme_named(desk: Desk, scheme_id: str, version: int | None = None) -> Scheme:
    """A version, or the newest one. Raises RuleBroken scheme.unknown."""
    for kept in kept_schemes(desk):
        if kept.scheme.scheme_id == scheme_id and version in (None, kept.scheme.version):
            return kept.scheme
    raise RuleBroken("scheme.unknown", scheme_id=scheme_id)


def scheme_of_year(desk: Desk, policy_year: int | None = None) -> Scheme:
    """The scheme in force in a policy year, or in the office's. Raises RuleBroken scheme.none_in_force."""
    with desk.read() as work:
        office = work.office.profile()
        year = office.policy_year if policy_year is None else policy_year
        scheme = work.schemes.for_year(office.county, year)
    if scheme is None:
        raise RuleBroken("scheme.none_in_force", year=year)
    return scheme


def try_scheme(scheme: Scheme, typed: tuple[TrialStay, ...]) -> tuple[Benefit, ...]:
    """What the scheme pays one person for these stays of a year, in their order; nothing is kept.

    Raises RuleBroken with every finding at "stays.<n>.<field>"; sums that do not add up refuse as they do in a claim.
    """
    form = Reading()
    sums = severity_of(scheme.checks.sums)
    stays = [_stay(form, f"stays.{number}.", one, sums) for number, one in enumerate(typed)]
    refuse_if_any(tuple(found for found in form.findings if found.refuses))
    return work_out_year(scheme, stays)


def _stay(form: Reading, place: str, typed: TrialStay, sums: Severity) -> Stay:
    known = {one.name for one in fields(Costs)}
    for name in set(typed.costs) - known:
        form.refuse("cost.unknown_field", f"{place}costs.{name}", name=name)
    amounts = {
        name: form.take(f"{place}costs.{name}", lambda text=typed.costs[name]: read_amount(text), 0)  # type: ignore[misc]
        for name in SETTLEMENT_FIELDS if typed.costs.get(name, "").strip()
    }
    costs = Costs(**amounts)
    form.add(*(Finding(found.code, f"{place}costs.{found.field}", found.facts, found.severity)
               for found in check_costs(costs, sums)))
    poverty = PovertyType.ORDINARY
    if typed.poverty_type in set(PovertyType):
        poverty = PovertyType(typed.poverty_type)
    else:
        form.refuse("household.poverty_type_unknown", f"{place}poverty_type")
    return Stay(costs=costs, case_type=typed.case_type, hospital_level=typed.hospital_level,
                designated=typed.designated, icd10=typed.icd10, poverty_type=poverty, cause=typed.cause)
