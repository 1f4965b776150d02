"""Names on lists that hang in the village: known to neighbours, of no use to strangers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone_core.name_mask import MASK, mask_name


@pytest.mark.parametrize(("name", "shown"), [
    ("李", "李"), ("李四", "李*"), ("张示例", "张*例"), ("张三示例", "张**例"),
    ("欧阳", "欧*"), ("欧阳示", "欧阳*"), ("欧阳示例", "欧阳*例"), ("欧阳示例样", "欧阳**样"),
    ("阿卜杜·热合曼", "阿**·**曼"), ("麦·丽", "麦·*"), ("买买提·示例·吐尔逊", "买**·**·**逊"),
    ("𠮷示例", "𠮷*例"), ("李㛃", "李*"), ("Anna Example", "A*** ******e"),
    ("葛\U000e0100示", "葛\U000e0100*"), ("示葛\U000e0100", "示*"), ("", ""),
])
def test_a_name_is_masked_by_its_length_and_kind(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@given(st.text(alphabet="测试欧阳李示例样𠮷㛃·", min_size=2, max_size=30))
def test_never_the_whole_name_and_never_another_character(name: str) -> None:
    shown = mask_name(name)
    assert len(shown) == len(name)
    assert all(after in {before, MASK} for before, after in zip(name, shown, strict=True))
    if len(name.replace("·", "")) > 1 and "··" not in name and not name.startswith("·") and not name.endswith("·"):
        assert MASK in shown
