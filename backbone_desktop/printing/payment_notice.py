"""The payment notice (赔付款支付通知书): the money is on its way, or it came back and what the family must bring."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from backbone_core.decision import PaymentFailure
from backbone_core.money import capitals, format_amount
from backbone_desktop.printing.letter import Letter, bare, day_alone, day_in_words, draw_letter, listed

if TYPE_CHECKING:
    from backbone_desktop.printing.document import Document
    from backbone_desktop.printing.elements import Row
    from backbone_desktop.services.payment_notice import PaymentData
    from backbone_desktop.words import Words

ID_CARD, CARD, BANK, HOLDER, UNBLOCK = (
    "form.payment.bring_id_card", "form.payment.bring_card", "form.payment.bring_bank", "form.payment.bring_holder",
    "form.payment.bring_unblock",
)
BRING = {
    PaymentFailure.ACCOUNT_WRONG: (ID_CARD, CARD), PaymentFailure.ACCOUNT_CLOSED: (ID_CARD, CARD),
    PaymentFailure.HOLDER_MISMATCH: (ID_CARD, CARD, HOLDER), PaymentFailure.ACCOUNT_BLOCKED: (ID_CARD, CARD, UNBLOCK),
    PaymentFailure.BANK_WRONG: (ID_CARD, CARD, BANK), PaymentFailure.OTHER: (ID_CARD, CARD, BANK),
}
"""What puts right each reason for which a bank sends money back."""
LOWEST = "241x93"


def draw(document: Document, data: PaymentData, words: Words) -> None:
    """Add the notice's pages to a document, all or none. Raises `Unavailable("print.no_glyph", character=…)`."""
    draw_letter(document, partial(_fill, data=data, words=words), data, words, "form.payment.title")


def _fill(letter: Letter, *, data: PaymentData, words: Words) -> None:
    letter.salutation(data.member_name)
    insurer = data.insurer or words("form.decision.the_insurer")
    stay = {"hospital": data.hospital, "admitted": day_in_words(words, data.admitted),
            "discharged": day_in_words(words, data.discharged), "insurer": insurer}
    low = letter.paper.name == LOWEST
    if data.failure is None:
        letter.paragraph(words("form.payment.opening", paid=day_in_words(words, data.paid_on), **stay), filled=True)
        if not low:
            letter.table(_rows(letter, data, words))
        letter.paragraph(words("form.payment.look"))
    else:
        letter.paragraph(words("form.payment.opening_failed", paid=day_in_words(words, data.paid_on),
                               reason=_reason(data, words), **stay), filled=True)
        if not low:
            letter.table(_rows(letter, data, words))
        bring = [words(code) for code in BRING[data.failure]]
        if low or not (letter.layout.stub or letter.chinese):  # English takes more room than a low sheet has
            letter.paragraph(words("form.payment.bring_these", papers=listed(words, bring)), filled=True)
        else:
            letter.paragraph(words("form.payment.bring"))
            letter.items(bring)
            letter.paragraph(words("form.payment.again"))
    if not low:
        letter.paragraph(words("form.letter.end"))
    _end(letter, data, words, low=low)


def _reason(data: PaymentData, words: Words) -> str:
    said = bare(words, f"payment_failure.{data.failure}")
    return words("form.decision.in_its_words", reason=said, text=data.failure_text) if data.failure_text else said


def _facts(data: PaymentData, words: Words) -> list[tuple[str, str]]:
    """What the bank's slip would say, from the account's holder to its reference."""
    failed = data.failure is not None
    days = [(words("form.payment.paid_on"), day_alone(words, data.paid_on))]
    if failed:
        back = day_alone(words, data.failed_on) if data.failed_on else "—"
        days.append((words("form.payment.failed_on"), back))
    return [(words("form.payment.holder"), data.account_holder), (words("form.payment.account"), data.account_masked),
            (words("form.payment.bank"), data.bank_name), *days, (words("form.payment.reference"), data.reference)]


def _rows(letter: Letter, data: PaymentData, words: Words) -> list[Row]:
    make, facts = letter.tables, _facts(data, words)
    odd = len(facts) % 2
    rows = [make.pairs(*facts[start : start + 2]) for start in range(0, len(facts) - odd, 2)]
    if odd:
        rows.append(make.pairs(facts[-1]))
    return [make.amount(words("form.payment.amount_back" if data.failure else "form.payment.amount"),
                        f"¥{format_amount(data.amount)}", capitals(data.amount, prefix=True)), *rows]


def _end(letter: Letter, data: PaymentData, words: Words, *, low: bool) -> None:
    phone = (words("form.letter.phone"), data.contacts.phone)
    named = words("form.payment.amount_back" if data.failure else "form.payment.amount")
    amount = format_amount(data.amount)
    if low:
        facts = [*_facts(data, words), phone]
        letter.ends(((named, f"¥{amount}　{capitals(data.amount, prefix=True)}"),),
                    *(facts[at : at + 2] for at in range(0, len(facts), 2)))
    else:
        letter.ends(((words("form.letter.address"), data.contacts.address),), (phone,),
                    ((words("form.letter.clerk"), data.printed_by),))
    letter.counterfoil("form.payment.stub", pairs=(
        ((named, f"¥{amount}"), (words("form.payment.paid_on"), day_alone(words, data.paid_on))),))
