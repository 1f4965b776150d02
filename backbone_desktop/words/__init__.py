"""The words for people: one catalogue a language for the window, the papers and the commands.

Sentences of the window are written in English in the code and looked up as they stand; findings, errors, states and
trace steps are looked up by their code. Facts are filled in by name: `words("{n} members", n=3)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_desktop.words.catalogue import catalogue_bytes

if TYPE_CHECKING:  # the window has its words before it has its rules
    from collections.abc import Mapping
    from gettext import NullTranslations
    from pathlib import Path

    from backbone_core.benefit import TraceStep
    from backbone_core.errors import BackboneError, Finding

LANGUAGES: Mapping[str, str] = {"zh_CN": "简体中文", "en": "English"}


class Words:
    """Looks sentences up in one language."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self._translations = translations

    @classmethod
    def load(cls, language: str, locale_dir: Path) -> Words:
        """Load `locale_dir/<language>`; an unknown language falls back to Chinese."""
        import gettext
        import io

        chosen = language if language in LANGUAGES else "zh_CN"
        return cls(chosen, gettext.GNUTranslations(io.BytesIO(catalogue_bytes(locale_dir / chosen))))

    def __call__(self, message: str, /, **facts: object) -> str:
        text = self._translations.gettext(message)
        if not facts:
            return text
        from backbone_desktop.words.facts import shown

        return text.format_map(shown(facts, self._translations.gettext))

    def knows(self, code: str) -> bool:
        return self._translations.gettext(code) != code

    def finding(self, found: Finding) -> str:
        return self(found.code, **{"": "", **found.facts})

    def error(self, error: BackboneError) -> str:
        from backbone_core.errors import RuleBroken

        if isinstance(error, RuleBroken):
            return "\n".join(self.finding(found) for found in error.findings)
        return self(error.code, **{"": "", **error.facts})

    def step(self, step: TraceStep) -> str:
        """One step of a benefit's trace as a sentence; `{result}` is the step's amount."""
        return self(step.code, **{**step.facts, "result_fen": step.result})
