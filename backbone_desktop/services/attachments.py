"""Scans of a claim's papers: adding pages, putting them to another paper, taking them away, giving them out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from backbone_core.attachment import Attachment, content_name
from backbone_core.claim import Claim, ClaimState, Document
from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.ids import new_id
from backbone_desktop.services.attachment_ports import KeptAttachment, ScanPage
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.ports import Desk, UnitOfWork

MOST_PAGES = 100
"""Of one claim; six to ten are usual."""
LONGEST_CODE = 40
KEPT_DAYS = 30
"""How long the bytes of a scan that was taken away can be had back."""
ENDED = frozenset({ClaimState.WITHDRAWN, ClaimState.VOID})
"""The scans of claims in these states stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """`again`: the same picture lies with this claim already, and was not kept twice. `elsewhere` are claims with the
    same picture, which may be a mistake or worse: their receipt numbers, "—" for one that has none."""

    attachment: Attachment
    again: bool = False
    elsewhere: tuple[str, ...] = ()


def add_page(desk: Desk, claim_id: str, document: str, page: ScanPage, *, tick: bool = False) -> Added:
    """Add a page after the paper's others. A claim that the window names before it is stored may have scans already.

    `tick` notes the paper of a stored draft as handed in; a form that is open does so itself, so that its clerk can
    take it back. Raises RuleBroken account.not_allowed, claim.unknown, scan.claim_ended, scan.document_unknown,
    scan.too_many (most).
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        claim = _claim_for_scans(work, claim_id)
        _check_document(work, claim, document)
        kept = [one.attachment for one in work.attachments.of_claim(claim_id)]
        name = content_name(page.content)
        same = next((one for one in kept if one.sha256 == name), None)
        if same is not None:
            return Added(attachment=same, again=True)
        if len(kept) >= MOST_PAGES:
            raise RuleBroken("scan.too_many", "file", most=MOST_PAGES)
        made = Attachment(
            id=new_id(), claim_id=claim_id, document=document, place=_next_place(kept, document),
            media_type=page.media_type, sha256=name, size=len(page.content), width=page.width, height=page.height,
            original=page.original, added_at=desk.clock.now(), added_by=desk.actor.account)
        elsewhere = tuple(dict.fromkeys(one.claim_id for one in work.attachments.with_content(name)))
        work.attachments.add(made, page.content)
        _note(work, "add_scan", made)
        if tick and claim is not None and claim.state is ClaimState.DRAFT:
            _tick(work, claim, document)
        _tidy(desk, work)
        numbers = tuple(_number(work, one) for one in elsewhere)
        work.commit()
    return Added(attachment=made, elsewhere=numbers)


def scans_of(desk: Desk, claim_id: str) -> tuple[KeptAttachment, ...]:
    """By document, in the order of the pages."""
    with desk.read() as work:
        return work.attachments.of_claim(claim_id)


def scan(desk: Desk, attachment_id: str) -> tuple[Attachment, bytes]:
    """A scan to be looked at. Raises RuleBroken scan.unknown, Unavailable scan.not_here, scan.damaged."""
    with desk.read() as work:
        return _whole(work, attachment_id)


def take_out(desk: Desk, attachment_ids: Sequence[str]) -> tuple[tuple[Attachment, bytes], ...]:
    """Scans that leave the encrypted store, which the audit trail notes. Raises as `scan` does."""
    with desk.open() as work:
        found = tuple(_whole(work, one) for one in attachment_ids)
        for attachment, _ in found:
            _note(work, "take_out_scan", attachment)
        work.commit()
    return found


def remove_scan(desk: Desk, attachment_id: str) -> Attachment:
    """Take a scan away; it can be had back for `KEPT_DAYS` days. Raises RuleBroken scan.unknown, scan.claim_ended."""
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        attachment = _get(work, attachment_id)
        _claim_for_scans(work, attachment.claim_id)
        work.attachments.remove(attachment_id, desk.actor.account, desk.clock.now())
        _note(work, "remove_scan", attachment)
        work.commit()
    return attachment


def put_back_scan(desk: Desk, attachment_id: str) -> Attachment:
    """Take `remove_scan` back. Raises RuleBroken scan.unknown, scan.claim_ended, Unavailable scan.not_here."""
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        attachment = work.attachments.removed(attachment_id)
        if attachment is None:
            raise RuleBroken("scan.unknown")
        _claim_for_scans(work, attachment.claim_id)
        if work.attachments.content(attachment.sha256) is None:
            raise Unavailable("scan.not_here")
        work.attachments.put_back(attachment_id)
        _note(work, "put_back_scan", attachment)
        work.commit()
    return attachment


def move_scan(desk: Desk, attachment_id: str, document: str) -> Attachment:
    """Put a page to another paper, after that one's others. Raises as `add_page` does, and scan.unknown."""
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        attachment = _get(work, attachment_id)
        if attachment.document == document:
            return attachment
        _check_document(work, _claim_for_scans(work, attachment.claim_id), document)
        kept = [one.attachment for one in work.attachments.of_claim(attachment.claim_id)]
        moved = replace(attachment, document=document, place=_next_place(kept, document))
        work.attachments.place(moved.id, moved.document, moved.place)
        _note(work, "move_scan", moved)
        work.commit()
    return moved


