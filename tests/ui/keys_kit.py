"""A clerk's hands: real key events into the field that has the caret."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

ENTER = Qt.Key.Key_Return
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def caret() -> QWidget:
    """What has the caret."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def write(qtbot: QtBot, text: str) -> None:
    """Latin letters and figures come by key, Chinese from the input method."""
    if text.isascii():
        qtbot.keyClicks(caret(), text)
        return
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(caret(), commit)


def answer_file_dialog(path: Path) -> None:
    """Type a path into the file dialog that is about to open, then Enter."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, answer)
            return
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(path))
        QTest.keyClick(field, ENTER)

    QTimer.singleShot(20, answer)


def type_in(qtbot: QtBot, text: str) -> None:
    """Write, then Enter."""
    field = caret()
    write(qtbot, text)
    qtbot.keyClick(field, ENTER)
