"""Lists whose lines have two rows: a name with what goes with it, and below it a place with its mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import MEANING_ICONS, SMALL, icon_pixmap
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.spans import Face, Spans, face_of, width_of, write_spans

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True, slots=True, kw_only=True)
class PopupLine:
    """One line to choose: `text` and `aside` on the first row, `below` and a mark on the second, where there is one.

    The `…_bold` are the stretches that answer to what was typed; where something was `found`, nothing else stands out.
    A `note` only says something and is not chosen.
    """

    text: str
    aside: str = ""
    below: str = ""
    meaning: Meaning = Meaning.NONE
    word: str = ""
    text_bold: Spans = ()
    aside_bold: Spans = ()
    below_bold: Spans = ()
    found: bool = False
    note: bool = False

    @property
    def is_medium(self) -> bool:
        """Whether the name stands out from the row below it."""
        return bool(self.below) and not self.found


class Lines(QAbstractListModel):
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

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        note = index.isValid() and self.lines[index.row()].note
        return Qt.ItemFlag.ItemNeverHasChildren if note else super().flags(index)

    @property
    def choosable(self) -> int:
        """How many lines can be chosen; notes stand at the end."""
        return sum(not line.note for line in self.lines)

    def put(self, lines: Sequence[PopupLine]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()


class LinePainter(QStyledItemDelegate):
    """`inset` keeps the text away from the list's edge. Fonts and pictures are made once and kept."""

    def __init__(self, model: Lines, inset: int = theme.M) -> None:
        super().__init__(model)
        self._model = model
        self._inset = inset
        self._pictures: dict[tuple[str, str, int, float], QPixmap] = {}
        self._body, self._medium = (face_of(theme.body_font(medium=medium)) for medium in (False, True))
        self._small = face_of(theme.secondary_font())

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
        area = place.rect.adjusted(self._inset, 0, -self._inset, 0)
        first, second = (_halves(area) if line.below else (area, area))
        name = self._medium if line.is_medium else self._body
        beside = self._room_beside(first, line, name)
        painter.setPen(QColor(now.secondary if line.note else now.text))
        write_spans(painter, first.adjusted(0, 0, -beside, 0), line.text, line.text_bold, name)
        if line.aside:
            painter.setPen(QColor(now.secondary if line.below else now.faint))
            write_spans(painter, first.adjusted(first.width() - beside + theme.M, 0, 0, 0), line.aside,
                        line.aside_bold, self._body, right=True)
        if line.below:
            width = self._write_word(painter, second, line) if line.word else 0
            painter.setPen(QColor(now.secondary))
            write_spans(painter, second.adjusted(0, 0, -width, 0), line.below, line.below_bold, self._small)
        painter.restore()

    def _write_word(self, painter: QPainter, area: QRect, line: PopupLine) -> int:
        """Write the word with its mark at the right; return how much room they take."""
        colour, size = theme.colours().of(line.meaning)[0], theme.scaled(SMALL) - 2
        painter.setPen(QColor(colour))
        width = write_spans(painter, area, line.word, (), self._small, right=True)
        key = (MEANING_ICONS[line.meaning], colour, size, painter.device().devicePixelRatioF())
        if key not in self._pictures:
            self._pictures[key] = icon_pixmap(*key)
        corner = QPoint(area.right() - width - size - theme.XS, area.center().y() - size // 2 + 1)
        painter.drawPixmap(corner, self._pictures[key])
        return width + size + theme.L

    def _room_beside(self, area: QRect, line: PopupLine, name: Face) -> int:
        """Pixels that `aside` takes with the gap before it: all that it needs beside a short text, else half."""
        if not line.aside:
            return 0
        needed = width_of(name, line.text, line.text_bold)
        room = area.width() - theme.M
        wanted = width_of(self._body, line.aside, line.aside_bold) + 1
        return min(wanted, max(room - needed, room // 2)) + theme.M


def _halves(area: QRect) -> tuple[QRect, QRect]:
    middle = area.top() + area.height() // 2
    return (QRect(QPoint(area.left(), area.top() + theme.XS), QPoint(area.right(), middle)),
            QRect(QPoint(area.left(), middle), QPoint(area.right(), area.bottom() - theme.XS)))


class LineList(QListView):
    """Such a list that stands on a page; Enter or a click sends `opened(row)`. It is as high as its lines."""

    opened = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = Lines(self)
        self.setModel(self._model)
        self.setItemDelegate(LinePainter(self._model, inset=0))
        self.setAccessibleName(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def put(self, lines: Sequence[PopupLine]) -> None:
        self._model.put(lines)
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in range(len(lines))) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
