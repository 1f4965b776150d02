"""Surnames are spelt as their families read them, and as a clerk who does not know them would."""

from __future__ import annotations

import pytest

from backbone_desktop.store.pinyin import letters, place_spellings, spellings, syllables_begun


@pytest.mark.parametrize(("name", "expected"), [
    ("单测", {"shance", "dance"}), ("曾测", {"zengce", "cengce"}), ("仇测", {"qiuce", "chouce"}),
    ("解测", {"xiece", "jiece"}), ("区测", {"ouce", "quce"}), ("查测", {"zhace", "chace"}),
    ("覃测", {"qince", "tance"}), ("朴测", {"piaoce", "puce"}), ("盖测", {"gece", "gaice"}),
    ("尉测", {"weice", "yuce"}), ("万俟测", {"moqice", "wansice", "wanqice"}), ("尉迟测", {"yuchice", "weichice"}),
    ("张测", {"zhangce"}), ("吕测", {"lvce"}), ("欧阳测", {"ouyangce"}), ("王长测", {"wangchangce", "wangzhangce"}),
])
def test_every_reading(name: str, expected: set[str]) -> None:
    assert {whole for whole, _ in spellings(name)} == expected


def test_initials_follow_the_syllables() -> None:
    assert dict(spellings("万俟测"))["moqice"] == "mqc"
    assert dict(spellings("单于测"))["chanyuce"] == "cyc"
    assert set(dict(spellings("单于")).values()) == {"cy", "sy", "dy"}


def test_other_letters_and_rare_characters() -> None:
    assert dict(spellings("买买提·A测")) == {"maimaitiace": "mmtac"}
    assert dict(spellings("䶮测")) == {"yance": "yc"}
    assert spellings("") == ()
    assert spellings("\U00030000") == ()


def test_a_name_has_no_more_spellings_than_are_kept() -> None:
    assert len(spellings("乐乐乐乐乐乐乐乐乐")) <= 16


def test_what_is_typed_is_spelt_like_the_store() -> None:
    assert letters("Lǚ Xiǎo'ér") == "lvxiaoer"
    assert letters("ＺＨＡＮＧ") == "zhang"
    assert letters("lu:") == "lv"
    assert letters("张san") == ""
    assert letters("zhang3") == ""


@pytest.mark.parametrize(("village", "spelt"), [
    ("覃家村", {"qinjiacun", "tanjiacun"}), ("解放村", {"jiefangcun", "xiefangcun"}), ("3号村", {"haocun"}),
    ("", set()),
])
def test_a_village_is_spelt_as_a_place_and_as_a_family(village: str, spelt: set[str]) -> None:
    assert {whole for whole, _ in place_spellings(village)} >= spelt


@pytest.mark.parametrize(("pinyin", "initials", "typed", "count"), [
    ("zhanghan", "zh", "zhan", 1), ("zhanghan", "zh", "zhangh", 2), ("zhanghan", "zh", "z", 1),
    ("zhanghan", "zh", "zh", 2), ("fangan", "fa", "fang", 1), ("fangan", "fg", "fang", 2),
    ("ouyanger", "oye", "ouyang", 2), ("xian", "x", "xian", 1),
    ("xian", "xa", "xian", 2), ("lv", "l", "lv", 1), ("lv", "l", "lx", 0),
])
def test_letters_stand_for_so_many_syllables(pinyin: str, initials: str, typed: str, count: int) -> None:
    assert syllables_begun(pinyin, initials, typed) == count
