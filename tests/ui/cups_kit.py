"""A CUPS server of the test's own, on loopback, with one PDF printer (cups-pdf) that prints into a folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

QUEUE = "Test_PDF"
CONFIGURATIONS = Path("/etc/cups")
"""Where the backend looks for its instances' settings, wherever the server's own are."""
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
DAEMON = """
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
LogLevel debug
MaxLogSize 0
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Location /admin>
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow from 127.0.0.1
  </Limit>
</Policy>
"""
FILES = """
ServerRoot {root}/etc
RequestRoot {root}/requests
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/requests
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
ServerBin /usr/lib/cups
DataDir /usr/share/cups
SystemGroup root
"""
BACKEND_SETTINGS = "Out {root}/out\nAnonDirName {root}/out\nSpool {root}/spool\nLog {root}/log\nLabel 1\nGrp root\n"


def why_not() -> str:
    """Why there is no such printer on this machine; "" where there is one."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "the cups-pdf backend runs as root alone"
    missing = [name for name in ("cupsd", "lpadmin", "lp", "lpstat", "gs") if _program(name) is None]
    if missing or not PPD.exists() or not BACKEND.exists():
        return "the Debian packages cups, cups-client and printer-driver-cups-pdf are not installed"
    return ""


@dataclass(frozen=True)
class Cups:
    root: Path
    port: int

    def run(self, *command: str) -> None:
        program = _program(command[0])
        assert program is not None
        subprocess.run((program, *command[1:]), check=True, capture_output=True, env=self.environment)

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "CUPS_SERVER": f"127.0.0.1:{self.port}"}

    def printed(self, count: int) -> list[bytes]:
        """What came out, in the order of the jobs; waits until so many papers did."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            files = sorted((self.root / "out").glob("*.pdf"), key=_job)
            whole = [one.read_bytes() for one in files]
            if len(whole) >= count and all(b"%%EOF" in one[-40:] for one in whole):
                return whole
            time.sleep(0.1)
        raise AssertionError(f"{len(files)} of {count} papers came out:\n{(self.root / 'log' / 'error').read_text()}")

    def asked(self, title: str) -> str:
        """With which options the backend was last called for a job of this title, as the server logged it."""
        calls = [line for line in (self.root / "log" / "error").read_text().splitlines()
                 if "argv[3]" in line and title in line]
        assert calls, f"no job is called {title}"
        job = calls[-1].partition("[Job ")[2].partition("]")[0]
        lines = (self.root / "log" / "error").read_text().splitlines()
        return " ".join(line.partition("=")[2] for line in lines if f"[Job {job}] argv[" in line)


@contextmanager
def cups() -> Iterator[Cups]:
    root = Path(tempfile.mkdtemp(prefix="cups-"))
    root.chmod(0o755)  # CUPS filters as another user, who must come in
    try:
        with _server(root) as made:
            yield made
    finally:
        shutil.rmtree(root)


@contextmanager
def _server(root: Path) -> Iterator[Cups]:
    for folder in ("etc", "requests", "cache", "state", "log", "out", "spool"):
        (root / folder).mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (root / "etc" / "cupsd.conf").write_text(DAEMON.format(port=port))
    (root / "etc" / "cups-files.conf").write_text(FILES.format(root=root))
    instance = f"backbone-test-{port}"
    settings = CONFIGURATIONS / f"cups-pdf-{instance}.conf"
    settings.write_text(BACKEND_SETTINGS.format(root=root))
    program = _program("cupsd")
    assert program is not None
    server = subprocess.Popen((program, "-f", "-c", str(root / "etc" / "cupsd.conf"), "-s",
                               str(root / "etc" / "cups-files.conf")), stderr=subprocess.DEVNULL)
    made = Cups(root, port)
    try:
        _wait_for(port)
        made.run("lpadmin", "-p", QUEUE, "-E", "-v", f"cups-pdf:/{instance}", "-P", str(PPD))
        yield made
    finally:
        server.terminate()
        server.wait()
        settings.unlink()


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")


def _wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("cupsd does not listen")


def _job(path: Path) -> int:
    return int(path.stem.rpartition("job_")[2])
