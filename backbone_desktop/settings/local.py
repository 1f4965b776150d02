"""What is set on this machine and is no secret: language, brightness, text size. Read before anything is opened."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from backbone_desktop.words import LANGUAGES

LOOKS = ("system", "light", "dark")
TEXT_SIZES = (100, 110, 125, 150)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSettings:
    """`language` "" follows the system; `text_size` is in per cent; `account` signed in last ("" = nobody yet).

    `scan_folder` is where scanners drop their files ("" = nowhere); `scan_clear`: added files are deleted there.
    """

    language: str = ""
    look: str = "system"
    text_size: int = 100
    account: str = ""
    scan_folder: str = ""
    scan_clear: bool = False


def read_settings(path: Path) -> LocalSettings:
    """What is set; anything missing, damaged or unknown is as on the first day."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return LocalSettings()
    if not isinstance(held, dict):
        return LocalSettings()
    language, look, size = held.get("language"), held.get("look"), held.get("text_size")
    account, folder = held.get("account"), held.get("scan_folder")
    return LocalSettings(
        language=str(language) if language in LANGUAGES else "",
        look=str(look) if look in LOOKS else "system",
        text_size=int(size) if size in TEXT_SIZES else 100,
        account=account if isinstance(account, str) else "",
        scan_folder=folder if isinstance(folder, str) else "",
        scan_clear=held.get("scan_clear") is True,
    )


def write_settings(path: Path, settings: LocalSettings) -> None:
    """Best effort: a disk that is full must not stop anybody from working because of a colour."""
    aside = path.with_name(path.name + ".new")
    try:
        aside.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)


def system_language() -> str:
    """The system's language where the program speaks it; Chinese elsewhere, as nearly every office wants it."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if not named and os.name == "nt":
        import locale

        named = locale.getlocale()[0] or ""
    return "en" if named.lower().startswith("en") else "zh_CN"
