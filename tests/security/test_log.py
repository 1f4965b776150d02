"""The log names codes, places and ids; nobody's number, account, phone, name or illness gets through it."""

from __future__ import annotations

import logging
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone_core.errors import RuleBroken
from backbone_core.ids import new_id
from backbone_desktop.settings import logs
from backbone_desktop.settings.logs import start_logging, stop_logging, without_personal_data

log = logging.getLogger("backbone_desktop.test")
SECRETS = ("520625198001010015", "11010519491231002X", "520625 19800101 0015", "52062519800101001543", "13900000001",
           "139-0000-0001", "6228480030123456789", "6228 4800 3012 3456 789", "测试甲",
           "阿依古丽·示例", "李㛃", "䶮", "脑梗死", "５２０６２５１９８００１０１００１５")


@pytest.fixture
def folder(tmp_path):
    start_logging(tmp_path / "logs")
    yield tmp_path / "logs"
    stop_logging()


def written(folder):
    for handler in logging.getLogger().handlers:
        handler.flush()
    return "".join(path.read_text("utf-8") for path in folder.iterdir())


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_personal_gets_through(folder, secret):
    log.warning("could not read %s of the household", secret)
    log.warning(f"<{secret}>")
    log.warning("at %(it)s", {"it": secret})
    try:
        raise ValueError(f"bad value {secret}") from KeyError(secret)
    except ValueError:
        log.exception("failed")
    text = written(folder)
    assert secret not in text
    assert text.count("[left out]") >= 3
    assert "ValueError" in text
    assert "because of" in text
    assert "KeyError" in text
    assert "test_log.py" in text


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), st.text("abc ,:;'=\"", max_size=5))
def test_no_number_gets_through_whatever_stands_beside_it(number, beside):
    assert number not in without_personal_data(f"{beside}{number}{beside}")


def test_what_says_nothing_about_anybody_stays(folder):
    record = new_id()
    log.info("claim %s moved to %s in %d ms", record, "received", 12)
    text = written(folder)
    assert record in text
    assert "moved to received in 12 ms" in text


def test_an_errors_code_stays_and_its_text_does_not(folder):
    try:
        raise RuleBroken("member.id_taken", "id_no", name="测试甲")
    except RuleBroken:
        log.exception("refused")
    try:
        sqlite3.connect(":memory:").execute("SELECT '520625198001010015' FROM nowhere")
    except sqlite3.Error:
        log.exception("failed")
    text = written(folder)
    assert "member.id_taken" in text
    assert "nowhere" not in text
    assert "520625198001010015" not in text


def test_the_log_goes_round(folder, monkeypatch):
    stop_logging()
    monkeypatch.setattr(logs, "LARGEST_BYTES", 2_000)
    start_logging(folder)
    for _ in range(400):
        log.info("something was done that takes a line of its own")
    kept = list(folder.iterdir())
    assert len(kept) == logs.KEPT_FILES + 1
    assert all(path.stat().st_size <= 2_000 for path in kept)


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "file").write_text("in the way")
    start_logging(tmp_path / "file" / "logs")
    log.info("work goes on")
    stop_logging()
