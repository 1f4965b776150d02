"""`search TEXT`: finds people and households as the window does, masked, and says by which field each was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backbone_core.errors import RuleBroken
from backbone_core.identity import mask_id_no
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.household import page_limit
from backbone_desktop.cli.options import add_signing_in, new_command
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.matched import Match
    from backbone_desktop.services.rows import HouseholdRow, MemberHit

FROM_INPUT = "-"


def add_to(commands: Any, t: Words) -> None:
    parser = new_command(commands, "search", search, t("find people and households"))
    parser.add_argument("text", metavar="TEXT", help=t(
        "any part of an ID number or name, pinyin or initials, phone, household number, village or township; "
        "\"-\" reads it from standard input, where nobody else sees it"))
    parser.add_argument("--limit", metavar="N", type=int, default=20, help=t("how many of each, 1 to 500"))
    add_signing_in(parser, t)


def search(call: Call) -> Answer:
    """Raises RuleBroken command.nothing_to_find, command.limit."""
    from backbone_desktop.services.registry import find_members, list_households

    t, limit, typed = call.words, page_limit(call), call.arguments.text
    if typed == FROM_INPUT:
        typed = call.stdin(FROM_INPUT)
    if not typed.strip():
        raise RuleBroken("command.nothing_to_find", "text")
    desk = call.sign_in()
    people, households = find_members(desk, typed, limit), list_households(desk, typed, None, limit)
    lines = [t("Nobody and no household was found.")]
    if people or households.rows:
        lines = [t("People found:"), *(_person_line(t, hit) for hit in people),
                 t("Households found:"), *(_household_line(t, row) for row in households.rows)]
    if households.total > len(households.rows):
        lines.append(t("There are more; --limit N shows up to 500"))
    return Answer({"people": [_person(hit) for hit in people],
                   "households": [_household(row) for row in households.rows],
                   "households_total": households.total}, tuple(lines))


def _person(hit: MemberHit) -> dict[str, Any]:
    return {"member_id": hit.member_id, "household_id": hit.household_id, "name": hit.name,
            "id_no": mask_id_no(hit.id_no), "household_no": hit.household_no,
            "township": hit.township, "village": hit.village, "phone": hit.phone, "covered": hit.enrolled,
            "standing": hit.standing, "found_by": _field(hit.match)}


def _household(row: HouseholdRow) -> dict[str, Any]:
    return {"household_id": row.id, "household_no": row.household_no, "head": row.head_name,
            "head_id_no": mask_id_no(row.head_id_no), "members": row.members, "township": row.township,
            "village": row.village, "phone": row.phone, "member": row.matched, "found_by": _field(row.match)}


def _person_line(t: Words, hit: MemberHit) -> str:
    gone = t(f"standing.{hit.standing}") if hit.standing != "present" else ""
    parts = (hit.name, gone, mask_id_no(hit.id_no), hit.household_no, hit.township, hit.village, hit.phone)
    return _line(t, parts, hit.match)


def _household_line(t: Words, row: HouseholdRow) -> str:
    return _line(t, (row.household_no, row.head_name, row.matched, row.township, row.village, row.phone), row.match)


def _line(t: Words, parts: tuple[str, ...], match: Match | None) -> str:
    found_by = t(f"found_by.{match.field}") if match is not None else ""
    return "  " + "  ".join(part for part in (*parts, found_by and f"[{found_by}]") if part)


def _field(match: Match | None) -> str:
    return str(match.field) if match is not None else ""
