"""Signing in, unlocking, locking, and what stands there when the register does not open."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shell_kit import ACCOUNT, PASSPHRASE, PASSWORD, AtTheWindow, OpenShell, no_keyring

from backbone_desktop.app import LocalBackend
from backbone_desktop.ui.idle import IdleWatch
from backbone_desktop.ui.pages.first_start import FirstStartPage
from backbone_desktop.ui.pages.sign_in import SignInPage
from backbone_desktop.ui.pages.today import TodayPage
from backbone_desktop.ui.pages.trouble import TroublePage
from backbone_desktop.ui.pages.unlock import UnlockPage
from backbone_desktop.ui.shell import Shell


def test_keys_typed_before_the_store_is_open_are_not_lost(dressed: QApplication, profile: Path, qtbot: QtBot) -> None:
    backend = LocalBackend(profile, "en", find_keyring=no_keyring)
    backend.unlock(passphrase=PASSPHRASE)
    shell = Shell(backend)
    shell.show()
    qtbot.waitUntil(lambda: isinstance(shell.page, SignInPage))
    page = shell.page
    assert isinstance(page, SignInPage)
    assert page.form is None, "the form itself is not there yet"
    account, password = page.findChildren(QLineEdit)
    account.selectAll()
    QTest.keyClicks(account, ACCOUNT)
    QTest.keyClick(account, Qt.Key.Key_Return)
    QTest.keyClicks(password, PASSWORD)
    QTest.keyClick(password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.main is not None, timeout=20_000)
    shell.close()
    shell.deleteLater()
    backend.close()


def test_the_only_account_is_filled_in_and_the_caret_waits_for_the_password(
        open_shell: OpenShell, profile: Path) -> None:
    here = open_shell(profile)
    here.see(SignInPage)
    assert here.clerk.line("account").field.typed() == ACCOUNT
    assert here.clerk.line("account").field.text() == "测试甲"
    assert here.clerk.line("password").field.hasFocus()


def test_the_next_start_knows_who_signed_in_last_so_that_no_password_is_typed_where_it_shows(
        dressed: QApplication, open_shell: OpenShell, profile: Path, qtbot: QtBot) -> None:
    here = open_shell(profile)
    here.sign_in()
    here.see(TodayPage)
    shell = Shell(LocalBackend(profile, "en", find_keyring=no_keyring))
    shell.show()
    qtbot.waitUntil(lambda: isinstance(shell.page, SignInPage))
    assert isinstance(shell.page, SignInPage)
    account, password = shell.page.findChildren(QLineEdit)
    assert account.text() == ACCOUNT
    assert password.hasFocus()
    shell.close()
    shell.deleteLater()


def test_a_wrong_password_is_told_at_its_field_and_can_be_typed_over(open_shell: OpenShell, profile: Path) -> None:
    here = open_shell(profile)
    here.sign_in("wrong")
    line = here.clerk.line("password")
    assert line.findings[0].code == "account.wrong"
    assert line.field.selectedText() == line.field.text()
    here.sign_in()
    here.see(TodayPage)


def test_a_machine_without_a_keyring_asks_for_the_passphrase(open_shell: OpenShell, profile: Path) -> None:
    here = open_shell(profile, unlocked=False)
    here.see(UnlockPage)
    here.clerk.type("passphrase", "not the right words")
    here.clerk.settle()
    assert here.clerk.line("passphrase").findings[0].code == "keys.wrong_passphrase"
    here.clerk.go_to("passphrase")
    here.clerk.write(PASSPHRASE)
    here.clerk.press("Unlock")
    here.see(SignInPage)


def test_the_recovery_code_opens_as_well(open_shell: OpenShell, profile: Path) -> None:
    here = open_shell(profile, unlocked=False)
    here.see(UnlockPage)
    here.clerk.press("Use the recovery code instead")
    here.clerk.type("recovery_code", "ABC")
    here.clerk.settle()
    assert here.clerk.line("recovery_code").findings[0].code == "keys.recovery_code_length"
    here.clerk.go_to("recovery_code")
    here.clerk.write((profile / "code-of-the-test").read_text("ascii").lower().replace("-", " "))
    here.clerk.press("Unlock")
    here.see(SignInPage)
    here.sign_in()
    here.see(TodayPage)


def test_a_register_that_is_gone_is_told_and_found_again(open_shell: OpenShell, profile: Path, tmp_path: Path) -> None:
    (profile / "keys.json").rename(tmp_path / "keys.json")
    twins = [one for one in profile.iterdir() if one.name.startswith("keys")]
    for twin in twins:
        twin.rename(tmp_path / twin.name)
    here = open_shell(profile, unlocked=False)
    page = here.see(TroublePage)
    assert isinstance(page, TroublePage)
    assert page.banner.text == here.shell.words("keys.missing")
    for one in ("keys.json", *(twin.name for twin in twins)):
        shutil.move(tmp_path / one, profile / one)
    here.clerk.press("Try again")
    here.see(UnlockPage)


def test_a_new_profile_begins_with_the_first_start(open_shell: OpenShell, tmp_path: Path) -> None:
    here = open_shell(tmp_path / "nobody-yet")
    here.see(FirstStartPage)
    assert not (tmp_path / "nobody-yet").exists(), "looking writes nothing"


def test_locking_keeps_the_page_for_the_one_who_comes_back(at_work: AtTheWindow) -> None:
    main = at_work.shell.main
    assert main is not None
    main.open("settings")
    at_work.clerk.settle()
    at_work.clerk.press("Lock")
    at_work.see(SignInPage)
    at_work.sign_in("wrong")
    assert at_work.shell.page is not main
    at_work.sign_in()
    assert at_work.shell.page is main
    assert main.place is not None
    assert main.place.page == "settings"


def test_a_window_that_is_never_closed_makes_the_days_backup_when_it_locks(at_work: AtTheWindow) -> None:
    def copies() -> list[str]:
        return [file.name for file in at_work.backend.paths.backups.glob("store-*.db")]

    assert copies() == []
    at_work.shell.lock()
    at_work.see(SignInPage)
    at_work.clerk.wait(lambda: at_work.shell.sync.idle, "the backup to be made")
    assert len(copies()) == 1


def test_somebody_else_who_signs_in_gets_a_window_of_their_own(at_work: AtTheWindow) -> None:
    from backbone_desktop.services.accounts import add_account
    from backbone_desktop.services.rows import Role

    main = at_work.shell.main
    assert main is not None
    desk = main.context.desk
    at_work.shell.store.run(lambda: add_account(desk, "bing", "测试丙", Role.TOWNSHIP, "Huangshan2020"))
    at_work.clerk.settle()
    at_work.shell.lock()
    at_work.see(SignInPage)
    at_work.clerk.type("account", "bing")
    at_work.clerk.go_to("password")
    at_work.clerk.write("Huangshan2020")
    at_work.clerk.press("Sign in")
    at_work.see(TodayPage)
    assert at_work.shell.main is not main
    assert at_work.shell.main is not None
    assert at_work.shell.main.context.desk.actor.display_name == "测试丙"


def test_an_unattended_window_locks_and_a_touched_one_does_not(at_work: AtTheWindow, qtbot: QtBot) -> None:
    watch = IdleWatch(at_work.shell, minutes=0.004)
    handle = at_work.shell.windowHandle()
    assert handle is not None
    locked: list[bool] = []
    watch.idle.connect(lambda: locked.append(True))
    watch.watch(handle)
    for _ in range(12):
        QTest.keyClick(handle, Qt.Key.Key_Shift)
        QTest.qWait(40)
        assert not locked
    qtbot.waitUntil(lambda: bool(locked), timeout=5000)


def test_closing_the_window_ends_its_workers(open_shell: OpenShell, profile: Path) -> None:
    here = open_shell(profile)
    store, sync = here.shell.store, here.shell.sync
    here.shell.close()
    assert not store._thread.is_alive()
    assert not sync._thread.is_alive()
