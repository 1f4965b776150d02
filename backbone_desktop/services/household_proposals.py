"""Who becomes what to a new head: proposals for a form, which a person looks at before the act is carried out."""

from __future__ import annotations

from collections.abc import Sequence

from backbone_core.household import HEAD, Member
from backbone_core.relations import Kin, propose_relations
from backbone_desktop.services.enrolling import person_of
from backbone_desktop.services.household_act_typed import Relations


def propose(family: Sequence[Member], head_id: str, among: Sequence[str] = ()) -> Relations:
    """(member id, relation) for everybody of `among` (() = the whole family) but the new head; "" must be asked.

    `family` is the whole household as it stands, with the head who dies or goes.
    """
    place = next((n for n, one in enumerate(family) if one.id == head_id), None)
    if place is None:
        return ()
    kin = [Kin(one.relation, person_of(one).sex) for one in family]
    found = zip(family, propose_relations(kin, place), strict=True)
    proposed = {one.id: relation for one, relation in found if relation != HEAD}
    return tuple((one, relation) for one, relation in proposed.items() if not among or one in among)
