"""Whether a paper is genuine: told from its code alone, without a link, and from what this store knows of it.

Four things are looked at in turn: whether the code is one of ours at all, whether a device that we know signed it,
whether what the paper states is what the record stated then, and, where the paper's text could be read, whether the
text says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from backbone_core.errors import RuleBroken
from backbone_desktop.services.device_directory import SigningDevice, signing_devices
from backbone_desktop.services.paper_comparing import compare
from backbone_desktop.services.paper_rows import Code, Fact, FormReader, PaperFile, SheetRead, Source, Stated
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.rows import PrintNote
from backbone_desktop.services.signatures import verify
from backbone_desktop.services.verifying_notices import PaperReader
from backbone_desktop.services.verifying_receipt import ReceiptReader
from backbone_desktop.words import Words

READERS: Mapping[str, FormReader] = {
    "BB1": ReceiptReader(),
    "BB2": PaperReader(),
}
"""By the sign with which a code begins."""
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
MOST_TYPED = 500
"""Characters; a code of ours has 180."""


class Verdict(StrEnum):
    """The catalogue says it as `verdict.<value>`."""

    GENUINE = "genuine"  # 真实
    ALTERED = "altered"  # 被改动
    UNKNOWN_DEVICE = "unknown_device"  # 不认识的设备
    DOUBTFUL = "doubtful"  # 存疑: nobody but a person can tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of one code. `reason` is the sentence's code, `number` the paper's own number.

    `office` made the paper, "" where that is not known; `revoked_at` says since when its device is out of service.
    `facts` are empty where the record is not here, and `record_id` "". `sheet` counts a file's pages from 1, 0 for a
    code alone.
    """

    verdict: Verdict
    reason: str
    source: Source
    form: str
    number: str
    county: str
    device_no: str
    office: str = ""
    revoked_at: datetime | None = None
    kind: str = ""
    record_id: str = ""
    state: str = ""
    changed: bool = False
    facts: tuple[Fact, ...] = ()
    strange: tuple[str, ...] = ()
    laid_over: bool = False
    compared: bool = False
    prints: tuple[PrintNote, ...] = ()
    sheet: int = 0

    @property
    def here(self) -> bool:
        """Whether this store has the record."""
        return bool(self.record_id)


def check_code(desk: Desk, typed: str) -> Checked:
    """Check a code as a barcode gun types it, and note in the audit trail that it was checked.

    Raises RuleBroken receipt.qr_form for what is no code of ours, receipt.form, receipt.check_character.
    """
    reader, code = read_code(typed)
    with desk.open() as work:
        checked = _check(desk, work, reader, code, Source.CODE)
        _note(work, checked)
        work.commit()
    return checked


def check_paper(desk: Desk, paper: PaperFile, spoken: Sequence[Words]) -> tuple[Checked, ...]:
    """Check every code on a paper; a PDF's text too, in the languages `spoken`.

    Raises RuleBroken verify.no_code where there is none, and as `check_code` does where none is ours.
    """
    found, broken = _codes_of(paper)
    if not found:
        raise broken or RuleBroken("verify.no_code", "file")
    with desk.open() as work:
        checked = tuple(
            replace(_check(desk, work, reader, code, paper.source, sheet, spoken), sheet=number)
            for reader, code, sheet, number in found)
        for one in checked:
            _note(work, one)
        work.commit()
    return checked


def read_code(typed: str) -> tuple[FormReader, Code]:
    """A gun may type in small or wide letters. Raises as `check_code` does."""
    text = "".join(typed.split()).translate(_WIDE).upper()
    reader = READERS.get(text.partition(":")[0])
    if reader is None or len(text) > MOST_TYPED:
        raise RuleBroken("receipt.qr_form", "code")
    return reader, reader.read(text)


