"""Builds the profile that is measured: an office, and a register of a million people as the exchange leaves it.

The rows go in past the store's own acts, indexes last: what is measured is the register, not its making.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert

from backbone_core.enrolment import EnrolmentStatus
from backbone_core.household import PovertyType
from backbone_core.ids import new_id
from backbone_desktop.app import LocalBackend
from backbone_desktop.services.office import SetupRequest
from backbone_desktop.store.search_keys import rebuild
from backbone_desktop.store.spellings import Spellings
from backbone_desktop.store.tables import enrolment, household, member, name_part, spelling
from benchmarks.registry.people import COUNTY, MadePerson, people

ACCOUNT, PASSWORD = "ceshi", "Benchmark2019"
YEAR = 2019
SCHEME = Path(__file__).parents[2] / "resources" / "schemes" / f"example-1900-60-{COUNTY}-{YEAR}.json"
_AT_ONCE = 5_000
_WHEN = datetime(2019, 1, 2, tzinfo=UTC)
_FILLED = (household, member, spelling, name_part, enrolment)


def found_office(profile: Path) -> LocalBackend:
    """A set-up office, open, with an example scheme and nobody in its register."""
    backend = LocalBackend(profile)
    backend.set_up(SetupRequest(
        county=COUNTY, county_name="示例县", office="示例县医疗保障局", township="测试3镇", device_name="测速机",
        device_no="A01", policy_year=YEAR, language="zh_CN", account=ACCOUNT, display_name="测试经办",
        password=PASSWORD), schemes=(SCHEME.read_text("utf-8"),))
    return backend


def fill(backend: LocalBackend, count: int) -> None:
    """Put `count` people into an open office's store."""
    store, _ = backend.opened
    with store.engine.connect().execution_options(writing=True) as connection:
        indexes = _without_indexes(connection)
        for some in _batches(people(count), _AT_ONCE):
            _write(connection, some)
        rebuild(connection)
        for statement in indexes:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _without_indexes(connection: Connection) -> list[str]:
    names = ", ".join(f"'{table.name}'" for table in _FILLED)
    found = connection.exec_driver_sql(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})").all()
    for name, _ in found:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    return [statement for _, statement in found]


def _write(connection: Connection, some: list[MadePerson]) -> None:
    homes, members, covers = [], [], []
    for one in some:
        if one.first:
            town, village, group = one.place
            _HOME[one.family] = new_id()
            homes.append({"id": _HOME[one.family], "household_no": one.household_no, "county": COUNTY,
                          "township": town, "village": village, "group": group, "address": "",
                          "poverty_type": PovertyType.ORDINARY, "phone": one.phone, **_fed()})
        member_id = new_id()
        members.append({"id": member_id, "household_id": _HOME[one.family], "name": one.name, "id_no": one.id_no,
                        "relation": one.relation, "disability": "", "ethnic": "苗族", "phone": one.phone,
                        "bank_name": "", "bank_account": "", "account_holder": "", **_fed()})
        covers.append({"id": new_id(), "member_id": member_id, "policy_year": YEAR,
                       "scheme_id": f"EXAMPLE-{COUNTY}-{YEAR}", "scheme_version": 1, "starts": date(YEAR, 1, 1),
                       "ends": date(YEAR, 12, 31), "status": EnrolmentStatus.ENROLLED, **_fed()})
    for table, rows in ((household, homes), (member, members), (enrolment, covers)):
        _put(connection, table, rows)
    Spellings(connection).write_new([(row["id"], row["name"]) for row in members])


_HOME: dict[int, str] = {}


def _fed() -> dict[str, Any]:
    return {"version": 1, "changed_at": _WHEN, "fed": 1}


def _put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _batches(made: Iterable[MadePerson], size: int) -> Iterator[list[MadePerson]]:
    rest = iter(made)
    while some := list(itertools.islice(rest, size)):
        yield some


if __name__ == "__main__":
    begun = time.monotonic()
    office = found_office(Path(sys.argv[1]))
    fill(office, int(sys.argv[2]))
    office.close()
    print(f"{sys.argv[2]} people in {time.monotonic() - begun:.0f} s")
