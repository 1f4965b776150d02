"""The application as its command starts it, watched from inside: first paint, sign-in page ready, store open."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget


class TheWatchComesLater:
    """An import hook that puts the watch into Qt when the window's code is asked for.

    Before that nothing is imported for the watch, so that the program imports Qt itself, in its own order.
    """

    def find_spec(self, name: str, *_: object) -> None:
        if name != "backbone_desktop.ui.application":
            return
        sys.meta_path.remove(self)  # type: ignore[arg-type]
        from PySide6.QtWidgets import QApplication

        from benchmarks.startup.watch import FirstPaint

        wait = QApplication.exec

        def watched_exec(*_: object) -> int:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            window, = app.topLevelWidgets()
            kept.append(FirstPaint(window, lambda: kept.append(WhatFollows(app, window))))
            return wait()

        kept: list[object] = []
        QApplication.exec = watched_exec  # type: ignore[method-assign,assignment]


class WhatFollows:
    """Looks every millisecond at what is on screen: the sign-in page with the caret in it, then the accounts."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        from PySide6.QtCore import QTimer

        self._app = app
        self._window = window
        self._usable = False
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._look)
        self._timer.start(1)
        window.activateWindow()  # where no window manager does it

    def _look(self) -> None:
        from PySide6.QtWidgets import QLineEdit

        from benchmarks.startup.watch import tell

        focus = self._app.focusWidget()
        page = _sign_in_page_around(focus)
        if page is None or not isinstance(focus, QLineEdit) or not focus.isEnabled():
            return
        if not self._usable:
            self._usable = True
            page.repaint()  # nobody types into what cannot be seen
            tell("usable")
        if any(field.text() for field in page.findChildren(QLineEdit)):
            tell("opened")
            self._window.close()
            self._app.quit()


def _sign_in_page_around(widget: QWidget | None) -> QWidget | None:
    while widget is not None and type(widget).__name__ != "SignInPage":
        widget = widget.parentWidget()
    return widget


def run(profile: str) -> int:
    sys.meta_path.insert(0, TheWatchComesLater())  # type: ignore[arg-type]
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
