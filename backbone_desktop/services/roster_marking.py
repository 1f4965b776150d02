"""Taking a roster out again with what the dry run says of each row: it tells what the register holds, so that it needs
the duty and stands in the audit trail as every list that is taken out does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.roster_plan import RosterPlan
from backbone_desktop.services.roster_rows import RosterFile, Verdict
from backbone_desktop.words import Words


class MarkedWriter(Protocol):
    """A file that is written aside: it is there under its name only after `keep`, and after `discard` nothing is.

    Raises RuleBroken export.exists, Unavailable export.not_written.
    """

    def write(self, file: RosterFile, columns: Mapping[str, int], plan: RosterPlan, words: Words) -> None: ...

    def finish(self) -> None:
        """Write the file to its end, still aside."""

    def keep(self) -> None: ...

    def discard(self) -> None: ...


def mark_roster(desk: Desk, file: RosterFile, plan: RosterPlan, words: Words,
                make: Callable[[], MarkedWriter]) -> RosterPlan:
    """Write the marked copy of the `file` that `plan` is the dry run of. The audit trail names the counts and who it
    was before the file appears.

    Returns the plan to go on from: the row in the audit trail has changed nothing that was matched. Raises RuleBroken
    account.not_allowed, and as `MarkedWriter` does.
    """
    require(desk, Duty.EXPORT)
    marked = make()
    try:
        marked.write(file, plan.basis.columns, plan, words)
        marked.finish()
        with desk.open() as work:
            same_register = work.audit.head() == plan.basis.seen
            gone = plan.counts[Verdict.GONE]
            work.audit.add("mark_roster", "roster", file.file_hash, {"count": len(plan.lines) - gone, "gone": gone})
            if same_register:
                plan = replace(plan, basis=replace(plan.basis, seen=work.audit.head()))
            work.commit()
        marked.keep()
    finally:
        marked.discard()
    return plan
