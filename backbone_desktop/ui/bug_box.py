"""The one dialog about a mistake of the program itself."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from backbone_desktop.words import Words


def tell_bug(window: QWidget, words: Words) -> None:
    """Say that something went wrong and that nothing typed is lost; what happened stands in the log."""
    box = QMessageBox(QMessageBox.Icon.Warning, words("Backbone Desktop"),
                      words("The program made a mistake. What you typed is kept."),
                      QMessageBox.StandardButton.Close, window)
    box.setInformativeText(words("Please go on with another page, or start the program again. "
                                 "The log file helps whoever looks after it."))
    box.open()
