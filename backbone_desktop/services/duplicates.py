"""Records that may be one person's: found over the whole roll and while somebody types, and told apart for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from backbone_core.change import RecordKind
from backbone_core.comparison import compared
from backbone_core.errors import RuleBroken
from backbone_core.identity import read_id_number
from backbone_core.likeness import Likeness, Traits, likenesses
from backbone_core.names import read_account, read_name, read_phone
from backbone_desktop.services.duplicate_ports import Pair, PersonRow
from backbone_desktop.services.duplicate_scan import DuplicateScan
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft

SHOWN_ALIKE = 3
"""A line of the form names no more people than that who look like the one on it."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two people side by side as the list shows them."""

    one: PersonRow
    other: PersonRow
    reasons: tuple[Likeness, ...]

    @property
    def id(self) -> str:
        return f"{self.one.id}/{self.other.id}"


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Somebody in the register who looks like the person on a line of the form."""

    person: PersonRow
    reasons: tuple[Likeness, ...]


def find_duplicates(
    desk: Desk, report: Callable[[int, int], None] = lambda done, of: None,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[Pair, ...]:
    """Search the whole roll. Raises RuleBroken duplicates.stopped."""
    scan = DuplicateScan(desk)
    for done, of in scan.slices():
        report(done, of)
        if stopped():
            raise RuleBroken("duplicates.stopped")
    return scan.pairs


def pair_rows(desk: Desk, pairs: Sequence[Pair]) -> tuple[PairRow, ...]:
    """The pairs with who they are now; one of whom somebody is gone, or that was told apart meanwhile, is left out."""
    with desk.read() as work:
        people = work.duplicates.rows({one for pair in pairs for one in (pair.one_id, pair.other_id)})
        apart = work.duplicates.told_apart([(pair.one_id, pair.other_id) for pair in pairs])
    return tuple(
        PairRow(people[pair.one_id], people[pair.other_id], pair.reasons) for pair in pairs
        if pair.one_id in people and pair.other_id in people and (pair.one_id, pair.other_id) not in apart
    )


def tell_apart(desk: Desk, one_id: str, other_id: str) -> None:
    """Say for good that two records are different people's; it is sent to the other devices too.

    Raises RuleBroken duplicates.same_record, member.unknown.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        two_members(work, one_id, other_id)
        work.write(compared(one_id, other_id), "tell_apart")
        for member_id in (one_id, other_id):
            work.audit.add("tell_apart", RecordKind.MEMBER, member_id, {})
        work.duplicates.close_review(one_id, other_id)
        work.commit()


def take_back(desk: Desk, one_id: str, other_id: str) -> None:
    """They may be one person after all. Raises RuleBroken duplicates.not_told_apart."""
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        decided = work.duplicates.comparison(one_id, other_id)
        if decided is None or not decided.different:
            raise RuleBroken("duplicates.not_told_apart")
        work.remove(decided, "take_back_comparison")
        work.commit()


def look_alikes(desk: Desk, draft: HouseholdDraft) -> Mapping[int, tuple[LookAlike, ...]]:
    """By place on the form (from 0): who in the register looks like a person who is new there or was changed.

    What cannot be read yet is left out of the comparison. Nothing is refused here.
    """
    with desk.read() as work:
        found = {place: _like(work, desk, draft, line) for place, line in enumerate(draft.members)}
    return {place: some for place, some in found.items() if some}


def two_members(work: UnitOfWork, one_id: str, other_id: str) -> None:
    """Raises RuleBroken duplicates.same_record, member.unknown."""
    if one_id == other_id:
        raise RuleBroken("duplicates.same_record")
    if work.members.get(one_id) is None or work.members.get(other_id) is None:
        raise RuleBroken("member.unknown")


def _like(work: UnitOfWork, desk: Desk, draft: HouseholdDraft, line: MemberDraft) -> tuple[LookAlike, ...]:
    typed = _traits(work, desk, draft, line)
    stored = work.duplicates.traits(line.member_id) if line.member_id else None
    if not typed.name or (stored is not None and _same_person(typed, stored)):
        return ()
    alike = {one: reasons for one, traits in work.duplicates.candidates(typed).items()
             if one != line.member_id and (reasons := likenesses(typed, traits))}
    apart = work.duplicates.told_apart([(line.member_id, one) for one in alike]) if line.member_id else set()
    surest = sorted((one for one in alike if (line.member_id, one) not in apart),
                    key=lambda one: (list(Likeness).index(alike[one][0]), one))[:SHOWN_ALIKE]
    people = work.duplicates.rows(surest)
    return tuple(LookAlike(people[one], alike[one]) for one in surest if one in people)


def _same_person(typed: Traits, stored: Traits) -> bool:
    """Nothing of what is compared was changed."""
    return (typed.name, typed.id_no, typed.phone, typed.account) == (
        stored.name, stored.id_no, stored.phone, stored.account)


def _traits(work: UnitOfWork, desk: Desk, draft: HouseholdDraft, line: MemberDraft) -> Traits:
    name = _read(lambda: read_name(line.name))
    phone = _read(lambda: read_phone(line.phone)) or _read(lambda: read_phone(draft.phone))
    stored = work.members.get(line.member_id) if line.member_id else None
    return Traits(
        name=name, readings=work.duplicates.readings(name) if name else frozenset(),
        id_no=_read(lambda: read_id_number(line.id_no, desk.clock.today())[0].number),
        township=draft.township.strip(), household_id=stored.household_id if stored else "", phone=phone,
        account=_read(lambda: read_account(line.bank_account)[0]),
    )


def _read(reading: Callable[[], str]) -> str:
    """What was typed as it is stored; "" while it cannot be read."""
    try:
        return reading()
    except RuleBroken:
        return ""
