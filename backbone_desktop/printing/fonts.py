"""Chooses a font for every character and embeds what a paper used of it; nothing is ever printed as an empty box."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_core.errors import Unavailable
from backbone_desktop.printing.truetype import FontFile, subset
from backbone_desktop.services.printable import named

if TYPE_CHECKING:
    from backbone_desktop.printing.pdf import PdfFile

SERIF, SERIF_BOLD = "NotoSerifSC-Regular.ttf", "NotoSerifSC-SemiBold.ttf"
SANS, SANS_BOLD = "NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf"
RARE = "HanaMinB.ttf"
BLANKS = {0x00A0: 0x0020, 0x202F: 0x0020, 0x2007: 0x0020, 0x2028: 0x0020}
UNSEEN = frozenset(map(chr, (0x00AD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, *range(0xFE00, 0xFE10),
                            *range(0xE0100, 0xE01F0))))
"""Joiners, marks of direction, selectors of a variant: they take no room, and are there when a text is read back."""
EM = 1000


class Face(Enum):
    """A voice of the papers: the files in which a character is looked for, in order."""

    TEXT = (SERIF, SANS, RARE)
    TITLE = (SERIF_BOLD, SERIF, SANS, RARE)
    FIGURE = (SANS, SERIF, RARE)
    """Its figures all have one width. Chinese among them is set as everywhere else."""
    STRONG = (SANS_BOLD, SANS, SERIF, RARE)

    __hash__ = object.__hash__  # an enumeration's own is looked up for every piece of text, and slow

    def files(self, point: int) -> tuple[str, ...]:
        return Face.TEXT.value if self is Face.FIGURE and point > 0xFF else self.value


class Fonts:
    """The fonts of one folder, each opened at the first character that needs it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, FontFile] = {}
        self._opening = threading.Lock()
        self._found: dict[Face, dict[str, tuple[FontFile, int]]] = {face: {} for face in Face}
        self._widths = {face: _Widths(self, face) for face in Face}

    def file(self, name: str) -> FontFile:
        """Raises `Unavailable("print.font_missing", font=…)`."""
        with self._opening:
            if name not in self._files:
                try:
                    self._files[name] = FontFile(self._folder / name)
                except (OSError, ValueError) as error:
                    raise Unavailable("print.font_missing", font=name) from error
            return self._files[name]

    def find(self, character: str, face: Face) -> tuple[FontFile, int]:
        """The font that draws a character, and the character's width in thousandths of the type size.

        Raises `Unavailable("print.no_glyph", character=…, codepoint="U+…")`.
        """
        known = self._found[face].get(character)
        if known is not None:
            return known
        point = point_of(character)
        for name in face.files(point):
            font = self.file(name)
            if glyph := font.glyph(point):
                found = font, 0 if character in UNSEEN else round(font.advance(glyph) * EM / font.units)
                self._found[face][character] = found
                return found
        raise no_glyph(character)

    def width(self, text: str, face: Face, size: float) -> float:
        """Width in the unit of `size`."""
        return sum(map(self._widths[face].__getitem__, text)) * size / EM

    def runs(self, text: str, face: Face) -> Iterator[tuple[FontFile, str, int]]:
        """(font, stretch of text, its width in thousandths) with as few changes of font as can be."""
        run, current, width = [], None, 0
        for character in text:
            font, advance = self.find(character, face)
            if font is not current and current is not None:
                yield current, "".join(run), width
                run, width = [], 0
            current = font
            run.append(character)
            width += advance
        if current is not None:
            yield current, "".join(run), width

    def used(self, text: str) -> tuple[tuple[str, str], ...]:
        """Each character of a text with the file that draws it, "" where none does."""
        lacking = set(self.missing(text))
        return tuple((one, "" if one in lacking else self.find(one, Face.TEXT)[0].name) for one in text)

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that could not be printed, each once."""
        lacking = []
        for character in dict.fromkeys(text):
            try:
                self.find(character, Face.TEXT)
            except Unavailable as error:
                if error.code != "print.no_glyph":
                    raise
                lacking.append(character)
        return tuple(lacking)


class _Widths(dict[str, int]):
    """The widths of one face's characters, each looked up once."""

    def __init__(self, fonts: Fonts, face: Face) -> None:
        super().__init__()
        self._fonts, self._face = fonts, face

    def __missing__(self, character: str) -> int:
        width = self[character] = self._fonts.find(character, self._face)[1]
        return width


