"""Lays out the desk at which somebody works: the ports of the services, filled for one profile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from backbone_desktop.app.on_this_machine import OnThisMachine
from backbone_desktop.services.accounts import SYSTEM
from backbone_desktop.services.ports import Actor, Clock, Desk, DeviceSigner

if TYPE_CHECKING:
    from backbone_desktop.printing.fonts import Fonts
    from backbone_desktop.store.opening import Store


@dataclass(frozen=True, slots=True)
class KnownCounties:
    """The county codes of every revision of GB/T 2260, read when the first ID number is."""

    resources: Path

    def __contains__(self, code: object) -> bool:
        from backbone_desktop.settings.reference import known_county_codes

        return code in known_county_codes(self.resources)


@cache
def _fonts(resources: Path) -> Fonts:
    from backbone_desktop.printing.fonts import Fonts

    return Fonts(resources / "fonts")


def _lacking(resources: Path, text: str) -> tuple[str, ...]:
    return _fonts(resources).missing(text)


def desk_at(store: Store, actor: Actor | None, clock: Clock, signer: DeviceSigner, machine: OnThisMachine) -> Desk:
    """`actor` None is the program itself, before anybody has signed in."""
    from backbone_desktop.security.passwords import Argon2Passwords
    from backbone_desktop.settings.places import PackagedPlaces
    from backbone_desktop.store.numbers import HighWaterFile

    unit = partial(store.unit, actor or SYSTEM, clock)
    return Desk(actor=actor or SYSTEM, open=unit, read=partial(unit, write=False), clock=clock, signer=signer,
                numbers=HighWaterFile(machine.paths.root), passwords=Argon2Passwords(),
                counties=KnownCounties(machine.resources), places=PackagedPlaces(machine.resources),
                lacking=partial(_lacking, machine.resources))
