"""The office's side of the exchange with the centre: what is sent, what was answered, what came in. No network here.

Each function is one transaction of its own; the link is used between them, never inside one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from backbone_core import protocol
from backbone_core.change import moment
from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.rows import DeviceState, ExchangeNote, ExchangeState, ReviewRow

Changed = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far this device is: its state and the chain's hash after its last change."""

    device: DeviceState
    last_hash: bytes


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """A sealed batch that is about to be sent; it covers changes `first` to `last`."""

    body: bytes
    first: int
    last: int


def exchange_state(desk: Desk) -> ExchangeState:
    """What waits, what was sent back, and when the last exchange was."""
    with desk.read() as uow:
        return uow.sync.state()


def exchange_notes(desk: Desk, limit: int = 20) -> tuple[ExchangeNote, ...]:
    """The last exchanges, newest first."""
    with desk.read() as uow:
        return uow.sync.notes(limit)


def open_reviews(desk: Desk) -> tuple[ReviewRow, ...]:
    """Where two values met and a person must choose."""
    with desk.read() as uow:
        return tuple(review for review in uow.sync.reviews() if review.open)


def where_we_stand(desk: Desk) -> Standing:
    with desk.read() as uow:
        device = uow.sync.device()
        return Standing(device, uow.outbox.hash_at(device.last_seq) or b"")


def is_our_chain(desk: Desk, position: protocol.Position) -> bool:
    """Whether the centre stands on the chain that this store made; a copied or older store is not on it."""
    with desk.read() as uow:
        return uow.outbox.hash_at(position.seq) == position.hash


def seal_enrolment(desk: Desk, code: str) -> bytes:
    """The sealed request with which this device asks to be known. Raises `RuleBroken("enrol.code_mistyped")`."""
    with desk.read() as uow:
        office, device = uow.office.profile(), uow.sync.device()
    request = protocol.Enrolment(
        code=protocol.read_code(code), public_key=desk.signer.public_key, device_name=office.device_name,
        device_no=office.device_no, county=office.county, epoch=device.epoch)
    return protocol.seal(protocol.ENROLMENT, protocol.encode(request), desk.signer.sign)


def record_enrolment(desk: Desk, url: str, enrolled: protocol.Enrolled) -> DeviceState:
    """Remember the centre that took this device in, with the key that signs its answers."""
    with desk.open() as uow:
        state = replace(
            uow.sync.device(), server_url=url, device_id=enrolled.device_id, server_id=enrolled.server_id,
            server_key=enrolled.server_key, scope=enrolled.scope, cursor_epoch="", cursor_seq=0, token="",
            token_until=None)
        uow.sync.save_device(state)
        uow.audit.add("enrol_device", "device", enrolled.device_id)
        uow.commit()
    return state


def record_greeting(desk: Desk, url: str, greeting: protocol.Greeting) -> None:
    """Remember where the centre answered, and how far this machine's clock is off. The clock never orders anything.

    A centre that was put back from a backup has lost some of our changes, or has another epoch: what it lost waits
    again, and its feed is read from the beginning.
    """
    offset = round((moment(greeting.time) - desk.clock.now()).total_seconds())
    with desk.open() as uow:
        state = uow.sync.device()
        uow.sync.save_device(replace(state, server_url=url, clock_offset_seconds=offset))
        seq = _taken_by(uow, state, greeting)
        if seq < state.answered_seq or state.cursor_epoch not in ("", greeting.server_epoch):
            _step_back(uow, seq)
        uow.commit()


def read_again(desk: Desk) -> None:
    """Read the feed from its beginning, because the centre does not know the place where this store stands."""
    with desk.open() as uow:
        _step_back(uow, uow.sync.device().answered_seq)
        uow.commit()


def _taken_by(uow: UnitOfWork, state: DeviceState, greeting: protocol.Greeting) -> int:
    """How far the centre has our answered changes; a chain that is not ours says nothing about them."""
    position = greeting.position
    if position is None or uow.outbox.hash_at(position.seq) != position.hash:
        return state.answered_seq
    return min(position.seq, state.answered_seq)


