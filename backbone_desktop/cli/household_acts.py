"""`household head|split|merge|move|birth|death|marry-in|marry-out|leave-list|return-to-list|take-back|history`."""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from backbone_core.errors import RuleBroken
from backbone_core.household_act import ActKind
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.form import as_typed, read_form
from backbone_desktop.cli.options import add_form, add_signing_in, new_command
from backbone_desktop.services.household_act_typed import ActDraft, Relations
from backbone_desktop.services.typed import MemberDraft
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.household import Member
    from backbone_desktop.services.ports import Desk

_PERSON = {name: "" for name in MemberDraft.__dataclass_fields__ if name != "member_id"}
_PLACE = ("township", "village", "group", "address")


def add_to(group: Any, t: Words) -> None:
    """The acts, within the group `household`."""
    for kind, help in (
        (ActKind.HEAD, t("make another member the head")),
        (ActKind.SPLIT, t("let members form a household of their own")),
        (ActKind.MERGE, t("take another household's people in and close it")),
        (ActKind.MOVE, t("move the household to another place in the county")),
        (ActKind.BIRTH, t("register a child that was born")),
        (ActKind.DEATH, t("record a death")),
        (ActKind.MARRY_IN, t("take somebody in by marriage")),
        (ActKind.MARRY_OUT, t("let somebody go by marriage")),
        (ActKind.LEAVE_LIST, t("take the household off the registered-poor list")),
        (ActKind.RETURN_TO_LIST, t("put the household back on the list")),
    ):
        act = new_command(group, kind.name.lower().replace("_", "-"), carry_out, help)
        act.set_defaults(kind=kind)
        act.add_argument("household", metavar="NUMBER", help=t("household number or id"))
        act.add_argument("--on", metavar="DAY", default="", help=t("when it happened, as 2019-08-24"))
        act.add_argument("--reason", metavar="TEXT", default="", help=t("why"))
        _add_own(act, kind, t)
        add_signing_in(act, t)
    back = new_command(group, "take-back", take_act_back, t("take the latest act back that was recorded by mistake"))
    back.add_argument("household", metavar="NUMBER", help=t("household number or id"))
    back.add_argument("--act", metavar="ID", default="", help=t("another act than the latest; the history names it"))
    add_signing_in(back, t)
    history = new_command(group, "history", show_history, t("tell what happened to a household"))
    history.add_argument("household", metavar="NUMBER", help=t("household number or id"))
    add_signing_in(history, t)


def _add_own(act: argparse.ArgumentParser, kind: ActKind, t: Words) -> None:
    who = t("a member's id or name")
    if kind in (ActKind.HEAD, ActKind.DEATH, ActKind.MARRY_OUT):
        act.add_argument("--member", metavar="WHO", required=True, help=who)
    if kind is ActKind.SPLIT:
        act.add_argument("--member", metavar="WHO", action="append", required=True, help=t("who goes; once for each"))
        act.add_argument("--their-head", metavar="WHO", default="", help=t("the head of the new household"))
        act.add_argument("--their-relation", metavar="WHO=RELATION", action="append", default=[],
                         help=t("relation to the new household's head; once for each"))
        act.add_argument("--number", dest="other", metavar="NUMBER", default="",
                         help=t("number of the new household; the next free one by default"))
    if kind in (ActKind.SPLIT, ActKind.DEATH, ActKind.MARRY_OUT):
        act.add_argument("--new-head", metavar="WHO", default="", help=t("the new head, where the old one goes"))
    if kind in (ActKind.HEAD, ActKind.SPLIT, ActKind.DEATH, ActKind.MARRY_OUT, ActKind.MERGE):
        act.add_argument("--relation", metavar="WHO=RELATION", action="append", default=[],
                         help=t("relation to the head; once for each"))
    if kind in (ActKind.HEAD, ActKind.SPLIT, ActKind.DEATH, ActKind.MARRY_OUT):
        act.add_argument("--proposed", action="store_true",
                         help=t("take the proposed relation of everybody who is not named"))
    if kind is ActKind.MERGE:
        act.add_argument("--other", metavar="NUMBER", required=True, help=t("the household that comes in"))
    if kind is ActKind.MARRY_OUT:
        act.add_argument("--to", dest="other", metavar="NUMBER", default="",
                         help=t("the registered household that takes them in"))
        act.add_argument("--as", dest="there", metavar="RELATION", default="", help=t("relation to the head there"))
    if kind is ActKind.MOVE:
        for name in _PLACE:
            act.add_argument(f"--{name}", metavar="TEXT", help=t("where it moves; as it was by default"))
    if kind in (ActKind.BIRTH, ActKind.MARRY_IN):
        add_form(act, t)


