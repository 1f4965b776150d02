"""A family of five over three generations, and its acts as a clerk would type them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from backbone_core.errors import RuleBroken
from backbone_core.household import Household, Member
from backbone_core.household_act import ActKind
from backbone_core.identity import check_digit
from backbone_desktop.services.household_act_typed import ActDraft
from backbone_desktop.services.household_acts import ActDone, carry_out_act, check_act
from backbone_desktop.services.household_proposals import propose
from backbone_desktop.services.registry import register_household
from backbone_desktop.services.typed import MemberDraft
from tests.services.office_kit import HEAD_ID, SON_ID, WIFE_ID, Office, household


def number(born: str, order: str = "001") -> str:
    """A made-up ID number; an odd `order` is a man's."""
    first = f"520625{born}{order}"
    return first + check_digit(first)


FATHER_ID, DAUGHTER_ID, CHILD_ID = number("19480101"), number("19990505", "002"), number("20190601", "003")
PEOPLE = (("测试甲", HEAD_ID, "户主"), ("测试乙", WIFE_ID, "配偶"), ("测试丙", SON_ID, "之子"),
          ("测试丁", DAUGHTER_ID, "之女"), ("测试父", FATHER_ID, "之父"))


def person(name: str, id_no: str, relation: str, **other: str) -> MemberDraft:
    return MemberDraft(name=name, id_no=id_no, relation=relation, **other)


@dataclass
class Home:
    """A registered household; people are named by their names."""

    office: Office
    id: str
    ids: dict[str, str] = field(default_factory=dict)

    def act(self, kind: ActKind, on: str = "2019-08-24", **typed: Any) -> ActDone:
        return carry_out_act(self.office.desk, self.id, kind, ActDraft(happened_on=on, **{"reason": "测试", **typed}))

    def refused(self, kind: ActKind, on: str = "2019-08-24", **typed: Any) -> set[tuple[str, str]]:
        """(code, field) of a refusal that changed nothing and that the check foretold."""
        draft = ActDraft(happened_on=on, **{"reason": "测试", **typed})
        before = self.office.stored()
        with pytest.raises(RuleBroken) as why:
            carry_out_act(self.office.desk, self.id, kind, draft)
        assert self.office.stored() == before
        assert check_act(self.office.desk, self.id, kind, draft) == why.value.findings
        return {(one.code, one.field) for one in why.value.findings if one.refuses}

    def relations(self, head: str, *but: str) -> tuple[tuple[str, str], ...]:
        """What is proposed for all who stay when `but` go."""
        with self.office.desk.read() as work:
            family = work.households.members(self.id)
        gone = {self.ids[one] for one in but}
        return propose(family, self.ids[head], [one.id for one in family if one.id not in gone])

    @property
    def people(self) -> dict[str, str]:
        """Name → relation of who lives here."""
        with self.office.desk.read() as work:
            return {one.name: one.relation for one in work.households.members(self.id)}

    @property
    def household(self) -> Household:
        with self.office.desk.read() as work:
            found = work.households.get(self.id)
        assert found is not None
        return found

    def member(self, name: str) -> Member:
        with self.office.desk.read() as work:
            found = work.members.get(self.ids[name])
        assert found is not None
        return found

    def covered(self, name: str, year: int = 2019) -> tuple[str, str] | None:
        """From when to when, None where the cover has ended or never was."""
        with self.office.desk.read() as work:
            cover = work.enrolments.of_year(self.ids[name], year)
        return None if cover is None or cover.status != "enrolled" else (str(cover.starts), str(cover.ends))


def home(office: Office, *people: tuple[str, str, str], **other: Any) -> Home:
    lines = [person(*one) for one in people or PEOPLE]
    saved = register_household(office.desk, household(*lines, **other))
    with office.desk.read() as work:
        ids = {one.name: one.id for one in work.households.members(saved.household_id)}
    return Home(office, saved.household_id, ids)
