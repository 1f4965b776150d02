"""The peer: a reportlab canvas in a loop. Where everything goes it is told; it draws text, lines and its own QR."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
SHEET = 210 * mm, 148 * mm


def draw(canvas: Canvas, steps: list[list[Any]], code: str) -> None:
    for kind, *told in steps:
        if kind == "text":
            x, y, text, font, size, grey, spread = told
            _use(font)
            canvas.setFillGray(grey)
            canvas.setFont(font, size)
            canvas.drawString(x, y, text, charSpace=spread)
        elif kind == "line":
            canvas.setLineWidth(told[4])
            canvas.line(*told[:4])
        elif kind == "box":
            *place, weight, grey, dashed = told
            canvas.setStrokeGray(grey)
            canvas.setLineWidth(weight)
            canvas.setDash(1.6, 1.6) if dashed else canvas.setDash()
            canvas.rect(*place)
            canvas.setDash()
            canvas.setStrokeGray(0)
        elif kind == "circle":
            *place, weight, grey = told
            canvas.setStrokeGray(grey)
            canvas.setLineWidth(weight)
            canvas.setDash(1.6, 1.6)
            canvas.circle(*place)
            canvas.setDash()
            canvas.setStrokeGray(0)
        elif kind == "square":
            x, y, side = told
            canvas.setLineWidth(0.08 * side)
            canvas.rect(x + 0.08 * side, y + 0.08 * side, 0.84 * side, 0.84 * side)
        elif kind == "tick":
            x, y, side = told
            canvas.setLineWidth(0.14 * side)
            canvas.lines([(x + a * side, y + b * side, x + c * side, y + d * side)
                          for a, b, c, d in ((0.24, 0.5, 0.43, 0.3), (0.43, 0.3, 0.78, 0.72))])
        else:
            x, y, side = told
            widget = QrCodeWidget(code, barLevel="M", barWidth=side, barHeight=side, barBorder=0)
            drawing = Drawing(side, side)
            drawing.add(widget)
            renderPDF.draw(drawing, canvas, x, y)


def _use(font: str) -> None:
    if font not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(font, str(FONTS / f"{font}.ttf")))


def main(plan: str, out: str, count: int) -> None:
    rl_config.useA85 = 0
    with open(plan, encoding="utf-8") as lines:
        pages = [json.loads(line) for _, line in zip(range(count), lines, strict=False)]
    begun = time.monotonic()
    canvas = Canvas(out, pagesize=SHEET, pageCompression=1, invariant=1)
    for page in pages:
        draw(canvas, page["steps"], page["qr"])
        canvas.showPage()
    canvas.save()
    done = time.monotonic()
    print(json.dumps({"seconds": done - begun, "done": done, "pages": len(pages),
                      "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
