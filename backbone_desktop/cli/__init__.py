"""The commands beside the window, for administrators and for checks. The window is one command among several."""

from __future__ import annotations

from collections.abc import Sequence

from backbone_desktop.cli.early import read_early


def main(argv: Sequence[str]) -> int:
    """Carry one command line out and return its exit code: 0 done, 1 a fault, 2 refused, 3 not available."""
    early = read_early(argv)
    if early.window:
        from backbone_desktop.cli.window import open_window

        return open_window(early)
    from backbone_desktop.cli.commands import carry_out

    return carry_out(argv, early)
