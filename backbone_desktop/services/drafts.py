"""Forms in progress, kept as they are typed, so that a power cut costs nobody a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from backbone_desktop.services.household_act_typed import ActDraft
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.rows import KeptDraft
from backbone_desktop.services.typed import ClaimDraft, HouseholdDraft, MemberDraft

HOUSEHOLD_FORM = "household"
CLAIM_FORM = "claim"
ACT_FORM = "household_act"
"""Its key is the household's id and the act's kind, parted by a slash."""


def keep_draft(desk: Desk, form: str, key: str, payload: Mapping[str, Any]) -> None:
    """Keep what was typed; `key` is the record's id, or "" for the form of a new one."""
    with desk.open() as work:
        work.drafts.keep(form, key, payload)
        work.commit()


def kept_draft(desk: Desk, form: str, key: str) -> KeptDraft | None:
    with desk.read() as work:
        return work.drafts.get(form, key)


def kept_drafts(desk: Desk) -> tuple[KeptDraft, ...]:
    with desk.read() as work:
        return work.drafts.all()


def drop_draft(desk: Desk, form: str, key: str) -> None:
    with desk.open() as work:
        work.drafts.drop(form, key)
        work.commit()


def household_payload(draft: HouseholdDraft) -> dict[str, Any]:
    """A household form as plain values (str, bool, list, dict)."""
    return {**asdict(draft), "members": [asdict(member) for member in draft.members]}


def household_from_payload(payload: Mapping[str, Any]) -> HouseholdDraft:
    """The form back from what was kept; fields that this version does not know are left out."""
    members = tuple(MemberDraft(**_known(MemberDraft, line)) for line in payload.get("members") or ())
    return HouseholdDraft(**{**_known(HouseholdDraft, payload), "members": members})


def claim_payload(draft: ClaimDraft) -> dict[str, Any]:
    """A claim form as plain values (str, bool, list, dict)."""
    return {**asdict(draft), "costs": dict(draft.costs), "documents": list(draft.documents)}


def claim_from_payload(payload: Mapping[str, Any]) -> ClaimDraft:
    """The form back from what was kept; fields that this version does not know are left out."""
    known = _known(ClaimDraft, payload)
    known["costs"] = tuple((str(name), str(amount)) for name, amount in dict(payload.get("costs") or {}).items())
    known["documents"] = tuple(str(code) for code in payload.get("documents") or ())
    return ClaimDraft(**known)


def act_payload(draft: ActDraft) -> dict[str, Any]:
    """An act's form as plain values (str, list, dict)."""
    return {**asdict(draft), "member_ids": list(draft.member_ids), "relations": dict(draft.relations),
            "their_relations": dict(draft.their_relations)}


def act_from_payload(payload: Mapping[str, Any]) -> ActDraft:
    """The form back from what was kept; fields that this version does not know are left out."""
    known = _known(ActDraft, payload)
    for name in ("relations", "their_relations"):
        known[name] = tuple((str(one), str(what)) for one, what in dict(payload.get(name) or {}).items())
    known["member_ids"] = tuple(str(one) for one in payload.get("member_ids") or ())
    known["person"] = MemberDraft(**_known(MemberDraft, payload.get("person") or {}))
    return ActDraft(**known)


def _known(
    form: type[MemberDraft | HouseholdDraft | ClaimDraft | ActDraft], payload: Mapping[str, Any]
) -> dict[str, Any]:
    return {name: payload[name] for name in form.__dataclass_fields__ if name in payload}
