"""Buttons in their few kinds. Texts come in translated; a shortcut stands in the tooltip too."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import LARGE, SMALL, icon


class _Button(QPushButton):
    kind = ""
    icon_role = "text"
    icon_size = SMALL

    def __init__(self, text: str, parent: QWidget | None = None, *, icon_name: str = "", shortcut: str = "",
                 tip: str = "") -> None:
        super().__init__(text, parent)
        self.setProperty("kind", self.kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon_name:
            self.setIcon(icon(icon_name, self.icon_role))
            size = theme.scaled(self.icon_size)
            self.setIconSize(QSize(size + theme.XS if text or self.kind != "icon" else size, size))
        self._name = tip or text.replace("&", "")
        self.setAccessibleName(text.replace("&", "") or tip)
        self._keys = QKeySequence(shortcut) if shortcut else None
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))
            keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            self.setToolTip(f"{self._name} ({keys})")
        elif tip:
            self.setToolTip(tip)


    def setText(self, text: str) -> None:
        """Other words leave the key as it is: Qt alone would take it away."""
        super().setText(text)
        if self._keys is not None:
            self.setShortcut(self._keys)


class PrimaryButton(_Button):
    """The one main act of a page."""

    kind = "primary"
    icon_role = "on_accent"


class PlainButton(_Button):
    """Every other act."""

    kind = "plain"


class LinkButton(_Button):
    """An act that reads as part of the text, or a way to another page."""

    kind = "link"
    icon_role = "accent"


class IconButton(_Button):
    """Only an icon; `tip` is its name for everybody, seen and read aloud."""

    kind = "icon"
    icon_role = "secondary"
    icon_size = LARGE

    def __init__(self, icon_name: str, tip: str, parent: QWidget | None = None, *, shortcut: str = "") -> None:
        super().__init__("", parent, icon_name=icon_name, shortcut=shortcut, tip=tip)
