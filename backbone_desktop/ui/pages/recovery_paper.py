"""Prints the recovery sheet or saves it as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backbone_core.errors import BackboneError, Unavailable
from backbone_desktop.ui.pages.recovery_code import RecoveryCodeStep
from backbone_desktop.ui.paper_out import ask_printer, ask_where, draw_pages, has_printer, write_pdf

if TYPE_CHECKING:
    from backbone_desktop.ui.backend import Backend, RecoverySheet
    from backbone_desktop.ui.worker import StoreWorker
    from backbone_desktop.words import Words

FILE_NAME = "recovery-sheet.pdf"


class RecoveryPaper(QObject):
    done = Signal(str)
    failed = Signal(object)

    def __init__(self, words: Words, backend: Backend, store: StoreWorker, data: Callable[[], RecoverySheet],
                 step: RecoveryCodeStep) -> None:
        super().__init__(step)
        self._words, self._backend, self._store, self._data, self._step = words, backend, store, data, step
        step.print_wanted.connect(self._print)
        step.save_wanted.connect(self._ask_where)

    def save_to(self, path: Path) -> None:
        data, papers = self._data(), self._backend.papers
        self._store.run(lambda: write_pdf(papers.recovery_sheet(data), path), lambda _: self._on_saved(path),
                        self._on_failed)

    def _ask_where(self) -> None:
        path = ask_where(self._step, self._words("Save the recovery sheet"), FILE_NAME)
        if path is not None:
            self.save_to(path)

    def _print(self) -> None:
        if not has_printer():
            self._on_failed(Unavailable("print.no_printer"))
            return
        printer = ask_printer(self._step)
        if printer is None:
            return
        data, papers = self._data(), self._backend.papers
        self._store.run(lambda: draw_pages(papers, papers.recovery_sheet(data), printer),
                        lambda _: self.done.emit(self._words("Handed to the printer")), self._on_failed)

    def _on_saved(self, path: Path) -> None:
        self.done.emit(self._words("Saved as {name}", name=path.name))

    def _on_failed(self, error: BackboneError) -> None:
        self.failed.emit(error)
