"""The window on a profile of the demo's own, put together as `backbone-desktop run` does it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from backbone_desktop.app import LocalBackend
from backbone_desktop.services.ports import Desk
from backbone_desktop.ui.application import dress
from backbone_desktop.ui.shell import Shell
from backbone_desktop.words import Words
from demo.clerk import Clerk
from demo.journey import Journey

SCREEN = (1366, 768)


class DemoOffice:
    """One computer of one office, with somebody at it."""

    def __init__(self, app: QApplication, profile: Path, language: str, pictures: Path | None = None) -> None:
        self._app = app
        self.backend = LocalBackend(profile, language)
        dress(app, self.backend)
        self.shell = Shell(self.backend)
        self.shell.resize(*SCREEN)
        self.shell.show()
        self.clerk = Clerk(self.shell, pictures)
        self.words = Words.load(language, self.backend.resources / "locale")
        self.journey = Journey(self.clerk, self.words)

    @property
    def desk(self) -> Desk:
        """Of whoever has signed in."""
        assert self.shell.main is not None
        return self.shell.main.context.desk

    def close(self) -> None:
        self.shell.close()
        self.shell.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.backend.close()