def forget_scans(desk: Desk, claim_id: str) -> int:
    """Take away the scans of a form that is let go of and was never stored; how many. A stored claim keeps its own."""
    with desk.open() as work:
        if work.claims.get(claim_id) is not None:
            return 0
        kept = [one.attachment for one in work.attachments.of_claim(claim_id)]
        for attachment in kept:
            work.attachments.remove(attachment.id, desk.actor.account, desk.clock.now())
            _note(work, "remove_scan", attachment)
        work.commit()
    return len(kept)


# --- inside one transaction


def _claim_for_scans(work: UnitOfWork, claim_id: str) -> Claim | None:
    claim = work.claims.get(claim_id)
    if claim is None:
        try:
            uuid.UUID(claim_id)
        except ValueError:
            raise RuleBroken("claim.unknown") from None
    elif claim.state in ENDED:
        raise RuleBroken("scan.claim_ended", state_code=f"claim_state.{claim.state}")
    return claim


def _check_document(work: UnitOfWork, claim: Claim | None, document: str) -> None:
    """A paper of the claim or of its scheme; while the claim is only a form, any code that could be one."""
    if claim is None:
        if not (0 < len(document) <= LONGEST_CODE and document.isprintable()):
            raise RuleBroken("scan.document_unknown", "document")
        return
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version) if claim.scheme_id else None
    known = {one.code for one in claim.documents} | {need.code for need in (scheme.documents if scheme else ())}
    if document not in known and (claim.state is not ClaimState.DRAFT or scheme is not None):
        raise RuleBroken("scan.document_unknown", "document")


def _tidy(desk: Desk, work: UnitOfWork) -> None:
    """Take away what a form left behind that nothing was kept of, and let go of bytes that cannot be had back."""
    now = desk.clock.now()
    for one in work.attachments.left_behind(now - timedelta(days=KEPT_DAYS)):
        work.attachments.remove(one.id, desk.actor.account, now)
        _note(work, "remove_scan", one)
    work.attachments.sweep(now - timedelta(days=KEPT_DAYS))


def _next_place(kept: Sequence[Attachment], document: str) -> int:
    return max((one.place for one in kept if one.document == document), default=0) + 1


def _tick(work: UnitOfWork, claim: Claim, document: str) -> None:
    codes = dict.fromkeys([*(one.code for one in claim.documents), document])
    here = {one.code for one in claim.documents if one.handed_in} | {document}
    work.write(replace(claim, documents=tuple(Document(code=code, handed_in=code in here) for code in codes)),
               "claim_add_papers")


def _get(work: UnitOfWork, attachment_id: str) -> Attachment:
    attachment = work.attachments.get(attachment_id)
    if attachment is None:
        raise RuleBroken("scan.unknown")
    return attachment


def _whole(work: UnitOfWork, attachment_id: str) -> tuple[Attachment, bytes]:
    attachment = _get(work, attachment_id)
    content = work.attachments.content(attachment.sha256)
    if content is None:
        raise Unavailable("scan.not_here")
    return attachment, content


def _number(work: UnitOfWork, claim_id: str) -> str:
    claim = work.claims.get(claim_id)
    return claim.receipt_no if claim and claim.receipt_no else "—"


def _note(work: UnitOfWork, act: str, one: Attachment) -> None:
    work.audit.add(act, "claim", one.claim_id, {"attachment": one.id, "document": one.document, "sha256": one.sha256})
