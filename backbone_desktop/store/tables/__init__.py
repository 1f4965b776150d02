"""What stands in the store: one module a subject, all on one metadata."""

from __future__ import annotations

from backbone_desktop.store.tables.attachments import attachment, attachment_chunk
from backbone_desktop.store.tables.audit import audit, audit_head
from backbone_desktop.store.tables.base import SYNCED, metadata
from backbone_desktop.store.tables.claim_steps import claim_step
from backbone_desktop.store.tables.claims import claim, scheme
from backbone_desktop.store.tables.comparison import comparison
from backbone_desktop.store.tables.decisions import decision, payment
from backbone_desktop.store.tables.directory import directory_place, known_device
from backbone_desktop.store.tables.exchange import device, exchange_note, later, outbox, review, server_receipt, shadow
from backbone_desktop.store.tables.handovers import handover, handover_claim
from backbone_desktop.store.tables.office import account, draft, office, print_log, setting
from backbone_desktop.store.tables.reference import (
    reference_edition,
    reference_entry,
    reference_key,
    reference_place,
)
from backbone_desktop.store.tables.registry import (
    enrolment,
    household,
    household_act,
    household_act_record,
    id_county,
    member,
    name_part,
    registered_place,
    spelling,
)
from backbone_desktop.store.tables.roster import roster_import, roster_record, roster_row

__all__ = [
    "SYNCED",
    "account",
    "attachment",
    "attachment_chunk",
    "audit",
    "audit_head",
    "claim",
    "claim_step",
    "comparison",
    "decision",
    "device",
    "directory_place",
    "draft",
    "enrolment",
    "exchange_note",
    "handover",
    "handover_claim",
    "household",
    "household_act",
    "household_act_record",
    "id_county",
    "known_device",
    "later",
    "member",
    "metadata",
    "name_part",
    "office",
    "outbox",
    "payment",
    "print_log",
    "reference_edition",
    "reference_entry",
    "reference_key",
    "reference_place",
    "registered_place",
    "review",
    "roster_import",
    "roster_record",
    "roster_row",
    "scheme",
    "server_receipt",
    "setting",
    "shadow",
    "spelling",
]
