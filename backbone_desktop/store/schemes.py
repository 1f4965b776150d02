"""Schemes as the county gave them, kept as their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select, update

from backbone_core.errors import RuleBroken
from backbone_desktop.services.ports import Clock
from backbone_desktop.store.tables import scheme

if TYPE_CHECKING:
    from datetime import datetime

    from backbone_core.scheme import Scheme

_APPROVED = "approved"
_DECIDED = (_APPROVED, "withdrawn")
"""A version that withdraws a scheme does not bring the one before it back."""


class StoredSchemes:
    """`services.ports.SchemeRepository`."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._read: dict[tuple[str, int], Scheme | None] = {}

    def for_year(self, county: str, policy_year: int) -> Scheme | None:
        found = self._connection.execute(
            select(scheme.c.scheme_id, scheme.c.version, scheme.c.status)
            .where(scheme.c.county == county, scheme.c.policy_year == policy_year, scheme.c.status.in_(_DECIDED))
            .order_by(scheme.c.version.desc(), scheme.c.scheme_id.desc()).limit(1)
        ).first()
        if found is None or found.status != _APPROVED:
            return None
        return self.get(found.scheme_id, found.version)

    def get(self, scheme_id: str, version: int) -> Scheme | None:
        key = (scheme_id, version)
        if key not in self._read:
            text = self._connection.scalar(select(scheme.c.text).where(*_named(*key)))
            self._read[key] = None if text is None else _scheme(text)
        return self._read[key]

    def add(self, text: str) -> Scheme:
        """Keep a scheme; the same file once more changes nothing, a draft gives way to what comes after it."""
        new = _scheme(text)
        values: dict[str, Any] = {
            "county": new.county, "policy_year": new.policy_year, "status": str(new.status), "text": text,
            "kept_at": self._clock.now(),
        }
        there = self._connection.execute(
            select(scheme.c.status, scheme.c.text).where(*_named(new.scheme_id, new.version))
        ).first()
        if there is None:
            self._connection.execute(insert(scheme).values(scheme_id=new.scheme_id, version=new.version, **values))
        elif there.status != _APPROVED:
            self._connection.execute(update(scheme).where(*_named(new.scheme_id, new.version)).values(**values))
        elif _scheme(there.text) != new:
            raise RuleBroken("scheme.exists", scheme_id=new.scheme_id, version=new.version)
        self._read.pop((new.scheme_id, new.version), None)
        return new

    def all(self, county: str) -> tuple[tuple[Scheme, datetime], ...]:
        rows = self._connection.execute(
            select(scheme.c.text, scheme.c.kept_at).where(scheme.c.county == county)
            .order_by(scheme.c.policy_year.desc(), scheme.c.version.desc(), scheme.c.scheme_id.desc())
        )
        return tuple((_scheme(text), kept_at) for text, kept_at in rows)

    def years(self, county: str) -> tuple[int, ...]:
        """Policy years with an approved scheme, newest first."""
        return tuple(self._connection.scalars(
            select(scheme.c.policy_year).where(scheme.c.county == county, scheme.c.status == _APPROVED)
            .distinct().order_by(scheme.c.policy_year.desc())
        ))


def _named(scheme_id: str, version: int) -> tuple[Any, ...]:
    return scheme.c.scheme_id == scheme_id, scheme.c.version == version


def _scheme(text: str) -> Scheme:
    from backbone_core.scheme import read_scheme

    return read_scheme(text)
