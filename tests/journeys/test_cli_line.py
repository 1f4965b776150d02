"""The command line itself: what means the window, what is help, what is refused."""

from __future__ import annotations

import pytest

from backbone_desktop.cli.early import Early, read_early
from backbone_desktop.ui.presenters.settings import version
from tests.journeys.command_kit import Commands


@pytest.mark.parametrize(("line", "early"), [
    ("", Early(window=True)), ("run", Early(window=True)),
    ("--profile x", Early("x", window=True)), ("--profile=x run", Early("x", window=True)),
    ("run --language en --profile x", Early("x", "en", window=True)),
    ("--language fr", Early("", "fr")), ("run --profile", Early()), ("--profile= run", Early()),
    ("--profile --json", Early("--json", "", True)),
    ("run run", Early()), ("--help", Early()), ("run -h", Early()), ("--json", Early(as_json=True, window=True)),
    ("--profile x household list --json", Early("x", "", True)),
    ("household list --profile x", Early("x")),
])
def test_the_window_is_meant_when_nothing_else_is(line: str, early: Early) -> None:
    assert read_early(line.split()) == early


@pytest.mark.parametrize("line", [
    "nonsense", "household", "household nonsense", "claim show", "--language fr", "run nonsense", "--profile",
    "receipt 1", "enrol --server x", "household list --limit many", "doctor --reveal",
])
def test_a_line_that_makes_no_sense_is_refused(fresh: Commands, line: str) -> None:
    ran = fresh(*line.split())
    assert (ran.code, ran.error) == (2, "command.usage")
    assert not fresh.folder.exists()


def test_the_version_is_told_and_nothing_is_made(fresh: Commands) -> None:
    with pytest.raises(SystemExit) as ended:
        fresh("--version", as_json=False)
    assert ended.value.code == 0
    assert fresh.capture.readouterr().out.strip() == f"Backbone Desktop {version()}".strip()
    assert not fresh.folder.exists()


def test_every_command_explains_itself_in_both_languages(fresh: Commands) -> None:
    lines = ["", "setup", "household add", "household show", "household list", "claim add", "claim show", "claim list",
             "receipt", "print receipt", "print log", "scheme import", "enrol", "sync", "backup", "recover", "doctor"]
    for line in lines:
        texts = []
        for language in ("zh_CN", "en"):
            with pytest.raises(SystemExit) as ended:
                fresh(*line.split(), "--help", "--language", language, as_json=False)
            assert ended.value.code == 0
            texts.append(fresh.capture.readouterr().out)
        assert texts[0] != texts[1], line
        assert "--password " not in texts[1], "no password is ever given on a command line"
