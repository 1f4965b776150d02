"""In which language, or two, the office prints its papers."""

from __future__ import annotations

from backbone_core.errors import RuleBroken
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.words.both import PAPER_LANGUAGES

_SETTING = "paper_language"


def paper_language(work: UnitOfWork) -> str:
    """A key of `PAPER_LANGUAGES`: what the office chose for its papers, else the language it works in."""
    return work.office.setting(_SETTING) or work.office.profile().language


def chosen_paper_language(desk: Desk) -> str:
    with desk.read() as work:
        return paper_language(work)


def set_paper_language(desk: Desk, language: str) -> None:
    """Raises RuleBroken office.language_unknown, account.not_allowed."""
    require(desk, Duty.RUN_OFFICE)
    if language not in PAPER_LANGUAGES:
        raise RuleBroken("office.language_unknown", "language")
    with desk.open() as work:
        work.office.set_setting(_SETTING, language)
        work.audit.add("set_paper_language", "office", "", {"language": language})
        work.commit()
