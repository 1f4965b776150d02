"""The decision notice (核赔结论通知书): approval in full or in part, or refusal with its reasons, and how to object."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from backbone_core.decision import DecisionOutcome
from backbone_core.money import capitals, format_amount
from backbone_desktop.printing.filled import fill, plain
from backbone_desktop.printing.letter import Letter, bare, day_alone, day_in_words, draw_letter
from backbone_desktop.words.both import first_language, one_line

if TYPE_CHECKING:
    from backbone_desktop.printing.document import Document
    from backbone_desktop.services.decision_notice import DecisionData, ReasonTold
    from backbone_desktop.words import Words

OPENINGS = {
    DecisionOutcome.APPROVED: "form.decision.opening", DecisionOutcome.PART_APPROVED: "form.decision.opening",
    DecisionOutcome.REFUSED: "form.decision.opening_refused",
}


def draw(document: Document, data: DecisionData, words: Words) -> None:
    """Add the notice's pages to a document, all or none. Raises `Unavailable("print.no_glyph", character=…)`."""
    draw_letter(document, partial(_fill, data=data, words=words), data, words, "form.decision.title")


def _fill(letter: Letter, *, data: DecisionData, words: Words) -> None:
    refused = data.outcome is DecisionOutcome.REFUSED
    letter.salutation(data.member_name)
    letter.paragraph(words(OPENINGS[data.outcome], received=day_in_words(words, data.received_on),
                           insurer=data.insurer or words("form.decision.the_insurer")), filled=True)
    _table(letter, data, words)
    if data.reasons:
        letter.paragraph(words("form.decision.why_refused" if refused else "form.decision.why_less"))
        letter.items([_reason(one, words) for one in data.reasons])
    if data.remark:
        letter.paragraph(words("form.decision.remark", remark=data.remark), filled=True)
    if not refused:
        letter.paragraph(_payment(data, words), filled=True)
    letter.paragraph(_objection(data, words), filled=True)
    letter.paragraph(words("form.letter.end"))
    _end(letter, data, words)


def _table(letter: Letter, data: DecisionData, words: Words) -> None:
    make = letter.tables
    stay = first_language(words("form.letter.from_to", start=day_alone(words, data.admitted),
                                end=day_alone(words, data.discharged)))
    rows = [
        make.pairs((words("form.receipt.member"), data.member_name), (words("form.receipt.id_no"), data.id_no_masked)),
        make.pairs((words("form.receipt.hospital"), data.hospital), (words("form.receipt.stay"), stay)),
        make.pairs((words("form.decision.insurer"), data.insurer), (words("form.decision.case_no"), data.case_no)),
        make.pairs((words("form.decision.outcome"), words(f"decision_outcome.{data.outcome}")),
                   (words("form.decision.decided_on"), day_alone(words, data.decided_on))),
    ]
    if data.outcome is not DecisionOutcome.REFUSED:
        rows.append(make.amount(words("form.decision.amount"), f"¥{format_amount(data.amount)}",
                                capitals(data.amount, prefix=True)))
        if data.trace:
            steps = [words.step(step) for step in data.trace]
            if data.benefit is not None and data.benefit != data.amount:
                steps.append(words("form.decision.differs", benefit_fen=data.benefit, amount_fen=data.amount))
            rows.append(make.sentences(words("form.receipt.steps"), [one_line(step) for step in steps],
                                       plain(fill(words, "form.receipt.basis", scheme=data.scheme_line))))
    letter.table(rows)


def _reason(one: ReasonTold, words: Words) -> str:
    """What the code says, the insurer's own words, and the term that it rests on."""
    said = bare(words, f"reject.{one.code}")
    if one.text:
        said = words("form.decision.in_its_words", reason=said, text=one.text)
    if one.clause is None:
        return words("form.decision.reason", reason=said)
    return words("form.decision.reason_by", reason=said, clause=words(one.clause.code, **one.clause.facts))


def _payment(data: DecisionData, words: Words) -> str:
    if not data.account_masked:
        return words("form.decision.no_account")
    return words("form.decision.pays", account=data.account_masked, bank=data.bank_name or "—",
                 holder=data.account_holder or "—")


def _objection(data: DecisionData, words: Words) -> str:
    days = data.contacts.review_days
    return words("form.decision.object_within", days=days) if days else words("form.decision.object")


def _end(letter: Letter, data: DecisionData, words: Words) -> None:
    contacts = data.contacts
    letter.ends(*((pair,) for pair in (
        (words("form.decision.review_at"), contacts.insurer or data.insurer),
        (words("form.decision.review_phone"), contacts.insurer_phone),
        (words("form.decision.supervisor"), contacts.supervisor),
        (words("form.decision.supervisor_phone"), contacts.supervisor_phone),
        (words("form.letter.phone"), contacts.phone), (words("form.letter.clerk"), data.printed_by))))
    letter.counterfoil("form.decision.stub", pairs=(
        ((words("form.decision.outcome"), words(f"decision_outcome.{data.outcome}")),
         (words("form.decision.amount"), f"¥{format_amount(data.amount)}" if data.amount else "")),))
