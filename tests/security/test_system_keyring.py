"""Which keyrings deserve the name, and the real one of a Linux desktop."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from keyring.backends import fail, null

from backbone_core.errors import Unavailable
from backbone_desktop.security.system_keyring import SystemKeyring, is_real

HERE = Path(__file__).resolve().parents[2]


def test_a_keyring_keeps_what_it_is_given(memory_keyring, memory):
    assert memory_keyring.keeps_what_it_is_given()
    assert not memory.kept
    memory_keyring.put("one", "秘密")
    assert memory_keyring.get("one") == "秘密"
    memory_keyring.forget("one")
    memory_keyring.forget("one")
    assert memory_keyring.get("one") is None


def test_a_keyring_that_refuses_is_none(memory_keyring, memory):
    memory.locked = True
    assert not memory_keyring.keeps_what_it_is_given()
    with pytest.raises(Unavailable) as failed:
        memory_keyring.get("one")
    assert failed.value.code == "keys.keyring_failed"


def test_a_keyring_that_never_answers_is_given_up(memory):
    never = threading.Event()
    memory.get_password = lambda *_: never.wait()
    with pytest.raises(Unavailable) as failed:
        SystemKeyring(memory, patience=0.05).get("one")
    assert failed.value.code == "keys.keyring_silent"
    never.set()


class PlaintextKeyring:
    priority = 5


class Discouraged:
    priority = 0.5


class CannotRunHere:
    @property
    def priority(self):
        raise RuntimeError("no such system")


def test_keyrings_that_forget_or_write_plain_text_are_refused(memory):
    assert is_real(memory)
    for backend in (fail.Keyring(), null.Keyring(), PlaintextKeyring(), Discouraged(), CannotRunHere()):
        assert not is_real(backend)


@pytest.mark.parametrize("backend", ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"])
def test_none_is_found_where_there_is_none(backend):
    """A process of its own, because python-keyring chooses once."""
    found = subprocess.run(
        [sys.executable, "-c", "from backbone_desktop.security.system_keyring import find_system_keyring as find\n"
                               "print(find())"],
        env={**os.environ, "PYTHON_KEYRING_BACKEND": backend}, cwd=HERE, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "None"


@pytest.mark.skipif(not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
                    reason="needs a Secret Service (gnome-keyring) and dbus")
def test_a_real_secret_service_keeps_the_keys_and_its_loss_loses_nothing(tmp_path):
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from backbone_desktop.security.keys import StoreKeys
        from backbone_desktop.security.system_keyring import find_system_keyring

        keyring = find_system_keyring()
        assert keyring is not None and keyring.name == "SecretService", keyring
        assert keyring.keeps_what_it_is_given()
        profile = "018f0000-0000-7000-8000-000000000001"
        keys = StoreKeys(Path(sys.argv[1]), profile, keyring)
        made = keys.make()
        keys.keep(made)
        again = StoreKeys(Path(sys.argv[1]), profile, find_system_keyring())
        assert again.from_keyring() == made.store_key
        assert [way.stands for way in again.ways()] == [True, True, False]
        again.signer(made.store_key).sign(b"x")
        keyring.forget(profile + " store")
        assert again.from_keyring() is None
        assert again.from_recovery_code(made.recovery_code) == made.store_key
        again.mend(made.store_key)
        assert again.from_keyring() == made.store_key
        print("held")
    """)
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("DBUS_", "XDG_", "PYTHON_KEYRING"))}
    environment |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "XDG_DATA_HOME": str(home / "data")}
    start = ('printf "the session\'s own password" | gnome-keyring-daemon --unlock --components=secrets >/dev/null '
             '2>&1 && exec "$0" -c "$1" "$2"')
    command = ["dbus-run-session", "--", "sh", "-c", start, sys.executable, script, str(tmp_path / "keys.json")]
    ran = subprocess.run(command, env=environment, cwd=HERE, capture_output=True, text=True, timeout=120,
                         check=False)
    assert ran.stdout.strip() == "held", ran.stderr
