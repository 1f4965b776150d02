"""A list of reference data as a service is handed one, without a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from backbone_desktop.services.reference_rows import FIELDS, ReferenceKind, SheetRow


@dataclass
class ReferenceSheet:
    """`lines` hold the fields of the kind in their order; what is left out at the end is empty."""

    kind: ReferenceKind
    lines: list[tuple[str, ...]] = field(default_factory=list)
    file_hash: str = "00"

    @property
    def header(self) -> tuple[str, ...]:
        return FIELDS[self.kind]

    @property
    def columns(self) -> Mapping[str, int]:
        return {name: at for at, name in enumerate(self.header)}

    def rows(self) -> Iterator[SheetRow]:
        for row_no, line in enumerate(self.lines, start=2):
            yield SheetRow(row_no, dict(zip(self.header, (*line, *[""] * len(self.header)), strict=False)))


def places(*lines: tuple[str, ...]) -> ReferenceSheet:
    return ReferenceSheet(ReferenceKind.PLACE, list(lines))


def hospitals(*lines: tuple[str, ...]) -> ReferenceSheet:
    return ReferenceSheet(ReferenceKind.HOSPITAL, list(lines))


def diagnoses(*lines: tuple[str, ...]) -> ReferenceSheet:
    return ReferenceSheet(ReferenceKind.DIAGNOSIS, list(lines))
