"""What may be imported before the sign-in page takes keys: little more than for the first frame."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backbone_desktop.app import LocalBackend
from backbone_desktop.services.office import SetupRequest
from backbone_desktop.words import Words

HERE = Path(__file__).resolve().parents[2]
AT_THE_SIGN_IN = {
    "backbone_core", "backbone_core.errors", "backbone_desktop", "backbone_desktop.__main__", "backbone_desktop.app",
    "backbone_desktop.app.backend", "backbone_desktop.app.on_this_machine", "backbone_desktop.cli",
    "backbone_desktop.cli.early", "backbone_desktop.cli.window", "backbone_desktop.ui",
    "backbone_desktop.ui.application", "backbone_desktop.ui.backend", "backbone_desktop.ui.fonts",
    "backbone_desktop.ui.pages", "backbone_desktop.ui.pages.sign_in", "backbone_desktop.ui.shell",
    "backbone_desktop.ui.theme", "backbone_desktop.words", "backbone_desktop.words.catalogue",
}
SETTINGS = "backbone_desktop.settings"
"""Small modules of the standard library alone; any of them may be there for the sign-in page."""
OTHERS = {"PySide6", "shiboken6", "shibokensupport", "signature_bootstrap"}
INTERPRETERS_OWN = {"sitecustomize", "usercustomize", "apport_python_hook"}
"""What some systems' Python brings along before any program runs."""
NEVER_BEFORE_KEYS = {
    "sqlalchemy", "alembic", "sqlcipher3", "requests", "urllib3", "reportlab", "pypinyin", "keyring", "argon2",
    "cryptography", "msgspec", "zstandard", "babel", "platformdirs", "PySide6.QtSvg", "PySide6.QtPrintSupport",
}
WATCH = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QApplication
from backbone_desktop.ui.shell import Shell

seen = {}


def at_the_sign_in(shell):
    seen["sign_in"] = sorted(sys.modules)
    seen["caret"] = isinstance(QApplication.focusWidget(), QLineEdit)
    print(json.dumps(seen), flush=True)
    QApplication.exit(0)


Shell._begin_work = at_the_sign_in
from backbone_desktop.__main__ import main

sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Start the program as its command does and tell which modules were there when the fields took keys."""
    profile = tmp_path_factory.mktemp("start") / "office"
    backend = LocalBackend(profile, "en", find_keyring=lambda: None)
    backend.set_up(SetupRequest(
        county="520625", county_name="示例县", office="示例县医疗保障局", device_name="一号窗口", device_no="A01",
        policy_year=2026, language="en", account="jia", display_name="测试甲", password="Lushan2019"),
        "four plain words here")
    backend.close()
    Words.load("en", HERE / "resources" / "locale")  # an installed program has its catalogue made already
    done = subprocess.run([sys.executable, "-c", WATCH, "--profile", str(profile)], cwd=HERE, capture_output=True,
                          text=True, check=False, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def ours(modules: object) -> set[str]:
    assert isinstance(modules, list)
    return {name for name in modules if name.split(".")[0] in ("backbone_desktop", "backbone_core")}


def foreign(modules: object) -> set[str]:
    assert isinstance(modules, list)
    tops = {name.split(".")[0] for name in modules} - INTERPRETERS_OWN
    return {name for name in tops if name not in sys.stdlib_module_names and not name.startswith("_")}


def test_the_sign_in_page_needs_little(seen: dict[str, object]) -> None:
    more = {name for name in ours(seen["sign_in"]) if name != SETTINGS and not name.startswith(f"{SETTINGS}.")}
    assert more <= AT_THE_SIGN_IN
    assert foreign(seen["sign_in"]) <= OTHERS | {"backbone_desktop", "backbone_core"}
    assert not NEVER_BEFORE_KEYS & set(seen["sign_in"])  # type: ignore[arg-type]


def test_the_caret_is_in_a_field_by_then(seen: dict[str, object]) -> None:
    assert seen["caret"] is True
