"""The proof on a form: read back as it was written, and never read from what is not one."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone_core.errors import RuleBroken
from backbone_core.paper_proof import (
    PaperProof,
    number_in_code,
    paper_hash,
    paper_qr_text,
    paper_signed_bytes,
    read_paper_qr,
)
from backbone_core.receipt import qr_text

DIGEST = paper_hash("decision", "520625-2026-A01-000123-Y", "claim-id", {"amount": 616800})
PROOF = PaperProof(form="decision", number="520625-2026-A01-000123-Y", county="520625", device_no="A01",
                   content_hash=DIGEST[:32], signature=bytes(range(64)))


def test_a_proof_is_read_as_it_was_written() -> None:
    assert read_paper_qr(paper_qr_text(PROOF)) == PROOF


def test_what_a_paper_states_its_number_and_its_record_all_change_the_hash() -> None:
    stated = {"amount": 616800}
    hashes = {paper_hash("decision", "N", "a", stated), paper_hash("decision", "N", "b", stated),
              paper_hash("decision", "M", "a", stated), paper_hash("payment", "N", "a", stated),
              paper_hash("decision", "N", "a", {"amount": 616801})}
    assert len(hashes) == 5


def test_the_whole_hash_and_the_one_in_the_code_are_signed_alike() -> None:
    assert paper_signed_bytes("decision", "N", DIGEST) == paper_signed_bytes("decision", "N", DIGEST[:32])


@given(st.data())
def test_one_changed_character_is_another_proof_or_none(data: st.DataObject) -> None:
    text = paper_qr_text(PROOF)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([one for one in "ABCXYZ0234567:-_" if one != text[at]]))
    found = None
    with suppress(RuleBroken):
        found = read_paper_qr(text[:at] + other + text[at + 1 :])
    assert found != PROOF


def test_parts_that_no_reader_takes_make_no_code() -> None:
    with pytest.raises(ValueError, match="no code"):
        paper_qr_text(PaperProof(form="decision", number="张示例", county="520625", device_no="A01",
                                 content_hash=DIGEST, signature=bytes(64)))


def test_the_number_is_read_from_any_code_of_ours_and_from_nothing_else() -> None:
    proof = PaperProof(form="household_card", number="5206250001", county="520625", device_no="A01",
                       content_hash="5e" * 16, signature=bytes(64))
    receipt = qr_text("520625-2026-A01-000123-Y", "5e" * 32, bytes(64))
    assert number_in_code(paper_qr_text(proof)) == "5206250001"
    assert number_in_code(f" {paper_qr_text(proof).lower()}\r\n") == "5206250001"
    assert number_in_code(receipt) == "520625-2026-A01-000123-Y"
    assert [number_in_code(text) for text in ("", "5206250001", "BB2:", "张示例", "https://BB1:X:Y")] == [""] * 5
