"""What the household form shows and does: opens it as it was left, checks, keeps, saves, and tells what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from backbone_core.errors import Finding
from backbone_core.household import HEAD
from backbone_desktop.services import drafts, registry
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft
from backbone_desktop.ui.presenters.people import cover_line, listed, reasons
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.registry import HouseholdSaved, HouseholdView
    from backbone_desktop.services.rows import OfficeProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdForm:
    """A form as it is opened. `stored` is what the register holds, `draft` what stands on the form."""

    household_id: str
    stored: HouseholdDraft
    draft: HouseholdDraft
    view: HouseholdView | None = None
    kept_at: datetime | None = None
    """When the form was left unfinished, for one that comes back."""
    findings: tuple[Finding, ...] = field(default=())


def blank(office: OfficeProfile) -> HouseholdDraft:
    """A new form: the office's own township, and a first line for the head."""
    return HouseholdDraft(township=office.township, members=(MemberDraft(relation=HEAD),))


def open_form(desk: Desk, household_id: str, office: OfficeProfile, *, afresh: bool = False) -> HouseholdForm:
    """The form as it was left unfinished, else as the register has it; `afresh` drops what was left."""
    view = registry.open_household(desk, household_id) if household_id else None
    stored = registry.household_as_typed(view) if view is not None else blank(office)
    if afresh:
        drafts.drop_draft(desk, drafts.HOUSEHOLD_FORM, household_id)
        kept = None
    else:
        kept = drafts.kept_draft(desk, drafts.HOUSEHOLD_FORM, household_id)
    draft = stored if kept is None else drafts.household_from_payload(kept.payload)
    return HouseholdForm(
        household_id=household_id, stored=stored, draft=draft, view=view,
        kept_at=kept.kept_at if kept is not None and draft != stored else None,
        findings=registry.check_household(desk, draft, household_id),
    )


def check(desk: Desk, draft: HouseholdDraft, household_id: str) -> tuple[Finding, ...]:
    return registry.check_household(desk, draft, household_id)


def keep(desk: Desk, household_id: str, draft: HouseholdDraft) -> None:
    drafts.keep_draft(desk, drafts.HOUSEHOLD_FORM, household_id, drafts.household_payload(draft))


def forget(desk: Desk, household_id: str) -> None:
    drafts.drop_draft(desk, drafts.HOUSEHOLD_FORM, household_id)


def save(desk: Desk, household_id: str, draft: HouseholdDraft) -> HouseholdSaved:
    """Register or edit, then let go of the form that was kept while it was typed."""
    if household_id:
        saved = registry.edit_household(desk, household_id, draft)
    else:
        saved = registry.register_household(desk, draft)
    drafts.drop_draft(desk, drafts.HOUSEHOLD_FORM, household_id)
    return saved


def reveal(desk: Desk, member_id: str) -> str:
    """A stored ID number in full, with the disability certificate's figures where there are any."""
    return registry.reveal_id_no(desk, member_id)


def same(one: HouseholdDraft, other: HouseholdDraft) -> bool:
    """Whether two forms say the same; empty lines at the end do not count."""
    return _without_blank_lines(one) == _without_blank_lines(other)


def _without_blank_lines(draft: HouseholdDraft) -> HouseholdDraft:
    lines = list(draft.members)
    while lines and lines[-1] == MemberDraft(relation=lines[-1].relation):
        lines.pop()
    return replace(draft, members=tuple(lines))


# -- in words


def title(words: Words, form: HouseholdForm) -> str:
    if form.view is None:
        return words("New household")
    head = next((one.member.name for one in form.view.members if one.member.is_head), "")
    return words("Household {number}", number=form.view.household.household_no) + (f" · {head}" if head else "")


@dataclass(frozen=True, slots=True)
class Cover:
    """A member's cover in words: whether, and from when to when or why not."""

    covered: bool
    text: str
    detail: str


def covers(words: Words, view: HouseholdView, policy_year: int) -> Mapping[str, Cover]:
    """The cover of each member, by member id."""
    yes, no = words("Covered in {year}", year=policy_year), words("Not covered in {year}", year=policy_year)
    return {
        one.member.id: Cover(True, yes, cover_line(words, one.enrolment)) if one.enrolment is not None
        else Cover(False, no, reasons(words, one.why_not))
        for one in view.members
    }


def saved_words(words: Words, saved: HouseholdSaved, view: HouseholdView, policy_year: int, *, new: bool) -> str:
    """What registering or saving did, a line each: the number, who is covered now, who is not and why."""
    names = {one.member.id: one.member.name for one in view.members}
    lines = [words("Registered as household {number}.", number=saved.household_no) if new else words("Saved.")]
    if saved.enrolled:
        people = listed(words, (names.get(one, "") for one in saved.enrolled))
        lines.append(words("Covered in {year}: {people}.", year=policy_year, people=people))
    lines += [
        words("Not covered: {name}: {reason}", name=names.get(member_id, ""), reason=words.finding(why))
        for member_id, why in saved.not_enrolled
    ]
    lines += [words.finding(found) for found in saved.warnings if not found.field.startswith("members.")]
    return "\n".join(lines)


def changed(saved: HouseholdSaved) -> frozenset[tuple[str, str]]:
    """What the change signal carries."""
    return frozenset({("household", saved.household_id), ("member", ""), ("enrolment", "")})
