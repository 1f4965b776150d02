"""The Exchange page with a real centre on the same machine: connecting, sending, a centre that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shell_kit import COUNTY, AtTheWindow

from backbone_desktop.ui.pages.exchange import ExchangePage
from backbone_desktop.ui.status_bar import StatusBar
from backbone_desktop.ui.work_panel import WorkPanel
from demo.server import ServerProcess


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    server = ServerProcess(tmp_path_factory.mktemp("centre") / "centre")
    with server.running():
        yield server


@pytest.fixture
def page(at_work: AtTheWindow) -> ExchangePage:
    assert at_work.shell.main is not None
    at_work.shell.main.open("exchange")
    found = at_work.see(ExchangePage)
    assert isinstance(found, ExchangePage)
    return found


def connect(here: AtTheWindow, url: str, code: str) -> None:
    here.clerk.type("server_url", url)
    here.clerk.type("code", code)
    here.clerk.settle()


def send(here: AtTheWindow) -> None:
    here.clerk.press("Send now")
    here.clerk.wait(lambda: not here.shell.exchange.running, "the exchange to end")
    here.clerk.settle()


def test_what_waits_is_listed_before_there_is_a_centre(at_work: AtTheWindow, page: ExchangePage) -> None:
    with page._context.desk.read() as work:
        waiting = work.outbox.count_waiting()
    assert len(page.waiting._rows.rows) == waiting
    assert page._waiting_heading.text() == f"Waiting to be sent ({waiting})"
    first, last = page.waiting._rows.rows[0], page.waiting._rows.rows[-1]
    assert (first.what, first.label) == ("Household · Registered", "5206250001")
    assert last.what.startswith("Claim")
    assert last.label.startswith("520625-2026-A01-00000")
    assert page.connect_form.isVisible()
    assert not page._send.isEnabled(), "there is nobody to send to yet"


def test_a_mistyped_code_is_told_before_anything_is_sent(at_work: AtTheWindow, page: ExchangePage) -> None:
    connect(at_work, "https://centre.example.cn", "0000-0000-0001")
    assert [one.code for one in at_work.clerk.line("code").findings] == ["enrol.code_mistyped"]
    assert page.connect_form.isVisible()


def test_an_address_without_protection_is_refused_at_its_field(
        at_work: AtTheWindow, page: ExchangePage, centre: ServerProcess) -> None:
    connect(at_work, "http://centre.example.cn", centre.code(COUNTY, "A01"))
    assert at_work.clerk.line("server_url").findings[0].code == "exchange.url_plain"


def test_a_code_that_the_centre_does_not_know_is_told_at_its_field(
        at_work: AtTheWindow, page: ExchangePage, centre: ServerProcess, tmp_path: Path) -> None:
    other = ServerProcess(tmp_path / "other")
    connect(at_work, centre.url, other.code(COUNTY, "A01"))
    assert at_work.clerk.line("code").findings[0].code == "enrol.code_wrong"


def test_a_computer_is_connected_and_everything_is_sent(
        at_work: AtTheWindow, page: ExchangePage, centre: ServerProcess) -> None:
    connect(at_work, centre.url, centre.code(COUNTY, "A01"))
    assert not page.connect_form.isVisible()
    assert at_work.clerk.shown(StatusBar)[0]._link.text() == "Link to the centre works"
    waiting = len(page.waiting._rows.rows)
    panel = at_work.shell.findChild(WorkPanel)
    seen: list[bool] = []
    at_work.shell.exchange.advanced.connect(lambda *_: seen.append(panel is not None and panel.isVisible()))
    send(at_work)
    assert any(seen), "the panel at the foot showed how far it was"
    assert not at_work.clerk.shown(WorkPanel)
    assert page.waiting._rows.rows == ()
    assert page.answers._rows.rows[0].short.startswith(f"{waiting} sent")
    assert page.answers._rows.rows[0].whole.startswith("The exchange is complete.")
    bar = at_work.clerk.shown(StatusBar)[0]
    assert bar._waiting.text() == "Nothing waits"
    assert bar._last.text().startswith("Last exchange ")


def test_a_centre_that_is_gone_is_a_banner_that_the_next_exchange_takes_away(
        at_work: AtTheWindow, page: ExchangePage, tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "gone")
    main = at_work.shell.main
    assert main is not None
    with server.running():
        connect(at_work, server.url, server.code(COUNTY, "A01"))
        server.kill()
        send(at_work)
        assert main._problems.texts == (at_work.shell.words("exchange.no_link"),)
        assert page.answers._rows.rows[0].meaning == "attention"
        assert at_work.clerk.shown(StatusBar)[0]._link.text() == "No link at the last try"
        assert page.waiting._rows.rows, "what waits is kept"
        server.start()
        at_work.clerk.press("Send again")
        at_work.clerk.wait(lambda: not at_work.shell.exchange.running, "the exchange to end")
        at_work.clerk.settle()
    assert main._problems.texts == ()
    assert page.waiting._rows.rows == ()


def test_cancelling_stops_and_says_so(at_work: AtTheWindow, page: ExchangePage, tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "centre")
    with server.running():
        connect(at_work, server.url, server.code(COUNTY, "A01"))
        panel = at_work.shell.findChild(WorkPanel)
        assert panel is not None
        at_work.shell.exchange.began.connect(panel.cancelled)
        send(at_work)
    assert page.answers._rows.rows[0].whole.startswith("Stopped.")


def test_a_clock_that_is_off_is_told(at_work: AtTheWindow, page: ExchangePage) -> None:
    from dataclasses import replace

    from backbone_desktop.ui.presenters.exchange import ask

    desk = page._context.desk
    found = ask(desk)
    off = replace(found, state=replace(found.state, device=replace(found.state.device, clock_offset_seconds=-600)))
    page._show(off)
    assert page._clock.isVisible()
    assert page._clock.text == "This computer's clock is 10 minutes fast. Please set it right."
    page._show(found)
    assert not page._clock.isVisible()
