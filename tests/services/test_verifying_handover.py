"""Codes of handover lists: genuine as printed, altered where the sheet or the code was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from backbone_core.paper_proof import paper_qr_text, read_paper_qr
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.forms import Form
from backbone_desktop.services.handovers import HandoverData, make_handover
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.printing import form_of
from backbone_desktop.services.verifying import Verdict, check_code
from tests.services.office_kit import ClaimMaker, Office
from tests.services.verifying_kit import PAPERS, read, signing, wrong_facts


@pytest.fixture
def own(office: Office) -> Desk:
    return signing(office.desk)


@pytest.fixture
def listed(own: Desk, claim: ClaimMaker) -> HandoverData:
    days = (("2019-03-01", "2019-03-15"), ("2019-04-01", "2019-04-09"), ("2019-05-01", "2019-05-09"))
    claims = [register_claim(own, claim(admitted=begun, discharged=ended, settled=ended, invoice_no=f"SL{begun}"))
              for begun, ended in days]
    data: HandoverData = form_of(own, Form.HANDOVER, make_handover(own, [one.claim_id for one in claims]).id)
    return data


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])
def test_a_list_as_it_was_printed_is_genuine(own: Desk, listed: HandoverData, language: str) -> None:
    checked = read(own, PAPERS.form(Form.HANDOVER, replace(listed, language=language), "A4"))
    assert (wrong_facts(checked), checked.strange) == ({}, ()), "sums of its sheets are known too"
    assert (checked.verdict, checked.reason, checked.number) == (Verdict.GENUINE, "verify.text_fits", listed.number)
    assert check_code(own, listed.qr).reason == "verify.look_yourself"


@pytest.mark.parametrize(("change", "found"), [({"patient": "测试丁"}, "member"),
                                               ({"receipt_no": "520625-2019-A03-000009-X"}, "number")])
def test_a_row_that_was_altered_is_found(own: Desk, listed: HandoverData, change: dict[str, Any], found: str) -> None:
    rows = tuple(replace(row, **change) for row in listed.rows)
    checked = read(own, PAPERS.form(Form.HANDOVER, replace(listed, rows=rows), "A4"))
    assert checked.verdict is Verdict.ALTERED
    assert found in wrong_facts(checked)


def test_an_amount_that_was_altered_is_found(own: Desk, listed: HandoverData) -> None:
    rows = (replace(listed.rows[0], benefit=9_999_99), *listed.rows[1:])
    checked = read(own, PAPERS.form(Form.HANDOVER, replace(listed, rows=rows), "A4"))
    assert (checked.verdict, "9,999.99" in checked.strange) == (Verdict.ALTERED, True)


def test_an_altered_code_is_found(own: Desk, listed: HandoverData) -> None:
    proof = read_paper_qr(listed.qr)
    for other in ({"content_hash": "ab" * 16}, {"signature": bytes(64)}, {"number": proof.number[:-1] + "7"}):
        assert check_code(own, paper_qr_text(replace(proof, **other))).verdict is Verdict.ALTERED
