"""Types half a claim at the real window and waits to be killed: run as a process of its own by a test."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backbone_desktop.settings.paths import resources_dir
from demo import county
from demo.office import DemoOffice


def main(profile: Path) -> None:
    office = DemoOffice(QApplication([]), profile, "zh_CN")
    office.journey.first_start()
    office.journey.sign_in()
    office.journey.import_scheme(resources_dir() / "schemes" / county.SCHEME)
    office.journey.register_household(county.FAMILY)
    office.journey.find_patient(county.FAMILY.people[0].id_no)
    for name, text in (("hospital", county.STAY.hospital), ("admitted", county.STAY.admitted),
                       ("costs.medfee_sumamt", county.STAY.costs["medfee_sumamt"])):
        office.clerk.type(name, text)
    sys.stdout.write("typed\n")
    sys.stdout.flush()
    while True:
        QTest.qWait(50)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
