"""A scheme on one page: its rules in plain sentences, and a trial of them with amounts that belong to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.pages.claim_benefit import ClaimBenefit
from backbone_desktop.ui.pages.claim_costs import ClaimCosts
from backbone_desktop.ui.pages.household_members import to_choices
from backbone_desktop.ui.presenters import choices
from backbone_desktop.ui.presenters.scheme import rules, standing, tried
from backbone_desktop.ui.widgets.choice_edit import ChoiceEdit
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form_frame import quiet_scroll
from backbone_desktop.ui.widgets.form_grid import FormGrid, align_labels
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.section_bar import SectionBar
from backbone_desktop.ui.widgets.text import Heading, Prose
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme

RULES, TRIAL = "rules", "trial"
WIDEST = 760


class SchemePage(QWidget):
    """Esc leads back; nothing on this page is kept."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Scheme")
        self._scheme: Scheme | None = None
        self._header = PageHeader(self.title, back=t("Back (Esc)"))
        self._header.back_clicked.connect(context.navigate.back)
        self.sections = SectionBar(((RULES, t("Rules")), (TRIAL, t("Try it"))), t("Sections"), self)
        self.said = QVBoxLayout()
        self.costs = ClaimCosts(t)
        self.benefit = ClaimBenefit(t)
        self.terms = FormGrid()
        self._fields = {
            "hospital_level": ChoiceEdit(to_choices(choices.hospital_levels(t)), characters=18),
            "icd10": TypedEdit(characters=12),
            "poverty_type": ChoiceEdit(to_choices(choices.poverty_types(t)), characters=24),
        }
        self.lines: dict[str, FieldLine] = {}
        for name, label in (("hospital_level", t("&Level")), ("icd10", t("ICD-10")),
                            ("poverty_type", t("Poverty &type"))):
            self.lines[name] = self.terms.add(FieldLine(t, label, self._fields[name], name=name))
        for line in (*self.lines.values(), *self.costs.lines.values()):
            line.edited.connect(self._work_out)
            line.left.connect(self._work_out)
        self._lay_out()
        self.sections.chosen.connect(self._show_section)

    # -- what the main window asks of a page

    def show_with(self, *, scheme_id: str = "", version: str = "", **_other: str) -> None:
        from backbone_desktop.services.schemes import scheme_named

        desk = self._context.desk
        self._context.store.run(lambda: scheme_named(desk, scheme_id, int(version) if version else None),
                                self._show, self._on_unknown, latest="scheme")

    def refresh(self) -> None:
        """A version that was taken in never changes."""

    def leave(self) -> bool:
        return True

    # -- what is shown

    def _show(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._header.set_title(scheme.title or scheme.scheme_id, standing(self._t, scheme))
        while (item := self.said.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for part in rules(self._t, scheme):
            self.said.addWidget(Heading(part.name))
            for line in part.lines:
                self.said.addWidget(Prose(line))
            self.said.addSpacing(theme.M)
        self.said.addStretch(1)
        self._work_out()

    def _on_unknown(self, error: BackboneError) -> None:
        self._context.signals.problem.emit(error)
        self._context.navigate.back()

    def _show_section(self, section: str) -> None:
        self._stack.setCurrentIndex((RULES, TRIAL).index(section))
        if section == TRIAL:
            next(iter(self.costs.lines.values())).field.setFocus()

    def _work_out(self) -> None:
        if self._scheme is None:
            return
        found = tried(self._t, self._scheme, dict(self.costs.typed()),
                      **{name: field.typed() for name, field in self._fields.items()})
        self.benefit.show_told(found.told)
        for name, line in {**self.lines, **{f"costs.{name}": line for name, line in self.costs.lines.items()}}.items():
            line.say(tuple(one for one in found.findings if one.field == name))

    def _lay_out(self) -> None:
        align_labels((self.terms, *self.costs.grids))
        told = QWidget()
        told.setMaximumWidth(theme.scaled(WIDEST))
        self.said.setContentsMargins(0, theme.S, 0, 0)
        self.said.setSpacing(theme.XS)
        told.setLayout(self.said)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, theme.S, theme.L, 0)
        column.addWidget(self.terms)
        column.addWidget(self.costs)
        column.addStretch(1)
        trial = QWidget()
        beside = QHBoxLayout(trial)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(quiet_scroll(form), 1)
        beside.addWidget(self.benefit)
        self._stack = QStackedWidget()
        self._stack.addWidget(quiet_scroll(told))
        self._stack.addWidget(trial)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        whole.setSpacing(theme.S)
        whole.addWidget(self._header)
        whole.addWidget(self.sections)
        whole.addWidget(self._stack, 1)
