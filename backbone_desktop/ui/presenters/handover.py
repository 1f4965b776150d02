"""What the page of handovers shows: claims that wait, the lists that were made, and what is chosen of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.money import format_amount
from backbone_desktop.services.handover_ports import HandoverNote, HandoverRow, Leg
from backbone_desktop.services.rows import Page
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim that may go on; `id` is the claim's."""

    id: str
    row: HandoverRow


@dataclass(frozen=True, slots=True)
class Shown:
    leg: Leg
    waiting: tuple[Waiting, ...]
    lists: tuple[HandoverNote, ...]


def load(desk: Desk, leg: Leg | None, *, again: bool) -> Shown:
    """Without a `leg` the one that the office's papers usually go."""
    from backbone_desktop.services.handovers import handovers, leg_of, open_for_handover
    from backbone_desktop.services.office import profile

    way = leg or leg_of(profile(desk))
    waiting = tuple(Waiting(row.claim_id, row) for row in open_for_handover(desk, way, again=again))
    return Shown(way, waiting, handovers(desk))


def page_of(rows: Sequence[object]) -> Page[object]:
    return Page(tuple(rows), None, len(rows))


def left_out_at_first(waiting: Sequence[Waiting]) -> set[str]:
    """Who is on a list already goes on another one on purpose only."""
    return {one.id for one in waiting if one.row.earlier}


def chosen(waiting: Sequence[Waiting], left_out: Collection[str]) -> tuple[Waiting, ...]:
    return tuple(one for one in waiting if one.id not in left_out)


def chosen_line(t: Words, waiting: Sequence[Waiting], left_out: Collection[str]) -> str:
    taken = chosen(waiting, left_out)
    return t("{n} of {all} claims chosen, {papers} papers, costs {total} yuan", n=len(taken), all=len(waiting),
             papers=sum(one.row.papers for one in taken),
             total=format_amount(sum(one.row.total for one in taken)))


def stay_line(row: HandoverRow) -> str:
    days = [day.isoformat() if day else "—" for day in (row.admitted, row.discharged)]
    return f"{days[0]} – {days[1][5:] if row.discharged else days[1]}"


def remark_line(t: Words, row: HandoverRow) -> str:
    said = [t("form.handover.missing", n=row.missing)] if row.missing else []
    if row.earlier:
        said.append(t("on list {number}", number=row.earlier))
    return ", ".join(said)


def list_count_line(t: Words, lists: Sequence[HandoverNote]) -> str:
    return t("1 list") if len(lists) == 1 else t("{n} lists", n=len(lists))
