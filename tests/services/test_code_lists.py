"""The short code lists: whole, in the order of the standards, and each value found by code, initials and pinyin."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from backbone_core import household
from backbone_core.household import PovertyType
from backbone_desktop.services.code_lists import ETHNIC_GROUPS, POVERTY_TYPES, RELATIONS, Coded
from backbone_desktop.ui.presenters import choices
from backbone_desktop.words import Words

LOCALE = Path(__file__).resolve().parents[2] / "resources" / "locale"


def test_the_lists_hold_the_values_of_the_register_in_their_order() -> None:
    assert tuple(one.value for one in ETHNIC_GROUPS[:56]) == household.ETHNIC_GROUPS
    assert [one.code for one in ETHNIC_GROUPS] == [*(f"{n:02}" for n in range(1, 57)), "97", "98"]
    assert tuple(one.value for one in RELATIONS) == household.RELATIONS
    assert [one.value for one in POVERTY_TYPES] == [one.value for one in PovertyType]


@pytest.mark.parametrize("coded", [ETHNIC_GROUPS, RELATIONS, POVERTY_TYPES])
def test_no_two_values_share_code_initials_or_pinyin(coded: tuple[Coded, ...]) -> None:
    for column in ("code", "initials", "pinyin"):
        counted = Counter(getattr(one, column) for one in coded if getattr(one, column))
        assert [key for key, n in counted.items() if n > 1] == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_value_is_offered_with_its_words_and_code(language: str) -> None:
    words = Words.load(language, LOCALE)
    groups = {one.value: one for one in choices.ethnic_groups(words)}
    assert groups["苗族"].keys.split()[-1] == "06"
    assert ("miaozu" in groups["苗族"].keys) == (language == "zh_CN")
    relations = {one.value: one for one in choices.relations(words)}
    assert relations["之外孙女"].keys.split()[-1] == "44"
    assert all(one.text and "." not in one.text
               for one in (*groups.values(), *relations.values(), *choices.poverty_types(words)))
