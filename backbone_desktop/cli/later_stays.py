"""Says which later stays of the year were worked out anew with an act on a claim."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backbone_desktop.cli.call import Answer, Call, yuan

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk


def with_later_stays(call: Call, desk: Desk, claim_id: str, answer: Answer) -> Answer:
    """The answer with the claims that came to another amount; as it was where the claim still counts."""
    from backbone_core.claim_checks import GONE
    from backbone_desktop.services.later_stays import reworked_for

    with desk.read() as work:
        claim = work.claims.get(claim_id)
        later = reworked_for(work, claim_id) if claim is not None and claim.state in GONE else ()
    lines = tuple(call.words("Claim {number}: from {before} to {after} yuan", number=one.receipt_no,
                             before_fen=one.before, after_fen=one.after) for one in later)
    if lines:
        lines = (call.words("Worked out anew, later stays of the year:"), *(f"  {line}" for line in lines))
    data = [{"claim_id": one.claim_id, "receipt_no": one.receipt_no, "before": yuan(one.before),
             "after": yuan(one.after)} for one in later]
    return replace(answer, data={**answer.data, "recomputed": data}, lines=(*answer.lines, *lines))
