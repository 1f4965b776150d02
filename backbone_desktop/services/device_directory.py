"""The directory of devices: what the exchange brings of it, and whose key signed a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backbone_core import protocol
from backbone_core.change import moment
from backbone_core.errors import Unavailable
from backbone_desktop.services.directory_ports import DirectoryPlace, KnownDevice
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.signatures import verify


@dataclass(frozen=True, slots=True)
class SigningDevice:
    """A device whose signature can be checked here. `revoked_at`: when it was taken out of service, else None."""

    public_key: bytes
    office: str
    revoked_at: datetime | None = None


def read_up_to(desk: Desk, server_epoch: str) -> int:
    """The number up to which the directory of this life of the centre was read."""
    with desk.read() as work:
        place = work.directory.place()
    return place.seq if place and place.server_epoch == server_epoch else 0


def take_page(desk: Desk, page: protocol.DirectoryPage, after: int) -> None:
    """Take a page in, with the place up to which it was read, in one transaction.

    Raises `Unavailable("exchange.not_genuine")` for a card that the centre we know did not seal, and
    `Unavailable("exchange.answer_mismatch")` for a page that was not asked for; nothing is kept then.
    """
    with desk.open() as work:
        device = work.sync.device()
        if page.device_id != device.device_id or page.after != after or page.upto <= after:
            raise Unavailable("exchange.answer_mismatch")
        work.directory.keep([_known(body, device.server_key) for body in page.cards],
                            DirectoryPlace(page.server_epoch, page.upto, desk.clock.now()))
        work.commit()


def signing_devices(work: UnitOfWork, desk: Desk, county: str, device_no: str) -> tuple[SigningDevice, ...]:
    """Who may have signed under a device number; this computer knows its own key without any exchange.

    The centre's seal is looked at again, so that nothing but its own word counts.
    """
    known = [
        SigningDevice(one.public_key, one.office, one.revoked_at)
        for one in work.directory.of_number(county, device_no) if _still_sealed(one, work.sync.device().server_key)
    ]
    office = work.office.profile()
    own = SigningDevice(desk.signer.public_key, office.office)
    if (office.county, office.device_no) == (county, device_no) and own.public_key not in {
            one.public_key for one in known}:
        known.append(own)
    return tuple(known)


def _known(body: bytes, server_key: bytes) -> KnownDevice:
    try:
        card = protocol.read_card(body, server_key, verify)
    except (protocol.UnreadableError, protocol.WrongSignatureError):
        raise Unavailable("exchange.not_genuine") from None
    return KnownDevice(
        county=card.county, device_no=card.device_no, public_key=card.public_key, office=card.office,
        enrolled_at=moment(card.enrolled_at), revoked_at=None if card.revoked_at is None else moment(card.revoked_at),
        card=body)


def _still_sealed(device: KnownDevice, server_key: bytes) -> bool:
    try:
        card = protocol.read_card(device.card, server_key, verify)
    except (protocol.UnreadableError, protocol.WrongSignatureError):
        return False
    return (card.county, card.device_no, card.public_key) == (device.county, device.device_no, device.public_key)
