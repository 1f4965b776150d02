"""Draws the pages of a PDF as pictures, for the window and for printers."""

from __future__ import annotations

import threading

drawing = threading.Lock()
"""PDFium keeps its state in the process and draws one page at a time."""


def page_count(pdf: bytes) -> int:
    import pypdfium2

    with drawing:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_picture(pdf: bytes, page: int, width: int) -> tuple[int, int, bytes]:
    """(width, height, BGRA bytes without gaps between the rows) of page `page` (from 0), drawn `width` pixels wide."""
    import pypdfium2
    from pypdfium2 import raw

    with drawing:
        document = pypdfium2.PdfDocument(pdf)
        try:
            sheet = document[page]
            across, down = sheet.get_size()
            height = max(1, round(width * down / across))
            bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGRA)
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
            raw.FPDF_RenderPageBitmap(bitmap, sheet, 0, 0, width, height, 0, raw.FPDF_ANNOT)
            return width, height, bytes(bitmap.buffer)
        finally:
            document.close()


def page_size(pdf: bytes, page: int) -> tuple[float, float]:
    """Width and height of a page in millimetres."""
    import pypdfium2

    with drawing:
        document = pypdfium2.PdfDocument(pdf)
        try:
            across, down = document.get_page_size(page)
            return across * 25.4 / 72, down * 25.4 / 72
        finally:
            document.close()
