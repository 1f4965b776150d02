"""Makes the catalogue that is looked up (.mo) from the sheets that are translated (.po), one sheet a subject."""

from __future__ import annotations

import io
from pathlib import Path

MADE = "backbone.mo"


def catalogue_bytes(language_dir: Path) -> bytes:
    """Return the compiled catalogue of one language, making it anew when a sheet is younger than it is.

    An installed program ships the compiled file alone; a source checkout compiles at the first start.
    """
    made = language_dir / MADE
    sheets = sorted(language_dir.glob("*.po"))
    newest = max((sheet.stat().st_mtime_ns for sheet in sheets), default=0)
    if made.exists() and made.stat().st_mtime_ns >= newest:
        return made.read_bytes()
    compiled = compile_sheets(sheets, language_dir.name)
    try:
        aside = made.with_suffix(".tmp")
        aside.write_bytes(compiled)
        aside.replace(made)
    except OSError:
        pass  # a read-only installation reads the sheets at every start instead
    return compiled


def compile_sheets(sheets: list[Path], language: str) -> bytes:
    """Join the sheets into one catalogue. A message may stand in several sheets only with the same translation."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=language)
    for sheet in sheets:
        with sheet.open("rb") as handle:
            for message in read_po(handle, locale=language):
                if not message.id or not message.string:
                    continue
                known = whole.get(message.id)
                if known is not None and known.string != message.string:
                    raise ValueError(f"{sheet.name}: {message.id!r} is translated in two ways")
                whole.add(message.id, message.string)
    out = io.BytesIO()
    write_mo(out, whole)
    return out.getvalue()
