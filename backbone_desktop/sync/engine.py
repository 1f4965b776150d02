"""One exchange with the centre: greet, send what waits, fetch what is new. Stopping it anywhere loses nothing.

Sending starts at what the centre says it has, so a batch whose answer was lost is sent again and answered again;
every answer and every page is committed with the place it belongs to before the next one is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from backbone_core import protocol
from backbone_core.change import Outcome
from backbone_core.errors import BackboneError, Unavailable
from backbone_desktop.services import device_directory
from backbone_desktop.services import exchange as services
from backbone_desktop.services.exchange_ports import CentralServer
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.rows import DeviceState, ExchangeNote
from backbone_desktop.sync.batch_size import BatchSize
from backbone_desktop.sync.troubles import LinkCut, ServerRefused

Progress = Callable[[int, int], None]
ResultT = TypeVar("ResultT")


@dataclass
class _Tally:
    sent: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    fetched: int = 0


def enrol(desk: Desk, server: CentralServer, code: str) -> DeviceState:
    """Make this device known to the centre with a one-time code.

    Raises `RuleBroken("enrol.code_mistyped")`, or `Unavailable` with the centre's own code when it refuses.
    """
    sealed = services.seal_enrolment(desk, code)
    standing = services.where_we_stand(desk)
    greeting = server.greet(_hello(standing))
    enrolled = server.enrol(sealed, greeting)
    state = services.record_enrolment(desk, server.url, enrolled)
    services.record_greeting(desk, server.url, greeting)
    return state


def exchange(desk: Desk, server: CentralServer, progress: Progress | None = None,
             cancelled: Callable[[], bool] | None = None) -> ExchangeNote:
    """Send and fetch; return the note that was kept about it.

    Raises `RuleBroken("exchange.not_enrolled")`, or `Unavailable` after keeping a note of how far it came.
    """
    services.must_be_enrolled(services.where_we_stand(desk).device)
    run = _Exchange(desk, server, progress or (lambda _done, _of: None), cancelled or (lambda: False))
    try:
        run.carry_out()
    except BackboneError as trouble:
        services.note_exchange(desk, run.note(trouble.code))
        raise
    note = run.note("exchange.stopped" if run.cancelled() else "exchange.done")
    services.note_exchange(desk, note)
    return note


class _Exchange:
    def __init__(self, desk: Desk, server: CentralServer, progress: Progress, cancelled: Callable[[], bool]) -> None:
        self._desk = desk
        self._server = server
        self._progress = progress
        self.cancelled = cancelled
        self._tally = _Tally()
        self._token = ""

    def carry_out(self) -> None:
        standing = services.where_we_stand(self._desk)
        greeting = self._server.greet(_hello(standing))
        device = standing.device
        if (greeting.server_id, greeting.server_key) != (device.server_id, device.server_key):
            raise Unavailable("exchange.other_server")
        services.record_greeting(self._desk, self._server.url, greeting)
        now = self._desk.clock.now()
        if device.token and device.token_until is not None and device.token_until > now:
            self._token = device.token
        else:
            self._open_session(greeting)
        held_back: BackboneError | None = None
        try:
            self._push(greeting)
        except ServerRefused as refused:
            held_back = refused  # what others changed does not wait for a quarrel about what we send
        self._pull(greeting)
        self._read_directory(greeting)
        if held_back is not None:
            raise held_back

    def note(self, code: str) -> ExchangeNote:
        count = self._tally.outcomes
        return ExchangeNote(
            at=self._desk.clock.now(), code=code, sent=self._tally.sent, applied=count[Outcome.APPLIED],
            merged=count[Outcome.MERGED], conflicts=count[Outcome.CONFLICT], rejected=count[Outcome.REJECTED],
            fetched=self._tally.fetched)

    def _open_session(self, greeting: protocol.Greeting) -> None:
        device = services.where_we_stand(self._desk).device
        message = protocol.session_message(device.server_id, device.device_id, greeting.challenge)
        session = self._server.open_session(protocol.Proof(
            device_id=device.device_id, challenge=greeting.challenge, signature=self._desk.signer.sign(message)))
        services.record_session(self._desk, session)
        self._token = session.token

    def _push(self, greeting: protocol.Greeting) -> None:
        standing = services.where_we_stand(self._desk)
        device = standing.device
        theirs = greeting.position.seq if greeting.position else 0
        if greeting.position and not services.is_our_chain(self._desk, greeting.position):
            raise ServerRefused("server.chain_fork")  # the centre has changes under our numbers that are not ours
        done = min(theirs, device.answered_seq)
        start, size = done, BatchSize(greeting.max_changes)
        self._progress(0, device.last_seq - start)
        while not self.cancelled():
            batch = services.next_batch(self._desk, done, size.now)
            if batch is None:
                return
            try:
                receipt, sealed = self._with_session(lambda body=batch.body: self._server.push(self._token, body))  # type: ignore[misc]
            except (LinkCut, ServerRefused) as trouble:
                too_large = trouble.code == "server.too_large"
                if not (isinstance(trouble, LinkCut) or too_large) or not size.cut():
                    raise
                continue
            services.record_receipt(self._desk, batch, receipt, sealed)
            self._tally.sent += len(receipt.outcomes)
            self._tally.outcomes.update(outcome.outcome for outcome in receipt.outcomes)
            done = batch.last
            size.held()
            self._progress(done - start, max(device.last_seq, done) - start)

    def _pull(self, greeting: protocol.Greeting) -> None:
        try:
            self._read_feed(greeting)
        except ServerRefused as refused:
            if refused.code != "server.cursor":
                raise
            services.read_again(self._desk)
            self._read_feed(greeting)

    def _read_feed(self, greeting: protocol.Greeting) -> None:
        while not self.cancelled():
            device = services.where_we_stand(self._desk).device
            after = device.cursor_seq if device.cursor_epoch == greeting.server_epoch else 0
            page = self._with_session(
                lambda after=after: self._server.feed(self._token, greeting.server_epoch, after))  # type: ignore[misc]
            if page.after != after:
                raise Unavailable("exchange.answer_mismatch")
            # our own changes come by as well; what is counted is what looks different now
            self._tally.fetched += len(services.take_feed_page(self._desk, page))
            if not page.more:
                return

    def _read_directory(self, greeting: protocol.Greeting) -> None:
        """Nothing is asked where nothing changed, nor of a centre that keeps no directory."""
        while not self.cancelled():
            after = device_directory.read_up_to(self._desk, greeting.server_epoch)
            if after >= greeting.directory:
                return
            page = self._with_session(
                lambda after=after: self._server.directory(self._token, greeting.server_epoch, after))  # type: ignore[misc]
            device_directory.take_page(self._desk, page, after)

    def _with_session(self, ask: Callable[[], ResultT]) -> ResultT:
        """Ask; when the token has run out in the meantime, prove who we are once more and ask again."""
        try:
            return ask()
        except ServerRefused as refused:
            if refused.code != "server.token":
                raise
        self._open_session(self._server.greet(_hello(services.where_we_stand(self._desk))))
        return ask()


def _hello(standing: services.Standing) -> protocol.Hello:
    return protocol.Hello(
        oldest=protocol.OLDEST_PROTOCOL, newest=protocol.PROTOCOL, epoch=standing.device.epoch,
        device_id=standing.device.device_id, last_seq=standing.device.last_seq, last_hash=standing.last_hash)
