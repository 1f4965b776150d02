"""The demo on a machine with a display: the window on a ready office, with the central server running."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

from backbone_desktop.app import LocalBackend, run_window
from backbone_desktop.services.office import SetupRequest
from backbone_desktop.services.registry import register_household
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft
from backbone_desktop.settings.paths import resources_dir
from demo import county
from demo.server import ServerProcess


def show_the_window(output: Path, language: str) -> int:
    """Make a demo office anew, start the centre, and hand the window over; ends when the window is closed."""
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    profile = output / "profile"
    server = ServerProcess(output / "centre")
    server.start()
    try:
        _found(profile, language)
        code = server.code(county.COUNTY, county.DEVICE_NO)
        print(f"""
The window opens on a made-up office with {len(county.NEIGHBOURS)} households. Nothing in it belongs to anybody.
  passphrase of this computer:  {county.PASSPHRASE}
  account / password:           {county.ACCOUNT} / {county.PASSWORD}
  address of the centre:        {server.url}
  one-time code:                {code}
Try: Households, F2 — a household; Claims, F2 — a claim; Exchange — connect, then send.
""", flush=True)
        for asked in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked, _close_the_window)
        return run_window(profile, language)
    finally:
        server.stop()


def _close_the_window(*_: object) -> None:
    """Ctrl+C in the terminal ends the demo as closing the window does, and the centre with it."""
    from PySide6.QtWidgets import QApplication

    if (app := QApplication.instance()) is not None:
        app.quit()


def _found(profile: Path, language: str) -> None:
    backend = LocalBackend(profile, language)
    scheme = (resources_dir() / "schemes" / county.SCHEME).read_text("utf-8")
    names = {one.code: one.name for one in backend.counties()}
    backend.set_up(SetupRequest(
        county=county.COUNTY, county_name=names[county.COUNTY], office=county.OFFICE, township=county.TOWNSHIP,
        device_name=county.DEVICE_NAME, device_no=county.DEVICE_NO, policy_year=county.POLICY_YEAR, language=language,
        account=county.ACCOUNT, display_name=county.DISPLAY_NAME, password=county.PASSWORD),
        county.PASSPHRASE, (scheme,))
    try:
        desk = backend.sign_in(county.ACCOUNT, county.PASSWORD)
        for family in county.NEIGHBOURS:
            register_household(desk, HouseholdDraft(
                household_no=family.household_no, township=county.TOWNSHIP, village=family.village, group=family.group,
                poverty_type=family.poverty_type,
                members=tuple(MemberDraft(name=person.name, id_no=person.id_no, relation=person.relation,
                                          phone=person.phone, bank_name=person.bank_name,
                                          bank_account=person.bank_account) for person in family.people)))
    finally:
        backend.close()


if __name__ == "__main__":
    sys.exit(show_the_window(Path("demo-output").absolute(), "zh_CN"))
