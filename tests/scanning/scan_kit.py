"""Papers as scanners and telephones would give them, drawn here; the words on them are plainly made up."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from backbone_desktop.printing.preview import drawing
from backbone_desktop.scanning.files import ScanReader

FONT = Path(__file__).parents[2] / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
READER = ScanReader(drawing)
CODE = "BB1:520625-2019-A03-000123-C:" + "0123456789ABCDEF" * 8
A4_300 = (2480, 3508)


def sheet(title: str = "示例结算单", size: tuple[int, int] = A4_300, *, seal: bool = True, code: bool = True,
          paper: int = 246) -> Image.Image:
    """A settlement sheet: small figures, a red seal, and a QR code of 25 mm."""
    picture = Image.new("RGB", size, (paper, paper, paper - 4))
    draw = ImageDraw.Draw(picture)
    unit = size[0] / 210  # dots a millimetre
    for row in range(38):
        for column in range(4):
            text = f"{(row * 4 + column) * 137.05:,.2f}"
            draw.text(((20 + column * 42) * unit, (40 + row * 5.5) * unit), text, fill=(40, 40, 44),
                      font=ImageFont.load_default(3.2 * unit))
    draw.text((20 * unit, 20 * unit), title, fill=(30, 30, 30), font=ImageFont.truetype(FONT, 8 * unit))
    if seal:
        draw.ellipse([120 * unit, 225 * unit, 160 * unit, 265 * unit], outline=(200, 30, 40), width=round(1.5 * unit))
    if code:
        made = zxingcpp.create_barcode(CODE, zxingcpp.BarcodeFormat.QRCode)
        dots = _picture(zxingcpp.write_barcode_to_image(made, scale=4))
        side = round(25 * unit)
        picture.paste(dots.convert("RGB").resize((side, side), Image.Resampling.NEAREST),
                      (round(20 * unit), round(255 * unit)))
    return picture


def _picture(dots: Any) -> Image.Image:
    rows = memoryview(dots)
    return Image.frombytes("L", (rows.shape[1], rows.shape[0]), rows.tobytes())


def packed(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def jpeg(title: str = "示例", **how: Any) -> bytes:
    return packed(sheet(title, (827, 1169), code=False), quality=85, **how)


def tiff(pages: int, **how: Any) -> bytes:
    first, *rest = [sheet(f"page {number}", (620, 877), code=False) for number in range(pages)]
    return packed(first, "TIFF", save_all=True, append_images=rest, **how)


def pdf(pages: int = 1) -> bytes:
    first, *rest = [sheet(f"page {number}", (827, 1169)) for number in range(pages)]
    return packed(first, "PDF", save_all=True, append_images=rest, resolution=100)


def png_that_says_it_is(width: int, height: int) -> bytes:
    """A few bytes that claim to be a huge picture, which unpacks to nothing but black."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress(bytes((width + 1) * min(height, 2000)), 9)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def codes_on(content: bytes) -> list[str]:
    with Image.open(io.BytesIO(content)) as picture:
        grey = picture.convert("L")
    dots = memoryview(grey.tobytes()).cast("B", (grey.height, grey.width))
    return [one.text for one in zxingcpp.read_barcodes(dots)]
