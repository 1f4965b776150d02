"""What the form of an act shows: its people, the relations that are proposed, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.household_act import ActKind
from backbone_desktop.services import drafts
from backbone_desktop.services.household_act_typed import ActDraft, Relations
from backbone_desktop.ui.presenters.choices import Offered
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from datetime import datetime

    from backbone_core.household import Member
    from backbone_desktop.services.household_acts import ActDone
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.registry import HouseholdView

MOST_REASONS = 5
REASON_NEEDED = frozenset({ActKind.HEAD, ActKind.SPLIT, ActKind.MERGE, ActKind.MOVE, ActKind.LEAVE_LIST,
                           ActKind.RETURN_TO_LIST})
"""The other acts are their own reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActForm:
    """A form as it is opened; `coming` is the other household of a merge that was left unfinished."""

    view: HouseholdView
    draft: ActDraft
    blank: ActDraft
    coming: HouseholdView | None = None
    kept_at: datetime | None = None


def open_form(desk: Desk, household_id: str, kind: ActKind, *, afresh: bool = False) -> ActForm:
    """The form as it was left unfinished, else a fresh one. Raises RuleBroken household.unknown."""
    from backbone_desktop.services.registry import open_household

    view = open_household(desk, household_id)
    blank = _blank(view, kind)
    if afresh:
        forget(desk, household_id, kind)
        kept = None
    else:
        kept = drafts.kept_draft(desk, drafts.ACT_FORM, key(household_id, kind))
    draft = blank if kept is None else drafts.act_from_payload(kept.payload)
    coming = other_household(desk, draft.other_no) if kind is ActKind.MERGE and draft.other_no else None
    return ActForm(view=view, draft=draft, blank=blank, coming=coming, kept_at=kept.kept_at if kept else None)


def other_household(desk: Desk, household_no: str) -> HouseholdView | None:
    from backbone_desktop.services.registry import open_household

    with desk.read() as work:
        found = work.households.by_number(household_no.strip())
    return open_household(desk, found.id) if found is not None else None


def keep(desk: Desk, household_id: str, kind: ActKind, draft: ActDraft) -> None:
    drafts.keep_draft(desk, drafts.ACT_FORM, key(household_id, kind), drafts.act_payload(draft))


def forget(desk: Desk, household_id: str, kind: ActKind) -> None:
    drafts.drop_draft(desk, drafts.ACT_FORM, key(household_id, kind))


def carry_out(desk: Desk, household_id: str, kind: ActKind, draft: ActDraft) -> ActDone:
    """Carry the act out, then let go of the form that was kept while it was typed."""
    from backbone_desktop.services.household_acts import carry_out_act

    done = carry_out_act(desk, household_id, kind, draft)
    forget(desk, household_id, kind)
    return done


def key(household_id: str, kind: ActKind) -> str:
    """Under which an unfinished form is kept."""
    return f"{household_id}/{kind}"


def propose(family: Sequence[Member], head_id: str, among: Sequence[str]) -> Relations:
    from backbone_desktop.services import household_proposals

    return household_proposals.propose(family, head_id, among)


# -- in words


def title(words: Words, kind: ActKind, view: HouseholdView) -> str:
    head = next((one.member.name for one in view.members if one.member.is_head), "")
    household = words("Household {number}", number=view.household.household_no) + (f" · {head}" if head else "")
    return f"{words(f'act.{kind}')} · {household}"


def explained(words: Words, kind: ActKind) -> str:
    return words(f"act_explained.{kind}")


def reasons(words: Words, kind: ActKind) -> tuple[Offered, ...]:
    """What is usually the reason; anything else may be typed."""
    codes = (f"act_reason.{kind}_{place}" for place in range(1, MOST_REASONS + 1))
    texts = [words(code) for code in codes if words.knows(code)]
    return tuple(Offered(text, text) for text in texts)


def people(words: Words, members: Sequence[Member]) -> tuple[Offered, ...]:
    """Members to choose from; two of one name are told apart by the end of their numbers."""
    names = [one.name for one in members]
    return tuple(
        Offered(one.id, words("{name} ({relation})", name=one.name, relation=words(one.relation))
                + (f" …{one.id_no[-4:]}" if names.count(one.name) > 1 else ""))
        for one in members
    )


def was(words: Words, member: Member) -> str:
    """Beside the relation that is asked anew: what it was."""
    return words("was {relation}", relation=words(member.relation))


def _blank(view: HouseholdView, kind: ActKind) -> ActDraft:
    home = view.household
    if kind is not ActKind.MOVE:
        return ActDraft()
    return ActDraft(township=home.township, village=home.village, group=home.group, address=home.address)
