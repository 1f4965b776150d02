"""What stands there when the register cannot be opened: what happened, in words, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.ui.theme import Meaning, S
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.entrance import Entrance
from backbone_desktop.words import Words


class TroublePage(QWidget):
    again = Signal()
    unlock = Signal()

    def __init__(self, words: Words, error: BackboneError) -> None:
        super().__init__()
        self._error = error
        frame = Entrance(words("Backbone Desktop"), words("The register could not be opened"),
                         words("Nothing was changed. Everything that was registered is still there."))
        self.banner = Banner(Meaning.ATTENTION, words.error(error))
        frame.column.addWidget(self.banner)
        foot = QHBoxLayout()
        foot.addStretch(1)
        if error.code.startswith("keys."):
            unlock = PlainButton(words("Use the recovery code"))
            unlock.clicked.connect(self.unlock)
            foot.addWidget(unlock)
        again = PrimaryButton(words("Try again"))
        again.clicked.connect(self.again)
        foot.addWidget(again)
        frame.column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(S, S, S, S)
        whole.addWidget(frame)
        again.setFocus()

    def again_in(self, words: Words) -> TroublePage:
        page = TroublePage(words, self._error)
        page.again.connect(self.again)
        page.unlock.connect(self.unlock)
        return page
