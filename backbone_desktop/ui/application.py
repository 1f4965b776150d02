"""Starts Qt, dresses it, and shows the window."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from backbone_desktop.ui import theme
from backbone_desktop.ui.fonts import load_fonts
from backbone_desktop.ui.icons import use_icons
from backbone_desktop.ui.shell import Shell

if TYPE_CHECKING:
    from backbone_desktop.ui.backend import Backend

log = logging.getLogger(__name__)


def dress(app: QApplication, backend: Backend) -> None:
    """Give the application its fonts, icons, palette and text size, as chosen on this machine."""
    load_fonts(backend.resources)
    use_icons(backend.resources)
    theme.apply_theme(app, backend.resources, theme.Look(backend.look), backend.text_size)


def run_window(backend: Backend, argv: Sequence[str]) -> int:
    """Show the window and return the exit code when it was closed."""
    app = QApplication(list(argv))
    app.setApplicationName("Backbone Desktop")
    dress(app, backend)
    shell = Shell(backend)

    def on_bug(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        log.error("a mistake in the window", exc_info=(kind, bug, trace))
        shell.report_bug(bug)

    sys.excepthook = on_bug
    shell.show()
    return app.exec()
