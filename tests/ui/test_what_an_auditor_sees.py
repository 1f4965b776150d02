"""Whoever may look but not register is offered no act that would be refused, nor its key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_kit import Around, Open
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from backbone_desktop.services.ports import Actor
from backbone_desktop.ui.pages.claims import ClaimsPage
from backbone_desktop.ui.pages.households import HouseholdsPage
from backbone_desktop.ui.pages.today import TodayPage

PAGES = pytest.mark.parametrize("page", [TodayPage, HouseholdsPage, ClaimsPage])
REGISTERING = {"New household", "New claim", "Import a roster"}


def offered(page: TodayPage | HouseholdsPage | ClaimsPage) -> set[str]:
    return {button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()} & REGISTERING


@PAGES
def test_an_auditor_is_not_asked_to_register(page: type, office: Around, open_page: Open, qtbot: QtBot) -> None:
    office.context = replace(office.context, desk=replace(
        office.context.desk, actor=Actor("audit", "测试审计", "auditor")))
    shown = open_page(page)
    assert not offered(shown)
    qtbot.keyClick(shown, Qt.Key.Key_F2)
    qtbot.wait(200)
    assert not office.way.been, "the hidden act's key does nothing"


@PAGES
def test_a_clerk_is(page: type, office: Around, open_page: Open) -> None:
    assert offered(open_page(page))
