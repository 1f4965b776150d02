"""What the claim pages say about scans: captions, counts, what came of adding, and the papers to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.claim import ClaimState
from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.ui.presenters.benefit import paper_words
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.scheme import DocumentNeed
    from backbone_desktop.services.attachment_ports import KeptAttachment, ScanFile
    from backbone_desktop.services.attachments import Added
    from backbone_desktop.services.claims import ClaimView
    from backbone_desktop.services.ports import Desk

FILES = "*.jpg *.jpeg *.png *.tif *.tiff *.pdf"


@dataclass(frozen=True, slots=True)
class Paper:
    code: str
    name: str


def papers(words: Words, needs: Sequence[DocumentNeed], kept: Sequence[KeptAttachment]) -> tuple[Paper, ...]:
    """The scheme's papers in its order, and behind them others that have scans."""
    named = {need.code: paper_words(words, need) for need in needs}
    for one in kept:
        named.setdefault(one.attachment.document, words(f"document.{one.attachment.document}"))
    return tuple(Paper(code, name) for code, name in named.items())


def in_order(kept: Sequence[KeptAttachment], shown: Sequence[Paper]) -> tuple[KeptAttachment, ...]:
    places = {paper.code: place for place, paper in enumerate(shown)}
    return tuple(sorted(kept, key=lambda one: (places[one.attachment.document], one.attachment.place)))


def first_lacking(shown: Sequence[Paper], kept: Sequence[KeptAttachment]) -> str:
    """The paper that is probably scanned next: the first without a scan, else the last."""
    here = {one.attachment.document for one in kept}
    return next((paper.code for paper in shown if paper.code not in here), shown[-1].code if shown else "")


def caption(words: Words, one: KeptAttachment, shown: Sequence[Paper], kept: Sequence[KeptAttachment]) -> str:
    """The paper's name, and which page where it has several."""
    name = next(paper.name for paper in shown if paper.code == one.attachment.document)
    pages = [other for other in kept if other.attachment.document == one.attachment.document]
    return name if len(pages) == 1 else words("{paper}, {n} of {all}", paper=name, n=pages.index(one) + 1,
                                              all=len(pages))


def count_line(words: Words, count: int) -> str:
    return words("No scans yet") if not count else words("1 scan") if count == 1 else words("{n} scans", n=count)


def file_count(words: Words, count: int) -> str:
    return words("1 file") if count == 1 else words("{n} files", n=count)


def added_line(words: Words, added: Sequence[Added], name: str) -> tuple[str, bool]:
    """What came of it, and whether somebody should look at it."""
    again = sum(one.again for one in added)
    new, elsewhere = len(added) - again, dict.fromkeys(number for one in added for number in one.elsewhere)
    parts = []
    if new:
        parts.append(words("1 page added: {paper}", paper=name) if new == 1 else
                     words("{n} pages added: {paper}", n=new, paper=name))
    if again:
        parts.append(words("This picture lies with the claim already; it is not kept twice.") if again == 1 else
                     words("{n} pictures lie with the claim already; they are not kept twice.", n=again))
    if elsewhere:
        parts.append(words("The same picture lies with another claim: {numbers}", numbers=", ".join(elsewhere)))
    return "  ".join(parts), bool(elsewhere)


def refused_line(words: Words, error: BackboneError, name: str, page: int, pages: int) -> str:
    """Why a file or a page of it was not added."""
    said = words.finding(error.findings[0]) if isinstance(error, RuleBroken) else words(error.code)
    if pages > 1:
        return words("{file}, page {page}: {why}", file=name, page=page, why=said)
    return f"{name}: {said}" if name else said


def waits_for(view: ClaimView, document: str) -> bool:
    """Whether the claim waits for this paper, so that a scan of it probably means that it was brought."""
    return view.claim.state is ClaimState.WAITING_PAPERS and document in {need.code for need in view.missing}


def note_brought(desk: Desk, claim_id: str, document: str) -> None:
    from backbone_desktop.services.claim_way import bring_papers

    bring_papers(desk, claim_id, [document])


def may_change(desk: Desk, view: ClaimView | None) -> bool:
    """Whether scans may be added and taken away; None is a claim that is being made."""
    from backbone_desktop.services.attachments import ENDED
    from backbone_desktop.services.duties import Duty, may

    return may(desk, Duty.REGISTER) and (view is None or view.claim.state not in ENDED)


def add_page_of(desk: Desk, claim_id: str, document: str, file: ScanFile, page: int) -> Added:
    from backbone_desktop.services.attachments import add_page

    return add_page(desk, claim_id, document, file.page(page))


def scans_of(desk: Desk, claim_id: str) -> tuple[KeptAttachment, ...]:
    from backbone_desktop.services import attachments

    return attachments.scans_of(desk, claim_id)


def content_of(desk: Desk, attachment_id: str) -> bytes:
    from backbone_desktop.services.attachments import scan

    return scan(desk, attachment_id)[1]
