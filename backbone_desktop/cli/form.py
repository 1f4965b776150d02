"""Reads a form as somebody would type it from JSON: every value stays the text that it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from backbone_core.errors import RuleBroken
from backbone_desktop.cli.call import Call, read_text


def read_form(call: Call) -> dict[str, Any]:
    """The JSON object of --file, {} without one. Raises RuleBroken command.not_json, command.not_form."""
    file = call.arguments.file
    if not file:
        return {}
    text = call.stdin("--file -") if file == "-" else read_text(file, "file")
    try:
        # Numbers stay as they were written: 0.10 is neither 0.1 nor 0.1000000000000000055.
        held = json.loads(text, parse_float=str, parse_int=str, parse_constant=_no_number, object_pairs_hook=_once)
    except json.JSONDecodeError as broken:
        raise RuleBroken("command.not_json", "file", line=broken.lineno, column=broken.colno) from None
    except RecursionError:
        raise RuleBroken("command.not_form", "file") from None
    if not isinstance(held, dict):
        raise RuleBroken("command.not_form", "file")
    return held


def as_typed(held: Mapping[str, Any], known: Mapping[str, Any], place: str = "") -> dict[str, Any]:
    """`held` with nothing that the form does not have and each value of the form's own kind.

    Raises RuleBroken command.unknown_field, command.field_form, at the field.
    """
    typed: dict[str, Any] = {}
    for name, value in held.items():
        field = f"{place}.{name}" if place else name
        if name not in known:
            raise RuleBroken("command.unknown_field", field, name=field, known=", ".join(known))
        wanted = type(known[name])
        if value is None:
            continue
        if not isinstance(value, wanted):
            raise RuleBroken("command.field_form", field, name=field)
        typed[name] = value
    return typed


def _no_number(name: str) -> NoReturn:
    raise RuleBroken("command.not_a_number", "file", found=name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON keeps the last of two equal names in silence; a form with two amounts for one field is a mistake."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RuleBroken("command.field_twice", twice, name=twice)
    return found
