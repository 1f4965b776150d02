"""Every sentence that the code can show stands in both languages, with the same facts in it."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from backbone_core.errors import RuleBroken, refusal
from backbone_core.ids import new_id
from backbone_desktop.words import Words
from backbone_desktop.words.catalogue import catalogue_bytes, compile_sheets

HERE = Path(__file__).resolve().parents[2]
LOCALE = HERE / "resources" / "locale"
LOOKUPS = {"t", "_t", "words", "_words"}
CODED = {"RuleBroken", "Unavailable", "refusal", "warning", "Finding", "TraceStep"}


def sources(*packages: str) -> Iterator[Path]:
    for package in packages:
        yield from (HERE / package).rglob("*.py")


def called_name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def literal(node: ast.expr | None) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return literal(node.body) + literal(node.orelse)
    return []


def looked_up() -> set[tuple[str, str]]:
    found = set()
    for path in sources("backbone_desktop"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and called_name(node) in LOOKUPS and node.args:
                found.update((text, path.name) for text in literal(node.args[0]) if text)
    return found


def codes() -> set[tuple[str, str]]:
    found = set()
    for path in sources("backbone_core", "backbone_desktop"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and called_name(node) in CODED:
                first = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "code"), None)
                found.update((text, path.name) for text in literal(first) if "." in text)
    return found


def facts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def sheets(language: str) -> dict[str, str]:
    from babel.messages.pofile import read_po

    found: dict[str, str] = {}
    for sheet in sorted((LOCALE / language).glob("*.po")):
        with sheet.open("rb") as handle:
            found.update((str(message.id), str(message.string)) for message in read_po(handle) if message.id)
    return found


@pytest.fixture(scope="module", params=["zh_CN", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    return Words.load(request.param, LOCALE)


def test_every_code_has_a_sentence(words: Words) -> None:
    found = codes()
    assert len(found) > 50, "the collector no longer sees the codes"
    assert sorted(f"{code} ({where})" for code, where in found if not words.knows(code)) == []


def test_every_sentence_of_the_window_is_translated() -> None:
    chinese = Words.load("zh_CN", LOCALE)
    found = looked_up()
    assert len(found) > 100, "the collector no longer sees the sentences"
    same_in_both = {"A4", "A5", "PDF"}
    assert sorted(f"{text!r} ({where})" for text, where in found
                  if not chinese.knows(text) and text not in same_in_both) == []


def test_a_translation_asks_for_no_fact_that_the_sentence_does_not_have() -> None:
    assert [text for text, translation in sheets("zh_CN").items()
            if " " in text and not facts_of(translation) <= facts_of(text)] == []


def test_codes_carry_the_same_facts_in_both_languages() -> None:
    english, chinese = sheets("en"), sheets("zh_CN")
    both = english.keys() & chinese.keys()
    assert sorted(code for code in both if facts_of(english[code]) != facts_of(chinese[code])) == []
    # the roster's own Chinese values are looked up to be read in English; in Chinese they stand as they are
    assert sorted(code for code in english if code.isascii() and code not in chinese) == []


def test_one_message_has_one_translation(tmp_path: Path) -> None:
    for name, word in (("a", "甲"), ("b", "乙")):
        (tmp_path / f"{name}.po").write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                                             f'msgid "Same"\nmsgstr "{word}"\n', "utf-8")
    with pytest.raises(ValueError, match="two ways"):
        compile_sheets(sorted(tmp_path.glob("*.po")), "zh_CN")


def test_a_younger_sheet_is_compiled_anew(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    folder = tmp_path / "zh_CN"
    folder.mkdir()
    (folder / "a.po").write_text(head + 'msgid "Save"\nmsgstr "存"\n', "utf-8")
    first = catalogue_bytes(folder)
    assert catalogue_bytes(folder) == first
    (folder / "b.po").write_text(head + 'msgid "Print"\nmsgstr "打印"\n', "utf-8")
    assert Words.load("zh_CN", tmp_path)("Print") == "打印"


def test_facts_are_shown_as_a_clerk_reads_them(tmp_path: Path) -> None:
    words = Words.load("en", tmp_path)
    assert words("{paid} yuan", paid_fen=123450) == "1,234.50 yuan"
    assert words("{missing} is left out") == "{missing} is left out"
    assert words("{missing} and {here}", here=1) == "— and 1"


def test_an_exception_never_shows_its_facts() -> None:
    """Names and numbers in facts must not reach a log through an exception's text."""
    secret = new_id()
    broken = RuleBroken("member.id_taken", "members.0.id_no", name=secret)
    assert secret not in f"{broken!s}{broken!r}{broken.findings!r}{refusal('x.y', name=secret)!r}"
