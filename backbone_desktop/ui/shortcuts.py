"""The sheet of shortcuts (F1)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.buttons import PrimaryButton
from backbone_desktop.ui.widgets.text import Heading, Secondary
from backbone_desktop.words import Words


def shortcut_sheet(words: Words, parent: QWidget) -> QDialog:
    """A dialog that lists every key; Esc or F1 closes it."""
    groups = (
        (words("Everywhere"), (
            ("F1", words("This sheet")),
            ("Ctrl+K", words("Find a person")),
            ("F5", words("Ask again for what the page shows")),
            ("Ctrl+1 … 7", words("Go to a page")),
            ("Esc", words("Back; what was typed is kept")),
            ("F2  Shift+F2", words("On Today: new household, new claim")),
            ("F8", words("On Exchange: send now")),
            ("Ctrl+Shift+V", words("Verify a paper")),
            ("Ctrl+D", words("On Households: double records")),
            ("Ctrl+I", words("On Households: import a roster")),
            ("Ctrl+L", words("Lock the window")),
        )),
        (words("Forms"), (
            ("Enter", words("Next field")),
            ("Shift+Enter", words("Field before")),
            ("Ctrl+S", words("Save")),
            ("F9", words("Print")),
            ("Ctrl+ +  −", words("On a paper: larger, smaller")),
            ("Ctrl+O  Ctrl+V  F6  F7", words("On a claim: add scans, paste, look at them, new scans")),
            ("Ctrl+PgDn  PgUp  R  0", words("On a scan: next, before, turn, fit")),
            ("F4", words("On a household: open who looks like the person")),
            ("F6", words("On a household: record a change")),
            ("Alt+1 … 4", words("On a household: members, enrolments, claims, what happened")),
        )),
        (words("Lists"), (
            ("F2", words("New")),
            ("↑ ↓  Home  End", words("Move in the list")),
            ("Enter", words("Open")),
            ("→ ←  Ctrl+→ ←", words("Unfold or fold a village, or all of them")),
            ("Ctrl+C", words("Copy the chosen rows as text")),
            ("Space  Ctrl+A  Ctrl+J", words("On Print: tick, tick all, log of prints")),
            ("Ctrl+E", words("Export the list")),
            ("Ctrl+Shift+L", words("On Households: publicity lists and renewal rosters of villages")),
            ("Ctrl+H  Space", words("On Claims: hand papers on; there: take a claim onto the list or leave it out")),
            ("Delete", words("On a filter: take it back")),
            ("F6  F7  F8", words("Doubtful rows of a roster: the same person, somebody else, leave it")),
            ("← →  Ctrl+S  F4", words("Double records: choose a side, merge, two different people")),
        )),
    )
    sheet = QDialog(parent)
    sheet.setWindowTitle(words("Shortcuts"))
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(sheet)
    column.setContentsMargins(theme.XL, theme.M, theme.XL, theme.L)
    sides = QHBoxLayout()
    sides.setSpacing(theme.XXL)
    everywhere, forms, lists = groups
    for side in ((everywhere, forms), (lists,)):  # one below the other they are higher than the screen
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
    column.addLayout(sides)
    column.addSpacing(theme.M)
    close = PrimaryButton(words("Close"), shortcut="F1")
    close.clicked.connect(sheet.accept)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    close.setFocus()
    return sheet
