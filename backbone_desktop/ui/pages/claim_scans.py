"""The scans of a claim under its papers: small pictures by paper; more come by file, drop or paste."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.pages.claim_look import ClaimLook
from backbone_desktop.ui.pages.verify_parts import encoded
from backbone_desktop.ui.presenters import claim_scans as shown
from backbone_desktop.ui.scan_adding import Adding, ScanAdding
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.ui.widgets.choice_edit import Choice, ChoiceEdit
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.scan_strip import HIGH, ScanStrip
from backbone_desktop.ui.widgets.scan_view import read_picture
from backbone_desktop.ui.widgets.text import Heading, Secondary

if TYPE_CHECKING:
    from backbone_core.scheme import DocumentNeed
    from backbone_desktop.services.attachment_ports import KeptAttachment
    from backbone_desktop.services.claims import ClaimView

WIDE = 660
"""Pixels at 100 % text in which all acts stand in one line."""
_DROPS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class ClaimScans(QWidget):
    brought = Signal(str)
    """A scan of this paper was added: it lies on the counter."""
    counted = Signal(int)

    def __init__(self, context: Context, place: QWidget) -> None:
        """`place` is what takes drops and keys: the form or the summary as a whole."""
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.claim_id = ""
        self.may_change = False
        self._needs: tuple[DocumentNeed, ...] = ()
        self._kept: tuple[KeptAttachment, ...] = ()
        self._drawn: set[str] = set()
        self.files = context.store.beside("files")
        self.destroyed.connect(self.files.let_go)
        self.adding = ScanAdding(context, self.files, self)
        self.adding.progressed.connect(self._say_progress)
        self.adding.finished.connect(self._on_added)
        self.notice = FormNotice(t)
        self.count, self._for = Secondary(), Secondary(t("For"))
        self.paper = ChoiceEdit(characters=14)
        self.paper.setAccessibleName(t("The paper that new scans belong to"))
        self.paper.setToolTip(t("The paper that new scans belong to"))
        self.add_button = LinkButton(t("Add scans…"), icon_name="plus", tip=t("Add scans from files (Ctrl+O)"))
        self.paste_button = LinkButton(t("Paste"), tip=t("Paste a picture or files from the clipboard (Ctrl+V)"))
        self.new_button = LinkButton(t("New scans"), tip=t("Files from the scanner's folder (F7)"))
        self.look_button = LinkButton(t("Look at them"), icon_name="eye", tip=t("Show the scan beside the form (F6)"))
        self.strip = ScanStrip(t("Scans of the papers"))
        self.look = ClaimLook(context)
        self.look.add_keys(place)
        self._connect(place)
        self._lay_out()

    # -- what stands here

    def show_claim(self, claim_id: str, needs: tuple[DocumentNeed, ...], view: ClaimView | None = None) -> None:
        """`view` is a claim that was taken in."""
        self.may_change = shown.may_change(self._context.desk, view)
        self._share()
        if claim_id != self.claim_id:
            self.notice.clear()
            self._kept, self.claim_id = (), claim_id
            self.close_look()
        self._needs = needs
        self._show()
        self.load()

    def offer(self, needs: tuple[DocumentNeed, ...]) -> None:
        """The scheme's list is another one."""
        if needs != self._needs:
            self._needs = needs
            self._show()

    def load(self) -> None:
        desk, claim_id = self._context.desk, self.claim_id
        if claim_id:
            self._context.store.run(lambda: shown.scans_of(desk, claim_id), self._take, latest=f"scans.{id(self)}")

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab goes, in order."""
        return (self.look_button, self.new_button, self.paste_button, self.add_button, self.paper, self.strip)

    @property
    def papers(self) -> tuple[shown.Paper, ...]:
        return shown.papers(self._t, self._needs, self._kept)

    @property
    def kept(self) -> tuple[KeptAttachment, ...]:
        return self._kept

    @property
    def document(self) -> str:
        """The paper that the next scan goes to, "" while no scheme is known."""
        return self.paper.choice.value if self.paper.choice is not None else ""

    # -- acts

    def add_files(self, paths: list[Path]) -> None:
        if paths and self.ready():
            self.adding.add_files(self.claim_id, self.document, paths)

    def ask_files(self) -> None:
        if not self.ready():
            return
        chosen, _ = QFileDialog.getOpenFileNames(
            self, self._t("Choose scans"), "", f"{self._t('Scans and photographs')} ({shown.FILES})")
        self.add_files([Path(one) for one in chosen])

    def paste(self) -> None:
        if self.may_change and not self.take(QGuiApplication.clipboard().mimeData()):
            self.notice.say(Meaning.ATTENTION, self._t("There is no picture in the clipboard."))

    def take(self, data: QMimeData | None) -> bool:
        """Files or a picture, from the clipboard or a drop."""
        if data is None or not holds_scans(data):
            return False
        if files := [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]:
            self.add_files(files)
        elif isinstance(picture := data.imageData(), QImage) and not picture.isNull() and self.ready():
            self.adding.add_content(self.claim_id, self.document, lambda: encoded(picture))
        return True

    def remove(self, attachment_id: str) -> None:
        from backbone_desktop.services.attachments import put_back_scan, remove_scan

        if not self.may_change:
            return
        desk = self._context.desk

        def done(_removed: object) -> None:
            back = (self._t("Put it back"), lambda: self._act(lambda: put_back_scan(desk, attachment_id)))
            self.notice.say(Meaning.DONE, self._t("The scan was taken away."), back)
            self._changed()

        self._context.store.run(lambda: remove_scan(desk, attachment_id), done, self._refuse)

    def put_to(self, attachment_id: str, number: int) -> None:
        """To the paper of this number, counted from 1."""
        from backbone_desktop.services.attachments import move_scan

        if self.may_change and number <= len(self.papers):
            desk, document = self._context.desk, self.papers[number - 1].code
            self._act(lambda: move_scan(desk, attachment_id, document), document)

    def offer_brought(self, view: ClaimView, document: str) -> None:
        """A claim that waits for papers: was this one brought? Its clerk decides, a scan alone changes nothing."""
        if view.claim.id == self.claim_id and shown.waits_for(view, document) and not self.notice.text:
            desk, name = self._context.desk, next(one.name for one in self.papers if one.code == document)
            act = (self._t("Note it as handed in"),
                   lambda: self._act(lambda: shown.note_brought(desk, view.claim.id, document)))
            self.notice.say(Meaning.WAITING, self._t("The claim waits for this paper: {paper}.", paper=name), act)

    def toggle_look(self) -> None:
        if self.look.isVisible():
            self.close_look()
        elif self._kept:
            self.show_look(self.strip.current or self._kept[0].attachment.id)

    def show_look(self, attachment_id: str) -> None:
        self.look.show()
        self.look.show_scan(attachment_id)

    def close_look(self) -> None:
        self.look.hide()

    def ready(self) -> bool:
        """Whether it is known what scans belong to; says so where it is not."""
        if self.may_change and not self.document:
            self.notice.say(Meaning.ATTENTION, self._t("Please choose the patient or the paper first."))
        return self.may_change and bool(self.document)

    # -- inside

    def _act(self, task: Callable[[], object], brought: str = "") -> None:
        def done(_result: object) -> None:
            self.notice.clear()
            self._changed()
            if brought:
                self.brought.emit(brought)

        self._context.store.run(task, done, self._refuse)

    def _refuse(self, error: BackboneError) -> None:
        self.notice.say(Meaning.ATTENTION, shown.refused_line(self._t, error, "", 1, 1))

    def _changed(self) -> None:
        self.load()
        self._context.signals.changed.emit(frozenset({("attachment", self.claim_id)}))

    def _say_progress(self, page: int, pages: int) -> None:
        self.count.setText(self._t("Adding page {page} of {pages}…", page=page, pages=pages))

    def _on_added(self, done: Adding) -> None:
        if done.claim_id != self.claim_id:
            return
        name = next((one.name for one in self.papers if one.code == done.document), done.document)
        line, look_again = shown.added_line(self._t, done.added, name)
        if done.refused:
            self.notice.say(Meaning.ATTENTION, "\n".join([*([line] if line else []), *done.refused]))
        elif look_again or any(one.again for one in done.added):
            self.notice.say(Meaning.ATTENTION, line)
        else:
            self.notice.clear()
            self._context.signals.done.emit(line)
        if done.added:
            self.strip.mark(done.added[-1].attachment.id)
            if any(not one.again for one in done.added):
                self.brought.emit(done.document)
        self._changed()

    def _take(self, kept: tuple[KeptAttachment, ...]) -> None:
        new = [one.attachment.id for one in kept if one not in self._kept]
        self._kept = kept
        self._show()
        if new and self.strip.hasFocus() is False:
            self.strip.mark(new[-1])
        self.counted.emit(len(kept))

    def _show(self) -> None:
        papers = self.papers
        kept = shown.in_order(self._kept, papers)
        self._kept = kept
        entries = tuple((one.attachment.id, shown.caption(self._t, one, papers, kept)) for one in kept)
        self.strip.put(entries)
        self.strip.setVisible(bool(entries))
        self.look.offer(entries)
        self.look_button.setVisible(bool(entries))
        self.count.setText(shown.count_line(self._t, len(kept)))
        self.paper.set_choices([Choice(one.code, one.name, str(place)) for place, one in enumerate(papers, 1)])
        if not self.paper.hasFocus():
            self.paper.set_typed(shown.first_lacking(papers, kept))
        self._draw([one.attachment.id for one in kept])

    def _draw(self, ids: list[str]) -> None:
        for one in ids:
            if one not in self._drawn:
                self._drawn.add(one)
                self._draw_one(one)
        self._drawn &= set(ids)

    def _draw_one(self, attachment_id: str) -> None:
        """A picture that is not here keeps the sign of a file; opening it says why."""
        desk, side = self._context.desk, theme.scaled(HIGH * 2)
        self._context.store.run(lambda: read_picture(shown.content_of(desk, attachment_id), side),
                                lambda picture: self.strip.show_picture(attachment_id, picture), lambda _error: None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files are dropped anywhere on the page; Ctrl+V in a field pastes scans where the clipboard holds no text."""
        if event.type() in _DROPS and isinstance(event, QDropEvent) and holds_scans(event.mimeData()):
            event.acceptProposedAction()
            if event.type() is QEvent.Type.Drop:
                self.take(event.mimeData())
            return True
        if (event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
                and event.matches(QKeySequence.StandardKey.Paste)):
            held = QGuiApplication.clipboard().mimeData()
            return held is not None and holds_scans(held)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside a scan there is room for the acts that have no other way in sight."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        wide = self.width() >= theme.scaled(WIDE)
        always: tuple[QWidget, ...] = (self.new_button, self.add_button, self.paper)
        for act in (*always, self.paste_button, self._for):
            act.setVisible(self.may_change and (wide or act in always))

    def _connect(self, place: QWidget) -> None:
        place.setAcceptDrops(True)
        for widget in (place, *place.findChildren(QLineEdit)):
            widget.installEventFilter(self)
        self.add_button.clicked.connect(self.ask_files)
        self.paste_button.clicked.connect(self.paste)
        self.look_button.clicked.connect(self.toggle_look)
        self.strip.opened.connect(self.show_look)
        self.strip.look_wanted.connect(self.show_look)
        self.strip.removal_wanted.connect(self.remove)
        self.strip.number_typed.connect(self.put_to)
        self.strip.marked.connect(lambda one: self.look.show_scan(one) if one and self.look.isVisible() else None)
        self.look.moved.connect(self.strip.mark)
        self.look.closed.connect(self.close_look)
        for keys, act in (("Ctrl+O", self.ask_files), ("Ctrl+V", self.paste), ("F6", self.toggle_look)):
            shortcut = QShortcut(QKeySequence(keys), place)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(Heading(self._t("Scans")))
        head.addSpacing(theme.S)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.look_button)
        head.addWidget(self.new_button)
        head.addWidget(self.paste_button)
        head.addWidget(self.add_button)
        head.addSpacing(theme.S)
        head.addWidget(self._for)
        head.addWidget(self.paper)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # never makes the form wider
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.strip)


def holds_scans(data: QMimeData) -> bool:
    """Files, or a picture and no text beside it: a table's cells come as both."""
    return any(url.isLocalFile() for url in data.urls()) or (data.hasImage() and not data.hasText())
