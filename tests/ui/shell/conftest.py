"""The whole window on a real profile: a set-up office in a folder of its own, opened by a passphrase."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_kit import register_examples
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from shell_kit import (
    ACCOUNT,
    COUNTY,
    NAME,
    PASSPHRASE,
    PASSWORD,
    SCHEME,
    AtTheWindow,
    OpenShell,
    Windows,
    no_keyring,
    take_claims_in,
)

from backbone_desktop.app import LocalBackend
from backbone_desktop.services.office import SetupRequest
from backbone_desktop.ui.pages.today import TodayPage
from backbone_desktop.ui.shell import Shell
from demo.clerk import Clerk


@pytest.fixture(autouse=True)
def no_stray_windows(qapp: QApplication) -> Iterator[None]:
    """Nothing flashes by as a window while a test runs, and no window is left behind when it ends."""
    before = set(map(id, QApplication.topLevelWidgets()))
    seen = Windows()
    qapp.installEventFilter(seen)
    yield
    qapp.removeEventFilter(seen)
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [type(one).__name__ for one in QApplication.topLevelWidgets() if id(one) not in before and one.isVisible()]
    assert seen.strays == []
    assert left == []


@pytest.fixture(scope="session")
def founded_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole office: four households, one claim taken in and one that waits for papers; made once, copied per test."""
    root = tmp_path_factory.mktemp("profile") / "office"
    backend = LocalBackend(root, "en", find_keyring=no_keyring)
    code = backend.set_up(SetupRequest(
        county=COUNTY, county_name="印江土家族苗族自治县", office="示例县医疗保障局", township="示例镇",
        device_name="一号窗口", device_no="A01", policy_year=2026, language="en", account=ACCOUNT, display_name=NAME,
        password=PASSWORD), PASSPHRASE, (SCHEME.read_text("utf-8"),))
    (root / "code-of-the-test").write_text(code, "ascii")
    desk = backend.sign_in(ACCOUNT, PASSWORD)
    register_examples(desk)
    take_claims_in(desk)
    backend.close()
    return root


@pytest.fixture
def profile(founded_profile: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(founded_profile, tmp_path / "office"))


@pytest.fixture
def open_shell(dressed: QApplication) -> Iterator[OpenShell]:
    """Open the window on a profile; `unlocked` = as on a machine whose keyring gives the key."""
    made: list[AtTheWindow] = []

    def open_it(root: Path, *, language: str = "en", unlocked: bool = True) -> AtTheWindow:
        backend = LocalBackend(root, language, find_keyring=no_keyring)
        if unlocked and backend.is_set_up:
            backend.unlock(passphrase=PASSPHRASE)
        shell = Shell(backend)
        made.append(AtTheWindow(backend, shell, Clerk(shell)))
        shell.show()
        made[-1].clerk.wait(lambda: shell.settled, "the start to be over")
        return made[-1]

    yield open_it
    for one in made:
        one.shell.close()
        one.shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        one.backend.close()


@pytest.fixture
def at_work(open_shell: OpenShell, profile: Path) -> AtTheWindow:
    """Signed in, with the Today page up."""
    here = open_shell(profile)
    here.sign_in()
    here.see(TodayPage)
    return here
