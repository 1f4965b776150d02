"""What a handover list should state when its code is checked: a list states for ever what lay in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from backbone_core.paper_proof import paper_hash
from backbone_desktop.services.forms import ABOUT, Form
from backbone_desktop.services.handover_ports import HandoverRow
from backbone_desktop.services.handovers import handover_stated
from backbone_desktop.services.paper_rows import Code, Fact, FactKind, Stated
from backbone_desktop.services.ports import UnitOfWork

_SHORT = 32


def stated_on_list(work: UnitOfWork, code: Code) -> Stated | None:
    """None for a list of another computer, which alone knows it."""
    made = work.handovers.by_number(code.number)
    if made is None:
        return None
    same = paper_hash(code.form, code.number, made.id, handover_stated(made))[:_SHORT] == code.content_hash
    facts = [_fact("number", made.number), _fact("giver", made.giver), _fact("receiver", made.receiver)]
    for row in made.rows:
        facts += [_fact("number", row.receipt_no), _fact("member", row.patient)]
    return Stated(
        kind=ABOUT[Form.HANDOVER], record_id=made.id, made_at=made.made_at, same_hash=same, same_code=False,
        proven=same, changed=False, state="", facts=tuple(fact for fact in facts if fact.should),
        amounts=frozenset(_amounts(made.rows)), prints=work.prints.of_subject(Form.HANDOVER, made.id))


def _amounts(rows: Sequence[HandoverRow]) -> Iterator[int]:
    """Each row's, and whatever rows that follow each other may add up to, on one sheet or in all."""
    for column in ([row.total for row in rows], [row.benefit or 0 for row in rows]):
        upto = list(accumulate(column, initial=0))
        yield from (end - start for place, start in enumerate(upto) for end in upto[place:])


def _fact(name: str, value: str) -> Fact:
    """It may stand anywhere on the sheet."""
    return Fact(name=name, label=f"paper_fact.{name}", kind=FactKind.TEXT, should=value)
