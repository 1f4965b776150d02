"""Who looks like a person that is being typed, in one line for a clerk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from backbone_core.identity import mask_id_no
from backbone_desktop.ui.presenters.people import place_line
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.duplicates import LookAlike
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.typed import HouseholdDraft


def ask(desk: Desk, draft: HouseholdDraft) -> Mapping[int, tuple[LookAlike, ...]]:
    from backbone_desktop.services.duplicates import look_alikes

    return look_alikes(desk, draft)


def alike_line(words: Words, alike: LookAlike) -> str:
    from backbone_desktop.services.duplicate_words import reasons_line, standing_words

    person = alike.person
    who = " ".join(part for part in (person.name, mask_id_no(person.id_no), place_line(person.township, person.village),
                                     standing_words(words, person.standing)) if part)
    return words("Looks like {who}, household {number}: {reason}", who=who, number=person.household_no,
                 reason=reasons_line(words, alike.reasons))
