"""What goes into the finished folder and what stays out, as plain lists that the spec reads and a test checks."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Sequence
from importlib import metadata
from pathlib import Path, PurePosixPath

NAME = "backbone-desktop"
Entry = tuple[str, str, str]
"""Where it goes, where it lies, what it is: as PyInstaller keeps them."""
QT_MODULES = frozenset({"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport"})
"""What the window imports. Everything else of Qt is left out, and the libraries that only it needs."""
QT_LIBRARIES = QT_MODULES | {"QtDBus", "QtXcbQpa", "QtWaylandClient", "QtWlShellIntegration", "QtOpenGL",
                             "QtWaylandEglClientHwIntegration"}
"""What those and the plugins are linked with, on one system or another."""
QT_PLUGINS = (
    "platforms/*qxcb.*", "platforms/*qwayland-*", "platforms/*qoffscreen.*", "platforms/qwindows.*",
    "styles/*",  # Windows only; the window itself has Fusion
    "platforminputcontexts/*ibus*", "platforminputcontexts/*compose*", "platforminputcontexts/*fcitx*",
    "platformthemes/*xdgdesktopportal*",
    "wayland-decoration-client/*bradient*", "wayland-shell-integration/*xdg-shell*",
    "xcbglintegrations/*",
    "iconengines/*svg*", "imageformats/*svg*", "imageformats/*jpeg*",
    "printsupport/*",
)
HIDDEN_IMPORTS = (
    "sqlalchemy.dialects.sqlite.pysqlcipher",
    # keyring finds its backends by entry points
    "keyring.backends.SecretService", "keyring.backends.libsecret", "keyring.backends.kwallet",
    "keyring.backends.Windows", "keyring.backends.chainer", "keyring.backends.fail", "keyring.backends.null",
    "logging.config",
    "_rl_accel",  # reportlab asks for it inside a string
)
EXCLUDED_MODULES = (
    "backbone_server", "fastapi", "starlette", "uvicorn", "pydantic", "psycopg", "psycopg_binary", "anyio",
    "pytest", "_pytest", "hypothesis", "coverage", "mypy", "ruff", "importlinter", "hatchling",
    "pygments", "tkinter", "IPython", "numpy", "pandas", "matplotlib", "lxml", "setuptools", "pkg_resources", "pip",
    "readline", "curses", "pdb", "zstandard._cffi",
    # pictures of papers are PNG, JPEG, BMP, TIFF and GIF
    "PIL.ImageTk", "PIL.ImageQt", "PIL._avif", "PIL._webp", "PIL._imagingft", "PIL._imagingcms", "PIL._imagingtk",
)
SYSTEM_LIBRARIES: dict[str, str] = {
    r"libstdc\+\+\.so": "libstdc++6", r"libgcc_s\.so": "libgcc-s1 | libgcc1",
    r"libX11\.so": "libx11-6", r"libX11-xcb\.so": "libx11-xcb1", r"libX(au|dmcp|ext|render)\.so": "libx11-6",
    r"libxcb\.so": "libxcb1", r"libxcb-glx\.so": "libxcb-glx0", r"libxcb-icccm\.so": "libxcb-icccm4",
    r"libxcb-image\.so": "libxcb-image0", r"libxcb-keysyms\.so": "libxcb-keysyms1",
    r"libxcb-randr\.so": "libxcb-randr0", r"libxcb-render\.so": "libxcb-render0",
    r"libxcb-render-util\.so": "libxcb-render-util0", r"libxcb-shape\.so": "libxcb-shape0",
    r"libxcb-shm\.so": "libxcb-shm0", r"libxcb-sync\.so": "libxcb-sync1",
    r"libxcb-util\.so": "libxcb-util1 | libxcb-util0",
    r"libxcb-xfixes\.so": "libxcb-xfixes0", r"libxcb-xinerama\.so": "libxcb-xinerama0",
    r"libxcb-xkb\.so": "libxcb-xkb1", r"libxkbcommon\.so": "libxkbcommon0",
    r"libxkbcommon-x11\.so": "libxkbcommon-x11-0",
    r"libwayland-client\.so": "libwayland-client0", r"libwayland-cursor\.so": "libwayland-cursor0",
    r"libwayland-egl\.so": "libwayland-egl1", r"libEGL\.so": "libegl1", r"libGL\.so": "libgl1",
    r"libGLX\.so": "libglx0", r"libGLdispatch\.so": "libglvnd0", r"libOpenGL\.so": "libopengl0",
    r"libfontconfig\.so": "libfontconfig1", r"libfreetype\.so": "libfreetype6", r"libdbus-1\.so": "libdbus-1-3",
    r"libglib-2\.0\.so": "libglib2.0-0 | libglib2.0-0t64", r"libgthread-2\.0\.so": "libglib2.0-0 | libglib2.0-0t64",
    r"libcups\.so": "libcups2 | libcups2t64", r"libz\.so": "zlib1g",
}
"""Libraries that belong to the desktop of a Debian system: taken from there, with the package that has them.

