"""The columns of what can be printed, and of the log of prints."""

from __future__ import annotations

from collections.abc import Callable, Collection

from backbone_desktop.services.forms import ABOUT, Form
from backbone_desktop.services.print_ports import PrintRow
from backbone_desktop.services.worklists import PaperRow
from backbone_desktop.ui.models.keyset_model import Column, Mark
from backbone_desktop.ui.models.marks import state_mark
from backbone_desktop.ui.presenters.claims import state_words
from backbone_desktop.ui.presenters.households import home_line, poverty_words
from backbone_desktop.ui.presenters.paper import paper_words, title_of
from backbone_desktop.ui.presenters.print_log import copy_words, how_words, moment_words, printed_words
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.words import Words

_TICKED, _FREE = Mark(Meaning.DONE, "square-check"), Mark(Meaning.NONE, "square")
Columns = tuple[Column[PaperRow], ...]


def paper_columns(t: Words, form: Form, ticked: Collection[str]) -> Columns:
    """The first column is the tick box."""
    shown: Callable[[Words], Columns] = {
        "household": _household, "claim": _claim, "handover": _handover, "village": _village}[ABOUT[form]]
    tick: Column[PaperRow] = Column(title="", text=lambda _: "", width=3,
                                    mark=lambda row: _TICKED if row.id in ticked else _FREE)
    printed: Column[PaperRow] = Column(title=t("Printed"), text=lambda row: printed_words(t, row.printed), width=17,
                                       quiet=True, sort=lambda row: row.printed.times if row.printed else 0)
    return (tick, *shown(t), printed)


def _household(t: Words) -> Columns:
    return (
        Column(title=t("Household no."), text=lambda row: row.of.household_no, width=14,
               sort=lambda row: row.of.household_no),
        Column(title=t("Head"), text=lambda row: row.of.head_name, width=14, sort=lambda row: row.of.head_name),
        Column(title=t("Members"), text=lambda row: str(row.of.members), width=7, right=True, spare=True,
               sort=lambda row: row.of.members),
        Column(title=t("Lives in"), text=lambda row: home_line(row.of), tip=lambda row: home_line(row.of),
               sort=lambda row: home_line(row.of)),
        Column(title=t("Poverty type"), text=lambda row: poverty_words(t, row.of.poverty_type), width=12, spare=True),
    )


def _claim(t: Words) -> Columns:
    return (
        Column(title=t("Receipt no."), text=lambda row: row.of.receipt_no or "—", width=24,
               sort=lambda row: row.of.receipt_no),
        Column(title=t("Patient"), text=lambda row: row.of.member_name, tip=lambda row: row.of.hospital,
               sort=lambda row: row.of.member_name),
        Column(title=t("Hospital"), text=lambda row: row.of.hospital, width=20, spare=True,
               sort=lambda row: row.of.hospital),
        Column(title=t("State"), text=lambda row: state_words(t, row.of.state), width=14,
               mark=lambda row: state_mark(row.of.state), sort=lambda row: row.of.state),
    )


def _handover(t: Words) -> Columns:
    return (
        Column(title=t("List no."), text=lambda row: row.of.number, width=22, sort=lambda row: row.of.number),
        Column(title=t("Made"), text=lambda row: moment_words(row.of.made_at), width=17, spare=True,
               sort=lambda row: row.of.made_at),
        Column(title=t("Taken over by"), text=lambda row: row.of.receiver or "—"),
        Column(title=t("Number of claims"), text=lambda row: str(row.of.claims), width=7, right=True,
               sort=lambda row: row.of.claims),
    )


def _village(t: Words) -> Columns:
    return (
        Column(title=t("Township"), text=lambda row: row.of.township, width=14, sort=lambda row: row.of.township),
        Column(title=t("Village"), text=lambda row: row.of.village, sort=lambda row: row.of.village),
        Column(title=t("People"), text=lambda row: str(row.of.people), width=7, right=True,
               sort=lambda row: row.of.people),
        Column(title=t("Covered"), text=lambda row: str(row.of.covered), width=7, right=True,
               sort=lambda row: row.of.covered),
        Column(title=t("Payments"), text=lambda row: str(row.of.paid), width=8, right=True,
               sort=lambda row: row.of.paid),
    )


def print_columns(t: Words) -> tuple[Column[PrintRow], ...]:
    return (
        Column(title=t("When"), text=lambda row: moment_words(row.at), width=17, sort=lambda row: row.at),
        Column(title=t("Form"), text=lambda row: title_of(t, row.form), width=21,
               sort=lambda row: title_of(t, row.form)),
        Column(title=t("Number"), text=lambda row: row.number, width=30, tip=lambda row: row.number,
               sort=lambda row: row.number),
        Column(title=t("Which copy"), text=lambda row: copy_words(t, row.copy), width=10,
               mark=lambda row: Mark(Meaning.ATTENTION, "printer") if row.copy else None, sort=lambda row: row.copy),
        Column(title=t("Clerk"), text=lambda row: row.by, width=12, sort=lambda row: row.by),
        Column(title=t("Where to"), text=lambda row: row.printer or how_words(t, row.how),
               sort=lambda row: row.printer or row.how),
        Column(title=t("Paper"), text=lambda row: paper_words(t, row.paper) or "—", width=10,
               sort=lambda row: row.paper),
    )
