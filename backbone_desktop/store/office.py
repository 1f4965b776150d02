"""The office, its people and its forms in progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.dialects.sqlite import insert as put

from backbone_core.errors import Unavailable
from backbone_desktop.services.ports import Clock
from backbone_desktop.services.rows import Account, KeptDraft, OfficeProfile
from backbone_desktop.store.search_keys import mark_near
from backbone_desktop.store.tables import account, draft, office, setting

_ONLY = 1


class StoredOffice:
    """`services.ports.OfficeRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def profile(self) -> OfficeProfile:
        """Raises `Unavailable("store.no_office")` in a store that no office was set up in."""
        row = self._connection.execute(select(office)).mappings().first()
        if row is None:
            raise Unavailable("store.no_office")
        return OfficeProfile(**{part.name: row[part.name] for part in fields(OfficeProfile)})

    def save(self, profile: OfficeProfile) -> None:
        before = self._connection.scalar(select(office.c.township)) or ""
        _put(self._connection, office, {"only": _ONLY}, asdict(profile))
        if profile.township != before:
            mark_near(self._connection, profile.township)

    def setting(self, name: str) -> str | None:
        return self._connection.scalar(select(setting.c.value).where(setting.c.name == name))

    def set_setting(self, name: str, value: str) -> None:
        _put(self._connection, setting, {"name": name}, {"value": value})


class StoredAccounts:
    """`services.ports.AccountRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> Account | None:
        row = self._connection.execute(select(account).where(account.c.name == name)).mappings().first()
        return None if row is None else Account(**row)

    def all(self) -> tuple[Account, ...]:
        rows = self._connection.execute(select(account).order_by(account.c.name)).mappings()
        return tuple(Account(**row) for row in rows)

    def save(self, account: Account) -> None:
        values = asdict(account)
        _put(self._connection, _ACCOUNT, {"id": values.pop("id")}, values)


class StoredDrafts:
    """`services.ports.DraftRepository`."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def keep(self, form: str, key: str, payload: Mapping[str, Any]) -> None:
        _put(self._connection, draft, {"form": form, "key": key},
             {"payload": dict(payload), "kept_at": self._clock.now()})

    def get(self, form: str, key: str) -> KeptDraft | None:
        return next(iter(self._kept(draft.c.form == form, draft.c.key == key)), None)

    def all(self, form: str | None = None) -> tuple[KeptDraft, ...]:
        """Newest first."""
        return self._kept() if form is None else self._kept(draft.c.form == form)

    def drop(self, form: str, key: str) -> None:
        self._connection.execute(delete(draft).where(draft.c.form == form, draft.c.key == key))

    def _kept(self, *conditions: Any) -> tuple[KeptDraft, ...]:
        rows = self._connection.execute(
            select(draft).where(*conditions).order_by(draft.c.kept_at.desc(), draft.c.key)
        ).mappings()
        return tuple(KeptDraft(**row) for row in rows)


_ACCOUNT = account


def _put(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Insert the row or change the one that is there."""
    connection.execute(
        put(table).values(**key, **values).on_conflict_do_update(index_elements=list(key), set_=dict(values))
    )
