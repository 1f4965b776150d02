"""The commands beside the window, for administrators and for checks. The window is one command among several."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from backbone_desktop.cli.arguments import read_early


def main(argv: Sequence[str]) -> int:
    """Carry one command line out and return its exit code: 0 done, 1 a fault, 2 refused, 3 not available."""
    early = read_early(argv)
    if early.command in ("", "run") and not early.more:
        # Nothing of the commands is imported before the first frame.
        from backbone_desktop.app import run_window

        return run_window(Path(early.profile) if early.profile else None, early.language)
    from backbone_desktop.cli.commands import carry_out

    return carry_out(argv, early)
