"""The people of an office in Settings: letting another one in, and changing one's own password."""

from __future__ import annotations

import pytest
from shell_kit import ACCOUNT, NAME, PASSWORD, AtTheWindow

from backbone_desktop.services.accounts import add_account
from backbone_desktop.services.rows import Role
from backbone_desktop.ui.pages.settings import SettingsPage
from backbone_desktop.ui.pages.sign_in import SignInPage
from backbone_desktop.ui.pages.today import TodayPage
from backbone_desktop.ui.status_bar import StatusBar

NEW = {"display_name": "测试丙", "account": "bing", "role": "township", "password": "Huangshan2020"}


@pytest.fixture
def page(at_work: AtTheWindow) -> SettingsPage:
    return settings(at_work)


def settings(here: AtTheWindow) -> SettingsPage:
    assert here.shell.main is not None
    here.shell.main.open("settings")
    found = here.see(SettingsPage)
    assert isinstance(found, SettingsPage)
    return found


def fill(here: AtTheWindow, typed: dict[str, str]) -> None:
    for name, text in typed.items():
        here.clerk.go_to(name)
        here.clerk.write(text)


def test_the_people_of_the_office_are_listed(page: SettingsPage) -> None:
    assert [(line.name, line.account, line.role) for line in page.people.table._rows.rows] == [
        (NAME, ACCOUNT, "Administrator")]


def test_another_person_is_let_in_and_signs_in(at_work: AtTheWindow, page: SettingsPage) -> None:
    at_work.clerk.press("Add a person who works here")
    fill(at_work, {**NEW, "password_again": NEW["password"]})
    at_work.clerk.press("Save")
    at_work.clerk.settle()
    assert at_work.clerk.shown(StatusBar)[0].done_text == "The account is there"
    assert page.people.form is None
    assert {line.name: line.role for line in page.people.table._rows.rows}["测试丙"] == "Township clerk"
    at_work.shell.lock()
    at_work.see(SignInPage)
    fill(at_work, {"account": "bing", "password": NEW["password"]})
    at_work.clerk.press("Sign in")
    at_work.see(TodayPage)
    assert at_work.shell.main is not None
    assert not settings(at_work).people.add.isVisible(), "only an administrator lets people in"


def test_what_is_wrong_stands_at_its_field_and_nobody_is_let_in(at_work: AtTheWindow, page: SettingsPage) -> None:
    at_work.clerk.press("Add a person who works here")
    fill(at_work, {**NEW, "role": "", "password": "short", "password_again": "other"})
    at_work.clerk.press("Save")
    at_work.clerk.settle()
    found = {name: [one.code for one in at_work.clerk.line(name).findings] for name in ("role", "password",
                                                                                      "password_again", "account")}
    assert found["role"] == ["account.role_missing"]
    assert found["password"][0] == "password.too_short"
    assert found["password_again"] == ["password.not_the_same"]
    assert found["account"] == []
    at_work.clerk.press("Cancel")
    assert page.people.form is None
    assert len(page.people.table._rows.rows) == 1


def test_a_name_that_is_taken_is_told_at_its_field(at_work: AtTheWindow, page: SettingsPage) -> None:
    desk = page._context.desk
    at_work.shell.store.run(lambda: add_account(desk, "bing", "测试丙", Role.TOWNSHIP, "Huangshan2020"))
    at_work.clerk.press("Add a person who works here")
    fill(at_work, {**NEW, "password_again": NEW["password"]})
    at_work.clerk.press("Save")
    at_work.clerk.settle()
    assert at_work.clerk.line("account").findings[0].code == "account.name_taken"


def test_ones_own_password_is_changed_by_who_knows_the_old_one(at_work: AtTheWindow, page: SettingsPage) -> None:
    at_work.clerk.press("Change my password")
    fill(at_work, {"old_password": "wrong", "password": "Huangshan2020", "password_again": "Huangshan2020"})
    at_work.clerk.press("Save")
    at_work.clerk.settle()
    assert at_work.clerk.line("old_password").findings[0].code == "account.wrong"
    fill(at_work, {"old_password": PASSWORD})
    at_work.clerk.press("Save")
    at_work.clerk.settle()
    assert at_work.clerk.shown(StatusBar)[0].done_text == "The password is changed"
    at_work.shell.lock()
    at_work.sign_in()
    assert isinstance(at_work.shell.page, SignInPage), "the old one does not open any more"
    at_work.sign_in("Huangshan2020")
    at_work.see(SettingsPage)
