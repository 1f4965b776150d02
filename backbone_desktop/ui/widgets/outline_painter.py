"""Paints a list with heads: a head's line runs over all columns, a record's is painted as in any list."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QTableView

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import SMALL
from backbone_desktop.ui.models.window_model import WindowModel
from backbone_desktop.ui.presenters.outline import Head
from backbone_desktop.ui.widgets.row_painter import RowPainter


class OutlinePainter(RowPainter):
    def __init__(self, table: QTableView, rows: WindowModel[Any]) -> None:
        super().__init__(table, rows)
        self._window = rows

    def _paint_row(self, painter: QPainter, line: QRect, row: int, columns: list[tuple[int, int, int]]) -> None:
        head = self._window.head(row) if self._window.outline.by_place else None
        if head is None:
            super()._paint_row(painter, line, row, columns)
        else:
            self._paint_head(painter, line, row, head)
            painter.setFont(self._font)

    def _paint_head(self, painter: QPainter, line: QRect, row: int, head: Head) -> None:
        now = theme.colours()
        self._paint_ground(painter, line, row, now.stripe)
        inside = line.adjusted(theme.S + head.level * theme.XL, 0, -theme.S, -1)
        self._paint_icon(painter, "chevron-right" if head.folded else "chevron-down", now.secondary, inside.left(),
                         inside.center().y())
        inside.setLeft(inside.left() + theme.scaled(SMALL) + theme.S)
        painter.setPen(QColor(now.text if head.level == 0 else now.secondary))
        painter.setFont(theme.body_font(medium=head.level == 0))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                         self._window.cell(row, 0)[0])
