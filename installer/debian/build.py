"""Packs the finished folder as a Debian package, with dpkg-deb and nothing else of Debian's tools."""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from bundle import NAME, SYSTEM_LIBRARIES, linked_with, version  # noqa: E402 - a plain file beside this folder

ROOT = HERE.parent.parent
PLACE = f"opt/{NAME}"
C_LIBRARY = re.compile(r"(lib(c|m|dl|rt|pthread|util|resolv)|ld-linux[\w-]*)\.so")
STANDARD_LIBRARY_OF_GCC = {26: "9", 27: "9.2", 28: "9.3", 29: "11", 30: "12", 31: "13", 32: "13.2", 33: "14"}
"""GLIBCXX_3.4.x → the libstdc++6 that has it first; every system in use has those before."""

CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: Backbone Project <backbone-desktop@localhost>
Installed-Size: {kilobytes}
Section: misc
Priority: optional
Depends: {depends}
Recommends: gnome-keyring | kwalletmanager, cups-client
Description: offline registration of households and claims (顶梁柱经办端)
 Township and county offices of the Backbone Project register households and
 hospital claims without a link, hand the family a printed receipt, and send
 what they have to the central server when there is one.
 .
 乡镇和县医保经办人员在没有网络时登记户和理赔申请，打印受理回执，有网络时与中心交换数据。
"""
COPYRIGHT = """\
Backbone Desktop (顶梁柱经办端)

The libraries that come along, Qt for Python (LGPL-3.0) among them, are under the licences that lie in
/{place}/_internal/licences. Qt's libraries lie as files of their own in /{place}/_internal/PySide6 and can be replaced.
Fonts (SIL OFL 1.1), icons (ISC) and county codes (MIT) have their licences beside them in /{place}/_internal/resources.
"""


def libraries_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()
            and path.read_bytes()[:4] == b"\x7fELF"]


def depends_on(libraries: Iterable[Path]) -> list[str]:
    """The Debian packages that hold what the folder is linked with and does not bring; the unknown stops the build."""
    libraries = list(libraries)
    ours = {path.name for path in libraries}
    wanted = {name: path.name for path in libraries for name in linked_with(str(path)) if name not in ours}
    oldest_system = newest_symbol(libraries, rb"GLIBC_2[.](\d+)")
    packages = {f"libc6 (>= 2.{oldest_system})"}
    for name, wanted_by in sorted(wanted.items()):
        if C_LIBRARY.match(name):
            continue
        package = next((package for pattern, package in SYSTEM_LIBRARIES.items() if re.match(pattern, name)), None)
        if package is None:
            raise SystemExit(f"{wanted_by} needs {name}: neither in the folder nor in bundle.SYSTEM_LIBRARIES")
        if package == "libstdc++6":
            newest = newest_symbol(libraries, rb"GLIBCXX_3[.]4[.](\d+)")
            package += f" (>= {STANDARD_LIBRARY_OF_GCC[newest]})" if newest > 25 else ""
        packages.add(package)
    return sorted(packages)


def newest_symbol(libraries: Iterable[Path], pattern: bytes) -> int:
    return max((int(found) for path in libraries for found in re.findall(pattern, path.read_bytes())), default=0)


def lay_out(folder: Path, icons: Path, root: Path) -> None:
    """Put everything where it will lie, readable by all and writable by root alone."""
    shutil.copytree(folder, root / PLACE, symlinks=True)
    launcher = root / "usr/bin" / NAME
    launcher.parent.mkdir(parents=True)
    launcher.symlink_to(f"../../{PLACE}/{NAME}")
    place(HERE / f"{NAME}.desktop", root / "usr/share/applications" / f"{NAME}.desktop")
    place(HERE.parent / f"{NAME}.svg", root / "usr/share/icons/hicolor/scalable/apps" / f"{NAME}.svg")
    for drawn in icons.glob("*.png"):
        size = f"{drawn.stem}x{drawn.stem}"
        place(drawn, root / "usr/share/icons/hicolor" / size / "apps" / f"{NAME}.png")
    notice = root / "usr/share/doc" / NAME / "copyright"
    notice.parent.mkdir(parents=True)
    notice.write_text(COPYRIGHT.format(place=PLACE), "utf-8")
    for path in [root, *root.rglob("*")]:
        if path.is_symlink():
            continue
        runs = path.is_dir() or path == root / PLACE / NAME
        path.chmod(0o755 if runs else 0o644)


def place(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)


def describe(root: Path) -> None:
    """Write what the package says of itself. No script runs at removal: nothing of an office is ever touched."""
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout
    control = CONTROL.format(
        name=NAME, version=version(ROOT), architecture=architecture.strip(),
        kilobytes=sum(-(-path.stat().st_size // 1024) for path in files),
        depends=", ".join(depends_on(libraries_in(root / PLACE))))
    sums = "".join(f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
                   f"{path.relative_to(root).as_posix()}\n" for path in files)
    about = root / "DEBIAN"
    about.mkdir(mode=0o755)
    (about / "control").write_text(control, "utf-8")
    (about / "md5sums").write_text(sums, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the finished folder")
    parser.add_argument("--icons", type=Path, required=True, help="where the drawn icons lie")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root"
        root.mkdir()
        lay_out(given.folder, given.icons, root)
        describe(root)
        # gzip and xz are all that the dpkg of older systems reads
        subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(given.out)], check=True,
                       stdout=subprocess.DEVNULL)
    made = max(given.out.glob(f"{NAME}_{version(ROOT)}_*.deb"), key=lambda path: path.stat().st_mtime_ns)
    print(f"{made}: {made.stat().st_size / 2**20:.0f} MB")


if __name__ == "__main__":
    main()
