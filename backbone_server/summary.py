"""What the server holds, in numbers: for whoever runs it, and for checks after an exchange. No personal data."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from backbone_core.change import RecordKind, moment
from backbone_core.claim_checks import NOT_COUNTED
from backbone_server.store.engine import Store
from backbone_server.store.schema import identity
from backbone_server.store.tables import changes, counters, devices, receipts, records, schemes

_CLAIMS_SHOWN = 10_000


def summarise(store: Store) -> dict[str, Any]:
    """Counts per county, devices, and receipt numbers with states of the claims (the newest 10,000)."""
    with store.reading() as connection:
        server = identity(connection)
        return {
            "server_id": server.server_id,
            "server_epoch": server.server_epoch,
            "schema": server.schema_version,
            "counties": {county: _county(connection, county) for county in _counties(connection)},
            "devices": [_device(row) for row in connection.execute(select(devices).order_by(devices.c.enrolled_at))],
        }


def _counties(connection: Connection) -> list[str]:
    from_devices = select(devices.c.county)
    from_counters = select(counters.c.county)
    return sorted(connection.scalars(from_devices.union(from_counters)))


def _county(connection: Connection, county: str) -> dict[str, Any]:
    kinds = select(records.c.kind, func.count()).where(records.c.county == county, records.c.removed.is_(False))
    outcomes = select(changes.c.outcome, func.count()).where(changes.c.county == county)
    removed = select(func.count()).select_from(records).where(records.c.county == county, records.c.removed.is_(True))
    claims = _claims(connection, county)
    return {
        "records": _counts(connection, kinds.group_by(records.c.kind)),
        "removed": int(connection.scalar(removed) or 0),
        "changes": _counts(connection, outcomes.group_by(changes.c.outcome)),
        "receipts": int(
            connection.scalar(select(func.count()).select_from(receipts).where(receipts.c.county == county)) or 0
        ),
        "open_reviews": _open_reviews(connection, county),
        "claims_by_state": _tally(claim["state"] for claim in claims),
        "benefits": _benefits(connection, county),
        "claims": claims,
    }


def _benefits(connection: Connection, county: str) -> dict[str, int]:
    """How many benefits the server can work out anew; under a scheme that it does not know it judges none."""
    known = set(connection.execute(
        select(schemes.c.scheme_id, schemes.c.version).where(schemes.c.county == county)).tuples())
    counted = {"worked_out_anew": 0, "scheme_unknown": 0}
    for row in connection.execute(_of_kind(county, RecordKind.CLAIM)):
        fields = msgspec.msgpack.decode(row.fields)
        if fields.get("state") not in NOT_COUNTED and fields.get("benefit") is not None:
            named = (fields.get("scheme_id"), fields.get("scheme_version"))
            counted["worked_out_anew" if named in known else "scheme_unknown"] += 1
    return counted


def _claims(connection: Connection, county: str) -> list[dict[str, Any]]:
    found = connection.execute(_of_kind(county, RecordKind.CLAIM).limit(_CLAIMS_SHOWN))
    return [
        {
            "id": row.record_id,
            "receipt_no": fields.get("receipt_no", ""),
            "state": fields.get("state", ""),
            "version": row.version,
        }
        for row, fields in ((row, msgspec.msgpack.decode(row.fields)) for row in found)
    ]


def _open_reviews(connection: Connection, county: str) -> dict[str, int]:
    found = connection.execute(_of_kind(county, RecordKind.REVIEW))
    reviews = [msgspec.msgpack.decode(row.fields) for row in found]
    return _tally(str(fields.get("code", "")) for fields in reviews if fields.get("open"))


def _of_kind(county: str, kind: RecordKind) -> Any:
    return (
        select(records.c.record_id, records.c.version, records.c.fields)
        .where(records.c.county == county, records.c.kind == kind.value, records.c.removed.is_(False))
        .order_by(records.c.server_seq.desc())
    )


def _device(row: Any) -> dict[str, Any]:
    return {
        "device_id": row.device_id,
        "county": row.county,
        "scope": row.scope,
        "office": row.office,
        "device_no": row.device_no,
        "device_name": row.device_name,
        "enrolled_at": moment(row.enrolled_at).isoformat(),
        "revoked_at": None if row.revoked_at is None else moment(row.revoked_at).isoformat(),
    }


def _counts(connection: Connection, query: Any) -> dict[str, int]:
    return {name: int(count) for name, count in sorted(connection.execute(query).tuples())}


def _tally(names: Any) -> dict[str, int]:
    counted: dict[str, int] = {}
    for name in names:
        counted[name] = counted.get(name, 0) + 1
    return dict(sorted(counted.items()))
