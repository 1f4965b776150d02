"""The parts of the page for verifying papers: the facts, the checks of this sitting, a picture of the paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from backbone_desktop.services.rows import Page
from backbone_desktop.services.verifying import Checked
from backbone_desktop.ui import theme
from backbone_desktop.ui.models.keyset_model import Column, KeysetModel, Mark
from backbone_desktop.ui.presenters.verify import (
    LOOK_WIDTH,
    Entry,
    FactLine,
    Look,
    fact_lines,
    icon_of,
    meaning_of,
    time_line,
    verdict_word,
)
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.list_table import ListTable
from backbone_desktop.words import Words

_ON_PAPER, _NOW = 2, 3
MOST_HIGH = 420
"""Pixels that the picture may be high."""


class FactTable(ListTable):
    """What the paper should say, beside what it says and what the record says today, as far as these are known."""

    def __init__(self, words: Words) -> None:
        self._t = words

        def mark(line: FactLine) -> Mark | None:
            return Mark(Meaning(line.meaning)) if line.meaning else None

        super().__init__(KeysetModel((
            Column(title=words("Item"), text=lambda line: line.label, width=18),
            Column(title=words("Should say"), text=lambda line: line.should, tip=lambda line: line.should),
            Column(title=words("On the paper"), text=lambda line: line.on_paper, width=27, mark=mark),
            Column(title=words("At present"), text=lambda line: line.now, width=16, quiet=True),
        )), words("What the paper should say"))

    def show_facts(self, checked: Checked) -> None:
        lines = fact_lines(self._t, checked)
        self.show_page(Page(lines, None, len(lines)))
        self.setColumnHidden(_ON_PAPER, not checked.compared)
        self.setColumnHidden(_NOW, not any(line.now for line in lines))
        self.setVisible(bool(lines))
        if lines:
            self.mark(0)


class CheckTable(ListTable):
    """The checks of this sitting, newest first."""

    def __init__(self, words: Words) -> None:
        super().__init__(KeysetModel((
            Column(title=words("Verdict"), text=lambda entry: verdict_word(words, entry.checked), width=13,
                   mark=lambda entry: Mark(Meaning(meaning_of(entry.checked)), icon_of(entry.checked))),
            Column(title=words("Number"), text=lambda entry: entry.checked.number,
                   tip=lambda entry: verdict_word(words, entry.checked)),
            Column(title=words("Time"), text=time_line, width=6, quiet=True),
        )), words("Verified in this sitting"))

    def show_entries(self, entries: Sequence[Entry]) -> None:
        newest = tuple(reversed(entries))
        self.show_page(Page(newest, None, len(newest)))


class PaperLook(QWidget):
    """A picture of the paper, as large as there is room, so that it can be compared where it did not come on paper."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._picture = QImage()
        self.setAccessibleName(name)

    def show_look(self, picture: QImage | None) -> None:
        self._picture = picture or QImage()
        self.setVisible(not self._picture.isNull())
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the picture is at this width."""
        if not self._picture.isNull():
            upright = self._picture.height() / self._picture.width()
            self.setFixedHeight(min(round(self.width() * upright) + 2, theme.scaled(MOST_HIGH)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        size = self._picture.size().scaled(self.size() - QSize(2, 2), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRect((self.width() - size.width()) // 2, 1, size.width(), size.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, self._picture)
        painter.setPen(QColor(theme.colours().border))
        painter.drawRect(area)


def picture_of(look: Look | None) -> QImage | None:
    """A picture to show; slow, for the worker. None for one that Qt cannot read."""
    if look is None:
        return None
    if look.drawn is not None:
        wide, high, pixels = look.drawn
        return QImage(pixels, wide, high, 4 * wide, QImage.Format.Format_RGB32).copy()
    buffer = QBuffer()
    buffer.setData(look.encoded)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() > LOOK_WIDTH:
        reader.setScaledSize(size.scaled(LOOK_WIDTH, LOOK_WIDTH * 4, Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    return None if picture.isNull() else picture


def encoded(picture: QImage) -> bytes:
    """A picture from the clipboard as a PNG file's bytes; slow, for the worker."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs are wrong about it
    return bytes(buffer.data().data())
