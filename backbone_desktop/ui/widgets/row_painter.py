"""Paints the rows of a list: text with its mark, a hairline under each row, the row under the mouse a shade darker.

Whole rows at once: Qt asks a delegate cell by cell, and going to and fro between it and Python takes longer than
drawing.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QStaticText
from PySide6.QtWidgets import QTableView

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import MEANING_ICONS, SMALL, icon_pixmap
from backbone_desktop.ui.models.keyset_model import ListModel, Mark
from backbone_desktop.ui.widgets.spans import write_spans

_ELIDE = Qt.TextElideMode.ElideRight
_SET_TEXTS = 3_000
"""Texts that are kept set in type: some screens full."""


class RowPainter:
    def __init__(self, table: QTableView, rows: ListModel[Any]) -> None:
        self._table = table
        self._rows = rows
        self._pictures: dict[tuple[str, str, int, float], QPixmap] = {}
        self._texts: OrderedDict[tuple[str, int], tuple[QStaticText, int]] = OrderedDict()
        self._dress()
        self._marked = self._over = -1

    def paint(self, painter: QPainter, area: QRect, over: int) -> None:
        """Paint the rows that touch `area` of the viewport; `over` is the row under the mouse, -1 none."""
        table = self._table
        first = table.rowAt(max(0, area.top()))
        if first < 0:
            return
        if table.font() != self._font:
            self._dress()
        painter.setFont(self._font)
        columns = self._columns(area)
        height, count = table.verticalHeader().defaultSectionSize(), self._rows.rowCount()
        width = table.horizontalHeader().length()
        left = -table.horizontalHeader().offset()
        top = table.rowViewportPosition(first)
        self._marked, self._over = table.currentIndex().row(), over
        for row in range(first, count):
            if top > area.bottom():
                break
            self._paint_row(painter, QRect(left, top, width, height), row, columns)
            top += height

    def _dress(self) -> None:
        self._font = QFont(self._table.font())
        self._metrics = QFontMetrics(self._font)
        self._line_height = self._metrics.height()
        self._texts.clear()

    def _columns(self, area: QRect) -> list[tuple[int, int, int]]:
        """(column, left, width) of those that are seen there, in the order in which they stand."""
        table, header = self._table, self._table.horizontalHeader()
        stood = [header.logicalIndex(visual) for visual in range(header.count())]
        placed = [(one, table.columnViewportPosition(one), table.columnWidth(one)) for one in stood
                  if not table.isColumnHidden(one)]
        return [one for one in placed if one[1] <= area.right() and one[1] + one[2] >= area.left()]

    def _paint_row(self, painter: QPainter, line: QRect, row: int, columns: list[tuple[int, int, int]]) -> None:
        now = theme.colours()
        self._paint_ground(painter, line, row, now.stripe if row == self._over else "")
        record, top, height = self._rows.row(row), line.top(), line.height() - 1
        if record is None:
            self._paint_awaited(painter, top + height // 2, columns)
            return
        pen = ""
        for column, start, wide in columns:
            shown = self._rows.columns[column]
            text, mark = shown.text(record), shown.mark(record) if shown.mark is not None else None
            colour, left, room = now.secondary if shown.quiet else now.text, start + theme.S, wide - 2 * theme.S
            if mark is not None:
                colour = now.of(mark.meaning)[0]
                taken = self._paint_mark(painter, mark, colour, left, top + height // 2)
                left, room = left + taken, room - taken
            if text:
                if colour != pen:
                    pen = colour
                    painter.setPen(QColor(colour))
                if shown.bold is not None and (bold := shown.bold(record)):  # seldom: a list that was searched
                    write_spans(painter, QRect(left, top, room, height), text, bold, right=shown.right)
                    continue
                set_text, needed = self._set(text, room)
                painter.drawStaticText(left + room - needed if shown.right else left,
                                       top + (height - self._line_height) // 2, set_text)

    def _paint_awaited(self, painter: QPainter, middle: int, columns: list[tuple[int, int, int]]) -> None:
        """Where a record stands that is still being read: a quiet bar in each cell."""
        bar = theme.S
        for _, start, wide in columns:
            painter.fillRect(start + bar, middle - bar // 2, min(wide // 2, theme.scaled(64)), bar,
                             QColor(theme.colours().stripe))

    def _paint_ground(self, painter: QPainter, line: QRect, row: int, colour: str) -> None:
        now = theme.colours()
        if row == self._marked:
            colour = now.accent_soft
        if colour:
            painter.fillRect(line, QColor(colour))
        painter.fillRect(line.left(), line.bottom(), line.width(), 1, QColor(now.line))
        if row == self._marked and self._table.hasFocus():
            painter.fillRect(line.left(), line.top(), 3, line.height(), QColor(now.accent))

    def _paint_mark(self, painter: QPainter, mark: Mark, colour: str, left: int, middle: int) -> int:
        """Paint a mark and return how much room it takes."""
        size = theme.scaled(SMALL)
        self._paint_icon(painter, mark.icon or MEANING_ICONS[mark.meaning], colour, left, middle)
        return size + theme.XS + 2

    def _paint_icon(self, painter: QPainter, name: str, colour: str, left: int, middle: int) -> None:
        size = theme.scaled(SMALL)
        key = (name, colour, size, painter.device().devicePixelRatioF())
        if key not in self._pictures:  # drawing one takes longer than a whole row does
            self._pictures[key] = icon_pixmap(*key)
        painter.drawPixmap(QPoint(left, middle - size // 2 + 1), self._pictures[key])

    def _set(self, text: str, room: int) -> tuple[QStaticText, int]:
        """The text as it is drawn in that room, and how wide it is."""
        key = (text, room)
        found = self._texts.get(key)
        if found is None:
            metrics = self._metrics
            wide = metrics.horizontalAdvance(text)
            if wide > room:
                text = metrics.elidedText(text, _ELIDE, room)
                wide = metrics.horizontalAdvance(text)
            set_text = QStaticText(text)
            set_text.setTextFormat(Qt.TextFormat.PlainText)
            found = self._texts[key] = (set_text, wide)
            if len(self._texts) > _SET_TEXTS:
                self._texts.popitem(last=False)
        return found
