"""Every code that the server can answer with is in the clerk's words and in the protocol's text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backbone_core.protocol import HTTP_STATUS
from backbone_desktop.words import Words

ROOT = Path(__file__).resolve().parents[2]
ANSWERED = re.compile(r'"((?:rejected|conflict|review)\.[a-z_]+)"')


def answered() -> set[str]:
    sources = [path.read_text("utf-8") for path in (ROOT / "backbone_server").rglob("*.py")]
    return {code for source in sources for code in ANSWERED.findall(source)}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_clerk_can_be_told_every_code(language: str) -> None:
    words = Words.load(language, ROOT / "resources" / "locale")
    codes = answered() | HTTP_STATUS.keys()
    assert len(codes) > 35, "the collector no longer sees the codes"
    assert sorted(code for code in codes if not words.knows(code)) == []


def test_the_protocols_text_names_every_code() -> None:
    text = (ROOT / "docs" / "sync-protocol.md").read_text("utf-8")
    assert sorted(code for code in answered() if f"`{code}`" not in text) == []
