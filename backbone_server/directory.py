"""Gives every device the public keys of all devices, so that any office can prove a paper without a link."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from backbone_core.protocol import DeviceCard, DirectoryPage, Sign, seal_card
from backbone_server.devices import Device
from backbone_server.refusals import RefusedError
from backbone_server.store.engine import Store
from backbone_server.store.schema import identity
from backbone_server.store.tables import devices, directory


def newest_place(connection: Connection) -> int:
    """The number of the last change to the directory."""
    return int(connection.execute(select(directory.c.last_seq)).scalar_one())


def directory_page(store: Store, sign: Sign, device: Device, cursor: tuple[str, int], limit: int) -> DirectoryPage:
    """The next cards after the cursor (("", 0) = from the beginning), of all counties, revoked ones too.

    Raises `RefusedError("server.cursor")` for a cursor of another life of the server.
    """
    cursor_epoch, after = cursor
    with store.reading() as connection:
        epoch, newest = identity(connection).server_epoch, newest_place(connection)
        if after and (cursor_epoch != epoch or after > newest):
            raise RefusedError("server.cursor")
        changed = select(devices).where(devices.c.directory_seq > after).order_by(devices.c.directory_seq)
        rows = connection.execute(changed.limit(limit + 1)).all()
    page, more = rows[:limit], len(rows) > limit
    return DirectoryPage(
        server_epoch=epoch,
        device_id=device.device_id,
        after=after,
        upto=page[-1].directory_seq if more else newest,
        more=more,
        cards=tuple(seal_card(_card(row), sign) for row in page),
    )


def _card(row: Any) -> DeviceCard:
    return DeviceCard(
        county=row.county,
        device_no=row.device_no,
        public_key=bytes(row.public_key),
        office=row.office,
        enrolled_at=row.enrolled_at,
        revoked_at=row.revoked_at,
    )
