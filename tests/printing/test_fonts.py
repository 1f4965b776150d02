"""Every character prints with a font that has it, reads back as itself, or stops the print by name."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from paper_kit import receipt_data, squeezed, text_by_poppler, text_of

from backbone_core.errors import Unavailable
from backbone_desktop.printing.document import Document
from backbone_desktop.printing.fonts import RARE, SANS, SERIF, Face, Fonts, to_unicode
from backbone_desktop.printing.paper import A4
from backbone_desktop.printing.papers import Papers
from backbone_desktop.printing.truetype import FontFile, subset
from backbone_desktop.words import Words

# GB 18030-2022, all three levels: 87,887 ideographs.
IDEOGRAPHS = {
    "URO": range(0x4E00, 0x9FF0), "A": range(0x3400, 0x4DB6), "B": range(0x20000, 0x2A6D7),
    "C": range(0x2A700, 0x2B735), "D": range(0x2B740, 0x2B81E), "E": range(0x2B820, 0x2CEA2),
    "F": range(0x2CEB0, 0x2EBE1),
    # twelve that stand among the compatibility ideographs and are unified ones
    "twelve": (0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29),
}
LATER = {"B": range(0x2A6D7, 0x2A6E0), "C": range(0x2B735, 0x2B73A), "G": range(0x30003, 0x30EDD),
         "H": range(0x31350, 0x323B0), "I": range(0x2EBF0, 0x2EE5E)}
"""What Unicode has had since and our fonts lack (of G nearly all)."""
RARE_NAMES = ("王䶮", "李㛃", "张𬭎", "𠮷𪚥", "赵𫍯𬘡", "阿依古丽·示例")
FILES = Path(__file__).resolve().parents[2] / "resources" / "fonts"
UNKNOWN = "\U000323AF"  # the last ideograph of Extension H


@pytest.mark.parametrize("face", Face)
def test_every_ideograph_of_gb_18030_has_a_font(fonts: Fonts, face: Face) -> None:
    every = "".join(chr(point) for points in IDEOGRAPHS.values() for point in points)
    assert len(set(every)) == 87_887
    fonts.width(every, face, 10)  # raises for the first that has none
    assert fonts.missing(every) == ()


@pytest.mark.parametrize("block", LATER)
def test_later_ideographs_are_named_as_lacking(fonts: Fonts, block: str) -> None:
    later = "".join(map(chr, LATER[block]))
    assert fonts.missing(later) == tuple(later)


def test_every_ideograph_of_gb_18030_reads_back_as_itself(fonts: Fonts) -> None:
    """All 87,887 of them in one file, by two readers."""
    every = "".join(chr(point) for points in IDEOGRAPHS.values() for point in points)
    document = Document(A4, fonts, title="", author="", language="zh-CN")
    for page in range(0, len(every), 12_000):
        ink = document.page()
        for line in range(page, min(page + 12_000, len(every)), 120):
            ink.text(10, 10 + (line - page) / 120 * 2.7, every[line : line + 120], Face.TEXT, 4)
        document.add(ink)
    pdf = document.finish()
    assert squeezed(text_of(pdf)) == every
    other = text_by_poppler(pdf)
    assert other is None or squeezed(other) == every


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\ufe00", "\U000e0100", "\u2060"])
def test_what_is_not_seen_takes_no_room_and_stops_no_print(papers: Papers, fonts: Fonts, unseen: str) -> None:
    name = f"葛{unseen}示例"
    assert fonts.width(name, Face.TEXT, 10) == fonts.width("葛示例", Face.TEXT, 10)
    with_it, without = (papers.receipt(receipt_data(member_name=one), "A5") for one in (name, "葛示例"))
    assert papers.image(with_it, 0, 1200) == papers.image(without, 0, 1200)
    assert fonts.missing(name) == ()


@pytest.mark.parametrize("name", RARE_NAMES)
@pytest.mark.parametrize("paper", ["A5", "A4"])
def test_rare_characters_read_back_as_themselves(papers: Papers, name: str, paper: str) -> None:
    pdf = papers.receipt(receipt_data(member_name=name, head_name=name), paper)
    assert squeezed(text_of(pdf)).count(name) == 2
    other = text_by_poppler(pdf)
    assert other is None or other.count(name) == 2


def test_look_alikes_stay_what_they_are(papers: Papers) -> None:
    """⼀ (a radical) and 一 share a glyph; each has a code of its own and extracts as itself."""
    pdf = papers.receipt(receipt_data(diagnosis="⼀一⼀"), "A5")
    assert "⼀一⼀" in text_of(pdf)


def test_a_rare_character_is_the_only_one_that_changes_the_font(fonts: Fonts) -> None:
    runs = [(font.name, text) for font, text, _ in fonts.runs("张𬭎示例", Face.TEXT)]
    assert runs == [("NotoSerifSC-Regular", "张𬭎示例")]  # Noto has it
    runs = [(font.name, text) for font, text, _ in fonts.runs("张𪚥示例", Face.TEXT)]
    assert runs == [("NotoSerifSC-Regular", "张"), ("HanaMinB", "𪚥"), ("NotoSerifSC-Regular", "示例")]


def test_figures_have_one_width_and_chinese_among_them_is_serif(fonts: Fonts) -> None:
    assert len({fonts.width(digit, Face.FIGURE, 10) for digit in "0123456789"}) == 1
    runs = [font.name for font, _, _ in fonts.runs("12 天", Face.FIGURE)]
    assert runs == ["NotoSansSC-Regular", "NotoSerifSC-Regular"]


@pytest.mark.parametrize("character", [UNKNOWN, "🙂", "\u0302", "\ue000"])
@pytest.mark.parametrize("field", ["member_name", "hospital", "diagnosis", "office"])
def test_a_character_without_a_font_stops_the_print(papers: Papers, character: str, field: str) -> None:
    with pytest.raises(Unavailable) as caught:
        papers.receipt(receipt_data(**{field: f"张{character}例"}), "A5")
    assert caught.value.code == "print.no_glyph"
    assert caught.value.facts["codepoint"] == f"U+{ord(character):04X}"
    assert character not in str(caught.value)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_sentence_names_the_character(papers: Papers, language: str, request: pytest.FixtureRequest) -> None:
    words: Words = request.getfixturevalue("chinese" if language == "zh_CN" else "english")
    with pytest.raises(Unavailable) as caught:
        papers.receipt(receipt_data(member_name=UNKNOWN), "A5")
    sentence = words.error(caught.value)
    assert "U+323AF" in sentence
    assert sentence != "print.no_glyph"


def test_what_cannot_be_printed_can_be_asked_before(papers: Papers) -> None:
    assert papers.fonts_of("王𪚥" + UNKNOWN) == (
        ("王", "NotoSerifSC-Regular"), ("𪚥", "HanaMinB"), (UNKNOWN, ""))


def test_a_missing_font_file_is_named(tmp_path: Path) -> None:
    (tmp_path / SERIF).write_bytes(b"not a font")
    for found in (Fonts(tmp_path), Fonts(tmp_path / "nowhere")):
        with pytest.raises(Unavailable) as caught:
            found.find("例", Face.TEXT)
        assert (caught.value.code, caught.value.facts) == ("print.font_missing", {"font": SERIF})


def test_all_fonts_are_embedded_as_subsets(papers: Papers) -> None:
    pdf = papers.receipt(receipt_data(member_name="𪚥"), "A5")
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Subtype /Type0") == pdf.count(b"/ToUnicode") == 5
    assert b"Helvetica" not in pdf
    assert len(pdf) < 100_000


def test_unicode_beyond_the_first_plane_is_written_in_pairs() -> None:
    written = to_unicode(["一", "𬭎", *map(chr, range(0x4E01, 0x4E80))]).decode()
    assert "<0002> <D872DF4E>" in written
    assert written.count("beginbfchar") == 2  # a block holds a hundred
    assert "100 beginbfchar" in written
    assert "29 beginbfchar" in written


def test_a_subset_is_a_font_that_others_read(fonts: Fonts) -> None:
    for name, text in ((SERIF, "理赔A䶮"), (RARE, "𪚥𠮷"), (SANS, "0189")):
        font = fonts.file(name)
        glyphs = [font.glyph(ord(one)) for one in text]
        made = TTFont(BytesIO(subset(font, [0, *glyphs])))
        assert made["maxp"].numGlyphs == len(text) + 1
        with TTFont(FILES / name, lazy=True) as original:
            for place, glyph in enumerate(glyphs, 1):
                ours = made["glyf"][made.getGlyphName(place)]
                theirs = original["glyf"][original.getGlyphName(glyph)]
                assert ours.getCoordinates(made["glyf"])[0] == theirs.getCoordinates(original["glyf"])[0]
                assert made["hmtx"][made.getGlyphName(place)] == original["hmtx"][original.getGlyphName(glyph)]


def test_a_composed_glyph_brings_its_parts_along(tmp_path: Path) -> None:
    font = FontFile(_composed(tmp_path / "composed.ttf"))
    made = TTFont(BytesIO(subset(font, [0, font.glyph(ord("é"))])))
    assert made["maxp"].numGlyphs == 4  # .notdef, é, and the e and accent that nobody asked for
    composed = made["glyf"][made.getGlyphName(1)]
    parts = [made.getGlyphID(part.glyphName) for part in composed.components]
    assert parts == [2, 3]
    coordinates, _, _ = composed.getCoordinates(made["glyf"])
    assert list(coordinates) == [(0, 0), (500, 0), (500, 500), (100, 600), (300, 600), (300, 700)]


def _composed(path: Path) -> Path:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "e", "acute", "eacute"])
    builder.setupCharacterMap({0x65: "e", 0xE9: "eacute", 0x20000: "e"})
    glyphs = {}
    outlines = {".notdef": [], "e": [(0, 0), (500, 0), (500, 500)], "acute": [(0, 0), (200, 0), (200, 100)]}
    for name, points in outlines.items():
        pen = TTGlyphPen(None)
        if points:
            pen.moveTo(points[0])
            for point in points[1:]:
                pen.lineTo(point)
            pen.closePath()
        glyphs[name] = pen.glyph()
    pen = TTGlyphPen(dict.fromkeys(glyphs))
    pen.addComponent("e", (1, 0, 0, 1, 0, 0))
    pen.addComponent("acute", (1, 0, 0, 1, 100, 600))
    glyphs["eacute"] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


def test_a_font_without_wide_characters_is_refused(tmp_path: Path) -> None:
    path = _composed(tmp_path / "composed.ttf")
    data = bytearray(path.read_bytes())
    narrow = TTFont(BytesIO(bytes(data)))
    narrow["cmap"].tables = [table for table in narrow["cmap"].tables if table.format == 4]
    narrow.save(path)
    with pytest.raises(ValueError, match="format 12"):
        FontFile(path)
    path.write_bytes(struct.pack(">4sHHHH", b"\0\1\0\0", 0, 0, 0, 0))
    with pytest.raises(ValueError, match="not a TrueType font"):
        FontFile(path)


def test_two_threads_print_the_same(papers: Papers) -> None:
    expected = papers.receipt(receipt_data(), "A5")
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.extend(papers.receipt(receipt_data(), "A5") for _ in range(3)))
               for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [expected] * 9


def test_nothing_slow_is_imported_before_the_first_paper() -> None:
    code = ("import sys; from pathlib import Path; from backbone_desktop.printing.papers import Papers;"
            "Papers(Path('x'));"
            "slow = ('reportlab', 'pypdfium2', 'zxingcpp', 'babel', 'fontTools');"
            "print([one for one in slow if one in sys.modules])")
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
