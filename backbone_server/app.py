"""The HTTP face of the central server: what is asked where, and sealed answers to all of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from backbone_core.protocol import (
    BATCH,
    ENROLMENT,
    ERROR,
    HELLO,
    OLDEST_PROTOCOL,
    PROOF,
    PROTOCOL,
    Refusal,
    UnknownFormatError,
    UnreadableError,
    WrongSignatureError,
    encode,
    seal,
)
from backbone_server.bodies import answer, read_body
from backbone_server.desk import Answer, Desk, Limits
from backbone_server.journal import Journal
from backbone_server.keys import ServerKeys
from backbone_server.refusals import RefusedError
from backbone_server.store.engine import Store
from backbone_server.store.schema import StoreIdentity, identity

_RETRY_SECONDS = 5
_HTTP_CODES = {404: "server.not_found", 405: "server.method"}


@dataclass(frozen=True, slots=True)
class Parts:
    """What the application is put together from; `now` gives the server's clock."""

    store: Store
    keys: ServerKeys
    identity: StoreIdentity
    now: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)
    journal: Journal = field(default_factory=Journal)


Work = Callable[[bytes], Answer]


def create_app(parts: Parts) -> FastAPI:
    app = FastAPI(title="Backbone central server", docs_url=None, redoc_url=None, openapi_url=None)
    desk = Desk(parts.store, parts.keys, parts.identity, parts.limits, parts.now)
    edge = _Edge(parts)

    @app.get("/health")
    async def health() -> JSONResponse:
        return await run_in_threadpool(_health, parts)

    @app.post("/v1/hello")
    async def hello(request: Request) -> Response:
        return await edge.serve(request, HELLO, desk.greet)

    @app.post("/v1/devices/enrol")
    async def enrol(request: Request) -> Response:
        return await edge.serve(request, ENROLMENT, desk.enrol)

    @app.post("/v1/session")
    async def session(request: Request) -> Response:
        return await edge.serve(request, PROOF, desk.open_session)

    @app.post("/v1/push")
    async def push(request: Request) -> Response:
        token = _token(request)
        return await edge.serve(request, BATCH, lambda body: desk.push(token, body))

    @app.get("/v1/feed")
    async def feed(request: Request) -> Response:
        token, query = _token(request), request.query_params
        return await edge.serve(request, "", lambda _: desk.feed(token, query))

    @app.get("/v1/directory")
    async def directory(request: Request) -> Response:
        token, query = _token(request), request.query_params
        return await edge.serve(request, "", lambda _: desk.directory(token, query))

    @app.exception_handler(HTTPException)
    async def no_such_place(request: Request, error: HTTPException) -> Response:
        return edge.refuse(request, RefusedError(_HTTP_CODES.get(error.status_code, "server.unreadable")))

    return app


class _Edge:
    """Reads, carries out, answers and notes; whatever goes wrong leaves as a sealed refusal."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def serve(self, request: Request, thing: str, work: Work) -> Response:
        began = time.perf_counter()
        done = Answer("", b"")
        try:
            done = await self._carry_out(request, thing, work)
            response = answer(request, done.thing, done.sealed)
            code = ""
        except RefusedError as refused:
            response, code = self.refuse(request, refused), refused.code
        except UnknownFormatError:
            response, code = self.refuse(request, RefusedError("server.version")), "server.version"
        except UnreadableError:
            response, code = self.refuse(request, RefusedError("server.unreadable")), "server.unreadable"
        except WrongSignatureError:
            response, code = self.refuse(request, RefusedError("server.signature")), "server.signature"
        except SQLAlchemyError as error:
            self._parts.journal.bug("store", error, path=request.url.path)
            response, code = self.refuse(request, RefusedError("server.busy")), "server.busy"
        except Exception as bug:  # answered and noted without its text, which may be somebody's
            self._parts.journal.bug("bug", bug, path=request.url.path)
            response, code = self.refuse(request, RefusedError("server.failed")), "server.failed"
        self._parts.journal.note(
            "request",
            path=request.url.path,
            status=response.status_code,
            code=code,
            ms=round((time.perf_counter() - began) * 1000),
            bytes_out=len(response.body),
            **done.facts,
        )
        return response

    async def _carry_out(self, request: Request, thing: str, work: Work) -> Answer:
        limits = self._parts.limits
        body = await read_body(request, thing, limits.body, limits.unpacked) if thing else b""
        return await run_in_threadpool(work, body)

    def refuse(self, request: Request, refused: RefusedError) -> Response:
        refusal = Refusal(
            code=refused.code,
            server_id=self._parts.identity.server_id,
            server_epoch=self._parts.identity.server_epoch,
            position=refused.position,
            oldest=OLDEST_PROTOCOL,
            newest=PROTOCOL,
            limit=refused.limit,
            retry_after=_RETRY_SECONDS if refused.code == "server.busy" else 0,
        )
        response = answer(request, ERROR, seal(ERROR, encode(refusal), self._parts.keys.sign), refused.status)
        if refused.status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        if refusal.retry_after:
            response.headers["Retry-After"] = str(refusal.retry_after)
        return response


def _token(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _health(parts: Parts) -> JSONResponse:
    try:
        with parts.store.reading() as connection:
            found = identity(connection)
    except SQLAlchemyError as error:
        parts.journal.bug("store", error, path="/health")
        return JSONResponse({"status": "unavailable"}, status_code=503)
    protocol = {"oldest": OLDEST_PROTOCOL, "newest": PROTOCOL}
    return JSONResponse({"status": "ok", "server_id": found.server_id, "protocol": protocol})


