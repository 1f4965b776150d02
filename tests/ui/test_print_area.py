"""The Print area on a real store: a form, whose papers of it, the printer, and the log of what went out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from desk_kit import Around, Looks, Open, stay_of
from print_kit import LASER, NEEDLE, PAPERS, BehindWithPapers, FilePrinters, settled
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.forms import PAPERS as SHEETS
from backbone_desktop.services.forms import Form
from backbone_desktop.services.handovers import make_handover
from backbone_desktop.services.receipts import receipt_of
from backbone_desktop.services.worklists import forms_here
from backbone_desktop.ui.backend import Backend
from backbone_desktop.ui.pages.print_area import PrintPage
from backbone_desktop.ui.pages.print_log import PrintLogPage


@pytest.fixture
def claims(office: Around, head: str) -> dict[str, str]:
    """Ids of three claims that were taken in, and their receipts' numbers."""
    ids = [register_claim(office.desk, replace(
        stay_of(head), invoice_no=f"SL{month}", admitted=f"2026-{month:02}-01", discharged=f"2026-{month:02}-13",
        settled=f"2026-{month:02}-13")).claim_id for month in (6, 7, 8)]
    return {one: receipt_of(office.desk, one).receipt_no for one in ids}


@pytest.fixture
def printers(tmp_path: Path) -> FilePrinters:
    return FilePrinters(tmp_path)


@pytest.fixture
def page(office: Around, open_page: Open, qtbot: QtBot, claims: dict[str, str], printers: FilePrinters) -> PrintPage:
    assert claims
    office.context = replace(office.context, backend=cast(Backend, BehindWithPapers()))
    made: PrintPage = open_page(lambda context: PrintPage(context, printers), form="receipt")
    settled(qtbot, office, lambda: made.choices.printer.isEnabled() and made.list.table.first is not None)
    return made


def prints_of(office: Around, claims: dict[str, str]) -> list[int]:
    with office.desk.read() as work:
        return [work.prints.copies(Form.RECEIPT, number) for number in claims.values()]


def numbers_in(page: PrintPage) -> list[str]:
    return [row.of.receipt_no for row in page.list._model.rows]


def test_every_form_that_can_be_drawn_is_offered(page: PrintPage) -> None:
    assert page.forms.count() == len(forms_here())
    assert Form.RECEIPT in forms_here()


