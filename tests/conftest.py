"""What every test relies on: no screen, no keyring of the person who runs the tests, and the store's guard."""

from __future__ import annotations

import os

from store_guard import store_guard  # noqa: F401 - every store that a test opens is guarded

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false;qt.qpa.fonts.warning=false")
