"""The bundled typeface, so that Chinese never shows as boxes on a machine that brings no Chinese font."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Noto Sans SC"
FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf")


def load_fonts(resources: Path) -> bool:
    """Make the bundled typeface known to Qt; False when its files are not there and the system's font must do."""
    known = [QFontDatabase.addApplicationFont(str(resources / "fonts" / name)) for name in FILES]
    return all(number >= 0 for number in known)


def typeface(points: float, *, medium: bool = False) -> QFont:
    """The window's typeface at a size. Its figures all have one width, so that columns of amounts stand straight."""
    font = QFont(FAMILY)
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.Medium if medium else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
