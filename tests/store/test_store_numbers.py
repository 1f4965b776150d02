"""A receipt number is given once."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from backbone_core.errors import Unavailable
from backbone_desktop.store.numbers import HighWaterFile


def test_numbers_rise_by_one_and_never_come_back(tmp_path: Path) -> None:
    assert [HighWaterFile(tmp_path).next(0) for _ in range(3)] == [1, 2, 3]
    assert HighWaterFile(tmp_path).next(10) == 10
    assert HighWaterFile(tmp_path).next(5) == 11


@pytest.mark.parametrize("spoilt", ["receipt-number", "receipt-number.copy"])
@pytest.mark.parametrize("content", ["", "9", "9 0000000000000000", "\x00\x00\x00", "四"])
def test_one_spoilt_copy_is_made_good_from_the_other(tmp_path: Path, spoilt: str, content: str) -> None:
    assert [HighWaterFile(tmp_path).next(n) for n in (1, 7)] == [1, 7]
    (tmp_path / spoilt).write_text(content, "utf-8")
    assert HighWaterFile(tmp_path).next(0) == 8
    (tmp_path / spoilt).unlink()
    assert HighWaterFile(tmp_path).next(0) == 9


def test_a_copy_left_behind_by_a_power_cut_counts_less(tmp_path: Path) -> None:
    assert [HighWaterFile(tmp_path).next(n) for n in (1, 7)] == [1, 7]
    older = (tmp_path / "receipt-number.copy").read_bytes()
    HighWaterFile(tmp_path).next(8)
    (tmp_path / "receipt-number.copy").write_bytes(older)
    assert HighWaterFile(tmp_path).next(0) == 9


def test_when_both_are_spoilt_no_number_is_given(tmp_path: Path) -> None:
    HighWaterFile(tmp_path).next(7)
    for name in ("receipt-number", "receipt-number.copy"):
        (tmp_path / name).write_text("spoilt")
    with pytest.raises(Unavailable, match=r"numbers\.unreadable"):
        HighWaterFile(tmp_path).next(100)


@pytest.mark.parametrize(("known_to_the_store", "given"), [(2, 10_001), (9_999, 10_001), (10_001, 20_001)])
def test_a_store_put_back_on_another_machine_goes_on_far_above(
    tmp_path: Path, known_to_the_store: int, given: int
) -> None:
    assert [HighWaterFile(tmp_path).next(known_to_the_store) for _ in range(2)] == [given, given + 1]


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"numbers\.not_kept"):
        HighWaterFile(tmp_path / "gone").next(1)


def test_threads_never_get_the_same_number(tmp_path: Path) -> None:
    given: list[int] = []
    threads = [threading.Thread(target=lambda: given.extend(HighWaterFile(tmp_path).next(0) for _ in range(10)))
               for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == list(range(1, 41))


def test_processes_never_get_the_same_number(tmp_path: Path) -> None:
    script = ("import sys; from pathlib import Path; from backbone_desktop.store.numbers import HighWaterFile; "
              "print(*(HighWaterFile(Path(sys.argv[1])).next(0) for _ in range(20)))")
    running = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True,
                                cwd=Path(__file__).parents[2]) for _ in range(2)]
    given = [int(number) for process in running for number in process.communicate()[0].split()]
    assert sorted(given) == list(range(1, 41))
