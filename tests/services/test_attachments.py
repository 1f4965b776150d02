"""Scans with claims on a real store: added, told apart, taken away and had back, and safe through a crash."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from backbone_core.attachment import CHUNK_BYTES, MediaType, Original, chunks, content_name
from backbone_core.claim import ClaimState
from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.ids import new_id
from backbone_desktop.services.attachment_ports import ScanPage
from backbone_desktop.services.attachments import (
    KEPT_DAYS,
    MOST_PAGES,
    Added,
    add_page,
    forget_scans,
    move_scan,
    put_back_scan,
    remove_scan,
    scan,
    scans_of,
    take_out,
)
from backbone_desktop.services.claims import open_claim, register_claim, save_claim_draft
from backbone_desktop.services.drafts import CLAIM_FORM, claim_payload, keep_draft
from backbone_desktop.store.backup import back_up
from backbone_desktop.store.opening import open_store
from tests.services.office_kit import KEY, ClaimMaker, Office, office_on
from tests.services.way_kit import AUDITOR, CLERK


def page(text: str = "a", size: int = 40_000) -> ScanPage:
    """Any bytes will do here: the store does not look into a picture."""
    return ScanPage((text.encode() * size)[:size], MediaType.JPEG, 1654, 2339, Original.JPEG)


@pytest.fixture
def claim_id(office: Office, claim: ClaimMaker) -> str:
    return register_claim(office.desk, claim()).claim_id


def test_a_page_is_kept_in_chunks_under_its_hash_and_comes_back_whole(office: Office, claim_id: str) -> None:
    given = page()
    made = add_page(office.desk, claim_id, "INVOICE", given).attachment
    assert (made.sha256, made.size, made.place) == (content_name(given.content), 40_000, 1)
    assert scan(office.desk, made.id) == (made, given.content)
    assert office.count("attachment_chunk") == len(list(chunks(given.content))) == -(-40_000 // CHUNK_BYTES)
    assert [one.here for one in scans_of(office.desk, claim_id)] == [True]
    history = open_claim(office.desk, claim_id).history
    assert history[0].act == "add_scan"
    assert set(history[0].detail) == {"attachment", "document", "sha256"}


def test_pages_stand_by_paper_in_their_order(office: Office, claim_id: str) -> None:
    for text, document in (("a", "INVOICE"), ("b", "COST_LIST"), ("c", "INVOICE")):
        add_page(office.desk, claim_id, document, page(text))
    kept = [(one.attachment.document, one.attachment.place) for one in scans_of(office.desk, claim_id)]
    assert kept == [("COST_LIST", 1), ("INVOICE", 1), ("INVOICE", 2)]


def test_the_same_page_is_not_kept_twice_with_one_claim(office: Office, claim_id: str) -> None:
    first = add_page(office.desk, claim_id, "INVOICE", page())
    before = office.stored()
    assert add_page(office.desk, claim_id, "COST_LIST", page()) == Added(attachment=first.attachment, again=True)
    assert office.stored() == before


def test_the_same_page_with_another_claim_is_told_and_its_bytes_are_kept_once(
    office: Office, claim: ClaimMaker, claim_id: str,
) -> None:
    receipt = open_claim(office.desk, claim_id).claim.receipt_no
    add_page(office.desk, claim_id, "INVOICE", page())
    other = new_id()
    chunks_before = office.count("attachment_chunk")
    assert add_page(office.desk, other, "INVOICE", page()).elsewhere == (receipt,)
    assert office.count("attachment_chunk") == chunks_before


def test_a_form_has_scans_before_it_is_stored_and_keeps_them(office: Office, claim: ClaimMaker) -> None:
    form = claim()
    form = replace(form, claim_id=form.claim_id or new_id())
    add_page(office.desk, form.claim_id, "INVOICE", page())
    taken = register_claim(office.desk, form)
    assert len(scans_of(office.desk, taken.claim_id)) == 1
    assert forget_scans(office.desk, taken.claim_id) == 0
    assert len(scans_of(office.desk, taken.claim_id)) == 1


def test_a_form_that_is_let_go_of_leaves_no_scans(office: Office) -> None:
    claim_id = new_id()
    add_page(office.desk, claim_id, "INVOICE", page())
    assert forget_scans(office.desk, claim_id) == 1
    assert scans_of(office.desk, claim_id) == ()


def test_scans_that_a_form_left_behind_go_in_time_but_not_those_of_a_form_in_progress(
    office: Office, claim_id: str, claim: ClaimMaker,
) -> None:
    lost, kept = new_id(), new_id()
    for number, one in enumerate((lost, kept, claim_id)):
        add_page(office.desk, one, "INVOICE", page(str(number)))
    keep_draft(office.desk, CLAIM_FORM, kept, claim_payload(claim()))
    office.clock.wait(days=KEPT_DAYS + 1)
    add_page(office.desk, claim_id, "INVOICE", page("x"))
    assert [len(scans_of(office.desk, one)) for one in (lost, kept, claim_id)] == [0, 1, 2]


def test_adding_ticks_the_paper_of_a_stored_draft_where_that_is_wanted(office: Office, claim: ClaimMaker) -> None:
    claim_id = save_claim_draft(office.desk, replace(claim(), documents=()))

    def here() -> set[str]:
        return {one.code for one in open_claim(office.desk, claim_id).claim.documents if one.handed_in}

    add_page(office.desk, claim_id, "INVOICE", page())
    assert here() == set()
    add_page(office.desk, claim_id, "COST_LIST", page("b"), tick=True)
    assert here() == {"COST_LIST"}


def test_a_scan_taken_away_leaves_a_tombstone_and_can_be_had_back(office: Office, claim_id: str) -> None:
    made = add_page(office.desk, claim_id, "INVOICE", page()).attachment
    remove_scan(office.desk, made.id)
    assert scans_of(office.desk, claim_id) == ()
    assert office.count("attachment") == 1
    with pytest.raises(RuleBroken, match=r"scan\.unknown"):
        scan(office.desk, made.id)
    assert put_back_scan(office.desk, made.id) == made
    assert scan(office.desk, made.id)[1] == page().content


def test_bytes_of_removed_scans_go_in_time_but_never_those_that_another_claim_names(
    office: Office, claim_id: str,
) -> None:
    alone = add_page(office.desk, claim_id, "INVOICE", page("a")).attachment
    shared = add_page(office.desk, claim_id, "INVOICE", page("b")).attachment
    other = add_page(office.desk, new_id(), "INVOICE", page("b")).attachment
    keep_draft(office.desk, CLAIM_FORM, other.claim_id, {})
    for one in (alone, shared):
        remove_scan(office.desk, one.id)
    office.clock.wait(days=KEPT_DAYS - 1)
    add_page(office.desk, claim_id, "INVOICE", page("c"))
    put_back_scan(office.desk, alone.id)
    remove_scan(office.desk, alone.id)
    office.clock.wait(days=KEPT_DAYS + 1)
    add_page(office.desk, claim_id, "INVOICE", page("d"))
    with pytest.raises(Unavailable, match=r"scan\.not_here"):
        put_back_scan(office.desk, alone.id)
    assert scan(office.desk, other.id)[1] == page("b").content
    assert put_back_scan(office.desk, shared.id) == shared


def test_a_page_is_put_to_another_paper_after_its_others(office: Office, claim_id: str) -> None:
    add_page(office.desk, claim_id, "COST_LIST", page("a"))
    made = add_page(office.desk, claim_id, "INVOICE", page("b")).attachment
    moved = move_scan(office.desk, made.id, "COST_LIST")
    assert (moved.document, moved.place, moved.sha256) == ("COST_LIST", 2, made.sha256)
    with pytest.raises(RuleBroken, match=r"scan\.document_unknown"):
        move_scan(office.desk, made.id, "SHOPPING_LIST")


def test_what_may_not_be_added_is_refused_and_leaves_nothing(office: Office, claim_id: str) -> None:
    before = office.stored()
    for desk, named, document, code in (
        (office.desk, "nonsense", "INVOICE", "claim.unknown"), (office.desk, claim_id, "NONE", "scan.document_unknown"),
        (office.desk, new_id(), "", "scan.document_unknown"), (office.desk, new_id(), "a\nb", "scan.document_unknown"),
        (office.as_(AUDITOR), claim_id, "INVOICE", "account.not_allowed"),
    ):
        with pytest.raises(RuleBroken) as broken:
            add_page(desk, named, document, page())
        assert broken.value.code == code
    assert office.stored() == before


def test_scans_of_an_ended_claim_stay_as_they_are(office: Office, claim_id: str) -> None:
    made = add_page(office.desk, claim_id, "INVOICE", page()).attachment
    with office.desk.open() as work:
        claim = work.claims.get(claim_id)
        assert claim is not None
        work.write(replace(claim, state=ClaimState.WITHDRAWN), "claim_withdraw")
        work.commit()
    for act in (lambda: add_page(office.desk, claim_id, "INVOICE", page("b")),
                lambda: remove_scan(office.desk, made.id), lambda: move_scan(office.desk, made.id, "COST_LIST")):
        with pytest.raises(RuleBroken, match=r"scan\.claim_ended"):
            act()
    assert scan(office.desk, made.id)[1] == page().content


def test_a_claim_has_so_many_pages_and_no_more(office: Office, claim_id: str) -> None:
    for number in range(MOST_PAGES):
        add_page(office.desk, claim_id, "INVOICE", page(f"{number:03d}", 30))
    with pytest.raises(RuleBroken, match=r"scan\.too_many"):
        add_page(office.desk, claim_id, "INVOICE", page("one more"))


def test_scans_that_leave_the_store_are_noted(office: Office, claim_id: str) -> None:
    made = add_page(office.desk, claim_id, "INVOICE", page()).attachment
    assert take_out(office.as_(CLERK), [made.id]) == ((made, page().content),)
    assert open_claim(office.desk, claim_id).history[0].act == "take_out_scan"


def test_bytes_that_are_damaged_or_not_all_here_are_never_shown(office: Office, claim_id: str) -> None:
    made = add_page(office.desk, claim_id, "INVOICE", page()).attachment
    with office.store.engine.connect().execution_options(writing=True) as connection:
        connection.exec_driver_sql("UPDATE attachment_chunk SET content = zeroblob(16384) WHERE number = 1")
        connection.commit()
    with pytest.raises(Unavailable, match=r"scan\.damaged"):
        scan(office.desk, made.id)
    with office.store.engine.connect().execution_options(writing=True) as connection:
        connection.exec_driver_sql("DELETE FROM attachment_chunk WHERE number = 1")
        connection.commit()
    with pytest.raises(Unavailable, match=r"scan\.not_here"):
        scan(office.desk, made.id)
    assert [one.here for one in scans_of(office.desk, claim_id)] == [False]
    add_page(office.desk, new_id(), "INVOICE", page())  # the same picture comes again and fills the gap
    assert scan(office.desk, made.id)[1] == page().content


KILLED = """
import os, sys
from pathlib import Path
from backbone_desktop.services import attachments
from backbone_desktop.store.opening import open_store
from tests.services.office_kit import KEY, office_on
from tests.services.test_attachments import page

