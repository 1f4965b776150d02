"""The list that drops down under a field while its owner goes on typing; it never takes the focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import MEANING_ICONS, SMALL, icon_pixmap
from backbone_desktop.ui.theme import Meaning

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
SHOWN = 7
"""Lines that are seen at once."""
_KEYS = {
    int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_PageDown): SHOWN, int(Qt.Key.Key_PageUp): -SHOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PopupLine:
    """One line to choose: `text` and `aside` on the first row, `below` and a mark on the second, where there is one."""

    text: str
    aside: str = ""
    below: str = ""
    meaning: Meaning = Meaning.NONE
    word: str = ""


class _Lines(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[PopupLine, ...] = ()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = DISPLAY) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == DISPLAY:
            return line.text
        if role == ACCESSIBLE:
            return ", ".join(part for part in (line.text, line.aside, line.below, line.word) if part)
        return None

    def put(self, lines: Sequence[PopupLine]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()


class _Painter(QStyledItemDelegate):
    def __init__(self, model: _Lines) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.scaled(52 if self._model.lines[index.row()].below else 30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        line = self._model.lines[index.row()]
        now = theme.colours()
        place: Any = option  # PySide's stubs do not know that it has a rectangle
        painter.save()
        if place.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place.rect, QColor(now.accent_soft))
        area = place.rect.adjusted(theme.M, 0, -theme.M, 0)
        first, second = (_halves(area) if line.below else (area, area))
        _write(painter, first, line.text, now.text, medium=bool(line.below))
        _write(painter, first, line.aside, now.secondary if line.below else now.faint, right=True)
        if line.below:
            colour = now.of(line.meaning)[0]
            width = _write(painter, second, line.word, colour, right=True, small=True)
            if line.word:
                size = theme.scaled(SMALL) - 2
                picture = icon_pixmap(MEANING_ICONS[line.meaning], colour, size, painter.device().devicePixelRatioF())
                corner = QPoint(second.right() - width - size - theme.XS, second.center().y() - size // 2 + 1)
                painter.drawPixmap(corner, picture)
                width += size + theme.L
            _write(painter, second.adjusted(0, 0, -width, 0), line.below, now.secondary, small=True)
        painter.restore()


def _halves(area: QRect) -> tuple[QRect, QRect]:
    middle = area.top() + area.height() // 2
    return (QRect(QPoint(area.left(), area.top() + theme.XS), QPoint(area.right(), middle)),
            QRect(QPoint(area.left(), middle), QPoint(area.right(), area.bottom() - theme.XS)))


def _write(painter: QPainter, area: QRect, text: str, colour: str, *, right: bool = False, small: bool = False,
           medium: bool = False) -> int:
    """Write one line of text, cut short with an ellipsis where it does not fit; return its width."""
    painter.setFont(theme.secondary_font() if small else theme.body_font(medium=medium))
    painter.setPen(QColor(colour))
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return QFontMetrics(painter.font()).horizontalAdvance(shown)


class PopupList(QFrame):
    """Belongs to a field: opens under it (above where there is no room) and follows its arrow keys."""

    chosen = Signal(int)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._window: QWidget | None = None
        self._model = _Lines(self)
        self._least = 0
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Painter(self._model))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.clicked.connect(lambda index: self._choose(index.row()))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, theme.XS, 1, theme.XS)
        column.addWidget(self._list)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def row(self) -> int:
        return self._list.currentIndex().row()

    def choose_row(self, row: int) -> None:
        self._list.setCurrentIndex(self._model.index(row, 0))

    def open_with(self, lines: Sequence[PopupLine], *, current: int = 0, least_width: int = 0) -> None:
        """Show these lines; `current` = -1 marks none."""
        self._model.put(lines)
        self._least = least_width
        if not lines:
            self.hide()
            return
        self._place()
        self.show()
        self.raise_()
        if current >= 0:
            self.choose_row(current)
            self._list.scrollTo(self._list.currentIndex())

    def take_key(self, event: QKeyEvent) -> bool:
        """Move or close by a key that the field was pressed; True when the key was for the list."""
        if self.isHidden() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if (step := _KEYS.get(int(event.key()))) is not None:
            last = len(self._model.lines) - 1
            self.choose_row(max(0, min(last, self.row + step)) if self.row >= 0 else 0)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.colours().border))
        painter.setBrush(QColor(theme.colours().surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self.hide()
        return super().eventFilter(watched, event)

    def _choose(self, row: int) -> None:
        self.chosen.emit(row)

    def _place(self) -> None:
        window = self._field.window()
        if window is not self._window:
            self.setParent(window)
            window.installEventFilter(self)
            self._window = window
        heights = [self._list.sizeHintForRow(row) for row in range(min(SHOWN, len(self._model.lines)))]
        height = sum(heights) + 2 * theme.XS
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        above = corner.y() - self._field.height() - 4 - height
        top = above if corner.y() + height > window.height() and above >= 0 else corner.y()
        width = min(max(self._field.width(), self._least), window.width() - 2 * theme.S)
        left = min(corner.x(), window.width() - width - theme.S)
        self.setGeometry(left, top, width, min(height, window.height() - top))
