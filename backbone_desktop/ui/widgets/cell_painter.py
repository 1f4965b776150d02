"""Paints the cells of a list: text with its mark, a hairline under each row, the row under the mouse a shade darker."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import MEANING_ICONS, SMALL, icon_pixmap
from backbone_desktop.ui.models.keyset_model import ListModel
from backbone_desktop.ui.widgets.spans import write_spans

_ELIDE = Qt.TextElideMode.ElideRight


class CellPainter(QStyledItemDelegate):
    def __init__(self, table: QTableView, rows: ListModel[Any]) -> None:
        super().__init__(table)
        self._table = table
        self._rows = rows
        self._pictures: dict[tuple[str, str, int, float], QPixmap] = {}

    def _picture(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        key = (name, colour, size, ratio)
        if key not in self._pictures:  # drawing one takes longer than a whole row does
            self._pictures[key] = icon_pixmap(*key)
        return self._pictures[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        place: Any = option  # PySide's stubs do not know that it has a rectangle
        now = theme.colours()
        area = place.rect
        selected = bool(place.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(area, QColor(now.accent_soft))
        elif place.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(now.stripe))
        painter.setPen(QColor(now.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if selected and index.column() == 0 and self._table.hasFocus():
            painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(now.accent))
        text_area = area.adjusted(theme.S, 0, -theme.S, -1)
        words, mark, quiet, right, bold = self._rows.cell(index.row(), index.column())
        colour = now.secondary if quiet else now.text
        if mark is not None:
            colour = now.of(mark.meaning)[0]
            size = theme.scaled(SMALL)
            picture = self._picture(mark.icon or MEANING_ICONS[mark.meaning], colour, size,
                                    painter.device().devicePixelRatioF())
            painter.drawPixmap(QPoint(text_area.left(), text_area.center().y() - size // 2 + 1), picture)
            text_area.setLeft(text_area.left() + size + theme.XS + 2)
        painter.setPen(QColor(colour))
        painter.setFont(self._table.font())
        if bold:
            write_spans(painter, text_area, words, bold, right=right)
            return
        text = QFontMetrics(self._table.font()).elidedText(words, _ELIDE, text_area.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(text_area, side | Qt.AlignmentFlag.AlignVCenter, text)
