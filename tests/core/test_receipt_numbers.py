"""Receipt numbers, and the proof in the receipt's QR code."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_kit import claim_2019

from backbone_core.claim import Cause, Claim, ClaimState, Costs, Document
from backbone_core.errors import RuleBroken
from backbone_core.receipt import (
    check_character,
    content_hash,
    qr_text,
    read_qr_text,
    read_receipt_number,
    receipt_number,
    signed_bytes,
)

VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ID_NO = "520625198001010015"

numbers = st.builds(
    receipt_number,
    st.integers(110000, 659999).map(str),
    st.integers(2017, 2099),
    st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True),
    st.integers(1, 999_999),
)


def test_the_standard_s_own_example() -> None:
    # ISO/IEC 7064 MOD 37,36 as used by the Global Release Identifier's example
    assert check_character("A12425GABC1234002") == "M"


def test_a_number_as_it_stands_on_paper() -> None:
    assert receipt_number("520625", 2019, "A03", 123) == "520625-2019-A03-000123-C"


@pytest.mark.parametrize(
    "typed",
    [
        "520625-2019-A03-000123-C",
        "5206252019a03000123c",
        " 520625 2019 A03 000123 C ",
        "５２０６２５－２０１９－Ａ０３－０００１２３－Ｃ",
        "520625—2019—A03—000123—C",
    ],
)
def test_a_number_is_read_however_it_was_typed(typed: str) -> None:
    read = read_receipt_number(typed)
    assert (read.county, read.year, read.device_no, read.number) == ("520625", 2019, "A03", 123)
    assert str(read) == "520625-2019-A03-000123-C"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "receipt.form"),
        ("520625-2019-A03-123-C", "receipt.form"),
        ("520625-2019-303-000123-C", "receipt.form"),
        ("520625-2019-A03-000000-A", "receipt.form"),
        ("520625-2019-A03-000123-D", "receipt.check_character"),
        ("520625-2019-A03-000124-C", "receipt.check_character"),
    ],
)
def test_what_is_no_number_is_refused(typed: str, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_receipt_number(typed)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "parts", [("52062", 2019, "A03", 1), ("520625", 2019, "3A0", 1), ("520625", 2019, "A03", 0),
              ("520625", 2019, "A03", 1_000_000)]
)  # fmt: skip
def test_parts_that_make_no_number_are_a_bug(parts: tuple[str, int, str, int]) -> None:
    with pytest.raises(ValueError, match="receipt number"):
        receipt_number(*parts)


@given(numbers)
def test_every_number_is_read_back(number: str) -> None:
    assert str(read_receipt_number(number)) == number


@given(numbers, st.integers(0, 19), st.integers(1, 35))
def test_the_check_character_finds_every_wrong_character(number: str, place: int, change: int) -> None:
    plain = number.replace("-", "")
    wrong = VALUES[(VALUES.index(plain[place]) + change) % 36]
    spoilt = plain[:place] + wrong + plain[place + 1 :]
    assert check_character(spoilt[:-1]) != spoilt[-1]


def test_nearly_every_swap_of_neighbours_is_found() -> None:
    # ISO/IEC 7064 promises every wrong character for its hybrid systems, and "nearly all" swaps
    swaps = missed = 0
    for number in range(1, 4000):
        plain = receipt_number("520625", 2019, "A03", number * 97 % 1_000_000 or 1).replace("-", "")
        for place in range(18):
            one, other = plain[place], plain[place + 1]
            if one != other:
                swaps += 1
                swapped = plain[:place] + other + one + plain[place + 2 : -1]
                missed += check_character(swapped) == plain[-1]
    assert missed / swaps < 0.01


TAKEN_IN = claim_2019(
    receipt_no="520625-2019-A03-000123-C",
    received_at=datetime(2019, 6, 1, 2, 3, 4, tzinfo=UTC),
    received_by="clerk",
    benefit=481920,
    scheme_id="EXAMPLE",
    scheme_version=1,
)

STATED: dict[str, Any] = {
    "receipt_no": "520625-2019-A03-000124-A", "received_at": datetime(2019, 6, 2, tzinfo=UTC), "received_by": "other",
    "policy_year": 2020, "member_id": "n", "household_id": "i", "cause": Cause.ACCIDENT, "hospital": "另一家",
    "diagnosis": "另一个", "admitted": date(2019, 3, 2), "discharged": date(2019, 3, 10), "invoice_no": "2",
    "costs": Costs(medfee_sumamt=993201), "documents": (Document(code="INVOICE", handed_in=True),),
    "bank_account": "1", "scheme_id": "OTHER", "scheme_version": 2, "benefit": 481921, "id": "another",
}  # fmt: skip


@pytest.mark.parametrize("name", STATED)
def test_the_hash_changes_with_everything_that_the_receipt_states(name: str) -> None:
    changed = replace(TAKEN_IN, **{name: STATED[name]})
    assert content_hash(changed, ID_NO) != content_hash(TAKEN_IN, ID_NO)


def test_the_hash_changes_with_the_identity_number_and_not_with_what_comes_later() -> None:
    before = content_hash(TAKEN_IN, ID_NO)
    assert content_hash(TAKEN_IN, "530521197505050025") != before
    later = replace(TAKEN_IN, state=ClaimState.PAID, signature="00", content_hash=before, remarks="示例")
    assert content_hash(later, ID_NO) == before
    assert set(STATED) <= {field.name for field in fields(Claim)}


def test_the_hash_does_not_depend_on_how_a_moment_is_written() -> None:
    assert TAKEN_IN.received_at is not None
    elsewhere = replace(TAKEN_IN, received_at=TAKEN_IN.received_at.astimezone(timezone(timedelta(hours=8))))
    assert content_hash(elsewhere, ID_NO) == content_hash(TAKEN_IN, ID_NO)


def test_a_qr_code_says_number_hash_and_signature_and_nothing_else() -> None:
    digest = content_hash(TAKEN_IN, ID_NO)
    signature = bytes(range(64))
    text = qr_text(TAKEN_IN.receipt_no, digest, signature)
    read = read_qr_text(text)
    assert (read.receipt_no, read.content_hash, read.signature) == (TAKEN_IN.receipt_no, digest[:32], signature)
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+", text), "every character is one that a QR code packs densely"
    assert len(text) <= 160
    for personal in (ID_NO, ID_NO[6:14], "测试甲", TAKEN_IN.bank_account, TAKEN_IN.diagnosis, TAKEN_IN.hospital):
        assert personal not in text


def test_what_was_signed_can_be_checked_from_the_code_alone() -> None:
    digest = content_hash(TAKEN_IN, ID_NO)
    read = read_qr_text(qr_text(TAKEN_IN.receipt_no, digest, bytes(64)))
    assert signed_bytes(read.receipt_no, read.content_hash) == signed_bytes(TAKEN_IN.receipt_no, digest)
    assert signed_bytes("520625-2019-A03-000124-A", digest) != signed_bytes(TAKEN_IN.receipt_no, digest)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "receipt.qr_form"),
        ("https://example.invalid/", "receipt.qr_form"),
        ("BB1:520625-2019-A03-000123-C:AAAA:AAAA", "receipt.qr_form"),
        ("BB1:520625-2019-A03-000123-C:A:A", "receipt.qr_form"),
        (qr_text("520625-2019-A03-000123-D", "0" * 64, bytes(64)), "receipt.check_character"),
    ],
)
def test_another_code_is_refused(text: str, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_qr_text(text)
    assert caught.value.code == code
