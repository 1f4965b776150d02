"""The lists of villages in the window: which list, for which days, looked at one by one or saved all at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pypdfium2
import pytest
from desk_kit import Around, Looks, Open
from print_kit import BehindWithPapers, settled
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from backbone_desktop.services.ports import Actor
from backbone_desktop.services.villages import VillageList, read_village_key
from backbone_desktop.ui.backend import Backend
from backbone_desktop.ui.pages.households import HouseholdsPage
from backbone_desktop.ui.pages.village_lists import VillageListsPage
from backbone_desktop.ui.widgets.buttons import PlainButton

Key = Qt.Key


@pytest.fixture
def page(office: Around, open_page: Open) -> VillageListsPage:
    office.context = replace(office.context, backend=cast(Backend, BehindWithPapers()))
    made: VillageListsPage = open_page(VillageListsPage)
    return made


def click(qtbot: QtBot, office: Around, button: QAbstractButton) -> None:
    with qtbot.waitSignal(button.clicked):
        button.click()
    office.settle(qtbot)


def type_into(qtbot: QtBot, office: Around, field: Any, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Tab)
    office.settle(qtbot)


def cells(page: VillageListsPage) -> list[tuple[str, ...]]:
    model = page.table.model()
    return [tuple(model.index(row, column).data() for column in range(model.columnCount()))
            for row in range(model.rowCount())]


def test_villages_stand_there_with_what_their_lists_hold(qtbot: QtBot, office: Around, page: VillageListsPage) -> None:
    assert page.table.hasFocus()
    assert cells(page) == [
        ("示例镇", "假设村", "1", "1"), ("示例镇", "示例村", "1", "2"), ("示例镇", "样本村", "2", "3")]
    assert (page.first.text(), page.last.text()) == ("2026-11-23", "2026-12-01")
    assert page._days.text() == "7 working days · legal holidays are not left out"
    assert page._count.text() == "3 villages · 6 people"
    assert office.problems == []


def test_enter_looks_at_the_marked_villages_list(qtbot: QtBot, office: Around, page: VillageListsPage) -> None:
    qtbot.keyClick(page.table, Key.Key_Down)
    qtbot.keyClick(page.table, Key.Key_Return)
    assert office.way.been == [("paper", {
        "form": "publicity", "subject": "2026/示例镇/示例村/covered/2026-11-23..2026-12-01"})]
    click(qtbot, office, page.kinds.chips[VillageList.RENEWAL.value])
    assert not page._hanging.isVisible()
    assert [row[3] for row in cells(page)] == ["2", "4", "3"]
    qtbot.keyClick(page, Key.Key_F9)
    qtbot.waitUntil(lambda: len(office.way.been) == 2)
    assert office.way.been[1] == ("paper", {
        "form": "renewal", "subject": "2026/示例镇/示例村/renewal/2026-11-23"})


def test_days_over_a_holiday_are_typed(qtbot: QtBot, office: Around, page: VillageListsPage) -> None:
    type_into(qtbot, office, page.first, "2026/12/28")
    assert page.last.text() == "2027-01-05"
    type_into(qtbot, office, page.last, "20270108")
    assert page._days.text().startswith("10 working days")
    key = read_village_key(page.table.record_id)
    assert (str(key.first), str(key.last)) == ("2026-12-28", "2027-01-08")
    type_into(qtbot, office, page.last, "2026-12-30")
    assert page._days.text() == "3 working days · fewer than 5"
    type_into(qtbot, office, page.last, "2026-12-01")
    assert page.notice.text == "The last day lies before the first."
    assert cells(page) == []
    type_into(qtbot, office, page.last, "2027-01-08")
    assert page.notice.text == ""
    assert len(cells(page)) == 3


def test_payments_are_narrowed_to_a_period_and_nobody_was_paid_yet(qtbot: QtBot, office: Around,
                                                                   page: VillageListsPage) -> None:
    assert not page._payments.isVisible()
    click(qtbot, office, page.kinds.chips[VillageList.PAID.value])
    assert page._payments.isVisible()
    assert cells(page) == []
    assert not page.save.isEnabled()
    type_into(qtbot, office, page.paid_first, "2026-01-01")
    type_into(qtbot, office, page.paid_last, "2026-06-30")
    paid = page.typed.asked().paid
    assert paid is not None
    assert [day.isoformat() for day in paid] == ["2026-01-01", "2026-06-30"]


def test_all_that_are_shown_are_saved_in_one_pdf_and_logged(qtbot: QtBot, office: Around, page: VillageListsPage,
                                                            tmp_path: Path) -> None:
    page.search.setText("本村")
    qtbot.waitUntil(lambda: len(cells(page)) == 1)
    page.search.clear()
    qtbot.waitUntil(lambda: len(cells(page)) == 3)
    office.settle(qtbot)
    page.save_to(tmp_path / "all.pdf")
    settled(qtbot, office, lambda: not page.work.busy)
    assert page.notice.text == "3 lists are saved as all.pdf"
    document = pypdfium2.PdfDocument((tmp_path / "all.pdf").read_bytes())
    text = "".join(one.get_textpage().get_text_bounded() for one in document)
    document.close()
    for shown in ("张*例", "李*", "覃*本", "阿***·*例"):
        assert shown in text
    assert "张示例" not in text
    with office.desk.read() as work:
        logged = [note for row in page._model.rows for note in work.prints.of_subject(page.typed.kind.form, row.id)]
    assert [(note.how, note.copy) for note in logged] == [("pdf", 0)] * 3


def test_who_may_not_take_lists_out_is_told(qtbot: QtBot, office: Around, open_page: Open) -> None:
    auditor = replace(office.context, desk=replace(office.context.desk, actor=Actor("audit", "测试审计", "auditor")))
    page: VillageListsPage = open_page(lambda _: VillageListsPage(auditor))
    assert page.notice.text != ""
    assert cells(page) == []
    assert not page.look.isEnabled()


def test_the_households_lead_there(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: HouseholdsPage = open_page(HouseholdsPage)
    (button,) = (one for one in page.findChildren(PlainButton) if one.text() == "Lists of villages")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert office.way.been == [("village_lists", {})]


def test_it_is_looked_at(qtbot: QtBot, office: Around, open_page: Open, looks: Looks) -> None:
    for language in ("en", "zh_CN"):
        page: VillageListsPage = open_page(VillageListsPage, looks[language])
        qtbot.waitUntil(lambda: page._days.width() >= page._days.sizeHint().width())  # noqa: B023
        looks.take(page.window(), f"villages-{language}")
        click(qtbot, office, page.kinds.chips[VillageList.PAID.value])
        looks.take(page.window(), f"villages-paid-{language}")
        assert page._payments.isVisible()
