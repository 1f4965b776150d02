"""Reads glyphs straight out of a mapped TrueType file, so that a 15 MB Chinese font is ready in a millisecond.

reportlab parses a whole font before its first character (0.12 s each) and cuts it into pieces of 256 characters; a
paper needs three fonts and some hundred characters of them.
"""

from __future__ import annotations

import mmap
import struct
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

# Flags of a composite glyph's parts (OpenType, table glyf).
_WORDS, _SCALE, _MORE, _TWO_SCALES, _TWO_BY_TWO = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
_KEPT_AS_THEY_ARE = ("cvt ", "fpgm", "prep")


class FontFile:
    """One TrueType font. Nothing changes after it was opened, so that any thread may read it."""

    def __init__(self, path: Path) -> None:
        """Raises OSError, or ValueError for a file that is no such font."""
        with path.open("rb") as handle:
            self._data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        self.name = path.stem
        try:
            self._read_head()
        except (struct.error, KeyError, UnicodeDecodeError) as error:
            raise ValueError(f"{self.name}: not a TrueType font") from error

    def _read_head(self) -> None:
        (count,) = struct.unpack_from(">H", self._data, 4)
        self._tables = {
            tag.decode("ascii"): (offset, length)
            for tag, _, offset, length in struct.iter_unpack(">4sLLL", self._data[12 : 12 + 16 * count])
        }
        head, hhea, os2 = (self._tables[tag][0] for tag in ("head", "hhea", "OS/2"))
        (self.units,) = struct.unpack_from(">H", self._data, head + 18)
        self.box: tuple[int, ...] = struct.unpack_from(">4h", self._data, head + 36)
        (self._long_offsets,) = struct.unpack_from(">h", self._data, head + 50)
        self.ascent, self.descent = struct.unpack_from(">hh", self._data, hhea + 4)
        (self._advances,) = struct.unpack_from(">H", self._data, hhea + 34)
        (self.weight,) = struct.unpack_from(">H", self._data, os2 + 4)
        self._starts, self._groups = self._read_characters()

    def glyph(self, character: int) -> int:
        """The glyph of a code point; 0 where the font has none."""
        place = bisect_right(self._starts, character) - 1
        if place < 0:
            return 0
        first, last, glyph = self._groups[place]
        return glyph + character - first if character <= last else 0

    def advance(self, glyph: int) -> int:
        """Width in the font's units."""
        offset = self._tables["hmtx"][0] + 4 * min(glyph, self._advances - 1)
        return int(struct.unpack_from(">H", self._data, offset)[0])

    def bearing(self, glyph: int) -> int:
        """Left side bearing in the font's units."""
        past = glyph - self._advances
        offset = 4 * glyph + 2 if past < 0 else 4 * self._advances + 2 * past
        return int(struct.unpack_from(">h", self._data, self._tables["hmtx"][0] + offset)[0])

    def outline(self, glyph: int) -> bytes:
        loca, glyf = self._tables["loca"][0], self._tables["glyf"][0]
        if self._long_offsets:
            start, end = struct.unpack_from(">2L", self._data, loca + 4 * glyph)
        else:
            start, end = (2 * half for half in struct.unpack_from(">2H", self._data, loca + 2 * glyph))
        return self._data[glyf + start : glyf + end]

    def table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def has(self, tag: str) -> bool:
        return tag in self._tables

    def _read_characters(self) -> tuple[list[int], list[tuple[int, int, int]]]:
        """The groups of cmap format 12, the one that reaches beyond the BMP."""
        cmap = self._tables["cmap"][0]
        (count,) = struct.unpack_from(">H", self._data, cmap + 2)
        for place in range(count):
            (offset,) = struct.unpack_from(">L", self._data, cmap + 8 + 8 * place)
            if struct.unpack_from(">H", self._data, cmap + offset)[0] == 12:
                (groups,) = struct.unpack_from(">L", self._data, cmap + offset + 12)
                start = cmap + offset + 16
                found = [
                    (int(first), int(last), int(glyph))
                    for first, last, glyph in struct.iter_unpack(">LLL", self._data[start : start + 12 * groups])
                ]
                return [first for first, _, _ in found], found
        raise ValueError(f"{self.name}: no cmap of format 12")


def subset(font: FontFile, glyphs: Sequence[int]) -> bytes:
    """A TrueType file that holds `glyphs` alone, numbered as they stand in the sequence; the first is .notdef (0)."""
    from reportlab.pdfbase.ttfonts import TTFontMaker

    kept = list(glyphs)
    number: dict[int, int] = {}
    for place, glyph in enumerate(kept):
        number.setdefault(glyph, place)
    outlines, offsets, at = [], [0], 0
    for glyph in kept:  # grows while it is walked: a composite glyph brings its parts along
        outline = _renumbered(font.outline(glyph), kept, number)
        outline += bytes(-len(outline) % 4)
        outlines.append(outline)
        at += len(outline)
        offsets.append(at)
    head = bytearray(font.table("head"))
    struct.pack_into(">h", head, 50, 1)
    hhea = bytearray(font.table("hhea"))
    struct.pack_into(">H", hhea, 34, len(kept))
    maxp = bytearray(font.table("maxp"))
    struct.pack_into(">H", maxp, 4, len(kept))
    made = TTFontMaker()
    made.add("head", bytes(head))
    made.add("hhea", bytes(hhea))
    made.add("maxp", bytes(maxp))
    made.add("hmtx", b"".join(struct.pack(">Hh", font.advance(glyph), font.bearing(glyph)) for glyph in kept))
    made.add("loca", struct.pack(f">{len(offsets)}L", *offsets))
    made.add("glyf", b"".join(outlines))
    for tag in _KEPT_AS_THEY_ARE:
        if font.has(tag):
            made.add(tag, font.table(tag))
    return bytes(made.makeStream())


def _renumbered(outline: bytes, kept: list[int], number: dict[int, int]) -> bytes:
    """A composite glyph with its parts' new numbers; parts that nobody asked for are added to `kept`."""
    if not outline or struct.unpack_from(">h", outline)[0] >= 0:
        return outline
    changed = bytearray(outline)
    at, more = 10, True
    while more:
        flags, part = struct.unpack_from(">HH", changed, at)
        if part not in number:
            number[part] = len(kept)
            kept.append(part)
        struct.pack_into(">H", changed, at + 2, number[part])
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _TWO_BY_TWO else 0
        more = bool(flags & _MORE)
    return bytes(changed)
