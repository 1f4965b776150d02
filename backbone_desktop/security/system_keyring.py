"""The operating system's keyring, as far as it deserves the name: one that forgets or writes plain text is none."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from backbone_core.errors import Unavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)
SERVICE = "Backbone Desktop"
_PATIENCE_SECONDS = 120.0
"""The keyring may ask the person for its own password first; a session that cannot show the question never answers."""
_REFUSED_MODULES = ("keyring.backends.null", "keyring.backends.fail", "keyrings.alt")
_RECOMMENDED = 1
"""Backends that python-keyring itself advises against have a priority below this."""
AnswerT = TypeVar("AnswerT")


class SystemKeyring:
    """Secrets by name, held by the person's session. Every method raises Unavailable keys.keyring_failed."""

    def __init__(self, backend: KeyringBackend, patience: float = _PATIENCE_SECONDS) -> None:
        self._backend = backend
        self._patience = patience

    @property
    def name(self) -> str:
        return type(self._backend).__module__.rpartition(".")[2]

    def get(self, name: str) -> str | None:
        return self._ask(lambda: self._backend.get_password(SERVICE, name))

    def put(self, name: str, secret: str) -> None:
        self._ask(lambda: self._backend.set_password(SERVICE, name, secret))

    def forget(self, name: str) -> None:
        """Best effort: what is not there cannot be forgotten."""
        from keyring.errors import PasswordDeleteError

        def delete() -> None:
            with contextlib.suppress(PasswordDeleteError):
                self._backend.delete_password(SERVICE, name)

        self._ask(delete)

    def keeps_what_it_is_given(self) -> bool:
        """Put a value in, read it back, take it out: some keyrings are there and refuse."""
        name, value = "self-test", "kept"
        try:
            self.put(name, value)
            kept = self.get(name) == value
            self.forget(name)
        except Unavailable:
            return False
        return kept

    def _ask(self, question: Callable[[], AnswerT]) -> AnswerT:
        answers: queue.SimpleQueue[tuple[bool, AnswerT | str]] = queue.SimpleQueue()

        def work() -> None:
            try:
                answers.put((True, question()))
            except Exception as failure:  # backends raise whatever their system raises
                answers.put((False, type(failure).__name__))

        threading.Thread(target=work, name="keyring", daemon=True).start()
        try:
            answered, answer = answers.get(timeout=self._patience)
        except queue.Empty:
            raise Unavailable("keys.keyring_silent") from None
        if not answered:
            log.warning("the keyring failed: %s", answer)
            raise Unavailable("keys.keyring_failed")
        return answer  # type: ignore[return-value]  # a string only when it was not answered


def is_real(backend: KeyringBackend) -> bool:
    """Whether a backend keeps secrets, and keeps them secret."""
    module = type(backend).__module__
    if module.startswith(_REFUSED_MODULES) or "plaintext" in type(backend).__name__.lower():
        return False
    try:
        return float(backend.priority) >= _RECOMMENDED
    except Exception:  # a backend that cannot run here says so by raising
        return False


def find_system_keyring() -> SystemKeyring | None:
    """The first real backend of this session, or None."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    candidates = list(chosen.backends) if isinstance(chosen, ChainerBackend) else [chosen]
    return next((SystemKeyring(backend) for backend in candidates if is_real(backend)), None)
