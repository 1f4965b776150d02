"""`print FORM SUBJECT… --out FILE|FOLDER`: any paper as a file, counted and logged like every other; `print log`."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.claim import claim_id_of
from backbone_desktop.cli.options import add_find, add_signing_in, looked_for, new_command, new_group
from backbone_desktop.services.forms import ABOUT, PAPERS, Fit, Form, Parts
from backbone_desktop.words import Words
from backbone_desktop.words.both import PAPER_LANGUAGES
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.print_ports import PrintRow

Drawn = list[tuple[str, Any]]
"""Subjects with the data that were drawn of them."""


def add_to(commands: Any, t: Words) -> None:
    acts = new_group(commands, "print", t("print papers into files, and tell what was printed"))
    for form in Form:
        parser = new_command(acts, form.value, print_papers, t(f"form.{form}.title"))
        parser.set_defaults(form=form)
        parser.add_argument("subjects", metavar="SUBJECT", nargs="+", help=_subject_help(form, t))
        parser.add_argument("--out", metavar="FILE.pdf|FOLDER", required=True,
                            help=t("the file to write; a folder takes a file each, named by its number"))
        parser.add_argument("--paper", choices=PAPERS[form], default=PAPERS[form][0], help=t("paper size"))
        parser.add_argument("--paper-language", choices=tuple(PAPER_LANGUAGES), default="",
                            help=t("language of the paper, the office's where none is named"))
        parser.add_argument("--parts", choices=tuple(Parts), default=Parts.BOTH,
                            help=t("all of it, the data alone for a pre-printed form, or the empty form"))
        add_signing_in(parser, t)
    log = new_command(acts, "log", show_log, t("what was printed, when and by whom"))
    add_find(log, t("a number, clerk or printer"), t)
    log.add_argument("--form", choices=tuple(Form), default="", help=t("one form only"))
    log.add_argument("--limit", type=int, default=100, metavar="N", help=t("how many at most"))
    add_signing_in(log, t)


def print_papers(call: Call) -> Answer:
    wanted, t = call.arguments, call.words
    out, desk = Path(wanted.out), call.sign_in()
    form = Form(wanted.form)
    subjects = list(dict.fromkeys(subject_of(desk, form, named) for named in wanted.subjects))
    if out.is_dir():
        papers = [one for subject in subjects
                  for one in put(call, desk, form, (subject,), lambda data: out / f"{_safe(data.number)}.pdf")]
    else:
        papers = put(call, desk, form, subjects, lambda _: out)
    lines = tuple(t("{number} is in {file}.", number=paper["number"], file=paper["file"]) if not paper["copy"] else
                  t("{number} is in {file}; it says that it is reprint {copy}.", **paper) for paper in papers)
    return Answer({"form": form.value, "papers": papers, "paper": wanted.paper}, lines)


def put(call: Call, desk: Desk, form: Form, subjects: Sequence[str],
        where: Callable[[Any], Path]) -> list[dict[str, Any]]:
    """Write the papers of these subjects into one file, whose place the first one's data give, and log them.

    They are logged when the file is as good as there, so that a full disk leaves no print that never was.
    """
    from backbone_desktop.services.printing import form_of, log_many, put_in_place

    wanted = call.arguments
    fit = Fit(Parts(getattr(wanted, "parts", Parts.BOTH)))
    language = getattr(wanted, "paper_language", "")
    first = form_of(desk, form, subjects[0])
    out, drawn = where(first), Drawn()

    def datas() -> Iterator[Any]:
        for subject in subjects:
            data = form_of(desk, form, subject)
            drawn.append((subject, data))
            yield replace(data, language=language) if language else data

    def log(aside: Path) -> None:
        papers = [(subject, data.number) for subject, data in drawn]
        if aside == out:
            log_many(desk, form, papers, "command", paper=wanted.paper)
        else:
            put_in_place(desk, form, papers, "command", aside=aside, path=out, paper=wanted.paper)

    with written(out, log) as file:
        if len(subjects) == 1:
            (data,) = datas()
            file.write(call.backend.papers.form(form, data, wanted.paper, fit))
        else:
            call.backend.papers.batch(form, datas(), wanted.paper, file, fit)
    return [{"number": data.number, "copy": data.copy, "file": str(out)} for _, data in drawn]


@contextmanager
def written(out: Path, put: Callable[[Path], None]) -> Iterator[BinaryIO]:
    """A file that is there whole when the block is left without trouble, and else is as it was. `put` gets the finished
    file, to bring it to its place; what is no file (a pipe) is there already.

    Raises `Unavailable`: command.out_disk_full, command.out_not_written.
    """
    aside = out.with_name(out.name + ".new") if out.is_file() or not out.exists() else out
    try:
        with aside.open("wb") as file:
            yield file
        put(aside)
    except OSError as failure:
        full = failure.errno in (errno.ENOSPC, errno.EDQUOT)
        raise Unavailable("command.out_disk_full" if full else "command.out_not_written", file=str(out)) from None
    finally:
        if aside != out:
            aside.unlink(missing_ok=True)


def subject_of(desk: Desk, form: Form, named: str) -> str:
    """What a form is printed of, by the name that people have for it. Raises RuleBroken household.unknown,
    claim.unknown, receipt.check_character, handover.unknown, village.key_form."""
    from backbone_desktop.services.handovers import handover_by_number
    from backbone_desktop.services.villages import read_village_key

    match ABOUT[form]:
        case "household":
            with desk.read() as work:
                household = work.households.by_number(named.strip())
            if household is None:
                raise RuleBroken("household.unknown")
            return household.id
        case "claim":
            return claim_id_of(desk, named)
        case "handover":
            return handover_by_number(desk, named).id
        case _:
            return str(read_village_key(named))


def show_log(call: Call) -> Answer:
    wanted, t, desk = call.arguments, call.words, call.sign_in()
    with desk.read() as work:
        page = work.prints.page(looked_for(call), wanted.form, None, max(1, wanted.limit))
    lines = tuple(f"{row.at.astimezone(CHINA):%Y-%m-%d %H:%M}  {t(f'form.{row.form}.title')}  {row.number}  "
                  f"{t('Reprint {n}', n=row.copy) if row.copy else t('First print')}  {row.by}  "
                  f"{row.printer or row.how}" for row in page.rows)
    return Answer({"prints": [_row(row) for row in page.rows], "total": page.total},
                  lines or (t("Nothing was printed here"),))


def _row(row: PrintRow) -> dict[str, Any]:
    return {"form": row.form.value, "number": row.number, "copy": row.copy, "at": row.at.isoformat(), "by": row.by,
            "how": row.how, "paper": row.paper, "printer": row.printer}


def _subject_help(form: Form, t: Words) -> str:
    return {"household": t("household number"), "claim": t("receipt number"), "handover": t("number of the list"),
            "village": t("year/township/village, and after it the list and its days")}[ABOUT[form]]


def _safe(number: str) -> str:
    return re.sub(r"[^\w.-]+", "-", number)