A copy of our own would be another version than the graphics drivers and fonts of that machine expect. libxcb-cursor,
which desktops of the Qt 5 age lack, is not here: it comes along.
"""


def is_wanted(destination: str) -> bool:
    """Whether a collected file belongs into the folder; `destination` is its place in there."""
    place = PurePosixPath(destination.replace("\\", "/"))
    parts = place.parts
    if "PySide6" in parts:
        return _qt_is_wanted(place, parts[parts.index("PySide6") + 1:])
    if parts[0] == "babel" and place.suffix == ".dat":
        return place.stem in {"root", "en", "en_US", "zh", "zh_Hans", "zh_Hans_CN"}
    return not (parts[0] == "alembic" and "templates" in parts)


def _qt_is_wanted(place: PurePosixPath, inner: tuple[str, ...]) -> bool:
    if "plugins" in inner:
        kind = PurePosixPath(*inner[inner.index("plugins") + 1:])
        return any(kind.match(pattern) for pattern in QT_PLUGINS)
    if inner[:1] == ("translations",) or inner[:2] == ("Qt", "translations"):
        return place.name == "qtbase_zh_CN.qm"
    if place.name.startswith("opengl32sw"):
        return False
    named = re.match(r"(?:lib)?Qt6?([A-Z]\w*?)(?:\.abi3|\.pyd|\.dll|\.so|\.pyi)", place.name)
    return named is None or f"Qt{named[1]}" in QT_LIBRARIES


def reached(binaries: Sequence[Entry], imported_by: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Drop the libraries that only a left-out plugin was linked with.

    What is loaded by name (Python's modules, Qt's plugins, what lies in a package of its own) is kept in any case.
    """
    def is_library(entry: Entry) -> bool:
        folder = PurePosixPath(entry[0]).parent.as_posix()
        return entry[2] != "EXTENSION" and (folder in {".", "PySide6/Qt/lib"} or folder.endswith(".libs"))

    kept = [entry for entry in binaries if not is_library(entry) or "libpython" in entry[0]]
    libraries: dict[str, list[Entry]] = {}
    for entry in binaries:
        if entry not in kept:
            libraries.setdefault(PurePosixPath(entry[0]).name, []).append(entry)
    waiting = list(kept)
    while waiting:
        for name in imported_by(waiting.pop()[1]):
            found = libraries.pop(PurePosixPath(name).name, [])
            kept += found
            waiting += [entry for entry in found if entry[2] != "SYMLINK"]
    return kept


def linked_with(library: str) -> list[str]:
    """The libraries that one names itself; `ldd` would add what the system's own are linked with."""
    told = subprocess.run(["objdump", "-p", library], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^\s+NEEDED\s+(\S+)", told, re.MULTILINE)


def is_the_systems(destination: str) -> bool:
    """Whether a library is left to the Debian system that the folder is installed on."""
    return any(re.match(pattern, PurePosixPath(destination).name) for pattern in SYSTEM_LIBRARIES)


def version(root: Path) -> str:
    return str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def write_metadata(root: Path, scratch: Path) -> Path:
    """The name and version that the program asks itself for; an installed copy's would also name the build machine."""
    folder = scratch / f"backbone_desktop-{version(root)}.dist-info"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {version(root)}\n", "utf-8")
    return folder


def write_licences(collected: Iterable[Entry], into: Path) -> list[Path]:
    """Write the licence of each library that comes along, as it was published with it."""
    owners = metadata.packages_distributions()
    modules = {re.split(r"[./\\]", entry[0])[0] for entry in collected}
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for name in sorted({owner for module in modules for owner in owners.get(module, ())} - {NAME}):
        published = metadata.distribution(name)
        told = published.metadata
        named = [f"Licence: {told[field]}" for field in ("License-Expression", "License") if field in told]
        named += [line for line in told.get_all("Classifier") or () if line.startswith("License ::")]
        texts = [file for file in published.files or () if file.suffix not in {".py", ".pyc", ".pyi"}
                 and re.search(r"licen[cs]e|copying|notice", file.name, re.IGNORECASE)]
        parts = [f"{name} {published.version}", *named, *(str(file.read_text()) for file in texts)]
        written.append(into / f"{name}.txt")
        written[-1].write_text("\n\n".join(parts) + "\n", "utf-8")
    return written


def migration_files(root: Path) -> Iterable[tuple[str, str]]:
    """Alembic reads revisions as files, not as modules: (file, folder inside)."""
    for path in sorted((root / "backbone_desktop/store/migrations").rglob("*.py")):
        yield str(path), path.parent.relative_to(root).as_posix()


def without_debugging(folder: Path) -> None:
    """Take the debugging tables out of libraries that were published with them; some are nine tenths of the file."""
    for library in sorted(folder.rglob("*.so*")):
        if library.is_file() and not library.is_symlink() and b".debug_info" in library.read_bytes():
            subprocess.run(["strip", "--strip-debug", str(library)], check=True)
