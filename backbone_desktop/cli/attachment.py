"""`attachment add|list|get`: scans of a claim's papers from the command line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_core.attachment import MediaType
from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.claim import claim_id_of
from backbone_desktop.cli.options import add_signing_in, new_command, new_group
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.attachment import Attachment
    from backbone_desktop.services.attachments import Added
    from backbone_desktop.services.ports import Desk

NOT_ALL = 2
"""Exit code where a page could not be added; the others are kept."""
_ENDINGS = {MediaType.JPEG: "jpg", MediaType.PNG: "png"}


def add_to(commands: Any, t: Words) -> None:
    group = new_group(commands, "attachment", t("scans of a claim's papers"))
    add = new_command(group, "add", add_attachments, t("add the pages of files to one paper of a claim"))
    add.add_argument("claim", metavar="NUMBER", help=t("receipt number or id"))
    add.add_argument("files", metavar="FILE", nargs="+", help=t("JPEG, PNG, TIFF or PDF"))
    add.add_argument("--document", metavar="CODE", required=True, help=t("which paper they show"))
    add.add_argument("--no-tick", action="store_true", help=t("do not note the paper of a draft as handed in"))
    listed = new_command(group, "list", list_attachments, t("list a claim's scans by paper"))
    listed.add_argument("claim", metavar="NUMBER", help=t("receipt number or id"))
    get = new_command(group, "get", get_attachments, t("save a claim's scans as files; the audit trail notes it"))
    get.add_argument("claim", metavar="NUMBER", help=t("receipt number or id"))
    get.add_argument("--out", metavar="FOLDER", required=True, help=t("where the files go; only you may read them"))
    get.add_argument("--document", metavar="CODE", default="", help=t("only scans of this paper"))
    for parser in (add, listed, get):
        add_signing_in(parser, t)


def add_attachments(call: Call) -> Answer:
    """Every page that can be added is; the first file that cannot be read at all is refused before anything is kept.

    Raises RuleBroken claim.unknown, scan.document_unknown, scan.…
    """
    from backbone_desktop.services.attachments import add_page

    wanted, t = call.arguments, call.words
    desk = call.sign_in()
    claim_id = _known_claim(desk, wanted.claim)
    files = [call.backend.scans.open_file(Path(one)) for one in wanted.files]
    added: list[Added] = []
    broken: list[dict[str, Any]] = []
    for name, file in zip(wanted.files, files, strict=True):
        for number in range(file.pages):
            try:
                page = file.page(number)
            except RuleBroken as refused:
                broken.append({"file": name, "page": number + 1, "code": refused.code,
                               "message": t.finding(refused.findings[0])})
                continue
            added.append(add_page(desk, claim_id, wanted.document, page, tick=not wanted.no_tick))
        file.close()
    lines = [_added_line(t, one) for one in added]
    lines += [t("Not added: {file}, page {page}. {message}", file=one["file"], page=one["page"],
                message=one["message"]) for one in broken]
    told = [{**_told(one.attachment), "again": one.again, "elsewhere": list(one.elsewhere)} for one in added]
    return Answer({"claim_id": claim_id, "added": told, "broken": broken}, tuple(lines), NOT_ALL if broken else 0)


def list_attachments(call: Call) -> Answer:
    from backbone_desktop.services.attachments import scans_of

    t, desk = call.words, call.sign_in()
    claim_id = _known_claim(desk, call.arguments.claim)
    kept = scans_of(desk, claim_id)
    lines = [f"{_line(t, one.attachment)}{'' if one.here else '  ' + t('scan.not_here')}" for one in kept]
    return Answer({"claim_id": claim_id, "attachments": [{**_told(one.attachment), "here": one.here} for one in kept]},
                  tuple(lines or [t("The claim has no scans.")]))


def get_attachments(call: Call) -> Answer:
    """Raises RuleBroken claim.unknown, scan.file_exists, scan.none; Unavailable scan.not_here, scan.not_written."""
    from backbone_desktop.services.attachments import scans_of, take_out

    wanted, t, desk = call.arguments, call.words, call.sign_in()
    claim_id = _known_claim(desk, wanted.claim)
    chosen = [one.attachment for one in scans_of(desk, claim_id) if wanted.document in ("", one.attachment.document)]
    if not chosen:
        raise RuleBroken("scan.none", "claim")
    with desk.read() as work:
        claim = work.claims.get(claim_id)
    number = claim.receipt_no if claim and claim.receipt_no else claim_id
    folder = Path(wanted.out)
    paths = [folder / f"{number}-{_plain(one.document)}-{one.place:02}.{_ENDINGS[one.media_type]}" for one in chosen]
    if any(path.exists() for path in paths):
        raise RuleBroken("scan.file_exists", "out")
    _write(folder, paths, [content for _, content in take_out(desk, [one.id for one in chosen])])
    return Answer({"claim_id": claim_id, "files": [{**_told(one), "file": str(path)}
                                                   for one, path in zip(chosen, paths, strict=True)]},
                  tuple(t("Saved: {file}", file=path) for path in paths))


def _known_claim(desk: Desk, named: str) -> str:
    """Only the window adds scans to what is not stored yet. Raises RuleBroken claim.unknown."""
    claim_id = claim_id_of(desk, named)
    with desk.read() as work:
        if work.claims.get(claim_id) is None:
            raise RuleBroken("claim.unknown", "claim")
    return claim_id


def _write(folder: Path, paths: Sequence[Path], contents: Sequence[bytes]) -> None:
    """All of them or none."""
    written: list[Path] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path, content in zip(paths, contents, strict=True):
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
                written.append(path)
                handle.write(content)
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        raise Unavailable("scan.not_written") from None


def _plain(document: str) -> str:
    """A code as a part of a file's name, whatever a scheme calls its papers."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in document)


def _told(one: Attachment) -> dict[str, Any]:
    return {"attachment_id": one.id, "document": one.document, "page": one.place, "media_type": one.media_type.value,
            "sha256": one.sha256, "size": one.size, "width": one.width, "height": one.height,
            "original": one.original.value, "added_at": one.added_at.isoformat(), "added_by": one.added_by}


def _line(t: Words, one: Attachment) -> str:
    return t("{paper}, page {page}: {width} × {height} dots, {size} kB, added by {who}",
             paper_code=f"document.{one.document}", page=one.place, width=one.width, height=one.height,
             size=-(-one.size // 1000), who=one.added_by)


def _added_line(t: Words, one: Added) -> str:
    line = _line(t, one.attachment)
    if one.again:
        return t("Already with this claim, not kept twice: {scan}", scan=line)
    if one.elsewhere:
        line += "  " + t("The same picture lies with another claim: {numbers}", numbers=", ".join(one.elsewhere))
    return line
