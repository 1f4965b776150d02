"""The main job as a clerk does it, from an empty computer to the centre's answer: what the demo shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.ui.pages.claims import ClaimsPage
from backbone_desktop.ui.pages.exchange import ExchangePage
from backbone_desktop.ui.pages.first_start import FirstStartPage
from backbone_desktop.ui.pages.household import HouseholdPage
from backbone_desktop.ui.pages.household_act import HouseholdActPage
from backbone_desktop.ui.pages.households import HouseholdsPage
from backbone_desktop.ui.pages.paper_page import PaperPage
from backbone_desktop.ui.pages.recovery_code import RecoveryCodeStep
from backbone_desktop.ui.pages.settings import SettingsPage
from backbone_desktop.ui.pages.sign_in import SignInPage
from backbone_desktop.ui.pages.today import TodayPage
from backbone_desktop.ui.pages.unlock import UnlockPage
from backbone_desktop.ui.presenters.first_start import Step, groups
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.ui.widgets.person_picker import PersonPicker
from backbone_desktop.ui.widgets.popup_list import PopupList
from backbone_desktop.words import Words
from demo import county
from demo.clerk import Clerk
from demo.county import Family, Stay

CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Journey:
    """One day at one new computer, in one language."""

    clerk: Clerk
    words: Words

    def first_start(self, device_no: str = county.DEVICE_NO) -> str:
        """Set the office up in the wizard; return the recovery code that was shown."""
        clerk, t = self.clerk, self.words
        page: FirstStartPage = clerk.page(FirstStartPage)
        clerk.settle()
        clerk.picture("first-start")
        clerk.press(t("Next"))
        clerk.type("county", county.COUNTY)
        clerk.settle()
        clerk.picture("county")
        clerk.press(t("Next"))
        for name, text in (("office", county.OFFICE), ("township", county.TOWNSHIP),
                           ("device_name", county.DEVICE_NAME), ("device_no", device_no),
                           ("policy_year", str(county.POLICY_YEAR))):
            clerk.type(name, text)
        clerk.picture("office")
        clerk.press(t("Next"))
        for name, text in (("display_name", county.DISPLAY_NAME), ("account", county.ACCOUNT),
                           ("password", county.PASSWORD), ("password_again", county.PASSWORD)):
            clerk.type(name, text)
        clerk.picture("account")
        if Step.PASSPHRASE in page._steps:
            clerk.press(t("Next"))
            clerk.type("passphrase", county.PASSPHRASE)
            clerk.type("passphrase_again", county.PASSPHRASE)
        clerk.press(t("Set up"))
        step: RecoveryCodeStep = clerk.page(RecoveryCodeStep)
        code = page._code
        for number, field in zip(step.asked, step.fields, strict=True):
            field.setFocus()
            clerk.write(groups(code)[number])
        clerk.picture("recovery-code")
        clerk.press(t("Next"))
        clerk.press(t("Go to sign-in"))
        return code

    def sign_in(self) -> None:
        self.clerk.page(SignInPage)
        self.clerk.settle()
        self.clerk.type("account", county.ACCOUNT)
        self.clerk.picture("sign-in")
        self.clerk.go_to("password")
        self.clerk.write(county.PASSWORD)
        self.clerk.key(Qt.Key.Key_Return)
        self.clerk.page(TodayPage)
        self.clerk.picture("today-empty")

    def unlock(self) -> None:
        """Open the store of a computer without a keyring."""
        self.clerk.page(UnlockPage)
        self.clerk.type("passphrase", county.PASSPHRASE)  # Enter in the only field opens
        self.clerk.page(SignInPage)

    def register_household(self, family: Family) -> None:
        """By keyboard, in the paper's order; the number is given by the program unless the roster gave one."""
        clerk = self.clerk
        self.go_to("Households")
        clerk.page(HouseholdsPage)
        clerk.key(Qt.Key.Key_F2)
        page: HouseholdPage = clerk.page(HouseholdPage)
        for name, text in (("household_no", family.household_no), ("poverty_type", family.poverty_type),
                           ("township", county.TOWNSHIP), ("village", family.village), ("group", family.group)):
            clerk.type(name, text)
        for place, person in enumerate(family.people):
            if place:
                clerk.press(self.words("&Add a person"))
            for name, text in (("name", person.name), ("id_no", person.id_no), ("relation", person.relation)):
                clerk.type(f"members.{place}.{name}", text)
            if person.phone:
                clerk.type(f"members.{place}.phone", person.phone)
        clerk.settle()
        clerk.picture("household-typed")
        clerk.key(Qt.Key.Key_S, CONTROL)
        clerk.settle()
        clerk.wait(lambda: not page.changed, "the household to be saved")
        clerk.picture("household-saved")

    def record_death(self, name: str, day: str, reason: str) -> HouseholdPage:
        """Find somebody, record by keyboard that they have died, and look at the household's history."""
        clerk = self.clerk
        clerk.key(Qt.Key.Key_F3)
        clerk.write(name)
        clerk.wait(lambda: clerk.shown(PopupList), "the person to be found")
        clerk.key(Qt.Key.Key_Return)
        page: HouseholdPage = clerk.page(HouseholdPage)
        clerk.settle()
        # The menu works its own events while it is open, so what is pressed in it is sent on its way before.
        QTimer.singleShot(500, _press_in_menu)
        clerk.key(Qt.Key.Key_F6)
        form: HouseholdActPage = clerk.page(HouseholdActPage)
        clerk.settle()
        for field, text in (("member_id", name), ("happened_on", day), ("reason", reason)):
            clerk.type(field, text)
        clerk.picture("death-typed")
        clerk.key(Qt.Key.Key_S, CONTROL)
        clerk.wait(lambda: form.notice.text, "the death to be recorded")
        clerk.settle()
        clerk.key(Qt.Key.Key_Return)  # back to the household
        clerk.page(HouseholdPage)
        clerk.settle()
        clerk.key(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
        clerk.picture("household-history")
        return page

    def import_scheme(self, scheme: Path) -> None:
        """Bring the county's rules in from the file that it gave; the file dialog is the system's own."""
        self.go_to("Settings")
        page: SettingsPage = self.clerk.page(SettingsPage)
        page.import_scheme(scheme)
        self.clerk.picture("scheme-imported")

    def find_patient(self, typed: str) -> ClaimPage:
        """Begin a claim and pick its patient by typing."""
        clerk = self.clerk
        self.go_to("Claims")
        clerk.page(ClaimsPage)
        clerk.key(Qt.Key.Key_F2)
        page: ClaimPage = clerk.page(ClaimPage)
        clerk.go_to("member_id")
        clerk.write(typed)
        picker = clerk.line("member_id").field
        assert isinstance(picker, PersonPicker)
        clerk.wait(lambda: clerk.shown(PopupList), "somebody to be found")
        clerk.picture("claim-patient-found")
        clerk.key(Qt.Key.Key_Return)
        clerk.wait(lambda: picker.person, "the patient to be picked")
        clerk.settle()
        return page

    def type_claim(self, patient: str, stay: Stay) -> ClaimPage:
        """Type a claim by keyboard: the stay, the amounts under their official names, the papers, the account."""
        clerk = self.clerk
        page = self.find_patient(patient)
        for name in ("admitted", "discharged", "settled", "hospital", "hospital_level", "diagnosis", "icd10",
                     "invoice_no"):
            clerk.type(name, getattr(stay, name))
        for name, text in stay.costs.items():
            clerk.type(f"costs.{name}", text)
        if stay.documents:
            clerk.press(self.words("All required papers are here"))
        holder = clerk.line("member_id").field.person.name
        for name, text in (("bank_name", "示例农村信用社"), ("bank_account", "6228480030123456789"),
                           ("account_holder", holder)):
            clerk.type(name, text)
        clerk.go_to("costs.medfee_sumamt")
        clerk.pause(1.0)
        clerk.picture("claim-typed")
        return page

    def register_claim(self, patient: str, stay: Stay) -> str:
        """Take a claim in; return the receipt's number."""
        self.type_claim(patient, stay)
        self.clerk.key(Qt.Key.Key_F9)
        page: PaperPage = self.clerk.page(PaperPage)
        sheet = self.clerk.wait(lambda: page.sheet, "the receipt")
        self.clerk.picture("receipt")
        return str(sheet.data.receipt_no)

    def save_receipt(self, to: Path) -> None:
        """Put the receipt that is shown into a file, as the Save button does after its dialog."""
        page: PaperPage = self.clerk.page(PaperPage)
        page.save_to(to)
        self.clerk.wait(to.exists, "the receipt's file")
        self.clerk.settle()

    def connect(self, url: str, code: str) -> None:
        """Make this computer known to the centre with the county's one-time code."""
        self.go_to("Exchange")
        page: ExchangePage = self.clerk.page(ExchangePage)
        self.clerk.picture("exchange-not-connected")
        self.clerk.type("server_url", url)
        self.clerk.type("code", code)  # Enter in the last field connects
        self.clerk.wait(lambda: not page.connect_form.isVisible(), "the centre to know this computer")
        self.clerk.picture("exchange-waiting")

    def send(self) -> None:
        """Send what waits and fetch what is new; how it ended is looked at by whoever asks."""
        self.go_to("Exchange")
        self.clerk.press(self.words("Send now"))
        self.clerk.settle()
        self.clerk.picture("exchange-answered")

    def look_around(self) -> None:
        """The lists and the morning's page, now that there is something in them."""
        for page in ("Today", "Households", "Claims", "Settings"):
            self.go_to(page)
            self.clerk.picture(page.lower())

    def go_on_with_unfinished(self) -> ClaimPage:
        """Open the form in progress that the morning's page offers."""
        go_on = self.words("Go on with this form")
        link = self.clerk.wait(lambda: next((one for one in self.clerk.shown(LinkButton)
                                             if one.accessibleName().startswith(go_on)), None), go_on)
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
        page: ClaimPage = self.clerk.page(ClaimPage)
        self.clerk.settle()
        self.clerk.picture("form-in-progress")
        return page

    def go_to(self, page: str) -> None:
        """By the rail at the left; `page` is its English name."""
        self.clerk.press(self.words(page))
        self.clerk.settle()


def _press_in_menu() -> None:
    """The third act of the menu: a death."""
    menu = QApplication.activePopupWidget()
    if menu is not None:
        QTest.keyClick(menu, Qt.Key.Key_3)