def test_ticked_papers_go_out_one_by_one_and_are_unticked(qtbot: QtBot, office: Around, page: PrintPage,
                                                          claims: dict[str, str], printers: FilePrinters) -> None:
    table = page.list.table
    table.mark(0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    table.mark(2)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    shown = numbers_in(page)
    assert page.print_button.text() == "Print 2"
    page.choices.copies.setValue(2)
    page.print_button.click()
    assert not page.leave()
    settled(qtbot, office, page.leave)
    assert [(name, job.title, job.copies) for name, job in printers.jobs] == [
        (LASER, shown[0], 2), (LASER, shown[2], 2)]
    assert sorted(prints_of(office, claims)) == [0, 1, 1]
    assert page.notice.text == "2 papers handed to the printer"
    assert page.list.ticked == set()
    assert "Once" in table._rows.cell(0, table._rows.columnCount() - 1)[0]


def test_only_what_was_not_printed_yet(qtbot: QtBot, office: Around, page: PrintPage, claims: dict[str, str]) -> None:
    page.print_button.click()  # nothing is ticked: the marked one
    settled(qtbot, office, page.leave)
    qtbot.mouseClick(page.list.fresh, Qt.MouseButton.LeftButton)
    office.settle(qtbot)
    assert len(numbers_in(page)) == len(claims) - 1


def test_all_are_ticked_and_a_cancelled_run_keeps_the_rest(qtbot: QtBot, office: Around, page: PrintPage,
                                                           claims: dict[str, str], printers: FilePrinters) -> None:
    qtbot.keyClick(page.list.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.list.ticked) == 3
    printers.on_job = lambda _job: page.work._cancel.set()
    page.print_button.click()
    settled(qtbot, office, page.leave)
    assert sum(prints_of(office, claims)) == 1
    assert len(page.list.ticked) == 2
    assert "stopped" in page.notice.text
    assert printers.jobs[0][1].title in page.notice.text


def test_a_printer_error_is_told_with_the_last_number(qtbot: QtBot, office: Around, page: PrintPage,
                                                      claims: dict[str, str], printers: FilePrinters) -> None:
    shown = numbers_in(page)
    printers.refuses = shown[2]
    page.list.table.tick_all()
    page.print_button.click()
    settled(qtbot, office, page.leave)
    assert f"The last paper that went out is {shown[1]}: 2 of 3" in page.notice.text
    assert sum(prints_of(office, claims)) == 2
    assert len(page.list.ticked) == 1


def test_ticked_papers_are_saved_as_one_file(qtbot: QtBot, office: Around, page: PrintPage, claims: dict[str, str],
                                             tmp_path: Path) -> None:
    page.list.table.tick_all()
    page.save_to(tmp_path / "all.pdf")
    settled(qtbot, office, page.leave)
    assert PAPERS.pages((tmp_path / "all.pdf").read_bytes()) == 3
    assert prints_of(office, claims) == [1, 1, 1]


def test_a_click_ticks_the_box_and_enter_shows_the_paper(qtbot: QtBot, office: Around, page: PrintPage,
                                                         claims: dict[str, str]) -> None:
    table = page.list.table
    at = table.visualRect(table._rows.index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(page.list.ticked) == 1
    qtbot.keyClick(table, Qt.Key.Key_Return)
    name, arguments = office.way.been[-1]
    assert (name, arguments["form"]) == ("paper", "receipt")
    assert arguments["subject"] in claims


def test_households_are_narrowed_to_a_village(qtbot: QtBot, office: Around, page: PrintPage) -> None:
    page.show_with(form="household_sheet")
    office.settle(qtbot)
    assert len(page.list._model.rows) == 4
    page.list.places["village"].choose("样本村", "样本村")
    page.list.refresh()
    office.settle(qtbot)
    assert [row.of.household_no for row in page.list._model.rows] == ["5206250003", "5206250002"]  # 一组, 三组
    page.list.search.setText("覃")
    qtbot.waitUntil(lambda: len(page.list._model.rows) == 1, timeout=3000)
    office.settle(qtbot)


def test_handover_lists_are_printed_here_and_made_on_their_own_page(qtbot: QtBot, office: Around, page: PrintPage,
                                                                    claims: dict[str, str]) -> None:
    made = make_handover(office.desk, tuple(claims))
    page.show_with(form="handover")
    settled(qtbot, office, lambda: [row.id for row in page.list._model.rows] == [made.id])
    assert page.print_button.text() == "Print 1"
    qtbot.mouseClick(page.new_handover, Qt.MouseButton.LeftButton)
    assert office.way.been[-1] == ("handover", {})


def test_villages_with_somebody_on_their_list_are_offered(qtbot: QtBot, office: Around, page: PrintPage,
                                                          printers: FilePrinters) -> None:
    page.show_with(form="publicity")
    settled(qtbot, office, lambda: len(page.list._model.rows) == 3)
    assert {row.of.village for row in page.list._model.rows} == {"示例村", "样本村", "假设村"}
    page.print_button.click()
    settled(qtbot, office, page.leave)
    assert len(printers.jobs) == 1
    assert "Once" in page.list._model.cell(0, page.list._model.columnCount() - 1)[0]
    page.kinds.choose("paid")
    settled(qtbot, office, lambda: page.list.kind == "paid")
    assert page.list._model.rows == ()


def test_the_log_tells_who_printed_what_and_prints_it_again(qtbot: QtBot, office: Around, page: PrintPage,
                                                            open_page: Open, claims: dict[str, str]) -> None:
    page.choices.printer.setCurrentText(NEEDLE)
    for _ in range(2):
        page.list.table.mark(0)
        page.print_button.click()
        settled(qtbot, office, page.leave)
    log = open_page(PrintLogPage)
    cells = [[log._model.cell(line, column)[0] for column in range(7)] for line in range(2)]
    assert [cell[3] for cell in cells] == ["Reprint 1", "First print"]
    assert {cell[4] for cell in cells} == {"测试经办"}
    assert {cell[5] for cell in cells} == {NEEDLE}
    log.search.setText(cells[0][2][-6:])
    office.settle(qtbot)
    log.again.click()
    name, arguments = office.way.been[-1]
    assert (name, arguments["form"]) == ("paper", "receipt")
    assert arguments["subject"] in claims
    log.search.setText("nobody")
    qtbot.waitUntil(lambda: not log._model.rows, timeout=3000)
    office.settle(qtbot)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_how_it_looks(qtbot: QtBot, office: Around, page: PrintPage, open_page: Open, looks: Looks,  # noqa: PLR0917
                      language: str) -> None:
    page.list.table.tick_all()
    page.print_button.click()
    settled(qtbot, office, page.leave)
    shown = open_page(lambda context: PrintPage(context, page._printers), looks[language], form="receipt")
    settled(qtbot, office, lambda: shown.choices.printer.isEnabled() and shown.list.table.first is not None)
    shown.list.table.toggle(1)
    looks.take(shown.window(), f"print_area_{language}")
    shown._printers.refuses = numbers_in(shown)[1]
    shown.list.table.tick_all()
    shown.print_out()
    shown.work.panel.advance(1, 3)
    looks.take(shown.window(), f"print_running_{language}")
    settled(qtbot, office, shown.leave)
    qtbot.wait(50)
    looks.take(shown.window(), f"print_stopped_{language}")
    shown.show_with(form="handover")
    office.settle(qtbot)
    looks.take(shown.window(), f"print_handover_{language}")
    shown.show_with(form="household_sheet")
    office.settle(qtbot)
    shown.list.table.tick_all()
    qtbot.wait(50)
    looks.take(shown.window(), f"print_households_{language}")
    looks.take(open_page(PrintLogPage, looks[language]).window(), f"print_log_{language}")


def test_the_caret_goes_from_the_kinds_of_papers_through_the_filters_to_the_list(
        office: Around, page: PrintPage, qtbot: QtBot) -> None:
    page.show_with()
    assert page.forms.hasFocus(), "whoever comes from the rail chooses a form first"
    for stop in page.list.stops[:5]:
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        assert stop.hasFocus()
    page.forms.setFocus()
    qtbot.keyClick(page.forms, Qt.Key.Key_Return)
    assert page.list.table.hasFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    page.show_with()
    assert page.list.table.hasFocus(), "whoever looked at a paper comes back to its row"


def test_each_form_starts_on_its_usual_sheet(page: PrintPage, qtbot: QtBot, office: Around) -> None:
    for form in (Form.APPLICATION, Form.RECEIPT, Form.PUBLICITY, Form.PAYMENT):
        page.show_with(form=form)
        office.settle(qtbot)
        assert (page.list.form, page.choices.papers.value) == (form, SHEETS[form][0])
