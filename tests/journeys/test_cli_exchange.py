"""`enrol` and `sync` against a real central server, and against what is none."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from demo.server import ServerProcess
from tests.journeys.colleagues import FIRST, SECOND, at_work, hire
from tests.journeys.command_kit import COUNTY, HEAD_ID, WIFE_ID, Commands, family, stay


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[ServerProcess]:
    server = ServerProcess(tmp_path / "centre")
    server.start()
    yield server
    server.stop()


class Portal(http.server.BaseHTTPRequestHandler):
    """What a hotel's network answers to everything."""

    def do_GET(self) -> None:
        page = b"<html><body>Please log in to the network</body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def portal() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def nobody() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def busy(office: Commands) -> Commands:
    office.done("household", "add", "--file",
                office.file("f.json", family(("测试甲", HEAD_ID, "户主"), ("测试乙", WIFE_ID, "配偶"))))
    office.done("claim", "add", "--file", office.file("c.json", stay()))
    return office


def test_what_was_registered_reaches_the_centre_once(busy: Commands, centre: ServerProcess) -> None:
    code = centre.code(COUNTY, "A01")
    assert busy.done("enrol", "--server", centre.url, "--code", code)["device_id"]
    first = busy.done("sync")
    assert (first["sent"], first["applied"], first["waiting"]) == (6, 6, 0)
    assert first["code"] == "exchange.done"
    again = busy.done("sync", "--server", centre.url)
    assert (again["sent"], again["fetched"], again["waiting"]) == (0, 0, 0)
    assert {one["name"] for one in busy.done("doctor")["checks"] if one["good"]} >= {"changes", "exchange", "clock"}
    assert HEAD_ID not in str(centre.summary())


def test_a_device_that_nobody_enrolled_sends_nothing(busy: Commands, centre: ServerProcess) -> None:
    assert busy.refused("sync", "--server", centre.url) == "exchange.not_enrolled"
    assert busy.refused("enrol", "--server", centre.url, "--code", "AAAA-AAAA-AAAA").startswith("enrol.")


def test_a_code_is_good_for_one_device(busy: Commands, centre: ServerProcess, tmp_path: Path) -> None:
    code = centre.code(COUNTY, "A01")
    busy.done("enrol", "--server", centre.url, "--code", code)
    other = Commands(tmp_path / "other", busy.files, busy.capture, busy.patch)
    other.done(*other.set_up())
    other.environment = busy.environment
    before = other.records()
    ran = other("enrol", "--server", centre.url, "--code", code)
    assert ran.code in (2, 3)
    assert ran.error
    assert other.records() == before


def test_a_server_that_answers_with_a_page_and_one_that_is_not_there(
        busy: Commands, centre: ServerProcess, portal: str, nobody: str) -> None:
    records = ("household", "member", "enrolment", "claim", "outbox")
    for url in (portal, nobody):
        ran = busy("enrol", "--server", url, "--code", centre.code(COUNTY, "A01"))
        assert ran.code == 3
        assert ran.error.startswith("exchange.")
    busy.done("enrol", "--server", centre.url, "--code", centre.code(COUNTY, "A01"))
    before = busy.records()
    for url in (portal, nobody):
        ran = busy("sync", "--server", url)
        assert ran.code == 3
        assert ran.error.startswith("exchange.")
        after = busy.records()
        assert {name: after[name] for name in records} == {name: before[name] for name in records}
    assert busy.done("sync", "--server", centre.url)["waiting"] == 0


def test_an_address_that_is_none_is_refused(busy: Commands) -> None:
    for url in ("", "ftp://somewhere", "http://203.0.113.7"):
        assert busy.refused("enrol", "--server", url, "--code", "AAAA-AAAA-AAAA").startswith(("exchange.", "enrol."))


def test_the_insurers_answer_is_told_by_command(busy: Commands, centre: ServerProcess, tmp_path: Path) -> None:
    busy.done("enrol", "--server", centre.url, "--code", centre.code(COUNTY, "A01"))
    busy.done("sync")
    (claim,) = busy.done("claim", "list")["claims"]
    receipt_no = claim["receipt_no"]
    day = datetime.now(UTC).astimezone(timezone(timedelta(hours=8))).date().isoformat()
    hire(busy)
    for who in (FIRST, SECOND):
        with at_work(busy, who):
            busy.done("claim", "check", receipt_no)
    busy.done("sync")
    centre.command("claims", "report", receipt_no, "--county", COUNTY)
    file = tmp_path / "result.csv"
    file.write_text("受理回执编号,核赔结论,赔付金额,拒赔原因,核赔日期,支付状态,支付日期,失败原因\n"
                    f"{receipt_no},部分赔付,5000,材料不全,{day},退票,{day},账号有误\n", "utf-8")
    centre.command("decisions", "import", str(file), "--county", COUNTY)
    busy.done("sync")
    shown = busy.done("claim", "show", receipt_no)
    assert (shown["state"], shown["benefit"], shown["decision"]["amount"]) == ("payment_failed", "6168.00", "5000.00")
    assert shown["decision"]["reasons"] == [{"code": "incomplete", "text": ""}]
    assert shown["decision"]["reasons_in_words"] == ["申请材料不齐全"]
    (payment,) = shown["payments"]
    assert (payment["failure"], payment["failure_in_words"]) == ("account_wrong", "银行账号有误")
    told = busy("claim", "show", receipt_no, as_json=False).out
    assert f"核赔结论：部分赔付，5,000.00元，{day}" in told
    assert f"第1次支付（{day}）：支付失败（退票）  银行账号有误" in told
    (listed,) = busy.done("claim", "list")["claims"]
    assert listed["benefit"] == "5000.00"
