"""The application as its command starts it, watched from inside: first paint, sign-in page ready, store open.

A line a moment goes to standard output with the system's monotonic clock, which the parent process reads too.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget


def tell(moment: str) -> None:
    print(f"{moment} {time.monotonic()}", flush=True)


class Watch(QObject):
    """Told by Qt of every event; looks only at the first paint, and then at what is on screen."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._told: set[str] = set()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
            self._tell("painted")
            self._app.removeEventFilter(self)
            self._timer.start(1)
        return False

    def _look(self) -> None:
        from backbone_desktop.ui.pages.sign_in import SignInPage

        page = next((one for window in self._app.topLevelWidgets() for one in window.findChildren(SignInPage)), None)
        if page is None or not page.isVisible():
            return
        focus = self._app.focusWidget()
        if isinstance(focus, QLineEdit) and page.isAncestorOf(focus) and focus.isEnabled():
            self._tell("usable")
        fields = page.findChildren(QLineEdit)
        if "usable" in self._told and any(field.text() for field in fields):
            self._tell("opened")
            for window in self._app.topLevelWidgets():
                window.close()
            self._app.quit()

    def _tell(self, moment: str) -> None:
        if moment not in self._told:
            self._told.add(moment)
            tell(moment)


def run(profile: str) -> int:
    wait = QApplication.exec

    def watched_exec(*_: object) -> int:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        watch = Watch(app)
        app.installEventFilter(watch)
        return wait()

    QApplication.exec = watched_exec  # type: ignore[method-assign,assignment]
    from backbone_desktop.__main__ import main

    return main(["--profile", profile])


def set_up(profile: str) -> None:
    """Make the profile that is measured: a set-up office with one account, opened through a keyring."""
    from backbone_desktop.app import LocalBackend
    from backbone_desktop.services.office import SetupRequest
    from demo import county

    backend = LocalBackend(Path(profile))
    backend.set_up(SetupRequest(
        county=county.COUNTY, county_name="示例县", office=county.OFFICE, township=county.TOWNSHIP,
        device_name=county.DEVICE_NAME, device_no=county.DEVICE_NO, policy_year=county.POLICY_YEAR, language="zh_CN",
        account=county.ACCOUNT, display_name=county.DISPLAY_NAME, password=county.PASSWORD))
    backend.close()


if __name__ == "__main__":
    if sys.argv[1] == "set-up":
        set_up(sys.argv[2])
    else:
        sys.exit(run(sys.argv[2]))
