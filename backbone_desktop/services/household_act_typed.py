"""The form of an act on a household, as it was typed."""

from __future__ import annotations

from dataclasses import dataclass, field

from backbone_desktop.services.typed import MemberDraft

Relations = tuple[tuple[str, str], ...]
"""(member id, relation to the head)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDraft:
    """Each act reads the fields that it needs; findings name a relation's field as `relations.<member id>`."""

    happened_on: str = ""
    reason: str = ""
    member_id: str = ""
    """Who becomes the head, died, or marries out."""
    member_ids: tuple[str, ...] = ()
    """Who goes to a household of their own."""
    head_id: str = ""
    """The new head of this household, where the old one dies or goes."""
    relations: Relations = ()
    """Of those who stay, to the new head; in a merge of those who come, to the head of this household."""
    their_head_id: str = ""
    their_relations: Relations = ()
    """The same in the new household of a split."""
    other_no: str = ""
    """The household that is merged in or married into; the number wanted for a new one ("" = the next free one)."""
    relation: str = ""
    """To the head of the household that somebody marries into."""
    township: str = ""
    village: str = ""
    group: str = ""
    address: str = ""
    person: MemberDraft = field(default_factory=MemberDraft)
    """Who was born or marries in."""
