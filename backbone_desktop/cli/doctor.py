"""`doctor`: says what stands and what does not, for whoever looks after the machine; it changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from backbone_core.change import CHAIN_START, chain_hash
from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.options import add_unlocking, new_command
from backbone_desktop.services.ports import UnitOfWork
from backbone_desktop.words import Words

LEAST_FREE_BYTES = 500 * 1024 * 1024
"""A backup and a day's work of the largest county have room in this."""
MOST_CLOCK_OFFSET_SECONDS = 300
_READ_AT_ONCE = 500
_FORK = "server.chain_fork"
"""What the last exchange says when this store is an older copy put back, or one of two."""


@dataclass(frozen=True, slots=True)
class Check:
    """`bad` is what makes the command end with 1; a check that only tells is never bad."""

    name: str
    good: bool
    message: str
    bad: bool = False


def add_to(commands: Any, t: Words) -> None:
    add_unlocking(new_command(commands, "doctor", examine, t("check keys, store, chains, disk and clock")), t)


def examine(call: Call) -> Answer:
    if not call.backend.paths.root.is_dir():
        raise RuleBroken("profile.not_set_up", "profile")
    checks = [*_ways(call), _disk(call), *_inside(call)]
    bad = [check for check in checks if check.bad]
    t = call.words
    lines = [f"{'✓' if check.good else '✗' if check.bad else '·'} {check.message}" for check in checks]
    lines.append(t("{count} things need somebody.", count=len(bad)) if bad else t("All is well."))
    return Answer({"checks": [{"name": check.name, "good": check.good, "bad": check.bad, "message": check.message}
                              for check in checks]}, tuple(lines), code=1 if bad else 0)


def _ways(call: Call) -> Iterator[Check]:
    t = call.words
    name = call.backend.keyring_name
    yield Check("keyring", bool(name), t("Keyring of this session: {name}", name=name) if name else
                t("This session has no keyring."))
    try:
        ways = call.backend.ways()
    except Unavailable as failure:
        yield Check("keys", False, t.error(failure), bad=True)
        return
    for way in ways:
        yield Check(f"way_{way.name}", way.stands, t(way.code))
    everyday = any(way.stands for way in ways if way.name != "recovery")
    if not everyday:
        yield Check("ways", False, t("Only the recovery code opens this register. Run recover."), bad=True)


def _disk(call: Call) -> Check:
    free = shutil.disk_usage(call.backend.paths.root).free
    enough = free >= LEAST_FREE_BYTES
    return Check("disk", enough, call.words("Free on the disk: {free} MB", free=f"{free // 2**20:,}"), bad=not enough)


def _inside(call: Call) -> Iterator[Check]:
    """What can be seen only with the store open."""
    t = call.words
    try:
        call.open_profile()
    except Unavailable as failure:
        yield Check("store", False, t.error(failure), bad=True)
        return
    yield _integrity(call)
    with call.backend.reading() as work:
        yield _audit(t, work)
        yield _chain(t, work)
        yield _clock(t, work)
        state = work.sync.state()
        if state.last is not None and state.last.code == _FORK:
            yield Check("fork", False, t(_FORK), bad=True)
        yield Check("exchange", bool(state.device.device_id),
                    t("Known to the centre; {waiting} changes wait.", waiting=state.waiting) if state.device.device_id
                    else t("Not connected to the centre; {waiting} changes wait.", waiting=state.waiting))


def _integrity(call: Call) -> Check:
    from backbone_desktop.store.backup import verify
    from backbone_desktop.store.revision import HEAD

    store, key = call.backend.opened
    try:
        verify(store.path, key)
    except Unavailable:
        return Check("store", False, call.words.error(Unavailable("store.damaged")), bad=True)
    return Check("store", True, call.words("The register is whole (revision {revision}).", revision=HEAD))


def _audit(t: Words, work: UnitOfWork) -> Check:
    broken = work.audit.broken_at()
    if broken is None:
        return Check("audit", True, t("The audit trail is unbroken."))
    return Check("audit", False, t("The audit trail was altered at row {row}.", row=broken), bad=True)


def _chain(t: Words, work: UnitOfWork) -> Check:
    broken = first_broken_change(work)
    if broken is None:
        return Check("changes", True, t("The chain of changes is unbroken."))
    return Check("changes", False, t("The chain of changes is broken at change {seq}.", seq=broken), bad=True)


def first_broken_change(work: UnitOfWork, expected: Callable[..., bytes] = chain_hash) -> int | None:
    """The first kept change whose hash does not follow from the one before, or whose number leaves a gap."""
    device = work.sync.device()
    seq = 0
    changes = work.outbox.since(seq, _READ_AT_ONCE)
    if changes and changes[0].seq > 1:  # what the centre answered long ago is cleared away
        seq = changes[0].seq
        changes = changes[1:]
    previous = CHAIN_START if seq == 0 else work.outbox.hash_at(seq)
    while changes:
        for change in changes:
            if previous is None or change.seq != seq + 1:
                return seq + 1
            found = expected(previous, device.epoch, change)
            if found != work.outbox.hash_at(change.seq):
                return change.seq
            seq, previous = change.seq, found
        changes = work.outbox.since(seq, _READ_AT_ONCE)
    return None if seq == device.last_seq else seq + 1


def _clock(t: Words, work: UnitOfWork) -> Check:
    offset = work.sync.device().clock_offset_seconds
    right = abs(offset) <= MOST_CLOCK_OFFSET_SECONDS
    return Check("clock", right, t("The clock is right as far as is known.") if right else
                 t("At the last exchange this machine's clock was {minutes} minutes off.", minutes=abs(offset) // 60))
