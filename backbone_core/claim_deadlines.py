"""How long the insurer may take for a claim, by law; what takes longer is shown as over its limit."""

from __future__ import annotations

from datetime import timedelta

DECIDED_WITHIN = timedelta(days=30)
"""保险法 art. 23: the insurer decides within thirty days of getting a claim whose papers are complete."""
PAID_WITHIN = timedelta(days=10)
"""保险法 art. 23: and pays within ten days of deciding. A contract may say otherwise; no scheme does so far."""
