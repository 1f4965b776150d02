"""Bytes at the HTTP edge: limits, compression and content types, for what comes in and for sealed answers."""

from __future__ import annotations

from collections.abc import Mapping

import zstandard
from fastapi import Request, Response
from starlette.requests import ClientDisconnect

from backbone_core.protocol import content_type
from backbone_server.refusals import RefusedError

_WORTH_PACKING = 256


async def read_body(request: Request, thing: str, most: int, most_unpacked: int) -> bytes:
    """The body, unpacked. Raises `RefusedError` server.content_type, server.too_large, server.unreadable."""
    sent_as = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent_as != content_type(thing):
        raise RefusedError("server.content_type")
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most:
        raise RefusedError("server.too_large", limit=most)
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise RefusedError("server.too_large", limit=most)
            parts.append(part)
    except ClientDisconnect:
        raise RefusedError("server.unreadable") from None
    return _unpack(b"".join(parts), request.headers, most_unpacked)


def _unpack(body: bytes, headers: Mapping[str, str], most: int) -> bytes:
    packed_as = headers.get("content-encoding", "identity").strip().lower()
    if packed_as == "identity":
        return body
    if packed_as != "zstd":
        raise RefusedError("server.content_type")
    try:
        # what the frame says of its own size is looked at before any memory is given to it
        if zstandard.frame_content_size(body) > most:
            raise RefusedError("server.too_large", limit=most)
        return zstandard.ZstdDecompressor(max_window_size=1 << 27).decompress(
            body, max_output_size=most, allow_extra_data=False
        )
    except zstandard.ZstdError:
        raise RefusedError("server.unreadable") from None


def answer(request: Request, thing: str, sealed: bytes, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store"}
    taken = {part.partition(";")[0].strip().lower() for part in request.headers.get("accept-encoding", "").split(",")}
    if "zstd" in taken and len(sealed) > _WORTH_PACKING:
        sealed = zstandard.ZstdCompressor(level=6).compress(sealed)
        headers["Content-Encoding"] = "zstd"
    return Response(sealed, status_code=status, media_type=content_type(thing), headers=headers)
