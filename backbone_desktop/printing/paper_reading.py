"""Reads a finished paper back: the text and the codes of a PDF, the codes on a picture from a scanner or a telephone.

Whatever somebody brings is bounded in bytes, pages and dots, and what is broken is refused with a sentence.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_core.errors import RuleBroken
from backbone_desktop.printing.preview import drawing
from backbone_desktop.printing.sheet_text import text_by_rows
from backbone_desktop.printing.text_under import is_any_under
from backbone_desktop.services.paper_rows import PaperFile, SheetRead, Source

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 64 << 20
MOST_PAGES = 200
MOST_SIGNS = 10_000
"""On a page; the fullest of ours has less than a third of that."""
MOST_DOTS = 50_000_000
"""Of a picture. A photograph (JPEG) may have more, unless it is a progressive one: it is read at half its size or
less."""
MOST_FRAMES = 20
ENOUGH_DOTS = 4_000_000
"""A picture below this is also looked at twice as large: a small code is then found more often."""
SCANNED = 0.5
"""Share of a page from which on a picture is the page: what a scanner believes to have read of it is not looked at."""
MOST_CODES = 50
LONGEST_CODE = 1_000
_PHOTOGRAPH = (3000, 3000)
_FINENESS = (200, 400)
"""Dots an inch at which a page is looked at, the second where the first finds nothing."""
_KINDS = ("PNG", "JPEG", "BMP", "TIFF", "GIF", "WEBP")
_PASSWORD = 4
"""PDFium's FPDF_ERR_PASSWORD."""


def read_paper_file(path: Path, cancelled: Callable[[], bool] = lambda: False) -> PaperFile:
    """As `read_paper` does; raises verify.file_unreadable too."""
    try:
        _not_too_large(path.stat().st_size)
        content = path.read_bytes()
    except (OSError, ValueError):
        raise RuleBroken("verify.file_unreadable", "file") from None
    return read_paper(content, cancelled)


def read_paper(content: bytes, cancelled: Callable[[], bool] = lambda: False) -> PaperFile:
    """Read a file's pages.

    Raises RuleBroken at field "file": verify.file_empty, verify.file_large (most, in MB), verify.file_kind,
    verify.file_broken, verify.file_locked, verify.pages_many (most), verify.text_much (most), verify.picture_large
    (most, in millions of dots), verify.stopped.
    """
    if not content:
        raise RuleBroken("verify.file_empty", "file")
    _not_too_large(len(content))
    if b"%PDF-" in content[:1024]:
        return PaperFile(Source.PDF, tuple(_pdf_sheets(content, cancelled)))
    return PaperFile(Source.PICTURE, tuple(_pictures(content, cancelled)))


def _pdf_sheets(content: bytes, cancelled: Callable[[], bool]) -> Iterator[SheetRead]:
    import pypdfium2

    with drawing:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as failure:
            locked = getattr(failure, "err_code", None) == _PASSWORD
            raise RuleBroken("verify.file_locked" if locked else "verify.file_broken", "file") from None
    try:
        with drawing:
            pages = len(document)
        if not pages:
            raise RuleBroken("verify.file_broken", "file")
        if pages > MOST_PAGES:
            raise RuleBroken("verify.pages_many", "file", most=MOST_PAGES)
        for number in range(pages):
            _go_on(cancelled)
            try:
                with drawing:  # page by page, so that the window can draw in between
                    sheet = _pdf_sheet(document[number])
            except (pypdfium2.PdfiumError, MemoryError):
                raise RuleBroken("verify.file_broken", "file") from None
            yield sheet
    finally:
        with drawing:
            document.close()


