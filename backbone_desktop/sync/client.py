"""The central server over HTTP: one kept-alive session, and no answer believed that the centre did not sign.

Success is a 2xx with our content type and a valid signature, and nothing else: the page of a captive portal, a
proxy's apology or half an answer count as no link. Redirects are not followed.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from backbone_core import protocol
from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.services.signatures import verify
from backbone_desktop.sync.troubles import LinkCut, ServerRefused

if TYPE_CHECKING:
    import requests

log = logging.getLogger(__name__)
MessageT = TypeVar("MessageT")
TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and seconds without a byte before the link counts as cut."""
MOST_ANSWER = 64 * 1024 * 1024
"""Bytes; a longer answer is not ours."""
SMALLEST_WORTH_PACKING = 400
"""Bytes below which compression costs more than it saves."""


def read_url(typed: str) -> str:
    """The server's address as it is used. Raises `RuleBroken("exchange.url")` or `RuleBroken("exchange.url_plain")`.

    Plain http is taken for this machine alone: elsewhere it would show families' illnesses to everybody on the way.
    """
    text = typed.strip()
    if "://" not in text:
        text = f"https://{text}"
    text = text.rstrip("/")
    parts = urlsplit(text)
    try:
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or parts.username or parts.query or parts.fragment:
        raise RuleBroken("exchange.url", "server_url")
    if parts.scheme == "http" and not _is_this_machine(parts.hostname or ""):
        raise RuleBroken("exchange.url_plain", "server_url")
    return text


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class HttpCentralServer:
    """Implements the services' CentralServer. `server_key` is the key of the centre that this device knows, or b""."""

    def __init__(self, url: str, server_key: bytes = b"", timeout: tuple[float, float] = TIMEOUT) -> None:
        self._url = read_url(url)
        self._key = server_key
        self._timeout = timeout
        self._session: requests.Session | None = None

    @property
    def url(self) -> str:
        return self._url

    def close(self) -> None:
        if self._session is not None:
            self._session.close()

    def greet(self, hello: protocol.Hello) -> protocol.Greeting:
        """Raises `Unavailable("exchange.other_server")` when not the centre we know, but another one, answers."""
        sealed = self._ask("POST", "/v1/hello", protocol.HELLO, protocol.encode(hello), answer=protocol.GREETING)
        greeting = _read(sealed, protocol.Greeting)
        if self._key and greeting.server_key != self._key:
            raise Unavailable("exchange.other_server")
        self._check(sealed, greeting.server_key)
        return greeting

    def enrol(self, sealed: bytes, greeting: protocol.Greeting) -> protocol.Enrolled:
        answer = self._ask("POST", "/v1/devices/enrol", protocol.ENROLMENT, sealed, answer=protocol.ENROLLED)
        self._check(answer, greeting.server_key)
        enrolled = _read(answer, protocol.Enrolled)
        if (enrolled.server_id, enrolled.server_key) != (greeting.server_id, greeting.server_key):
            raise LinkCut("exchange.not_genuine")
        self._key = enrolled.server_key
        return enrolled

    def open_session(self, proof: protocol.Proof) -> protocol.Session:
        answer = self._ask("POST", "/v1/session", protocol.PROOF, protocol.encode(proof), answer=protocol.SESSION)
        self._check(answer, self._key)
        session = _read(answer, protocol.Session)
        if session.device_id != proof.device_id:
            raise LinkCut("exchange.not_genuine")
        return session

    def push(self, token: str, sealed: bytes) -> tuple[protocol.ServerReceipt, protocol.Sealed]:
        answer = self._ask("POST", "/v1/push", protocol.BATCH, sealed, answer=protocol.RECEIPT, token=token)
        self._check(answer, self._key)
        try:
            return protocol.read_receipt(answer.payload), answer
        except protocol.UnreadableError:
            raise LinkCut("exchange.not_genuine") from None

    def feed(self, token: str, server_epoch: str, after: int) -> protocol.FeedPage:
        answer = self._ask("GET", "/v1/feed", "", b"", answer=protocol.FEED, token=token,
                           query={"epoch": server_epoch, "after": str(after)})
        self._check(answer, self._key)
        try:
            return protocol.read_feed(answer.payload)
        except protocol.UnreadableError:
            raise LinkCut("exchange.not_genuine") from None

    def directory(self, token: str, server_epoch: str, after: int) -> protocol.DirectoryPage:
        answer = self._ask("GET", "/v1/directory", "", b"", answer=protocol.DIRECTORY, token=token,
                           query={"epoch": server_epoch, "after": str(after)})
        self._check(answer, self._key)
        return _read(answer, protocol.DirectoryPage)

    def _check(self, sealed: protocol.Sealed, key: bytes) -> None:
        try:
            protocol.check_seal(sealed, key, verify)
        except protocol.WrongSignatureError:
            raise LinkCut("exchange.not_genuine") from None

    def _ask(self, method: str, path: str, thing: str, body: bytes, *, answer: str, token: str = "",
             query: Mapping[str, str] | None = None) -> protocol.Sealed:
        """Send one request and return the envelope that came back, not yet checked against a key."""
        import requests
        import urllib3

        if self._session is None:
            self._session = requests.Session()
            self._session.headers.update({"Accept": "*/*", "Accept-Encoding": "zstd", "User-Agent": "backbone-desktop"})
            if _is_this_machine(urlsplit(self._url).hostname or ""):
                self._session.trust_env = False  # a proxy of the office has no business with this machine itself
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body:
            headers["Content-Type"] = protocol.content_type(thing)
            body = _packed(body, headers)
        ours = {protocol.content_type(answer), protocol.content_type(protocol.ERROR)}
        try:
            with self._session.request(method, self._url + path, params=dict(query or {}), data=body or None,
                                       headers=headers, timeout=self._timeout, allow_redirects=False,
                                       stream=True) as response:
                status, kind = response.status_code, response.headers.get("Content-Type", "").partition(";")[0].strip()
                content = _content(response) if kind in ours else b""
        except (requests.exceptions.SSLError, requests.exceptions.InvalidURL):
            raise LinkCut("exchange.not_secure") from None
        except requests.exceptions.ConnectTimeout:
            raise Unavailable("exchange.no_link") from None  # a smaller batch would wait as long
        except requests.exceptions.Timeout:
            raise LinkCut("exchange.slow") from None
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError):
            raise LinkCut("exchange.no_link") from None
        if kind == protocol.content_type(protocol.ERROR):
            raise self._refusal(content)
        if kind not in ours or not 200 <= status < 300:
            log.warning("something else than the centre answered, with status %d", status)
            raise LinkCut("exchange.not_ours")
        return _envelope(content, answer)

    def _refusal(self, content: bytes) -> Unavailable:
        sealed = _envelope(content, protocol.ERROR)
        if self._key:
            self._check(sealed, self._key)
        refusal = _read(sealed, protocol.Refusal)
        code = refusal.code if refusal.code in protocol.HTTP_STATUS else "server.failed"
        return ServerRefused(code, refusal)


