"""What happened, from the latest to the first: day by day down a line, each in a sentence with what goes with it."""

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
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.form_grid import scroll_area_of

DISPLAY, ACCESSIBLE = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)
DOT = 7
GAP = 28
"""Between the day and its sentence: the room in which the line runs."""
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`weighty` marks an act of its own among mere corrections; `offer` names what can be done about it."""

    day: str
    text: str
    below: tuple[str, ...] = ()
    weighty: bool = False
    offer: str = ""
    key: str = ""

    @property
    def told(self) -> str:
        return " ".join((self.day, self.text, *self.below))


@dataclass(frozen=True, slots=True)
class Placed:
    """A text where it stands in its row."""

    text: str
    area: QRect
    font: QFont
    quiet: bool


class Events(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.events: tuple[Event, ...] = ()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.events)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = DISPLAY) -> object:
        if not index.isValid():
            return None
        event = self.events[index.row()]
        if role == DISPLAY:
            return event.text
        return f"{event.told} {event.offer}".strip() if role == ACCESSIBLE else None

    def put(self, events: Sequence[Event]) -> None:
        self.beginResetModel()
        self.events = tuple(events)
        self.endResetModel()


class EventPainter(QStyledItemDelegate):
    """Painted and not made of labels: a household of many years opens as fast as a new one."""

    def __init__(self, model: Events, view: Timeline) -> None:
        super().__init__(model)
        self._model, self._view = model, view
        self._known: dict[tuple[int, int], tuple[list[Placed], QRect]] = {}
        model.modelReset.connect(self._known.clear)

    def places(self, row: int, width: int) -> tuple[list[Placed], QRect]:
        """The texts of a row in their order, and where its offer stands."""
        if (row, width) not in self._known:
            self._known[row, width] = self._place(row, width)
        return self._known[row, width]

    def _place(self, row: int, width: int) -> tuple[list[Placed], QRect]:
        event = self._model.events[row]
        day_width = QFontMetrics(theme.body_font()).horizontalAdvance("2020-00-00")
        left, top = day_width + GAP, 0
        body, small = theme.body_font(medium=event.weighty), theme.secondary_font()
        placed = [Placed(event.day, QRect(0, 0, day_width + 1, QFontMetrics(body).height()), theme.body_font(), True)]
        for text, font in ((event.text, body), *((line, small) for line in event.below)):
            needed = QFontMetrics(font).boundingRect(QRect(0, 0, max(1, width - left), 1 << 20), WRAP, text)
            placed.append(Placed(text, QRect(left, top, width - left, needed.height()), font, font is small))
            top += needed.height() + 1
            end = left + needed.width()
        metrics = QFontMetrics(small)
        offered = metrics.horizontalAdvance(event.offer)
        if end + theme.M + offered <= width and event.below:
            return placed, QRect(end + theme.M, top - 1 - metrics.height(), offered, metrics.height())
        return placed, QRect(left, top, offered, metrics.height())

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        placed, offer = self.places(index.row(), self._view.viewport().width())
        bottom = max(placed[-1].area.bottom(), offer.bottom() if self._model.events[index.row()].offer else 0)
        return QSize(0, bottom + 1 + theme.L)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        place: Any = option  # PySide's stubs do not know that it has a rectangle
        event, now, row = self._model.events[index.row()], theme.colours(), place.rect
        placed, offer = self.places(index.row(), row.width())
        marked = bool(place.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        painter.save()
        if marked:
            painter.fillRect(placed[1].area.translated(row.topLeft()).adjusted(-theme.XS, 0, 0, 0),
                             QColor(now.accent_soft))
        self._paint_line(painter, row, placed, event, index.row())
        for one in placed:
            painter.setFont(one.font)
            painter.setPen(QColor(now.secondary if one.quiet else now.text))
            painter.drawText(one.area.translated(row.topLeft()), WRAP, one.text)
        if event.offer:
            font = theme.secondary_font()
            font.setUnderline(marked)
            painter.setFont(font)
            painter.setPen(QColor(now.accent))
            painter.drawText(offer.translated(row.topLeft()), WRAP, event.offer)
        painter.restore()

    def _paint_line(self, painter: QPainter, row: QRect, placed: list[Placed], event: Event, number: int) -> None:
        now = theme.colours()
        x, y = row.left() + placed[0].area.width() + GAP // 2 - 1, row.top() + placed[0].area.height() // 2
        painter.setPen(QColor(now.line))
        painter.drawLine(x, row.top() if number else y, x, y if number == len(self._model.events) - 1 else row.bottom())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(now.accent if event.weighty else now.border))
        painter.setBrush(QColor(now.accent if event.weighty else now.window))
        painter.drawEllipse(QRectF(x - DOT / 2 + 0.5, y - DOT / 2 + 0.5, DOT, DOT))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class Timeline(QListView):
    """As high as what it tells. The arrows go from one to the next; Enter or a click takes what is offered there:
    `taken` carries its key."""

    taken = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = Events(self)
        self._painter = EventPainter(self._model, self)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; }")

    @property
    def events(self) -> tuple[Event, ...]:
        return self._model.events

    def put(self, events: Sequence[Event]) -> None:
        self._model.put(events)
        self.setAccessibleDescription("\n".join(one.told for one in events))
        self._fit()

    def currentChanged(self, current: QModelIndex | QPersistentModelIndex,
                       previous: QModelIndex | QPersistentModelIndex) -> None:
        super().currentChanged(current, previous)
        if (scroll := scroll_area_of(self)) is not None and current.isValid():
            place = self.mapTo(scroll.widget(), self.visualRect(current).center())
            scroll.ensureVisible(place.x(), place.y(), 0, self.visualRect(current).height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TAKES and self.currentIndex().isValid():
            self._take(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._offer_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row = self._offer_at(event.position().toPoint())
        if row is not None:
            self._take(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def offer_area(self, row: int) -> QRect:
        """Where a row's offer stands on the list."""
        place = self.visualRect(self._model.index(row))
        return self._painter.places(row, place.width())[1].translated(place.topLeft())

    def _offer_at(self, place: QPoint) -> int | None:
        row = self.indexAt(place).row()
        return row if row >= 0 and self.events[row].offer and self.offer_area(row).contains(place) else None

    def _take(self, row: int) -> None:
        if self.events[row].offer:
            self.taken.emit(self.events[row].key)

    def _fit(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in range(len(self.events))) + 2)
