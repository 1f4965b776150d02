"""What the window needs from the composition root: set-up, unlocking, sign-in, the exchange and the papers.

Every method may be slow and is called on a worker, never on the window's thread, unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    # the first frame is painted before the services are imported
    from backbone_core.errors import Finding
    from backbone_core.places import CountyPlaces
    from backbone_desktop.services.attachment_ports import Scans
    from backbone_desktop.services.forms import Fit, Form, Paperwork
    from backbone_desktop.services.list_export import ListWriter, Sheet
    from backbone_desktop.services.office import SetupRequest
    from backbone_desktop.services.paper_rows import PaperFile
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.reference_rows import ReferenceFile, ReferenceKind
    from backbone_desktop.services.roster_marking import MarkedWriter
    from backbone_desktop.services.roster_rows import RosterFile
    from backbone_desktop.services.rows import DeviceState, ExchangeNote, OfficeProfile


class ProfileState(StrEnum):
    NEW = "new"
    """Nothing here yet: the first-start wizard comes up."""
    LOCKED = "locked"
    """The store is here but the keyring does not open it: passphrase or recovery code."""
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """One county-level code of GB/T 2260 with its province's and prefecture's names."""

    code: str
    name: str
    prefecture: str
    province: str
    letters: tuple[str, ...] = ()
    """Pinyin initials and pinyin of the name, where they were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """What stands on the printable sheet that is kept in the office's safe."""

    office: str
    device_name: str
    county_name: str
    code: str
    made_at: str
    language: str = ""
    """The sheet's language; "" = the papers' own."""


class Papers(Protocol):
    """Makes papers; the window does not know the printing package."""

    def form(self, form: Form, data: Paperwork, paper: str, fit: Fit) -> bytes:
        """Any form as PDF bytes, on a paper that `services.forms.PAPERS` names for it.

        Raises `Unavailable("print.no_glyph", character=…)`.
        """

    def batch(self, form: Form, datas: Iterable[Paperwork], paper: str, out: BinaryIO, fit: Fit) -> int:
        """Many papers of one form in one PDF; how many pages it has. Raises as `form` does, and OSError."""

    def test_sheet(self, form: Form, paper: str, told: Sequence[str], fit: Fit, language: str) -> bytes:
        """The sheet that a printer is measured by; `told` stands on it line by line."""

    def recovery_sheet(self, data: RecoverySheet) -> bytes: ...

    def pages(self, pdf: bytes) -> int: ...

    def read(self, content: bytes, cancelled: Callable[[], bool] = ...) -> PaperFile:
        """The text and the codes of a PDF or a picture. Raises RuleBroken verify.… at field "file"."""

    def read_file(self, path: Path, cancelled: Callable[[], bool] = ...) -> PaperFile: ...

    def image(self, pdf: bytes, page: int, width: int) -> tuple[int, int, bytes]:
        """(width, height, BGRA bytes, 4 bytes a pixel) of page `page` (from 0), drawn `width` pixels wide."""

    def fonts_of(self, text: str) -> tuple[tuple[str, str], ...]:
        """Each character of `text` with the name of the font that prints it, "" where none does."""


class Backend(Protocol):
    @property
    def resources(self) -> Path:
        """The resources folder; fast."""

    @property
    def language(self) -> str:
        """The language for the first page: the profile's, else the system's; fast, reads no encrypted data."""

    @property
    def look(self) -> str:
        """"system", "light" or "dark"; fast."""

    @property
    def last_account(self) -> str:
        """Who signed in last on this machine, or ""; fast."""

    @property
    def text_size(self) -> int:
        """In per cent; fast."""

    @property
    def papers(self) -> Papers:
        """Fast; what it offers is slow."""

    @property
    def scans(self) -> Scans:
        """Fast; what it offers is slow."""

    @property
    def scan_folder(self) -> str:
        """Where this machine's scanner drops its files, "" for nowhere; fast."""

    @property
    def scan_clear(self) -> bool:
        """Whether a file of that folder is deleted there once it was added; fast."""

    def set_scan_folder(self, folder: str, *, clear: bool) -> None: ...

    @property
    def keyring_works(self) -> bool:
        """Whether this machine has a keyring; without one, set-up asks for a passphrase."""

    @property
    def is_set_up(self) -> bool:
        """Whether a store lies in the profile; fast, opens nothing. Lets sign-in stand there while the store opens."""

    def state(self) -> ProfileState: ...

    def prepare(self) -> None:
        """Import the store and warm the file, so that the first act after the first frame does not wait."""

    def counties(self, *, spelt: bool = False) -> tuple[County, ...]:
        """`spelt`: with their letters, to be picked by."""

    def shipped_places(self, county: str) -> CountyPlaces | None:
        """Townships and villages of a county as they ship with the program, before there is a store."""

    def check_passphrase(self, passphrase: str) -> tuple[Finding, ...]:
        """What is wrong with a new passphrase, at field `passphrase`; fast."""

    def set_up(self, request: SetupRequest, passphrase: str = "") -> str:
        """Create the store and the first account; return the recovery code, which is shown once."""

    def unlock(self, *, passphrase: str = "", recovery_code: str = "") -> None:
        """Open a LOCKED store. Raises `RuleBroken("keys.wrong_passphrase" | "keys.wrong_recovery_code")`."""

    def open(self) -> None:
        """Open a READY store (upgrading it behind a verified backup). Raises `Unavailable("store.…" | "keys.…")`."""

    def account_names(self) -> tuple[tuple[str, str], ...]:
        """(name, display name) of the accounts that may sign in."""

    def sign_in(self, name: str, password: str) -> Desk: ...

    def profile(self) -> OfficeProfile: ...

    def enrol(self, desk: Desk, server_url: str, code: str) -> DeviceState:
        """Make this device known to the central server with a one-time code."""

    def exchange(self, desk: Desk, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> ExchangeNote:
        """Send what waits and fetch what is new; `progress(done, of)` in changes. Never loses or doubles anything."""

    def open_roster(self, path: Path) -> RosterFile:
        """A roster from Excel or CSV. Raises RuleBroken at the field "file"."""

    def marked_roster(self, target: Path, *, replace: bool = False) -> MarkedWriter:
        """A new .xlsx file for a roster with the dry run's verdicts. Raises as `list_file` does."""

    def open_reference(self, path: Path, kind: ReferenceKind) -> ReferenceFile:
        """A list from Excel or CSV. Raises RuleBroken at the field "file"."""

    def list_file(self, target: Path, sheet: Sheet, *, replace: bool = False) -> ListWriter:
        """A new .xlsx file for a list. Raises RuleBroken export.exists, Unavailable export.not_written."""

    def set_language(self, language: str) -> None: ...

    def set_look(self, look: str) -> None: ...

    def set_text_size(self, percent: int) -> None: ...

    def back_up(self) -> str:
        """Make a verified, encrypted backup now; return its file's name. Raises `Unavailable("backup.…")`."""

    def back_up_if_due(self) -> bool:
        """The day's backup, unless there is one; slow. Raises `Unavailable("backup.…")`."""

    def close(self) -> None: ...
