"""How a household's four sections and the forms of its acts look, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from desk_kit import EXAMPLES, Around, Looks, Open, id_no, members_of, stay_of
from keys_kit import type_in
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_core.household_act import ActKind
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.household_act_typed import ActDraft
from backbone_desktop.services.household_acts import carry_out_act
from backbone_desktop.services.registry import list_households
from backbone_desktop.services.typed import MemberDraft
from backbone_desktop.ui.pages.household import HouseholdPage
from backbone_desktop.ui.pages.household_act import HouseholdActPage

pytestmark = pytest.mark.parametrize("language", ["zh_CN", "en"])


@pytest.fixture
def lived(office: Around) -> str:
    """A household to which something has happened."""
    household_id = list_households(office.desk, EXAMPLES[0].household_no).rows[0].id
    people = members_of(office.desk, household_id)
    register_claim(office.desk, stay_of(people["张示例"]))
    def act(kind: ActKind, on: str, **typed: Any) -> None:
        carry_out_act(office.desk, household_id, kind, ActDraft(happened_on=on, **typed))

    act(ActKind.MOVE, "2026-03-01", reason="易地扶贫搬迁", township="示例镇", village="新样村", group="二组")
    act(ActKind.BIRTH, "", person=MemberDraft(name="张幼例", id_no=id_no("20260601", 4), relation="之女"))
    act(ActKind.DEATH, "2026-08-20", reason="因病", member_id=people["张老例"])
    people = members_of(office.desk, household_id)
    act(ActKind.HEAD, "2026-10-08", reason="户主长期外出务工", member_id=people["李㛃"], relations=(
        (people["张示例"], "配偶"), (people["张小例"], "之子"), (people["张幼例"], "之女")))
    return household_id


@pytest.mark.parametrize("section", ["members", "enrolments", "claims", "history"])
def test_the_sections(*, qtbot: QtBot, open_page: Open, looks: Looks, lived: str, language: str, section: str) -> None:
    page = open_page(HouseholdPage, looks[language], household_id=lived, section=section)
    qtbot.wait(50)
    looks.take(page.window(), f"household-{section}-{language}")


@pytest.mark.parametrize("kind", list(ActKind.__members__.values()))
def test_the_forms(*, qtbot: QtBot, open_page: Open, office: Around, looks: Looks, lived: str, language: str,
                   kind: ActKind) -> None:
    if kind in (ActKind.SPLIT_FROM, ActKind.MERGED, ActKind.ONE_PERSON):
        return
    page = open_page(HouseholdActPage, looks[language], household_id=lived, act=kind.value)
    if kind in (ActKind.HEAD, ActKind.DEATH, ActKind.MARRY_OUT):
        who = "张小例" if kind is ActKind.HEAD else "李㛃"
        type_in(qtbot, who)
    if kind is ActKind.DEATH:
        type_in(qtbot, "20261101")
        type_in(qtbot, "")
        type_in(qtbot, "张示例")
    if kind is ActKind.SPLIT:
        page.fields.goers[2][1].click()
        page.fields.goers[3][1].click()
        page.fields.line("their_head_id").field.setFocus(Qt.FocusReason.TabFocusReason)
        type_in(qtbot, "张小例")
    if kind is ActKind.MERGE:
        type_in(qtbot, EXAMPLES[1].household_no)
        office.settle(qtbot)
    office.settle(qtbot)
    page.record()
    office.settle(qtbot)
    assert page.window().width() == 1366
    looks.take(page.window(), f"act-{kind}-{language}")
