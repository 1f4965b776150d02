"""Small pictures side by side, each with its name below: arrows go through them, Enter opens, Delete takes off."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPalette, QPixmap
from PySide6.QtWidgets import QFrame, QListView, QListWidget, QListWidgetItem

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import icon

HIGH = 84
ACROSS = 112
_KEY = Qt.ItemDataRole.UserRole


class ScanStrip(QListWidget):
    opened = Signal(str)
    marked = Signal(str)
    removal_wanted = Signal(str)
    number_typed = Signal(str, int)
    """A key of a picture, and a figure 1 to 9 that was typed while it was marked."""

    look_wanted = Signal(str)
    """Space, where a click does not open."""

    def __init__(self, name: str, *, opens_by_click: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        plain = self.palette()
        plain.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(plain)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setFont(theme.secondary_font())
        self.setIconSize(QSize(theme.scaled(ACROSS - 20), theme.scaled(HIGH)))
        self.setGridSize(QSize(theme.scaled(ACROSS), theme.scaled(HIGH + 30)))
        self.setFixedHeight(theme.scaled(HIGH + 34) + self.horizontalScrollBar().sizeHint().height())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if opens_by_click:
            self.itemClicked.connect(lambda item: self.opened.emit(item.data(_KEY)))
        self.currentItemChanged.connect(lambda item, _: self.marked.emit(item.data(_KEY) if item else ""))

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.item(row).data(_KEY) for row in range(self.count()))

    @property
    def captions(self) -> tuple[str, ...]:
        return tuple(self.item(row).text() for row in range(self.count()))

    @property
    def current(self) -> str:
        item = self.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    def put(self, entries: tuple[tuple[str, str], ...]) -> None:
        """(key, caption) of each; pictures that are known stay, and so does the mark."""
        known = {self.item(row).data(_KEY): self.item(row).icon() for row in range(self.count())}
        before, was_at = self.current, self.currentRow()
        self.blockSignals(True)
        self.clear()
        for key, caption in entries:
            item = QListWidgetItem(known.get(key, icon("file-text")), caption)
            item.setData(_KEY, key)
            item.setToolTip(caption)
            self.addItem(item)
        keys = self.keys
        if keys:
            self.setCurrentRow(keys.index(before) if before in keys else max(0, min(was_at, len(keys) - 1)))
        self.blockSignals(False)

    def show_picture(self, key: str, picture: QImage) -> None:
        if key in self.keys and not picture.isNull():
            self.item(self.keys.index(key)).setIcon(QIcon(QPixmap.fromImage(picture)))

    def mark(self, key: str) -> None:
        if key in self.keys:
            self.setCurrentRow(self.keys.index(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = self.current, not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key and plain and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self.number_typed.emit(key, event.key() - Qt.Key.Key_0)
        elif key and event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit(key)
        elif key and event.key() == Qt.Key.Key_Space:
            self.look_wanted.emit(key)
        elif key and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(key)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the strip lies in a form that scrolls
        else:
            super().keyPressEvent(event)
