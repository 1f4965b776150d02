"""The papers of the day: handed on, printed form by form, many into one file, and verified, all by keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt

from backbone_desktop.services.forms import Form
from backbone_desktop.services.worklists import forms_here
from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.ui.pages.claims import ClaimsPage
from backbone_desktop.ui.pages.handover import HandoverPage
from backbone_desktop.ui.pages.households import HouseholdsPage
from backbone_desktop.ui.pages.paper_page import PaperPage
from backbone_desktop.ui.pages.print_area import PrintPage
from backbone_desktop.ui.pages.print_log import PrintLogPage
from backbone_desktop.ui.pages.verify import VerifyPage
from backbone_desktop.ui.pages.village_lists import VillageListsPage
from backbone_desktop.ui.presenters.paper import Sheet, file_name
from backbone_desktop.ui.presenters.verify import Entry
from backbone_desktop.words import Words
from demo.clerk import Clerk

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass
class Papers:
    """What a clerk does with papers at the signed-in window."""

    clerk: Clerk
    words: Words

    def hand_over(self) -> str:
        """Put every claim that has its papers on a handover list; return the list's number."""
        clerk = self.clerk
        clerk.key(Qt.Key.Key_4, CONTROL)
        clerk.page(ClaimsPage)
        clerk.settle()
        clerk.key(Qt.Key.Key_H, CONTROL)
        clerk.page(HandoverPage)
        clerk.settle()
        clerk.picture("handover")
        clerk.key(Qt.Key.Key_F9)
        number = self._sheet().data.number
        clerk.picture("handover-list")
        return str(number)

    def look_at_answers(self) -> ClaimPage:
        """The newest claim, with what the insurer decided and paid."""
        clerk = self.clerk
        clerk.key(Qt.Key.Key_4, CONTROL)
        page: ClaimsPage = clerk.page(ClaimsPage)
        clerk.settle()
        clerk.picture("claims-answered")
        page.table.setFocus()
        clerk.key(Qt.Key.Key_Home)
        clerk.key(Qt.Key.Key_Return)
        claim: ClaimPage = clerk.page(ClaimPage)
        clerk.settle()
        clerk.picture("claim-answered")
        return claim

    def look_at_villages(self) -> None:
        clerk = self.clerk
        clerk.key(Qt.Key.Key_2, CONTROL)
        clerk.page(HouseholdsPage)
        clerk.settle()
        clerk.key(Qt.Key.Key_L, CONTROL | SHIFT)
        clerk.page(VillageListsPage)
        clerk.settle()
        clerk.picture("village-lists")

    def print_every_form(self, folder: Path) -> dict[Form, list[Path]]:
        """Save the first paper of each form's worklist as PDF, and of a form with several lists of each list."""
        folder.mkdir(parents=True, exist_ok=True)
        found: dict[Form, list[Path]] = {}
        for form in forms_here():
            lists = len(self._choose(form).kinds.chips) or 1
            for place in range(lists):
                page = self._choose(form)
                if kinds := list(page.kinds.chips.values()):
                    kinds[place].click()
                    self.clerk.settle()
                found.setdefault(form, []).append(self._save_first(page, folder))
        return found

    def save_all(self, form: Form, to: Path) -> int:
        """Tick everything in a form's worklist and put it into one PDF; return how many papers there were."""
        page = self._choose(form)
        self.clerk.key(Qt.Key.Key_A, CONTROL)
        self.clerk.settle()
        many = len(page.list.chosen)
        self.clerk.picture("print-ticked")
        page.save_to(to)
        self.clerk.wait(lambda: not page.work.busy and to.exists(), "the papers' file")
        self.clerk.picture("print-saved")
        return many

    def look_at_log(self) -> int:
        """From the Print area: how many prints the log tells."""
        clerk = self.clerk
        clerk.page(PrintPage)
        clerk.key(Qt.Key.Key_J, CONTROL)
        page: PrintLogPage = clerk.page(PrintLogPage)
        clerk.settle()
        clerk.picture("print-log")
        return page.table.model().rowCount()

    def verify(self, paper: Path, code: str) -> list[Entry]:
        """As a barcode gun types the paper's code, and from its file, which the system's own dialog would name."""
        clerk = self.clerk
        clerk.key(Qt.Key.Key_V, CONTROL | SHIFT)
        page: VerifyPage = clerk.page(VerifyPage)
        clerk.settle()
        clerk.picture("verify")
        clerk.write(code)
        clerk.key(Qt.Key.Key_Return)
        checks = [clerk.wait(lambda: page.entry, "the typed code's verdict")]
        clerk.picture("verified-code")
        page.open_files([paper])
        checks.append(clerk.wait(lambda: page.entry if page.entry is not checks[0] else None, "the file's verdict"))
        clerk.picture("verified-file")
        return checks

    def _choose(self, form: Form) -> PrintPage:
        """The Print area with this form's worklist, and the caret in it."""
        clerk = self.clerk
        if not clerk.shown(PrintPage):
            clerk.key(Qt.Key.Key_5, CONTROL)
        page: PrintPage = clerk.page(PrintPage)
        clerk.settle()
        page.forms.setFocus()  # where the caret is for whoever comes from the rail
        clerk.key(Qt.Key.Key_Home)
        for _ in range(forms_here().index(form)):
            clerk.key(Qt.Key.Key_Down)
        clerk.settle()
        assert page.list.form is form
        clerk.key(Qt.Key.Key_Return)
        return page

    def _save_first(self, page: PrintPage, folder: Path) -> Path:
        clerk, form = self.clerk, page.list.form
        clerk.picture(f"print-{form}")
        page.list.table.setFocus()
        clerk.key(Qt.Key.Key_Home)
        clerk.key(Qt.Key.Key_Return)
        sheet = self._sheet()
        clerk.picture(f"paper-{form}")
        to = folder / f"{form}-{file_name(sheet)}"
        shown: PaperPage = clerk.page(PaperPage)
        shown.save_to(to)
        clerk.wait(to.exists, f"the file of a {form}")
        clerk.settle()
        return to

    def _sheet(self) -> Sheet:
        """The paper that is shown, once it is drawn."""
        page: PaperPage = self.clerk.page(PaperPage)
        self.clerk.settle()
        found: Sheet = self.clerk.wait(lambda: page.sheet, "the paper")
        return found
