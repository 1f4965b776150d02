"""How the household form looks, in both languages, at the usual width and in a narrow window."""

from __future__ import annotations

import pytest
from desk_kit import EXAMPLES, Around, Looks, Open
from pytestqt.qtbot import QtBot

from backbone_desktop.services.registry import list_households
from backbone_desktop.ui.pages.household import HouseholdPage

pytestmark = pytest.mark.parametrize("language", ["zh_CN", "en"])


def test_a_new_one(open_page: Open, looks: Looks, language: str) -> None:
    page = open_page(HouseholdPage, looks[language])
    looks.take(page.window(), f"household-new-{language}")


def test_one_that_is_known(open_page: Open, office: Around, looks: Looks, language: str) -> None:
    found = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    page = open_page(HouseholdPage, looks[language], household_id=found.id)
    looks.take(page.window(), f"household-{language}")


def test_a_name_that_no_font_has(qtbot: QtBot, open_page: Open, office: Around, looks: Looks, language: str) -> None:
    page = open_page(HouseholdPage, looks[language])
    page.fields.blocks[0].name.set_typed("测\U0002ebf0")
    page.save()
    office.settle(qtbot)
    looks.take(page.window(), f"household-no-glyph-{language}")


def test_one_with_mistakes(qtbot: QtBot, open_page: Open, office: Around, looks: Looks, language: str) -> None:
    page = open_page(HouseholdPage, looks[language])
    block = page.fields.blocks[0]
    block.name.set_typed("测试4")
    block.id_no.setFocus()
    qtbot.keyClicks(block.id_no, "520625198001010016")
    page.save()
    office.settle(qtbot)
    looks.take(page.window(), f"household-mistakes-{language}")
    page.window().resize(990, 768)
    assert page.fields.grid.columns == 1
    field = block.id_no
    qtbot.waitUntil(lambda: field.height() >= field.sizeHint().height())
    looks.take(page.window(), f"household-narrow-{language}")
