"""Codes of every form that bears one: genuine as printed, altered where the sheet or the code was, doubtful where the
register moved on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from backbone_core.paper_proof import paper_qr_text, read_paper_qr
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.forms import PAPERS as SHEETS
from backbone_desktop.services.forms import Form
from backbone_desktop.services.handovers import make_handover, void_handover
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.printing import form_of
from backbone_desktop.services.registry import edit_household, household_as_typed, open_household
from backbone_desktop.services.verifying import Verdict, check_code
from tests.services.office_kit import ClaimMaker, Family, Office
from tests.services.verifying_kit import PAPERS, read, signing, wrong_facts

FORMS = (Form.HOUSEHOLD_SHEET, Form.APPLICATION, Form.HANDOVER)


@pytest.fixture
def own(office: Office) -> Desk:
    return signing(office.desk)


@pytest.fixture
def subjects(own: Desk, family: Family, claim: ClaimMaker) -> dict[Form, str]:
    days = (("2019-03-01", "2019-03-15"), ("2019-04-01", "2019-04-09"))
    claims = [register_claim(own, claim(admitted=begun, discharged=ended, settled=ended, invoice_no=f"SL{begun}"))
              for begun, ended in days]
    made = make_handover(own, [one.claim_id for one in claims])
    return {Form.HOUSEHOLD_SHEET: family.saved.household_id, Form.APPLICATION: claims[0].claim_id,
            Form.HANDOVER: made.id}


def printed(form: Form, data: Any, language: str = "zh_CN") -> bytes:
    return PAPERS.form(form, replace(data, language=language), SHEETS[form][0])


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])
@pytest.mark.parametrize("form", FORMS)
def test_a_form_as_it_was_printed_is_genuine(own: Desk, subjects: dict[Form, str], form: Form, language: str) -> None:
    data = form_of(own, form, subjects[form])
    checked = read(own, printed(form, data, language))
    assert wrong_facts(checked) == {}
    assert checked.strange == ()
    assert (checked.verdict, checked.reason, checked.form, checked.number) == (
        Verdict.GENUINE, "verify.text_fits", form.value, data.number)
    assert checked.facts, "it says what should stand there"
    assert check_code(own, data.qr).verdict is Verdict.GENUINE


@pytest.mark.parametrize(("form", "alter", "found"), [
    (Form.HOUSEHOLD_SHEET, lambda data: {"head_name": "测试丁", "members": (
        replace(data.members[0], name="测试丁"), *data.members[1:])}, "person.1"),
    (Form.APPLICATION, lambda data: {"costs": replace(data.costs, medfee_sumamt=91_234_56)}, "medfee_sumamt"),
    (Form.APPLICATION, lambda data: {"hospital": "示例县中医院"}, "hospital"),
    (Form.HANDOVER, lambda data: {"rows": (replace(data.rows[0], patient="测试丁"),)}, "person.1"),
])
def test_a_form_that_was_altered_is_found(own: Desk, subjects: dict[Form, str], form: Form, alter: Any,
                                          found: str) -> None:
    data = form_of(own, form, subjects[form])
    checked = read(own, printed(form, replace(data, **alter(data))))
    assert checked.verdict is Verdict.ALTERED
    assert found in wrong_facts(checked)


@pytest.mark.parametrize("form", FORMS)
def test_an_altered_code_is_found(own: Desk, subjects: dict[Form, str], form: Form) -> None:
    proof = read_paper_qr(form_of(own, form, subjects[form]).qr)
    for other in ({"content_hash": "ab" * 16}, {"signature": bytes(64)}, {"number": proof.number[:-1] + "7"}):
        assert check_code(own, paper_qr_text(replace(proof, **other))).verdict is Verdict.ALTERED


def test_a_person_who_was_added_is_found(own: Desk, subjects: dict[Form, str]) -> None:
    data = form_of(own, Form.HOUSEHOLD_SHEET, subjects[Form.HOUSEHOLD_SHEET])
    added = replace(data.members[-1], name="测试丁", id_no_masked="520625********4321")
    checked = read(own, printed(Form.HOUSEHOLD_SHEET, replace(data, members=(*data.members, added))))
    assert (checked.verdict, checked.strange) == (Verdict.ALTERED, ("520625********4321",))


@pytest.mark.parametrize("place", [0, 1])
def test_of_two_lines_with_one_name_neither_can_be_given_to_another(own: Desk, subjects: dict[Form, str],
                                                                    place: int) -> None:
    data = form_of(own, Form.HANDOVER, subjects[Form.HANDOVER])
    rows = [replace(row, patient="测试丁") if at == place else row for at, row in enumerate(data.rows)]
    checked = read(own, printed(Form.HANDOVER, replace(data, rows=tuple(rows))))
    assert checked.verdict is Verdict.ALTERED
    assert {"person.1", "person.2"} <= wrong_facts(checked).keys()


def test_a_list_that_was_taken_back_is_told_as_void(own: Desk, subjects: dict[Form, str]) -> None:
    data = form_of(own, Form.HANDOVER, subjects[Form.HANDOVER])
    void_handover(own, subjects[Form.HANDOVER])
    for checked in (check_code(own, data.qr), read(own, printed(Form.HANDOVER, data))):
        assert (checked.verdict, checked.reason, checked.here) == (Verdict.DOUBTFUL, "verify.void", True)
    altered = replace(data, rows=(replace(data.rows[0], patient="测试丁"), *data.rows[1:]))
    assert read(own, printed(Form.HANDOVER, altered)).verdict is Verdict.ALTERED


def test_a_sheet_that_was_printed_before_a_change_accuses_nobody(own: Desk, subjects: dict[Form, str]) -> None:
    household_id = subjects[Form.HOUSEHOLD_SHEET]
    data = form_of(own, Form.HOUSEHOLD_SHEET, household_id)
    draft = household_as_typed(open_household(own, household_id))
    edit_household(own, household_id, replace(draft, village="新村"))
    checked = read(own, printed(Form.HOUSEHOLD_SHEET, data))
    assert (checked.verdict, checked.reason) == (Verdict.DOUBTFUL, "verify.changed_since")
    code = check_code(own, data.qr)
    assert (code.verdict, code.reason, code.changed) == (Verdict.DOUBTFUL, "verify.superseded", True)
