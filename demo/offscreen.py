"""The demo on a machine without a display: the same window, the same day, and everything that it leaves in a folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from backbone_desktop.settings.paths import resources_dir
from demo import county
from demo.office import DemoOffice
from demo.server import ServerProcess


def say(text: str) -> None:
    print(text, flush=True)


def show_the_day(output: Path, languages: tuple[str, ...]) -> None:
    """Drive the journey once a language, each with an office and a computer of its own, against one centre."""
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    app = QApplication([])
    server = ServerProcess(output / "centre")
    server.start()
    say(f"the central server runs at {server.url}")
    try:
        for place, language in enumerate(languages):
            _one_day(app, server, output, language, f"A{place + 1:02d}")
        summary = server.summary()
    finally:
        server.stop()
    (output / "what-the-centre-holds.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), "utf-8")
    say(f"what the centre holds now:\n{json.dumps(summary['counties'], ensure_ascii=False, indent=1)}")
    say(f"everything lies in {output}")


def _one_day(app: QApplication, server: ServerProcess, output: Path, language: str, device_no: str) -> None:
    say(f"— {language}: a new computer, {device_no}")
    office = DemoOffice(app, output / f"profile-{device_no}", language, output / f"screens-{language}")
    journey = office.journey
    try:
        journey.first_start(device_no)
        journey.sign_in()
        journey.import_scheme(resources_dir() / "schemes" / county.SCHEME)
        say("  the office is set up, and its example scheme is in")
        first = device_no == "A01"
        families, stay = ((*county.NEIGHBOURS, county.FAMILY), county.STAY) if first else (
            (county.OTHER_FAMILY,), county.OTHER_STAY)
        for family in families:
            journey.register_household(family)
        say("  households are registered, offline")
        receipt_no = journey.register_claim(families[-1].people[0].id_no, stay)
        pdf = output / f"receipt-{receipt_no}.pdf"
        journey.save_receipt(pdf)
        _draw(office, pdf)
        say(f"  a claim is taken in: receipt {receipt_no}")
        if first:
            journey.record_death("张老例", "20260820", "因病")
            say("  what has happened to a household is recorded, and told in its history")
        journey.connect(server.url, server.code(county.COUNTY, device_no))
        journey.send()
        journey.look_around()
        say("  everything is sent; the centre's answer stands on the Exchange page")
    finally:
        office.close()


def _draw(office: DemoOffice, pdf: Path) -> None:
    """The receipt as a picture beside the PDF."""
    papers = office.backend.papers
    whole = pdf.read_bytes()
    for page in range(papers.pages(whole)):
        width, height, pixels = papers.image(whole, page, 1654)
        picture = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGB32)
        picture.save(str(pdf.with_name(f"{pdf.stem}-{page + 1}.png")))
