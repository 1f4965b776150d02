"""Acts on households meet the other office: what happened is told there as it is here."""

from __future__ import annotations

from typing import Any

from backbone_core.household import Standing
from backbone_core.household_act import ActKind
from backbone_desktop.services.exchange import open_reviews
from backbone_desktop.services.household_act_typed import ActDraft
from backbone_desktop.services.household_acts import carry_out_act
from backbone_desktop.services.household_history import household_history
from backbone_desktop.services.registry import register_household
from backbone_desktop.words import Words
from demo.server import ServerProcess
from tests.services.acts_kit import number, person
from tests.services.office_kit import HEAD_ID, WIFE_ID, household
from tests.services.test_services_words import ROOT
from tests.sync.conftest import Station, StationMaker
from tests.sync.test_exchange import with_phone

FAMILY = (person("测试甲", HEAD_ID, "户主"), person("测试乙", WIFE_ID, "配偶"),
          person("测试丁", number("19990505", "002"), "之女"))


def act(station: Station, household_id: str, kind: ActKind, **typed: Any) -> None:
    carry_out_act(station.desk, household_id, kind, ActDraft(happened_on="2019-08-24", **{"reason": "测试", **typed}))


def ids(station: Station, household_id: str) -> dict[str, str]:
    with station.desk.read() as work:
        return {one.name: one.id for one in work.households.members(household_id)}


def told(station: Station, household_id: str) -> list[tuple[str, str, str]]:
    words = Words.load("zh_CN", ROOT / "resources" / "locale")
    return [(one.text, one.reason, one.by) for one in household_history(station.desk, household_id, words)
            if one.act in set(ActKind)]


def test_the_history_is_at_the_other_office_after_the_exchange(enrolled: StationMaker, centre: ServerProcess) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    saved = here.register("5206250001", *FAMILY)
    people = ids(here, saved.household_id)
    act(here, saved.household_id, ActKind.DEATH, member_id=people["测试甲"], head_id=people["测试乙"],
        relations=((people["测试丁"], "之女"),))
    act(here, saved.household_id, ActKind.SPLIT, member_ids=(people["测试丁"],), their_head_id=people["测试丁"])
    note = here.exchange(centre.url)
    assert note.sent == note.applied
    there.exchange(centre.url)
    assert there.names("5206250001").keys() == {"测试乙"}
    with there.desk.read() as work:
        (former,) = work.households.former_members(saved.household_id)
        new = work.members.get(people["测试丁"])
    assert (former.id, former.standing) == (people["测试甲"], Standing.DIED)
    assert new is not None
    for household_id in (saved.household_id, new.household_id):
        assert told(there, household_id) == told(here, household_id) != []
    assert ("测试甲（户主）去世", "测试", "测试经办") in told(there, saved.household_id)
    assert here.waiting() == 0


def test_a_death_meets_an_edit_elsewhere_and_a_person_decides(enrolled: StationMaker, centre: ServerProcess) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    saved = here.register("5206250001", *FAMILY)
    here.exchange(centre.url)
    there.exchange(centre.url)
    people = ids(here, saved.household_id)
    with_phone(here, saved.household_id, 1, "13911110000")
    act(there, saved.household_id, ActKind.DEATH, member_id=people["测试乙"])
    here.exchange(centre.url)
    assert there.exchange(centre.url).conflicts == 1
    there.exchange(centre.url)
    (review,) = open_reviews(there.desk)
    assert review.fields["standing"] == {"base": "present", "kept": "present", "other": "died"}


def test_who_left_one_township_is_registered_in_another_without_a_clash(
        station: StationMaker, centre: ServerProcess) -> None:
    """Each township sees its own people; the county sees that the old record has left."""
    here, there, county = station("A01"), station("A02"), station("A03")
    here.enrol(centre.url, centre.code("520625", "A01", scope="township:示例镇"))
    there.enrol(centre.url, centre.code("520625", "A02", scope="township:测试乡"))
    county.enrol(centre.url, centre.code("520625", "A03"))
    saved = here.register("5206250001", *FAMILY)
    people = ids(here, saved.household_id)
    act(here, saved.household_id, ActKind.MARRY_OUT, member_id=people["测试丁"])
    here.exchange(centre.url)
    register_household(there.desk, household(person("测试丁", number("19990505", "002"), "户主"), household_no="2",
                                             township="测试乡"))
    assert there.exchange(centre.url).conflicts == 0
    county.exchange(centre.url)
    assert open_reviews(county.desk) == ()
    assert county.names("2").keys() == {"测试丁"}
