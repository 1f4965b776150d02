"""The Today page on a real office: its figures, what to go on with, and where everything leads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shell_kit import AtTheWindow

from backbone_desktop.services.drafts import household_payload, keep_draft
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft
from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.ui.pages.claims import ClaimsPage
from backbone_desktop.ui.pages.exchange import ExchangePage
from backbone_desktop.ui.pages.household import HouseholdPage
from backbone_desktop.ui.pages.today import TodayPage
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.ui.widgets.text import StatFigure


def today(here: AtTheWindow) -> TodayPage:
    page = here.see(TodayPage)
    assert isinstance(page, TodayPage)
    return page


def keep_half_a_household(here: AtTheWindow) -> None:
    assert here.shell.main is not None
    desk = here.shell.main.context.desk
    payload = household_payload(HouseholdDraft(village="下坝村", members=(MemberDraft(name="赵草稿"),)))
    here.shell.store.run(lambda: keep_draft(desk, "household", "", payload))
    here.shell.main.refresh()
    here.clerk.settle()


def test_the_figures_are_the_registers(at_work: AtTheWindow) -> None:
    page = today(at_work)
    told = {name: figure.text() for name, figure in page._figures.items()}
    with page._context.desk.read() as work:
        waiting = work.outbox.count_waiting()
    stuck = {"over_limit": "0", "payment_failed": "0"}
    if page._context.desk.actor.role == "county":
        stuck["to_check"] = "0"
    assert told == {"received": "2", "papers": "1", "waiting": f"{waiting}", "returned": "0", **stuck}
    assert page._figures["papers"].accessibleName() == "Waiting for papers: 1"
    assert page._month.text() == "2 taken in this month"


def test_a_figure_leads_to_what_it_counts(at_work: AtTheWindow) -> None:
    figure = today(at_work)._figures["papers"]
    figure.setFocus()
    QTest.keyClick(figure, Qt.Key.Key_Return)
    claims = at_work.see(ClaimsPage)
    assert isinstance(claims, ClaimsPage)
    assert claims.chips.value == "waiting_papers"
    assert [row.member_name for row in claims.table._rows.rows] == ["李㛃"]
    assert at_work.shell.main is not None
    at_work.shell.main.open("today")
    QTest.mouseClick(today(at_work)._figures["waiting"], Qt.MouseButton.LeftButton)
    at_work.see(ExchangePage)


def test_recent_claims_stand_newest_first_and_open(at_work: AtTheWindow) -> None:
    page = today(at_work)
    assert [row.member_name for row in page._table._rows.rows] == ["李㛃", "张示例"]
    page._table.setFocus()
    QTest.keyClick(page._table, Qt.Key.Key_Return)
    at_work.see(ClaimPage)


def test_f2_and_shift_f2_begin_a_household_and_a_claim(at_work: AtTheWindow) -> None:
    today(at_work)
    at_work.clerk.key(Qt.Key.Key_F2)
    at_work.see(HouseholdPage)
    assert at_work.shell.main is not None
    at_work.shell.main.open("today")
    today(at_work)
    at_work.clerk.key(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    at_work.see(ClaimPage)


def test_a_form_in_progress_is_offered_and_goes_on_where_it_was(at_work: AtTheWindow) -> None:
    page = today(at_work)
    assert page._unfinished_heading.isHidden(), "nothing to go on with is not a heading"
    keep_half_a_household(at_work)
    link = next(one for one in at_work.clerk.shown(LinkButton) if one.text() == "New household")
    assert "赵草稿 · 下坝村" in link.accessibleName()
    link.click()
    at_work.see(HouseholdPage)
    assert at_work.clerk.line("village").field.typed() == "下坝村"
    assert at_work.clerk.line("members.0.name").field.typed() == "赵草稿"


def test_a_new_office_is_told_what_to_do_first(at_work: AtTheWindow) -> None:
    from backbone_desktop.services.today import TodayView

    page = today(at_work)
    nothing = TodayView(received_today=0, received_this_month=0, drafts=0, waiting_papers=0, waiting_changes=0,
                        refused=0, reviews=0, unfinished=(), recent=())
    page._show((nothing, page._now))
    assert page._table._empty is not None
    assert page._table._empty.isVisible()
    assert all(isinstance(figure, StatFigure) and figure.text() == "0" for figure in page._figures.values())
