"""Draws the program's icon at the sizes that desktops ask for, from the one drawing."""

from __future__ import annotations

import os
from pathlib import Path

SIZES = (16, 24, 32, 48, 64, 128, 256)


def draw_icons(drawing: Path, into: Path) -> None:
    """Write `<size>.png`, and one .ico that holds them all for Windows."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    into.mkdir(parents=True, exist_ok=True)
    drawn = QSvgRenderer(str(drawing))
    if not drawn.isValid():
        raise ValueError(f"{drawing.name} cannot be drawn")
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawn.render(painter)
        painter.end()
        image.save(str(into / f"{size}.png"))
    with Image.open(into / f"{SIZES[-1]}.png") as largest:
        largest.save(into / "backbone-desktop.ico", sizes=[(size, size) for size in SIZES])