office = office_on(open_store(Path(sys.argv[1]), KEY))
attachments.add_page(office.desk, sys.argv[2], "INVOICE", page("a"))
attachments._note = lambda *_: os.kill(os.getpid(), 9)
attachments.add_page(office.desk, sys.argv[2], "INVOICE", page("b"))
"""


def test_a_machine_that_dies_in_the_middle_keeps_whole_pages_only(office: Office, claim_id: str,
                                                                  tmp_path: Path) -> None:
    before = office.count("attachment_chunk")
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "office.db"), claim_id], check=False,
                           cwd=Path(__file__).parents[2])
    assert ended.returncode == -9
    (kept,) = scans_of(office.desk, claim_id)
    assert kept.here
    assert scan(office.desk, kept.attachment.id)[1] == page("a").content
    assert office.count("attachment_chunk") == before + len(list(chunks(page("a").content)))


def test_a_backup_holds_the_scans_and_nothing_of_them_is_readable(office: Office, claim_id: str,
                                                                  tmp_path: Path) -> None:
    made = add_page(office.desk, claim_id, "INVOICE", page("Geheimnis")).attachment
    copy = back_up(tmp_path / "office.db", KEY, tmp_path / "backups")
    held = copy.read_bytes() + (tmp_path / "office.db").read_bytes()
    held += b"".join(path.read_bytes() for path in tmp_path.glob("office.db-*"))
    assert b"Geheimnis" not in held
    store = open_store(copy, KEY)
    assert scan(office_on(store).desk, made.id)[1] == page("Geheimnis").content
    store.close()