def carry_out(call: Call) -> Answer:
    from backbone_desktop.services.household_act_words import done_lines
    from backbone_desktop.services.household_acts import carry_out_act

    kind: ActKind = call.arguments.kind
    person = MemberDraft(**as_typed(read_form(call), _PERSON)) if kind in (ActKind.BIRTH, ActKind.MARRY_IN) else None
    desk = call.sign_in()
    home = household_id(desk, call.arguments.household)
    done = carry_out_act(desk, home, kind, _draft(call, desk, home, person or MemberDraft()))
    years = {name: [{"name": who, "policy_year": year} for who, year in found]
             for name, found in (("covered", done.covered), ("ended", done.ended))}
    return Answer({"household_id": done.household_id, "household_no": done.household_no, "act": str(kind),
                   "other_id": done.other_id, "other_no": done.other_no, "closed": list(done.closed), **years,
                   "warnings": call.findings(done.warnings)}, done_lines(call.words, done))


def show_history(call: Call) -> Answer:
    from backbone_desktop.services.household_history import household_history

    t, desk = call.words, call.sign_in()
    entries = household_history(desk, household_id(desk, call.arguments.household), t)
    lines = [f"{one.on.isoformat()}  {one.text}  {one.by}" + "".join(f"\n            {more}" for more in one.more)
             for one in entries]
    return Answer({"history": [{"on": one.on.isoformat(), "act": one.act, "text": one.text, "more": list(one.more),
                                "reason": one.reason, "by": one.by, "at": one.at.isoformat(),
                                "act_id": one.act_id, "undoable": one.undoable} for one in entries]},
                  tuple(lines))


def take_act_back(call: Call) -> Answer:
    from backbone_desktop.services.household_act_undo import take_back

    t, desk = call.words, call.sign_in()
    home = household_id(desk, call.arguments.household)
    with desk.read() as work:
        acts = [one for one in work.household_acts.of_household(home) if one.taken_back_at is None]
    latest = max(acts, key=lambda one: one.recorded_at, default=None)
    act = take_back(desk, call.arguments.act or (latest.id if latest is not None else ""))
    line = t("{act_code} is taken back.", act_code=f"act.{act.kind}")
    return Answer({"act_id": act.id, "act": str(act.kind)}, (line,))


def household_id(desk: Desk, named: str) -> str:
    with desk.read() as work:
        household = work.households.by_number("".join(unicodedata.normalize("NFKC", named).split()).upper())
    return household.id if household is not None else named.strip()


def _draft(call: Call, desk: Desk, home: str, person: MemberDraft) -> ActDraft:
    said = call.arguments
    with desk.read() as work:
        household, family = work.households.get(home), work.households.members(home)
        other = work.households.by_number(said.other.strip()) if said.kind is ActKind.MERGE else None
        coming = work.households.members(other.id) if other is not None else ()
    draft = ActDraft(happened_on=said.on, reason=said.reason, person=person, other_no=getattr(said, "other", ""),
                     relation=getattr(said, "there", ""))
    if said.kind is ActKind.MOVE and household is not None:
        place = {name: getattr(household, name) if (typed := getattr(said, name)) is None else typed
                 for name in _PLACE}
        return replace(draft, **place)
    if said.kind is ActKind.MERGE:
        return replace(draft, relations=_relations(said.relation, coming))
    if said.kind is ActKind.SPLIT:
        going = tuple(_who(one, family, "member") for one in said.member)
        their_head = _who(said.their_head, family, "their_head")
        head = _who(said.new_head, family, "new_head")
        stay = [one.id for one in family if one.id not in going]
        return replace(
            draft, member_ids=going, their_head_id=their_head, head_id=head,
            their_relations=_all_relations(call, said.their_relation, family, their_head, going),
            relations=_all_relations(call, said.relation, family, head, stay))
    if said.kind in (ActKind.HEAD, ActKind.DEATH, ActKind.MARRY_OUT):
        member = _who(said.member, family, "member")
        head = member if said.kind is ActKind.HEAD else _who(said.new_head, family, "new_head")
        stay = [one.id for one in family if said.kind is ActKind.HEAD or one.id != member]
        return replace(draft, member_id=member, head_id=head,
                         relations=_all_relations(call, said.relation, family, head, stay))
    return draft


def _all_relations(call: Call, said: Sequence[str], family: Sequence[Member], head: str,
                   among: Sequence[str]) -> Relations:
    from backbone_desktop.services.household_proposals import propose

    proposed = dict(propose(family, head, among)) if call.arguments.proposed else {}
    return tuple({**proposed, **dict(_relations(said, family))}.items())


def _relations(said: Sequence[str], family: Sequence[Member]) -> Relations:
    found = []
    for one in said:
        who, equals, relation = one.partition("=")
        if not equals:
            raise RuleBroken("command.relation_form", "relation")
        found.append((_who(who, family, "relation"), relation.strip()))
    return tuple(found)


def _who(named: str, family: Sequence[Member], field: str) -> str:
    """A member's id. Raises RuleBroken command.no_member, command.two_members."""
    named = named.strip()
    if not named or any(one.id == named for one in family):
        return named
    found = [one.id for one in family if one.name == named]
    if len(found) != 1:
        raise RuleBroken("command.two_members" if found else "command.no_member", field)
    return found[0]

