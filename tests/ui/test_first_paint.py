"""What is imported before the window paints its first frame: an import that creeps in fails here with its name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2]
OURS = {
    "backbone_desktop", "backbone_desktop.__main__", "backbone_desktop.cli", "backbone_desktop.cli.early",
    "backbone_desktop.cli.window", "backbone_desktop.app", "backbone_desktop.ui", "backbone_desktop.ui.application",
    "backbone_desktop.ui.shell", "backbone_core", "backbone_core.errors",
}
PYTHONS = {"__future__", "copy", "dataclasses", "gc"}
"""Of the standard library, beside what PySide6 imports by itself."""
QTS = {"PySide6", "shiboken6", "shibokensupport", "signature_bootstrap"}
NOTED = "print('\\n'.join(sys.modules)); sys.stdout.flush()"
BARE = f"import sys\nfrom PySide6.QtWidgets import QApplication, QLabel, QMainWindow\n{NOTED}"
AT_FIRST_PAINT = f"""
import os, sys


class WhenTheWindowIsAskedFor:
    def find_spec(self, name, *_):
        if name != "backbone_desktop.ui.application":
            return
        sys.meta_path.remove(self)
        from PySide6.QtCore import QEvent, QObject
        from PySide6.QtWidgets import QApplication

        class Watch(QObject):
            def eventFilter(self, watched, event):
                if event.type() == QEvent.Type.Paint:
                    {NOTED}
                    os._exit(0)
                return False

        def watched_exec(*_):
            kept.append(Watch())
            window, = app().topLevelWidgets()
            window.installEventFilter(kept[0])
            return wait()

        kept, wait, app = [], QApplication.exec, QApplication.instance
        QApplication.exec = watched_exec


sys.meta_path.insert(0, WhenTheWindowIsAskedFor())
from backbone_desktop.__main__ import main

sys.exit(main(sys.argv[1:]))
"""


def modules(script: str, *arguments: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", script, *arguments], cwd=HERE, capture_output=True, text=True,
                          check=False, timeout=60, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def at_first_paint(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The real program, started as its command starts it, up to the moment when Qt asks the window to paint."""
    return modules(AT_FIRST_PAINT, "--profile", str(tmp_path_factory.mktemp("profile")))


def test_of_ours_only_these_are_imported(at_first_paint: set[str]) -> None:
    assert {name for name in at_first_paint if name.startswith(("backbone_", "demo"))} == OURS


def test_of_qt_the_widgets_and_what_they_stand_on(at_first_paint: set[str]) -> None:
    parts = {name for name in at_first_paint if name.startswith("PySide6.Qt")}
    assert parts == {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"}


def test_of_all_else_nothing(at_first_paint: set[str]) -> None:
    """Compared with a process that imports Qt's widgets alone: nothing of Python's own creeps in either."""
    more = at_first_paint - modules(BARE) - OURS - PYTHONS
    assert {name for name in more if name.partition(".")[0] not in QTS} == set()
