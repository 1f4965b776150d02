"""The tokens of the window's look, in one place: spaces, type sizes, and colours for light and dark.

A widget asks for its colours with `colours()` when it paints, so that nothing keeps a colour of its own.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from backbone_desktop.ui.fonts import typeface

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
"""The spacing scale, in pixels at 100 % text."""
RADIUS = 4
BODY_PT, SECONDARY_PT, TITLE_PT, FIGURE_PT = 11.0, 10.0, 14.0, 20.0
TEXT_SIZES = (100, 110, 125, 150)
"""Per cent; the clerk's choice in Settings."""
TWO_COLUMNS_FROM = 1000
"""Width of a page, in pixels at 100 % text, from which a form has two columns."""


class Meaning(StrEnum):
    """The four colours that mean something; each comes with an icon and a word, never alone."""

    DONE = "done"
    WAITING = "waiting"
    ATTENTION = "attention"
    REFUSED = "refused"
    NONE = "none"


class Look(StrEnum):
    """The clerk's choice of brightness."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Colours:
    """One brightness's colours as #rrggbb. `…_soft` lies behind text of the same name."""

    window: str
    rail: str
    surface: str
    stripe: str
    text: str
    secondary: str
    faint: str
    line: str
    border: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    done: str
    done_soft: str
    waiting: str
    waiting_soft: str
    attention: str
    attention_soft: str
    refused: str
    refused_soft: str

    def of(self, meaning: Meaning) -> tuple[str, str]:
        """(the colour to write in, the soft one behind it)."""
        if meaning is Meaning.NONE:
            return self.secondary, self.rail
        return getattr(self, meaning.value), getattr(self, f"{meaning.value}_soft")


LIGHT = Colours(
    window="#f6f7f7", rail="#eceff0", surface="#ffffff", stripe="#eef1f2",
    text="#1b2426", secondary="#536064", faint="#7d898d", line="#dde2e3", border="#7f8c90",
    accent="#0f6868", accent_hover="#0b5555", on_accent="#ffffff", accent_soft="#dcecea",
    done="#1c7340", done_soft="#e4f2e9", waiting="#3a5795", waiting_soft="#e7ecf6",
    attention="#8a4b00", attention_soft="#faeedb", refused="#ab231b", refused_soft="#fae7e5",
)
DARK = Colours(
    window="#1b2021", rail="#16191a", surface="#232a2b", stripe="#22292a",
    text="#e5eaea", secondary="#a7b2b4", faint="#7f8b8e", line="#353e40", border="#73807f",
    accent="#55b8b2", accent_hover="#6fc8c2", on_accent="#08211f", accent_soft="#1e3b3a",
    done="#72cb8f", done_soft="#1d3526", waiting="#9cb4ea", waiting_soft="#232d43",
    attention="#e6b060", attention_soft="#3a2d17", refused="#f2958c", refused_soft="#432522",
)


def colours() -> Colours:
    """The colours that the application wears now."""
    return LIGHT if QApplication.palette().color(QPalette.ColorRole.Window).lightness() > 127 else DARK


def palette_of(chosen: Colours) -> QPalette:
    """A Qt palette in these colours."""
    role = QPalette.ColorRole
    palette = QPalette()
    for one, colour in (
        (role.Window, chosen.window), (role.WindowText, chosen.text), (role.Base, chosen.surface),
        (role.AlternateBase, chosen.stripe), (role.Text, chosen.text), (role.Button, chosen.surface),
        (role.ButtonText, chosen.text), (role.BrightText, chosen.refused), (role.Highlight, chosen.accent),
        (role.HighlightedText, chosen.on_accent), (role.Accent, chosen.accent), (role.Link, chosen.accent),
        (role.LinkVisited, chosen.accent), (role.ToolTipBase, chosen.text), (role.ToolTipText, chosen.window),
        (role.PlaceholderText, chosen.faint), (role.Light, chosen.surface), (role.Midlight, chosen.rail),
        (role.Mid, chosen.border), (role.Dark, chosen.border), (role.Shadow, chosen.line),
    ):
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(chosen.faint))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(chosen.border))
    return palette


def system_is_dark(app: QApplication) -> bool:
    if not app.styleSheet():  # still in the system's own colours; naming them costs a start ten milliseconds
        return app.palette().color(QPalette.ColorRole.Window).lightness() < 128
    from PySide6.QtCore import Qt

    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def apply_theme(app: QApplication, resources: Path, look: Look = Look.SYSTEM, percent: int = 100) -> None:
    """Dress the whole application: our palette, the text size, and the few rules that a palette cannot say."""
    dark = system_is_dark(app) if look is Look.SYSTEM else look is Look.DARK
    chosen = DARK if dark else LIGHT
    app.setFont(typeface(BODY_PT * percent / 100))
    app.setPalette(palette_of(chosen))
    app.setStyleSheet(style_sheet(chosen, resources))


def style_sheet(chosen: Colours, resources: Path) -> str:
    """The rules of resources/theme/window.qss with the colours filled in."""
    rules = Template((resources / "theme" / "window.qss").read_text(encoding="utf-8"))
    shade = "dark" if chosen is DARK else "light"
    return rules.substitute(asdict(chosen), radius=f"{RADIUS}px", theme=(resources / "theme").as_posix(), shade=shade)


def text_scale() -> float:
    """The chosen text size as a factor of 100 %."""
    return QApplication.font().pointSizeF() / BODY_PT


def scaled(pixels: float) -> int:
    """A measure that grows with the text: icons, row heights, widths of panels. Spaces between things do not grow."""
    return round(pixels * text_scale())


def body_font(*, medium: bool = False) -> QFont:
    return typeface(BODY_PT * text_scale(), medium=medium)


def secondary_font() -> QFont:
    return typeface(SECONDARY_PT * text_scale())


def title_font() -> QFont:
    return typeface(TITLE_PT * text_scale(), medium=True)


def figure_font() -> QFont:
    return typeface(FIGURE_PT * text_scale())


def tint(widget: QWidget, colour: str) -> None:
    """Write a label in one of the theme's colours."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    widget.setPalette(palette)
