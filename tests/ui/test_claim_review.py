"""The centre works a benefit out otherwise: both ways stand side by side on the page, and are answered there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_kit import Around, Looks, Open, stay_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backbone_core.benefit import TraceStep
from backbone_core.change import RecordKind, Review
from backbone_core.errors import RuleBroken
from backbone_core.records import to_fields
from backbone_core.scheme import scheme_digest
from backbone_desktop.services.benefit_review import adopt_benefit, keep_benefit
from backbone_desktop.services.claims import open_claim, register_claim
from backbone_desktop.services.exchange import open_reviews
from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.ui.presenters.exchange import ask as ask_exchange
from backbone_desktop.ui.presenters.exchange import exchange_view

FOUND = 114_000


def ask(office: Around, claim_id: str, *, digest: str = "", kept: int | None = None) -> None:
    """The centre's question, as the exchange brings it: the county's ceiling has only 1,140 yuan left."""
    view = open_claim(office.desk, claim_id)
    claim = view.claim
    assert view.scheme is not None
    cap = TraceStep(code="benefit.cap_pool", facts={"cap_fen": 152_100_000, "most_fen": FOUND}, result=FOUND)
    theirs = (*claim.trace[:-1], cap, replace(claim.trace[-1], result=FOUND))
    fields = to_fields(replace(claim, benefit=FOUND, trace=theirs))
    review = Review(
        id=f"review-{claim_id}", code="review.benefit_differs", kind=RecordKind.CLAIM, record_id=claim_id,
        opened_at=office.desk.clock.now(), act="recompute", fields={
            "benefit": {"base": None, "kept": claim.benefit if kept is None else kept, "other": FOUND},
            "trace": {"base": None, "kept": to_fields(claim)["trace"], "other": fields["trace"]},
            "scheme": {"base": None, "kept": "", "other": digest or scheme_digest(view.scheme)}})
    with office.desk.open() as work:
        work.sync.apply_state(RecordKind.REVIEW, review.id, 1, to_fields(review))
        work.commit()


@pytest.fixture
def taken(office: Around, head: str) -> str:
    return register_claim(office.desk, stay_of(head)).claim_id


def test_nothing_is_asked_of_most_claims(taken: str, open_page: Open) -> None:
    assert open_page(ClaimPage, claim_id=taken).summary.review.isHidden()


def test_both_ways_stand_side_by_side(office: Around, taken: str, open_page: Open) -> None:
    ask(office, taken)
    panel = open_page(ClaimPage, claim_id=taken).summary.review
    assert panel.isVisible()
    assert (panel.here.figure.text(), panel.centre.figure.text()) == ("6,168.00 yuan", "1,140.00 yuan")
    assert len(panel.centre.steps.lines) == len(panel.here.steps.lines) + 1
    marked = [line for line in panel.centre.steps.lines if line.startswith("▸")]
    assert len(marked) == 2, "the ceiling and the result are what differs"
    assert "same scheme" in panel.why.text()


def test_the_exchange_page_leads_to_the_claim(office: Around, taken: str) -> None:
    ask(office, taken)
    (line,) = exchange_view(office.context.words, ask_exchange(office.desk)).returned
    assert (line.kind, line.record_id) == ("claim", taken)
    assert "centre works the benefit out otherwise" in line.why


def test_another_scheme_at_the_centre_is_said(office: Around, taken: str, open_page: Open) -> None:
    ask(office, taken, digest="0" * 64)
    assert "do not say the same" in open_page(ClaimPage, claim_id=taken).summary.review.why.text()


def test_the_centres_amount_is_used_at_the_press_of_a_key(qtbot: QtBot, office: Around, taken: str,
                                                         open_page: Open) -> None:
    ask(office, taken)
    page = open_page(ClaimPage, claim_id=taken)
    page.summary.review.adopt.setFocus()
    qtbot.keyClick(page.summary.review.adopt, Qt.Key.Key_Space)
    office.settle(qtbot)
    qtbot.waitUntil(page.summary.review.isHidden)
    claim = open_claim(office.desk, taken).claim
    assert (claim.benefit, claim.trace[-1].result, claim.trace[-2].code) == (FOUND, FOUND, "benefit.cap_pool")
    assert page.summary.benefit.figure.text() == "1,140.00"
    assert open_reviews(office.desk) == ()
    assert any("1,140.00" in line for event in page.summary.timeline.events for line in event.below)
    with office.desk.read() as work:
        last = work.outbox.since(work.sync.device().last_seq - 2, 10)
    assert [(one.kind, one.act) for one in last] == [(RecordKind.CLAIM, "adopt_benefit"), (RecordKind.REVIEW, "close")]


def test_the_amount_stays_when_a_person_says_so(qtbot: QtBot, office: Around, taken: str, open_page: Open) -> None:
    ask(office, taken)
    page = open_page(ClaimPage, claim_id=taken)
    page.summary.review.keep.setFocus()
    qtbot.keyClick(page.summary.review.keep, Qt.Key.Key_Space)
    office.settle(qtbot)
    qtbot.waitUntil(page.summary.review.isHidden)
    assert open_claim(office.desk, taken).claim.benefit == 6_168_00
    assert open_reviews(office.desk) == ()


def test_a_question_about_an_amount_of_before_is_not_answered(office: Around, taken: str) -> None:
    ask(office, taken, kept=1)
    for answer in (adopt_benefit, keep_benefit):
        with pytest.raises(RuleBroken, match=r"claim\.nothing_asked"):
            answer(office.desk, taken)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(office: Around, taken: str, open_page: Open, looks: Looks, language: str) -> None:
    ask(office, taken)
    page = open_page(ClaimPage, looks[language], claim_id=taken)
    QTest.qWait(100)
    review = page.summary.review
    assert review.here.steps.geometry().height() > 100, "the steps are squeezed"
    looks.take(page.window(), f"claim-review-{language}")
