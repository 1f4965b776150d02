"""The steps of the first start that are forms: language, county, office and device, account, passphrase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QRadioButton, QVBoxLayout, QWidget

from backbone_core.errors import Finding
from backbone_desktop.ui import theme
from backbone_desktop.ui.presenters.first_start import FIELDS, FirstStartDraft, Step
from backbone_desktop.ui.widgets.choice_edit import ChoiceEdit
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form import Form
from backbone_desktop.ui.widgets.form_grid import FormGrid
from backbone_desktop.ui.widgets.password_edit import PasswordEdit
from backbone_desktop.ui.widgets.text import Prose
from backbone_desktop.ui.widgets.typed_edit import TypedEdit
from backbone_desktop.words import LANGUAGES, Words

SECRETS = frozenset({"password", "password_again", "passphrase", "passphrase_again"})
WIDTHS = {"county": 40, "office": 40, "township": 24, "device_name": 24, "device_no": 8, "policy_year": 8,
          "display_name": 24, "account": 24, **dict.fromkeys(SECRETS, 28)}
"""In characters: a field is as wide as what goes in."""
OPTIONAL = frozenset({"township"})


@dataclass(frozen=True, slots=True)
class StepWords:
    title: str
    sentence: str


class StepSheet(QWidget):
    """A step's title and sentence, with its content below."""

    def __init__(self, words: StepWords) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.S)
        title = QLabel(words.title)
        title.setFont(theme.title_font())
        self.column.addWidget(title)
        self.column.addWidget(Prose(words.sentence, secondary=True))
        self.column.addSpacing(theme.M)

    def enter(self) -> None:
        """Put the caret where typing begins."""


class LanguageStep(StepSheet):
    chosen = Signal(str)

    def __init__(self, words: StepWords, language: str) -> None:
        super().__init__(words)
        self._buttons = {}
        for code, name in LANGUAGES.items():
            button = QRadioButton(name)
            button.setAccessibleName(name)
            button.setChecked(code == language)
            button.clicked.connect(lambda _=False, code=code: self.chosen.emit(code))
            self.column.addWidget(button)
            self._buttons[code] = button
        self._language = language
        self.column.addStretch(1)

    def enter(self) -> None:
        self._buttons[self._language].setFocus()

    def choose(self, language: str) -> None:
        self._buttons[language].click()


class ReadyStep(StepSheet):
    """The last step: nothing to type any more."""

    def __init__(self, words: StepWords) -> None:
        super().__init__(words)
        self.column.addStretch(1)


class FieldsStep(StepSheet):
    """A step that is a form; `check` says what is wrong with its fields as they stand."""

    def __init__(self, words: Words, step: Step, draft: FirstStartDraft, *, texts: StepWords,
                 labels: tuple[str, ...], check: Callable[[dict[str, str]], tuple[Finding, ...]],
                 next_button: QWidget) -> None:
        super().__init__(texts)
        self._check = check
        self._next = next_button
        self.form = Form(self)
        self.fields: dict[str, TypedEdit] = {}
        grid = FormGrid(columns=1)
        for name, label in zip(FIELDS[step], labels, strict=True):
            field = _field(words, name)
            field.set_typed(getattr(draft, name))
            self.fields[name] = field
            self.form.add(grid.add(FieldLine(words, label, field, required=name not in OPTIONAL, name=name)))
        self.form.left.connect(lambda _name: self.look())
        self.column.addWidget(grid)
        self.column.addStretch(1)

    def enter(self) -> None:
        self.form.set_order((*self.fields.values(), self._next))
        first = next(iter(self.fields.values()))
        QTimer.singleShot(0, first, first.setFocus)

    def typed(self) -> dict[str, str]:
        return {name: field.typed() for name, field in self.fields.items()}

    def look(self) -> None:
        """Check the fields; what is wrong shows at those that have been left."""
        self.form.set_findings(self._check(self.typed()))

    def ready(self) -> bool:
        """Check everything; False leads to the first field that must be put right."""
        self.look()
        self.form.show_all()
        if self.form.open:
            self.form.go_to_first_open()
        return not self.form.open


def _field(words: Words, name: str) -> TypedEdit:
    if name in SECRETS:
        return PasswordEdit(words, characters=WIDTHS[name])
    if name == "county":
        return ChoiceEdit((), characters=WIDTHS[name])
    if name == "township":
        return ChoiceEdit((), characters=WIDTHS[name], free=True)
    return TypedEdit(characters=WIDTHS[name])
