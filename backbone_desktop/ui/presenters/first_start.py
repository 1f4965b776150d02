"""The first start, decided without a window: which steps there are, what each one finds, and what is asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from backbone_core.errors import Finding, refusal
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.office import SetupRequest
    from backbone_desktop.ui.backend import County


class Step(StrEnum):
    LANGUAGE = "language"
    COUNTY = "county"
    OFFICE = "office"
    ACCOUNT = "account"
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"
    FINISH = "finish"


FIELDS: Mapping[Step, tuple[str, ...]] = {
    Step.LANGUAGE: ("language",),
    Step.COUNTY: ("county",),
    Step.OFFICE: ("office", "township", "device_name", "device_no", "policy_year"),
    Step.ACCOUNT: ("display_name", "account", "password", "password_again"),
    Step.PASSPHRASE: ("passphrase", "passphrase_again"),
    Step.RECOVERY: (),
    Step.FINISH: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStartDraft:
    """What was typed so far, as it was typed; `county` is a code once one was chosen."""

    language: str = "zh_CN"
    county: str = ""
    office: str = ""
    township: str = ""
    device_name: str = ""
    device_no: str = "A01"
    policy_year: str = ""
    display_name: str = ""
    account: str = ""
    password: str = field(default="", repr=False)
    password_again: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    passphrase_again: str = field(default="", repr=False)


def fresh_draft(language: str, now: datetime) -> FirstStartDraft:
    return FirstStartDraft(language=language, policy_year=str(now.astimezone(CHINA).year))


def steps(keyring_works: bool) -> tuple[Step, ...]:
    """Without a keyring the store needs a passphrase; with one nobody is asked for it."""
    return tuple(step for step in Step if step is not Step.PASSPHRASE or not keyring_works)


def step_of(field_name: str) -> Step | None:
    return next((step for step, names in FIELDS.items() if field_name in names), None)


def request_of(draft: FirstStartDraft, counties: Mapping[str, County]) -> SetupRequest:
    from backbone_desktop.services.office import SetupRequest

    county = counties.get(draft.county)
    year = unicodedata.normalize("NFKC", draft.policy_year).strip()
    return SetupRequest(
        county=county.code if county else "", county_name=county.name if county else "",
        office=draft.office, township=draft.township, device_name=draft.device_name,
        device_no=unicodedata.normalize("NFKC", draft.device_no),
        policy_year=int(year) if year.isascii() and year.isdigit() else 0,
        language=draft.language, account=draft.account, display_name=draft.display_name, password=draft.password,
    )


def findings(step: Step, draft: FirstStartDraft, counties: Mapping[str, County],
             check_passphrase: Callable[[str], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """What is wrong with the fields of one step."""
    from backbone_desktop.services.office import check_setup

    found: list[Finding] = []
    if step is Step.PASSPHRASE:
        found += check_passphrase(draft.passphrase)
        if draft.passphrase != draft.passphrase_again:
            found.append(refusal("password.not_the_same", "passphrase_again"))
        return tuple(found)
    found += [one for one in check_setup(request_of(draft, counties)) if one.field in FIELDS[step]]
    if step is Step.ACCOUNT and draft.password != draft.password_again:
        found.append(refusal("password.not_the_same", "password_again"))
    return tuple(found)


def groups(code: str) -> tuple[str, ...]:
    """The recovery code as it is read out."""
    return tuple(code.split("-"))


def is_group(code: str, number: int, typed: str) -> bool:
    """Whether group `number` (from 0) was typed back, in any case and width, with O for 0 and I or L for 1."""
    plain = unicodedata.normalize("NFKC", typed).strip().upper().translate(str.maketrans("OIL", "011"))
    return plain == groups(code)[number]
