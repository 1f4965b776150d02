"""What the scheme pays for a claim, worked out step by step so that it can be read aloud to the family."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """One step: `code` names the sentence, `facts` fill it in (amounts in fen end in `_fen`), `result` is in fen."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)
    result: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """赔付金额 in fen, and how it came about; `trace[-1].result == amount`."""

    amount: int
    trace: tuple[TraceStep, ...]
