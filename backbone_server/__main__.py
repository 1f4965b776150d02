"""`python -m backbone_server` and the console script `backbone-server`."""

from __future__ import annotations

import sys

from backbone_server.cli import main as run


def main() -> None:
    sys.exit(run())


if __name__ == "__main__":
    main()