def _step_back(uow: UnitOfWork, seq: int) -> None:
    uow.sync.step_back(seq)
    uow.sync.save_device(replace(uow.sync.device(), cursor_epoch="", cursor_seq=0))
    uow.audit.add("step_back", "device", uow.sync.device().device_id, {"seq": seq})


def record_session(desk: Desk, session: protocol.Session) -> None:
    """Keep the token for its time, counted from now by this machine's clock."""
    until = desk.clock.now() + timedelta(microseconds=max(0, session.expires - session.time))
    with desk.open() as uow:
        uow.sync.save_device(replace(uow.sync.device(), token=session.token, token_until=until))
        uow.commit()


def next_batch(desk: Desk, after: int, limit: int) -> OpenBatch | None:
    """Seal up to `limit` changes that follow change `after`; None when there are none."""
    with desk.read() as uow:
        device = uow.sync.device()
        changes = uow.outbox.since(after, limit)
        previous = uow.outbox.hash_at(after)
    if not changes:
        return None
    if previous is None or changes[0].seq != after + 1:
        raise Unavailable("exchange.chain_broken")
    batch = protocol.make_batch(device.device_id, device.epoch, previous, changes)
    body = protocol.seal(protocol.BATCH, protocol.pack_batch(batch), desk.signer.sign)
    return OpenBatch(body, batch.first_seq, batch.last_seq)


def record_receipt(desk: Desk, batch: OpenBatch, receipt: protocol.ServerReceipt, sealed: protocol.Sealed) -> None:
    """Record the centre's answer to `batch`, whose signature was verified.

    Raises `Unavailable("exchange.answer_mismatch")` when it answers something else; nothing is marked then.
    """
    with desk.open() as uow:
        device = uow.sync.device()
        ours = (device.server_id, device.device_id, device.epoch)
        answered = [outcome.seq for outcome in receipt.outcomes]
        if ((receipt.server_id, receipt.device_id, receipt.epoch) != ours
                or answered != list(range(batch.first, batch.last + 1))
                or receipt.position.seq < batch.last
                or uow.outbox.hash_at(receipt.position.seq) != receipt.position.hash):
            raise Unavailable("exchange.answer_mismatch")
        uow.sync.mark_answered(receipt.outcomes, sealed.payload, sealed.signature)
        uow.commit()


def take_feed_page(desk: Desk, page: protocol.FeedPage) -> Changed:
    """Take in what others changed, and the place up to which it was read, in one transaction.

    Another exchange of this profile may have come further in the meantime: the page does no harm then, and the place
    stays where it is. Returns the records that now look different. Raises `Unavailable("exchange.answer_mismatch")`
    for a page of another device, or one that would leave a gap.
    """
    changed: set[tuple[str, str]] = set()
    with desk.open() as uow:
        device = uow.sync.device()
        stands_at = device.cursor_seq if device.cursor_epoch == page.server_epoch else 0
        if page.device_id != device.device_id or page.after > stands_at or page.upto < page.after:
            raise Unavailable("exchange.answer_mismatch")
        for state in page.records:
            if uow.sync.apply_state(state.kind, state.record_id, state.version, state.fields):
                changed.add((state.kind.value, state.record_id))
        upto = max(stands_at, page.upto)
        if (device.cursor_epoch, device.cursor_seq) != (page.server_epoch, upto):
            uow.sync.save_device(replace(device, cursor_epoch=page.server_epoch, cursor_seq=upto))
        uow.commit()
    return frozenset(changed)


def note_exchange(desk: Desk, note: ExchangeNote) -> None:
    """Keep what the Exchange page tells about this exchange."""
    with desk.open() as uow:
        uow.sync.note(note)
        uow.commit()


def must_be_enrolled(device: DeviceState) -> None:
    """Raises `RuleBroken("exchange.not_enrolled")`."""
    if not device.device_id:
        raise RuleBroken("exchange.not_enrolled")
