"""What a check found, in words: the page and the command say the same."""

from __future__ import annotations

from collections.abc import Iterator

from backbone_desktop.services.paper_comparing import shown
from backbone_desktop.services.paper_rows import Fact, FactKind, FactValue
from backbone_desktop.services.verifying import Checked, Verdict
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA


def shown_value(words: Words, fact: Fact, value: FactValue) -> str:
    return shown(words, fact.kind, value)


def should_say(words: Words, fact: Fact) -> str:
    return shown(words, fact.kind, fact.should)


def says_now(words: Words, fact: Fact) -> str:
    """What the record says today where that is something else; else ""."""
    return "" if fact.now is None else words("paper_now", now=shown(words, fact.kind, fact.now))


def label(words: Words, fact: Fact) -> str:
    return words(fact.label)


def worth_showing(fact: Fact) -> bool:
    """Amounts of nought are not, as long as they are what they should be."""
    nought = fact.kind is FactKind.MONEY and fact.should == 0 and fact.now in (None, 0)
    return not nought or fact.fits is False


def wrong(words: Words, checked: Checked) -> Iterator[str]:
    """What does not fit, one sentence each."""
    for fact in checked.facts:
        if fact.fits is False:
            code = "paper_said" if fact.on_paper else "paper_said_nothing"
            told = words(code, said=fact.on_paper, should=should_say(words, fact))
            yield f"{label(words, fact)}：{told}" if words.language.startswith("zh") else (
                f"{label(words, fact)}: {told}")
    named = {fact.on_paper for fact in checked.facts if fact.fits is False}
    if others := [amount for amount in checked.strange if amount not in named]:
        yield words("paper_strange", amounts=", ".join(others))


def remarks(words: Words, checked: Checked, county: str) -> Iterator[str]:
    """What else must be known of the paper, one sentence each: who made it (`county` is its name or code), how it
    stands, how often it went out."""
    facts = {"office": checked.office, "county": county, "device_no": checked.device_no}
    yield words("paper_made_by", **facts) if checked.office else words("paper_made_by_unknown", **facts)
    if checked.revoked_at is not None:
        yield words("paper_revoked", at=checked.revoked_at.astimezone(CHINA).date())
    if checked.laid_over and checked.reason != "verify.laid_over":
        yield words("paper_laid_over")
    if checked.changed and checked.verdict is not Verdict.DOUBTFUL:
        yield words("paper_changed")
    if checked.here:
        state = (words("paper_state", state=words(checked.state)),) if checked.state else ()
        yield " · ".join((*state, prints_line(words, checked)))


def prints_line(words: Words, checked: Checked) -> str:
    prints = checked.prints
    if not prints:
        return words("paper_prints_none")
    code = "paper_prints_once" if len(prints) == 1 else "paper_prints"
    return words(code, n=len(prints), at=prints[-1].at)
