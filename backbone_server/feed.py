"""Gives a device the latest state of what it may see and does not have yet, in commit order."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Select, null, select, union_all

from backbone_core.change import REMOVED, RecordKind
from backbone_core.protocol import FeedPage, RecordState
from backbone_server.devices import Device
from backbone_server.refusals import RefusedError
from backbone_server.store.engine import Store
from backbone_server.store.schema import identity
from backbone_server.store.tables import counters, departures, records

_PAGE_BYTES = 1 << 20


def feed_page(store: Store, device: Device, cursor_epoch: str, after: int, limit: int) -> FeedPage:
    """The next page after the cursor ("" and 0 = from the beginning).

    Writers to a county queue for its counter row until they commit, so whatever is numbered below what is visible is
    visible too: a cursor never steps over somebody who commits late. Raises `RefusedError("server.cursor")` for a
    cursor of another life of the server, be it that only the number tells.
    """
    with store.reading() as connection:
        server = identity(connection)
        if after and cursor_epoch != server.server_epoch:
            raise RefusedError("server.cursor")
        newest = int(connection.scalar(select(counters.c.last_seq).where(counters.c.county == device.county)) or 0)
        if after > newest:
            raise RefusedError("server.cursor")
        rows = connection.execute(_after(device, after).limit(limit + 1)).all()
    states: list[RecordState] = []
    upto, size = after, 0
    for row in rows[:limit]:
        size += len(row.fields or b"")
        if states and size > _PAGE_BYTES:
            break
        states.append(_state(row))
        upto = row.server_seq
    more = len(states) < len(rows)
    return FeedPage(
        server_epoch=server.server_epoch,
        device_id=device.device_id,
        after=after,
        upto=upto if more else newest,
        more=more,
        records=tuple(states),
    )


def _after(device: Device, after: int) -> Select[Any]:
    columns = (records.c.kind, records.c.record_id, records.c.version, records.c.fields, records.c.server_seq)
    here = select(*columns).where(records.c.county == device.county, records.c.server_seq > after)
    if not device.scope.township:
        return here.order_by(records.c.server_seq)
    stay = here.where(records.c.township == device.scope.township)
    gone = select(
        departures.c.kind,
        departures.c.record_id,
        departures.c.version,
        null().label("fields"),
        departures.c.server_seq,
    ).where(
        departures.c.county == device.county,
        departures.c.township == device.scope.township,
        departures.c.server_seq > after,
    )
    both = union_all(stay, gone).subquery()
    return select(both).order_by(both.c.server_seq)


def _state(row: Any) -> RecordState:
    fields = {REMOVED: True} if row.fields is None else msgspec.msgpack.decode(row.fields)
    return RecordState(kind=RecordKind(row.kind), record_id=row.record_id, version=row.version, fields=fields)
