"""The floor: a PySide6 window with nothing of ours, from the start of the process to its first paint."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from benchmarks.startup.watch import FirstPaint

app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("Backbone"))
window.resize(1366, 700)
window.show()
seen = FirstPaint(window, app.quit)
app.exec()
