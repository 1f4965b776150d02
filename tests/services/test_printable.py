"""Characters that no font prints: told at their field, found in all that may stand on a paper, stopping nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from office_kit import SON_ID, ClaimMaker, Office, head, household, wife

from backbone_desktop.services import printable
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.printable import check_printable, named
from backbone_desktop.services.printed_ports import Source
from backbone_desktop.services.registry import register_household

LACKING = "\U0002EBF0"


@pytest.fixture(autouse=True)
def fonts(office: Office) -> None:
    """A desk whose papers lack one character."""
    office.desk = replace(office.desk, lacking=lambda text: (LACKING,) if LACKING in text else ())


def test_a_name_without_a_font_only_warns(office: Office) -> None:
    saved = register_household(office.desk, household(head(name=f"测{LACKING}"), wife(), village=f"{LACKING}家村"))
    assert [(one.code, one.field, one.facts) for one in saved.warnings] == [
        ("text.no_glyph", "members.0.name", {"characters": "U+2EBF0"}),
        ("text.no_glyph", "village", {"characters": "U+2EBF0"}),
    ]


def test_so_does_what_is_typed_into_a_claim(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(hospital=f"示例{LACKING}医院", diagnosis=f"示例{LACKING}"))
    assert [(one.code, one.field) for one in taken.warnings] == [
        ("text.no_glyph", "hospital"), ("text.no_glyph", "diagnosis")]


@pytest.mark.parametrize("at_once", [1, 2, 5_000])
def test_everything_that_may_be_printed_is_looked_through(
    office: Office, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(printable, "SLICE", at_once)
    register_household(office.desk, household(head(name=f"测{LACKING}"), wife(), head(id_no=SON_ID, relation="之子")))
    found = check_printable(office.desk)
    for source, table in ((Source.OFFICE, "office"), (Source.ACCOUNT, "account"), (Source.HOUSEHOLD, "household"),
                          (Source.MEMBER, "member"), (Source.CLAIM, "claim"), (Source.ENTRY, "reference_entry")):
        assert found.rows[source] == office.count(table)
    assert found.rows[Source.MEMBER] == 3
    assert [(one.source, one.number, one.field) for one in found.lacking] == [
        (Source.MEMBER, "5206250001", "name")]


def test_a_record_is_told_by_its_number(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(diagnosis=f"示例{LACKING}"))
    (lacking,) = check_printable(office.desk).lacking
    assert (lacking.source, lacking.number, lacking.field, lacking.characters) == (
        Source.CLAIM, taken.receipt_no, "diagnosis", (LACKING,))


def test_what_was_removed_is_not_looked_at(office: Office) -> None:
    before = check_printable(office.desk).rows
    register_household(office.desk, household(head(name=f"测{LACKING}"), wife()))
    with office.desk.open() as work:
        for row in work.printed.some(Source.MEMBER, "", 100):
            member = work.members.get(row.key)
            assert member is not None
            work.remove(member)
        work.commit()
    after = check_printable(office.desk)
    assert after.rows[Source.MEMBER] == before[Source.MEMBER]
    assert after.lacking == ()


def test_a_character_that_cannot_be_seen_is_named_by_its_number() -> None:
    assert named("䶮") == "䶮（U+4DAE）"
    assert named("\ue000") == "U+E000"
    assert named(" ") == "U+0020"
