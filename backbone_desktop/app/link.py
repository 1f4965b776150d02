"""Joins the exchange to the central server that this device knows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from backbone_desktop.services.exchange import must_be_enrolled, where_we_stand
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.rows import DeviceState, ExchangeNote
from backbone_desktop.sync.client import HttpCentralServer
from backbone_desktop.sync.engine import enrol, exchange


def enrol_at(desk: Desk, server_url: str, code: str) -> DeviceState:
    with closing(HttpCentralServer(server_url)) as server:
        return enrol(desk, server, code)


def exchange_with(desk: Desk, server_url: str, progress: Callable[[int, int], None],
                  cancelled: Callable[[], bool]) -> ExchangeNote:
    """`server_url` "" is where the centre last answered; at a new address it has to be the same centre."""
    device = where_we_stand(desk).device
    must_be_enrolled(device)
    with closing(HttpCentralServer(server_url or device.server_url, device.server_key)) as server:
        return exchange(desk, server, progress, cancelled)
