"""The profile's own random name, so that keys and store of two profiles are never mistaken for each other."""

from __future__ import annotations

import errno
import json
import re
from pathlib import Path

from backbone_core.errors import Unavailable

_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def read_identity(path: Path) -> str:
    """The profile's name, or "" where there is none that can be read."""
    try:
        held = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return ""
    name = held.get("profile_id") if isinstance(held, dict) else None
    return name if isinstance(name, str) and _FORM.fullmatch(name) else ""


def write_identity(path: Path, profile_id: str) -> None:
    """Raises Unavailable store.disk_full, profile.not_writable."""
    aside = path.with_name(path.name + ".new")
    try:
        aside.write_text(json.dumps({"profile_id": profile_id}), encoding="ascii")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise Unavailable("store.disk_full" if full else "profile.not_writable") from None