class _Codes(dict[str, str]):
    """The characters of a document in the order in which they came, and their codes in hexadecimal."""

    def __missing__(self, character: str) -> str:
        code = self[character] = f"{len(self) + 1:04X}"
        return code


def point_of(character: str) -> int:
    """The code point whose glyph draws a character: every blank and whatever is not seen has the blank's."""
    point = ord(character)
    return 0x0020 if character in UNSEEN else BLANKS.get(point, point)


def no_glyph(character: str) -> Unavailable:
    return Unavailable("print.no_glyph", character=named(character), codepoint=f"U+{ord(character):04X}")


class Embedded:
    """One font's characters in one document, as a composite font with two-byte codes.

    reportlab's own TTFont writes ToUnicode entries of five digits for characters beyond the BMP, which no reader
    understands, and one code may stand for one glyph only, so that look-alikes extract as each other. Here every
    character has a code of its own.
    """

    def __init__(self, font: FontFile, label: str) -> None:
        self.font = font
        self.label = label
        self._codes = _Codes()

    def codes(self, text: str) -> str:
        """`text` as the hexadecimal string that a text operator shows."""
        return "".join(map(self._codes.__getitem__, text))

    def write(self, file: PdfFile) -> str:
        """Write the font with the characters that were asked for, and return a reference to it."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

        font, characters = self.font, list(self._codes)
        glyphs = [0, *(font.glyph(point_of(one)) for one in characters)]
        scale = EM / font.units
        widths = [round(font.advance(glyph) * scale) for glyph in glyphs]
        widths[1:] = [0 if one in UNSEEN else width for one, width in zip(characters, widths[1:], strict=True)]
        tag = sha256("".join(characters).encode()).digest()
        name = PDFName("".join(chr(ord("A") + byte % 26) for byte in tag[:6]) + "+" + font.name)
        outlines = subset(font, glyphs)
        descriptor = PDFDictionary({
            "Type": PDFName("FontDescriptor"), "FontName": name, "Flags": 4, "ItalicAngle": 0,
            "FontBBox": PDFArray([round(edge * scale) for edge in font.box]), "StemV": 50 + (font.weight // 65) ** 2,
            "Ascent": round(font.ascent * scale), "Descent": round(font.descent * scale), "CapHeight": 730,
            "FontFile2": file.stream(outlines, {"Length1": len(outlines)}),
        })
        descendant = PDFDictionary({
            "Type": PDFName("Font"), "Subtype": PDFName("CIDFontType2"), "BaseFont": name,
            "CIDSystemInfo": PDFDictionary({
                "Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0,
            }),
            "FontDescriptor": file.put(descriptor), "DW": EM, "CIDToGIDMap": PDFName("Identity"),
            "W": PDFArray(_narrow(widths)),
        })
        return file.put(PDFDictionary({
            "Type": PDFName("Font"), "Subtype": PDFName("Type0"), "BaseFont": name, "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([file.put(descendant)]), "ToUnicode": file.stream(to_unicode(characters), {}),
        }))


def to_unicode(characters: list[str]) -> bytes:
    """The map from codes (1, 2, 3 …) to text; UTF-16 with surrogate pairs (PDF 32000-1, 9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange",
    ]
    for start in range(0, len(characters), 100):  # the most that one block may hold
        block = characters[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        lines += [
            f"<{code:04X}> <{one.encode('utf-16-be').hex().upper()}>" for code, one in enumerate(block, start + 1)
        ]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _narrow(widths: list[int]) -> list[Any]:
    """The W array: only what is not a full em wide, in stretches."""
    from reportlab.pdfbase.pdfdoc import PDFArrayCompact

    entries: list[Any] = []
    stretch: list[int] = []
    for code, width in enumerate([*widths, EM]):
        if width != EM:
            stretch.append(width)
        elif stretch:
            entries += [code - len(stretch), PDFArrayCompact(stretch)]
            stretch = []
    return entries
