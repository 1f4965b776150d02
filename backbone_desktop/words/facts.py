"""Facts as they are read in a sentence: amounts in yuan, dates in ISO form, moments by the clock on the wall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


class Shown(dict[str, object]):
    """What fills a sentence in. A fact that it asks for and does not get shows as a dash instead of taking the page
    down."""

    def __missing__(self, key: str) -> str:
        return "—"


def shown(facts: Mapping[str, object], look_up: Callable[[str], str]) -> Shown:
    """`x_fen` also stands there as `x` in yuan; a fact that is a code stands there in words, and
    several codes as a list of words."""
    made = Shown()
    for name, value in facts.items():
        if name.endswith("_fen") and isinstance(value, int):
            from backbone_core.money import format_amount

            made[name.removesuffix("_fen")] = format_amount(value)
        if isinstance(value, datetime):
            made[name] = value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        elif isinstance(value, date):
            made[name] = value.isoformat()
        elif isinstance(value, str) and name.endswith("_code"):
            made[name] = look_up(value)
        elif isinstance(value, tuple) and name.endswith("_codes"):
            made[name] = look_up("list.comma").join(look_up(str(one)) for one in value)
        else:
            made[name] = value
    return made
