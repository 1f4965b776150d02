"""Which devices the server knows: one-time codes, enrolment, revocation."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from backbone_core.change import microseconds, moment
from backbone_core.errors import RuleBroken
from backbone_core.ids import new_id
from backbone_core.protocol import Enrolment, make_code, read_code
from backbone_server.refusals import RefusedError
from backbone_server.scopes import Scope, read_scope
from backbone_server.store.engine import Store
from backbone_server.store.tables import codes, devices, directory

_DEVICE_NO = re.compile(r"[A-Z]\d{2}")
_COUNTY = re.compile(r"\d{6}")
_NAME_LENGTH = 100
_KEY_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    device_id: str
    scope: Scope
    office: str
    device_no: str
    device_name: str
    public_key: bytes
    enrolled_at: datetime
    revoked_at: datetime | None

    @property
    def county(self) -> str:
        return self.scope.county


def issue_code(
    store: Store, scope: Scope, *, office: str, device_no: str, now: datetime, valid_for: timedelta
) -> str:
    """A one-time code for one device, shown once: the store keeps its hash. A newer code replaces an unused one.

    Raises `RuleBroken` device.county, device.number, device.number_taken. A number is given out once for ever,
    because it stands in receipt numbers.
    """
    if not _COUNTY.fullmatch(scope.county):
        raise RuleBroken("device.county", "county")
    if not _DEVICE_NO.fullmatch(device_no):
        raise RuleBroken("device.number", "number")
    code = make_code(secrets.randbelow)
    with store.writing() as connection:
        if _number_taken(connection, scope.county, device_no):
            raise RuleBroken("device.number_taken", "number", number=device_no)
        connection.execute(
            delete(codes).where(
                codes.c.county == scope.county, codes.c.device_no == device_no, codes.c.device_id == ""
            )
        )
        connection.execute(
            insert(codes).values(
                code_hash=_hash(read_code(code)),
                county=scope.county,
                scope=str(scope),
                office=office,
                device_no=device_no,
                made_at=microseconds(now),
                expires_at=microseconds(now + valid_for),
                device_id="",
            )
        )
    return code


def enrol(store: Store, wish: Enrolment, now: datetime) -> Device:
    """Make the device known. Asking again with the same code and key gives the same answer, in case it was lost.

    Raises `RefusedError` enrol.*; the code stays usable unless a device was enrolled with it.
    """
    if len(wish.public_key) != _KEY_LENGTH or _unfit(wish.device_name) or _unfit(wish.device_no):
        raise RefusedError("server.unreadable")
    try:
        code_hash = _hash(read_code(wish.code))
    except RuleBroken as broken:
        raise RefusedError(broken.code) from None
    with store.writing() as connection:
        query = select(codes).where(codes.c.code_hash == code_hash)
        code = connection.execute(query if store.is_sqlite else query.with_for_update()).mappings().first()
        if code is None:
            raise RefusedError("enrol.code_wrong")
        if code["device_id"]:
            return _enrolled_before(connection, code["device_id"], wish)
        _check_wish(connection, code, wish, now)
        device_id = new_id()
        connection.execute(
            insert(devices).values(
                device_id=device_id,
                county=code["county"],
                scope=code["scope"],
                office=code["office"],
                device_no=code["device_no"],
                device_name=wish.device_name,
                public_key=wish.public_key,
                enrolled_at=microseconds(now),
                directory_seq=_next_place(connection),
            )
        )
        connection.execute(update(codes).where(codes.c.code_hash == code_hash).values(device_id=device_id))
        return find_device(connection, device_id)


def find_device(connection: Connection, device_id: str) -> Device:
    """Raises `RefusedError` server.device_unknown, server.device_revoked."""
    row = connection.execute(select(devices).where(devices.c.device_id == device_id)).mappings().first()
    if row is None:
        raise RefusedError("server.device_unknown")
    device = _device(row)
    if device.revoked_at is not None:
        raise RefusedError("server.device_revoked")
    return device


def list_devices(store: Store) -> tuple[Device, ...]:
    with store.reading() as connection:
        rows = connection.execute(select(devices).order_by(devices.c.county, devices.c.device_no)).mappings()
        return tuple(_device(row) for row in rows)


def revoke(store: Store, device_id: str, now: datetime) -> Device:
    """Shut a device out from its next request on. Raises `RuleBroken("device.unknown")`."""
    with store.writing() as connection:
        there = devices.c.device_id == device_id
        active = there & devices.c.revoked_at.is_(None)
        if connection.execute(update(devices).where(active).values(revoked_at=microseconds(now))).rowcount:
            connection.execute(update(devices).where(there).values(directory_seq=_next_place(connection)))
        row = connection.execute(select(devices).where(there)).mappings().first()
        if row is None:
            raise RuleBroken("device.unknown", "device")
        return _device(row)


def _check_wish(connection: Connection, code: RowMapping, wish: Enrolment, now: datetime) -> None:
    if code["expires_at"] < microseconds(now):
        raise RefusedError("enrol.code_expired")
    if wish.county != code["county"]:
        raise RefusedError("enrol.county_differs")
    if wish.device_no != code["device_no"]:
        raise RefusedError("enrol.number_differs")
    if _number_taken(connection, code["county"], code["device_no"]):
        raise RefusedError("enrol.number_taken")
    if connection.scalar(select(devices.c.device_id).where(devices.c.public_key == wish.public_key)):
        raise RefusedError("enrol.key_known")


def _next_place(connection: Connection) -> int:
    """The next number of the directory; whoever takes one holds the row until the commit."""
    connection.execute(update(directory).values(last_seq=directory.c.last_seq + 1))
    return int(connection.execute(select(directory.c.last_seq)).scalar_one())


def _enrolled_before(connection: Connection, device_id: str, wish: Enrolment) -> Device:
    device = find_device(connection, device_id)
    if device.public_key != wish.public_key:
        raise RefusedError("enrol.code_used")
    return device


def _number_taken(connection: Connection, county: str, device_no: str) -> bool:
    query = select(devices.c.device_id).where(devices.c.county == county, devices.c.device_no == device_no)
    return connection.scalar(query) is not None


def _device(row: RowMapping) -> Device:
    return Device(
        device_id=row["device_id"],
        scope=read_scope(row["scope"]),
        office=row["office"],
        device_no=row["device_no"],
        device_name=row["device_name"],
        public_key=bytes(row["public_key"]),
        enrolled_at=moment(row["enrolled_at"]),
        revoked_at=None if row["revoked_at"] is None else moment(row["revoked_at"]),
    )


def _unfit(text: str) -> bool:
    return not text or len(text) > _NAME_LENGTH or not text.isprintable()


def _hash(code: str) -> bytes:
    # a code lives for days and is one of 2^55: a plain hash gives nothing away in time
    return hashlib.sha256(b"backbone enrolment\n" + code.encode()).digest()
