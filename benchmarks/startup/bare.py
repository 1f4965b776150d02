"""The floor: a PySide6 window with nothing of ours, from the start of the process to its first paint."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class FirstPaint(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched is window:
            print(f"painted {time.monotonic()}", flush=True)
            app.quit()
        return False


app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("Backbone"))
window.resize(1366, 700)
seen = FirstPaint()
window.installEventFilter(seen)
window.show()
app.exec()
