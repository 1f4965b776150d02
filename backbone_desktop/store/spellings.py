"""Keeps what search finds a member by besides the columns: pinyin spellings and the ends of long names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, delete, insert

from backbone_core.names import LONGEST_NAME, MIDDLE_DOT
from backbone_desktop.store.pinyin import spellings
from backbone_desktop.store.tables import name_part, spelling

INDEXED_STARTS = 3
"""The expression indexes on `member` cover a name from its first to its third character on."""


_SPELL = insert(spelling)
_KEEP_ENDS = insert(name_part)


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

    def write_new(self, names: Sequence[tuple[str, str]], near: Collection[str] = ()) -> None:
        """(member id, name) of members that have no spellings here yet; `near` are those of the own township."""
        ways = [{"member_id": member_id, "pinyin": whole, "initials": first, "near": member_id in near}
                for member_id, name in names for whole, first in spellings(name)]
        if ways:
            self._connection.execute(_SPELL, ways)
        ends = [{"member_id": member_id, "start": start, "part": part, "near": member_id in near}
                for member_id, name in names for start, part in _ends(name)]
        if ends:
            self._connection.execute(_KEEP_ENDS, ends)


def _ends(name: str) -> Iterator[tuple[int, str]]:
    for start in range(INDEXED_STARTS, min(len(name), LONGEST_NAME)):
        yield start, name[start:]
    for start, part in enumerate(_without_dots(name)):
        yield LONGEST_NAME + start, part
