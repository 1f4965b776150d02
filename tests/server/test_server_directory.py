"""The directory of devices: who signs with which key, sealed card by card, and only what changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from device_end import DeviceEnd, TurnedDownError
from sqlalchemy import inspect, select, text

from backbone_core.protocol import DeviceCard, UnreadableError, WrongSignatureError, read_card
from backbone_server.app import Parts
from backbone_server.devices import revoke
from backbone_server.keys import verify
from backbone_server.store.engine import Store
from backbone_server.store.schema import VERSION, prepare
from backbone_server.store.tables import devices, directory

Make = Callable[..., Any]


def cards(end: DeviceEnd, epoch: str = "", after: int = 0) -> list[DeviceCard]:
    return [read_card(body, end.server_key, verify) for body in end.directory(epoch, after).cards]


def test_every_device_gets_the_keys_of_all_counties(device: Make) -> None:
    here, far = device("A01", township="示例镇"), device("B07", county="530521")
    found = {(one.county, one.device_no): one for one in cards(here)}
    assert found.keys() == {("520625", "A01"), ("530521", "B07")}
    assert found["530521", "B07"].public_key == far.public_key
    assert found["530521", "B07"].revoked_at is None
    assert cards(far) == cards(here)


def test_only_what_changed_since_comes_down(device: Make, parts: Parts) -> None:
    here, other = device("A01"), device("A02")
    first = here.directory()
    assert (first.upto, first.more, len(first.cards)) == (2, False, 2)
    assert here.hello().directory == 2
    assert here.directory(first.server_epoch, 2).cards == ()
    revoke(parts.store, other.device_id, parts.now())
    assert here.hello().directory == 3
    (changed,) = cards(here, first.server_epoch, 2)
    assert changed.device_no == "A02"
    assert changed.revoked_at is not None
    revoke(parts.store, other.device_id, parts.now())
    assert here.hello().directory == 3, "who is shut out already is not shut out again"


def test_it_comes_in_pages(device: Make) -> None:
    ends = [device(f"A{number:02}") for number in range(1, 6)]
    seen: list[bytes] = []
    after, more, epoch = 0, True, ""
    while more:
        page = ends[0].directory(epoch, after, limit=2)
        assert len(page.cards) <= 2
        seen += page.cards
        epoch, after, more = page.server_epoch, page.upto, page.more
    assert [read_card(body, ends[0].server_key, verify).device_no for body in seen] == [
        "A01", "A02", "A03", "A04", "A05"]


def test_a_cursor_of_another_life_is_refused(device: Make) -> None:
    end = device()
    for epoch, after in (("another", 1), (end.directory().server_epoch, 9)):
        with pytest.raises(TurnedDownError) as refused:
            end.directory(epoch, after)
        assert refused.value.code == "server.cursor"


def test_a_card_that_the_server_did_not_seal_is_no_card(device: Make) -> None:
    end = device()
    (body,) = end.directory().cards
    for place in range(len(body)):
        forged = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        with pytest.raises((WrongSignatureError, UnreadableError)):
            read_card(forged, end.server_key, verify)
    with pytest.raises(WrongSignatureError):
        read_card(body, end.public_key, verify)


def test_who_is_not_enrolled_or_shut_out_gets_none(device: Make, url: str, http: requests.Session,
                                                         parts: Parts) -> None:
    end = device()
    with pytest.raises(TurnedDownError) as refused:
        DeviceEnd(url, http=http, server_key=end.server_key).directory()
    assert refused.value.code == "server.token"
    revoke(parts.store, end.device_id, parts.now())
    with pytest.raises(TurnedDownError) as refused:
        end.directory()
    assert refused.value.code == "server.device_revoked"


def test_a_store_of_the_version_before_gets_a_directory_of_the_devices_it_knows(tmp_path: Path, database: str) -> None:
    url = database or f"sqlite:///{tmp_path / 'server.db'}"
    store = Store(url)
    prepare(store)
    with store.writing() as connection:  # as the version before left it
        connection.execute(text("DROP INDEX ix_devices_directory_seq"))
        connection.execute(text("ALTER TABLE devices DROP COLUMN directory_seq"))
        connection.execute(text("DROP TABLE directory"))
        for later in ("acts", "payment_files", "schemes"):
            connection.execute(text(f"DROP TABLE {later}"))
        connection.execute(text("UPDATE meta SET value = '1' WHERE name = 'schema_version'"))
        for number, at in (("A02", 20), ("A01", 10), ("A03", 20)):
            connection.execute(
                text("INSERT INTO devices VALUES "
                     "(:id, '520625', 'county:520625', '示例局', :no, 'x', :key, :at, NULL)"),
                {"id": f"d-{number}", "no": number, "key": number.encode(), "at": at})
    assert prepare(store).schema_version == VERSION
    with store.reading() as connection:
        places = connection.execute(select(devices.c.device_no, devices.c.directory_seq)).all()
        assert {row.device_no: row.directory_seq for row in places} == {"A01": 1, "A02": 2, "A03": 3}
        assert connection.scalar(select(directory.c.last_seq)) == 3
        assert "ix_devices_directory_seq" in {one["name"] for one in inspect(connection).get_indexes("devices")}
    store.close()
