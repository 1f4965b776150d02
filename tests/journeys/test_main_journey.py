"""The main job through the real window against a real server process, and what is left when power or server go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from backbone_desktop.services.claims import list_claims
from backbone_desktop.services.drafts import kept_drafts
from backbone_desktop.services.exchange import exchange_notes, exchange_state
from backbone_desktop.services.registry import list_households
from backbone_desktop.services.rows import SyncStatus
from backbone_desktop.settings.paths import resources_dir
from backbone_desktop.ui.pages.today import TodayPage
from backbone_desktop.ui.pages.unlock import UnlockPage
from demo import county
from demo.office import DemoOffice
from demo.server import ServerProcess
from tests.cutting_proxy import CuttingProxy

OfficeMaker = Callable[..., DemoOffice]
CLAIMANT = county.FAMILY.people[0]
HERE = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def office(qapp: QApplication, tmp_path: Path) -> Iterator[OfficeMaker]:
    made: list[DemoOffice] = []

    def make(name: str = "first", language: str = "zh_CN") -> DemoOffice:
        made.append(DemoOffice(qapp, tmp_path / name, language))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[ServerProcess]:
    server = ServerProcess(tmp_path / "centre")
    server.start()
    yield server
    server.kill()


def open_the_morning(office: DemoOffice, device_no: str = "A01") -> None:
    office.journey.first_start(device_no)
    office.journey.sign_in()
    office.journey.import_scheme(resources_dir() / "schemes" / county.SCHEME)


def a_day_without_a_link(office: DemoOffice) -> str:
    open_the_morning(office)
    office.journey.register_household(county.FAMILY)
    return office.journey.register_claim(CLAIMANT.id_no, county.STAY)


def held(centre: ServerProcess) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = centre.summary()["counties"][county.COUNTY]
    return found


ONCE = {"household": 1, "member": 4, "enrolment": 2, "claim": 1}
"""The father is too old for the scheme and the child too young; the couple is covered."""


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_household_and_a_claim_from_an_empty_computer_to_the_centre(
        office: OfficeMaker, centre: ServerProcess, tmp_path: Path, language: str) -> None:
    here = office(language=language)
    receipt_no = a_day_without_a_link(here)
    paper = tmp_path / "receipt.pdf"
    here.journey.save_receipt(paper)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper.read_bytes()))
    assert receipt_no in text
    assert "张示例" in text
    assert "6,168.00" in text
    assert CLAIMANT.id_no not in text, "the ID number is masked on paper"

    here.journey.connect(centre.url, centre.code(county.COUNTY, "A01"))
    here.journey.send()
    desk = here.shell.main.context.desk  # type: ignore[union-attr]
    assert exchange_notes(desk)[0].code == "exchange.done"
    assert exchange_state(desk).waiting == 0
    assert held(centre)["records"] == ONCE
    (claim,) = list_claims(desk).rows
    assert (claim.receipt_no, claim.benefit, claim.status) == (receipt_no, 616_800, SyncStatus.SENT)


def test_what_one_computer_sent_another_shows(office: OfficeMaker, centre: ServerProcess) -> None:
    here = office("first")
    receipt_no = a_day_without_a_link(here)
    here.journey.connect(centre.url, centre.code(county.COUNTY, "A01"))
    here.journey.send()
    there = office("second")
    open_the_morning(there, "A02")
    there.journey.connect(centre.url, centre.code(county.COUNTY, "A02"))
    there.journey.send()
    desk = there.shell.main.context.desk  # type: ignore[union-attr]
    assert [row.head_name for row in list_households(desk, "zsl").rows] == ["张示例"]
    assert [row.receipt_no for row in list_claims(desk).rows] == [receipt_no]


@pytest.mark.parametrize("moment", ["before it has the batch", "after it has committed"])
def test_a_server_killed_in_the_middle_of_the_push_has_everything_once(
        office: OfficeMaker, centre: ServerProcess, moment: str) -> None:
    here = office()
    a_day_without_a_link(here)
    link = CuttingProxy(centre.port)
    try:
        here.journey.connect(link.url, centre.code(county.COUNTY, "A01"))
        cut = (link.cut("/v1/push", "up", 100, then=centre.kill) if moment == "before it has the batch"
               else link.cut("/v1/push", "down", 0, then=centre.kill))
        here.journey.send()
        assert cut.done
        desk = here.shell.main.context.desk  # type: ignore[union-attr]
        waiting = exchange_state(desk).waiting
        assert waiting == sum(ONCE.values()), "nothing counts as sent without the centre's answer"
        centre.start()
        link.target_port = centre.port
        here.journey.send()
        assert exchange_state(desk).waiting == 0
    finally:
        link.close()
    assert held(centre)["records"] == ONCE
    assert sum(held(centre)["changes"].values()) == waiting


def test_a_form_in_progress_survives_a_killed_process(office: OfficeMaker, tmp_path: Path) -> None:
    """Another process types half a claim and is killed without a chance to tidy up."""
    begun = subprocess.Popen([sys.executable, str(Path(__file__).with_name("half_typed.py")), str(tmp_path / "first")],
                             cwd=HERE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(HERE)})
    assert begun.stdout is not None
    said = begun.stdout.readline().strip()
    assert said == "typed", said
    time.sleep(1.5)  # as long as a form may take to be kept; the process works on meanwhile
    begun.send_signal(signal.SIGKILL)
    begun.wait(30)
    begun.stdout.close()

    here = office("first")
    here.clerk.page(UnlockPage)
    here.clerk.settle()
    here.journey.unlock()
    here.journey.sign_in()
    desk = here.shell.main.context.desk  # type: ignore[union-attr]
    (kept,) = [one for one in kept_drafts(desk) if one.form == "claim"]
    here.clerk.page(TodayPage)
    here.clerk.settle()
    here.journey.go_on_with_unfinished()
    typed = {name: here.clerk.line(name).field.text() for name in ("hospital", "admitted", "costs.medfee_sumamt")}
    assert typed == {"hospital": county.STAY.hospital, "admitted": county.STAY.admitted,
                     "costs.medfee_sumamt": "45,680.00"}
    assert kept.payload
