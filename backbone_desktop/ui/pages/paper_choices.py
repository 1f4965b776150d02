"""How a paper goes out: printer, copies, pages, sides, paper, what of it, language. Stands beside a preview."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from backbone_core.errors import RuleBroken
from backbone_desktop.services.calibration import Calibration
from backbone_desktop.services.forms import Parts
from backbone_desktop.services.print_choices import PrintChoice
from backbone_desktop.ui import theme
from backbone_desktop.ui.presenters.paper import calibration_line, pages_in, paper_words
from backbone_desktop.ui.printers import Duplex
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.ui.widgets.filter_line import Chips
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.words import Words
from backbone_desktop.words.both import PAPER_LANGUAGES

WIDTH = 292
MOST_COPIES = 50


class PaperChoices(QScrollArea):
    """`redraw` when the paper looks otherwise now; `printer_chosen(name)`; `calibrate` when somebody wants to."""

    redraw = Signal()
    printer_chosen = Signal(str)
    calibrate = Signal()

    def __init__(self, words: Words, *, with_pages: bool = True) -> None:
        super().__init__()
        self._with_pages = with_pages
        self._t = t = words
        self.language_chosen = False
        self.printer = QComboBox()
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setMaximumWidth(theme.scaled(96))
        self.copies.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.pages = QLineEdit()
        self.pages.setPlaceholderText(t("All, or for example 1-3,5"))
        self.wrong_pages = Secondary(wrap=True)
        self.duplex = Chips([(Duplex.ONE_SIDED, t("One side")), (Duplex.LONG_EDGE, t("Long edge")),
                             (Duplex.SHORT_EDGE, t("Short edge"))], t("Both sides of the sheet"))
        self.papers = Chips([], t("Paper"))
        self.parts = Chips([(Parts.BOTH, t("Whole")), (Parts.DATA, t("Data only")), (Parts.FORM, t("Form only"))],
                           t("What to print"))
        self.languages = Chips(list(PAPER_LANGUAGES.items()), t("Language of the papers"))
        self.calibration = Secondary(wrap=True)
        self.calibrate_button = LinkButton(t("Calibrate this printer…"))
        self._lay_out()
        theme.tint(self.wrong_pages, theme.colours().attention)
        self.wrong_pages.hide()
        self.printer.activated.connect(lambda _: self.printer_chosen.emit(self.printer.currentText()))
        self.pages.textChanged.connect(lambda _: self.wrong_pages.hide())
        self.papers.chosen.connect(lambda _: self.redraw.emit())
        self.parts.chosen.connect(lambda _: self.redraw.emit())
        self.languages.chosen.connect(self._on_language)
        self.calibrate_button.clicked.connect(self.calibrate)

    # -- what stands in it

    def offer_papers(self, papers: Sequence[str]) -> None:
        self.papers.offer([(paper, paper_words(self._t, paper)) for paper in papers])

    def offer_printers(self, names: Sequence[str], wanted: str) -> None:
        self.printer.clear()
        self.printer.addItems(list(names) or [self._t("No printer")])
        self.printer.setEnabled(bool(names))
        self.printer.setCurrentIndex(names.index(wanted) if wanted in names else 0)

    def choose(self, choice: PrintChoice) -> None:
        """As it was chosen the last time; without a paper that the form is not set on."""
        for chips, value in ((self.papers, choice.paper), (self.duplex, choice.duplex), (self.parts, choice.parts)):
            if value in chips.chips:
                chips.chips[value].setChecked(True)

    def start_afresh(self) -> None:
        self.language_chosen = False
        self.copies.setValue(1)
        self.pages.clear()
        for chips in (self.papers, self.duplex, self.parts):
            if chips.chips:
                next(iter(chips.chips.values())).setChecked(True)

    def show_language(self, language: str) -> None:
        """The paper's own, unless another was chosen."""
        if not self.language_chosen and language in self.languages.chips:
            self.languages.chips[language].setChecked(True)

    def show_calibration(self, known: Calibration | None) -> None:
        has_printer = bool(self.printer_name)
        self.calibration.setText(calibration_line(self._t, known) if has_printer else "")
        self.calibrate_button.setVisible(has_printer)

    # -- what was chosen

    @property
    def printer_name(self) -> str:
        return self.printer.currentText() if self.printer.isEnabled() else ""

    @property
    def language(self) -> str:
        return self.languages.value if self.language_chosen else ""

    @property
    def choice(self) -> PrintChoice:
        return PrintChoice(self.printer_name, self.papers.value, self.duplex.value, self.parts.value)

    def pages_of(self, count: int) -> tuple[int, ...] | None:
        """None when what was typed is none of the paper's pages, which is said at the field."""
        try:
            return pages_in(self.pages.text(), count)
        except RuleBroken as error:
            self.wrong_pages.setText(self._t.error(error))
            self.wrong_pages.show()
            self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
            return None

    def _on_language(self, _language: str) -> None:
        self.language_chosen = True
        self.redraw.emit()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.L, 0, theme.XS, theme.M)
        column.setSpacing(theme.XS)
        t = self._t
        for name, field in ((t("Printer"), self.printer), (t("Copies"), self.copies), (t("Page range"), self.pages),
                            (t("Both sides of the sheet"), self.duplex), (t("Paper"), self.papers),
                            (t("What to print"), self.parts), (t("Language of the papers"), self.languages)):
            field.setAccessibleName(name)
            if field is self.pages and not self._with_pages:
                continue
            label = Secondary(name)
            column.addWidget(label)
            column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft if isinstance(field, Chips) else Qt.AlignmentFlag(0))
            if field is self.pages:
                column.addWidget(self.wrong_pages)
            column.addSpacing(theme.S)
        column.addWidget(self.calibration)
        column.addWidget(self.calibrate_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(theme.scaled(WIDTH))
