"""The log: what the program did, for whoever mends it, without a word about anybody.

Nothing in the program logs personal data. The formatter is the net below: it leaves out exceptions' texts (a database
puts rows into them), numbers long enough to be an ID, an account or a phone, and Chinese, which names are written in.
"""

from __future__ import annotations

import contextlib
import logging
import re
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

FILE_NAME = "backbone.log"
LARGEST_BYTES = 1_000_000
KEPT_FILES = 5
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_NUMBER = r"\d(?:[ \u00b7.\-]?\d){6,}[Xx]?"
_CHINESE = (
    r"[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
    r"(?:[\u00b7\s]?[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd])*"
)
_TELLING = re.compile(f"(?P<id>{_UUID})|(?P<number>{_NUMBER})|(?P<chinese>{_CHINESE})")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")


def without_personal_data(text: str) -> str:
    """The text with long numbers and Chinese left out; record ids, which say nothing, stay."""
    return _TELLING.sub(lambda found: found["id"] or "[left out]", text.translate(_WIDE_DIGITS))


class SafeFormatter(logging.Formatter):
    """Time, level, place, message; of an exception its kind and where it came from, never what it says."""

    def format(self, record: logging.LogRecord) -> str:
        lines = [without_personal_data(record.getMessage())]
        if record.exc_info and record.exc_info[1] is not None:
            lines.append(self.formatException(record.exc_info))
        head = f"{self.formatTime(record)} {record.levelname} {record.name}: "
        return head + "\n".join(lines)

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        lines: list[str] = []
        failure = ei[1]
        while failure is not None:
            for frame in traceback.extract_tb(failure.__traceback__):
                lines.append(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}")
            lines.append(f"  {type(failure).__module__}.{type(failure).__qualname__}{_code_of(failure)}")
            failure = failure.__cause__ or (None if failure.__suppress_context__ else failure.__context__)
            if failure is not None:
                lines.append("  because of")
        return "\n".join(lines)


def _code_of(failure: BaseException) -> str:
    """What an error says in a code of ours or the system's, which is never personal."""
    code = getattr(failure, "code", None)
    if isinstance(code, str) and re.fullmatch(r"[a-z_.]{1,60}", code):
        return f" {code}"
    number = getattr(failure, "errno", None)
    return f" errno {number}" if isinstance(number, int) else ""


def start_logging(folder: Path) -> None:
    """Log into the profile from now on; a folder that cannot be written to costs the log and nothing else."""
    stop_logging()
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / FILE_NAME, maxBytes=LARGEST_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
        )
        handler.set_name(FILE_NAME)
        handler.setFormatter(SafeFormatter())
        root = logging.getLogger()
        root.addHandler(handler)
        if root.level > logging.INFO or root.level == logging.NOTSET:
            root.setLevel(logging.INFO)


def stop_logging() -> None:
    root = logging.getLogger()
    for handler in list(root.handlers):
        if handler.get_name() == FILE_NAME:
            root.removeHandler(handler)
            handler.close()
