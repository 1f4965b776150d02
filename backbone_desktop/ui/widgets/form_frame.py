"""The bones of a form page: header, one message, the form itself scrolling, and the foot that always stands there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from backbone_desktop.ui import theme


def lay_out_form(page: QWidget, body: QWidget, above: tuple[QWidget, ...], foot: QWidget) -> QScrollArea:
    """Put a form page together; the scroll bar stands at the page's edge, clear of the fields."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(body)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.viewport().setAutoFillBackground(False)
    body.setAutoFillBackground(False)
    body.setContentsMargins(theme.XL, 0, theme.L, 0)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, theme.L, 0, theme.M)
    column.setSpacing(0)
    for widget in above:
        column.addWidget(_inset(widget))
    column.addWidget(scroll, 1)
    column.addWidget(_inset(foot))
    return scroll


def _inset(widget: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(theme.XL, 0, theme.XL, 0)
    column.setSpacing(0)
    column.addWidget(widget)
    return holder
