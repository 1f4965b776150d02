"""Founding an office on a fresh machine, and the few things about it that are set afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backbone_core.errors import Finding
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.rows import OfficeProfile

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme


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
    raise NotImplementedError


def set_up_office(desk: Desk, request: SetupRequest, scheme_texts: tuple[str, ...]) -> OfficeProfile:
    """Keep the office, its first account and its schemes in one transaction."""
    raise NotImplementedError


def profile(desk: Desk) -> OfficeProfile:
    raise NotImplementedError


def import_scheme(desk: Desk, text: str) -> Scheme:
    raise NotImplementedError


def set_language(desk: Desk, language: str) -> None:
    raise NotImplementedError
