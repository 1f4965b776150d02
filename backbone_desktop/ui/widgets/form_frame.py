"""The bones of a form page: header, one message, the form itself scrolling, and the foot that always stands there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from backbone_desktop.ui import theme


def lay_out_form(page: QWidget, body: QWidget, above: tuple[QWidget, ...], foot: QWidget) -> QScrollArea:
    """Put a form page together; the scroll bar stands at the page's edge, clear of the fields."""
    scroll = quiet_scroll(body)
    body.setContentsMargins(theme.XL, 0, theme.L, 0)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, theme.L, 0, theme.M)
    column.setSpacing(0)
    for widget in above:
        column.addWidget(inset(widget))
    column.addWidget(scroll, 1)
    column.addWidget(inset(foot))
    return scroll


def inset(widget: QWidget) -> QWidget:
    """Hold a widget clear of the page's edges, as far in as every page's title."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(theme.XL, 0, theme.XL, 0)
    column.setSpacing(0)
    column.addWidget(widget)
    return holder


def quiet_scroll(body: QWidget) -> QScrollArea:
    """A scroll area that is not seen: no frame, no colour of its own, no stop for Tab."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(body)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.viewport().setAutoFillBackground(False)
    body.setAutoFillBackground(False)
    return scroll
