"""What the link does to the exchange: cuts, strangers that answer, altered bytes, a dying server. Nothing is lost."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest

from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.services import exchange as services
from backbone_desktop.sync.batch_size import BatchSize
from backbone_desktop.sync.client import HttpCentralServer, read_url
from demo.server import ServerProcess
from tests.cutting_proxy import CuttingProxy
from tests.sync.conftest import StationMaker


@pytest.fixture
def link(centre: ServerProcess) -> Iterator[CuttingProxy]:
    proxy = CuttingProxy(centre.port)
    yield proxy
    proxy.close()


def held(centre: ServerProcess) -> tuple[dict[str, int], dict[str, int]]:
    county = centre.summary()["counties"]["520625"]
    return dict(county["records"]), dict(county["changes"])


ONCE = {"household": 1, "member": 2, "enrolment": 2}


@pytest.mark.parametrize("direction", ["up", "down"])
@pytest.mark.parametrize("after", [0, 1, 40, 200, 500])
def test_a_push_cut_anywhere_is_sent_once(enrolled: StationMaker, centre: ServerProcess, link: CuttingProxy,
                                          direction: Literal["up", "down"], after: int) -> None:
    here = enrolled("A01")
    here.exchange(link.url)
    here.register("5206250001")
    cut = link.cut("/v1/push", direction, after)
    here.exchange(link.url)
    assert cut.done, "the link was never cut"
    assert here.waiting() == 0
    assert held(centre)[0] == ONCE
    assert sum(held(centre)[1].values()) == 5


@pytest.mark.parametrize("after", [0, 100, 300])
def test_a_feed_cut_anywhere_goes_on_where_it_was(enrolled: StationMaker, centre: ServerProcess, link: CuttingProxy,
                                                  after: int) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    here.register("5206250001")
    here.exchange(centre.url)
    cut = link.cut("/v1/feed", "down", after)
    with pytest.raises(Unavailable) as trouble:
        there.exchange(link.url)
    assert trouble.value.code in ("exchange.no_link", "exchange.not_ours")
    assert cut.done
    there.exchange(link.url)
    assert there.names("5206250001") == here.names("5206250001")


@pytest.mark.parametrize(("direction", "after"), [("up", 60), ("down", 0)])
def test_a_server_killed_in_the_middle_of_a_push_has_it_once(
        enrolled: StationMaker, centre: ServerProcess, link: CuttingProxy, direction: Literal["up", "down"],
        after: int) -> None:
    """"up": it dies before it has the whole batch. "down": it has committed, and its answer never arrives."""
    here = enrolled("A01")
    here.register("5206250001")
    cut = link.cut("/v1/push", direction, after, then=centre.kill)
    with pytest.raises(Unavailable):
        here.exchange(link.url)
    assert cut.done
    assert here.waiting() == 5
    centre.start()
    link.target_port = centre.port
    note = here.exchange(link.url)
    assert note.sent == 5
    assert here.waiting() == 0
    records, changes = held(centre)
    assert records == ONCE
    assert sum(changes.values()) == 5


class Stranger(http.server.BaseHTTPRequestHandler):
    """Answers everything with a page, as a hotel's or an operator's sign-in page does."""

    status = 200

    def do_POST(self) -> None:
        page = "<html><title>请登录网络</title></html>".encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def stranger() -> Iterator[Callable[[int], str]]:
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(status: int) -> str:
        handler = type("Answers", (Stranger,), {"status": status})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("status", [200, 302, 401, 404, 413, 429, 500, 503])
def test_a_page_is_no_answer_whatever_its_status(enrolled: StationMaker, stranger: Callable[[int], str],
                                                 status: int) -> None:
    here = enrolled("A01")
    here.register("5206250001")
    with pytest.raises(Unavailable) as trouble:
        here.exchange(stranger(status))
    assert trouble.value.code == "exchange.not_ours"
    assert here.waiting() == 5
    assert services.exchange_notes(here.desk)[0].code == "exchange.not_ours"


def test_a_server_that_is_not_there_is_said_so_and_work_goes_on(enrolled: StationMaker) -> None:
    here = enrolled("A01")
    with pytest.raises(Unavailable) as trouble:
        here.exchange("http://127.0.0.1:9")
    assert trouble.value.code == "exchange.no_link"
    here.register("5206250001")
    assert here.waiting() == 5


def test_another_centre_than_ours_gets_nothing(enrolled: StationMaker, tmp_path: Path) -> None:
    here = enrolled("A01")
    here.register("5206250001")
    other = ServerProcess(tmp_path / "other-centre")
    other.start()
    try:
        with pytest.raises(Unavailable) as trouble:
            here.exchange(other.url)
        assert trouble.value.code == "exchange.other_server"
        assert other.summary()["counties"] == {}
    finally:
        other.kill()
    assert here.waiting() == 5


def test_an_answer_with_one_altered_bit_is_not_believed(enrolled: StationMaker, centre: ServerProcess,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    """The real answer of the real server, with one bit turned on its way in."""
    from backbone_desktop.sync import client

    here = enrolled("A01")
    here.exchange(centre.url)
    here.register("5206250001")
    whole = client._content
    monkeypatch.setattr(client, "_content", lambda response: _turn_last_bit(whole(response), response.url))
    with pytest.raises(Unavailable) as trouble:
        here.exchange(centre.url)
    assert trouble.value.code == "exchange.not_genuine"
    assert here.waiting() == 5
    monkeypatch.undo()
    assert here.exchange(centre.url).sent == 5
    assert held(centre)[0] == ONCE


def _turn_last_bit(body: bytes, url: str) -> bytes:
    return body[:-1] + bytes([body[-1] ^ 1]) if url.endswith("/v1/push") else body


@pytest.mark.parametrize(("typed", "code"), [
    ("", "exchange.url"), ("ftp://centre.example", "exchange.url"), ("https://", "exchange.url"),
    ("https://a:b@centre.example", "exchange.url"), ("https://centre.example:99999", "exchange.url"),
    ("http://centre.example", "exchange.url_plain"), ("http://192.168.1.7:8600", "exchange.url_plain")])
def test_an_address_that_cannot_be_used_is_refused(typed: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_url(typed)
    assert refused.value.code == code


def test_an_address_is_taken_as_people_type_it() -> None:
    assert read_url(" centre.example.cn/ ") == "https://centre.example.cn"
    assert read_url("http://127.0.0.1:8600/") == "http://127.0.0.1:8600"
    assert HttpCentralServer("http://localhost:8600").url == "http://localhost:8600"


def test_batches_shrink_to_one_change_and_grow_again() -> None:
    size = BatchSize(1000)
    sizes = []
    while size.now > 1:
        assert size.cut()
        sizes.append(size.now)
    assert sizes == [125, 62, 31, 15, 7, 3, 1]
    assert [size.cut(), size.cut(), size.cut()] == [True, True, False], "single changes that are cut end the try"
    for _ in range(12):
        size.held()
    assert size.now == 1000
