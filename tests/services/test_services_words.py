"""Every code that the services give has its sentence in both languages, with the facts it asks for."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
GIVEN_BY = {"RuleBroken", "refusal", "warning", "refuse", "warn", "Finding", "say"}
AUDIT = {"write": 1, "remove": 1, "add": 0}


def calls() -> list[tuple[str, ast.Call]]:
    found = []
    for path in sorted((ROOT / "backbone_desktop" / "services").glob("*.py")):
        if path.name == "exchange.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                found.append((name, node))
    return found


def given() -> dict[str, set[str]]:
    """Code → the facts that every call which gives it hands over."""
    codes: dict[str, set[str]] = {}
    for name, call in calls():
        literal = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        missing = [word.value.value for word in call.keywords
                   if word.arg == "missing" and isinstance(word.value, ast.Constant)]
        if name in GIVEN_BY and literal and "." in literal[0]:
            facts = {word.arg for word in call.keywords if word.arg}
            codes[literal[0]] = codes.get(literal[0], facts) & facts
        for code in missing:
            codes[str(code)] = set()
    return codes


def acts() -> set[str]:
    found = {"remove", "sign_in_refused", "prove_password", "prove_password_refused", "sign_in", "submit"}
    for name, call in calls():
        place = AUDIT.get(name)
        if place is not None and isinstance(call.func, ast.Attribute) and len(call.args) > place:
            act = call.args[place]
            if isinstance(act, ast.Constant) and isinstance(act.value, str):
                found.add(act.value)
    return found


def sentences(language: str) -> dict[str, str]:
    known = {}
    for sheet in (ROOT / "resources" / "locale" / language).glob("*.po"):
        with sheet.open("rb") as handle:
            known.update({str(one.id): str(one.string) for one in read_po(handle) if one.id and one.string})
    return known


def test_the_collector_sees_the_codes() -> None:
    assert {"member.id_taken", "household.village_missing", "account.locked", "claim.no_scheme"} <= given().keys()
    assert {"register", "enrol", "reveal_id_no", "submit"} <= acts()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_code_has_a_sentence_that_gets_its_facts(language: str) -> None:
    known = sentences(language)
    assert set(given()) - known.keys() == set()
    for code, facts in given().items():
        asked = {name for _, name, _, _ in string.Formatter().parse(known[code]) if name}
        assert asked <= facts, code


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_act_and_role_has_a_word(language: str) -> None:
    known = sentences(language)
    assert {f"act.{act}" for act in acts()} - known.keys() == set()
    assert {f"role.{role}" for role in ("township", "county", "administrator", "auditor")} <= known.keys()


def test_both_sheets_say_the_same_things() -> None:
    pattern = re.compile(r'^msgid "(.+)"$', re.MULTILINE)
    sheets = [(ROOT / "resources" / "locale" / language / "services.po").read_text(encoding="utf-8")
              for language in ("zh_CN", "en")]
    assert pattern.findall(sheets[0]) == pattern.findall(sheets[1])
