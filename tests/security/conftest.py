"""A keyring that lives as long as the test: the real interface over a dict, because CI has no session to keep one."""

from __future__ import annotations

import pytest
from keyring.errors import KeyringLocked, PasswordDeleteError

from backbone_desktop.security.system_keyring import SystemKeyring


class MemoryBackend:
    """No subclass of keyring's own, or keyring would offer it to the whole process as the system's."""

    priority = 5.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("dismissed")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked("dismissed")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("nothing there")


@pytest.fixture
def memory() -> MemoryBackend:
    return MemoryBackend()


@pytest.fixture
def memory_keyring(memory: MemoryBackend) -> SystemKeyring:
    return SystemKeyring(memory)
