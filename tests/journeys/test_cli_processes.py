"""The commands as a shell sees them: processes of their own, with real exit codes, pipes and keyrings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.command_kit import (
    ACCOUNT,
    HEAD_ID,
    HERE,
    PASSPHRASE,
    PASSWORD,
    Commands,
    family,
    sentence,
    stay,
)


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items()
            if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} and not name.startswith("BACKBONE_")}
    return subprocess.run([sys.executable, "-m", "backbone_desktop", *arguments], input=stdin, capture_output=True,
                          cwd=HERE, env={**kept, **environment}, check=False, timeout=120)


def test_an_office_from_set_up_to_a_claim_by_the_shell(fresh: Commands) -> None:
    profile = ("--profile", str(fresh.folder))
    founded = run(*profile, *fresh.set_up(), "--json")
    assert founded.returncode == 0, founded.stderr
    assert json.loads(founded.stdout)["ok"] is True
    fresh.sign_in_by_environment()
    form = json.dumps(family(("测试甲", HEAD_ID, "户主"), ("李㛃", "530521197505050025", "配偶"))).encode()
    added = run(*profile, "household", "add", "--file", "-", "--json", stdin=form, **fresh.environment)
    assert added.returncode == 0, added.stderr
    # a console that can show nothing but ASCII
    listed = run(*profile, "household", "show", json.loads(added.stdout)["household_no"], "--json",
                 **fresh.environment, PYTHONIOENCODING="ascii")
    assert listed.returncode == 0, listed.stderr
    assert json.loads(listed.stdout)["members"][1]["name"] == "李㛃"
    shown = run(*profile, "household", "list", **fresh.environment, PYTHONIOENCODING="ascii")
    assert shown.returncode == 0, shown.stderr


def test_exit_codes_and_streams(office: Commands) -> None:
    profile = ("--profile", str(office.folder))
    refused = run(*profile, "household", "show", "nobody", **office.environment)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.strip()
    missing = run(*profile, "household", "list", "--account", ACCOUNT,
                  BACKBONE_PASSWORD_FILE=office.environment["BACKBONE_PASSWORD_FILE"])
    assert (missing.returncode, missing.stdout) == (3, b"")
    assert b"Traceback" not in refused.stderr + missing.stderr


def test_a_mistake_of_the_program_ends_with_one_and_its_log_says_where_without_saying_who(office: Commands) -> None:
    """A register with a table missing is a thing that nothing in the program foresees."""
    from backbone_desktop.store.engine import connect

    opened = connect(office.folder / "store.db", office.key())
    opened.execute("PRAGMA foreign_keys = OFF")
    opened.execute("ALTER TABLE household RENAME TO elsewhere")
    opened.close()
    form = office.file("f.json", family(("张示例", HEAD_ID, "户主")))
    failed = run("--profile", str(office.folder), "household", "add", "--file", form, "--json", **office.environment)
    assert failed.returncode == 1, failed.stdout
    assert json.loads(failed.stdout)["error"]["code"] == "command.bug"
    assert b"Traceback" not in failed.stderr
    log = (office.folder / "logs" / "backbone.log").read_text("utf-8")
    assert "a command failed" in log
    assert "Error" in log
    assert HEAD_ID not in log
    assert "张示例" not in log


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a pseudo-terminal")
def test_a_person_at_a_terminal_is_asked_and_what_is_typed_is_not_shown(office: Commands) -> None:
    import pty

    asked = [(sentence("Passphrase: "), PASSPHRASE), (sentence("Account: "), ACCOUNT),
             (sentence("Password: "), PASSWORD)]
    try:
        terminal, its_end = pty.openpty()
    except OSError:
        pytest.skip("this machine has no pseudo-terminal to give")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BACKBONE_")}
    command = [sys.executable, "-m", "backbone_desktop", "--profile", str(office.folder), "household", "list"]
    child = subprocess.Popen(command, stdin=its_end, stdout=its_end, stderr=its_end, start_new_session=True, cwd=HERE,
                             env=kept)
    os.close(its_end)
    shown = b""
    for question, answer in asked:
        while question.strip().encode() not in shown:
            shown += os.read(terminal, 1024)
        os.write(terminal, answer.encode() + b"\n")
    try:
        while chunk := os.read(terminal, 1024):
            shown += chunk
    except OSError:  # how Linux says that the other side has gone
        pass
    os.close(terminal)
    assert child.wait(60) == 0, shown.decode()
    assert sentence("No household was found.") in shown.decode()
    assert PASSPHRASE not in shown.decode()
    assert PASSWORD not in shown.decode()


def test_without_a_screen_the_window_says_so(office: Commands) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux may have no screen")
    for command in ((), ("run",)):
        ended = run("--profile", str(office.folder), *command, "--language", "en")
        assert ended.returncode == 3
        assert b"no screen" in ended.stderr


def test_nothing_slow_is_imported_before_the_window_paints(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from backbone_desktop.cli.early import read_early\n"
        "import backbone_desktop.__main__, backbone_desktop.cli.window\n"
        "read_early(['--profile', 'x'])\n"
        "from backbone_desktop.app import LocalBackend\n"
        "from pathlib import Path\n"
        "backend = LocalBackend(Path(sys.argv[1]))\n"
        "backend.language, backend.look, backend.text_size, backend.is_set_up, backend.resources\n"
        "backend.check_passphrase('short')\n"
        "slow = {'sqlalchemy', 'sqlcipher3', 'alembic', 'keyring', 'cryptography', 'argon2', 'reportlab', 'requests',\n"
        "        'pypinyin', 'babel', 'msgspec', 'argparse', 'zstandard', 'platformdirs', 'fontTools', 'pypdfium2'}\n"
        "print(sorted(slow & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, cwd=HERE,
                         check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.skipif(not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
                    reason="needs a Secret Service (gnome-keyring) and dbus")
def test_with_a_keyring_no_passphrase_is_asked_and_without_it_the_recovery_code_opens(fresh: Commands) -> None:
    home = fresh.files / "home"
    home.mkdir(mode=0o700)
    arguments = fresh.set_up(passphrase_file=None)
    fresh.sign_in_by_environment()
    session = {name: value for name, value in fresh.environment.items() if "PASSPHRASE" not in name}
    script = (
        'printf "its own password" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n'
        'p="$0 -m backbone_desktop --json --profile $1"; shift\n'
        '$p "$@" && $p household list && $p doctor\n'
    )
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("DBUS_", "XDG_", "PYTHON_KEYRING", "BACKBONE_"))}
    ran = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script, sys.executable, str(fresh.folder), *arguments],
        capture_output=True, text=True, cwd=HERE, check=False, timeout=180,
        env={**kept, **session, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "XDG_DATA_HOME": str(home / "data")})
    founded, listed, doctor = (json.loads(line) for line in ran.stdout.splitlines())
    assert (founded["keyring"], listed["households"]) == (True, [])
    assert {one["name"]: one["good"] for one in doctor["checks"]}["way_keyring"] is True
    # an administrator over a terminal has no keyring: the recovery code opens, and the device's key stays where it is
    del fresh.environment["BACKBONE_PASSPHRASE_FILE"]
    assert fresh.unavailable("household", "list") == "keys.locked"
    code = fresh.file("code", founded["recovery_code"])
    assert fresh("recover", "--recovery-code-file", code).error == "keys.passphrase_needed"
    phrase = fresh.file("phrase", PASSPHRASE)
    recover = ("recover", "--recovery-code-file", code, "--passphrase-file", phrase)
    assert fresh.done(*recover)["device_key"] == "missing"
    fresh.environment["BACKBONE_PASSPHRASE_FILE"] = phrase
    fresh.done("household", "add", "--file", fresh.file("f.json", family(("测试甲", HEAD_ID, "户主"))))
    claim = fresh.file("c.json", stay())
    before = fresh.records()
    assert fresh("claim", "add", "--file", claim).error == "keys.device_missing"
    assert fresh.records() == before
    assert fresh.done(*recover, "--new-device-key")["device_key"] == "renewed"
    assert fresh.done("claim", "add", "--file", claim)["benefit"] == "6168.00"