def _codes_of(paper: PaperFile) -> tuple[list[tuple[FormReader, Code, SheetRead, int]], RuleBroken | None]:
    """Our codes, each once, with the text of its pages: a form of several pages bears it on the last."""
    found: list[tuple[FormReader, Code, SheetRead, int]] = []
    broken: RuleBroken | None = None
    text = rows = ""
    laid_over = False
    for number, sheet in enumerate(paper.sheets, start=1):
        text, rows, laid_over = text + sheet.text, rows + sheet.rows, laid_over or sheet.laid_over
        ours = []
        for code in dict.fromkeys(sheet.codes):
            try:
                ours.append(read_code(code))
            except RuleBroken as refused:
                # a wrong check character tells more than that the shop's own code is none of ours
                broken = refused if broken is None or broken.code == "receipt.qr_form" else broken
        found += [(reader, read, replace(sheet, text=text, rows=rows, laid_over=laid_over), number)
                  for reader, read in ours]
        if ours:
            text, rows, laid_over = "", "", False
    return found, broken


def _check(desk: Desk, work: UnitOfWork, reader: FormReader, code: Code, source: Source,  # noqa: PLR0917
           sheet: SheetRead | None = None, spoken: Sequence[Words] = ()) -> Checked:
    devices = signing_devices(work, desk, code.county, code.device_no)
    signer = next((one for one in devices if verify(one.public_key, code.signed, code.signature)), None)
    stated = reader.stated(desk, work, code)
    if signer is None and stated is not None and stated.same_code and _is_own(work, code):
        signer = SigningDevice(b"", work.office.profile().office)  # its key was renewed since; its own store is proof
    known = signer or (devices[0] if len(devices) == 1 else None)
    checked = Checked(
        verdict=Verdict.GENUINE, reason="", source=source, form=code.form, number=code.number, county=code.county,
        device_no=code.device_no, office=known.office if known else "", revoked_at=known.revoked_at if known else None)
    if stated is not None:
        checked = replace(
            checked, kind=stated.kind, record_id=stated.record_id, state=stated.state, changed=stated.changed,
            facts=stated.facts, prints=stated.prints)
        if sheet is not None and sheet.text.strip():
            compared = compare(stated, sheet, spoken)
            checked = replace(checked, facts=compared.facts, strange=compared.strange, compared=True)
    if sheet is not None:
        checked = replace(checked, laid_over=sheet.laid_over)
    verdict, reason = _verdict(checked, stated, devices, signer)
    return replace(checked, verdict=verdict, reason=f"verify.{reason}")


def _is_own(work: UnitOfWork, code: Code) -> bool:
    office = work.office.profile()
    return (office.county, office.device_no) == (code.county, code.device_no)


def _verdict(checked: Checked, stated: Stated | None, devices: Sequence[SigningDevice],
             signer: SigningDevice | None) -> tuple[Verdict, str]:
    if signer is None:
        own_word = stated is not None and stated.same_code
        if devices and not own_word:
            return Verdict.ALTERED, "wrong_signature"
        return Verdict.UNKNOWN_DEVICE, "registered_alike" if own_word else "unknown_device"
    if stated is None:
        return (Verdict.GENUINE, "not_here") if signer.revoked_at is None else (Verdict.DOUBTFUL, "not_here_revoked")
    if stated.same_hash is False:
        return Verdict.ALTERED, "other_content"
    if checked.strange or any(fact.fits is False for fact in checked.facts):
        return (Verdict.ALTERED, "paper_differs") if stated.proven else (Verdict.DOUBTFUL, "changed_since")
    if stated.void:
        return Verdict.DOUBTFUL, "void"
    if stated.same_hash is None and not checked.compared:
        return Verdict.DOUBTFUL, "superseded"  # the record keeps no hash, and nobody can tell which of the two moved
    if signer.revoked_at is not None and stated.made_at is not None and stated.made_at > signer.revoked_at:
        return Verdict.DOUBTFUL, "after_end"
    if checked.compared and checked.laid_over:
        return Verdict.DOUBTFUL, "laid_over"  # the text that fits may not be the one that is seen
    return Verdict.GENUINE, "text_fits" if checked.compared else "look_yourself"


def _note(work: UnitOfWork, checked: Checked) -> None:
    """Who checked which record's paper with what result: no names, no numbers of people."""
    facts = {"verdict": checked.verdict.value, "reason": checked.reason, "source": checked.source.value,
             "form": checked.form}
    work.audit.add("verify_paper", checked.kind or "paper", checked.record_id,
                   facts if checked.here else {**facts, "county": checked.county, "device_no": checked.device_no})
