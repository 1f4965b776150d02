"""Files that need more than the picture library to be made."""

from __future__ import annotations

import io

import pytest


@pytest.fixture
def locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("geheim", strength=128))
    canvas.drawString(72, 700, "locked")
    canvas.save()
    return out.getvalue()
