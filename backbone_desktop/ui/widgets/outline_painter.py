"""Paints a list with heads: a head's line runs over all columns, a record's is painted cell by cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import SMALL
from backbone_desktop.ui.models.window_model import WindowModel
from backbone_desktop.ui.presenters.outline import Head
from backbone_desktop.ui.widgets.cell_painter import CellPainter


class OutlinePainter(CellPainter):
    def __init__(self, table: QTableView, rows: WindowModel[Any]) -> None:
        super().__init__(table, rows)
        self._window = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        head = self._window.head(index.row()) if self._window.outline.by_place else None
        if head is None:
            super().paint(painter, option, index)
            return
        place: Any = option
        self._paint_head(painter, place, index.row(), head)

    def _paint_head(self, painter: QPainter, place: Any, row: int, head: Head) -> None:
        """Each cell shows its part of the one line, so that any of them may be painted alone."""
        now, area = theme.colours(), place.rect
        painter.save()
        painter.setClipRect(area)
        painter.fillRect(area, QColor(now.accent_soft if place.state & QStyle.StateFlag.State_Selected else now.stripe))
        painter.setPen(QColor(now.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        header = self._table.horizontalHeader()
        line = QRect(-header.offset(), area.top(), header.length(), area.height())
        line.adjust(theme.S + head.level * theme.XL, 0, -theme.S, -1)
        size = theme.scaled(SMALL)
        picture = self._picture("chevron-right" if head.folded else "chevron-down", now.secondary, size,
                                painter.device().devicePixelRatioF())
        painter.drawPixmap(QPoint(line.left(), line.center().y() - size // 2 + 1), picture)
        line.setLeft(line.left() + size + theme.S)
        painter.setPen(QColor(now.text if head.level == 0 else now.secondary))
        painter.setFont(theme.body_font(medium=head.level == 0))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                         self._window.cell(row, 0)[0])
        painter.restore()
