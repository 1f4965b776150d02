"""Every form from the window to a file, with what the insurer answered, and the receipt verified: the demo's day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2

from backbone_desktop.services.forms import PAPERS, SIZES, Form
from backbone_desktop.services.verifying import Verdict
from demo import county
from demo.insurer import Insurer
from demo.office import DemoOffice
from demo.offscreen import answer_claims, check_claims, code_on
from demo.papers import Papers
from demo.server import ServerProcess
from tests.journeys.test_main_journey import centre, no_keyring, office, open_the_morning

__all__ = ["centre", "no_keyring", "office"]


def text_of(pdf: Path) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf.read_bytes()))


def sheet_of(pdf: Path) -> list[int]:
    """Width and height in whole millimetres."""
    return [round(length / 72 * 25.4) for length in pypdfium2.PdfDocument(pdf.read_bytes())[0].get_size()]


def test_every_form_is_printed_and_the_receipt_is_verified(
        office: Callable[..., DemoOffice], centre: ServerProcess, tmp_path: Path) -> None:
    here = office()
    open_the_morning(here)
    here.journey.register_household(county.FAMILY)
    here.journey.register_household(county.NEIGHBOURS[0])
    lacking = here.journey.register_claim(*_of(county.STAYS[0]))
    received = here.journey.register_claim(*_of(county.STAYS[2]))
    receipt = tmp_path / "receipt.pdf"
    here.journey.save_receipt(receipt)
    papers = Papers(here.clerk, here.words)
    listed = papers.hand_over()
    here.journey.connect(centre.url, centre.code(county.COUNTY, "A01"))
    here.journey.send()
    check_claims(here)
    here.journey.send()
    answer_claims(here, Insurer(centre, tmp_path / "insurer"))
    here.journey.send()

    made = papers.print_every_form(tmp_path / "papers")
    assert set(made) == set(Form)
    texts = {form: [text_of(file) for file in files] for form, files in made.items()}
    assert lacking in texts[Form.MISSING_PAPERS][0]
    assert listed in texts[Form.HANDOVER][0]
    for form in (Form.RECEIPT, Form.DECISION, Form.PAYMENT):
        assert received in texts[form][0], form
        assert "6,168.00" in texts[form][0], form
    covered, paid = texts[Form.PUBLICITY]
    assert "张*例" in covered
    assert "6,168.00" not in covered
    assert "6,168.00" in paid
    for form, files in made.items():
        assert sheet_of(files[0]) == list(SIZES[PAPERS[form][0]]), f"{form} lies on its usual sheet"
    for pages in texts.values():
        assert not any(county.FAMILY.people[0].id_no in text for text in pages), "ID numbers are masked on every paper"

    assert papers.save_all(Form.RECEIPT, tmp_path / "all.pdf") == 2
    assert all(number in text_of(tmp_path / "all.pdf") for number in (lacking, received))
    assert papers.look_at_log() == 1 + 11 + 2, "the receipt at the counter, one of each list, and the batch"
    verdicts = [(check.checked.verdict, check.checked.number, check.checked.compared)
                for check in papers.verify(receipt, code_on(here, receipt))]
    assert verdicts == [(Verdict.GENUINE, received, False), (Verdict.GENUINE, received, True)]


def _of(stay: tuple[county.Person, county.Stay]) -> tuple[str, county.Stay]:
    return stay[0].id_no, stay[1]
