"""How values stand in the store's columns: plain INTEGER, TEXT and BLOB underneath, typed values above."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Dialect, Integer, LargeBinary, Text, literal_column
from sqlalchemy.types import TypeDecorator


class Day(TypeDecorator[date]):
    """A calendar day as ISO text, so that it sorts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Moment(TypeDecorator[datetime]):
    """A UTC moment as text of one width, so that it sorts; a moment without a time zone is a bug."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


@lru_cache(maxsize=16)  # all rows of one act bear one moment
def moment_text(value: datetime) -> str:
    """A moment as the store writes it."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


packed = msgspec.msgpack.Encoder().encode
"""A plain value as the store writes it."""


class Flag(TypeDecorator[bool]):
    """A yes or no as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


def is_set(flag: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition as it stands in a partial index, which a parameter would not match."""
    return flag == literal_column("1")


class Coded(TypeDecorator[StrEnum]):
    """A member of a StrEnum as its text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


class Packed(TypeDecorator[Any]):
    """Plain values (dict, list, str, int, bool, None) as MessagePack."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else packed(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else msgspec.msgpack.decode(value)
