"""The papers' front door: what the window and the commands call, the recovery sheet, the words on all of them."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass
from pathlib import Path

import pytest
from paper_kit import receipt_data, squeezed, text_of, texts

import backbone_desktop.printing
from backbone_desktop.printing.papers import Papers
from backbone_desktop.ui import backend
from backbone_desktop.words import Words

CODE = "7K3QX-0M9AB-CDEFG-HJKMN-PQRST-VWXYZ"


@dataclass(frozen=True)
class Facts:
    office: str = "示例县医疗保障局"
    device_name: str = "一号窗口 (A03)"
    county_name: str = "印江土家族苗族自治县"
    code: str = CODE
    made_at: str = "2026-09-14 09:15"
    language: str = ""


def test_the_papers_are_what_the_window_expects() -> None:
    for name, wanted in inspect.getmembers(backend.Papers, inspect.isfunction):
        if not name.startswith("_"):
            ours = list(inspect.signature(getattr(Papers, name)).parameters)
            assert ours == list(inspect.signature(wanted).parameters), name


def test_a_picture_has_the_width_that_was_asked_for(papers: Papers) -> None:
    pdf = papers.receipt(receipt_data(), "A5")
    width, height, pixels = papers.image(pdf, 0, 840)
    assert (width, height) == (840, 592)
    assert len(pixels) == 4 * width * height
    assert pixels[:4] == b"\xff\xff\xff\xff"
    assert min(pixels) < 40  # there is ink on it


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_recovery_sheet_shows_the_code_in_groups(papers: Papers, language: str) -> None:
    pdf = papers.recovery_sheet(Facts(language=language))
    text = text_of(pdf)
    assert papers.pages(pdf) == 1
    for group in CODE.split("-"):
        assert text.count(group) == 1
    for fact in ("示例县医疗保障局", "一号窗口(A03)", "印江土家族苗族自治县", "2026-09-1409:15"):
        assert fact in squeezed(text)
    assert pdf == papers.recovery_sheet(Facts(language=language))
    written = texts(pdf)[0]
    assert not [1 for n, one in enumerate(written) for other in written[n + 1 :] if one.meets(other, by=0.1)]


def test_the_recovery_sheet_speaks_the_offices_language_unless_it_is_told_another(papers: Papers) -> None:
    assert "恢复码保管单" in squeezed(text_of(papers.recovery_sheet(Facts())))
    assert "Recovery Code" in text_of(papers.recovery_sheet(Facts(language="en")))


def test_a_long_office_name_still_fits(papers: Papers) -> None:
    pdf = papers.recovery_sheet(Facts(office="某某土家族苗族自治县医疗保障局驻某某民族乡便民服务中心" * 2))
    assert papers.pages(pdf) == 1
    assert all(mark.right < 200 for mark in texts(pdf)[0])


def _codes() -> set[str]:
    """Every code that the printing package looks up as it stands."""
    found = set()
    for path in Path(backbone_desktop.printing.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            said = node.value if isinstance(node, ast.Constant) else None
            if isinstance(said, str) and said.startswith(("form.", "print.")):
                found.add(said)
    return {code for code in found if not code.endswith(".")}


@pytest.mark.parametrize("language", ["chinese", "english"])
def test_every_word_on_the_papers_is_in_the_catalogue(language: str, request: pytest.FixtureRequest) -> None:
    words: Words = request.getfixturevalue(language)
    codes = _codes()
    assert len(codes) > 30
    built = {f"form.receipt.{name}" for name in ("household_no", "head", "address", "member", "relation", "id_no",
                                                 "hospital", "stay", "diagnosis", "account")}
    built |= {f"form.cost.{name}" for name in receipt_data().costs.__dataclass_fields__}
    built |= {f"cost.{name}" for name in receipt_data().costs.__dataclass_fields__}
    assert sorted(code for code in codes | built if not words.knows(code)) == []
