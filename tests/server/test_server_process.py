"""The server as it is run: started with nothing set up, stopped, killed, started again."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from device_end import DeviceEnd, TurnedDownError, claim, household, member
from result_kit import APPROVED, csv_file, receipt, row, send_claims
from way_end import CHECKS, walk

from backbone_server.store.engine import Store
from backbone_server.store.tables import meta
from demo.server import ROOT, ServerProcess


@pytest.fixture
def server(tmp_path: Path, database: str) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path / "server", database)
    with process.running():
        yield process


@pytest.fixture
def end(server: ServerProcess) -> Iterator[DeviceEnd]:
    with requests.Session() as http:
        device = DeviceEnd(server.url, http=http)
        device.enrol(server.code("520625", "A01"))
        device.sign_in()
        yield device


def test_it_starts_with_nothing_set_up_and_says_how_it_is(server: ServerProcess) -> None:
    health = requests.get(server.url + "/health", timeout=10)
    assert (health.status_code, health.json()["status"]) == (200, "ok")
    assert health.json()["protocol"] == {"oldest": 1, "newest": 1}
    assert server.summary()["counties"] == {}
    assert server.stop() == 0
    assert [json.loads(line)["event"] for line in server.log().splitlines()][-1] == "stopped"


def test_what_it_keeps_is_nobody_elses(server: ServerProcess) -> None:
    if os.name != "posix":
        pytest.skip("permissions are POSIX's")
    kept = [server.data_dir, *server.data_dir.iterdir()]
    assert [path.name for path in kept if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_a_receipt_survives_a_power_cut(server: ServerProcess, end: DeviceEnd) -> None:
    end.change("household", "h1", household())
    end.change("member", "m1", member("h1"))
    end.change("claim", "c1", claim("m1", "h1"))
    receipt = end.push()
    server.kill()
    server.start()
    again = end.push()
    assert again.outcomes == receipt.outcomes
    assert again.position == receipt.position
    assert (again.server_id, again.server_epoch) == (receipt.server_id, receipt.server_epoch)
    county = server.summary()["counties"]["520625"]
    assert county["records"] == {"claim": 1, "household": 1, "member": 1}
    assert county["changes"] == {"applied": 3}
    assert [(one["receipt_no"], one["state"]) for one in county["claims"]] == [
        (end.changes[2].fields["receipt_no"], "received")
    ]


def test_killed_in_the_middle_of_a_batch_nothing_is_lost_and_nothing_is_twice(server: ServerProcess,
                                                                             end: DeviceEnd) -> None:
    for number in range(1_200):
        end.change("household", f"h{number}", household(f"HH{number}"))
        end.change("member", f"m{number}", member(f"h{number}", id_no=f"{number:018}"))

    def push() -> None:
        with contextlib.suppress(requests.RequestException):
            end.push()

    for delay in (0.05, 0.15, 0.3):
        pushing = threading.Thread(target=push)
        pushing.start()
        pushing.join(delay)
        server.kill()
        pushing.join()
        server.start()
        held = server.summary()["counties"]["520625"]["records"]
        assert held in ({}, {"household": 1_200, "member": 1_200}), "a batch is taken in whole or not at all"
    assert end.push().position.seq == 2_400
    county = server.summary()["counties"]["520625"]
    assert county["records"] == {"household": 1_200, "member": 1_200}
    assert county["changes"] == {"applied": 2_400}
    assert county["receipts"] == 1


def test_a_session_outlives_a_restart(server: ServerProcess, end: DeviceEnd) -> None:
    assert server.stop() == 0
    server.start()
    assert end.send("household", "h1", household()).version == 1


def test_the_summary_holds_no_personal_data(server: ServerProcess, end: DeviceEnd) -> None:
    end.change("household", "h1", household(phone="13900000000"))
    end.change("member", "m1", member("h1"))
    end.change("claim", "c1", claim("m1", "h1"))
    end.push()
    text = server.command("summary", "--json") + server.command("summary") + server.command("device", "list")
    for secret in ("测试甲", "520625198001010015", "13900000000", "示例村", "测试诊断"):
        assert secret not in text


def test_a_device_is_revoked_by_command_while_it_works(server: ServerProcess, end: DeviceEnd) -> None:
    listed = json.loads(server.command("device", "list", "--json"))
    assert [(one["device_id"], one["device_no"], one["revoked_at"]) for one in listed] == [(end.device_id, "A01", None)]
    server.revoke("520625/A01")
    with pytest.raises(TurnedDownError, match=r"server\.device_revoked"):
        end.feed()
    assert "revoked" in server.command("device", "list")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "backbone_server", *words], cwd=ROOT, capture_output=True, text=True,
                          encoding="utf-8", check=False)


def test_commands_refuse_bad_input_with_a_sentence(tmp_path: Path) -> None:
    where = ["--data", str(tmp_path / "d")]
    good = {"--county": "520625", "--office": "示例", "--number": "A01"}
    for name, value, sentence in [
        ("--county", "5206", "six-digit"), ("--number", "a1", "capital letter"), ("--scope", "village:x", "township:"),
    ]:
        words = [word for pair in {**good, name: value}.items() for word in pair]
        done = run("device", "code", *where, *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert sentence in done.stderr
    missing = run("device", "revoke", *where, "nobody")
    assert (missing.returncode, "no such device" in missing.stderr) == (2, True)
    for database in ("mysql://x/y", "nonsense"):
        refused = run("summary", "--data", str(tmp_path / "d"), "--database", database)
        assert (refused.returncode, "sqlite:///" in refused.stderr) == (1, True), refused.stderr


def test_a_store_of_a_newer_version_or_of_somebody_else_is_refused(tmp_path: Path, database: str) -> None:
    where = ["--data", str(tmp_path / "d"), *(["--database", database] if database else [])]
    assert run("summary", *where).returncode == 0
    store = Store(database or f"sqlite:///{tmp_path / 'd' / 'central.db'}")
    with store.writing() as connection:
        connection.execute(meta.update().where(meta.c.name == "schema_version").values(value="99"))
    newer = run("serve", *where)
    assert (newer.returncode, "newer version" in newer.stderr) == (1, True)
    with store.writing() as connection:
        connection.execute(meta.delete())
    foreign = run("serve", *where)
    assert (foreign.returncode, "not this program's" in foreign.stderr) == (1, True)
    store.close()


def test_a_spoilt_key_is_not_replaced(tmp_path: Path) -> None:
    data = tmp_path / "d"
    assert run("summary", "--data", str(data)).returncode == 0
    key = data / "server.key"
    key.write_text("spoilt")
    done = run("serve", "--data", str(data))
    assert (done.returncode, "backup" in done.stderr) == (1, True)
    assert key.read_text() == "spoilt"


def test_a_port_in_use_is_said(server: ServerProcess, tmp_path: Path) -> None:
    done = run("serve", "--data", str(tmp_path / "other"), "--port", str(server.port))
    assert (done.returncode, f"port {server.port}" in done.stderr) == (1, True)


def test_a_result_file_is_taken_in_by_command(server: ServerProcess, end: DeviceEnd, tmp_path: Path) -> None:
    """By an administrator while the server runs: reported, tried, refused with its rows, taken in."""
    send_claims(end, 2, "township_checked")
    where = ["--data", str(server.data_dir), *(["--database", server.database] if server.database else []),
             "--county", "520625"]
    once = run("claims", "report", *where, receipt(1))
    assert (once.returncode, "1\t" + receipt(1) in once.stderr) == (2, True)
    for claim_id in ("c1", "c2"):
        assert walk(end, claim_id, CHECKS[1]) == [""]
    done = run("claims", "report", *where, receipt(1), receipt(2))
    assert (done.returncode, done.stdout) == (0, "2 claims reported\n")
    file = tmp_path / "result.csv"
    file.write_bytes(csv_file(row(1, *APPROVED), row(2, "拒赔", "5", "既往症", "2019-09-11", "AJ3")))
    broken = run("decisions", "import", str(file), *where, "--language", "zh_CN")
    assert broken.returncode == 2
    assert "3\t赔付金额（元）\terror\t结论为拒赔，赔付金额却是5.00元。" in broken.stderr
    file.write_bytes(csv_file(row(1, *APPROVED), row(2, "拒赔", "", "既往症", "2019-09-11", "AJ3")))
    dry = run("decisions", "import", str(file), *where, "--dry-run", "--json")
    assert [step["after"] for step in json.loads(dry.stdout)["steps"]] == ["approved", "refused"]
    wrong = run("decisions", "import", str(file), *where, "--total", "4819.21")
    assert (wrong.returncode, "4,819.20" in wrong.stderr) == (2, True)
    assert server.summary()["counties"]["520625"]["claims_by_state"] == {"reported": 2}
    taken = run("decisions", "import", str(file), *where, "--total", "4819.20", "--count", "2")
    assert (taken.returncode, taken.stdout) == (0, "2 rows: 2 decisions, 0 payments taken in\n")
    assert server.summary()["counties"]["520625"]["claims_by_state"] == {"approved": 1, "refused": 1}
    assert [end.states()[f"c{number}"]["state"] for number in (1, 2)] == ["approved", "refused"]
    out = tmp_path / "清单.xlsx"
    assert "1 payments, 4,819.20 yuan would go out" in run("payments", "export", *where, "--out", str(out),
                                                           "--dry-run").stdout
    assert not out.exists()
    sent = run("payments", "export", *where, "--out", str(out), "--json")
    assert [json.loads(sent.stdout)[name] for name in ("number", "count", "amount", "kept")] == [1, 1, "4,819.20", True]
    if os.name == "posix":
        assert out.stat().st_mode & 0o777 == 0o600
    taken = run("payments", "export", *where, "--out", str(out))
    assert (taken.returncode, "already" in taken.stderr) == (2, True)
    copy = tmp_path / "again.xlsx"
    assert run("payments", "export", *where, "--out", str(copy), "--again", "1").returncode == 0
    assert copy.read_bytes() == out.read_bytes()
    missed = run("payments", "export", *where, "--out", str(tmp_path / "2.csv"), "--language", "zh_CN")
    assert (missed.returncode, "已列入第1号支付清单" in missed.stderr) == (0, True)
    open_rows = run("decisions", "import", str(out), *where, "--export", "1")
    assert "payment file 1\tout 1 = 4,819.20\tpaid 0 = 0.00\tfailed 0 = 0.00\topen 1 = 4,819.20" in open_rows.stdout
    assert json.loads(run("payments", "list", *where, "--json").stdout)[0]["open"] == {"count": 1, "amount": 481_920}


def test_a_template_is_written_and_never_written_over(tmp_path: Path) -> None:
    target = tmp_path / "result.xlsx"
    assert run("decisions", "template", str(target)).returncode == 0
    again = run("decisions", "template", str(target))
    assert (again.returncode, "already" in again.stderr) == (2, True)
    missing = run("decisions", "template", str(tmp_path / "nowhere" / "result.xlsx"))
    assert (missing.returncode, "could not be written" in missing.stderr) == (1, True)
    gone = run("decisions", "import", str(tmp_path / "gone.csv"), "--data", str(tmp_path / "d"), "--county", "520625")
    assert (gone.returncode, "not there" in gone.stderr) == (1, True)
