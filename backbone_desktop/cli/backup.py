"""`backup`: a verified, encrypted copy of the whole store, now."""

from __future__ import annotations

from typing import Any

from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.options import add_unlocking, new_command
from backbone_desktop.words import Words


def add_to(commands: Any, t: Words) -> None:
    add_unlocking(new_command(commands, "backup", back_up, t("make an encrypted, verified backup")), t)


def back_up(call: Call) -> Answer:
    call.open_profile()
    name = call.backend.back_up()
    path = call.backend.paths.backups / name
    return Answer({"file": str(path), "bytes": path.stat().st_size},
                  (call.words("The backup is in {file}. It opens with this office's keys only.", file=path),))