def _packed(body: bytes, headers: dict[str, str]) -> bytes:
    """The body as it travels; says in `headers` when it is compressed."""
    if len(body) < SMALLEST_WORTH_PACKING:
        return body
    import zstandard

    headers["Content-Encoding"] = "zstd"
    return zstandard.ZstdCompressor(level=9).compress(body)


def _content(response: requests.Response) -> bytes:
    """The whole body, unpacked. Raises `LinkCut` when it is longer than any answer of ours, or broken."""
    parts, length = [], 0
    for part in response.raw.stream(64 * 1024, decode_content=False):
        parts.append(part)
        length += len(part)
        if length > MOST_ANSWER:
            raise LinkCut("exchange.not_ours")
    body = b"".join(parts)
    return _unpacked(body) if response.headers.get("Content-Encoding", "").strip().lower() == "zstd" else body


def _unpacked(body: bytes) -> bytes:
    import zstandard

    try:
        if not 0 <= zstandard.frame_content_size(body) <= MOST_ANSWER:
            raise LinkCut("exchange.not_ours")
        return zstandard.ZstdDecompressor().decompress(body, max_output_size=MOST_ANSWER)
    except zstandard.ZstdError:
        raise LinkCut("exchange.not_ours") from None


def _envelope(content: bytes, thing: str) -> protocol.Sealed:
    try:
        return protocol.read_sealed(content, thing)
    except protocol.UnreadableError:
        raise LinkCut("exchange.not_ours") from None


def _read(sealed: protocol.Sealed, message_type: type[MessageT]) -> MessageT:
    try:
        return protocol.decode(sealed.payload, message_type)
    except protocol.UnreadableError:
        raise LinkCut("exchange.not_ours") from None
