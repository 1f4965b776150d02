"""Scans in the store, under its encryption and in its transactions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, insert, select, update

from backbone_core.attachment import Attachment, chunks, content_name
from backbone_core.errors import Unavailable
from backbone_desktop.services.attachment_ports import KeptAttachment
from backbone_desktop.store.tables import attachment, attachment_chunk, claim, draft

_NAMES = tuple(part.name for part in fields(Attachment))
_STANDS = attachment.c.removed_at.is_(None)
_SIZE_HERE = (select(func.coalesce(func.sum(func.length(attachment_chunk.c.content)), 0))
              .where(attachment_chunk.c.sha256 == attachment.c.sha256).scalar_subquery())


class StoredAttachments:
    """`services.attachment_ports.AttachmentRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, attachment_id: str) -> Attachment | None:
        return self._one(attachment.c.id == attachment_id, _STANDS)

    def removed(self, attachment_id: str) -> Attachment | None:
        return self._one(attachment.c.id == attachment_id, attachment.c.removed_at.is_not(None))

    def of_claim(self, claim_id: str) -> tuple[KeptAttachment, ...]:
        rows = self._connection.execute(
            select(attachment, (attachment.c.size == _SIZE_HERE).label("here"))
            .where(attachment.c.claim_id == claim_id, _STANDS)
            .order_by(attachment.c.document, attachment.c.place, attachment.c.id)).mappings()
        return tuple(KeptAttachment(_attachment(row), bool(row["here"])) for row in rows)

    def counts(self, claim_ids: Collection[str]) -> dict[str, int]:
        return dict(self._connection.execute(
            select(attachment.c.claim_id, func.count()).where(attachment.c.claim_id.in_(list(claim_ids)), _STANDS)
            .group_by(attachment.c.claim_id)).tuples().all())

    def with_content(self, sha256: str) -> tuple[Attachment, ...]:
        rows = self._connection.execute(
            select(attachment).where(attachment.c.sha256 == sha256, _STANDS).order_by(attachment.c.id)).mappings()
        return tuple(_attachment(row) for row in rows)

    def content(self, sha256: str) -> bytes | None:
        size = self._connection.scalar(select(attachment.c.size).where(attachment.c.sha256 == sha256).limit(1))
        whole = b"".join(self._connection.scalars(
            select(attachment_chunk.c.content).where(attachment_chunk.c.sha256 == sha256)
            .order_by(attachment_chunk.c.number)))
        if size is None or len(whole) < size:
            return None
        if content_name(whole) != sha256:
            raise Unavailable("scan.damaged")
        return whole

    def add(self, made: Attachment, content: bytes) -> None:
        self._connection.execute(insert(attachment).values(**asdict(made)))
        known = set(self._connection.scalars(
            select(attachment_chunk.c.number).where(attachment_chunk.c.sha256 == made.sha256)))
        lacking = [{"sha256": made.sha256, "number": number, "content": chunk}
                   for number, chunk in enumerate(chunks(content)) if number not in known]
        if lacking:
            self._connection.execute(insert(attachment_chunk), lacking)

    def place(self, attachment_id: str, document: str, place: int) -> None:
        self._change(attachment_id, document=document, place=place)

    def remove(self, attachment_id: str, by: str, moment: datetime) -> None:
        self._change(attachment_id, removed_at=moment, removed_by=by)

    def put_back(self, attachment_id: str) -> None:
        self._change(attachment_id, removed_at=None, removed_by=None)

    def left_behind(self, before: datetime) -> tuple[Attachment, ...]:
        rows = self._connection.execute(
            select(attachment).where(
                _STANDS, attachment.c.added_at < before, attachment.c.claim_id.not_in(select(claim.c.id)),
                attachment.c.claim_id.not_in(select(draft.c.key)))).mappings()
        return tuple(_attachment(row) for row in rows)

    def sweep(self, before: datetime) -> int:
        needed = attachment.alias()
        gone = self._connection.scalars(
            select(attachment.c.sha256).distinct()
            .where(attachment.c.removed_at < before,
                   attachment.c.sha256.in_(select(attachment_chunk.c.sha256)),
                   ~select(needed.c.id).where(
                       needed.c.sha256 == attachment.c.sha256,
                       needed.c.removed_at.is_(None) | (needed.c.removed_at >= before)).exists())).all()
        if gone:
            self._connection.execute(delete(attachment_chunk).where(attachment_chunk.c.sha256.in_(gone)))
        return len(gone)

    def _one(self, *wanted: ColumnElement[bool]) -> Attachment | None:
        row = self._connection.execute(select(attachment).where(*wanted)).mappings().first()
        return None if row is None else _attachment(row)

    def _change(self, attachment_id: str, **values: Any) -> None:
        self._connection.execute(update(attachment).where(attachment.c.id == attachment_id).values(**values))


def _attachment(row: RowMapping) -> Attachment:
    return Attachment(**{name: row[name] for name in _NAMES})
