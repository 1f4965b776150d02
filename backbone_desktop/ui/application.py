"""Starts Qt and shows the window; whatever can wait is imported after the first frame."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from backbone_desktop.ui.shell import Shell

if TYPE_CHECKING:
    from types import TracebackType

    from backbone_desktop.ui.backend import Backend


def dress(app: QApplication, backend: Backend) -> None:
    """Give the application its fonts, icons, palette and text size, as chosen on this machine."""
    from backbone_desktop.ui import theme
    from backbone_desktop.ui.fonts import load_fonts

    load_fonts(backend.resources)
    theme.apply_theme(app, backend.resources, theme.Look(backend.look), backend.text_size)


def run_window(backend: Backend | Callable[[], Backend], argv: Sequence[str]) -> int:
    """Show the window and return the exit code when it was closed. A backend that is still to be made is made later."""
    # By name: to touch a style object costs a start four milliseconds.
    app = QApplication([*argv, "-style", "fusion"])
    app.setApplicationName("Backbone Desktop")
    shell = Shell(backend)

    def on_bug(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        import logging

        logging.getLogger(__name__).error("a mistake in the window", exc_info=(kind, bug, trace))
        shell.report_bug(bug)

    sys.excepthook = on_bug
    shell.show()
    return app.exec()
