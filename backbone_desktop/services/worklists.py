"""What can be printed: for each form the records that its papers are of, and how often each was printed already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from backbone_core.claim import Claim, ClaimState
from backbone_desktop.services.decision_notice import ANSWERED, claims_to_tell
from backbone_desktop.services.form_loaders import LOADERS
from backbone_desktop.services.forms import ABOUT, Form
from backbone_desktop.services.handovers import handovers
from backbone_desktop.services.listing_ports import Asked, ListName
from backbone_desktop.services.missing_papers import OPEN, claims_lacking_papers
from backbone_desktop.services.payment_notice import PAID_OR_BACK, payments_to_tell
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.print_ports import Printed
from backbone_desktop.services.rows import ClaimRow
from backbone_desktop.services.villages import VillageList, publicity_key, renewal_key, villages, with_something_on

MOST = 1_000
"""Nobody ticks more than that; who wants more narrows the list to a village and prints it village by village."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper that could be printed. `id` is the form's subject, `of` the row of the record that it is of."""

    id: str
    of: Any
    printed: Printed | None


@dataclass(frozen=True, slots=True)
class Worklist:
    """`whole` is False where there are more than `MOST`."""

    rows: tuple[PaperRow, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """`kind` of `KINDS`, where a form has several lists. `narrowed` as in `Asked`: township and village, where the
    records have any. `fresh`: never printed yet."""

    form: Form
    kind: str = ""
    typed: str = ""
    narrowed: tuple[tuple[str, str], ...] = ()
    fresh: bool = False


KINDS: Mapping[Form, tuple[str, ...]] = {Form.PUBLICITY: (VillageList.COVERED.value, VillageList.PAID.value)}
"""Forms whose papers are chosen from more than one list; the catalogue says them as `worklist.<kind>`."""
Found = Generator[tuple[str, Any], None, None]
Source = Callable[[Desk, Sought], Found]
"""The subjects with the rows that show them, in the list's order."""


def forms_here() -> tuple[Form, ...]:
    """The forms that can be printed."""
    return tuple(form for form in Form if form in LOADERS and ABOUT[form] in SOURCES)


def worklist(desk: Desk, sought: Sought) -> Worklist:
    """Raises what the listing of the form's records raises."""
    with desk.read() as work:
        printed = {_known_by(sought.form, subject): one for subject, one in work.prints.printed(sought.form).items()}
    fresh = sought.fresh and sought.form not in DUE
    with closing(SOURCES[ABOUT[sought.form]](desk, sought)) as found:
        wanted = (one for one in found if not (fresh and _known_by(sought.form, one[0]) in printed))
        rows = tuple(PaperRow(subject, row, printed.get(_known_by(sought.form, subject)))
                     for subject, row in islice(wanted, MOST + 1))
    return Worklist(rows[:MOST], len(rows) <= MOST)


def list_of(form: Form) -> ListName | None:
    """The list by which a form's worklist can be narrowed to a place."""
    return {"household": ListName.HOUSEHOLDS, "claim": ListName.CLAIMS, "village": ListName.HOUSEHOLDS}.get(ABOUT[form])


def forms_of_claim(claim: Claim, *, lacking: bool) -> tuple[Form, ...]:
    """The forms that are printed of a claim as it stands; `lacking`: papers are missing."""
    return tuple(form for form in forms_here() if ABOUT[form] == "claim" and (
        lacking and claim.state in OPEN if form is Form.MISSING_PAPERS else CLAIMS.get(form, _received)(claim)))


def _listed(desk: Desk, sought: Sought, wanted: Callable[[Any], bool]) -> Found:
    """Newest first; what is narrowed to a place stands by groups, as the papers are carried round."""
    name = list_of(sought.form)
    assert name is not None
    by_place = name is ListName.HOUSEHOLDS and bool(sought.narrowed)
    asked = Asked(name=name, typed=sought.typed, narrowed=sought.narrowed, by_place=by_place,
                  sort="home" if by_place else "")
    with desk.read() as work:
        year = work.office.profile().policy_year
        order = work.lists.order(asked, year)
        for first in range(0, len(order.keys), MOST):
            for row in work.lists.rows(name, order.keys[first:first + MOST], order.matched, year):
                if row is not None and wanted(row):
                    yield row.id, row


def _households(desk: Desk, sought: Sought) -> Found:
    return _listed(desk, sought, lambda _: True)


def _claims(desk: Desk, sought: Sought) -> Found:
    if sought.fresh and sought.form in DUE:
        return _due(desk, sought)
    if sought.form is Form.MISSING_PAPERS:
        lacking: Collection[str] = frozenset(claims_lacking_papers(desk, told=True))
        return _listed(desk, sought, lambda row: row.id in lacking)
    return _listed(desk, sought, CLAIMS.get(sought.form, _received))


def _due(desk: Desk, sought: Sought) -> Found:
    """The letters that never went out, the most urgent first."""
    places = {subject: place for place, subject in enumerate(DUE[sought.form](desk))}
    yield from sorted(_listed(desk, sought, lambda row: row.id in places), key=lambda one: places[one[0]])


def _handovers(desk: Desk, sought: Sought) -> Found:
    return ((note.id, note) for note in handovers(desk) if not note.void and sought.typed.upper() in note.number)


def _villages(desk: Desk, sought: Sought) -> Found:
    """The keys are of today: a publicity list hangs from now on."""
    kind = VillageList.RENEWAL if sought.form is Form.RENEWAL else VillageList(sought.kind or VillageList.COVERED)
    places = dict(sought.narrowed)
    for one in with_something_on(kind, villages(desk, township=places.get("township", ""))):
        if places.get("village", one.village) == one.village and sought.typed in one.village:
            key = (renewal_key(desk, one.township, one.village) if kind is VillageList.RENEWAL else
                   publicity_key(desk, one.township, one.village, kind))
            yield str(key), one


def _known_by(form: Form, subject: str) -> str:
    """A village's list was printed, whatever the days on which it hung."""
    return "/".join(subject.split("/")[:4]) if ABOUT[form] == "village" else subject


def _received(row: Claim | ClaimRow) -> bool:
    return bool(row.receipt_no)


CLAIMS: Mapping[Form, Callable[[Claim | ClaimRow], bool]] = {
    Form.APPLICATION: lambda _: True,
    Form.RECEIPT: _received,
    Form.DECISION: lambda row: row.state in ANSWERED,
    Form.PAYMENT: lambda row: row.state in PAID_OR_BACK and (row.state is not ClaimState.CLOSED or bool(row.benefit)),
}
"""Which claims a form is printed of; one that was closed after a refusal was never paid."""
DUE: Mapping[Form, Callable[[Desk], tuple[str, ...]]] = {
    Form.MISSING_PAPERS: claims_lacking_papers, Form.DECISION: claims_to_tell, Form.PAYMENT: payments_to_tell,
}
"""Letters know themselves which of them are due: money that came back has to be told though its payment was."""
SOURCES: Mapping[str, Source] = {"household": _households, "claim": _claims, "handover": _handovers,
                                 "village": _villages}


def subjects(rows: Sequence[PaperRow], ticked: Collection[str]) -> tuple[str, ...]:
    """The ticked ones in the list's order."""
    return tuple(row.id for row in rows if row.id in ticked)
