"""The office's contacts in Settings: told, changed at the keyboard, kept for the letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_kit import Looks
from PySide6.QtCore import Qt
from shell_kit import AtTheWindow, OpenShell

from backbone_desktop.services.contacts import OfficeContacts, contacts, save_contacts
from backbone_desktop.services.ports import Desk
from backbone_desktop.ui.pages.contacts import ContactsForm
from backbone_desktop.ui.pages.settings import SettingsPage

FILLED = OfficeContacts(address="示例县政务服务中心二楼医保窗口", phone="0000-0000000", hours="工作日 9:00—17:00",
                        insurer="示例保险公司（虚构）", review_days="15")


def settings(here: AtTheWindow) -> SettingsPage:
    assert here.shell.main is not None
    here.shell.main.open("settings")
    found = here.see(SettingsPage)
    assert isinstance(found, SettingsPage)
    return found


@pytest.fixture
def page(at_work: AtTheWindow) -> SettingsPage:
    return settings(at_work)


def desk_of(page: SettingsPage) -> Desk:
    return page._context.desk


def opened(here: AtTheWindow, page: SettingsPage) -> ContactsForm:
    here.clerk.press(here.shell.words("Change the contacts"))
    here.clerk.settle()
    form = page.contacts.form
    assert form is not None
    return form


def test_what_is_empty_is_told_by_name(page: SettingsPage) -> None:
    said = page.contacts.empty.accessibleName()
    assert said.startswith("Letters leave a line to write on for: Where to come, Telephone, Opening hours")
    assert not page.contacts.filled.isVisible()


def test_contacts_are_typed_one_after_the_other_and_kept(at_work: AtTheWindow, page: SettingsPage) -> None:
    form = opened(at_work, page)
    for name, typed in (("address", "示例路一号"), ("phone", "0000-0000000"), ("hours", "9-17"), ("insurer", ""),
                        ("insurer_phone", ""), ("review_days", "15"), ("supervisor", ""), ("supervisor_phone", "")):
        assert form.fields[name].hasFocus(), name
        assert not form.fields[name].visibleRegion().isEmpty(), name
        if typed:
            at_work.clerk.write(typed)
        at_work.clerk.key(Qt.Key.Key_Return)
        at_work.clerk.settle()
    if page.contacts.form is not None:  # Enter in the last field leads to the button
        at_work.clerk.press("Save")
        at_work.clerk.settle()
    assert contacts(desk_of(page)) == OfficeContacts(address="示例路一号", phone="0000-0000000", hours="9-17",
                                                     review_days="15")
    assert page.contacts.form is None
    assert "Where to come: 示例路一号" in page.contacts.filled.accessibleName()
    assert page.contacts.empty.accessibleName().endswith(
        "Review of decisions by, Telephone for reviews, Complaints go to, Telephone for complaints")


def test_days_that_are_none_are_refused_at_their_field(at_work: AtTheWindow, page: SettingsPage) -> None:
    form = opened(at_work, page)
    at_work.clerk.go_to("review_days")
    at_work.clerk.write("soon")
    at_work.clerk.press("Save")
    at_work.clerk.settle()
    assert form.fields["review_days"].hasFocus()
    assert contacts(desk_of(page)) == OfficeContacts()


def test_giving_up_keeps_what_was(at_work: AtTheWindow, page: SettingsPage) -> None:
    opened(at_work, page)
    at_work.clerk.go_to("phone")
    at_work.clerk.write("1")
    at_work.clerk.press("Cancel")
    at_work.clerk.settle()
    assert page.contacts.form is None
    assert contacts(desk_of(page)) == OfficeContacts()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_how_it_looks(open_shell: OpenShell, profile: Path, looks: Looks, language: str) -> None:
    here = open_shell(profile, language=language)
    here.shell.resize(1366, 768)
    here.sign_in()
    page = settings(here)
    save_contacts(desk_of(page), FILLED)
    page.refresh()
    here.clerk.settle()
    looks.take(here.shell, f"contacts_{language}")
    form = opened(here, page)
    here.clerk.settle()
    assert form.fields["address"].typed() == FILLED.address
    looks.take(here.shell, f"contacts_form_{language}")
