"""Scans on the claim pages, on a real store: by file, drop and paste, looked at beside the form, by the keys alone."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_kit import Around, Looks, Open, SetClock, stay_of
from keys_kit import CTRL, answer_file_dialog, caret
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backbone_core.attachment import Attachment
from backbone_core.claim import ClaimState
from backbone_desktop.services import attachments, claims, drafts
from backbone_desktop.services.ports import Actor
from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.ui.pages.claim_scans import ClaimScans
from backbone_desktop.ui.pages.new_scans import NewScans
from backbone_desktop.ui.widgets.buttons import LinkButton
from tests.scanning.scan_kit import jpeg, packed, pdf, sheet, tiff


@pytest.fixture
def form(open_page: Open, office: Around, head: str) -> ClaimPage:
    """A form in progress without a paper ticked."""
    draft = replace(stay_of(head), documents=())
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    page: ClaimPage = open_page(ClaimPage)
    page.making.notice.clear()
    return page


@pytest.fixture(autouse=True)
def clipboard(dressed: QApplication) -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def settled(qtbot: QtBot, office: Around, scans: ClaimScans) -> None:
    qtbot.waitUntil(lambda: scans.files.idle and office.context.store.idle and not scans.adding.busy, timeout=20_000)
    office.settle(qtbot)


def kept(office: Around, claim_id: str) -> list[Attachment]:
    return [one.attachment for one in attachments.scans_of(office.desk, claim_id)]


TODAY = SetClock().moment.timestamp()


def file(folder: Path, name: str, content: bytes) -> Path:
    """As if it was written on the day on which these clerks work."""
    (folder / name).write_bytes(content)
    os.utime(folder / name, (TODAY, TODAY))
    return folder / name


def test_a_file_is_added_by_keys_and_ticks_its_paper_which_the_clerk_may_take_back(
    qtbot: QtBot, office: Around, form: ClaimPage, tmp_path: Path,
) -> None:
    answer_file_dialog(file(tmp_path, "one.jpg", jpeg()))
    qtbot.keyClick(caret(), Qt.Key.Key_O, CTRL)
    settled(qtbot, office, form.scans)
    (made,) = kept(office, form.scans.claim_id)
    boxes = form.making.fields.papers.boxes
    assert made.document == next(iter(boxes))
    assert boxes[made.document].isChecked()
    assert form.scans.strip.captions == (boxes[made.document].text(),)
    assert office.said[-1].startswith("1 page added")
    boxes[made.document].click()
    settled(qtbot, office, form.scans)
    assert not boxes[made.document].isChecked()
    assert form.scans.document != made.document  # the next one lacking is offered


def test_files_are_dropped_anywhere_and_bad_ones_leave_the_others(qtbot: QtBot, office: Around, form: ClaimPage,
                                                                  tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file(tmp_path, name, content))) for name, content in (
        ("two.tif", tiff(2)), ("no.jpg", b"text"), ("one.jpg", jpeg()))])
    enter = QDragEnterEvent(QPoint(50, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                            Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(form.making, enter)
    drop = QDropEvent(QPoint(50, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(form.making, drop)
    assert drop.isAccepted()
    settled(qtbot, office, form.scans)
    assert [one.place for one in kept(office, form.scans.claim_id)] == [1, 2, 3]
    assert "no.jpg: This is no scan." in form.scans.notice.text


def test_a_picture_is_pasted_while_the_caret_is_in_a_field(qtbot: QtBot, office: Around, form: ClaimPage) -> None:
    field = form.making.fields.lines["diagnosis"].field
    field.setFocus()
    QGuiApplication.clipboard().setImage(QImage.fromData(jpeg()))
    qtbot.keyClick(field, Qt.Key.Key_V, CTRL)
    settled(qtbot, office, form.scans)
    assert len(kept(office, form.scans.claim_id)) == 1
    QGuiApplication.clipboard().setText("text")
    qtbot.keyClick(field, Qt.Key.Key_V, CTRL)
    assert "text" in field.text()  # type: ignore[attr-defined]
    settled(qtbot, office, form.scans)
    assert len(kept(office, form.scans.claim_id)) == 1


def measured(*what: object) -> None:
    """Seen with -s."""
    sys.stdout.write(f"{what}\n")


def added(qtbot: QtBot, office: Around, page: ClaimPage, folder: Path, *contents: bytes) -> list[Attachment]:
    for number, content in enumerate(contents):
        page.scans.add_files([file(folder, f"{number}.scan", content)])
        settled(qtbot, office, page.scans)
    return kept(office, page.scans.claim_id)


def test_amounts_are_typed_while_the_scan_is_looked_at(qtbot: QtBot, office: Around, form: ClaimPage,
                                                       tmp_path: Path) -> None:
    added(qtbot, office, form, tmp_path, packed(sheet()), jpeg("two"))
    amount = form.making.fields.costs.lines["maf_pay"].field
    amount.setFocus()
    look = form.scans.look
    qtbot.keyClick(amount, Qt.Key.Key_F6)
    settled(qtbot, office, form.scans)
    assert look.isVisible()
    assert not form.making.benefit.isVisible()
    assert caret() is amount
    assert not look.view.size_of_picture.isEmpty()
    first = look.current
    upright, scale = look.view.size_of_picture, look.view.scale
    qtbot.keyClick(amount, Qt.Key.Key_Plus, CTRL)
    assert look.view.scale > scale
    qtbot.keyClick(amount, Qt.Key.Key_R, CTRL)
    settled(qtbot, office, form.scans)
    assert look.view.size_of_picture == upright.transposed()
    qtbot.keyClick(amount, Qt.Key.Key_PageUp if form.scans.strip.keys[0] != first else Qt.Key.Key_PageDown, CTRL)
    settled(qtbot, office, form.scans)
    assert look.current != first
    assert form.scans.strip.current == look.current
    qtbot.keyClick(amount, Qt.Key.Key_F6)
    assert not look.isVisible()
    assert form.making.benefit.isVisible()


def test_in_the_strip_keys_move_remove_and_put_back(qtbot: QtBot, office: Around, form: ClaimPage,
                                                    tmp_path: Path) -> None:
    (made,) = added(qtbot, office, form, tmp_path, jpeg())
    strip, boxes = form.scans.strip, form.making.fields.papers.boxes
    list(boxes.values())[-1].setFocus()
    for _ in form.scans.stops:
        qtbot.keyClick(caret(), Qt.Key.Key_Tab)
    assert caret() is strip
    qtbot.keyClick(strip, Qt.Key.Key_3)
    settled(qtbot, office, form.scans)
    third = form.scans.papers[2].code
    assert kept(office, form.scans.claim_id)[0].document == third
    assert form.making.fields.papers.boxes[third].isChecked()
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    settled(qtbot, office, form.scans)
    assert kept(office, form.scans.claim_id) == []
    assert form.scans.notice.banner is not None
    form.scans.notice.banner.findChildren(LinkButton)[0].click()
    settled(qtbot, office, form.scans)
    assert [one.id for one in kept(office, form.scans.claim_id)] == [made.id]


def test_scans_of_a_form_come_back_with_it_and_go_with_it(qtbot: QtBot, office: Around, open_page: Open, head: str,
                                                          tmp_path: Path) -> None:
    page = open_page(ClaimPage, member_id=head)
    (made,) = added(qtbot, office, page, tmp_path, jpeg())
    page.making.fields.papers.boxes[made.document].click()  # nothing but the scan is left on the form
    page.leave()
    settled(qtbot, office, page.scans)
    again = open_page(ClaimPage)
    settled(qtbot, office, again.scans)
    assert again.scans.strip.keys == (made.id,)
    again._start_afresh()
    settled(qtbot, office, again.scans)
    assert kept(office, made.claim_id) == []


def test_a_claim_that_was_taken_in_shows_its_scans_and_takes_more(qtbot: QtBot, office: Around, open_page: Open,
                                                                  head: str, tmp_path: Path) -> None:
    taken = claims.register_claim(office.desk, stay_of(head))
    page = open_page(ClaimPage, claim_id=taken.claim_id)
    page.scans_taken.add_files([file(tmp_path, "one.jpg", jpeg())])
    settled(qtbot, office, page.scans_taken)
    assert len(page.scans_taken.strip.keys) == 1
    assert claims.open_claim(office.desk, taken.claim_id).claim.state is ClaimState.RECEIVED
    qtbot.keyClick(page.summary, Qt.Key.Key_F6)
    settled(qtbot, office, page.scans_taken)
    assert page.scans_taken.look.isVisible()


def test_a_scan_of_a_paper_that_is_waited_for_is_noted_as_handed_in_only_on_purpose(
    qtbot: QtBot, office: Around, open_page: Open, head: str, tmp_path: Path,
) -> None:
    draft = stay_of(head)
    taken = claims.register_claim(office.desk, replace(draft, documents=draft.documents[1:]))
    page = open_page(ClaimPage, claim_id=taken.claim_id)
    scans = page.scans_taken
    assert scans.document == "INVOICE"
    scans.add_files([file(tmp_path, "one.jpg", jpeg())])
    settled(qtbot, office, scans)
    assert claims.open_claim(office.desk, taken.claim_id).claim.state is ClaimState.WAITING_PAPERS
    assert scans.notice.banner is not None
    scans.notice.banner.findChildren(LinkButton)[0].click()
    settled(qtbot, office, scans)
    view = claims.open_claim(office.desk, taken.claim_id)
    assert (view.claim.state, view.missing) == (ClaimState.RECEIVED, ())
    assert scans.notice.text == ""


def test_who_may_only_look_sees_the_scans_and_no_act(qtbot: QtBot, office: Around, open_page: Open, head: str,
                                                    tmp_path: Path) -> None:
    taken = claims.register_claim(office.desk, stay_of(head))
    page = open_page(ClaimPage, claim_id=taken.claim_id)
    page.scans_taken.add_files([file(tmp_path, "one.jpg", jpeg())])
    settled(qtbot, office, page.scans_taken)
    office.context = replace(office.context, desk=replace(
        office.context.desk, actor=Actor("audit", "测试审计", "auditor")))
    looking = open_page(ClaimPage, claim_id=taken.claim_id)
    scans = looking.scans_taken
    settled(qtbot, office, scans)
    assert not any(button.isVisible() for button in (scans.add_button, scans.paste_button, scans.new_button))
    scans.strip.setFocus()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_1, Qt.Key.Key_F7):
        qtbot.keyClick(scans.strip, key)
    qtbot.keyClick(scans.strip, Qt.Key.Key_O, CTRL)
    settled(qtbot, office, scans)
    assert (len(kept(office, taken.claim_id)), looking.new_scans_taken.isVisible()) == (1, False)
    qtbot.keyClick(scans.strip, Qt.Key.Key_F6)
    settled(qtbot, office, scans)
    assert scans.look.isVisible()
    assert not scans.look.view.size_of_picture.isEmpty()


def watching(office: Around, page: ClaimPage, folder: Path) -> NewScans:
    office.context.backend.set_scan_folder(str(folder), clear=False)
    page.new_scans.timer.setInterval(60)
    return page.new_scans


def offered(qtbot: QtBot, new: NewScans, *names: str) -> None:
    qtbot.waitUntil(lambda: sorted(new.strip.captions) == sorted(names), timeout=20_000)


def test_new_scans_of_the_folder_are_put_to_their_papers_by_keys(
    qtbot: QtBot, office: Around, form: ClaimPage, tmp_path: Path,
) -> None:
    new = watching(office, form, tmp_path)
    qtbot.wait(200)
    assert not new.isVisible()
    file(tmp_path, "SCAN_1.jpg", jpeg()[:1000])
    qtbot.wait(20)
    file(tmp_path, "SCAN_1.jpg", jpeg())
    file(tmp_path, "SCAN_2.pdf", pdf(2))
    file(tmp_path, "SCAN_3.jpg", b"\xff\xd8\xff broken")
    offered(qtbot, new, "SCAN_1.jpg", "SCAN_2.pdf", "SCAN_3.jpg")
    assert new.isVisible()
    qtbot.keyClick(caret(), Qt.Key.Key_F7)
    assert caret() is new.strip
    new.strip.mark(new.strip.keys[new.strip.captions.index("SCAN_1.jpg")])
    qtbot.keyClick(new.strip, Qt.Key.Key_4)
    new.strip.mark(new.strip.keys[new.strip.captions.index("SCAN_2.pdf")])
    chosen = form.scans.document
    qtbot.keyClick(new.strip, Qt.Key.Key_Return)
    settled(qtbot, office, form.scans)
    fourth = form.scans.papers[3].code
    assert sorted((one.document, one.place) for one in kept(office, form.scans.claim_id)) == sorted(
        [(fourth, 1), (chosen, 1), (chosen, 2)])
    assert form.making.fields.papers.boxes[fourth].isChecked()
    new.strip.setFocus()
    qtbot.keyClick(new.strip, Qt.Key.Key_1)  # the broken one
    settled(qtbot, office, form.scans)
    assert "SCAN_3.jpg" in form.scans.notice.text
    offered(qtbot, new, "SCAN_3.jpg")
    new.strip.setFocus()
    qtbot.keyClick(new.strip, Qt.Key.Key_Delete)
    offered(qtbot, new)
    qtbot.wait(300)
    assert new.strip.captions == ()
    assert len(list(tmp_path.glob("SCAN*"))) == 3  # nothing was moved or deleted


def test_what_was_dealt_with_is_not_offered_again_and_a_changed_file_is(
    qtbot: QtBot, office: Around, form: ClaimPage, open_page: Open, tmp_path: Path,
) -> None:
    new = watching(office, form, tmp_path)
    file(tmp_path, "a.jpg", jpeg())
    offered(qtbot, new, "a.jpg")
    new.leave_out(new.strip.keys[0])
    office.settle(qtbot)
    again: ClaimPage = open_page(ClaimPage)
    again_new = watching(office, again, tmp_path)
    qtbot.wait(500)
    assert again_new.strip.captions == ()
    file(tmp_path, "a.jpg", jpeg("another"))
    offered(qtbot, again_new, "a.jpg")


def test_old_files_of_the_folder_are_not_offered(qtbot: QtBot, office: Around, form: ClaimPage,
                                                 tmp_path: Path) -> None:
    long_ago = TODAY - 3 * 86_400
    os.utime(file(tmp_path, "old.jpg", jpeg()), (long_ago, long_ago))
    new = watching(office, form, tmp_path)
    file(tmp_path, "new.jpg", jpeg("new"))
    offered(qtbot, new, "new.jpg")
    qtbot.wait(300)
    assert new.strip.captions == ("new.jpg",)


def test_a_file_is_deleted_only_where_the_clerk_chose_so_and_only_after_it_was_added(
    qtbot: QtBot, office: Around, form: ClaimPage, tmp_path: Path,
) -> None:
    new = watching(office, form, tmp_path)
    good, bad = file(tmp_path, "good.jpg", jpeg()), file(tmp_path, "bad.jpg", b"text")
    offered(qtbot, new, "good.jpg", "bad.jpg")
    new.clear_box.click()
    for mark in new.strip.keys:
        new.assign(mark, 1)
    settled(qtbot, office, form.scans)
    qtbot.waitUntil(lambda: not good.exists())
    assert bad.exists()
    assert len(kept(office, form.scans.claim_id)) == 1


def test_a_folder_that_cannot_be_reached_is_told_and_stops_nobody(qtbot: QtBot, office: Around, form: ClaimPage,
                                                                  tmp_path: Path) -> None:
    new = watching(office, form, tmp_path / "gone")
    new.toggle()
    qtbot.waitUntil(lambda: new.hint.text().startswith("The folder for new scans cannot be reached"))
    (tmp_path / "gone").mkdir()
    file(tmp_path / "gone", "a.jpg", jpeg())
    offered(qtbot, new, "a.jpg")


def test_a_new_scan_is_looked_at_before_it_is_put_to_a_paper(qtbot: QtBot, office: Around, form: ClaimPage,
                                                             tmp_path: Path) -> None:
    new = watching(office, form, tmp_path)
    file(tmp_path, "a.jpg", jpeg())
    offered(qtbot, new, "a.jpg")
    new.strip.setFocus()
    qtbot.keyClick(new.strip, Qt.Key.Key_Space)
    look = form.scans.look
    qtbot.waitUntil(lambda: look.isVisible() and not look.view.size_of_picture.isEmpty())
    assert look.name.text() == "a.jpg"
    qtbot.keyClick(new.strip, Qt.Key.Key_1)
    settled(qtbot, office, form.scans)
    assert len(kept(office, form.scans.claim_id)) == 1


def test_the_window_is_never_kept_waiting(qtbot: QtBot, office: Around, form: ClaimPage, tmp_path: Path) -> None:
    paths = [file(tmp_path, f"{number}.jpg", packed(sheet(str(number)), quality=92)) for number in range(3)]
    gaps, worked, last = [0.0], [0.0], [time.perf_counter(), time.thread_time()]
    timer = QTimer()
    timer.setInterval(0)

    def tick() -> None:
        now = [time.perf_counter(), time.thread_time()]
        gaps.append(now[0] - last[0])
        worked.append(now[1] - last[1])
        last[:] = now

    timer.timeout.connect(tick)
    timer.start()
    form.scans.add_files(paths)
    settled(qtbot, office, form.scans)
    form.scans.toggle_look()
    settled(qtbot, office, form.scans)
    timer.stop()
    measured("longest gaps and longest work of the window, ms",
             *(tuple(round(one * 1000) for one in sorted(each)[-4:]) for each in (gaps, worked)))
    assert max(worked) < 0.05  # unpacking one of these pages takes three times as long


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(  # noqa: PLR0917
    qtbot: QtBot, office: Around, open_page: Open, head: str, tmp_path: Path, looks: Looks,
    language: str,
) -> None:
    draft = stay_of(head)
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    page = open_page(ClaimPage, looks[language])
    page.making.notice.clear()
    added(qtbot, office, page, tmp_path, packed(sheet("示例县人民医院 医疗费用结算单（示例）")), tiff(2), jpeg("four"))
    page.making.fields.lines["bank_name"].field.setFocus()
    qtbot.wait(100)
    looks.take(page.window(), f"scans-form-{language}")
    page.making.fields.costs.lines["hifp_pay"].field.setFocus()
    page.scans.show_look(page.scans.strip.keys[0])
    settled(qtbot, office, page.scans)
    qtbot.wait(150)
    looks.take(page.window(), f"scans-look-{language}")
    page.making.fields.lines["bank_name"].field.setFocus()
    qtbot.wait(100)
    looks.take(page.window(), f"scans-look-end-{language}")
    room = page.making.fields.parentWidget().parentWidget().width()
    assert page.making.fields.width() <= room  # nothing of the form is cut off
    page.scans.close_look()
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(3):
        file(folder, f"IMG_{number}.jpg", jpeg(str(number)))
    new = watching(office, page, folder)
    qtbot.waitUntil(lambda: len(new.strip.keys) == 3, timeout=20_000)
    settled(qtbot, office, page.scans)
    qtbot.wait(200)
    page.making.fields.lines["bank_name"].field.setFocus()
    qtbot.wait(100)
    looks.take(page.window(), f"scans-new-{language}")
    assert page.window().width() == 1366
    page.scans.show_look(page.scans.strip.keys[0])
    assert page.scans.look.isVisible()
    page.leave()
    settled(qtbot, office, page.scans)
    claims.register_claim(office.desk, draft)
    done = open_page(ClaimPage, looks[language], claim_id=draft.claim_id)
    settled(qtbot, office, done.scans_taken)
    qtbot.wait(100)
    looks.take(done.window(), f"scans-taken-{language}")
