"""Founds an office in an empty profile: keys, store, first account and schemes, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from backbone_core.errors import RuleBroken
from backbone_core.ids import new_id
from backbone_core.scheme import SchemeStatus, read_scheme
from backbone_desktop.security.keys import NewKeys, StoreKeys
from backbone_desktop.security.system_keyring import SystemKeyring
from backbone_desktop.services.office import SetupRequest, set_up_office
from backbone_desktop.services.ports import Desk, DeviceSigner
from backbone_desktop.settings.identity import write_identity
from backbone_desktop.settings.paths import ProfilePaths
from backbone_desktop.store.opening import Store, create_store

DeskMaker = Callable[[Store, DeviceSigner], Desk]


class Founding:
    """One attempt. Without `schemes` those of the county that ship with the program are taken.

    Raises RuleBroken scheme.… for a scheme that cannot be read or is another county's.
    """

    def __init__(self, paths: ProfilePaths, resources: Path, request: SetupRequest, schemes: tuple[str, ...]) -> None:
        for text in schemes:
            county = read_scheme(text).county
            if county != request.county:
                raise RuleBroken("scheme.other_county", "scheme", theirs=county, ours=request.county)
        self._paths = paths
        self._request = request
        self._schemes = schemes or _known_schemes(resources, request.county)
        self._profile_id = new_id()
        self._building = paths.store.with_name("store.building.db")

    def make_keys(self, keyring: SystemKeyring | None, passphrase: str) -> NewKeys:
        """Raises RuleBroken keys.passphrase_needed, keys.passphrase_short."""
        self._keys = StoreKeys(self._paths.keys, self._profile_id, keyring)
        self._made = self._keys.make(passphrase)
        return self._made

    def carry_out(self, desk_of: DeskMaker) -> None:
        """Build the store beside its place and move it there last: until then the profile is a new one."""
        building = self._building
        _remove(building)
        try:
            store = create_store(building, self._made.store_key)
            try:
                set_up_office(desk_of(store, self._keys.signer_of(self._made)), self._request, self._schemes)
            finally:
                store.close()
            write_identity(self._paths.identity, self._profile_id)
            self._keys.keep(self._made)
            building.chmod(0o600)
            building.replace(self._paths.store)
        except BaseException:
            self.undo()
            raise

    def undo(self) -> None:
        """Take back what was founded; only before anybody was shown its recovery code."""
        for store in (self._building, self._paths.store):
            _remove(store)
        self._keys.discard()
        self._paths.identity.unlink(missing_ok=True)


def _known_schemes(resources: Path, county: str) -> tuple[str, ...]:
    """The county's approved schemes in the box; an example is nobody's rule."""
    texts = [file.read_text("utf-8") for file in sorted((resources / "schemes").glob("*.json"))]
    read = [(text, read_scheme(text)) for text in texts]
    return tuple(text for text, scheme in read
                 if scheme.county == county and scheme.status is SchemeStatus.APPROVED and not scheme.example)


def _remove(store: Path) -> None:
    for part in store.parent.glob(f"{store.name}*"):
        part.unlink(missing_ok=True)
