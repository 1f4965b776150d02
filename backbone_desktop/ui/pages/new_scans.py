"""New scans: files that a scanner or a document camera dropped into the watched folder, put to their papers by keys.

The folder may lie on another machine: it is looked at on a thread of its own, and only while the page is seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.pages.claim_scans import ClaimScans
from backbone_desktop.ui.presenters import claim_scans as shown
from backbone_desktop.ui.widgets.buttons import IconButton, LinkButton
from backbone_desktop.ui.widgets.elided import ElidedLine
from backbone_desktop.ui.widgets.scan_strip import HIGH, ScanStrip
from backbone_desktop.ui.widgets.scan_view import read_picture, sizes_of
from backbone_desktop.ui.widgets.text import Heading, Secondary

if TYPE_CHECKING:
    from backbone_desktop.services.attachment_ports import FolderWatch, FoundScan

EVERY_MS = 2000


class NewScans(QWidget):
    def __init__(self, context: Context, scans: ClaimScans, place: QWidget) -> None:
        """`scans` are those of the claim that `place` shows; they take what is assigned."""
        super().__init__()
        self._context, self._scans, self._place = context, scans, place
        self._t = t = context.words
        self._watch: FolderWatch | None = None
        self._folder = ""
        self._found: dict[str, FoundScan] = {}
        self._taken: set[str] = set()
        self._drawn: set[str] = set()
        self._put_away: frozenset[str] = frozenset()
        self.strip = ScanStrip(t("New scans"), opens_by_click=False)
        self.count, self.hint = Secondary(), ElidedLine()
        self.folder_button = LinkButton(t("Folder…"), tip=t("Choose the folder in which the scanner drops its files"))
        self.clear_box = QCheckBox(t("Delete a file there once it was added"))
        self.close_button = IconButton("x", t("Put the new scans away (F7)"))
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        self._connect()
        self._lay_out()
        self.hide()

    def look(self) -> None:
        """Ask what is in the folder now, unless the last question is not answered yet."""
        folder = self._context.backend.scan_folder
        if not folder or not self._scans.may_change or not self._place.isVisible() or not self._scans.files.idle:
            return
        if folder != self._folder or self._watch is None:
            self._folder, self._watch = folder, self._context.backend.scans.watch(Path(folder))
        desk, watch = self._context.desk, self._watch

        def sift(found: tuple[FoundScan, ...]) -> None:
            from backbone_desktop.services.new_scans import still_new

            self._context.store.run(lambda: still_new(desk, found), self._take, latest=f"new_scans.{id(self)}")

        self._scans.files.run(watch.look, sift, self._not_there)

    def toggle(self) -> None:
        """F7: to the new scans; again, put them away until others come."""
        if not self._scans.may_change:
            return
        if self.isVisible() and (self.strip.hasFocus() or not self._found):
            self._close()
            return
        self.show()
        self._say()
        (self.strip if self._found else self.folder_button).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.look()

    def assign(self, mark: str, number: int = 0) -> None:
        """Add a file to the paper of this number (from 1), or to the one that is chosen for new scans (0)."""
        papers = self._scans.papers
        if mark not in self._found or number > len(papers) or not self._scans.ready():
            return
        document, one = papers[number - 1].code if number else self._scans.document, self._found[mark]
        self._taken.add(mark)
        self._show()

        def then(whole: bool) -> None:
            if whole:
                self.leave_out(mark)
                if self._context.backend.scan_clear:
                    self._scans.files.run(lambda: one.path.unlink(missing_ok=True), None, lambda _error: None)
            else:
                self._taken.discard(mark)
                self._show()

        self._scans.adding.add_files(self._scans.claim_id, document, [one.path], then)

    def leave_out(self, mark: str) -> None:
        """Do not offer it again; the file stays where it is."""
        from backbone_desktop.services.new_scans import deal_with

        desk = self._context.desk
        self._taken.add(mark)
        self._show()
        self._context.store.run(lambda: deal_with(desk, mark))

    def choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._t("The folder in which the scanner drops its files"),
                                                  self._context.backend.scan_folder)
        if chosen:
            self.watch_folder(chosen)

    def watch_folder(self, folder: str) -> None:
        self._context.backend.set_scan_folder(folder, clear=self.clear_box.isChecked())
        self._found, self._watch = {}, None
        self._show()
        self.look()

    # -- inside

    def _take(self, found: tuple[FoundScan, ...]) -> None:
        before = set(self._found)
        self._found = {one.mark: one for one in found}
        self._taken &= set(self._found)
        if set(self._found) - before - self._taken - self._put_away:
            self.show()
        if set(self._found) != before:
            self._show()
        else:
            self._say()

    def _not_there(self, error: BackboneError) -> None:
        self._found = {}
        self._show()
        self.hint.setText(self._t(error.code))

    def _show(self) -> None:
        offered = tuple((mark, one.path.name) for mark, one in self._found.items() if mark not in self._taken)
        had_caret = self.strip.hasFocus()
        self.strip.put(offered)
        self.strip.setVisible(bool(offered))
        if had_caret and not offered and self.isVisible():
            self._scans.paper.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say()
        for mark, _ in offered:
            if mark not in self._drawn:
                self._drawn.add(mark)
                self._draw(mark)

    def _draw(self, mark: str) -> None:
        path, scans, side = self._found[mark].path, self._context.backend.scans, theme.scaled(HIGH * 2)
        self._scans.files.run(lambda: read_picture(scans.open_file(path).page(0).content, side),
                              lambda picture: self.strip.show_picture(mark, picture), lambda _error: None)

    def _preview(self, mark: str) -> None:
        """The file beside the form, before it is put to a paper."""
        if mark not in self._found:
            return
        path, scans, look = self._found[mark].path, self._context.backend.scans, self._scans.look
        look.show()
        look.announce(path.name)

        def take(sizes: tuple[QImage, ...]) -> None:
            look.show_file(path.name, sizes)

        self._scans.files.run(lambda: sizes_of(scans.open_file(path).page(0).content, 0), take,
                              lambda error: self.hint.setText(shown.refused_line(self._t, error, path.name, 1, 1)))

    def _say(self) -> None:
        count = self.strip.count()
        watched = self._context.backend.scan_folder
        self.count.setText(shown.file_count(self._t, count) if watched and count else "")
        if not watched:
            text = self._t("Choose the folder in which the scanner drops its files; new ones are offered here.")
        elif not count:
            text = self._t("Nothing new in the folder.")
        else:
            text = "  ".join(f"{number} {paper.name}" for number, paper in enumerate(self._scans.papers[:9], 1))
        self.hint.setText(text)
        self.strip.setToolTip(self._t("1–9: add to the paper of that number. Enter: to the paper that is chosen above. "
                                     "Space: look at it. Delete: leave it out."))
        self.strip.setAccessibleDescription(f"{self.strip.toolTip()} {text}")
        self.clear_box.setVisible(bool(watched))
        self.folder_button.setToolTip(watched or self._t("Choose the folder in which the scanner drops its files"))

    def _close(self) -> None:
        self._put_away = frozenset(self._found)
        self.hide()
        self._scans.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.clear_box.setChecked(self._context.backend.scan_clear)
        self.clear_box.toggled.connect(
            lambda on: self._context.backend.set_scan_folder(self._context.backend.scan_folder, clear=on))
        self.folder_button.clicked.connect(self.choose_folder)
        self.close_button.clicked.connect(self._close)
        self.strip.number_typed.connect(self.assign)
        self.strip.opened.connect(self.assign)
        self.strip.removal_wanted.connect(self.leave_out)
        self.strip.look_wanted.connect(self._preview)
        self._scans.new_button.clicked.connect(self.toggle)
        shortcut = QShortcut(QKeySequence("F7"), self._place)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.toggle)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(Heading(self._t("New scans")))
        head.addWidget(self.count)
        head.addSpacing(theme.S)
        head.addWidget(self.hint, 1)
        head.addWidget(self.clear_box)
        head.addWidget(self.folder_button)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.strip)
