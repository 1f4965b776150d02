"""What happened to a claim, wherever it happened: its steps, the insurer's answers, and what was done with it here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from backbone_core.claim import ClaimAct
from backbone_desktop.ui.presenters.claim_answer import answer_events
from backbone_desktop.ui.presenters.household_story import Happened
from backbone_desktop.ui.presenters.later_stays import reworked_lines
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.claim_step_ports import StepRow
    from backbone_desktop.services.claims import ClaimView

_TOLD_OTHERWISE = frozenset({"submit", "receive", "claim_step_seen", "rework_benefit", "adopt_benefit",
                             *(f"claim_{act}" for act in ClaimAct)})
"""Acts in the audit trail of the claim that stand in its history as steps."""
_TOGETHER = timedelta(seconds=2)
"""Papers that were brought are kept a moment before the step that they completed, which names them too."""
_START = datetime(1970, 1, 1, tzinfo=UTC)
Key = tuple[date, int, datetime]


def claim_history(words: Words, view: ClaimView) -> tuple[Happened, ...]:
    """Newest first. Of the insurer only days are known: its answer stands before what was done here on its day, but
    never before the claim was reported."""
    events = [*_own(words, view), *_steps(words, view), *_answers(words, view)]
    return tuple(told for _, told in sorted(events, key=lambda one: one[0], reverse=True))


def step_words(words: Words, row: StepRow) -> tuple[str, tuple[str, ...]]:
    """A step in a sentence, and what goes with it: the reason, the papers, the number of the report."""
    step = row.step
    act = words(f"act.claim_{step.act}")
    papers = "、".join(words(f"document.{code}") for code in step.papers)
    below = [words("Reason: {reason}", reason=step.note) if step.note else "",
             words("Papers: {papers}", papers=papers) if papers else "",
             words("Report no. {batch}", batch=step.batch) if step.batch else ""]
    if not row.counts:
        act = words("The centre did not take: {act}", act=act)
        below.insert(0, refusal_words(words, row))
    return f"{act}  {step.by_name or step.by}", tuple(line for line in below if line)


def refusal_words(words: Words, row: StepRow) -> str:
    step = row.step
    return words(row.code, state_code=f"claim_state.{step.before}", act_code=f"claim_act.{step.act}",
                 count=len(step.papers)) if row.code else ""


def _own(words: Words, view: ClaimView) -> Iterator[tuple[Key, Happened]]:
    claim = view.claim
    if claim.received_at is not None:
        at = claim.received_at
        yield _key(at), Happened(_day(at), f"{words('act.submit')}  {view.received_by}  {_time(at)}", (), True)
    completed = [step.step.at for step in view.way.steps if step.step.act is ClaimAct.COMPLETE and step.counts]
    for row in view.history:
        with_a_step = row.act == "claim_add_papers" and any(abs(row.at - then) < _TOGETHER for then in completed)
        if row.act not in _TOLD_OTHERWISE and not with_a_step:
            yield _key(row.at), Happened(_day(row.at), f"{words(f'act.{row.act}')}  {row.by}  {_time(row.at)}",
                                         reworked_lines(words, row), False)


def _steps(words: Words, view: ClaimView) -> Iterator[tuple[Key, Happened]]:
    for row in view.way.steps:
        text, below = step_words(words, row)
        yield _key(row.step.at), Happened(_day(row.step.at), f"{text}  {_time(row.step.at)}", below, row.counts)


def _answers(words: Words, view: ClaimView) -> Iterator[tuple[Key, Happened]]:
    reported = max((row.step.at for row in view.way.steps if row.step.act is ClaimAct.REPORT), default=None)
    for place, (day, text) in enumerate(answer_events(words, view)):
        key: Key = (day, 0, _START + timedelta(seconds=place))
        if reported is not None and _key(reported)[0] == day:
            key = (day, 1, reported + timedelta(microseconds=place + 1))
        yield key, Happened(day.isoformat(), text, (), True)


def _key(at: datetime) -> Key:
    return at.astimezone(CHINA).date(), 1, at


def _time(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%H:%M}"


def _day(at: datetime) -> str:
    return at.astimezone(CHINA).date().isoformat()
