"""A roster file that is open for reading: its header, what the columns seem to hold, and its rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from backbone_core.cells import is_rounded
from backbone_core.errors import Finding, RuleBroken, refusal
from backbone_desktop.importing.header import Header, find_header
from backbone_desktop.importing.sheets import Sheets, read_file
from backbone_desktop.services.roster_rows import RosterRow

_NUMBERS = ("id_no", "household_no", "person_no", "household_phone", "member_phone")
_OF_HOUSEHOLD = ("county", "township", "village", "group", "household_no")
"""What may stand once for all members of a household; a name or ID number is never taken from another row."""
_TOTAL = re.compile(r"(合计|总计|共计|小计)[:：]?[0-9户人、,，]*")


@dataclass(frozen=True, slots=True)
class OpenRoster:
    """`services.roster_rows.RosterFile`."""

    file_hash: str
    _sheets: Sheets
    _sheet: str
    _header: Header

    @property
    def header(self) -> tuple[str, ...]:
        return self._header.titles

    @property
    def template(self) -> str:
        return self._header.template

    @property
    def columns(self) -> Mapping[str, int]:
        return self._header.columns

    def rows(self, columns: Mapping[str, int]) -> Iterator[RosterRow]:
        width = len(self.header)
        blanks = [""] * width
        merged = self._sheets.merged_down(self._sheet)
        shared = [(field, columns[field]) for field in _OF_HOUSEHOLD if field in columns]
        stood: dict[tuple[int, int], str] = {}
        for row_no, found in self._sheets.rows(self._sheet):
            cells = found if len(found) == width else (*found[:width], *blanks[len(found):])
            if row_no <= self._header.row_no or not any(cells) or self._header.stands_again_in(cells):
                continue
            for _, place in shared if merged else ():
                top = merged.get((row_no, place))
                if top is None:
                    stood[row_no, place] = cells[place]
                else:  # also in the row that is kept: it is read again when a person decides about it
                    cells = (*cells[:place], stood.get((top, place), ""), *cells[place + 1:])
            values = {field: cells[place] for field, place in columns.items()}
            if _is_total(cells, values):
                continue
            yield RosterRow(row_no, cells, values, tuple(_trouble(values)))
        self._sheets.let_go()


def open_roster(path: Path) -> OpenRoster:
    """Open the first sheet of a file that has a roster's header.

    Raises RuleBroken, all at the field "file": roster.no_file, roster.not_a_sheet, roster.no_header.
    """
    content = read_file(path)
    sheets = Sheets(content)
    for name in sheets.names:
        header = find_header(sheets.rows(name))
        if header is not None:
            return OpenRoster(hashlib.sha256(content).hexdigest(), sheets, name, header)
    raise RuleBroken("roster.no_header", "file")


def _trouble(values: Mapping[str, str]) -> Iterator[Finding]:
    for field in _NUMBERS:
        text = values.get(field, "")
        if text and not text.isdecimal() and is_rounded(text):
            yield refusal("roster.number_rounded", field)


def _is_total(cells: tuple[str, ...], values: Mapping[str, str]) -> bool:
    """A line that counts the others names nobody: neither a number nor a name but, perhaps, the word itself."""
    if values.get("id_no"):
        return False
    name = values.get("name", "")
    return (not name or _counts(name)) and any(map(_counts, cells))


def _counts(text: str) -> bool:
    return _TOTAL.fullmatch("".join(text.split())) is not None
