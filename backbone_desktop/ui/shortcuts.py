"""The sheet of shortcuts (F1)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.buttons import PrimaryButton
from backbone_desktop.ui.widgets.text import Heading, Secondary
from backbone_desktop.words import Words

AROUND = 120
"""Pixels of the window's height that the keys leave free, at 100 % text; where they need more they scroll."""


def shortcut_sheet(words: Words, parent: QWidget) -> QDialog:
    """A dialog that lists every key; Esc or F1 closes it."""
    everywhere = (words("Everywhere"), (
        ("F1", words("This sheet")),
        ("Ctrl+K  F3", words("Find a person")),
        ("F5", words("Ask again for what the page shows")),
        ("Ctrl+1 … 7", words("Go to a page")),
        ("Esc", words("Back; what was typed is kept")),
        ("F2  Shift+F2", words("On Today: new household, new claim")),
        ("F8", words("On Exchange: send now")),
        ("Ctrl+D", words("On Households: double records")),
        ("Ctrl+I", words("On Households: import a roster")),
        ("Ctrl+L", words("Lock the window")),
    ))
    forms = (words("Forms"), (
        ("Enter", words("Next field")),
        ("Shift+Enter", words("Field before")),
        ("Ctrl+S", words("Save")),
        ("F9", words("On a claim: take it in, print its receipt")),
        ("F4", words("On a household: open who looks like the person")),
        ("F6", words("On a household: record a change")),
        ("Ctrl+Enter  Ctrl+B", words("On a claim: the next step, return it for papers")),
        ("Ctrl+O  Ctrl+V  F6  F7", words("On a claim: add scans, paste, look at them, new scans")),
        ("Ctrl+PgDn  PgUp  R  0", words("On a scan: next, before, turn, fit")),
        ("Alt+1 … 4", words("On a household: members, enrolments, claims, what happened")),
    ))
    lists = (words("Lists"), (
        ("F2", words("New")),
        ("↑ ↓  Home  End", words("Move in the list")),
        ("Enter", words("Open")),
        ("→ ←  Ctrl+→ ←", words("Unfold or fold a village, or all of them")),
        ("Ctrl+C", words("Copy the chosen rows as text")),
        ("Ctrl+E", words("Export the list")),
        ("Delete", words("On a filter: take it back")),
        ("F6  F7  F8", words("Doubtful rows of a roster: the same person, somebody else, leave it")),
        ("← →  Ctrl+S  F4", words("Double records: choose a side, merge, two different people")),
    ))
    papers = (words("Printing and verifying"), (
        ("F9  Ctrl+S", words("Print, save as PDF")),
        ("Ctrl+ +  −", words("On a paper: larger, smaller")),
        ("Space  Ctrl+A  Ctrl+J", words("On Print: tick, tick all, log of prints")),
        ("Ctrl+H", words("On Claims: hand papers on")),
        ("Space  F9", words("Handover: take a claim onto the list or leave it out; make the list")),
        ("Ctrl+Shift+L", words("On Households: publicity lists and renewal rosters of villages")),
        ("Ctrl+Shift+V", words("Verify a paper")),
        ("Ctrl+O  Ctrl+V", words("Verifying: open a file, paste a picture")),
    ))
    sheet = QDialog(parent)
    sheet.setWindowTitle(words("Shortcuts"))
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(sheet)
    column.setContentsMargins(theme.XL, theme.M, theme.XL, theme.L)
    keys_of = QWidget()
    sides = QHBoxLayout(keys_of)
    sides.setContentsMargins(0, 0, theme.M, 0)
    sides.setSpacing(theme.XXL)
    for side in ((everywhere, forms), (lists, papers)):  # one below the other they are higher than the screen
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.XS)
        for name, lines in side:
            grid.addWidget(Heading(name), grid.rowCount(), 0, 1, 2)
            for keys, act in lines:
                row = grid.rowCount()
                grid.addWidget(Secondary(keys), row, 0)
                grid.addWidget(QLabel(act), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        sides.addLayout(grid)
    scrolled = QScrollArea()
    scrolled.setWidget(keys_of)
    scrolled.setFrameShape(QFrame.Shape.NoFrame)
    scrolled.setAccessibleName(words("Shortcuts"))
    scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    whole, room = keys_of.sizeHint(), parent.window().height() - theme.scaled(AROUND)
    scrolled.setFixedSize(whole.width() + theme.S, min(whole.height(), room))
    column.addWidget(scrolled)
    column.addSpacing(theme.M)
    close = PrimaryButton(words("Close"), shortcut="F1")
    close.clicked.connect(sheet.accept)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    close.setFocus()
    return sheet
