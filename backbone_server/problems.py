"""What is wrong with a row that somebody gave the server, and how it is said: in Chinese or English, by its code.

The sentences are those of the desktop's catalogue, so that a rule is told in one way everywhere.
"""

from __future__ import annotations

import gettext
import io
import locale
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from backbone_core.money import format_amount

_SHEETS = ("rules", "decisions", "result_file", "payment_file")
_ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`row_no` counts as the sheet does, 0 is the file as a whole; `title` is the column's, "" for the whole row.

    What only `warns` is shown and stops nothing.
    """

    code: str
    row_no: int = 0
    title: str = ""
    facts: Mapping[str, object] = field(default_factory=dict, repr=False)
    warns: bool = False


def own_language() -> str:
    """The language that this machine is set to: "zh_CN" or "en"."""
    name = locale.getlocale()[0] or ""
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"


def sentence(problem: Problem, language: str) -> str:
    look_up = _catalogue(language).gettext
    facts: dict[str, object] = {}
    for name, value in problem.facts.items():
        if name.endswith("_fen") and isinstance(value, int):
            facts[name.removesuffix("_fen")] = format_amount(value)
        elif name.endswith("_code"):
            facts[name] = look_up(str(value))
        else:
            facts[name] = value.isoformat() if isinstance(value, date) else value
    return look_up(problem.code).format_map(facts)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The compiled one of an installed program, or a checkout's sheets."""
    made = _ROOT / "backbone_desktop" / "_resources" / "locale" / language / "backbone.mo"
    if made.exists():
        return gettext.GNUTranslations(io.BytesIO(made.read_bytes()))
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=language)
    for sheet in _SHEETS:
        with (_ROOT / "resources" / "locale" / language / f"{sheet}.po").open("rb") as handle:
            for message in read_po(handle, locale=language):
                if message.id:
                    whole.add(message.id, message.string)
    out = io.BytesIO()
    write_mo(out, whole)
    return gettext.GNUTranslations(io.BytesIO(out.getvalue()))
