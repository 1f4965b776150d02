"""What was typed into a claim form is never lost: drafts, forms in progress, forms that come back after a crash."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_kit import Around, Open, members_of, stay_of
from keys_kit import CTRL, caret, type_in
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_desktop.services import claims, drafts
from backbone_desktop.services.registry import list_households
from backbone_desktop.ui.pages.claim import ClaimPage


@pytest.fixture
def new(open_page: Open) -> ClaimPage:
    page: ClaimPage = open_page(ClaimPage)
    return page


def test_a_draft_is_kept_among_the_claims(qtbot: QtBot, office: Around, open_page: Open, head: str) -> None:
    page = open_page(ClaimPage, claim_id="", member_id=head)
    page.making.fields.lines["hospital"].field.setFocus()
    type_in(qtbot, "示例县中医院")
    qtbot.keyClick(caret(), Qt.Key.Key_S, CTRL)
    office.settle(qtbot)
    row = claims.list_claims(office.desk, state="draft").rows[0]
    assert (row.hospital, row.member_name) == ("示例县中医院", "张示例")
    assert page.making.notice.text == "Kept as a draft among the claims."
    assert not page.changed
    assert drafts.kept_drafts(office.desk) == ()
    page.show_with(claim_id=row.id)
    office.settle(qtbot)
    assert page.making.fields.draft().hospital == "示例县中医院"


def test_a_form_comes_back_after_a_crash_as_it_was(qtbot: QtBot, office: Around, open_page: Open, head: str) -> None:
    draft = replace(stay_of(head), admitted="2026-0", costs=(("medfee_sumamt", "45,6"),), documents=("INVOICE",),
                    remarks="停电前打的字")
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    page = open_page(ClaimPage)
    assert page.making.fields.draft() == draft
    assert "not finished" in page.making.notice.text
    page.show_with(claim_id=draft.claim_id)  # as the Today page asks for it
    office.settle(qtbot)
    assert page.making.fields.draft() == draft


def test_half_a_name_comes_back_too(qtbot: QtBot, office: Around, new: ClaimPage) -> None:
    qtbot.keyClicks(new.making.fields.who.picker, "zs")
    assert new.leave()
    office.settle(qtbot)
    new.show_with()
    office.settle(qtbot)
    assert new.making.fields.who.picker.text() == "zs"


def test_an_unfinished_form_is_left_for_later_or_dropped(
    qtbot: QtBot, office: Around, open_page: Open, head: str,
) -> None:
    draft = stay_of(head)
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    page = open_page(ClaimPage)
    page._begin_another()
    office.settle(qtbot)
    assert page.making.fields.draft().member_id == ""
    assert [one.key for one in drafts.kept_drafts(office.desk)] == [draft.claim_id]
    page.show_with(claim_id=draft.claim_id)
    office.settle(qtbot)
    page._start_afresh()
    office.settle(qtbot)
    assert page.making.fields.draft().hospital == ""
    assert drafts.kept_drafts(office.desk) == ()


def test_another_patients_claim_is_a_form_of_its_own(qtbot: QtBot, office: Around, open_page: Open, head: str) -> None:
    draft = stay_of(head)
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    household = list_households(office.desk, "5206250002").rows[0]
    other = members_of(office.desk, household.id)["覃样本"]
    page = open_page(ClaimPage, claim_id="", member_id=other)
    assert page.making.fields.draft().member_id == other
    assert page.making.notice.text == ""
    assert [one.key for one in drafts.kept_drafts(office.desk)] == [draft.claim_id]


def test_what_is_typed_is_kept_within_a_second(qtbot: QtBot, office: Around, new: ClaimPage) -> None:
    new.making.fields.lines["remarks"].field.setFocus()
    qtbot.keyClicks(caret(), "half a word")
    with qtbot.waitSignal(new._keeper.kept, timeout=5000):
        pass
    assert [one.payload["remarks"] for one in drafts.kept_drafts(office.desk)] == ["half a word"]
    assert new.making.foot._kept.text().startswith("Kept as typed")


def test_two_presses_make_one_claim(qtbot: QtBot, office: Around, open_page: Open, head: str) -> None:
    draft = stay_of(head)
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    page = open_page(ClaimPage)
    page.submit()
    page.submit()
    assert not page.leave()
    office.settle(qtbot)
    assert len(claims.list_claims(office.desk).rows) == 1
    assert page.leave()


def test_what_is_typed_while_it_is_taken_in_leaves_no_form_behind(
    qtbot: QtBot, office: Around, open_page: Open, head: str,
) -> None:
    draft = stay_of(head)
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    page = open_page(ClaimPage)
    page.submit()
    page.making.fields.lines["remarks"].field.setFocus()
    qtbot.keyClicks(caret(), "late")
    assert not page._keeper._pause.isActive()
    office.settle(qtbot)
    assert drafts.kept_drafts(office.desk) == ()
