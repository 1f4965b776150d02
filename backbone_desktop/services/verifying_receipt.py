"""Receipts' codes (BB1): what they say, and what the receipt of a claim in this store should state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import product
from typing import TYPE_CHECKING

from backbone_core.claim import Claim, Document
from backbone_core.identity import mask_id_no
from backbone_core.receipt import content_hash, read_qr_text, read_receipt_number, signed_bytes
from backbone_desktop.services.enrolling import people_of_claim
from backbone_desktop.services.forms import Form
from backbone_desktop.services.later_stays import promised_before
from backbone_desktop.services.paper_rows import Code, Fact, FactKind, FactValue, Stated
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.household import Household, Member

MOST_PAPERS = 10
"""Papers handed in, of which every selection is tried: a thousand, in some milliseconds."""
TOTALS = ("medfee_sumamt", "fund_pay_sumamt", "psn_part_amt")
"""What is looked at first."""
_SHORT = 32


class ReceiptReader:
    """Implements `paper_rows.FormReader`."""

    def read(self, text: str) -> Code:
        found = read_qr_text(text)
        number = read_receipt_number(found.receipt_no)
        return Code(
            form=Form.RECEIPT.value, number=found.receipt_no, county=number.county, device_no=number.device_no,
            content_hash=found.content_hash, signature=found.signature,
            signed=signed_bytes(found.receipt_no, found.content_hash))

    def stated(self, desk: Desk, work: UnitOfWork, code: Code) -> Stated | None:
        now = work.claims.by_receipt(code.number)
        if now is None:
            return None
        member, household = people_of_claim(work, now)
        decision = work.decisions.of_claims([now.id]).get(now.id)
        decided = decision.amount if decision else now.benefit
        paid_to = (one.bank_account for one in work.decisions.payments(now.id))
        benefits = (now.benefit, now.trace[-1].result if now.trace else None, *promised_before(work, now.id), None)
        traced = _as_stated(now, member.id_no, code.content_hash, tuple(dict.fromkeys([now.bank_account, *paid_to])),
                            tuple(dict.fromkeys(benefits)))
        then = traced or now
        amounts = {*asdict(then.costs).values(), *asdict(now.costs).values(), then.benefit, now.benefit, decided}
        texts = _register_texts(work, now, member, household)
        same_hash = now.content_hash[:_SHORT] == code.content_hash
        return Stated(
            kind="claim", record_id=now.id, made_at=now.received_at, same_hash=same_hash,
            same_code=same_hash and now.signature == code.signature.hex(), proven=traced is not None,
            changed=then != now or traced is None, state=f"claim_state.{now.state.value}",
            facts=tuple(fact for fact in _facts(then, now, decided, member, household) if fact.should != ""),
            amounts=frozenset(amount for amount in amounts if amount is not None),
            other_texts=lambda words: _other_texts(words, texts, then, now),
            prints=work.prints.of_subject(Form.RECEIPT, now.id))


def _as_stated(now: Claim, id_no: str, wanted: str, accounts: Sequence[str], benefits: Sequence[int | None]
               ) -> Claim | None:
    """The claim as it was when the code was made: papers may have been handed in, the amount worked out anew since, and
    the account corrected to which money could not be paid (`accounts` are all that it was or is to go to, `benefits`
    all that was promised). None where other things were changed as well."""
    for account, documents, benefit in product(accounts, _papers(now), benefits):
        then = replace(now, documents=documents, benefit=benefit, bank_account=account)
        if content_hash(then, id_no)[:_SHORT] == wanted:
            return then
    return None


def _papers(claim: Claim) -> Iterator[tuple[Document, ...]]:
    """As they are; then with every selection of those that are here now not handed in yet."""
    yield claim.documents
    here = [place for place, one in enumerate(claim.documents) if one.handed_in][:MOST_PAPERS]
    for chosen in range(1, 2 ** len(here)):
        away = {place for bit, place in enumerate(here) if chosen >> bit & 1}
        yield tuple(replace(one, handed_in=one.handed_in and place not in away)
                    for place, one in enumerate(claim.documents))


def _facts(then: Claim, now: Claim, decided: int | None, member: Member, household: Household) -> Iterator[Fact]:
    text, money = FactKind.TEXT, FactKind.MONEY
    yield _fact("number", text, then.receipt_no, now.receipt_no, "form.receipt.number")
    yield _fact("member", text, member.name, member.name, "form.receipt.member")
    yield _fact("id_no", text, *[mask_id_no(member.id_no)] * 2, "form.receipt.id_no")
    yield _fact("household_no", text, household.household_no, household.household_no, "form.receipt.household_no")
    yield _fact("hospital", text, then.hospital, now.hospital, "form.receipt.hospital")
    yield _fact("admitted", FactKind.DATE, then.admitted, now.admitted, "form.receipt.stay")
    yield replace(_fact("discharged", FactKind.DATE, then.discharged, now.discharged, "form.receipt.stay"), place=1)
    yield _fact("received_at", FactKind.MOMENT, then.received_at, now.received_at, "form.receipt.received")
    costs, costs_now = asdict(then.costs), asdict(now.costs)
    amounts = {name: replace(_fact(name, money, amount, costs_now[name], f"form.cost.{name}", f"cost.{name}"),
                             label=f"cost.{name}") for name, amount in costs.items()}
    yield from (amounts.pop(name) for name in TOTALS)
    yield _fact("benefit", money, then.benefit, decided, "form.receipt.benefit", "form.receipt.decided",
                "form.receipt.provisional")
    yield from amounts.values()


def _fact(name: str, kind: FactKind, should: FactValue, now: FactValue, *printed: str) -> Fact:
    return Fact(name=name, label=f"paper_fact.{name}", kind=kind, should=should, now=None if now == should else now,
                printed=printed)


def _register_texts(work: UnitOfWork, claim: Claim, member: Member, household: Household) -> tuple[str, ...]:
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version) if claim.scheme_id else None
    return (*((need.text for need in scheme.documents) if scheme else ()), scheme.title if scheme else "",
            claim.hospital, claim.diagnosis, member.name, household.township, household.village, household.group)


def _other_texts(words: Words, texts: Sequence[str], then: Claim, now: Claim) -> Sequence[str]:
    return (*texts, *(words.step(step) for one in (then, now) for step in one.trace))
