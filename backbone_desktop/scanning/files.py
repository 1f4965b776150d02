"""Opens what is to become scans, by its content alone, and makes its pages one by one.

Bytes, pages and dots are bounded before anything is unpacked; a broken page leaves the others as they are.
"""

from __future__ import annotations

import io
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from backbone_core.attachment import Original
from backbone_core.errors import RuleBroken
from backbone_desktop.scanning.fitting import fit
from backbone_desktop.scanning.folder import WatchedFolder
from backbone_desktop.services.attachment_ports import ScanFile, ScanPage

MOST_BYTES = 64 << 20
MOST_PAGES = 60
MOST_DOTS = 60_000_000
"""Of a picture: an A3 sheet at 450 dots an inch."""
MOST_DOTS_OF_A_PHOTOGRAPH = 120_000_000
"""A JPEG is made smaller while it is unpacked."""
_DRAFT = (3400, 4800)
"""No photograph is unpacked smaller than this, so that it is still made smaller with care afterwards."""
_PDF_FINENESS = 200
_PDF_DOTS = 4_200_000
_PASSWORD = 4
"""PDFium's FPDF_ERR_PASSWORD."""
_BEGINNINGS = ((b"\xff\xd8\xff", Original.JPEG), (b"\x89PNG\r\n\x1a\n", Original.PNG),
               (b"II*\x00", Original.TIFF), (b"MM\x00*", Original.TIFF))


class ScanReader:
    """`services.attachment_ports.Scans`. `drawing` is held while PDFium works, which is one for the whole process."""

    def __init__(self, drawing: AbstractContextManager[Any]) -> None:
        self._drawing = drawing

    def open(self, content: bytes) -> ScanFile:
        if not content:
            raise RuleBroken("scan.empty", "file")
        _not_too_large(len(content))
        for beginning, kind in _BEGINNINGS:
            if content.startswith(beginning):
                return PictureFile(content, kind)
        if b"%PDF-" in content[:1024]:
            return PdfFile(content, self._drawing)
        raise RuleBroken("scan.kind", "file")

    def open_file(self, path: Path) -> ScanFile:
        try:
            _not_too_large(path.stat().st_size)
            content = path.read_bytes()
        except (OSError, ValueError):
            raise RuleBroken("scan.unreadable", "file") from None
        return self.open(content)

    def watch(self, folder: Path) -> WatchedFolder:
        return WatchedFolder(folder)


class PictureFile:
    """JPEG, PNG, or TIFF with its pages."""

    def __init__(self, content: bytes, kind: Original) -> None:
        from PIL import Image

        Image.MAX_IMAGE_PIXELS = None  # it warns before a photograph can be made smaller; dots are counted below
        self._content, self._kind = content, kind
        self.pages = self._count()

    def page(self, number: int) -> ScanPage:
        try:
            with self._open() as picture:
                picture.seek(number)
                self._check(picture)
                if self._kind is Original.JPEG:
                    picture.draft(picture.mode, _DRAFT)
                content, media_type, width, height = fit(picture)
        except RuleBroken:
            raise
        except Exception:  # whatever a broken picture makes its reader say
            raise RuleBroken("scan.broken", "file") from None
        return ScanPage(content, media_type, width, height, self._kind)

    def close(self) -> None:
        self._content = b""

    def _count(self) -> int:
        try:
            with self._open() as picture:
                if self._kind is not Original.TIFF:
                    self._check(picture)
                    return 1
                number = 0
                while True:
                    try:
                        picture.seek(number)
                    except EOFError:
                        break
                    if (number := number + 1) > MOST_PAGES:
                        raise RuleBroken("scan.many_pages", "file", most=MOST_PAGES)
        except RuleBroken:
            raise
        except Exception:
            raise RuleBroken("scan.broken", "file") from None
        return number

    def _open(self) -> Any:
        from PIL import Image

        return Image.open(io.BytesIO(self._content), formats=[self._kind.value.upper()])

    def _check(self, picture: Any) -> None:
        most = MOST_DOTS_OF_A_PHOTOGRAPH if self._kind is Original.JPEG else MOST_DOTS
        if picture.width * picture.height > most:
            raise RuleBroken("scan.large_picture", "file", most=most // 1_000_000)


class PdfFile:
    """Each page is drawn: what else may lie in such a file stays behind."""

    def __init__(self, content: bytes, drawing: AbstractContextManager[Any]) -> None:
        import pypdfium2

        self._drawing = drawing
        with drawing:
            try:
                self._document = pypdfium2.PdfDocument(content)
            except pypdfium2.PdfiumError as failure:
                locked = getattr(failure, "err_code", None) == _PASSWORD
                raise RuleBroken("scan.locked" if locked else "scan.broken", "file") from None
            self.pages = len(self._document)
        if not 0 < self.pages <= MOST_PAGES:
            self.close()
            raise RuleBroken("scan.many_pages" if self.pages else "scan.broken", "file", most=MOST_PAGES)

    def page(self, number: int) -> ScanPage:
        import pypdfium2

        try:
            with self._drawing:
                page = self._document[number]
                across, down = page.get_size()
                if min(across, down) <= 0:
                    raise RuleBroken("scan.broken", "file")
                scale = min(_PDF_FINENESS / 72, (_PDF_DOTS / (across * down)) ** 0.5)
                bitmap = page.render(scale=scale)
                picture = bitmap.to_pil().copy()
                bitmap.close()
                page.close()
            content, media_type, width, height = fit(picture)
        except (pypdfium2.PdfiumError, MemoryError, ValueError, ZeroDivisionError, OSError):
            raise RuleBroken("scan.broken", "file") from None
        return ScanPage(content, media_type, width, height, Original.PDF)

    def close(self) -> None:
        with self._drawing:
            self._document.close()


def _not_too_large(size: int) -> None:
    if size > MOST_BYTES:
        raise RuleBroken("scan.large", "file", most=MOST_BYTES >> 20)
