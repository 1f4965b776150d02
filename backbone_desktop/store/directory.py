"""The centre's directory of devices in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from backbone_desktop.services.directory_ports import DirectoryPlace, KnownDevice
from backbone_desktop.store.tables import directory_place, known_device


class StoredDirectory:
    """`services.directory_ports.DirectoryRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def place(self) -> DirectoryPlace | None:
        row = self._connection.execute(select(directory_place)).first()
        return DirectoryPlace(row.server_epoch, row.seq, row.read_at) if row else None

    def keep(self, devices: Sequence[KnownDevice], place: DirectoryPlace) -> None:
        if devices:
            new = insert(known_device)
            changed = {part.name: new.excluded[part.name] for part in fields(KnownDevice)} | {
                "revoked_at": func.coalesce(new.excluded.revoked_at, known_device.c.revoked_at)}
            self._connection.execute(new.on_conflict_do_update(index_elements=["public_key"], set_=changed),
                                     [asdict(device) for device in devices])
        here = insert(directory_place)
        self._connection.execute(here.on_conflict_do_update(index_elements=["only"], set_={
            name: here.excluded[name] for name in ("server_epoch", "seq", "read_at")}), {"only": 1, **asdict(place)})

    def of_number(self, county: str, device_no: str) -> tuple[KnownDevice, ...]:
        rows = self._connection.execute(
            select(known_device)
            .where(known_device.c.county == county, known_device.c.device_no == device_no)
            .order_by(known_device.c.enrolled_at)).mappings()
        return tuple(KnownDevice(**row) for row in rows)
