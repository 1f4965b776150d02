"""What a claim that was taken in takes from its year, read from its own trace: a promise is not worked out anew."""

from __future__ import annotations

from collections.abc import Sequence

from backbone_core.benefit import Benefit, TraceStep


def stated_benefit(amount: int, trace: Sequence[TraceStep], icd10: str) -> Benefit | None:
    """The benefit as it was told to the family: `amount` (promised or decided, fen) with the cost and the part of the
    deductible that the trace names. None where there is no trace.

    The household's type, the scheme and the order of the stays may be others by now; what the stay took when it was
    taken in is what it gives back when it falls away.
    """
    if not trace:
        return None
    base = next((step.result for step in trace if step.code == "benefit.base"), 0)
    used = next((used for step in trace if isinstance(used := step.facts.get("used_fen"), int)), 0)
    disease = icd10.strip().upper()[:3]
    return Benefit(amount=amount, trace=tuple(trace), base=base, deductible_used=used, disease=disease)
