"""The whole window on a real profile, and somebody in front of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desk_kit import RESOURCES, stay_of
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from backbone_desktop.app import LocalBackend
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.registry import list_households, open_household
from backbone_desktop.ui.pages.sign_in import SignInPage
from backbone_desktop.ui.shell import Shell
from demo.clerk import Clerk

ACCOUNT, NAME, PASSWORD = "jia", "测试甲", "Lushan2019"
PASSPHRASE = "four plain words here"
SCHEME = RESOURCES / "schemes" / "example-1900-60-520625-2026.json"
COUNTY = "520625"
WINDOWS = frozenset({"Shell", "QDialog", "QMessageBox", "QMenu", "QTipLabel", "Frame"})


def no_keyring() -> None:
    """What a machine without a keyring finds."""


class Windows(QObject):
    """Notices parts that are shown before they have a parent: each would flash as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.strays: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
                and type(watched).__name__ not in WINDOWS):
            self.strays.append(type(watched).__name__)
        return False


def take_claims_in(desk: Desk) -> None:
    """One claim with all its papers and one that waits for some."""
    household = list_households(desk, "5206250001").rows[0]
    head, spouse = (view.member.id for view in open_household(desk, household.id).members[:2])
    register_claim(desk, stay_of(head))
    second = stay_of(spouse)
    register_claim(desk, replace(second, invoice_no="SL2", documents=second.documents[:2], bank_account="",
                                 bank_name="", account_holder=""))


@dataclass
class AtTheWindow:
    """A shell on screen and somebody in front of it."""

    backend: LocalBackend
    shell: Shell
    clerk: Clerk

    def sign_in(self, password: str = PASSWORD) -> None:
        self.clerk.page(SignInPage)
        self.clerk.settle()
        self.clerk.type("account", ACCOUNT)
        self.clerk.go_to("password")
        self.clerk.write(password)
        self.clerk.press(self.shell.words("Sign in"))
        self.clerk.settle()

    def see(self, kind: type[QWidget]) -> QWidget:
        found: QWidget = self.clerk.page(kind)
        self.clerk.settle()
        return found


OpenShell = Callable[..., AtTheWindow]
