"""Notes what somebody did at the server itself, who and when, in the transaction in which it was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert

from backbone_core.change import microseconds
from backbone_core.ids import new_id
from backbone_server.store.tables import acts


def note_act(connection: Connection, county: str, act: str, *, by: str, now: datetime,
             detail: Mapping[str, Any]) -> None:
    """`detail` holds ids, counts and hashes, never what stands in a record."""
    connection.execute(insert(acts).values(county=county, act_id=new_id(), made_at=microseconds(now), act=act,
                                           made_by=by, detail=msgspec.msgpack.encode(dict(detail))))
