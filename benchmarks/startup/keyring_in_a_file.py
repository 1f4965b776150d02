"""A keyring for the benchmark's made-up profile, which opens without a question and without a desktop session."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class KeyringInAFile(KeyringBackend):
    priority = 9  # type: ignore[assignment]

    def _all(self) -> dict[str, str]:
        place = Path(os.environ["BENCHMARK_KEYRING"])
        return dict(json.loads(place.read_text())) if place.exists() else {}

    def _keep(self, secrets: dict[str, str]) -> None:
        Path(os.environ["BENCHMARK_KEYRING"]).write_text(json.dumps(secrets))

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._keep({**self._all(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        secrets = self._all()
        if secrets.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError(username)
        self._keep(secrets)
