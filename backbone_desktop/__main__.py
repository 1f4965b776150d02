"""`python -m backbone_desktop`: the window, or a command beside it."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    from backbone_desktop.cli import main as carry_out

    return carry_out(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
