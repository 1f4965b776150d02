"""`python -m demo`: the main job with a fictitious county, in a window or, without a display, in pictures."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py demo", description=__doc__)
    parser.add_argument("--offscreen", action="store_true", help="drive the window without a display, keep pictures")
    parser.add_argument("--output", type=Path, default=Path("demo-output"), metavar="DIR")
    parser.add_argument("--language", choices=("zh_CN", "en"), action="append", help="default: both, in turn")
    chosen = parser.parse_args(arguments)
    # The demo keeps its made-up secrets out of this person's own keyring.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    if chosen.offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from demo.offscreen import show_the_day

        show_the_day(chosen.output.absolute(), tuple(chosen.language or ("zh_CN", "en")))
        return 0
    from demo.onscreen import show_the_window

    return show_the_window(chosen.output.absolute(), (chosen.language or ["zh_CN"])[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
