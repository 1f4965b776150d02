"""The sheet of shortcuts (F1)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

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
            ("F4", words("On a household: open who looks like the person")),
            ("F6", words("On a household: record a change")),
            ("Ctrl+Enter  Ctrl+B", words("On a claim: the next step, return it for papers")),
            ("Alt+1 … 4", words("On a household: members, enrolments, claims, what happened")),
        )),
        (words("Lists"), (
            ("F2", words("New")),
            ("↑ ↓  Home  End", words("Move in the list")),
            ("Enter", words("Open")),
            ("→ ←  Ctrl+→ ←", words("Unfold or fold a village, or all of them")),
            ("Ctrl+C", words("Copy the chosen rows as text")),
            ("Ctrl+E", words("Export the list")),
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
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.XL)
    grid.setVerticalSpacing(theme.XS)
    row = 0
    for name, lines in groups:
        grid.addWidget(Heading(name), row, 0, 1, 2)
        row += 1
        for keys, act in lines:
            grid.addWidget(Secondary(keys), row, 0)
            grid.addWidget(QLabel(act), row, 1)
            row += 1
    column.addLayout(grid)
    column.addSpacing(theme.M)
    close = PrimaryButton(words("Close"), shortcut="F1")
    close.clicked.connect(sheet.accept)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    close.setFocus()
    return sheet
