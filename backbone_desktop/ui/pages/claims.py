"""Claims: everything that was taken in or begun, narrowed by state, found by receipt number, name or ID number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from backbone_core.claim import ClaimState
from backbone_desktop.services.claim_piles import PILE, narrowed_to, pile_counts
from backbone_desktop.services.duties import Duty, may
from backbone_desktop.services.listing_ports import ListName
from backbone_desktop.services.today import NOTHING_UNTOLD
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.claim_list import claim_columns
from backbone_desktop.ui.pages.claim_reporting import ClaimReporting
from backbone_desktop.ui.pages.list_page import ListPage
from backbone_desktop.ui.presenters.claims import count_claims, count_in, count_line, state_words, states_offered
from backbone_desktop.ui.presenters.lists import choice_words
from backbone_desktop.ui.presenters.untold import count_untold, first_form, link_words
from backbone_desktop.ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.filter_line import Chips
from backbone_desktop.ui.widgets.row_table import RowAct

if TYPE_CHECKING:
    from backbone_desktop.services.decision_ports import Untold
    from backbone_desktop.services.rows import ClaimRow


class ClaimsPage(ListPage):
    """Opened with `state` or `pile`, the list is narrowed to it."""

    def __init__(self, context: Context) -> None:
        t = context.words
        new = PrimaryButton(t("New claim"), icon_name="plus", shortcut="F2")
        first = PlainButton(t("New claim"), icon_name="plus")
        for button in (new, first):
            button.clicked.connect(self._new)
            if not may(context.desk, Duty.REGISTER):
                button.hide()
        verify = PlainButton(t("Verify a paper"), icon_name="shield-check", tip=f"{t('Verify a paper')} (Ctrl+Shift+V)")
        verify.clicked.connect(lambda: context.navigate.open("verify"))
        onward = PlainButton(t("Hand papers on"), icon_name="arrow-left-right", shortcut="Ctrl+H")
        onward.clicked.connect(lambda: context.navigate.open("handover"))
        self._untold = NOTHING_UNTOLD
        self.untold = LinkButton("", icon_name="printer", tip=t("Print the notices that nobody was given yet"))
        self.untold.clicked.connect(lambda: context.navigate.open("print", form=first_form(self._untold), fresh="yes"))
        self.untold.hide()
        self.chips = Chips([(one, state_words(t, one)) for one in states_offered({})], t("State"))
        super().__init__(
            context, ListName.CLAIMS, t("Claims"), claim_columns(t),
            prompt=t("Receipt no., name, initials, ID number"), search_name=t("Find a claim"),
            empty=EmptyState("file-text", "", "", first), acts=(
                RowAct(t("Open"), self._open, "file-text"),
                RowAct(t("Receipt"), self._open_receipt, "printer", lambda row: row.state is not ClaimState.DRAFT),
            ),
            filters={"township": t("Township"), "village": t("Village"), "policy_year": t("Policy year"),
                     "status": t("Centre"), PILE: t("To do")},
            buttons=(self.untold, onward, verify, new), chips=self.chips,
        )
        self.reporting = ClaimReporting(context, self)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.reporting)
        self.chips.chosen.connect(lambda _: self.refresh())

    def show_with(self, state: str = "", pile: str = "", **arguments: str) -> None:
        if pile:
            self.chips.choose("")
            self.choices[PILE].choose(pile, choice_words(self._t, PILE, pile, 0))
        if state:
            self.choices[PILE].choose("", "")
            self._offer_states({}, state)
            self.chips.choose(state)
        super().show_with(**arguments)

    def _narrowed(self) -> tuple[tuple[str, str], ...]:
        state, desk = self.chips.value, self._context.desk
        narrowed = [narrowed_to(desk, value) if what == PILE else (what, value) for what, value in super()._narrowed()]
        return (*narrowed, *((("state", state),) if state else ()))

    def _offer(self, what: str) -> None:
        if what != PILE:
            super()._offer(what)
            return
        desk, t = self._context.desk, self._t
        self._context.store.run(
            lambda: pile_counts(desk),
            lambda counts: self.choices[PILE].offer([(pile, choice_words(t, PILE, pile, 0), n)
                                                     for pile, n in counts.items()]), latest="claims.piles")

    def _beside(self) -> Callable[[], tuple[Mapping[str, int], Untold]]:
        desk = self._context.desk
        return lambda: (count_claims(desk), count_untold(desk))

    def _show_beside(self, found: Any) -> None:
        counts, self._untold = found
        self.reporting.offer(counts.get(ClaimState.COUNTY_CHECKED, 0))
        self.untold.setText(link_words(self._t, self._untold))
        self.untold.setVisible(bool(self.untold.text()))
        self._offer_states(counts, self.chips.value)
        for one, chip in self.chips.chips.items():
            chip.set_count(count_in(counts, one))

    def _say_empty(self, narrowed: bool) -> None:
        t = self._t
        if narrowed:
            self._empty.say(t("No claim was found"), t("Look under All, or type less of the name or number."))
        else:
            self._empty.say(t("No claim was taken in yet"),
                            t("Register the household first, then the claim of one of its members."))

    def _say_count(self, total: int, narrowed: bool, capped: bool) -> str:
        return count_line(self._t, total, narrowed)

    def _offer_states(self, counts: Mapping[str, int], chosen: str) -> None:
        self.chips.offer([(one, state_words(self._t, one)) for one in states_offered(counts, chosen)])

    def _new(self) -> None:
        self._context.navigate.open("claim", claim_id="", member_id="")

    def _open(self, row: ClaimRow) -> None:
        self._context.navigate.open("claim", claim_id=row.id)

    def _open_receipt(self, row: ClaimRow) -> None:
        self._context.navigate.open("paper", form="receipt", subject=row.id)
