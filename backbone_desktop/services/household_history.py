"""A household's history: the acts, which every office has, and between them the edits that were made here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from backbone_core.change import RecordKind
from backbone_core.household import Member
from backbone_core.household_act import ActKind
from backbone_core.identity import mask_account, mask_id_no
from backbone_desktop.services.household_act_ports import Edited
from backbone_desktop.services.household_act_undo import ACT as TAKE_BACK
from backbone_desktop.services.household_act_undo import can_take_back
from backbone_desktop.services.household_act_words import act_details, act_sentence
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

_TOLD_BY_ACTS = frozenset({*ActKind, TAKE_BACK})
_HIDDEN = {"id_no": mask_id_no, "bank_account": mask_account}
_OF_THE_RECORD = frozenset({"household_id", "removed", "standing", "left_on", "listing", "listing_since", "county"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of a history: when it happened, what, by whom it was recorded and when. `more` is old → new."""

    on: date
    act: str
    text: str
    reason: str
    by: str
    at: datetime
    more: tuple[str, ...] = ()
    act_id: str = ""
    """Of an act; "" for an edit."""
    undoable: bool = False
    """Whether the act can be taken back: it was recorded here, and nothing was built on it."""


def household_history(desk: Desk, household_id: str, words: Words) -> tuple[Told, ...]:
    """The latest first. A household that is not known has none."""
    with desk.read() as work:
        acts = [
            Told(on=act.happened_on, act=act.kind.value, text=act_sentence(words, act), reason=act.reason,
                 by=act.recorded_by, at=act.recorded_at, more=act_details(words, act), act_id=act.id,
                 undoable=can_take_back(work, act))
            for act in work.household_acts.of_household(household_id)
        ]
        names = {one.name: one.display_name for one in work.accounts.all()}
        edits = [replace(one, by=names.get(one.by, one.by)) for one in _edits(work, household_id, words)]
    return tuple(sorted((*acts, *edits), key=lambda one: (one.on, one.at), reverse=True))


def _edits(work: UnitOfWork, household_id: str, words: Words) -> Iterator[Told]:
    people = {one.id: one for one in (*work.households.members(household_id),
                                      *work.households.former_members(household_id))}
    covers = {cover.id: (person, cover.policy_year) for person in people.values()
              for cover in work.enrolments.of_member(person.id)}
    edited = [one for one in work.household_acts.edits([household_id, *people, *covers])
              if one.act not in _TOLD_BY_ACTS]
    for _, together in groupby(edited, key=lambda one: (one.at.replace(second=0, microsecond=0), one.by, one.act)):
        same = list(together)
        of_kind = {kind: [one for one in reversed(same) if one.kind == kind]
                   for kind in (RecordKind.HOUSEHOLD, RecordKind.MEMBER, RecordKind.ENROLMENT)}
        names = {one: person.name for one, person in people.items()}
        home, persons = of_kind[RecordKind.HOUSEHOLD], of_kind[RecordKind.MEMBER]
        if home and persons and not any(one.base for one in same):  # taken in with everybody in it
            yield _told(home[-1], words("{act}: this household with {people}", act=words(f"act.{home[-1].act}"),
                                        people=_names(words, persons, names)), ())
        else:
            yield from (_edit(words, group, names) for group in (home, persons) if group)
        if covered := of_kind[RecordKind.ENROLMENT]:
            yield from _covers(words, covered, covers)


def _edit(words: Words, group: list[Edited], names: Mapping[str, str]) -> Told:
    last, of_people = group[-1], group[0].kind == RecordKind.MEMBER
    act = words(f"act.{last.act}")
    text = (words("{act}: {people}", act=act, people=_names(words, group, names)) if of_people
            else words("{act}: this household", act=act))
    more = [line for one in group if one.base
            for line in _changes(words, one, names.get(one.record_id, "") if len(group) > 1 else "")]
    return _told(last, text, tuple(more))


def _covers(words: Words, group: list[Edited], covers: Mapping[str, tuple[Member, int]]) -> Iterator[Told]:
    for year in sorted({covers[one.record_id][1] for one in group}):
        some = [one for one in group if covers[one.record_id][1] == year]
        people = _listed(words, dict.fromkeys(covers[one.record_id][0].name for one in some))
        act = words(f"act.{some[-1].act}")
        yield _told(some[-1], words("{act} {year}: {people}", act=act, year=year, people=people), ())


def _told(edited: Edited, text: str, more: tuple[str, ...]) -> Told:
    return Told(on=edited.at.astimezone(CHINA).date(), act=edited.act, text=text, reason="", by=edited.by,
                at=edited.at, more=more)


def _changes(words: Words, edited: Edited, name: str) -> Iterator[str]:
    """Every field that an edit changed, old → new; numbers are masked."""
    for field, new in edited.fields.items():
        if field in _OF_THE_RECORD or field not in edited.base:
            continue
        show = _HIDDEN.get(field, str)
        line = words("{field_code}: {old} → {new}", field_code=f"history_field.{field}",
                     old=words(old) if (old := show(edited.base[field])) else "—",
                     new=words(after) if (after := show(new)) else "—")
        yield f"{name} {line}" if name else line


def _names(words: Words, group: Iterable[Edited], names: Mapping[str, str]) -> str:
    return _listed(words, dict.fromkeys(names.get(one.record_id, "") for one in group))


def _listed(words: Words, names: Iterable[str]) -> str:
    return ("、" if words.language.startswith("zh") else ", ").join(name for name in names if name)
