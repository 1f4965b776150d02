"""What every test relies on: no screen, no keyring of the person who runs the tests, and the store's guard."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false;qt.qpa.fonts.warning=false")
