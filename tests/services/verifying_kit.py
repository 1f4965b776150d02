"""Papers of an office with a real key, and other offices that know its key or do not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from backbone_core import protocol
from backbone_core.change import microseconds
from backbone_desktop.printing.papers import Papers
from backbone_desktop.security.signer import Ed25519Signer, public_key_of
from backbone_desktop.services.accounts import SYSTEM
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.device_directory import take_page
from backbone_desktop.services.office import set_up_office
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.receipts import ReceiptData, print_receipt
from backbone_desktop.services.verifying import Checked, check_paper
from backbone_desktop.store.opening import create_store
from backbone_desktop.words import LANGUAGES, Words
from tests.services.office_kit import KEY, SCHEMES, ClaimMaker, office_on, setup_request

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
PAPERS = Papers(RESOURCES)
SPOKEN = tuple(Words.load(language, RESOURCES / "locale") for language in LANGUAGES)
SEED, OTHER_SEED, SERVER_SEED = (bytes([number]) * 32 for number in (1, 2, 3))


def signer(seed: bytes) -> Ed25519Signer:
    return Ed25519Signer(public_key_of(seed), lambda: seed)


def signing(desk: Desk, seed: bytes = SEED) -> Desk:
    return replace(desk, signer=signer(seed))


def another_office(folder: Path) -> Iterator[Desk]:
    """Another office's computer: another store, another key, no records of the first."""
    store = create_store(folder / "far.db", KEY)
    made = office_on(store)
    scheme = (SCHEMES / "example-1900-60-520625-2019.json").read_text(encoding="utf-8")
    set_up_office(made.as_(SYSTEM), setup_request(device_no="B07"), (scheme,))
    yield signing(made.desk, OTHER_SEED)
    store.close()


@dataclass(frozen=True)
class Paper:
    """A receipt as it was printed."""

    claim_id: str
    data: ReceiptData

    def pdf(self, paper: str = "A5", **other: Any) -> bytes:
        return PAPERS.receipt(replace(self.data, **other), paper)


def taken_in(desk: Desk, claim: ClaimMaker, **other: Any) -> Paper:
    taken = register_claim(desk, claim(**other))
    return Paper(taken.claim_id, print_receipt(desk, taken.claim_id, "pdf"))


def card(seed: bytes, *, number: str = "A03", county: str = "520625", revoked: datetime | None = None,
         sealed_by: bytes = SERVER_SEED) -> bytes:
    return protocol.seal_card(protocol.DeviceCard(
        county=county, device_no=number, public_key=public_key_of(seed), office="示例县医疗保障局", enrolled_at=0,
        revoked_at=microseconds(revoked) if revoked else None), signer(sealed_by).sign)


def learn(desk: Desk, *cards: bytes, upto: int = 1) -> None:
    """What an exchange does that brings these cards."""
    with desk.open() as work:
        work.sync.save_device(replace(work.sync.device(), device_id="here", server_key=public_key_of(SERVER_SEED)))
        work.commit()
    take_page(desk, protocol.DirectoryPage(server_epoch="e", device_id="here", after=upto - 1, upto=upto, more=False,
                                           cards=cards), upto - 1)


def read(desk: Desk, content: bytes) -> Checked:
    """The check of a file with one code on it."""
    (checked,) = check_paper(desk, PAPERS.read(content), SPOKEN)
    return checked


def wrong_facts(checked: Checked) -> dict[str, str | None]:
    return {fact.name: fact.on_paper for fact in checked.facts if fact.fits is False}


def picture_of(pdf: bytes, dots: int = 150, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[page].render(scale=dots / 72).to_pil().convert("RGB")
        return picture
    finally:
        document.close()


def saved(picture: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


