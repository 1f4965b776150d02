"""The words for people: one catalogue a language for the window, the papers and the commands.

Sentences of the window are written in English in the code and looked up as they stand; findings, errors, states and
trace steps are looked up by their code. Facts are filled in by name: `words("{n} members", n=3)`.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from backbone_core.benefit import TraceStep
from backbone_core.errors import BackboneError, Finding, RuleBroken
from backbone_core.money import format_amount
from backbone_desktop.words.catalogue import catalogue_bytes

CHINA = timezone(timedelta(hours=8))
LANGUAGES: Mapping[str, str] = {"zh_CN": "简体中文", "en": "English"}


class _Missing(dict[str, object]):
    """A fact that a sentence asks for and does not get shows as a dash instead of taking the page down."""

    def __missing__(self, key: str) -> str:
        return "—"


class Words:
    """Looks sentences up in one language."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    @classmethod
    def load(cls, language: str, locale_dir: Path) -> Words:
        """Load `locale_dir/<language>`; an unknown language falls back to Chinese."""
        chosen = language if language in LANGUAGES else "zh_CN"
        return cls(chosen, gettext.GNUTranslations(io.BytesIO(catalogue_bytes(locale_dir / chosen))))

    def __call__(self, message: str, /, **facts: object) -> str:
        text = self._translations.gettext(message)
        return text.format_map(_Missing(self._shown(facts))) if facts else text

    def knows(self, code: str) -> bool:
        return self._translations.gettext(code) != code

    def finding(self, found: Finding) -> str:
        return self(found.code, **{"": "", **found.facts})

    def error(self, error: BackboneError) -> str:
        if isinstance(error, RuleBroken):
            return "\n".join(self.finding(found) for found in error.findings)
        return self(error.code, **{"": "", **error.facts})

    def step(self, step: TraceStep) -> str:
        """One step of a benefit's trace as a sentence; `{result}` is the step's amount."""
        return self(step.code, **{**step.facts, "result_fen": step.result})

    def _shown(self, facts: Mapping[str, object]) -> dict[str, object]:
        """Facts as they are read: `x_fen` also as `x` in yuan, dates in ISO form, a fact that is a code in words."""
        shown: dict[str, object] = {}
        for name, value in facts.items():
            if name.endswith("_fen") and isinstance(value, int):
                shown[name.removesuffix("_fen")] = format_amount(value)
            if isinstance(value, datetime):
                shown[name] = value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
            elif isinstance(value, date):
                shown[name] = value.isoformat()
            elif isinstance(value, str) and name.endswith("_code"):
                shown[name] = self._translations.gettext(value)
            else:
                shown[name] = value
        return shown
