"""Makes a page fit to be kept: upright, without anything but its dots, as fine as the bytes allow.

An A4 page at 200 dots an inch shows 6-point print clearly and a QR code of 12 mm; below 150 small figures begin to run
together, so that the picture is first pressed harder and then made smaller.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from backbone_core.attachment import MOST_BYTES, MediaType

if TYPE_CHECKING:
    from PIL.Image import Image

_A4 = 8.27 * 11.69
"""Square inches. A long till receipt may have as many dots as a sheet."""
_STEPS = ((200, (85, 75, 65)), (170, (75, 65, 55)), (150, (70, 55, 45)), (120, (55, 40)), (100, (40, 30)))
"""Dots an inch of an A4 sheet, and how hard each is pressed (JPEG's quality), the best first."""
_LINE_ART = 300
"""Dots an inch of a page that is black and white only: it packs without loss."""
_LONGEST_SIDE = 12_000
_ORIENTATION = 0x0112
"""The tag that says how a telephone was held."""
_GREY_BELOW = 18
"""How far the three colours of a dot may be apart on a grey page (of 255); paper yellows and lamps tint."""
_COLOURED_DOTS = 0.0015
"""Part of a page's dots from which on it is coloured: a red seal has more."""


def fit(picture: Image) -> tuple[bytes, MediaType, int, int]:
    """(bytes, how they are packed, width, height): at most `MOST_BYTES` bytes, never more dots than it came with."""
    from PIL import ImageOps

    if (packed := _as_it_is(picture)) is not None:
        return packed
    picture = ImageOps.exif_transpose(picture)
    if picture.mode == "1" and (packed := _line_art(picture)) is not None:
        return packed
    plain = _without_colour(_on_white(picture))
    for fineness, qualities in _STEPS:
        smaller = _at_most(plain, fineness)
        for quality in qualities:
            content = _jpeg(smaller, quality)
            if len(content) <= MOST_BYTES:
                return content, MediaType.JPEG, smaller.width, smaller.height
    while len(content) > MOST_BYTES:  # nothing but noise
        smaller = smaller.resize((max(1, smaller.width * 3 // 4), max(1, smaller.height * 3 // 4)))
        content = _jpeg(smaller, qualities[-1])
    return content, MediaType.JPEG, smaller.width, smaller.height


def _as_it_is(picture: Image) -> tuple[bytes, MediaType, int, int] | None:
    """A photograph that is small and upright already, packed with its own tables, so that it loses nothing."""
    if (picture.format != "JPEG" or picture.mode not in ("L", "RGB") or picture.getexif().get(_ORIENTATION, 1) != 1
            or picture.width * picture.height > _A4 * _STEPS[0][0] ** 2 or max(picture.size) > _LONGEST_SIDE):
        return None
    out = io.BytesIO()
    picture.save(out, "JPEG", quality="keep", subsampling="keep", optimize=True, comment=b"")
    return (out.getvalue(), MediaType.JPEG, *picture.size) if out.tell() <= MOST_BYTES else None


def _line_art(picture: Image) -> tuple[bytes, MediaType, int, int] | None:
    """Black and white as it is; None where it has too many dots or bytes for that."""
    if picture.width * picture.height > _A4 * _LINE_ART**2 * 1.05 or max(picture.size) > _LONGEST_SIDE:
        return None
    from PIL import Image

    bare = Image.new("1", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "PNG", optimize=True)
    return (out.getvalue(), MediaType.PNG, *bare.size) if out.tell() <= MOST_BYTES else None


def _on_white(picture: Image) -> Image:
    """In grey or colour of 8 bits; what is transparent is paper."""
    if picture.mode.startswith(("I", "F")):  # 16 bits a dot
        return picture.convert("I").point(lambda dot: dot * (1 / 257)).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        from PIL import Image

        solid = picture.convert("RGBA")
        paper = Image.new("RGB", solid.size, (255, 255, 255))
        paper.paste(solid, mask=solid.getchannel("A"))
        return paper
    return picture if picture.mode in ("L", "RGB") else picture.convert("L" if picture.mode == "1" else "RGB")


def _without_colour(picture: Image) -> Image:
    """In grey where nothing but paper and ink is on it; seals and red figures stay red."""
    if picture.mode == "L":
        return picture
    from PIL import Image, ImageChops

    look = picture.copy()
    look.thumbnail((600, 600), Image.Resampling.BOX)
    red, green, blue = look.split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue)).histogram()
    coloured = sum(apart[_GREY_BELOW * 2 :]) / sum(apart)
    tinted = sum(apart[_GREY_BELOW:]) / sum(apart)
    return picture.convert("L") if coloured < _COLOURED_DOTS and tinted < 0.5 else picture


def _at_most(picture: Image, fineness: int) -> Image:
    from PIL import Image

    scale = min(1.0, (_A4 * fineness**2 / (picture.width * picture.height)) ** 0.5, _LONGEST_SIDE / max(picture.size))
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _jpeg(picture: Image, quality: int) -> bytes:
    """Only the dots go into it: no place, no time, no name of a telephone."""
    from PIL import Image

    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
