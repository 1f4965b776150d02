"""What any form that is no receipt should state: read from the register as for its next print, and hashed again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, is_dataclass
from itertools import accumulate
from typing import Any

from backbone_core.claim import Costs
from backbone_core.errors import BackboneError
from backbone_core.paper_proof import read_paper_qr
from backbone_desktop.services.form_loaders import LOADERS
from backbone_desktop.services.forms import ABOUT, Form
from backbone_desktop.services.handovers import handover_data
from backbone_desktop.services.paper_rows import Code, Fact, FactKind, Stated
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.words import Words

_TEXTS = {"number": "number", "member_name": "member", "head_name": "head", "id_no_masked": "id_no",
          "household_no": "household_no", "place": "place", "hospital": "hospital", "invoice_no": "invoice_no",
          "phone": "phone", "giver": "giver", "receiver": "receiver"}
"""Fields of a form's data that must stand on its sheet as they are, by what they are called here."""
_LISTS = {"members": "name", "rows": "patient"}
"""Lists of people in a form's data, and which field of a line is the name."""
_TAIL = 4
"""Digits of an account that a check shows; the whole number stands on the application alone."""


def stated_by_form(desk: Desk, work: UnitOfWork, code: Code) -> Stated | None:
    """None for a form that this program does not know, whose record is not here, or that the clerk may not print."""
    if code.form not in list(Form) or (record_id := _subject(work, Form(code.form), code)) is None:
        return None
    form = Form(code.form)
    made = work.handovers.get(record_id) if form is Form.HANDOVER else None
    void = made is not None and made.void_at is not None
    try:
        data = handover_data(desk, work, made) if made else LOADERS[form](desk, work, record_id)
        ours = read_paper_qr(data.qr)
    except (BackboneError, KeyError):
        return None
    same = ours.content_hash == code.content_hash
    texts, amounts = list[str](), set[int]()
    _walk(data, texts, amounts)
    amounts.update(_sums(getattr(data, "rows", ())))
    return Stated(
        kind=ABOUT[form], record_id=record_id, made_at=None, same_hash=same or None,
        same_code=same and ours.signature == code.signature, proven=same, changed=not same, state="", void=void,
        facts=tuple(_facts(data)), amounts=frozenset(amounts),
        other_texts=lambda words: (*texts, *_steps(words, data)),
        prints=tuple(note for note in work.prints.of_subject(form, record_id) if note.number == code.number))


def _subject(work: UnitOfWork, form: Form, code: Code) -> str | None:
    """The id of the record that a paper with this number is about. Household numbers are a county's own."""
    about, number = ABOUT[form], code.number
    if about == "claim":
        claim = work.claims.by_receipt(number)
        return claim.id if claim else None
    if about == "household":
        household = work.households.by_number(number)
        return household.id if household and household.county == code.county else None
    if about == "handover":
        made = work.handovers.by_number(number)
        return made.id if made else None
    return None


def _facts(data: Any) -> Iterator[Fact]:
    for name, called in _TEXTS.items():
        if value := getattr(data, name, ""):
            yield Fact(name=called, label=f"paper_fact.{called}", kind=FactKind.TEXT, should=value)
    for name, part in _LISTS.items():
        for place, line in enumerate(getattr(data, name, ()), start=1):
            yield Fact(name=f"person.{place}", label="paper_fact.person", kind=FactKind.TEXT,
                       should=getattr(line, part))
            if id_no := getattr(line, "id_no_masked", ""):
                yield Fact(name=f"id_no.{place}", label="paper_fact.id_no", kind=FactKind.TEXT, should=id_no)
    if account := getattr(data, "account", ""):
        yield Fact(name="account_tail", label="paper_fact.account_tail", kind=FactKind.TEXT, should=account[-_TAIL:])
    costs = getattr(data, "costs", None)
    if isinstance(costs, Costs):
        for name, amount in asdict(costs).items():
            if amount:
                yield Fact(name=name, label=f"cost.{name}", kind=FactKind.MONEY, should=amount,
                           printed=(f"form.cost.{name}", f"cost.{name}"))


def _walk(value: Any, texts: list[str], amounts: set[int]) -> None:
    """Gather everything that the form's data hold: texts, in which amounts may stand, and whole numbers."""
    if isinstance(value, str):
        texts.append(value)
    elif isinstance(value, int):
        amounts.add(value)
    elif isinstance(value, list | tuple | frozenset):
        for one in value:
            _walk(one, texts, amounts)
    elif isinstance(value, dict):
        _walk(list(value.values()), texts, amounts)
    elif is_dataclass(value):
        for part in fields(value):
            _walk(getattr(value, part.name), texts, amounts)


def _sums(rows: Sequence[Any]) -> Iterator[int]:
    """Whatever a list may add up to, on one of its sheets or in all."""
    for part in ("total", "benefit"):
        column = list(accumulate((getattr(row, part, 0) or 0 for row in rows), initial=0))
        yield from (end - start for place, start in enumerate(column) for end in column[place:])


def _steps(words: Words, data: Any) -> Iterator[str]:
    return (words.step(step) for step in getattr(data, "trace", ()))

