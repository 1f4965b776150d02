"""A whole worklist goes to the printer paper by paper: what went out is logged, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_kit import Around, stay_of
from print_kit import LASER, PAPERS, FilePrinters

from backbone_core.errors import Unavailable
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.forms import Form
from backbone_desktop.services.receipts import receipt_of
from backbone_desktop.store.unit_of_work import StoredUnit
from backbone_desktop.ui.presenters.paper import Wish, save_sheet
from backbone_desktop.ui.presenters.print_batch import Outcome, Run, outcome_line, print_all, save_all
from backbone_desktop.words import Words

MONTHS = range(5, 10)


@pytest.fixture
def claims(office: Around, head: str) -> dict[str, str]:
    """Ids of five claims that were taken in, and their receipts' numbers."""
    ids = [register_claim(office.desk, replace(
        stay_of(head), invoice_no=f"SL{month}", admitted=f"2026-{month:02}-01", discharged=f"2026-{month:02}-13",
        settled=f"2026-{month:02}-13")).claim_id for month in MONTHS]
    return {one: receipt_of(office.desk, one).receipt_no for one in ids}


@pytest.fixture
def printers(tmp_path: Path) -> FilePrinters:
    return FilePrinters(tmp_path)


def prints_of(office: Around, claims: dict[str, str]) -> list[int]:
    with office.desk.read() as work:
        return [work.prints.copies(Form.RECEIPT, number) for number in claims.values()]


def run_all(office: Around, printers: FilePrinters, claims: dict[str, str], stop_after: int = 99) -> Outcome:
    return print_all(office.desk, PAPERS, printers.get(LASER), Run(Wish(Form.RECEIPT, ""), tuple(claims)),
                     report=lambda _done, _of: None, stopped=lambda: len(printers.jobs) >= stop_after)


def test_every_paper_goes_out_and_is_logged(office: Around, printers: FilePrinters, claims: dict[str, str],
                                            chinese: Words) -> None:
    outcome = run_all(office, printers, claims)
    assert outcome.whole
    assert [job.title for _, job in printers.jobs] == list(claims.values())
    assert prints_of(office, claims) == [1] * 5
    assert outcome_line(chinese, outcome) == "已送往打印机 5 份"


def test_cancelled_the_rest_is_neither_printed_nor_logged(office: Around, printers: FilePrinters,
                                                          claims: dict[str, str], words: Words) -> None:
    outcome = run_all(office, printers, claims, stop_after=2)
    assert len(printers.jobs) == 2
    assert prints_of(office, claims) == [1, 1, 0, 0, 0]
    assert outcome.done == tuple(claims)[:2]
    assert list(claims.values())[1] in outcome_line(words, outcome)


def test_after_an_error_the_last_number_that_went_out_is_named(office: Around, printers: FilePrinters,
                                                               claims: dict[str, str], chinese: Words) -> None:
    numbers = list(claims.values())
    printers.refuses = numbers[3]
    outcome = run_all(office, printers, claims)
    assert prints_of(office, claims) == [1, 1, 1, 0, 0]
    said = outcome_line(chinese, outcome)
    assert f"最后打出的是 {numbers[2]}（第 3 份，共 5 份）" in said
    assert LASER in said


def test_each_paper_was_logged_before_the_next_was_handed_over(office: Around, printers: FilePrinters,
                                                               claims: dict[str, str]) -> None:
    seen: list[int] = []
    printers.on_job = lambda _job: seen.append(sum(prints_of(office, claims)))
    run_all(office, printers, claims)
    assert seen == [0, 1, 2, 3, 4]


def test_many_are_saved_as_one_file(office: Around, claims: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "all.pdf"
    run = Run(Wish(Form.RECEIPT, ""), tuple(claims))
    far: list[tuple[int, int]] = []
    outcome = save_all(office.desk, PAPERS, run, target, report=lambda *at: far.append(at), stopped=lambda: False)
    assert outcome.whole
    assert PAPERS.pages(target.read_bytes()) == 5
    assert prints_of(office, claims) == [1] * 5
    assert far[-1] == (5, 5)


def test_a_cancelled_file_leaves_nothing(office: Around, claims: dict[str, str], tmp_path: Path) -> None:
    asked = iter([False, False, True])
    outcome = save_all(office.desk, PAPERS, Run(Wish(Form.RECEIPT, ""), tuple(claims)), tmp_path / "all.pdf",
                       report=lambda _done, _of: None, stopped=lambda: next(asked))
    assert outcome.done == ()
    assert list(tmp_path.glob("all*")) == []
    assert prints_of(office, claims) == [0] * 5


def test_a_file_that_cannot_be_put_in_its_place_is_not_logged(office: Around, claims: dict[str, str],
                                                              tmp_path: Path) -> None:
    """As on Windows a PDF that somebody still looks at."""
    (tmp_path / "all.pdf").mkdir()
    with pytest.raises(Unavailable, match=r"print\.not_saved"):
        save_all(office.desk, PAPERS, Run(Wish(Form.RECEIPT, ""), tuple(claims)), tmp_path / "all.pdf",
                 report=lambda _done, _of: None, stopped=lambda: False)
    with pytest.raises(Unavailable, match=r"print\.not_saved"):
        save_sheet(office.desk, PAPERS, Wish(Form.RECEIPT, next(iter(claims))), tmp_path / "all.pdf")
    assert prints_of(office, claims) == [0] * 5
    assert [path.name for path in tmp_path.glob("all*")] == ["all.pdf"]


def test_a_file_whose_print_cannot_be_logged_does_not_stay(office: Around, claims: dict[str, str], tmp_path: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_work: StoredUnit) -> None:
        raise Unavailable("store.disk_full")

    first = next(iter(claims))
    with monkeypatch.context() as patch:
        patch.setattr(StoredUnit, "commit", full)
        with pytest.raises(Unavailable, match=r"store\.disk_full"):
            save_all(office.desk, PAPERS, Run(Wish(Form.RECEIPT, ""), (first,)), tmp_path / "all.pdf",
                     report=lambda _done, _of: None, stopped=lambda: False)
        with pytest.raises(Unavailable, match=r"store\.disk_full"):
            save_sheet(office.desk, PAPERS, Wish(Form.RECEIPT, first), tmp_path / "all.pdf")
    assert list(tmp_path.glob("all*")) == []
    assert prints_of(office, claims) == [0] * 5


def test_a_place_that_takes_no_file_is_said_and_nothing_is_logged(office: Around, claims: dict[str, str],
                                                                  tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"print\.not_saved"):
        save_all(office.desk, PAPERS, Run(Wish(Form.RECEIPT, ""), tuple(claims)), tmp_path / "no" / "all.pdf",
                 report=lambda _done, _of: None, stopped=lambda: False)
    assert prints_of(office, claims) == [0] * 5
