"""The demo on a machine without a display: the same window, the same day, and everything that it leaves in a folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from backbone_core.claim import ClaimAct, ClaimState
from backbone_desktop.services.accounts import add_account
from backbone_desktop.services.claim_way import take_step
from backbone_desktop.services.claims import list_claims, open_claim
from backbone_desktop.services.forms import Form
from backbone_desktop.services.rows import Role
from backbone_desktop.settings.paths import resources_dir
from demo import county
from demo.insurer import Insurer
from demo.office import DemoOffice
from demo.papers import Papers
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
        first = device_no == county.DEVICE_NO
        families = (*county.NEIGHBOURS, county.FAMILY) if first else (county.OTHER_FAMILY,)
        for family in families:
            journey.register_household(family)
        say("  households are registered, offline")
        for patient, stay in county.OTHER_STAYS if not first else county.STAYS:
            receipt_no = journey.register_claim(patient.id_no, stay)
        pdf = output / f"receipt-{receipt_no}.pdf"
        journey.save_receipt(pdf)
        _draw(office, pdf)
        say(f"  claims are taken in; the last one's receipt is {receipt_no}")
        if first:
            journey.record_death("张老例", "20260820", "因病")
            say("  what has happened to a household is recorded, and told in its history")
        papers = Papers(office.clerk, office.words)
        say(f"  what has all its papers goes on: handover list {papers.hand_over()}")
        journey.connect(server.url, server.code(county.COUNTY, device_no))
        check_claims(office)
        journey.send()
        answer_claims(office, Insurer(server, output / "insurer"))
        journey.send()
        papers.look_at_answers()
        say("  everything is sent; the insurer's decisions and payments came back through the centre")
        _print(office, papers, output / f"papers-{language}", pdf)
        papers.look_at_villages()
        journey.look_around()
    finally:
        office.close()


def check_claims(office: DemoOffice) -> None:
    """Two people of the county check, one after the other, what has all its papers."""
    received = [row.id for row in list_claims(office.desk).rows if row.state is ClaimState.RECEIVED]
    for (account, name), act in zip(county.CHECKERS, (ClaimAct.CHECK_TOWNSHIP, ClaimAct.CHECK_COUNTY), strict=True):
        add_account(office.desk, account, name, Role.COUNTY, county.PASSWORD)
        checker = office.backend.sign_in(account, county.PASSWORD)
        for claim_id in received:
            take_step(checker, claim_id, act)


def answer_claims(office: DemoOffice, insurer: Insurer) -> None:
    """The insurer pays what has all its papers, but refuses an older ailment; what lacks papers it never sees."""
    desk = office.desk
    for row in list_claims(desk).rows:
        view = open_claim(desk, row.id)
        if view.claim.state is not ClaimState.COUNTY_CHECKED:
            continue
        if view.claim.invoice_no == county.STAY_REFUSED.invoice_no:
            insurer.refuses(row.receipt_no, "既往症")
        else:
            insurer.pays(row.receipt_no, row.benefit)


def _print(office: DemoOffice, papers: Papers, folder: Path, receipt: Path) -> None:
    """One of each form as PDF and picture, all receipts in one file, and what was made verified."""
    for form, files in papers.print_every_form(folder).items():
        for file in files:
            _draw(office, file)
        say(f"  printed: {office.words(f'form.{form}.title')}")
    many = papers.save_all(Form.RECEIPT, folder / "all-receipts.pdf")
    say(f"  {many} receipts are in one file; the log of prints has {papers.look_at_log()} lines")
    for check in papers.verify(receipt, code_on(office, receipt)):
        say(f"  verified: {check.checked.number} is {check.checked.verdict}")


def code_on(office: DemoOffice, pdf: Path) -> str:
    """What a barcode gun types when it is held over the paper."""
    return str(office.backend.papers.read_file(pdf).sheets[0].codes[0])


def _draw(office: DemoOffice, pdf: Path) -> None:
    """The receipt as a picture beside the PDF."""
    papers = office.backend.papers
    whole = pdf.read_bytes()
    for page in range(papers.pages(whole)):
        width, height, pixels = papers.image(whole, page, 1654)
        picture = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGB32)
        picture.save(str(pdf.with_name(f"{pdf.stem}-{page + 1}.png")))
