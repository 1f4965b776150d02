"""Builds the finished folder with PyInstaller, and on a Debian system the package: `python installer/build.py`."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from bundle import NAME, without_debugging
from icon import draw_icons

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def build_folder(out: Path, work: Path) -> Path:
    """Return the folder. Made from the checkout with the packages of the Python that runs this."""
    draw_icons(ROOT / "resources" / "backbone-desktop.svg", work / "icons")
    subprocess.run([sys.executable, "-m", "PyInstaller", str(HERE / "backbone-desktop.spec"), "--noconfirm",
                    "--log-level", "WARN", "--distpath", str(out), "--workpath", str(work)], check=True)
    folder = out / NAME
    if sys.platform.startswith("linux"):
        without_debugging(folder)
    return folder


def size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the results go (default: dist)")
    parser.add_argument("--work", type=Path, default=ROOT / "build", help="where PyInstaller works (default: build)")
    parser.add_argument("--folder-only", action="store_true", help="no Debian package")
    given = parser.parse_args()
    out, work = given.out.resolve(), given.work.resolve()
    folder = build_folder(out, work)
    print(f"{folder}: {size(folder) / 2**20:.0f} MB")
    if sys.platform.startswith("linux") and not given.folder_only:
        if shutil.which("dpkg-deb") is None:
            sys.exit("dpkg-deb is missing: no Debian package was made")
        command = [sys.executable, str(HERE / "debian" / "build.py"), str(folder), "--icons", str(work / "icons")]
        subprocess.run([*command, "--out", str(out)], check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})


if __name__ == "__main__":
    main()
