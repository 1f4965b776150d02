"""Founding an office on a fresh machine, and the few things about it that are set afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from backbone_core.errors import Finding, RuleBroken, refuse_if_any
from backbone_desktop.services.accounts import check_account, keep_new_account, new_account
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.enrolling import enrol_everybody
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.reading import Reading, read_text
from backbone_desktop.services.rows import OfficeProfile, Role
from backbone_desktop.words import LANGUAGES

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme

COUNTY_CODE = re.compile(r"[1-9]\d{5}", re.ASCII)
DEVICE_NO = re.compile(r"[A-Z]\d{2}", re.ASCII)
FIRST_POLICY_YEAR = 2017  # the year of the pilot in Xishui
LAST_POLICY_YEAR = 2099


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupRequest:
    """What the first-start wizard gathers. `county` is a GB/T 2260 code, `device_no` a letter and two digits."""

    county: str
    county_name: str
    office: str
    township: str = ""
    device_name: str
    device_no: str
    policy_year: int
    language: str
    account: str
    display_name: str
    password: str = field(repr=False)


def check_setup(request: SetupRequest) -> tuple[Finding, ...]:
    """Every finding about the request, each at its field; the wizard asks page by page."""
    form = Reading()
    if not COUNTY_CODE.fullmatch(request.county):
        form.refuse("office.county_missing", "county")
    form.text("county_name", request.county_name, missing="office.county_missing")
    form.text("office", request.office, missing="office.name_missing", longest=60)
    form.text("township", request.township, longest=60)
    form.text("device_name", request.device_name, missing="office.device_name_missing", longest=40)
    if not DEVICE_NO.fullmatch(request.device_no.strip().upper()):
        form.refuse("office.device_no_form", "device_no")
    if not FIRST_POLICY_YEAR <= request.policy_year <= LAST_POLICY_YEAR:
        form.refuse("office.policy_year", "policy_year", first=FIRST_POLICY_YEAR, last=LAST_POLICY_YEAR)
    if request.language not in LANGUAGES:
        form.refuse("office.language_unknown", "language")
    form.add(*check_account(request.account, request.display_name, request.password))
    return tuple(form.findings)


def set_up_office(desk: Desk, request: SetupRequest, scheme_texts: tuple[str, ...]) -> OfficeProfile:
    """Keep the office, its first account (an administrator) and its schemes in one transaction.

    Raises RuleBroken with every finding, or office.already_set_up.
    """
    refuse_if_any(check_setup(request))
    founded = OfficeProfile(
        county=request.county, county_name=read_text(request.county_name), office=read_text(request.office),
        township=read_text(request.township), device_name=read_text(request.device_name),
        device_no=request.device_no.strip().upper(), policy_year=request.policy_year, language=request.language,
    )
    account = new_account(desk, request.account, request.display_name, Role.ADMINISTRATOR, request.password)
    with desk.open() as work:
        if work.accounts.all():
            raise RuleBroken("office.already_set_up")
        work.office.save(founded)
        keep_new_account(work, account)
        for text in scheme_texts:
            work.schemes.add(text)
        work.audit.add("set_up_office", "office", founded.county, {"device_no": founded.device_no})
        work.commit()
    return founded


def profile(desk: Desk) -> OfficeProfile:
    with desk.read() as work:
        return work.office.profile()


def import_scheme(desk: Desk, text: str) -> Scheme:
    """Keep a county's scheme file. The first of the office's policy year covers whoever is registered already.

    Raises RuleBroken with the path of every mistake, scheme.other_county, scheme.other_in_force (another scheme holds
    in that year).
    """
    from backbone_core.scheme import SchemeStatus, read_scheme

    require(desk, Duty.RUN_OFFICE)
    year = read_scheme(text).policy_year
    with desk.open() as work:
        office = work.office.profile()
        before = work.schemes.for_year(office.county, year)
        scheme = work.schemes.add(text)
        if scheme.county != office.county:
            raise RuleBroken("scheme.other_county", "county", theirs=scheme.county, ours=office.county)
        if scheme.status is SchemeStatus.APPROVED:
            if before is not None and before.scheme_id != scheme.scheme_id:
                raise RuleBroken("scheme.other_in_force", "scheme_id", scheme_id=before.scheme_id, policy_year=year)
            if before is None and year == office.policy_year:
                enrol_everybody(work, year)
        work.audit.add("import_scheme", "scheme", scheme.scheme_id, {"version": scheme.version})
        work.commit()
    return scheme


def set_language(desk: Desk, language: str) -> None:
    if language not in LANGUAGES:
        raise RuleBroken("office.language_unknown", "language")
    with desk.open() as work:
        work.office.save(replace(work.office.profile(), language=language))
        work.commit()
