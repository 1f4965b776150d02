"""How the claims' pages look, in both languages: list, form empty, half typed, full, and the summary."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_kit import EXAMPLES, Around, Looks, Open, members_of, stay_of
from pytestqt.qtbot import QtBot

from backbone_desktop.services import claims, drafts
from backbone_desktop.services.registry import list_households
from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.ui.pages.claims import ClaimsPage

pytestmark = pytest.mark.parametrize("language", ["zh_CN", "en"])


def head_of(office: Around) -> str:
    household = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    return members_of(office.desk, household.id)["张示例"]


def test_an_empty_form(open_page: Open, looks: Looks, language: str) -> None:
    page = open_page(ClaimPage, looks[language])
    looks.take(page.window(), f"claim-empty-{language}")


def test_a_full_form(qtbot: QtBot, open_page: Open, office: Around, looks: Looks, language: str) -> None:
    draft = stay_of(head_of(office))
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    page = open_page(ClaimPage, looks[language])
    page.making.notice.clear()
    qtbot.wait(100)
    looks.take(page.window(), f"claim-full-{language}")
    page.making.fields.costs.lines["psn_cash_pay"].field.setFocus()
    qtbot.wait(100)
    looks.take(page.window(), f"claim-full-below-{language}")
    page.making.fields.lines["remarks"].field.setFocus()
    qtbot.wait(100)
    looks.take(page.window(), f"claim-full-end-{language}")


def test_a_form_with_mistakes(qtbot: QtBot, open_page: Open, office: Around, looks: Looks, language: str) -> None:
    draft = stay_of(head_of(office))
    draft = replace(draft, discharged="2026-08-01", costs=(("medfee_sumamt", "45680"), ("hifp_pay", "28000"),
                                                           ("fund_pay_sumamt", "33500"), ("maf_pay", "2k")))
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    page = open_page(ClaimPage, looks[language])
    page.submit()
    office.settle(qtbot)
    qtbot.wait(100)
    looks.take(page.window(), f"claim-mistakes-{language}")
    page.making.fields.costs.lines["maf_pay"].field.setFocus()
    qtbot.wait(100)
    looks.take(page.window(), f"claim-mistakes-below-{language}")
    page.window().resize(990, 768)
    qtbot.wait(200)
    looks.take(page.window(), f"claim-narrow-{language}")


def test_one_that_was_taken_in(qtbot: QtBot, open_page: Open, office: Around, looks: Looks, language: str) -> None:
    taken = claims.register_claim(office.desk, stay_of(head_of(office)))
    page = open_page(ClaimPage, looks[language], claim_id=taken.claim_id)
    qtbot.wait(100)
    looks.take(page.window(), f"claim-taken-{language}")


def test_the_list(open_page: Open, office: Around, looks: Looks, language: str) -> None:
    member_id = head_of(office)
    claims.register_claim(office.desk, stay_of(member_id))
    claims.register_claim(office.desk, replace(stay_of(member_id), admitted="2026-03-01", discharged="2026-03-09",
                                               settled="2026-03-09", invoice_no="SL2", documents=("INVOICE",)))
    claims.save_claim_draft(office.desk, replace(stay_of(member_id), costs=(), admitted="2026-10-01", discharged="",
                                                 settled="", invoice_no=""))
    page = open_page(ClaimsPage, looks[language])
    looks.take(page.window(), f"claims-{language}")


def test_the_empty_list(open_page: Open, looks: Looks, language: str) -> None:
    page = open_page(ClaimsPage, looks[language])
    looks.take(page.window(), f"claims-empty-{language}")
