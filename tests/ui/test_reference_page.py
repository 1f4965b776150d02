"""The page of lists, by keyboard alone: which there are, importing one with a check before, taking it out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_kit import RESOURCES, Around, Looks, Open
from keys_kit import CTRL, ENTER, caret
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_desktop.services.reference import find_entries
from backbone_desktop.services.reference_rows import ReferenceKind
from backbone_desktop.settings.places import PackagedPlaces
from backbone_desktop.ui.pages.reference import ReferencePage

DIAGNOSIS, PLACE = ReferenceKind.DIAGNOSIS, ReferenceKind.PLACE


@pytest.fixture(autouse=True)
def listed(office: Around) -> None:
    """The desk knows the list that ships with the program."""
    office.context = replace(office.context, desk=replace(office.context.desk, places=PackagedPlaces(RESOURCES)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "医保版 2.0（示例）.csv"
    rows = ["章,诊断代码,诊断名称", "9,I63.900,脑梗死", "9,I63.801,腔隙性脑梗死", "9,I63.801,腔隙性脑梗死",
            "10,J18.900,肺炎", "10,,没有代码的病", "10,J18.900,另一种肺炎"]
    path.write_text("\n".join(rows), "gb18030")
    return path


def cells(page: ReferencePage, column: int) -> list[str]:
    model = page.lists.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_which_lists_there_are(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: ReferencePage = open_page(ReferencePage)
    assert cells(page, 0) == ["Townships and villages", "Hospitals", "Diagnoses", "Counties", "Ethnic groups",
                              "Relations to the head", "Poverty types"]
    assert cells(page, 2)[:3] == ["this county: 17 townships, 377 villages", "not imported yet", "not imported yet"]
    assert cells(page, 3)[0] == "with the program (22 provinces)"
    assert page.lists.table.hasFocus()
    assert page.lists.carry_in.isEnabled()
    for _ in range(3):
        qtbot.keyClick(page.lists.table, Qt.Key.Key_Down)
    assert not page.lists.carry_in.isEnabled()  # counties come with the program alone
    assert not page.lists.take_out.isEnabled()


def test_a_list_by_keyboard_alone(qtbot: QtBot, office: Around, open_page: Open, file: Path,
                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backbone_desktop.ui.pages.reference.QFileDialog.getOpenFileName",
                        lambda *_: (str(file), ""))
    told = []
    office.context.signals.changed.connect(told.append)
    page: ReferencePage = open_page(ReferencePage)
    for _ in range(2):
        qtbot.keyClick(page.lists.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.lists.table, ENTER)
    qtbot.waitUntil(lambda: page.step is page.check)
    assert [(value, chip.text()) for value, chip in page.check.chips.chips.items()] == [
        ("", "All rows 6"), ("taken", "To import 3"), ("repeated", "Repeated 1"), ("refused", "Refused 2")]
    page.check.chips.choose("refused")
    model = page.check.table.model()
    assert [model.index(row, 4).data() for row in range(model.rowCount())] == [
        "The code is missing.", "The code is that of “肺炎” further up, with another name."]
    assert find_entries(office.desk, DIAGNOSIS, "I63") == ()
    assert caret() is page.check.edition
    assert page.check.edition.text() == "医保版 2.0（示例）"
    assert page.check.carry_out.text() == "Import 3 entries"
    qtbot.keyClick(caret(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.step is page.lists)
    office.settle(qtbot)
    assert page.notice.text == "3 entries are in use: 医保版 2.0（示例）"
    assert cells(page, 2)[2] == "3 entries"
    assert [one.name for one in find_entries(office.desk, DIAGNOSIS, "ngs")] == ["脑梗死", "腔隙性脑梗死"]
    assert told == [frozenset({("reference", "")})]

    page.lists.table.mark(2)
    qtbot.keyClick(page.lists.take_out, Qt.Key.Key_Space)
    assert page.notice.banner is not None
    page.remove(page.lists.table.row.edition_id)
    office.settle(qtbot)
    assert cells(page, 2)[2] == "not imported yet"
    assert find_entries(office.desk, DIAGNOSIS, "I63") == ()
    qtbot.keyClick(page.lists.table, Qt.Key.Key_Escape)
    assert office.way.been == [("back", {})]
    assert office.problems == []


def test_places_of_a_file_are_used_in_the_form_at_once(qtbot: QtBot, office: Around, open_page: Open,
                                                       tmp_path: Path) -> None:
    from backbone_desktop.ui.pages.household import HouseholdPage

    form: HouseholdPage = open_page(HouseholdPage)
    page: ReferencePage = open_page(ReferencePage)
    (tmp_path / "places.csv").write_text("代码,名称,曾用名\n520625101,新板镇,\n", "utf-8")
    page.open_file(tmp_path / "places.csv", PLACE)
    office.settle(qtbot)
    assert page.check._effect.text().startswith("The places of 1 counties (520625)")
    page.carry_import()
    office.settle(qtbot)
    assert cells(page, 0)[:2] == ["Townships and villages", "Townships and villages"]
    assert cells(page, 3)[0] == "imported"
    places = form.fields.places._places
    assert places is not None
    assert [(town.name, town.former) for town in places.townships] == [("新板镇", ("板溪镇",))]


def test_what_is_no_list_is_said_on_the_page(qtbot: QtBot, office: Around, open_page: Open, tmp_path: Path) -> None:
    (tmp_path / "letter.csv").write_text("一封信", "utf-8")
    page: ReferencePage = open_page(ReferencePage)
    page.open_file(tmp_path / "letter.csv", DIAGNOSIS)
    office.settle(qtbot)
    assert page.step is page.lists
    assert "No header of such a list (Diagnoses) was found" in page.notice.text
    assert not page.work.busy
    assert office.problems == []


def test_a_list_without_a_name_stays_unimported(qtbot: QtBot, office: Around, open_page: Open, file: Path) -> None:
    page: ReferencePage = open_page(ReferencePage)
    page.open_file(file, DIAGNOSIS)
    office.settle(qtbot)
    page.check.edition.clear()
    qtbot.keyClick(page.check.edition, ENTER)
    office.settle(qtbot)
    assert page.step is page.check
    assert page.notice.text.startswith("Say what the list is called")
    assert caret() is page.check.edition
    qtbot.keyClick(page.check.edition, Qt.Key.Key_Escape)
    assert page.step is page.lists


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(qtbot: QtBot, open_page: Open, looks: Looks, file: Path, language: str) -> None:
    page: ReferencePage = open_page(ReferencePage, looks[language])
    looks.take(page.window(), f"reference-lists-{language}")
    page.open_file(file, DIAGNOSIS)
    qtbot.waitUntil(lambda: page.step is page.check)
    qtbot.waitUntil(lambda: page.check.carry_out.width() >= page.check.carry_out.sizeHint().width())
    looks.take(page.window(), f"reference-check-{language}")
    page.carry_import()
    qtbot.waitUntil(lambda: page.step is page.lists and "示例" in str(cells(page, 1)))
    looks.take(page.window(), f"reference-done-{language}")
