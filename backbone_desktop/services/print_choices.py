"""How a form was printed the last time on this computer."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backbone_desktop.services.forms import Form
    from backbone_desktop.services.ports import Desk


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """"" = nothing was chosen yet."""

    printer: str = ""
    paper: str = ""
    duplex: str = ""
    parts: str = ""


def last_choice(desk: Desk, form: Form) -> PrintChoice:
    with desk.read() as work:
        kept = work.office.setting(f"print.{form}")
    return PrintChoice(**json.loads(kept)) if kept else PrintChoice()


def remember_choice(desk: Desk, form: Form, choice: PrintChoice) -> None:
    with desk.open() as work:
        work.office.set_setting(f"print.{form}", json.dumps(asdict(choice), ensure_ascii=False))
        work.commit()
