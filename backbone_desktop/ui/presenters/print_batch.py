"""Printing a whole worklist: one paper after the other, each logged when the printer has taken it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_core.errors import BackboneError, RuleBroken, Unavailable
from backbone_desktop.services.forms import Form
from backbone_desktop.services.printing import form_of, put_in_place
from backbone_desktop.ui.presenters.paper import Wish, log_sheet, sheet_for
from backbone_desktop.ui.printers import Duplex, Job, Printer
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.ui.backend import Papers

Report = Callable[[int, int], None]
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be printed, and how: `like` says all but the subject."""

    like: Wish
    subjects: tuple[str, ...]
    copies: int = 1
    duplex: Duplex = Duplex.ONE_SIDED

    def wish(self, subject: str) -> Wish:
        return replace(self.like, subject=subject)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a run came. `last` is the number of the last paper that went out, "" for none."""

    of: int
    done: tuple[str, ...]
    """Subjects whose papers went out and are logged."""
    last: str
    error: BackboneError | None = None
    """Why it ended before its end; None also when somebody cancelled it."""

    @property
    def whole(self) -> bool:
        return len(self.done) == self.of


def print_all(desk: Desk, papers: Papers, printer: Printer, run: Run, *, report: Report,
              stopped: Stopped) -> Outcome:
    """Hand over paper by paper. Cancelled or after an error the rest is neither printed nor logged."""
    done: list[str] = []
    last = ""
    try:
        for subject in run.subjects:
            if stopped():
                break
            wish = run.wish(subject)
            sheet = sheet_for(desk, papers, wish, printer.name)
            printer.hand_over(papers, sheet.pdf, Job(sheet.data.number, wish.sheet, run.copies, run.duplex))
            last = sheet.data.number
            log_sheet(desk, wish, sheet, "printer", printer=printer.name, sheets=run.copies)
            done.append(subject)
            report(len(done), len(run.subjects))
    except BackboneError as error:
        return Outcome(len(run.subjects), tuple(done), last, error)
    return Outcome(len(run.subjects), tuple(done), last)


def save_all(desk: Desk, papers: Papers, run: Run, path: Path, *, report: Report, stopped: Stopped) -> Outcome:
    """All papers in one PDF, logged as it is put in its place; cancelled, there is no file and nothing is logged.

    Raises `Unavailable("print.not_saved")`, and what a paper's loader and drawing raise.
    """
    aside = path.with_name(path.name + ".new")
    went: list[tuple[str, str]] = []

    def datas() -> Iterator[Any]:
        for subject in run.subjects:
            if stopped():
                raise _StoppedError
            data = form_of(desk, run.like.form, subject)
            went.append((subject, data.number))
            yield replace(data, language=run.like.language) if run.like.language else data
            report(len(went), len(run.subjects))

    try:
        with aside.open("wb") as out:
            papers.batch(run.like.form, datas(), run.like.sheet, out, run.like.fit)
        put_in_place(desk, run.like.form, went, "pdf", aside=aside, path=path, paper=run.like.sheet)
    except _StoppedError:
        return Outcome(len(run.subjects), (), "")
    except OSError as error:
        raise Unavailable("print.not_saved") from error
    finally:
        aside.unlink(missing_ok=True)
    return Outcome(len(run.subjects), tuple(subject for subject, _ in went), went[-1][1] if went else "")


def outcome_line(words: Words, outcome: Outcome) -> str:
    """How far it came, in a sentence; after an error also why and which number was the last."""
    n, of = len(outcome.done), outcome.of
    if outcome.whole:
        return words("1 paper handed to the printer") if n == 1 else words("{n} papers handed to the printer", n=n)
    reached = (words("Nothing was printed or logged.") if not outcome.last else
               words("The last paper that went out is {number}: {n} of {of}. The others were neither printed nor "
                     "logged.", number=outcome.last, n=n, of=of))
    if outcome.error is None:
        return f"{words('Printing was stopped.')} {reached}"
    return f"{words.error(outcome.error)} {reached}"


def run_of(form: Form, subjects: Sequence[str], wish: Wish, copies: int, duplex: str) -> Run:
    """Raises RuleBroken print.nothing_chosen."""
    if not subjects:
        raise RuleBroken("print.nothing_chosen")
    return Run(replace(wish, form=form), tuple(subjects), copies, Duplex(duplex))


class _StoppedError(Exception):
    """Somebody cancelled while the file was written."""
