"""A real central server in a process of its own, on loopback, with its database in a folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import requests


class ServerProcess:
    """`backbone-server serve` that can be asked for a code, stopped, killed and started again on the same port."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until it answers. Raises RuntimeError with its last words when it does not."""
        self._data.mkdir(parents=True, exist_ok=True)
        port_file = self._data / "port"
        port_file.unlink(missing_ok=True)
        with (self._data / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "backbone_server", "serve", "--data", str(self._data),
                 "--port", str(self.port), "--port-file", str(port_file)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            if port_file.exists() and (text := port_file.read_text().strip()):
                self.port = int(text)
                try:
                    if requests.get(f"{self.url}/health", timeout=2).ok:
                        return
                except requests.RequestException:
                    pass
            time.sleep(0.05)
        raise RuntimeError((self._data / "server.log").read_text("utf-8", "replace")[-2000:])

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut would: no chance to tidy up."""
        self._end(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

    def _end(self, how: int) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def command(self, *arguments: str) -> str:
        """Run one of the server's administration commands on the same data folder and return what it prints."""
        done = subprocess.run([sys.executable, "-m", "backbone_server", *arguments, "--data", str(self._data)],
                              capture_output=True, text=True, check=True)
        return done.stdout

    def device_code(self, county: str, office: str, number: str) -> str:
        """A one-time code with which a device makes itself known."""
        answer = json.loads(self.command("device", "code", "--county", county, "--office", office,
                                         "--number", number, "--json"))
        return str(answer["code"])

    def summary(self) -> dict[str, Any]:
        """What the server holds, without personal data."""
        answer: dict[str, Any] = json.loads(self.command("summary", "--json"))
        return answer
