"""Adds files page by page: read beside the store worker, made fit and kept on it, one page a task.

So what is typed meanwhile is weighed in between, and one bad page leaves the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backbone_core.errors import BackboneError
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.presenters import claim_scans as shown
from backbone_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from backbone_desktop.services.attachment_ports import ScanFile
    from backbone_desktop.services.attachments import Added


@dataclass(slots=True)
class Adding:
    """Files for one paper of one claim, and what has come of them; `name` is said of a file where it goes wrong."""

    claim_id: str
    document: str
    files: deque[tuple[str, Callable[[], ScanFile]]]
    added: list[Added] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    then: Callable[[bool], None] = lambda _whole: None
    """Called at the end with whether everything was added."""


class ScanAdding(QObject):
    progressed = Signal(int, int)
    """Page and pages of the file that is being added."""
    finished = Signal(object)
    """An `Adding` that is over."""

    def __init__(self, context: Context, files: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._files = context, files
        self._waiting: deque[Adding] = deque()
        self._now: Adding | None = None

    @property
    def busy(self) -> bool:
        return self._now is not None

    def add_files(self, claim_id: str, document: str, paths: list[Path],
                  then: Callable[[bool], None] = lambda _whole: None) -> None:
        scans = self._context.backend.scans

        def reader(path: Path) -> Callable[[], ScanFile]:
            return lambda: scans.open_file(path)

        self._begin(Adding(claim_id, document, deque((path.name, reader(path)) for path in paths), then=then))

    def add_content(self, claim_id: str, document: str, content: Callable[[], bytes]) -> None:
        """`content()` is slow: it packs a picture from the clipboard."""
        scans = self._context.backend.scans
        self._begin(Adding(claim_id, document, deque([("", lambda: scans.open(content()))])))

    def _begin(self, wanted: Adding) -> None:
        self._waiting.append(wanted)
        if self._now is None:
            self._go_on()

    def _go_on(self) -> None:
        if self._now is None:
            if not self._waiting:
                return
            self._now = self._waiting.popleft()
        now = self._now
        if not now.files:
            self._now = None
            now.then(not now.refused)
            self.finished.emit(now)
            self._go_on()
            return
        name, read = now.files.popleft()

        def refuse(error: BackboneError) -> None:
            now.refused.append(shown.refused_line(self._context.words, error, name, 1, 1))
            self._go_on()

        self._files.run(read, lambda file: self._add_page(now, name, file, 0), refuse)

    def _add_page(self, now: Adding, name: str, file: ScanFile, page: int) -> None:
        """The next page is asked for when this one is done: other tasks of the store come in between."""
        if page >= file.pages:
            self._files.run(file.close)
            self._go_on()
            return
        desk = self._context.desk
        self.progressed.emit(page + 1, file.pages)

        def take(added: Added) -> None:
            now.added.append(added)
            self._add_page(now, name, file, page + 1)

        def refuse(error: BackboneError) -> None:
            now.refused.append(shown.refused_line(self._context.words, error, name, page + 1, file.pages))
            self._add_page(now, name, file, page + 1)

        self._context.store.run(lambda: shown.add_page_of(desk, now.claim_id, now.document, file, page), take, refuse)
