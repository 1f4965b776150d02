"""Names, telephones and accounts as people type them."""

from __future__ import annotations

import pytest

from backbone_core.errors import RuleBroken
from backbone_core.names import FORMERLY_PRIVATE, read_account, read_name, read_phone


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张示例", "张示例"),
        (" 张　示 例 ", "张示例"),
        ("测\u200b试甲", "测试甲"),
        ("Ｔｅｓｔ　One", "Test One"),
        ("Test   One", "Test One"),
        ("O'Test-One", "O'Test-One"),
        ("䶮㛃𬭎", "䶮㛃𬭎"),
        ("测〇", "测〇"),
        ("\ue81e测", "\u9fb4测"),
        ("王\ue863", "王䶮"),
        ("测\U0002ebf0", "测\U0002ebf0"),
        ("测\U000323af", "测\U000323af"),
        ("测\ue855", "测\U000241fe"),
        ("葛\U000e0100测", "葛测"),
        ("测\ufe0f试", "测试"),
        ("测\u200d试", "测试"),
        ("Mu\u0308ller Te\u0301st", "Müller Tést"),
    ],
)
def test_brings_a_name_into_one_form(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize("dot", "・•‧･．.⋅∙·")
@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_every_separator_becomes_the_middle_dot(dot: str, blank: str) -> None:
    assert read_name(f"测试{blank}{dot}{blank}示例") == "测试\u00b7示例"


def test_compatibility_characters_stay_as_they_are() -> None:
    # NFC alone would turn these into other characters than the family's papers bear
    assert read_name("\ufa1a\uf9d1") == "\ufa1a\uf9d1"


def test_what_gbk_had_at_private_places_stands_where_the_newest_standard_has_it() -> None:
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    assert list(FORMERLY_PRIVATE) == list(range(0xE815, 0xE815 + len(trails)))
    for (private, character), trail in zip(FORMERLY_PRIVATE.items(), trails, strict=True):
        decoded = bytes((0xFE, trail)).decode("gb18030")
        assert decoded in {character, chr(private)}  # Python's codec has fourteen of them as they were in 2000
        assert not 0xE000 <= ord(character) <= 0xF8FF
    assert len(set(FORMERLY_PRIVATE.values())) == 80


def test_a_hundred_characters_are_a_name() -> None:
    assert len(read_name("测" * 100)) == 100


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "name.empty"),
        (" \u3000 ", "name.empty"),
        ("测" * 101, "name.too_long"),
        ("张3", "name.characters"),
        ("张*例", "name.characters"),
        ("·张", "name.characters"),
        ("张··例", "name.characters"),
        ("张\x00例", "name.characters"),
        ("张\ud840", "name.characters"),
        ("张😀", "name.characters"),
        ("张\ue000", "name.private_use"),
    ],
)
def test_refuses_what_is_no_name(typed: str, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_name(typed)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("", ""),
        ("138 0000 0000", "13800000000"),
        ("+86-13800000000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("0856-6220000", "08566220000"),
        ("6220000", "6220000"),
    ],
)
def test_keeps_a_telephone_s_digits(typed: str, phone: str) -> None:
    assert read_phone(typed) == phone


@pytest.mark.parametrize(
    ("typed", "code"),
    [("1380000000a", "phone.characters"), ("12800000000", "phone.form"), ("138000", "phone.form")],
)
def test_refuses_what_is_no_telephone(typed: str, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_phone(typed)
    assert caught.value.code == code


@pytest.mark.parametrize("account", ["6228480030123456789", "6217997012345678902", "6230520123456789013"])
def test_a_card_whose_check_digit_fits_is_taken_without_a_word(account: str) -> None:
    assert read_account(f" {account[:4]} {account[4:]}") == (account, ())


def test_a_check_digit_that_does_not_fit_only_warns() -> None:
    account, warnings = read_account("6228480030123456788")
    assert account == "6228480030123456788"
    assert [(found.code, found.refuses) for found in warnings] == [("account.luhn", False)]


def test_an_old_passbook_has_no_check_digit() -> None:
    assert read_account("12345678901") == ("12345678901", ())
    assert read_account(" ") == ("", ())


@pytest.mark.parametrize(
    ("typed", "code"),
    [("62284800O0", "account.characters"), ("1234567", "account.length"), ("1" * 33, "account.length")],
)
def test_refuses_what_is_no_account(typed: str, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_account(typed)
    assert caught.value.code == code
