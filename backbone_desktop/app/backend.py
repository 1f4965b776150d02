"""Puts store, services, keys, settings, papers and link together for the profile in one folder.

Whatever is slow to import is imported where it is used, because the window paints its first frame before.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from backbone_core.errors import RuleBroken, Unavailable, refuse_if_any
from backbone_desktop.app.on_this_machine import OnThisMachine
from backbone_desktop.settings.clock import SystemClock
from backbone_desktop.settings.one_process import ProfileLock

if TYPE_CHECKING:
    from backbone_core.errors import Finding
    from backbone_core.places import CountyPlaces
    from backbone_desktop.security.keys import Mended, StoreKeys, Way
    from backbone_desktop.security.system_keyring import SystemKeyring
    from backbone_desktop.services.list_export import ListWriter, Sheet
    from backbone_desktop.services.office import SetupRequest
    from backbone_desktop.services.ports import Actor, Desk, DeviceSigner, UnitOfWork
    from backbone_desktop.services.reference_rows import ReferenceFile, ReferenceKind
    from backbone_desktop.services.roster_marking import MarkedWriter
    from backbone_desktop.services.roster_rows import RosterFile
    from backbone_desktop.services.rows import DeviceState, ExchangeNote, OfficeProfile
    from backbone_desktop.store.opening import Store
    from backbone_desktop.ui.backend import County, Papers, ProfileState

log = logging.getLogger(__name__)


class LocalBackend(OnThisMachine):
    """Implements the window's `Backend`; the commands use it too. Nothing is read or written before it is asked for.

    `find_keyring` looks for a keyring elsewhere than in the session.
    """

    def __init__(self, root: Path | None = None, language: str = "",
                 find_keyring: Callable[[], SystemKeyring | None] | None = None) -> None:
        super().__init__(root, language)
        self.clock = SystemClock()
        self._find_keyring = find_keyring
        self._keyring_kept: bool | None = None
        self._lock = ProfileLock(self.paths.lock)
        self._key: bytes | None = None
        self._store: Store | None = None
        self._signer: DeviceSigner | None = None

    @cached_property
    def papers(self) -> Papers:
        from backbone_desktop.printing.papers import Papers as PdfPapers

        return PdfPapers(self.resources, self.language)

    def set_language(self, language: str) -> None:
        """For this machine, and for the office's receipts."""
        from backbone_desktop.services import office

        if self._store is not None:
            office.set_language(self._system_desk(), language)
        super().set_language(language)

    # The ways into the store

    @property
    def keyring_works(self) -> bool:
        """Put to the test where an office is to be founded on it; elsewhere it shows by opening or not."""
        if self._keyring_kept is None:
            self._keyring_kept = self._keyring is not None and self._keyring.keeps_what_it_is_given()
        return self._keyring_kept

    @property
    def keyring_name(self) -> str:
        return self._keyring.name if self._keyring is not None else ""

    @property
    def passphrase_needed(self) -> bool:
        """Whether nothing but a recovery code would open the store."""
        return self._keyring is None and not self._keys.has_passphrase()

    def state(self) -> ProfileState:
        from backbone_desktop.ui.backend import ProfileState

        if not self.is_set_up:
            # A store that is gone while its backups are here is no fresh machine: `open` says so.
            return ProfileState.READY if self._has_backups() else ProfileState.NEW
        try:
            self._key = self._key or self._keys.from_keyring()
        except Unavailable:  # the key file itself does not stand: `open` says why
            return ProfileState.READY
        if self._key is not None:
            return ProfileState.READY
        # Asking the keyring once more would ask the person once more.
        self._keyring_kept = self._keyring is not None
        return ProfileState.LOCKED

    def check_passphrase(self, passphrase: str) -> tuple[Finding, ...]:
        from backbone_desktop.security.keys import check_passphrase

        return check_passphrase(passphrase)

    def ways(self) -> tuple[Way, ...]:
        return self._keys.ways()

    @cached_property
    def _keyring(self) -> SystemKeyring | None:
        from backbone_desktop.security.system_keyring import find_system_keyring

        return (self._find_keyring or find_system_keyring)()

    @property
    def _keys(self) -> StoreKeys:
        from backbone_desktop.security.keys import StoreKeys
        from backbone_desktop.settings.identity import read_identity

        return StoreKeys(self.paths.keys, read_identity(self.paths.identity), self._keyring)

    def _has_backups(self) -> bool:
        return self.paths.backups.is_dir() and any(self.paths.backups.glob("*.db"))

    # Opening and closing

    def prepare(self) -> None:
        if self.is_set_up and self._store is None:
            self.start_logging()
        import backbone_desktop.security.passwords
        import backbone_desktop.services.registry
        import backbone_desktop.store.opening  # noqa: F401
        from backbone_desktop.app.upkeep import warm

        if self.is_set_up and self._store is None:
            warm(self.paths.store)

    def set_up(self, request: SetupRequest, passphrase: str = "", schemes: tuple[str, ...] = ()) -> str:
        """Without `schemes` the county's own that ship with the program are taken.

        Raises RuleBroken with every finding, profile.exists; Unavailable. Then nothing was founded.
        """
        from backbone_desktop.app.founding import Founding
        from backbone_desktop.services.office import check_setup

        refuse_if_any(check_setup(request))
        if self.is_set_up:
            raise RuleBroken("profile.exists", "profile")
        if self._has_backups():
            raise Unavailable("store.missing")
        founding = Founding(self.paths, self.resources, request, schemes)
        made = founding.make_keys(self._keyring if self.keyring_works else None, passphrase)
        self.paths.make()
        self._lock.take()
        try:
            founding.carry_out(lambda store, signer: self._desk(store, None, signer))
            try:
                super().set_language(request.language)
                self._open_with(made.store_key)
            except BaseException:  # nobody would ever see its recovery code
                founding.undo()
                raise
        except BaseException:
            self._lock.release()
            raise
        self.start_logging()
        return made.recovery_code

    def open(self) -> None:
        """Raises Unavailable store.…, keys.…; keys.locked where the keyring does not open the store."""
        if self._store is not None:
            return
        if not self.is_set_up:
            raise Unavailable("store.missing")
        key = self._key or self._keys.from_keyring()
        if key is None:
            raise Unavailable("keys.locked")
        self._open_with(key)

    def unlock(self, *, passphrase: str = "", recovery_code: str = "") -> None:
        if not recovery_code:
            self._open_with(self._keys.from_passphrase(passphrase))
            return
        try:
            self.recover(recovery_code, renew_device=True)
        except Unavailable as failure:
            if self._store is None:
                raise
            log.warning("the store opened by its recovery code; another way in could not be mended: %s", failure.code)

    def recover(self, recovery_code: str, passphrase: str = "", *, new_code: bool = False,
                renew_device: bool = False) -> Mended:
        """Open with the recovery code and make the other ways in stand again."""
        from backbone_desktop.app.upkeep import forget_device, keep_keys_beside
        from backbone_desktop.security.keys import DeviceKey

        if passphrase:
            refuse_if_any(self.check_passphrase(passphrase))
        self._keys.mend_file()
        key = self._keys.from_recovery_code(recovery_code)
        self._open_with(key)  # the proof that it is the right one, before anything is written
        with self._system_desk().open() as work:
            work.audit.add("recover", "office", "", {"new_code": new_code})
            work.commit()
        mended = self._keys.mend(key, passphrase=passphrase, new_code=new_code, renew_device=renew_device)
        # From here on nothing may fail: a new code that is not shown would be lost.
        self._signer = self._keys.signer(key)
        keep_keys_beside(self.paths)  # a code that has ended must not open the copy that lies with the backups
        if mended.device is DeviceKey.RENEWED:
            forget_device(self._system_desk())
        return mended

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
        self._key = self._signer = None
        self._lock.release()
        self.stop_logging()

    def _open_with(self, key: bytes) -> None:
        from backbone_desktop.app.upkeep import no_room
        from backbone_desktop.store.opening import open_store

        if self._store is not None:
            return
        self.paths.make()
        self._lock.take()
        try:
            signer = self._keys.signer(key)
            self._store = open_store(self.paths.store, key)
        except Unavailable as failure:
            self._lock.release()
            # SQLite cannot tell a full disk from a broken one while it sets its shared memory up
            full = failure.code == "store.disk_failed" and no_room(self.paths.root)
            raise Unavailable("store.disk_full") if full else failure from None
        except BaseException:
            self._lock.release()
            raise
        self._key, self._signer = key, signer

    # Working

    @property
    def opened(self) -> tuple[Store, bytes]:
        """The open store and its key, for upkeep."""
        if self._store is None or self._key is None:
            raise Unavailable("keys.locked")
        return self._store, self._key

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A look into the store for nobody in particular."""
        return self._system_desk().read()

    def account_names(self) -> tuple[tuple[str, str], ...]:
        with self.reading() as work:
            return tuple((one.name, one.display_name) for one in work.accounts.all() if one.active)

    def sign_in(self, name: str, password: str) -> Desk:
        from backbone_desktop.services import accounts

        desk = self._system_desk()
        actor = accounts.sign_in(desk, name, password)
        self.remember_account(actor.account)
        return self._desk(self.opened[0], actor, desk.signer)

    def profile(self) -> OfficeProfile:
        from backbone_desktop.services import office

        return office.profile(self._system_desk())

    def counties(self, *, spelt: bool = False) -> tuple[County, ...]:
        from backbone_desktop.settings.places import PackagedPlaces
        from backbone_desktop.settings.reference import counties
        from backbone_desktop.ui.backend import County

        letters = PackagedPlaces(self.resources).letters if spelt else lambda _name: ()
        return tuple(County(**one._asdict(), letters=letters(one.name)) for one in counties(self.resources))

    def shipped_places(self, county: str) -> CountyPlaces | None:
        from backbone_desktop.settings.places import PackagedPlaces

        return PackagedPlaces(self.resources).county(county)

    def back_up(self) -> str:
        from backbone_desktop.app.upkeep import back_up_now

        return back_up_now(*self.opened, self.paths)

    def back_up_if_due(self) -> bool:
        """The day's backup, unless there is one; older ones make room."""
        from backbone_desktop.app.upkeep import back_up_today

        return back_up_today(*self.opened, self.paths, self.clock.now())

    def enrol(self, desk: Desk, server_url: str, code: str) -> DeviceState:
        from backbone_desktop.app.link import enrol_at

        return enrol_at(desk, server_url, code)

    def exchange(self, desk: Desk, progress: Callable[[int, int], None], cancelled: Callable[[], bool],
                 server_url: str = "") -> ExchangeNote:
        """`server_url` is needed only when the centre has moved."""
        from backbone_desktop.app.link import exchange_with

        return exchange_with(desk, server_url, progress, cancelled)

    def open_roster(self, path: Path) -> RosterFile:
        from backbone_desktop.importing.roster_file import open_roster

        return open_roster(path)

    def marked_roster(self, target: Path, *, replace: bool = False) -> MarkedWriter:
        from backbone_desktop.exporting.marked_roster import MarkedRoster

        return MarkedRoster(target, replace=replace)

    def open_reference(self, path: Path, kind: ReferenceKind) -> ReferenceFile:
        from backbone_desktop.importing.reference_file import open_reference

        return open_reference(path, kind)

    def list_file(self, target: Path, sheet: Sheet, *, replace: bool = False) -> ListWriter:
        from backbone_desktop.exporting.list_file import ListFile

        return ListFile(target, sheet, replace=replace)

    def _system_desk(self) -> Desk:
        store, _ = self.opened
        assert self._signer is not None
        return self._desk(store, None, self._signer)

    def _desk(self, store: Store, actor: Actor | None, signer: DeviceSigner) -> Desk:
        """`actor` None is the program itself, before anybody has signed in."""
        from backbone_desktop.app.desk import desk_at

        return desk_at(store, actor, self.clock, signer, self)
