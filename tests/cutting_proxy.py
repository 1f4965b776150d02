"""A TCP proxy that cuts the link where a test wants it cut: in the middle of a request, or of its answer."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass
class Cut:
    """Cut once, `after` bytes of a request whose first line holds `path` ("up"), or of its answer ("down").

    `then` is called while both sides still wait, before the sockets are closed: a place to kill a server.
    """

    path: bytes
    direction: Literal["up", "down"]
    after: int
    then: Callable[[], None] | None = None
    done: bool = False


class CuttingProxy:
    """Listens on loopback and passes everything on to `target_port`, until a `Cut` says otherwise."""

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.cuts: list[Cut] = []
        self.bytes_up = 0
        self.bytes_down = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open = True
        self._sockets: set[socket.socket] = set()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self, path: str, direction: Literal["up", "down"], after: int = 0,
            then: Callable[[], None] | None = None) -> Cut:
        planned = Cut(path.encode(), direction, after, then)
        self.cuts.append(planned)
        return planned

    def close(self) -> None:
        self._open = False
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for side in tuple(self._sockets):
            self._close(side)
        self._thread.join(5)

    def _accept(self) -> None:
        while self._open:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target_port), 5)
            except OSError:
                near.close()
                continue
            self._sockets |= {near, far}
            link = _Link(self, near, far)
            for work in (link.up, link.down):
                threading.Thread(target=work, daemon=True).start()

    def _close(self, side: socket.socket) -> None:
        self._sockets.discard(side)
        with contextlib.suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)
        side.close()


class _Link:
    """One connection: knows which planned cut concerns the request that is under way."""

    def __init__(self, proxy: CuttingProxy, near: socket.socket, far: socket.socket) -> None:
        self._proxy, self._near, self._far = proxy, near, far
        self._planned: Cut | None = None
        self._counted = 0

    def up(self) -> None:
        while data := self._receive(self._near):
            first_line = data.split(b"\r\n", 1)[0]
            if b"HTTP/1.1" in first_line:
                self._planned = next((cut for cut in self._proxy.cuts if not cut.done and cut.path in first_line), None)
                self._counted = 0
            self._proxy.bytes_up += len(data)
            if not self._pass_on(data, self._far, "up"):
                return
        self._end()

    def down(self) -> None:
        while data := self._receive(self._far):
            self._proxy.bytes_down += len(data)
            if not self._pass_on(data, self._near, "down"):
                return
        self._end()

    def _pass_on(self, data: bytes, to: socket.socket, direction: str) -> bool:
        planned = self._planned
        if planned is not None and not planned.done and planned.direction == direction:
            if self._counted + len(data) > planned.after:
                planned.done = True
                with contextlib.suppress(OSError):
                    to.sendall(data[:planned.after - self._counted])
                if planned.then is not None:
                    planned.then()
                self._end()
                return False
            self._counted += len(data)
        try:
            to.sendall(data)
        except OSError:
            self._end()
            return False
        return True

    def _receive(self, side: socket.socket) -> bytes:
        try:
            return side.recv(64 * 1024)
        except OSError:
            return b""

    def _end(self) -> None:
        self._proxy._close(self._near)
        self._proxy._close(self._far)
