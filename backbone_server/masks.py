"""Whether what a file says is what is known, where a file may hide part of a name or number behind stars."""

from __future__ import annotations

import unicodedata

from backbone_core.names import with_middle_dots


def may_be(said: str, known: str) -> bool:
    """Alike but for blanks, widths and what a mask hides."""
    said, known = _plain(said), _plain(known)
    if "*" not in said:
        return said == known
    return len(said) == len(known) and all(one in ("*", other) for one, other in zip(said, known, strict=True))


def _plain(text: str) -> str:
    return "".join(with_middle_dots(unicodedata.normalize("NFKC", text)).split()).upper()
