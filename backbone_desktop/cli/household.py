"""`household add|show|list`: the register from the command line; acts on a household stand in `household_acts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backbone_core.errors import RuleBroken
from backbone_core.identity import mask_account, mask_id_no
from backbone_desktop.cli import household_acts
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.form import as_typed, read_form
from backbone_desktop.cli.household_acts import household_id
from backbone_desktop.cli.options import (
    add_find,
    add_form,
    add_reveal,
    add_signing_in,
    looked_for,
    new_command,
    new_group,
)
from backbone_desktop.services.household_act_words import former_words, listing_words
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.registry import HouseholdView, MemberView
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft
from backbone_desktop.words import Words

_FLAGS = ("household_no", "township", "village", "group", "poverty_type")
_HOUSEHOLD: Mapping[str, Any] = {**dict.fromkeys((*_FLAGS, "address", "phone"), ""), "members": []}
_MEMBER: Mapping[str, Any] = {name: "" for name in MemberDraft.__dataclass_fields__ if name != "member_id"}


def add_to(commands: Any, t: Words) -> None:
    group = new_group(commands, "household", t("register households and look them up"))
    add = new_command(group, "add", add_household, t("register a household with its members"))
    add_form(add, t)
    for name in _FLAGS:
        add.add_argument("--" + name.replace("_", "-"), metavar="TEXT", help=t("instead of the form's field"))
    show = new_command(group, "show", show_household, t("show one household"))
    show.add_argument("household", metavar="NUMBER", help=t("household number or id"))
    add_reveal(show, t)
    found = new_command(group, "list", list_households, t("list households, newest first"))
    add_find(found, t("ID number, name, pinyin, phone or household number"), t)
    found.add_argument("--after", metavar="MARK", help=t("go on after a page; the page says where"))
    found.add_argument("--limit", metavar="N", type=int, default=50, help=t("how many, 1 to 500"))
    for parser in (add, show, found):
        add_signing_in(parser, t)
    household_acts.add_to(group, t)


def add_household(call: Call) -> Answer:
    from backbone_desktop.services.registry import register_household

    draft = household_draft(read_form(call))
    flags = {name: value for name in _FLAGS if (value := getattr(call.arguments, name)) is not None}
    desk = call.sign_in()
    saved = register_household(desk, replace(draft, **flags))
    t = call.words
    not_enrolled = [{"member_id": member, **one} for member, reason in saved.not_enrolled
                    for one in call.findings((reason,))]
    lines = [t("Household {number} is registered; {count} of its members are covered from now on.",
               number=saved.household_no, count=len(saved.enrolled))]
    lines += [t("Not covered: {reason}", reason=one["message"]) for one in not_enrolled]
    lines += [t("Please look again: {warning}", warning=t.finding(found)) for found in saved.warnings]
    return Answer({"household_id": saved.household_id, "household_no": saved.household_no,
                   "enrolled": list(saved.enrolled), "not_enrolled": not_enrolled,
                   "warnings": call.findings(saved.warnings)}, tuple(lines))


def show_household(call: Call) -> Answer:
    from backbone_desktop.services.registry import open_household

    desk = call.sign_in()
    view = open_household(desk, household_id(desk, call.arguments.household))
    members = [_member(call, desk, one) for one in view.members]
    former = [{"member_id": one.member.id, "name": one.member.name, "relation": one.member.relation,
               "standing": str(one.member.standing), "left_on": str(one.member.left_on)} for one in view.former]
    return Answer({"household": _household(view), "members": members, "former_members": former,
                   "claims": [{"claim_id": row.id, "receipt_no": row.receipt_no, "state": str(row.state)}
                              for row in view.claims]}, tuple(_lines(call.words, view, members)))


def list_households(call: Call) -> Answer:
    from backbone_desktop.services import registry

    limit, typed = page_limit(call), looked_for(call)
    desk = call.sign_in()
    page = registry.list_households(desk, typed, call.arguments.after, limit)
    t = call.words
    rows = [{"household_id": row.id, "household_no": row.household_no, "head": row.head_name,
             "head_id_no": mask_id_no(row.head_id_no), "members": row.members, "township": row.township,
             "village": row.village, "group": row.group, "poverty_type": str(row.poverty_type), "matched": row.matched,
             "listing": row.listing, "status": str(row.status)} for row in page.rows]
    lines = [f"{row.household_no}  {row.head_name}  {mask_id_no(row.head_id_no)}  "
             f"{row.township}{row.village}{row.group}" for row in page.rows] or [t("No household was found.")]
    if page.next is not None:
        lines.append(t("There are more: --after {mark}", mark=page.next))
    return Answer({"households": rows, "total": page.total, "next": page.next}, tuple(lines))


def page_limit(call: Call) -> int:
    """Raises RuleBroken command.limit."""
    limit: int = call.arguments.limit
    if not 1 <= limit <= 500:
        raise RuleBroken("command.limit", "limit", most=500)
    return limit


def household_draft(held: Mapping[str, Any]) -> HouseholdDraft:
    """The household form from JSON; members stand in a list."""
    typed = as_typed(held, _HOUSEHOLD)
    members = []
    for place, line in enumerate(typed.pop("members", [])):
        if not isinstance(line, dict):
            raise RuleBroken("command.field_form", f"members.{place}", name=f"members.{place}")
        members.append(MemberDraft(**as_typed(line, _MEMBER, f"members.{place}")))
    return HouseholdDraft(**typed, members=tuple(members))


def _household(view: HouseholdView) -> dict[str, Any]:
    one = view.household
    return {"household_id": one.id, "household_no": one.household_no, "county": one.county, "township": one.township,
            "village": one.village, "group": one.group, "address": one.address, "poverty_type": str(one.poverty_type),
            "phone": one.phone, "listing": str(one.listing),
            "listing_since": one.listing_since.isoformat() if one.listing_since else None, "status": str(view.status)}


def _member(call: Call, desk: Desk, view: MemberView) -> dict[str, Any]:
    from backbone_desktop.services.registry import reveal_id_no

    one, cover = view.member, view.enrolment
    id_no = reveal_id_no(desk, one.id) if call.arguments.reveal else mask_id_no(one.id_no)
    return {"member_id": one.id, "name": one.name, "id_no": id_no, "relation": one.relation,
            "sex": view.person.sex.name.lower(), "phone": one.phone, "bank_account": mask_account(one.bank_account),
            "covered": cover is not None, "policy_year": cover.policy_year if cover else None,
            "cover_starts": cover.starts.isoformat() if cover else None,
            "cover_ends": cover.ends.isoformat() if cover else None, "why_not": call.findings(view.why_not)}


def _lines(t: Words, view: HouseholdView, members: list[dict[str, Any]]) -> list[str]:
    one = view.household
    lines = [t("Household {number}, {place}", number=one.household_no,
               place=" ".join(part for part in (one.township, one.village, one.group) if part))]
    for member in members:
        reasons = " ".join(reason["message"] for reason in member["why_not"])
        cover = t("covered {year}", year=member["policy_year"]) if member["covered"] else (reasons or t("not covered"))
        lines.append(f"  {member['relation']}  {member['name']}  {member['id_no']}  {cover}")
    lines += ["  " + "  ".join(former_words(t, gone.member)) for gone in view.former]
    if since := listing_words(t, one):
        lines.insert(1, f"  {since}")
    lines += ["  " + t("Claim {number}: {state_code}", number=row.receipt_no or row.id,
                       state_code=f"claim_state.{row.state}")
              for row in view.claims]
    return lines
