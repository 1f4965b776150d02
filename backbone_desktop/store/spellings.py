"""Keeps what search finds a member by besides the columns: pinyin spellings and the ends of long names."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from sqlalchemy import Connection, delete

from backbone_core.names import LONGEST_NAME, MIDDLE_DOT
from backbone_desktop.store.pinyin import spellings
from backbone_desktop.store.rows import RowWriter
from backbone_desktop.store.tables import name_part, spelling

INDEXED_STARTS = 3
"""The expression indexes on `member` cover a name from its first to its third character on."""


_WAYS = RowWriter(spelling, ("member_id", "pinyin", "initials", "near"))
_ENDS = RowWriter(name_part, ("member_id", "start", "part", "near"))


def _without_dots(name: str) -> list[str]:
    """买买提·艾力 as somebody types it who does not find the dot: every end that reaches over one."""
    plain, last = name.replace(MIDDLE_DOT, ""), name.rfind(MIDDLE_DOT)
    return [plain[start:] for start in range(last - name.count(MIDDLE_DOT) + 1)] if last > 0 else []


class Spellings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, member_id: str, name: str, *, new: bool, near: bool) -> None:
        if not new:
            self._connection.execute(delete(spelling).where(spelling.c.member_id == member_id))
            self._connection.execute(delete(name_part).where(name_part.c.member_id == member_id))
        self.write_new([(member_id, name)], {member_id} if near else ())

    def write_new(self, names: Sequence[tuple[str, str]], near: Container[str] = ()) -> None:
        """(member id, name) of members that have no spellings here yet; `near` are those of the own township.

        They go in as the alphabet has them, so that each page of a large index is fetched once and not for every name.
        """
        bearers: dict[str, list[str]] = {}
        for member_id, name in names:
            bearers.setdefault(name, []).append(member_id)
        ways: dict[str, list[tuple[str, str, str]]] = {}
        for name in bearers:
            for whole, first in spellings(name):
                ways.setdefault(whole[0], []).append((whole, first, name))
        _WAYS.write(self._connection, (
            (member_id, whole, first, member_id in near)
            for letter in sorted(ways)  # letter by letter: sorting all at once would stop the window
            for whole, first, name in sorted(ways[letter]) for member_id in bearers[name]))
        ends = sorted((part, start, name) for name in bearers for start, part in _ends(name))
        _ENDS.write(self._connection, ((member_id, start, part, member_id in near)
                                       for part, start, name in ends for member_id in bearers[name]))


def _ends(name: str) -> Iterator[tuple[int, str]]:
    for start in range(INDEXED_STARTS, min(len(name), LONGEST_NAME)):
        yield start, name[start:]
    for start, part in enumerate(_without_dots(name)):
        yield LONGEST_NAME + start, part
