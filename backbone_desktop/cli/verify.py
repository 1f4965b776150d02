"""`verify FILE`, `verify --code TEXT`: whether a paper is genuine, and what it should say."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_core.errors import RuleBroken
from backbone_desktop.cli.call import Answer, Call, yuan
from backbone_desktop.cli.options import add_signing_in, new_command
from backbone_desktop.words import LANGUAGES, Words

if TYPE_CHECKING:
    from backbone_desktop.services.paper_rows import Fact, FactValue
    from backbone_desktop.services.verifying import Checked

GENUINE, ALTERED, UNKNOWN, DOUBTFUL = 0, 4, 5, 6
"""Exit codes."""
_CODES = {"altered": ALTERED, "doubtful": DOUBTFUL, "unknown_device": UNKNOWN, "genuine": GENUINE}
"""By verdict, the gravest first."""
FROM_INPUT = "-"


def add_to(commands: Any, t: Words) -> None:
    parser = new_command(commands, "verify", verify, t("say whether a paper is genuine, and what it should say"))
    parser.add_argument("file", metavar="FILE", nargs="?", default="",
                        help=t("a PDF or a picture; \"-\" reads a code's text from standard input"))
    parser.add_argument("--code", metavar="TEXT", default="", help=t("a code's text, as a barcode gun types it"))
    add_signing_in(parser, t)


def verify(call: Call) -> Answer:
    """Raises RuleBroken command.verify_what, receipt.qr_form, verify.…"""
    from backbone_desktop.services.verifying import check_code, check_paper

    file, typed = call.arguments.file, call.arguments.code
    if bool(file) == bool(typed):
        raise RuleBroken("command.verify_what", "file")
    if file == FROM_INPUT:
        file, typed = "", call.stdin(FROM_INPUT)
    desk = call.sign_in()
    if file:
        spoken = [Words.load(language, call.backend.resources / "locale") for language in LANGUAGES]
        checked = check_paper(desk, call.backend.papers.read_file(Path(file)), spoken)
    else:
        checked = (check_code(desk, typed),)
    found = {one.verdict.value for one in checked}
    code = next(exit_code for verdict, exit_code in _CODES.items() if verdict in found)
    counties = {one.code: one.name for one in call.backend.counties()}
    lines = (line for one in checked for line in _lines(call.words, one, counties.get(one.county, one.county)))
    return Answer({"papers": [_told(call.words, one) for one in checked]}, tuple(lines), code)


def _lines(t: Words, one: Checked, county: str) -> list[str]:
    from backbone_desktop.services.verifying_words import label, remarks, says_now, should_say, worth_showing, wrong

    where = f"  {t('paper_sheet', number=one.sheet)}" if one.sheet else ""
    lines = [f"{t(f'verdict.{one.verdict}')}  {t(f'form.{one.form}.title')} {one.number}{where}", f"  {t(one.reason)}",
             *(f"  ! {sentence}" for sentence in wrong(t, one)),
             *(f"  {sentence}" for sentence in remarks(t, one, county))]
    for fact in one.facts:
        if worth_showing(fact):
            now = says_now(t, fact)
            lines.append(f"    {label(t, fact)}  {should_say(t, fact)}{f'  ({now})' if now else ''}")
    return lines


def _told(t: Words, one: Checked) -> dict[str, Any]:
    from backbone_desktop.services.verifying_words import wrong

    return {
        "verdict": one.verdict.value, "reason": one.reason, "message": t(one.reason), "source": one.source.value,
        "form": one.form, "number": one.number, "county": one.county, "device_no": one.device_no, "office": one.office,
        "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None, "page": one.sheet, "here": one.here,
        "record_id": one.record_id, "state": one.state.rpartition(".")[2], "changed_since": one.changed,
        "text_compared": one.compared, "laid_over": one.laid_over, "facts": [_fact(fact) for fact in one.facts],
        "wrong": list(wrong(t, one)), "strange": list(one.strange), "printed": len(one.prints),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {"name": fact.name, "should": _plain(fact.should), "now": _plain(fact.now), "on_paper": fact.on_paper,
            "fits": fact.fits}


def _plain(value: FactValue) -> str | None:
    if isinstance(value, int):
        return yuan(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
