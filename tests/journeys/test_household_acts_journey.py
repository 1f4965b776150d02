"""What happens to a household, from the window's menu by keyboard to the history at another computer."""

from __future__ import annotations

from collections.abc import Callable

from backbone_core.household import Standing
from backbone_desktop.services.household_history import household_history
from backbone_desktop.services.registry import list_households, open_household
from demo import county
from demo.office import DemoOffice
from demo.server import ServerProcess
from tests.journeys.test_main_journey import centre, no_keyring, office, open_the_morning

__all__ = ["centre", "no_keyring", "office"]


def test_a_death_is_recorded_by_keyboard_and_told_elsewhere(
        office: Callable[..., DemoOffice], centre: ServerProcess) -> None:
    here = office("first")
    open_the_morning(here)
    here.journey.register_household(county.FAMILY)
    page = here.journey.record_death("张老例", "20260820", "因病")
    assert "2026-08-20 张老例（之父）去世 原因：因病" in page.sections.history.timeline.accessibleDescription()
    assert page.bar.section == "history"
    here.journey.connect(centre.url, centre.code(county.COUNTY, "A01"))
    here.journey.send()

    there = office("second")
    open_the_morning(there, "A02")
    there.journey.connect(centre.url, centre.code(county.COUNTY, "A02"))
    there.journey.send()
    desk = there.shell.main.context.desk  # type: ignore[union-attr]
    (found,) = list_households(desk, "张示例").rows
    view = open_household(desk, found.id)
    assert [one.member.name for one in view.members] == ["张示例", "李㛃", "张小例"]
    assert [(one.member.name, one.member.standing) for one in view.former] == [("张老例", Standing.DIED)]
    (told,) = [one for one in household_history(desk, found.id, there.journey.words) if one.act == "death"]
    assert (told.text, told.reason, told.undoable) == ("张老例（之父）去世", "因病", False)
