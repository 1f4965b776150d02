#!/usr/bin/env python3
"""Sets this checkout up and runs it: `python3 dev.py demo` and `python3 dev.py test` are all that a machine needs.

Standard library alone, because nothing is installed yet when it starts.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
LOCK = HERE / "requirements.lock"
STAMP = VENV / "installed-from"
WINDOWS = os.name == "nt"

# What the Qt wheels load from the system: library → Debian package.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
# Programs that only the tests use: a virtual screen, a real Secret Service, and a second reader of PDFs.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "gnome-keyring-daemon": "gnome-keyring",
    "dbus-run-session": "dbus",
    "pdftotext": "poppler-utils",
}


def say(text: str) -> None:
    print(f"dev: {text}", flush=True)


def stop(text: str) -> None:
    """End with a sentence that names the way on."""
    print(f"dev: {text}", file=sys.stderr, flush=True)
    raise SystemExit(2)


def is_missing(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


def missing_packages(for_tests: bool) -> tuple[list[str], list[str]]:
    """Debian packages that are needed, and those that some tests would like."""
    if not sys.platform.startswith("linux"):
        return [], []
    wanted = dict(QT_LIBRARIES)
    if has_display() or for_tests:
        wanted.update(WINDOW_LIBRARIES)
    needed = [package for library, package in wanted.items() if is_missing(library)]
    liked = [package for program, package in TEST_PROGRAMS.items() if for_tests and shutil.which(program) is None]
    return needed, liked


def ensure_system(for_tests: bool = False) -> None:
    """Install the system libraries that Qt needs, as root on a Debian machine; elsewhere name the command."""
    needed, liked = missing_packages(for_tests)
    if not needed and not liked:
        return
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    apt = shutil.which("apt-get")
    if as_root and apt:
        say(f"installing system packages: {' '.join(needed + liked)}")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([apt, "-qq", "update"], env=quiet, check=False)
        command = [apt, "-qq", "-y", "install", "--no-install-recommends"]
        done = subprocess.run([*command, *needed, *liked], env=quiet, check=False, stdout=subprocess.DEVNULL)
        if done.returncode and needed:
            subprocess.run([*command, *needed], env=quiet, check=False)
        needed, _ = missing_packages(for_tests)
        if needed:
            stop(f"these system packages could not be installed: {' '.join(needed)}")
        return
    if needed:
        stop(f"Qt needs system libraries. Please run:\n    sudo apt-get install {' '.join(needed)}\n"
             "  (on other systems: the packages that hold the same libraries), then the same command again.")
    say(f"some tests will be skipped; to run them: sudo apt-get install {' '.join(liked)}")


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def wanted_stamp() -> str:
    digest = hashlib.sha256(LOCK.read_bytes())
    digest.update((HERE / "pyproject.toml").read_bytes())
    digest.update(platform.python_version().encode())
    return digest.hexdigest()


def ensure_venv() -> None:
    """Make .venv with the pinned packages and this checkout in it; does nothing when that was done before."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python is started with
        stop(f"Python 3.11 or newer is needed; this is {platform.python_version()}. Try: python3.11 dev.py …")
    if STAMP.exists() and venv_python().exists() and STAMP.read_text() == wanted_stamp():
        return
    if not venv_python().exists():
        say("making .venv")
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            make_venv_after_installing_it()
    say("installing the pinned packages (a few minutes the first time)")
    pip = [str(venv_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "-r", str(LOCK)])
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(HERE)])
    STAMP.write_text(wanted_stamp())


def make_venv_after_installing_it() -> None:
    package = f"python3.{sys.version_info.minor}-venv"
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        stop(f"Python's venv module is missing. Please run:\n    sudo apt-get install {package}")
    subprocess.run(["apt-get", "-qq", "update"], check=False)
    subprocess.run(["apt-get", "-qq", "-y", "install", package], check=False)
    run([sys.executable, "-m", "venv", str(VENV)])


def has_display() -> bool:
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(command: list[str], **extra: str) -> None:
    """Run a command in this folder; a failure ends with its exit code."""
    done = subprocess.run(command, cwd=HERE, env={**os.environ, **extra}, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def python(*arguments: str, **extra: str) -> None:
    run([str(venv_python()), *arguments], **extra)


def offscreen() -> dict[str, str]:
    return {} if has_display() else {"QT_QPA_PLATFORM": "offscreen"}


def demo(rest: list[str]) -> None:
    ensure_system()
    ensure_venv()
    python("-m", "demo", *([] if has_display() else ["--offscreen"]), *rest, **offscreen())


def run_window(rest: list[str]) -> None:
    ensure_system()
    ensure_venv()
    python("-m", "backbone_desktop", *rest)


def test(rest: list[str]) -> None:
    ensure_system(for_tests=True)
    ensure_venv()
    chosen = rest or ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]
    python("-m", "pytest", *chosen, QT_QPA_PLATFORM="offscreen")


def check(_rest: list[str]) -> None:
    ensure_system()
    ensure_venv()
    python("-m", "ruff", "check", ".")
    python("-m", "mypy")
    run([str(venv_python().with_name("lint-imports"))])


def bench(rest: list[str]) -> None:
    ensure_system(for_tests=True)
    ensure_venv()
    python("-m", "benchmarks", *rest, **offscreen())


COMMANDS = {
    "demo": (demo, "the main job, end to end, with a fictitious county"),
    "run": (run_window, "the application; arguments are passed on (try: run --help)"),
    "test": (test, "all tests; arguments are passed on to pytest"),
    "check": (check, "style, types and layers"),
    "bench": (bench, "the benchmarks; arguments name some of them"),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    told = "\n".join(f"{name}: {what}" for name, (_, what) in COMMANDS.items())
    parser.add_argument("command", choices=COMMANDS, help=told)
    given, rest = parser.parse_known_args()
    COMMANDS[given.command][0](rest)


if __name__ == "__main__":
    main()
