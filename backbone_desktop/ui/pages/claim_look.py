"""A scan beside the form, so that amounts are typed while looking at the sheet: larger, smaller, turned, the next one.

Its keys work while the caret is in the form.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.pages.claim_benefit import MOST
from backbone_desktop.ui.presenters import claim_scans as shown
from backbone_desktop.ui.widgets.buttons import IconButton
from backbone_desktop.ui.widgets.scan_view import ScanView, sizes_of
from backbone_desktop.ui.widgets.text import Heading, Secondary

SHARE = 0.5
"""How much of the page the scan takes."""
NEXT, BEFORE, LARGER, SMALLER, FIT, TURN, HIDE = (
    "Ctrl+PgDown", "Ctrl+PgUp", "Ctrl++", "Ctrl+-", "Ctrl+0", "Ctrl+R", "F6")


class ClaimLook(QWidget):
    moved = Signal(str)
    """Another scan is shown: its id."""
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self._scans: tuple[tuple[str, str], ...] = ()
        self._current = ""
        self._turned: dict[str, int] = {}
        self.view = ScanView(t("The scan beside the form"))
        self.name, self.place = Heading(""), Secondary()
        self._buttons = (
            IconButton("chevron-left", t("Scan before (Ctrl+PgUp)")),
            IconButton("chevron-right", t("Next scan (Ctrl+PgDn)")),
            IconButton("zoom-out", t("Smaller (Ctrl+−)")), IconButton("zoom-in", t("Larger (Ctrl++)")),
            IconButton("columns-3", t("As wide as there is room, or the whole page (Ctrl+0)")),
            IconButton("rotate-cw", t("Turn by a quarter (Ctrl+R)")), IconButton("x", t("Put the scan away (F6)")),
        )
        acts = (lambda: self.step(-1), lambda: self.step(1), lambda: self.view.zoom(-1), lambda: self.view.zoom(1),
                self.view.fit, self.turn, self.closed.emit)
        for button, act in zip(self._buttons, acts, strict=True):
            button.clicked.connect(act)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.hide()

    def add_keys(self, place: QWidget) -> None:
        """Let the keys work wherever the caret is in `place`, while the scan is shown."""
        for keys, act in ((NEXT, lambda: self.step(1)), (BEFORE, lambda: self.step(-1)),
                          (LARGER, lambda: self.view.zoom(1)), ("Ctrl+=", lambda: self.view.zoom(1)),
                          (SMALLER, lambda: self.view.zoom(-1)), (FIT, self.view.fit), (TURN, self.turn)):
            shortcut = QShortcut(QKeySequence(keys), place)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda act=act: act() if self.isVisible() else None)

    def stand(self, width: int, *, beside: bool) -> None:
        """Beside what fills a page of this width, or below it where the window is narrow."""
        share = round(width * SHARE)
        self.setMinimumWidth(share if beside else 0)
        self.setMaximumWidth(share if beside else MOST)

    @property
    def current(self) -> str:
        return self._current

    def offer(self, scans: Sequence[tuple[str, str]]) -> None:
        """(id, caption) of what can be looked at, in order. What is shown and gone makes room for its neighbour."""
        before, self._scans = [one for one, _ in self._scans], tuple(scans)
        ids = [one for one, _ in self._scans]
        if not ids:
            self._current = ""
            self.view.show_sizes(())
            if self.isVisible():
                self.closed.emit()
        elif self._current not in ids:
            at = before.index(self._current) if self._current in before else 0
            self._current = ids[min(at, len(ids) - 1)]
            if self.isVisible():
                self.show_scan(self._current)
        self._say()

    def show_scan(self, attachment_id: str, *, stay: bool = False) -> None:
        desk, turned = self._context.desk, self._turned.get(attachment_id, 0)
        self._current = attachment_id
        self._say()
        self.moved.emit(attachment_id)

        def take(sizes: tuple[QImage, ...]) -> None:
            if self._current == attachment_id:
                self.view.show_sizes(sizes, stay=stay)

        self._context.store.run(lambda: sizes_of(shown.content_of(desk, attachment_id), turned), take,
                                self._context.signals.problem.emit, latest="claim.look")

    def announce(self, name: str) -> None:
        """Something that is not kept yet is about to be shown."""
        self._current = ""
        self.name.setText(name)
        self.place.setText("")

    def show_file(self, name: str, sizes: tuple[QImage, ...]) -> None:
        """What `announce` named, unless something else is looked at by now."""
        if not self._current and self.name.text() == name:
            self.view.show_sizes(sizes)

    def step(self, by: int) -> None:
        ids = [one for one, _ in self._scans]
        if self._current in ids and 0 <= (at := ids.index(self._current) + by) < len(ids):
            self.show_scan(ids[at])

    def turn(self) -> None:
        """By a quarter, to be looked at; what is kept stays as it is."""
        if self._current:
            self._turned[self._current] = (self._turned.get(self._current, 0) + 1) % 4
            self.show_scan(self._current)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().surface))
        painter.setPen(QColor(theme.colours().line))
        painter.drawLine(0, 0, 0, self.height())

    def _say(self) -> None:
        ids = [one for one, _ in self._scans]
        self.name.setText(dict(self._scans).get(self._current, ""))
        at = ids.index(self._current) + 1 if self._current in ids else 0
        self.place.setText(f"{at} / {len(ids)}" if at else "")
        self.view.setAccessibleDescription(f"{self.name.text()} {self.place.text()}")
        self._buttons[0].setEnabled(at > 1)
        self._buttons[1].setEnabled(0 < at < len(ids))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.M, 0, theme.S, 0)
        head.setSpacing(theme.XS)
        head.addWidget(self.name)
        head.addSpacing(theme.S)
        head.addWidget(self.place)
        head.addStretch(1)
        for button in self._buttons:
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addWidget(self.view, 1)
