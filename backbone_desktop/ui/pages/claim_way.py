"""What may be done with a claim next, as buttons; an act that needs papers or a reason asks for them below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from backbone_core.claim import ClaimAct
from backbone_desktop.ui import theme
from backbone_desktop.ui.presenters import claim_way as way
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import LinkButton, PlainButton
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.text import Heading, Secondary
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.claims import ClaimView

LONGEST = 300
COLUMNS = 3
KEYS = {ClaimAct.ASK_PAPERS: "Ctrl+B"}
ICONS = {ClaimAct.CHECK_TOWNSHIP: "check", ClaimAct.CHECK_COUNTY: "check", ClaimAct.REPORT: "arrow-left-right",
         ClaimAct.COMPLETE: "file-text", ClaimAct.CLOSE: "check", ClaimAct.ASK_PAPERS: "file-text"}


class ClaimWayBar(QWidget):
    """`wanted` carries the act, the reason and the codes of papers; `seen` the id of a refused step."""

    wanted = Signal(str, str, tuple)
    seen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = words
        self._view: ClaimView | None = None
        self.buttons: dict[ClaimAct, QPushButton] = {}
        self.notice = FormNotice(words)
        self.next = Secondary(wrap=True)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.S)
        self.sheet = StepSheet(words)
        self.sheet.confirmed.connect(self.wanted)
        self.sheet.closed.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.S)
        column.setSpacing(theme.XS)
        column.addWidget(self.notice)
        column.addLayout(self._row)
        column.addWidget(self.next)
        column.addWidget(self.sheet)
        self.sheet.hide()

    def show_way(self, view: ClaimView) -> None:
        """An open sheet stays as it is while its act may still be done."""
        self._view = view
        self._offer(view)
        said = way.next_line(self._t, view)
        self.next.setText(said)
        self.next.setVisible(bool(said))
        if self.sheet.act is not None and (self.sheet.claim_id != view.claim.id
                                           or self.sheet.act not in self.buttons):
            self.close()
        refused = way.refused_lines(self._t, view)
        if refused:
            step_id, text = refused[0]
            self.notice.say(Meaning.REFUSED, text, (self._t("Taken note"), partial(self.seen.emit, step_id)))
        elif self.notice.banner is not None:
            self.notice.clear()

    @property
    def claim_id(self) -> str:
        return self._view.claim.id if self._view is not None else ""

    def go_on(self) -> None:
        """Do what brings the claim on, where this account may (Ctrl+Enter)."""
        onward = next((one for act, one in self.buttons.items() if act in way.ONWARD and one.isEnabled()), None)
        if self.sheet.act is not None:
            self.sheet.confirm.click()
        elif onward is not None:
            onward.click()

    def close(self) -> bool:
        """Close the sheet that asks; the focus goes back to its button."""
        act = self.sheet.act
        self.sheet.put_away()
        if act in self.buttons and self.isVisible():
            self.buttons[act].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def say(self, text: str) -> None:
        self.notice.say(Meaning.ATTENTION, text)

    def _offer(self, view: ClaimView) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        for offer in way.offers(self._t, view):
            keys = KEYS.get(offer.act, "") if not offer.why_not else ""
            tip = offer.why_not or (f"{offer.text} (Ctrl+Enter)" if offer.act in way.ONWARD else "")
            button = PlainButton(offer.text, icon_name=ICONS.get(offer.act, ""), shortcut=keys, tip=tip)
            button.setEnabled(not offer.why_not)
            button.clicked.connect(partial(self._begin, offer.act, offer.text))
            self.buttons[offer.act] = button
            self._row.addWidget(button)
        self._row.addStretch(1)

    def _begin(self, act: ClaimAct, text: str) -> None:
        view = self._view
        if view is None:
            return
        if act in way.STRAIGHT or (act is ClaimAct.COMPLETE and way.waits_for_nothing(view)):
            self.wanted.emit(act.value, "", ())
            return
        self.sheet.ask(view.claim.id, act, text, way.papers_for(self._t, view, act))


class StepSheet(QWidget):
    """Asks what goes with an act: which papers, and why. Esc puts it away, Enter in the reason carries on."""

    confirmed = Signal(str, str, tuple)
    closed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = words
        self.act: ClaimAct | None = None
        self.claim_id = ""
        self.boxes: dict[str, QCheckBox] = {}
        self._heading = Heading("")
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(theme.XS)
        self._grid.setHorizontalSpacing(theme.XL)
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST)
        self.reason.returnPressed.connect(self._confirm)
        self.why = Secondary(wrap=True)
        self.confirm = PlainButton(words("Carry it out"), icon_name="check")
        self.confirm.clicked.connect(self._confirm)
        cancel = LinkButton(words("Leave it (Esc)"))
        cancel.clicked.connect(self.closed)
        foot = QHBoxLayout()
        foot.setSpacing(theme.M)
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.confirm)
        foot.addWidget(cancel)
        foot.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.XS, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self._heading)
        column.addLayout(self._grid)
        column.addWidget(self.why)
        column.addLayout(foot)

    def ask(self, claim_id: str, act: ClaimAct, text: str, papers: tuple[way.Paper, ...]) -> None:
        t = self._t
        self.claim_id, self.act = claim_id, act
        self._heading.setText(text.rstrip("…"))
        self._put(papers)
        needed = way.REASON.get(act)
        self.reason.clear()
        self.reason.setVisible(needed is not None)
        hint = t("Why (required)") if needed else t("To add for the family (may stay empty)")
        self.reason.setPlaceholderText(hint)
        self.reason.setAccessibleName(hint)
        self.why.setText(t(f"act_hint.{act}") if t.knows(f"act_hint.{act}") else "")
        self.why.setVisible(bool(self.why.text()))
        self.show()
        first: QWidget = next(iter(self.boxes.values()), self.reason if needed is not None else self.confirm)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def put_away(self) -> None:
        self.act, self.claim_id = None, ""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _put(self, papers: tuple[way.Paper, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes = {}
        high = -(-len(papers) // COLUMNS)
        for place, paper in enumerate(papers):
            box = QCheckBox(paper.text)
            box.setChecked(paper.ticked)
            self.boxes[paper.code] = box
            self._grid.addWidget(box, place % high, place // high)
        self._grid.setColumnStretch(COLUMNS, 1)

    def _confirm(self) -> None:
        if self.act is None:
            return
        ticked = tuple(code for code, box in self.boxes.items() if box.isChecked())
        self.confirmed.emit(self.act.value, self.reason.text(), ticked)
