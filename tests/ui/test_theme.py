"""The tokens: readable in both brightnesses, sharp at every scale, one figure as wide as the next."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from desk_kit import RESOURCES
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication

from backbone_desktop.ui import theme
from backbone_desktop.ui.fonts import typeface
from backbone_desktop.ui.icons import MEANING_ICONS, icon, icon_pixmap
from backbone_desktop.ui.theme import DARK, LIGHT, Colours, Look, Meaning

HERE = Path(__file__).resolve().parents[2]
BOTH = pytest.mark.parametrize("chosen", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("window", "rail", "surface", "stripe", "accent_soft")


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.1."""
    parts = []
    for start in (1, 3, 5):
        part = int(colour[start:start + 2], 16) / 255
        parts.append(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_the_known_one() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@BOTH
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["text", "secondary", "accent"])
def test_text_can_be_read_on_every_ground(chosen: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(chosen, ink), getattr(chosen, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("meaning", list(Meaning))
def test_meanings_can_be_read_on_their_own_ground_and_on_the_page(chosen: Colours, meaning: Meaning) -> None:
    ink, soft = chosen.of(meaning)
    for ground in (soft, chosen.window, chosen.surface, chosen.accent_soft):
        assert contrast(ink, ground) >= 4.5
    assert contrast(chosen.text, soft) >= 4.5
    assert contrast(chosen.accent, soft) >= 4.5, "the acts of a banner"


@BOTH
def test_a_button_can_be_read_and_its_edges_seen(chosen: Colours) -> None:
    for ground in (chosen.accent, chosen.accent_hover):
        assert contrast(chosen.on_accent, ground) >= 4.5
    for line in (chosen.border, chosen.accent, chosen.refused, chosen.attention):
        assert contrast(line, chosen.window) >= 3, "what WCAG asks of the edge of a field"
    assert contrast(chosen.secondary, chosen.line) >= 4.5, "a button that cannot be pressed still says why it is there"


def test_every_meaning_has_an_icon_of_its_own() -> None:
    assert len(set(MEANING_ICONS.values())) == len(Meaning)


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
@pytest.mark.parametrize("percent", theme.TEXT_SIZES)
def test_the_application_is_dressed(dressed: QApplication, look: Look, percent: int) -> None:
    try:
        theme.apply_theme(dressed, RESOURCES, look, percent)
        assert theme.colours() is (LIGHT if look is Look.LIGHT else DARK)
        assert dressed.palette().color(QPalette.ColorRole.Window) == QColor(theme.colours().window)
        assert dressed.font().pointSizeF() == pytest.approx(11 * percent / 100)
        assert theme.scaled(20) == round(20 * percent / 100)
    finally:
        theme.apply_theme(dressed, RESOURCES, Look.LIGHT)


def test_the_style_sheet_uses_tokens_only() -> None:
    rules = (RESOURCES / "theme" / "window.qss").read_text("utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []
    known = {field.name for field in fields(Colours)} | {"radius", "theme", "shade"}
    assert set(re.findall(r"\$(\w+)", rules)) <= known


def test_the_typeface_is_ours_and_writes_chinese(dressed: QApplication) -> None:
    for medium in (False, True):
        font = typeface(11, medium=medium)
        assert QFontInfo(font).family() == "Noto Sans SC"
        metrics = QFontMetricsF(font)
        assert all(metrics.inFontUcs4(ord(sign)) for sign in "顶梁柱户籍登记受理回执·¥，。")


def test_figures_are_all_of_one_width(dressed: QApplication) -> None:
    metrics = QFontMetricsF(typeface(11))
    assert len({round(metrics.horizontalAdvance(figure), 3) for figure in "0123456789"}) == 1


def names_in_code() -> set[str]:
    found: set[str] = set()
    for path in (HERE / "backbone_desktop" / "ui").rglob("*.py"):
        text = path.read_text("utf-8")
        for pattern in (r'icon_name="([a-z0-9-]+)"', r'\bicon\("([a-z0-9-]+)"', r'IconButton\("([a-z0-9-]+)"',
                        r'EmptyState\(\s*"([a-z0-9-]+)"', r'icon_label\("([a-z0-9-]+)"'):
            found.update(re.findall(pattern, text))
    return found | set(MEANING_ICONS.values())


def test_every_icon_that_is_named_is_there() -> None:
    names = names_in_code()
    assert len(names) > 15, "the collector no longer sees the icons"
    assert [name for name in sorted(names) if not (RESOURCES / "icons" / f"{name}.svg").exists()] == []


def test_only_icons_that_are_used_are_brought_along() -> None:
    code = "".join(path.read_text("utf-8") for path in (HERE / "backbone_desktop" / "ui").rglob("*.py"))
    unused = [path.stem for path in (RESOURCES / "icons").glob("*.svg") if f'"{path.stem}"' not in code]
    assert unused == []
    assert (RESOURCES / "icons" / "LICENSE").read_text("utf-8").startswith("ISC License")


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("size", [16, 20])
def test_icons_are_drawn_for_the_screens_own_pixels(dressed: QApplication, size: int, ratio: float) -> None:
    picture = icon_pixmap("users", "#ff0000", size, ratio)
    assert picture.size() == QSize(round(size * ratio), round(size * ratio))
    drawn = picture.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    inks = {drawn.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(drawn.height())
            if drawn.pixelColor(x, y).alpha() > 250}
    assert inks == {"#ff0000"}


def test_an_icon_follows_the_palette(dressed: QApplication) -> None:
    mark = icon("users", "text")
    try:
        for look, ink in ((Look.LIGHT, LIGHT.text), (Look.DARK, DARK.text)):
            theme.apply_theme(dressed, RESOURCES, look)
            image = mark.pixmap(QSize(64, 64), 1.0, QIcon.Mode.Normal).toImage()
            shown = [image.pixelColor(x, y) for x in range(64) for y in range(64)]
            assert any(one.alpha() == 255 and one.name() == ink for one in shown)
    finally:
        theme.apply_theme(dressed, RESOURCES, Look.LIGHT)
