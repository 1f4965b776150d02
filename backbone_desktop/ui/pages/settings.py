"""Settings: how the window looks and speaks, the office and its schemes, safety, and what the program stands on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.services.duties import Duty, may
from backbone_desktop.services.paper_language import chosen_paper_language, set_paper_language
from backbone_desktop.services.rows import Page as RowPage
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.idle import IDLE_MINUTES
from backbone_desktop.ui.models.keyset_model import Column, KeysetModel, Mark
from backbone_desktop.ui.pages.accounts import AccountsPart
from backbone_desktop.ui.pages.contacts import ContactsPart
from backbone_desktop.ui.presenters.settings import (
    LICENCES,
    SchemeLine,
    import_from,
    mistakes,
    office_lines,
    scheme_lines,
    schemes_in_force,
    version,
)
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.ui.widgets.buttons import PlainButton
from backbone_desktop.ui.widgets.choice_row import ChoiceRow
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.list_table import ListTable
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.text import Heading, Prose
from backbone_desktop.words import LANGUAGES
from backbone_desktop.words.both import PAPER_LANGUAGES

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme

SCHEME_ROWS = 4


class SettingsPage(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = context.words
        self.title = self._t("Settings")
        self._import = PlainButton(self._t("Import a scheme"), icon_name="file-down")
        self._import.clicked.connect(self._ask_scheme)
        self._backup = PlainButton(self._t("Back up now"), icon_name="hard-drive-download")
        self._backup.clicked.connect(self.back_up)
        self.banner = Banner(Meaning.ATTENTION, "", close_tip=self._t("I have read this"))
        self.banner.closed.connect(self.banner.hide)
        self.banner.hide()
        self.lists_button = PlainButton(self._t("Lists of places, hospitals and diagnoses"), icon_name="landmark")
        self.lists_button.clicked.connect(lambda: context.navigate.open("reference"))
        self.schemes = self._scheme_table()
        self.schemes.opened.connect(self._open_scheme)
        self._rules = PlainButton(self._t("Rules and trial"), icon_name="file-text")
        self._rules.clicked.connect(self._open_marked)
        self.rows = self._choice_rows()
        self.paper_language = ChoiceRow(tuple(PAPER_LANGUAGES.items()), "", self._t("Language of the papers"))
        self.paper_language.setEnabled(may(context.desk, Duty.RUN_OFFICE))
        self.paper_language.chosen.connect(self._set_paper_language)
        self.people = AccountsPart(context)
        self.contacts = ContactsPart(context)
        self._lay_out()
        context.signals.changed.connect(self._on_changed)

    def show_with(self, **_arguments: str) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self._context.desk
        self._context.store.run(lambda: schemes_in_force(desk), self._show_schemes, latest="schemes")
        self._context.store.run(lambda: chosen_paper_language(desk), self.paper_language.choose, latest="papers")
        self.people.refresh()
        self.contacts.refresh()

    def leave(self) -> bool:
        return True

    def focus_on(self, what: str) -> None:
        """Put the caret back on the choice that dressed the window anew."""
        row = self.rows.get(what)
        if row is not None and row.value:
            row.buttons[row.value].setFocus()

    # -- acts

    def _open_scheme(self, line: SchemeLine) -> None:
        self._context.navigate.open("scheme", scheme_id=line.scheme_id, version=line.version)

    def _open_marked(self) -> None:
        if (line := self.schemes.row or self.schemes.first) is not None:
            self._open_scheme(line)

    def import_scheme(self, path: Path) -> None:
        desk = self._context.desk
        self.banner.hide()
        self._context.store.run(lambda: import_from(desk, path), self._on_imported, self._on_refused)

    def _set_paper_language(self, language: str) -> None:
        desk = self._context.desk
        self._context.store.run(lambda: set_paper_language(desk, language), lambda _: self._context.signals.done.emit(
            self._t("Papers are printed so from now on")), self._on_language_refused)

    def _on_language_refused(self, error: BackboneError) -> None:
        self.banner.say(self._t.error(error))
        self.banner.show()
        self.refresh()

    def back_up(self) -> None:
        self._backup.setEnabled(False)
        self._context.store.run(self._context.backend.back_up, self._on_backed_up, self._on_backup_failed)

    def _ask_scheme(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self._t("Import a scheme"), "", "JSON (*.json)")
        if path:
            self.import_scheme(Path(path))

    def _on_imported(self, scheme: Scheme) -> None:
        self._context.signals.done.emit(self._t("The scheme for {year} is in force", year=scheme.policy_year))
        self._context.signals.changed.emit(frozenset({("scheme", scheme.scheme_id)}))

    def _on_refused(self, error: BackboneError) -> None:
        self.banner.say(self._t("The file was not taken.") + "\n" + mistakes(self._t, error))
        self.banner.show()

    def _on_backed_up(self, name: str) -> None:
        self._backup.setEnabled(True)
        self._context.signals.done.emit(self._t("Backed up as {name}", name=name))

    def _on_backup_failed(self, error: BackboneError) -> None:
        self._backup.setEnabled(True)
        self._context.signals.problem.emit(error)

    def _on_changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible() and any(kind == "scheme" for kind, _ in changes):
            self.refresh()

    def _show_schemes(self, found: tuple[Scheme, ...]) -> None:
        lines = scheme_lines(found)
        self.schemes.show_page(RowPage(lines, None, len(lines)))
        rows = min(len(lines), SCHEME_ROWS) if lines else SCHEME_ROWS
        self.schemes.setFixedHeight(theme.scaled(32) * (rows + 1) + theme.S)

    # -- what stands where

    def _choice_rows(self) -> dict[str, ChoiceRow]:
        t, backend = self._t, self._context.backend
        looks = (("system", t("as the system")), ("light", t("light")), ("dark", t("dark")))
        rows = {
            "language": ChoiceRow(tuple(LANGUAGES.items()), t.language, t("Language")),
            "text_size": ChoiceRow([(str(size), f"{size} %") for size in theme.TEXT_SIZES], str(backend.text_size),
                                   t("Text size")),
            "look": ChoiceRow(looks, backend.look, t("Brightness")),
        }
        for what, row in rows.items():
            row.chosen.connect(lambda value, what=what: self._context.signals.dress_wanted.emit(what, value))
        return rows

    def _scheme_table(self) -> ListTable:
        t = self._t
        model: KeysetModel[SchemeLine] = KeysetModel((
            Column(title=t("Year"), text=lambda row: row.year, width=6),
            Column(title=t("Scheme"), text=lambda row: row.name, tip=lambda row: row.name,
                   mark=lambda row: Mark(Meaning.ATTENTION) if row.example else None),
            Column(title=t("Version"), text=lambda row: row.version, width=9, right=True),
            Column(title=t("Insured period"), text=lambda row: row.period, width=26),
        ), self)
        return ListTable(model, t("Schemes in force"), empty=EmptyState(
            "file-text", t("No scheme yet"), t("Import the county's scheme file, so that benefits can be worked out.")))

    def _lay_out(self) -> None:
        t = self._t
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(theme.XXL * 2)
        left, right = QVBoxLayout(), QVBoxLayout()
        for side, stretch in ((left, 4), (right, 5)):
            side.setSpacing(theme.XS)
            columns.addLayout(side, stretch)
        self._section(left, t("This window"), self._window_lines())
        self._section(left, t("Safety"), self._safety_lines())
        self._section(left, t("Contacts on letters"), self.contacts)
        self._section(left, t("About"), self._about())
        left.addStretch(1)
        papers = (t("Language of the papers"), self.paper_language)
        self._section(right, t("Office"), _lines((*office_lines(t, self._context.office), papers)))
        self._section(right, t("Schemes in force"), self._scheme_part())
        self._section(right, t("Lists to pick from"), self.lists_button, Qt.AlignmentFlag.AlignLeft)
        self._section(right, t("People who work here"), self.people)
        right.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        whole.setSpacing(0)
        whole.addWidget(PageHeader(self.title))
        whole.addWidget(self.banner)
        whole.addWidget(scroll, 1)

    def _section(self, side: QVBoxLayout, name: str, content: QWidget,
                 at: Qt.AlignmentFlag = Qt.AlignmentFlag(0)) -> None:  # noqa: B008 - a flag is a value
        side.addWidget(Heading(name))
        side.addWidget(content, 0, at)
        side.addSpacing(theme.M)

    def _window_lines(self) -> QWidget:
        t = self._t
        return _lines(((t("Language"), self.rows["language"]), (t("Text size"), self.rows["text_size"]),
                       (t("Brightness"), self.rows["look"])))

    def _safety_lines(self) -> QWidget:
        t = self._t
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(Prose(t("After {n} minutes without a key or the mouse the window asks for the password again. "
                                 "What was typed stays.", n=IDLE_MINUTES), secondary=True))
        column.addWidget(Prose(t("A backup is a whole, encrypted copy of the register, kept in this computer's "
                                 "profile folder."), secondary=True))
        column.addWidget(self._backup, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _scheme_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.schemes)
        acts = QHBoxLayout()
        acts.setSpacing(theme.S)
        acts.addWidget(self._rules)
        acts.addWidget(self._import)
        acts.addStretch(1)
        column.addLayout(acts)
        return part

    def _about(self) -> QWidget:
        t = self._t
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(QLabel(f"{t('Backbone Desktop')} {version()}"))
        column.addWidget(Prose(t("Stands on free software: {names}", names="; ".join(
            f"{name} ({kind})" for name, kind in LICENCES)), secondary=True))
        return part


def _lines(lines: tuple[tuple[str, str | QWidget], ...]) -> QWidget:
    """Names at the left, right-aligned, and what they stand for."""
    part = QWidget()
    form = QFormLayout(part)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(theme.M)
    form.setVerticalSpacing(theme.XS)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for name, value in lines:
        label = QLabel(name)
        theme.tint(label, theme.colours().secondary)
        shown = QLabel(value) if isinstance(value, str) else value
        if isinstance(shown, QLabel):
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setWordWrap(True)
            shown.setAccessibleName(f"{name}: {value}")
        form.addRow(label, shown)
    return part
