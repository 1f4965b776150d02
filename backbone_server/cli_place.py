"""Where the server that a command is about keeps what it has."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backbone_server.app import Parts
    from backbone_server.serve import Place


def place_options() -> argparse.ArgumentParser:
    """The options by which a command finds its server."""
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument("--data", type=Path, default=None, metavar="DIR", help="folder of the key and, without "
                       "--database, of the records")
    place.add_argument("--database", default=os.environ.get("BACKBONE_SERVER_DATABASE", ""), metavar="URL",
                       help="postgresql://… ($BACKBONE_SERVER_DATABASE keeps a password off the command line)")
    return place


def place_of(options: argparse.Namespace) -> Place:
    from platformdirs import user_data_path

    from backbone_server.serve import Place

    data_dir = options.data or user_data_path("backbone-server", appauthor=False)
    return Place(data_dir=data_dir, database=options.database)


def parts_of(options: argparse.Namespace) -> Parts:
    from backbone_server.serve import open_parts

    return open_parts(place_of(options))
