"""A real central server in a process of its own, for the demo and for every test that needs the other end of the link.

    server = ServerProcess(tmp_path / "server")
    with server.running():
        code = server.code("520625", "A01")
        ...                       # server.url is where it listens
        server.kill()             # as a power cut would
        server.start()            # on the same port, with what it had made safe
        assert server.summary()["counties"]["520625"]["records"]["claim"] == 1
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 60.0


class ServerProcess:
    def __init__(self, data_dir: Path, database: str = "", arguments: tuple[str, ...] = ()) -> None:
        self.data_dir = data_dir
        self.database = database
        self.port = 0
        self.log_file = data_dir.with_name(data_dir.name + ".log")
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, on the port it had before if there was one, and wait until it listens."""
        port_file = self.data_dir.with_name(self.data_dir.name + ".port")
        port_file.unlink(missing_ok=True)
        where = ["--port", str(self.port), "--port-file", str(port_file), *self._arguments]
        self.data_dir.parent.mkdir(parents=True, exist_ok=True)
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "backbone_server", "serve", *self._place(), *where],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environment(),
            )
        until = time.monotonic() + _PATIENCE
        while not port_file.exists():
            if self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"the server did not start:\n{self.log()}")
            time.sleep(0.02)
        self.port = int(port_file.read_text("ascii"))

    def stop(self) -> int:
        """Ask it to stop (SIGTERM), wait, and return its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(_PATIENCE)
        self._process = None
        return code

    def kill(self) -> None:
        """End it at once (SIGKILL), as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(_PATIENCE)
            self._process = None

    @contextmanager
    def running(self) -> Iterator[ServerProcess]:
        self.start()
        try:
            yield self
        finally:
            self.kill()

    def code(self, county: str, number: str, *, office: str = "示例县医疗保障局", scope: str = "county") -> str:
        """A one-time enrolment code for device `number`; `scope` is "county" or "township:NAME"."""
        return self.command(
            "device", "code", "--county", county, "--number", number, "--office", office, "--scope", scope
        ).strip()

    def revoke(self, device: str) -> None:
        """`device`: its id, or COUNTY/NUMBER."""
        self.command("device", "revoke", device)

    def summary(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.command("summary", "--json"))
        return found

    def command(self, *words: str) -> str:
        """What an administrator's command prints; it works beside the running server."""
        done = subprocess.run(
            [sys.executable, "-m", "backbone_server", *words, *self._place()],
            cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env=self._environment(), check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def log(self) -> str:
        return self.log_file.read_text("utf-8") if self.log_file.exists() else ""

    def _place(self) -> list[str]:
        return ["--data", str(self.data_dir), *(["--database", self.database] if self.database else [])]

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONUTF8": "1"}
