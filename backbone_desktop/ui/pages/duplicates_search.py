"""The search for double records in the background: a slice at a time, so that whoever works meanwhile hardly waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backbone_core.errors import BackboneError
from backbone_desktop.ui.context import Context

if TYPE_CHECKING:
    from backbone_desktop.services.duplicate_scan import DuplicateScan


class DuplicateSearch(QObject):
    """Each slice is a task of the store worker's own; between two of them everybody else's questions are answered."""

    advanced = Signal(int, int)
    found = Signal(object)
    """The pairs, when the search has come to its end."""
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._slices: Iterator[tuple[int, int]] | None = None

    @property
    def running(self) -> bool:
        return self._slices is not None

    def begin(self) -> None:
        from backbone_desktop.services.duplicate_scan import DuplicateScan

        scan = DuplicateScan(self._context.desk)
        self._slices = scan.slices()
        self._go_on(scan, self._slices)

    def stop(self) -> None:
        """What the worker is at just now is finished, and its answer not heard."""
        self._slices = None

    def _go_on(self, scan: DuplicateScan, slices: Iterator[tuple[int, int]]) -> None:
        self._context.store.run(lambda: next(slices, None), lambda far: self._advance(scan, slices, far),
                                lambda error: self._fail(slices, error))

    def _advance(self, scan: DuplicateScan, slices: Iterator[tuple[int, int]], far: tuple[int, int] | None) -> None:
        if slices is not self._slices:
            return
        if far is not None:
            self.advanced.emit(*far)
            self._go_on(scan, slices)
        else:
            self._slices = None
            self.found.emit(scan.pairs)

    def _fail(self, slices: Iterator[tuple[int, int]], error: BackboneError) -> None:
        if slices is self._slices:
            self._slices = None
            self.failed.emit(error)
