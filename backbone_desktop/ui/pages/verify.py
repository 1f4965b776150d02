"""Verifying papers: a barcode gun, a file, a dropped or pasted picture; the result in plain words, with the facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.services.verifying import Checked, Verdict
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.long_work import LongWork
from backbone_desktop.ui.pages.verify_parts import CheckTable, FactTable, PaperLook, encoded, picture_of
from backbone_desktop.ui.presenters import verify as shown
from backbone_desktop.ui.presenters.verify import Counter, Entry, FilesChecked
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.scan_edit import ScanEdit
from backbone_desktop.ui.widgets.text import Heading
from backbone_desktop.ui.widgets.verdict_block import VerdictBlock

MOST_KEPT = 200
"""Checks that the page remembers; the audit trail has them all."""
BOTH_FROM = 900
"""Width of the page, in pixels at 100 % text, from which the picture and the checks stand beside the result."""
SIDE, SIDE_SHARE = 420, 0.36
"""How wide they are: pixels at 100 % text, and at most this share of the page."""


class VerifyPage(QWidget):
    """F3 leads to the field; keys that nothing else wants go there too, so that a gun may fire at any time."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Verify a paper")
        self._counter = Counter()
        self._entries: list[Entry] = []
        self._pictures: dict[str, QImage | None] = {}
        self._header = PageHeader(self.title, back=t("Back (Esc)"))
        self._header.back_clicked.connect(context.navigate.back)
        self.paste_button = PlainButton(t("Paste a picture"), shortcut="Ctrl+V")
        self.open_button = PrimaryButton(t("Open a file…"), icon_name="file-text", shortcut="Ctrl+O")
        self._header.add_action(self.paste_button)
        self._header.add_action(self.open_button)
        self.field = ScanEdit(t("Scan the code on the paper with the barcode gun, or type its text and press Enter"),
                              t("The code on the paper"))
        self.notice = FormNotice(t)
        self.block, self.facts, self.checks = VerdictBlock(), FactTable(t), CheckTable(t)
        self.look = PaperLook(t("The paper as it was read"))
        self._body, self._found, self._side = QStackedWidget(), QWidget(), QWidget()
        self.work = LongWork(context, self.notice, self._body, self)
        self.setAcceptDrops(True)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.field.scanned.connect(self.check)
        self.field.paste_wanted.connect(self.paste)
        self.paste_button.clicked.connect(self.paste)
        self.open_button.clicked.connect(self._ask_files)
        self.checks.marked.connect(self._show)
        for table in (self.facts, self.checks):
            table.typed_ahead.connect(self._type_on)

    # --- what the main window asks of a page

    def show_with(self, **_arguments: str) -> None:
        self._show_body()
        self._take_focus()

    def refresh(self) -> None:
        """A check says what was found when it was made; there is nothing to ask anew."""

    def leave(self) -> bool:
        return not self.work.busy

    # --- acts

    def check(self, typed: str) -> None:
        desk, backend, counter = self._context.desk, self._context.backend, self._counter
        self.notice.clear()
        self._context.store.run(lambda: shown.check_typed(desk, backend, typed, counter), self._take_typed,
                                self._refuse)

    def open_files(self, paths: Sequence[Path]) -> None:
        desk, backend, counter = self._context.desk, self._context.backend, self._counter
        self._carry_out(lambda report, stopped: shown.check_files(desk, backend, paths, counter, report=report,
                                                                  stopped=stopped))

    def check_picture(self, picture: QImage) -> None:
        desk, backend, counter = self._context.desk, self._context.backend, self._counter
        self._carry_out(lambda _report, stopped: shown.check_picture(desk, backend, encoded(picture), counter, stopped))

    def paste(self) -> None:
        """A picture, files or a code's text, whatever the clipboard holds."""
        held = QGuiApplication.clipboard().mimeData()
        if held is None or not self._take(held):
            self.notice.say(Meaning.ATTENTION, self._t("There is neither a picture nor a code in the clipboard."))
            self._take_focus()

    def _take(self, data: QMimeData) -> bool:
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.open_files(files)
        elif data.hasImage() and isinstance(picture := data.imageData(), QImage) and not picture.isNull():
            self.check_picture(picture)
        elif text := data.text().strip():
            self.field.setText(text)
            self.check(text)
        else:
            return False
        return True

    def _carry_out(self, task: Callable[[Callable[[int, int], None], Callable[[], bool]], FilesChecked]) -> None:
        def read(report: Callable[[int, int], None], stopped: Callable[[], bool]) -> tuple[
                FilesChecked, dict[str, QImage | None]]:
            found = task(report, stopped)
            return found, {entry.id: picture_of(entry.look) for entry in found.entries}

        self.work.carry_out(self._t("Reading the paper"), read, self._take_files, self._on_not_read)

    def _on_not_read(self) -> None:
        self._put_result_away()
        self._take_focus()

    def _ask_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self, self._t("Choose papers to verify"), "", f"{self._t('PDF and pictures')} ({shown.FILES})")
        if chosen:
            self.open_files([Path(one) for one in chosen])

    # --- what the store worker answers

    def _take_typed(self, entry: Entry) -> None:
        self.field.clear()
        self._add([entry])

    def _take_files(self, read: tuple[FilesChecked, dict[str, QImage | None]]) -> None:
        found, pictures = read
        self._pictures.update(pictures)
        if found.entries:
            self._add(found.entries)
        else:
            self._put_result_away()
        if found.refused:
            lines = [f"{name}: {self._t.error(broken)}" for name, broken in found.refused]
            self.notice.say(Meaning.ATTENTION, "\n".join(lines))
        self._take_focus()

    def _refuse(self, error: BackboneError) -> None:
        self._put_result_away()
        self.notice.say(Meaning.ATTENTION, self._t.error(error))
        self.field.selectAll()
        self._take_focus()

    def _add(self, entries: Sequence[Entry]) -> None:
        self._entries = [*self._entries, *entries][-MOST_KEPT:]
        kept = {entry.id for entry in self._entries}
        self._pictures = {one: picture for one, picture in self._pictures.items() if one in kept}
        self.checks.show_entries(self._entries)
        gravest = shown.gravest(entries)
        self.checks.mark([entry.id for entry in reversed(self._entries)].index(gravest.id))
        self._show(gravest)
        self._show_body()

    # --- what is shown

    @property
    def entry(self) -> Entry | None:
        """The check that is shown."""
        return self.checks.row if self._entries else None

    def _show(self, entry: Entry | None) -> None:
        if entry is None:
            return
        t, checked = self._t, entry.checked
        self.block.say(Meaning(shown.meaning_of(checked)), shown.verdict_word(t, checked), shown.paper_name(t, checked),
                       shown.sentences(t, checked), shown.remarks(t, entry), icon_name=shown.icon_of(checked),
                       acts=self._ways_on(checked))
        if (way_on := self.block.first_act) is not None:
            self.setTabOrder(self.field, way_on)
            self.setTabOrder(way_on, self.facts)
        self.facts.show_facts(checked)
        self.look.show_look(self._pictures.get(entry.id))
        self._found.show()

    def _put_result_away(self) -> None:
        """The result of another paper must not stand below what was said of this one."""
        self._found.hide()
        self.look.show_look(None)
        self.checks.clearSelection()
        self.checks.setCurrentIndex(QModelIndex())

    def _ways_on(self, checked: Checked) -> list[tuple[str, Callable[[], None]]]:
        if checked.kind == "claim":
            return [(self._t("Open the claim"),
                     lambda: self._context.navigate.open("claim", claim_id=checked.record_id))]
        if checked.kind == "household":
            return [(self._t("Open the household"),
                     lambda: self._context.navigate.open("household", household_id=checked.record_id))]
        if checked.verdict is Verdict.UNKNOWN_DEVICE:
            return [(self._t("Exchange now"), self._context.signals.exchange_wanted.emit)]
        return []

    def _show_body(self) -> None:
        self._body.setCurrentIndex(1 if self._entries else 0)

    def _take_focus(self) -> None:
        if self.isVisible():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keys, drag and drop

    def _type_on(self, text: str) -> None:
        self._take_focus()
        self.field.deselect()
        self.field.insert(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() == Qt.Key.Key_F3:
            self._take_focus()
        elif text and text.isprintable() and not event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            self._type_on(text)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.work.busy and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= theme.scaled(BOTH_FROM))
        self._side.setFixedWidth(min(theme.scaled(SIDE), round(self.width() * SIDE_SHARE)))

    # --- layout

    def _lay_out(self) -> None:
        t = self._t
        left = QVBoxLayout(self._found)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.M)
        left.addWidget(self.block)
        left.addWidget(self.facts, 100)
        left.addStretch()
        stays = self._found.sizePolicy()
        stays.setRetainSizeWhenHidden(True)
        self._found.setSizePolicy(stays)
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.S)
        right.addWidget(self.look)
        right.addWidget(Heading(t("Verified in this sitting")))
        right.addWidget(self.checks, 1)
        result = QWidget()
        both = QHBoxLayout(result)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.XL)
        both.addWidget(self._found, 1)
        both.addWidget(self._side)
        self._body.addWidget(EmptyState(
            "shield-check", t("Is this paper genuine?"),
            t("Scan its code, drop a PDF or a picture here, or paste one. No link to the centre is needed.")))
        self._body.addWidget(result)
        self.look.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self._header)
        column.addWidget(self.field)
        column.addWidget(self.notice)
        column.addWidget(self._body, 1)
        column.addWidget(self.work.panel)
