"""A print server that takes a paper and does not answer: nobody can tell whether the paper comes out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from print_kit import PAPERS

from backbone_core.errors import Unavailable
from backbone_desktop.ui import printers_cups
from backbone_desktop.ui.printers import Job
from backbone_desktop.ui.printers_cups import CupsPrinter

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="CUPS is Linux's")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that stands before the system's own."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    put(tmp_path / "lpstat", "echo printer Q is idle")
    return tmp_path


def put(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_paper_that_was_taken_without_an_answer_is_not_called_unprinted(programs: Path,
                                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printers_cups, "SECONDS_TO_PRINT", 1)
    put(programs / "lp", f"cat > {programs / 'taken'}; exec sleep 20")
    with pytest.raises(Unavailable, match=r"print\.unsure"):
        CupsPrinter("Q").hand_over(PAPERS, b"%PDF", Job("R1", "A5"))
    assert (programs / "taken").read_bytes() == b"%PDF"


def test_a_server_that_does_not_even_say_how_the_queue_stands_gets_nothing(programs: Path,
                                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printers_cups, "SECONDS_TO_ASK", 1)
    put(programs / "lpstat", "exec sleep 20")
    put(programs / "lp", f"cat > {programs / 'taken'}")
    with pytest.raises(Unavailable, match=r"print\.no_spooler"):
        CupsPrinter("Q").hand_over(PAPERS, b"%PDF", Job("R1", "A5"))
    assert not (programs / "taken").exists()
