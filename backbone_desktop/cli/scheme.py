"""`scheme import|check|list|show|try`: the county's rules for a policy year, read as sentences and tried out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from backbone_core.costs import SETTLEMENT_FIELDS
from backbone_core.errors import RuleBroken
from backbone_desktop.cli.call import Answer, Call, read_text, yuan
from backbone_desktop.cli.form import as_typed, read_form
from backbone_desktop.cli.options import add_form, add_signing_in, new_command, new_group
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.benefit import Benefit
    from backbone_core.scheme import Scheme

_STAY: dict[str, Any] = {"costs": {}, "hospital_level": "", "designated": True, "icd10": "", "poverty_type": "",
                         "cause": "", "case_type": ""}


def add_to(commands: Any, t: Words) -> None:
    group = new_group(commands, "scheme", t("the county's schemes"))
    add = new_command(group, "import", import_scheme, t("take a scheme file in"))
    check = new_command(group, "check", check_scheme, t("read a scheme file and say its rules in sentences"))
    for parser in (add, check):
        parser.add_argument("file", metavar="FILE", help=t("the scheme as JSON"))
    listed = new_command(group, "list", list_schemes, t("every version that is kept, and which is in force"))
    show = new_command(group, "show", show_scheme, t("the rules of a kept scheme in sentences"))
    tried = new_command(group, "try", try_scheme,
                        t("what a scheme pays for amounts that belong to nobody; nothing is kept"))
    which = t("the scheme's id; the one in force without it")
    show.add_argument("scheme", metavar="ID", nargs="?", default="", help=which)
    tried.add_argument("--scheme", metavar="ID", default="", help=which)
    tried.add_argument("--scheme-file", metavar="FILE", default="", help=t("a scheme file that is not taken in"))
    for parser in (show, tried):
        parser.add_argument("--version", metavar="N", type=int, help=t("which version; the newest without it"))
        parser.add_argument("--year", metavar="YEAR", type=int, help=t("in force in this policy year"))
    add_form(tried, t)
    tried.add_argument("--cost", metavar="NAME=YUAN", action="append", default=[],
                       help=t("one amount of the settlement sheet, under its national field name"))
    for parser in (add, listed, show, tried):
        add_signing_in(parser, t)


def import_scheme(call: Call) -> Answer:
    from backbone_desktop.services.office import import_scheme as take_in

    text = read_text(call.arguments.file, "file")
    scheme = take_in(call.sign_in(), text)
    return Answer({"scheme_id": scheme.scheme_id, "version": scheme.version, "policy_year": scheme.policy_year},
                  (call.words("Scheme {scheme}, version {version}, is taken in for policy year {year}.",
                              scheme=scheme.scheme_id, version=scheme.version, year=scheme.policy_year),))


def check_scheme(call: Call) -> Answer:
    from backbone_core.scheme import read_scheme

    return _told(call.words, read_scheme(read_text(call.arguments.file, "file")))


def list_schemes(call: Call) -> Answer:
    from backbone_core.scheme import scheme_digest
    from backbone_desktop.services.schemes import kept_schemes

    t, kept = call.words, kept_schemes(call.sign_in())
    data = [{**_named(one.scheme), "in_force": one.in_force, "kept_at": one.kept_at.isoformat(),
             "digest": scheme_digest(one.scheme)} for one in kept]
    lines = [f"{one.scheme.policy_year}  {one.scheme.scheme_id}  v{one.scheme.version}  "
             f"{t(f'scheme_status.{one.scheme.status}')}{'  ' + t('in force') if one.in_force else ''}  "
             f"{one.scheme.title}".rstrip() for one in kept]
    return Answer({"schemes": data}, tuple(lines or [t("No scheme was taken in yet.")]))


def show_scheme(call: Call) -> Answer:
    return _told(call.words, _wanted(call))


def try_scheme(call: Call) -> Answer:
    """One stay from the flags, or one person's stays of a year, in order, from the form's "stays"."""
    from backbone_desktop.services.schemes import TrialStay
    from backbone_desktop.services.schemes import try_scheme as work_out

    stays: Sequence[Any] = as_typed(read_form(call), {"stays": []}).get("stays", [])
    if call.arguments.cost:
        stays = [*stays, {"costs": dict(_cost(given) for given in call.arguments.cost)}]
    if not stays:
        raise RuleBroken("command.no_stay", "stays")
    typed = []
    for number, stay in enumerate(stays):
        if not isinstance(stay, dict):
            raise RuleBroken("command.field_form", f"stays.{number}", name=f"stays.{number}")
        given = as_typed(stay, _STAY, f"stays.{number}")
        costs = as_typed(given.pop("costs", {}), dict.fromkeys(SETTLEMENT_FIELDS, ""), f"stays.{number}.costs")
        typed.append(TrialStay(costs=costs, **{name: value for name, value in given.items() if value != ""}))
    if call.arguments.scheme_file:
        from backbone_core.scheme import read_scheme

        scheme = read_scheme(read_text(call.arguments.scheme_file, "scheme_file"))
    else:
        scheme = _wanted(call)
    benefits = work_out(scheme, tuple(typed))
    return Answer({**_named(scheme), "stays": [_benefit(call.words, one) for one in benefits],
                   "total": yuan(sum(one.amount for one in benefits))}, tuple(_benefit_lines(call.words, benefits)))


def _cost(given: str) -> tuple[str, str]:
    name, equals, amount = given.partition("=")
    if not equals:
        raise RuleBroken("command.cost_form", "costs", found=given)
    return name.strip(), amount


def _wanted(call: Call) -> Scheme:
    from backbone_desktop.services.schemes import scheme_named, scheme_of_year

    wanted, desk = call.arguments, call.sign_in()
    return scheme_named(desk, wanted.scheme, wanted.version) if wanted.scheme else scheme_of_year(desk, wanted.year)


def _named(scheme: Scheme) -> dict[str, Any]:
    return {"scheme_id": scheme.scheme_id, "version": scheme.version, "policy_year": scheme.policy_year,
            "status": str(scheme.status), "title": scheme.title, "example": scheme.example}


def _told(t: Words, scheme: Scheme) -> Answer:
    from backbone_core.scheme_sentences import sentences_of

    lines, data = [scheme.title or scheme.scheme_id], []
    for part, said in groupby(sentences_of(scheme), key=lambda one: one.part):
        lines.append(t(f"scheme_part.{part}"))
        for one in said:
            lines.append("  " + t(one.code, **{"": "", **one.facts}))
            data.append({"part": str(part), "code": one.code, "text": lines[-1].strip()})
    return Answer({**_named(scheme), "sentences": data}, tuple(lines))


def _benefit(t: Words, benefit: Benefit) -> dict[str, Any]:
    return {"benefit": yuan(benefit.amount), "steps": [
        {"code": step.code, "text": t.step(step), "result": yuan(step.result)} for step in benefit.trace]}


def _benefit_lines(t: Words, benefits: tuple[Benefit, ...]) -> list[str]:
    lines = []
    for number, benefit in enumerate(benefits, 1):
        if len(benefits) > 1:
            lines.append(t("Stay {n}", n=number))
        lines += [f"  {t.step(step)}" for step in benefit.trace]
    return lines
