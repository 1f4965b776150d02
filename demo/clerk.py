"""Hands and eyes of a clerk at the real window: keys, clicks, and looking at what stands on screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from backbone_desktop.ui.shell import Shell
from backbone_desktop.ui.widgets.field_line import FieldLine

PATIENCE = 60.0
"""Seconds after which a clerk gives up waiting; a slow machine is no failure."""


class NotOnScreen(AssertionError):
    """What the clerk looked for did not appear."""


class Clerk:
    def __init__(self, shell: Shell, pictures: Path | None = None) -> None:
        self.shell = shell
        self._pictures = pictures
        self._taken = 0

    # -- waiting and looking

    def wait(self, until: Callable[[], Any], what: str) -> Any:
        """Let the window work until `until()` is true, and return what it gave."""
        end = time.monotonic() + PATIENCE
        while not (found := until()):
            if time.monotonic() > end:
                raise NotOnScreen(what)
            self._turn()
        return found

    def settle(self) -> None:
        """Until both workers have answered everything and the window has drawn it."""
        self.wait(lambda: self.shell.store.idle and self.shell.sync.idle, "the workers to finish")
        for _ in range(5):
            self._turn()

    def pause(self, seconds: float) -> None:
        """As long as a person looks at the page; what is worked out while typing is there by then."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._turn()
        self.settle()

    def _turn(self) -> None:
        QTest.qWait(5)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def shown(self, kind: type[QWidget]) -> list[Any]:
        """The widgets of a kind that can be seen, in the order in which they were made."""
        return [widget for widget in self.shell.findChildren(kind) if widget.isVisible()]

    def page(self, kind: type[QWidget]) -> Any:
        return self.wait(lambda: next(iter(self.shown(kind)), None), kind.__name__)

    def line(self, name: str) -> FieldLine:
        found: FieldLine = self.wait(lambda: next((line for line in self.shown(FieldLine) if line.name == name), None),
                                     f"field {name}")
        return found

    # -- doing

    def type(self, name: str, text: str) -> None:
        """Go to a field, replace what is in it, and leave it with Enter as a clerk does."""
        self.go_to(name)
        self.write(text)
        self.key(Qt.Key.Key_Return)

    def go_to(self, name: str) -> None:
        field = self.line(name).field
        field.setFocus(Qt.FocusReason.TabFocusReason)
        self.wait(field.hasFocus, f"the caret in {name}")
        if isinstance(field, QLineEdit):
            field.selectAll()

    def write(self, text: str) -> None:
        """Into the field that has the caret: Latin letters and figures by key, Chinese by the input method."""
        field = self.caret()
        if text.isascii():
            if not text:
                QTest.keyClick(field, Qt.Key.Key_Delete)
            QTest.keyClicks(field, text)
            return
        commit = QInputMethodEvent()
        commit.setCommitString(text)
        QApplication.sendEvent(field, commit)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.caret(), key, held)
        self._turn()

    def caret(self) -> QWidget:
        found: QWidget = self.wait(lambda: QApplication.focusWidget() or self.shell.focusWidget(), "a caret")
        return found

    def press(self, text: str) -> None:
        """Click the button with these words."""
        def look() -> QAbstractButton | None:
            return next((button for button in self.shown(QAbstractButton) if button.isEnabled()
                         and text.replace("&", "") in (button.text().replace("&", ""), button.accessibleName())), None)

        QTest.mouseClick(self.wait(look, f"button {text}"), Qt.MouseButton.LeftButton)
        self._turn()

    def picture(self, name: str) -> None:
        """Keep what the screen shows, numbered in the order of the day."""
        if self._pictures is None:
            return
        self.settle()
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._taken += 1
        self.shell.grab().save(str(self._pictures / f"{self._taken:02d}-{name}.png"))
