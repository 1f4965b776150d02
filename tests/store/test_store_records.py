"""What each repository keeps and finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from store_samples import HEAD_ID, SON_ID, SPOUSE_ID, Family, Opened, claim, enrolment, household, member, profile

from backbone_core.claim import ClaimState, Document
from backbone_core.enrolment import EnrolmentStatus
from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.household import PovertyType
from backbone_desktop.services.forms import Form
from backbone_desktop.services.rows import Account, DeviceState, ExchangeNote, PrintNote, Role, SyncStatus

SCHEME = (Path(__file__).parents[2] / "resources/schemes/example-1900-60-520625-2019.json").read_text("utf-8")


def test_households_by_id_and_number(opened: Opened, family: Family) -> None:
    with opened.read() as work:
        assert work.households.get(family.household.id) == family.household
        assert work.households.by_number("5206250001") == family.household
        assert work.households.get("none") is None
        assert work.households.by_number("none") is None


def test_the_head_comes_first_then_who_was_registered_first(opened: Opened, family: Family) -> None:
    son = member(family.household, "测试丙", SON_ID, "之子")
    opened.write(son)
    opened.write(replace(family.head, relation="配偶"), replace(family.spouse, relation="户主"), act="edit")
    with opened.read() as work:
        assert [one.name for one in work.households.members(family.household.id)] == ["测试乙", "测试甲", "测试丙"]


def test_the_list_shows_a_household_as_it_stands(opened: Opened, family: Family) -> None:
    with opened.read() as work:
        (row,) = work.households.page("", None, 10).rows
    assert (row.head_name, row.head_id_no, row.members, row.matched) == ("测试甲", HEAD_ID, 2, "")
    assert (row.poverty_type, row.village, row.status) == (PovertyType.ORDINARY, "测试村", SyncStatus.WAITING)


def test_the_next_household_number_is_this_devices_own(opened: Opened) -> None:
    with opened.open() as work:
        assert work.households.next_number("520625") == "52062500001"
        work.office.save(profile())
        assert work.households.next_number("520625") == "520625A0300001"
        work.write(household("520625A0300001"), "register")
        work.write(household("520625A03-OLD"), "register")
        gone = household("520625A0300007")
        work.write(gone, "register")
        work.remove(gone)
        assert work.households.next_number("520625") == "520625A0300008"
        assert work.households.next_number("530627") == "530627A0300001"


def test_members_by_id_and_number(opened: Opened, family: Family) -> None:
    with opened.read() as work:
        assert work.members.get(family.spouse.id) == family.spouse
        assert work.members.by_id_no(SPOUSE_ID) == family.spouse
        assert work.members.by_id_no(SON_ID) is None


def test_enrolments_newest_year_first(opened: Opened, family: Family) -> None:
    ended = enrolment(family.head, 2019, status=EnrolmentStatus.ENDED)
    renewed, older = enrolment(family.head, 2019), enrolment(family.head, 2018)
    opened.write(ended, older, renewed)
    with opened.read() as work:
        assert work.enrolments.of_member(family.head.id) == (renewed, ended, older)
        assert work.enrolments.of_year(family.head.id, 2019) == renewed
        assert work.enrolments.of_year(family.head.id, 2017) is None
        assert work.enrolments.of_member(family.spouse.id) == ()


@pytest.fixture
def claims(opened: Opened, family: Family) -> list[str]:
    """Five claims, newest last; the third is a draft of the spouse."""
    made = [
        claim(family.head, receipt_no=f"520625-2019-A03-{number:06d}-C", invoice_no=f"I{number}",
              received_at=datetime(2019, 9, number, tzinfo=UTC), admitted=date(2019, 9 - number, 1))
        for number in range(1, 5)
    ]
    made.insert(2, claim(family.spouse, state=ClaimState.DRAFT, admitted=None, discharged=None, policy_year=2018))
    ids = [f"00000000-0000-7000-8000-00000000000{number}" for number in range(5)]
    opened.write(*(replace(one, id=one_id) for one, one_id in zip(made, ids, strict=True)))
    return ids


def test_claims_page_by_page_newest_first(opened: Opened, claims: list[str]) -> None:
    with opened.read() as work:
        first = work.claims.page("", "", None, 3)
        second = work.claims.page("", "", first.next, 3)
    assert [row.id for row in (*first.rows, *second.rows)] == claims[::-1]
    assert (first.total, second.total, second.next) == (5, 5, None)


@pytest.mark.parametrize(("typed", "state", "found"), [
    ("", "draft", [2]), ("", "received", [4, 3, 1, 0]), ("", "paid", []),
    ("520625-2019-A03-000002-C", "", [1]), ("520625-2019-a03", "", [4, 3, 1, 0]), ("000003", "", [3]), ("3", "", [3]),
    ("5206252019a03000002C", "", [1]), ("5206252019A03000002", "", [1]), ("５２０６２５２０１９A03", "", [4, 3, 1, 0]),
    ("BB1:520625-2019-A03-000002-C:ABC:DEF", "", [1]), ("5206252019A030000", "", [4, 3, 1, 0]),
    ("测试乙", "", [2]), ("乙", "", [2]), ("csj", "", [4, 3, 1, 0]), ("ceshiyi", "", [2]), (SPOUSE_ID, "", [2]),
    ("0025", "", [2]), ("5206250001", "", [4, 3, 2, 1, 0]), ("测试", "draft", [2]), ("查无", "", []),
])
def test_claims_are_found(opened: Opened, claims: list[str], typed: str, state: str, found: list[int]) -> None:
    with opened.read() as work:
        page = work.claims.page(typed, state, None, 10)
    assert [row.id for row in page.rows] == [claims[number] for number in found]
    assert page.total == len(found)


def test_claims_by_what_names_them(opened: Opened, family: Family, claims: list[str]) -> None:
    with opened.read() as work:
        assert work.claims.by_receipt("520625-2019-A03-000002-C").id == claims[1]
        assert work.claims.by_receipt("") is None
        assert [one.id for one in work.claims.by_invoice("I2")] == [claims[1]]
        assert work.claims.by_invoice("") == ()
        oldest_stay_first = [claims[4], claims[3], claims[1], claims[0]]
        assert [one.id for one in work.claims.of_member(family.head.id)] == oldest_stay_first
        assert [row.id for row in work.claims.rows_of_member(family.head.id)] == oldest_stay_first
        assert [one.id for one in work.claims.of_member(family.spouse.id, 2018)] == [claims[2]]
        assert work.claims.rows_of_member(family.spouse.id, 2019) == ()
        assert [one.id for one in work.claims.of_household(family.household.id)] == [*oldest_stay_first, claims[2]]
        assert [row.id for row in work.claims.rows_of_household(family.household.id)] == claims[::-1]
        assert work.claims.counts() == {"received": 4, "draft": 1}
        assert work.claims.received_since(datetime(2019, 9, 2, tzinfo=UTC)) == 3


def test_a_claim_row_counts_the_papers_that_its_scheme_still_needs(opened: Opened, family: Family) -> None:
    with opened.open() as work:
        scheme = work.schemes.add(SCHEME)
        work.commit()
    needed = [need.code for need in scheme.documents if need.need == "required"]
    assert len(needed) > 2
    papers = tuple(Document(code=code, handed_in=code != needed[0]) for code in needed[:-1])
    opened.write(claim(family.head, scheme_id=scheme.scheme_id, scheme_version=scheme.version, documents=papers))
    opened.write(claim(family.spouse, documents=(Document(code="A"), Document(code="B", handed_in=True))))
    with opened.read() as work:
        without_scheme, with_scheme = work.claims.page("", "", None, 10).rows
    assert (with_scheme.missing_documents, without_scheme.missing_documents) == (2, 1)


def test_an_approved_scheme_is_never_replaced(opened: Opened) -> None:
    draft = SCHEME.replace('"approved"', '"draft"')
    assert draft != SCHEME
    with opened.open() as work:
        assert work.schemes.add(draft).status == "draft"
        assert work.schemes.for_year("520625", 2019) is None
        assert work.schemes.years("520625") == ()
        kept = work.schemes.add(SCHEME)
        assert work.schemes.add(SCHEME) == kept
        with pytest.raises(RuleBroken, match=r"scheme\.exists"):
            work.schemes.add(SCHEME.replace('"1900.00"', '"2900.00"'))
        with pytest.raises(RuleBroken):
            work.schemes.add("{}")
        newer = work.schemes.add(SCHEME.replace('"version": 1', '"version": 2'))
        work.commit()
    with opened.read() as work:
        assert newer.version == 2
        assert work.schemes.for_year("520625", 2019) == newer
        assert work.schemes.get(kept.scheme_id, 1) == kept
        assert work.schemes.get(kept.scheme_id, 3) is None
        assert work.schemes.years("520625") == (2019,)


def test_the_office_and_its_settings(opened: Opened) -> None:
    with opened.open() as work:
        with pytest.raises(Unavailable, match=r"store\.no_office"):
            work.office.profile()
        work.office.save(profile())
        work.office.save(profile(language="en"))
        work.office.set_setting("name", "一")
        work.office.set_setting("name", "二")
        work.commit()
    with opened.read() as work:
        assert work.office.profile() == profile(language="en")
        assert (work.office.setting("name"), work.office.setting("other")) == ("二", None)


def test_accounts(opened: Opened) -> None:
    one = Account(id="1", name="b", display_name="测试经办", role=Role.TOWNSHIP, password_hash="h")
    locked = replace(one, failures=5, locked_until=opened.clock.now(), active=False)
    other = Account(id="2", name="a", display_name="测试管理员", role=Role.ADMINISTRATOR, password_hash="h")
    with opened.open() as work:
        for account in (one, other, locked):
            work.accounts.save(account)
        work.commit()
    with opened.read() as work:
        assert work.accounts.get("b") == locked
        assert work.accounts.get("c") is None
        assert work.accounts.all() == (other, locked)


def test_forms_in_progress(opened: Opened) -> None:
    with opened.open() as work:
        work.drafts.keep("claim", "", {"hospital": "示例", "documents": ["A"]})
        work.drafts.keep("household", "h1", {"members": [{"name": "测"}]})
        work.drafts.keep("claim", "", {"hospital": "示例县"})
        work.commit()
    with opened.read() as work:
        assert [(one.form, one.key) for one in work.drafts.all()] == [("claim", ""), ("household", "h1")]
        assert work.drafts.get("claim", "").payload == {"hospital": "示例县"}
        assert work.drafts.get("claim", "c") is None
        assert len(work.drafts.all("household")) == 1
    assert opened.rows("SELECT count(*) FROM outbox") == [(0,)]
    with opened.open() as work:
        work.drafts.drop("claim", "")
        work.commit()
    with opened.read() as work:
        assert work.drafts.get("claim", "") is None


def test_prints_are_counted_once_each(opened: Opened) -> None:
    at = opened.clock.now()
    notes = tuple(PrintNote(form=Form.RECEIPT, subject="c1", number="N1", copy=copy, at=at, by="ceshi", how="pdf",
                            paper="A5") for copy in range(2))
    with opened.open() as work:
        for note in notes:
            work.prints.add(note)
        work.commit()
    with opened.read() as work:
        assert work.prints.of_subject(Form.RECEIPT, "c1") == notes
        assert work.prints.copies(Form.RECEIPT, "N1") == 2
        assert work.prints.of_subject(Form.RECEIPT, "c2") == ()
        assert work.prints.copies(Form.DECISION, "N1") == 0


def test_the_exchange_remembers_the_centre_and_not_its_own_count(opened: Opened, family: Family) -> None:
    with opened.open() as work:
        known = work.sync.device()
        told = replace(known, server_url="http://127.0.0.1:1", device_id="d", server_id="s", server_key=bytes(32),
                       scope="county", cursor_epoch="e", cursor_seq=9, clock_offset_seconds=-3, token="t",
                       token_until=opened.clock.now() + timedelta(hours=1))
        work.sync.save_device(replace(told, last_seq=99, answered_seq=99))
        work.commit()
    with opened.read() as work:
        assert work.sync.device() == told
        assert told == DeviceState(epoch=known.epoch, last_seq=3, answered_seq=0, **{
            name: getattr(told, name) for name in ("server_url", "device_id", "server_id", "server_key", "scope",
                                                   "cursor_epoch", "cursor_seq", "clock_offset_seconds", "token",
                                                   "token_until")})


def test_what_was_exchanged_is_told_newest_first(opened: Opened) -> None:
    notes = [ExchangeNote(at=opened.clock.now(), code="exchange.done", sent=sent) for sent in range(3)]
    with opened.open() as work:
        for note in notes:
            work.sync.note(note)
        work.commit()
    with opened.read() as work:
        assert work.sync.notes(2) == (notes[2], notes[1])
        assert work.sync.state().last == notes[2]
