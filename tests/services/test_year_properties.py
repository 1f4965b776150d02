"""A year at the counter in any order: however households and claims come, nobody is promised more than the scheme
gives, and the promises are those of the rules worked out over all stays in the order in which they were taken in."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone_core.benefit import Stay, work_out_year
from backbone_core.costs import FUNDS, Costs, left_to_pay
from backbone_core.errors import RuleBroken
from backbone_core.household import PovertyType
from backbone_core.identity import check_digit
from backbone_core.ids import new_id
from backbone_core.scheme import Scheme, read_scheme
from backbone_desktop.services.accounts import SYSTEM
from backbone_desktop.services.claims import coverage_of, open_claim, register_claim, save_claim_draft
from backbone_desktop.services.office import import_scheme
from backbone_desktop.services.registry import edit_household, household_as_typed, open_household, register_household
from backbone_desktop.services.typed import ClaimDraft
from backbone_desktop.store.opening import open_store
from tests.services.office_kit import KEY, PAPERS, SCHEMES, Office, head, household, office_on

TYPES = (PovertyType.ORDINARY, PovertyType.LOW_INCOME, PovertyType.FIVE_GUARANTEES_POOR)
CAP = 30_000_00
SLOTS = 40  # stays of two days each, from New Year's Day on


def scheme_text() -> str:
    """The example with an annual deductible, less of it for some, a cap that is reached, and two bands."""
    text = json.loads((SCHEMES / "example-1900-60-520625-2019.json").read_text(encoding="utf-8"))
    text |= {"version": 2, "supersedes": 1, "overrides": [
        {"match": {"poverty": [PovertyType.FIVE_GUARANTEES_POOR.value]}, "deductible": "500.00", "priority": 1}]}
    text["caps"]["per_year"] = "30000.00"
    text["bands"]["rows"] = [{"gt": "0.00", "le": "8000.00", "ratio": "0.333"},
                             {"gt": "8000.00", "le": None, "ratio": "0.85"}]
    return json.dumps(text)


@st.composite
def sheets(draw: st.DrawFn) -> Costs:
    total = draw(st.integers(1, 60_000_00))
    left, paid = total, {}
    for name in draw(st.lists(st.sampled_from(FUNDS), max_size=2, unique=True)):
        paid[name] = draw(st.integers(0, left))
        left -= paid[name]
    return Costs(medfee_sumamt=total, fund_pay_sumamt=sum(paid.values()), psn_part_amt=left, **paid)


@dataclass
class Person:
    member_id: str
    household_id: str
    poverty_type: PovertyType
    stays: list[Stay] = field(default_factory=list)
    promised: list[int] = field(default_factory=list)


@dataclass
class Year:
    """What was done at the counter, and what must have come of it."""

    office: Office
    people: list[Person] = field(default_factory=list)
    drafts: list[tuple[Person, ClaimDraft, Costs]] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    free: list[int] = field(default_factory=lambda: list(range(SLOTS)))

    def register(self, poverty_type: PovertyType) -> None:
        number = len(self.people)
        first = f"5206251980010{number % 9 + 1}{number:03d}"
        form = household(head(id_no=first + check_digit(first)), household_no=f"52062500{number:02d}",
                         poverty_type=poverty_type.value)
        saved = register_household(self.office.desk, form)
        (member_id,) = saved.enrolled
        self.people.append(Person(member_id, saved.household_id, poverty_type))

    def edit(self, person: Person, poverty_type: PovertyType) -> None:
        form = household_as_typed(open_household(self.office.desk, person.household_id))
        edit_household(self.office.desk, person.household_id, replace(form, poverty_type=poverty_type.value))
        person.poverty_type = poverty_type

    def form(self, person: Person, costs: Costs, slot: int) -> ClaimDraft:
        day = date(2019, 1, 1) + timedelta(days=2 * self.free.pop(slot % len(self.free)))
        names = ("medfee_sumamt", "fund_pay_sumamt", "psn_part_amt", *FUNDS)
        typed = tuple((name, f"{fen // 100}.{fen % 100:02}") for name in names if (fen := getattr(costs, name)))
        return ClaimDraft(
            claim_id=new_id(), member_id=person.member_id, hospital="示例县人民医院", hospital_level="2A",
            diagnosis="测试诊断", admitted=day.isoformat(), discharged=(day + timedelta(days=1)).isoformat(),
            invoice_no=day.strftime("%m%d"), costs=typed, documents=PAPERS[: slot % 7])

    def take_in(self, person: Person, draft: ClaimDraft, costs: Costs) -> None:
        taken = register_claim(self.office.desk, draft)
        person.stays.append(Stay(costs=costs, hospital_level="2A", poverty_type=person.poverty_type))
        person.promised.append(taken.benefit.amount)
        self.taken.append((draft.claim_id, taken.receipt_no))
        again = register_claim(self.office.desk, draft)
        assert (again.receipt_no, again.benefit.amount) == (taken.receipt_no, taken.benefit.amount)
        before = self.office.stored()
        with pytest.raises(RuleBroken):
            register_claim(self.office.desk, replace(draft, claim_id=new_id()))
        assert self.office.stored() == before

    def check(self, scheme: Scheme) -> None:
        for person in self.people:
            assert person.promised == [one.amount for one in work_out_year(scheme, person.stays)]
            assert sum(person.promised) <= CAP
            assert all(paid <= left_to_pay(stay.costs)
                       for paid, stay in zip(person.promised, person.stays, strict=True))
            assert coverage_of(self.office.desk, person.member_id).paid == sum(person.promised)
        assert len({number for _, number in self.taken}) == len(self.taken)
        for claim_id, number in self.taken:
            assert open_claim(self.office.desk, claim_id).claim.receipt_no == number
        with self.office.desk.read() as work:
            assert work.audit.broken_at() is None
            assert [change.seq for change in work.outbox.waiting()] == list(range(1, work.sync.device().last_seq + 1))


acts = st.lists(
    st.tuples(st.sampled_from(("register", "edit", "draft", "draft to claim", "claim", "claim")), st.integers(0, 30),
              st.sampled_from(TYPES), sheets()),
    max_size=14,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
def test_a_year_in_any_order(founded: Path, acts: list[tuple[str, int, PovertyType, Costs]]) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(
        open_store(Path(shutil.copy(founded, Path(folder) / "office.db")), KEY)
    ) as store:
        year = Year(office_on(store))
        scheme = read_scheme(scheme_text())
        import_scheme(year.office.as_(SYSTEM), scheme_text())
        year.register(PovertyType.ORDINARY)
        for act, number, poverty_type, costs in acts:
            person = year.people[number % len(year.people)]
            year.office.clock.wait(minutes=number - 5)  # also back: the clock orders nothing that is promised
            if act == "register":
                year.register(poverty_type)
            elif act == "edit":
                year.edit(person, poverty_type)
            elif act == "draft":
                draft = year.form(person, costs, number)
                assert save_claim_draft(year.office.desk, draft) == draft.claim_id
                year.drafts.append((person, draft, costs))
            elif act == "claim":
                year.take_in(person, year.form(person, costs, number), costs)
            elif year.drafts:
                year.take_in(*year.drafts.pop(number % len(year.drafts)))
        year.check(scheme)