def _pdf_sheet(page: Any) -> SheetRead:
    from pypdfium2 import raw

    across, down = page.get_size()
    pictures = [item for item in page.get_objects(max_depth=3) if item.type == raw.FPDF_PAGEOBJ_IMAGE]
    scanned = any(_area(picture) > SCANNED * across * down for picture in pictures)
    textpage = page.get_textpage()
    if textpage.count_chars() > MOST_SIGNS:
        raise RuleBroken("verify.text_much", "file", most=MOST_SIGNS)
    # what a scanner believes to have read is no text of the paper
    text, rows = ("", "") if scanned else (textpage.get_text_bounded(), text_by_rows(textpage))
    codes: tuple[str, ...] = ()
    under = False
    for dots in _FINENESS:
        scale = min(dots / 72, (MOST_DOTS / max(1.0, across * down)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        seen = memoryview(bytes(bitmap.buffer)).cast("B", (bitmap.height, bitmap.stride))
        codes = _codes(seen)
        under = under or (not scanned and is_any_under(page, textpage, seen, bitmap.width))
        bitmap.close()
        if codes or not pictures:
            break
    textpage.close()
    laid_over = bool(text.strip()) and (bool(pictures) or under or raw.FPDFPage_GetAnnotCount(page.raw) > 0)
    page.close()
    return SheetRead(text, codes, rows, laid_over)


def _area(picture: Any) -> float:
    """In square points."""
    from ctypes import c_float

    from pypdfium2 import raw

    left, bottom, right, top = (c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(picture, left, bottom, right, top)
    return abs((right.value - left.value) * (top.value - bottom.value))


def _pictures(content: bytes, cancelled: Callable[[], bool]) -> Iterator[SheetRead]:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # it warns of sizes before a photograph can be made smaller; ours are looked at below
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as picture:
            if not picture.info.get("progressive"):  # such a one is unpacked whole before it can be made smaller
                picture.draft("L", _PHOTOGRAPH)  # a photograph is made smaller while it is unpacked
            for number in range(min(getattr(picture, "n_frames", 1), MOST_FRAMES)):
                _go_on(cancelled)
                picture.seek(number)
                if picture.width * picture.height > MOST_DOTS:
                    raise RuleBroken("verify.picture_large", "file", most=MOST_DOTS // 1_000_000)
                yield SheetRead("", _codes_on(_grey(picture)))
    except UnidentifiedImageError:
        raise RuleBroken("verify.file_kind", "file") from None
    except RuleBroken:
        raise
    except Exception:  # whatever a broken picture makes its reader say
        raise RuleBroken("verify.file_broken", "file") from None


def _grey(picture: Image) -> Image:
    """In grey on white; what is transparent is paper."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        from PIL import Image

        solid = picture.convert("RGBA")
        paper = Image.new("L", solid.size, 255)
        paper.paste(solid.convert("L"), mask=solid.getchannel("A"))
        return paper
    return picture.convert("L")


def _codes_on(picture: Image) -> tuple[str, ...]:
    """Looked at as it is; where that finds nothing, with more contrast, larger, and smoothed."""
    for made in _ways_of_looking(picture):
        codes = _codes(memoryview(made.tobytes()).cast("B", (made.height, made.width)))
        if codes:
            return codes
    return ()


def _ways_of_looking(picture: Image) -> Iterator[Image]:
    from PIL import Image, ImageFilter, ImageOps

    yield picture
    strong = ImageOps.autocontrast(picture, cutoff=2)
    yield strong
    if picture.width * picture.height <= ENOUGH_DOTS:
        twice = strong.resize((picture.width * 2, picture.height * 2), Image.Resampling.BICUBIC)
        yield twice
        yield twice.filter(ImageFilter.GaussianBlur(1.2))
    else:
        yield strong.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)
    yield picture.filter(ImageFilter.MedianFilter(3))


def _codes(dots: memoryview) -> tuple[str, ...]:
    import zxingcpp

    found = zxingcpp.read_barcodes(dots, formats=zxingcpp.BarcodeFormat.QRCode)  # type: ignore[arg-type]
    texts = (one.text for one in found[:MOST_CODES] if one.valid)
    return tuple(dict.fromkeys(text for text in texts if 0 < len(text) <= LONGEST_CODE))


def _not_too_large(size: int) -> None:
    if size > MOST_BYTES:
        raise RuleBroken("verify.file_large", "file", most=MOST_BYTES >> 20)


def _go_on(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise RuleBroken("verify.stopped", "file")
