"""`setup`: an office from one command, or nothing at all."""

from __future__ import annotations

import json

import pytest

from tests.journeys.command_kit import ACCOUNT, CODE, OFFICE, PASSPHRASE, PASSWORD, Commands, approved_scheme


def test_an_office_is_founded(fresh: Commands) -> None:
    answer = fresh.done(*fresh.set_up())
    assert CODE.fullmatch(answer["recovery_code"])
    assert (answer["county"], answer["county_name"]) == ("520625", "印江土家族苗族自治县")
    assert answer["scheme_years"] == [2019]
    assert answer["keyring"] is False
    kept = {"store.db", "keys.json", "keys.twin.json", "profile.json", "settings.json"}
    assert kept <= set(fresh.files_as_they_are())
    fresh.sign_in_by_environment()
    assert fresh.done("household", "list")["households"] == []


def test_what_a_person_is_told(fresh: Commands) -> None:
    ran = fresh(*fresh.set_up(scheme=None, language="en"), as_json=False)
    assert ran.code == 0, ran.err
    assert "The recovery code, shown this once" in ran.out
    assert CODE.search(ran.out)
    assert "There is no approved scheme for 2019 yet" in ran.out, "an example scheme is nobody's rule"


def test_only_its_owner_may_look_into_the_folder_and_nothing_lies_there_in_plain(fresh: Commands) -> None:
    code = fresh.done(*fresh.set_up())["recovery_code"]
    assert fresh.folder.stat().st_mode & 0o077 == 0
    assert (fresh.folder / "store.db").stat().st_mode & 0o077 == 0
    for path in fresh.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for secret in (PASSWORD, PASSPHRASE, OFFICE, "测试经办", ACCOUNT, code, code.replace("-", "")):
                assert secret.encode() not in content, path.name


def test_a_second_office_in_one_folder_is_refused(office: Commands) -> None:
    before = office.files_as_they_are()
    assert office.refused(*office.set_up(office="另一个单位")) == "profile.exists"
    assert office.files_as_they_are() == before


@pytest.mark.parametrize(("changed", "code"), [
    ({"county": "999999"}, "command.county_unknown"), ({"county": "５２０６２５"}, "command.county_unknown"),
    ({"device_no": "1A"}, "office.device_no_form"), ({"policy_year": "1999"}, "office.policy_year"),
    ({"office": " "}, "office.name_missing"), ({"display_name": ""}, "account.display_name_missing"),
    ({"account": "a b"}, "account.name_characters"), ({"passphrase_file": None}, "keys.passphrase_needed"),
    ({"county": None}, "command.usage"), ({"policy_year": "今年"}, "command.usage"),
    ({"password_file": "/does/not/exist"}, "command.no_file"), ({"password_file": None}, "command.password_missing"),
    ({"scheme": "/does/not/exist"}, "command.no_file"),
])
def test_bad_input_is_refused_and_leaves_nothing(fresh: Commands, changed: dict[str, str | None], code: str) -> None:
    assert fresh.refused(*fresh.set_up(**changed)) == code
    assert not fresh.folder.exists()


def test_a_weak_password_or_passphrase_is_refused(fresh: Commands) -> None:
    assert fresh.refused(*fresh.set_up(password_file=fresh.file("weak", "12345678"))) == "password.no_letters"
    assert fresh.refused(*fresh.set_up(passphrase_file=fresh.file("short", "short"))) == "keys.passphrase_short"
    assert fresh.refused(*fresh.set_up(password_file=fresh.file("empty", "\n"))) == "command.secret_form"
    assert fresh.refused(*fresh.set_up(password_file=fresh.file("two", "Kouling-2019\nKouling-2020"))) == (
        "command.secret_form")
    assert not fresh.folder.exists()


def test_another_countys_scheme_and_a_broken_one_are_refused(fresh: Commands) -> None:
    theirs = fresh.file("theirs.json", approved_scheme(county="530627", scheme_id="EXAMPLE-530627-2019"))
    assert fresh.refused(*fresh.set_up(scheme=theirs)) == "scheme.other_county"
    held = approved_scheme()
    held["caps"]["per_year"] = "a lot"
    ran = fresh(*fresh.set_up(scheme=fresh.file("broken.json", held)))
    assert ran.code == 2
    assert ran.answer["error"]["field"] == "caps.per_year"
    assert not fresh.folder.exists()


def test_a_password_on_the_command_line_is_not_understood(fresh: Commands) -> None:
    ran = fresh(*fresh.set_up(password_file=None), "--password", PASSWORD)
    assert (ran.code, ran.error) == (2, "command.usage")
    assert not fresh.folder.exists()


def test_the_password_comes_by_standard_input_too(fresh: Commands) -> None:
    fresh.done(*fresh.set_up(password_file=None), "--password-stdin", stdin=PASSWORD.encode() + b"\r\n")
    fresh.environment = {"BACKBONE_PASSPHRASE_FILE": fresh.file("passphrase", PASSPHRASE)}
    fresh.done("household", "list", "--account", ACCOUNT, "--password-stdin", stdin=PASSWORD.encode())


def test_a_scheme_comes_later(fresh: Commands) -> None:
    fresh.done(*fresh.set_up(scheme=None))
    fresh.sign_in_by_environment()
    answer = fresh.done("scheme", "import", fresh.file("scheme.json", approved_scheme()))
    assert answer["policy_year"] == 2019
    other = fresh.file("other.json", approved_scheme(premium="31.00"))
    assert fresh.refused("scheme", "import", other) == "scheme.exists"
    assert fresh.refused("scheme", "import", fresh.file("none.json", "{")).startswith("scheme.")


def test_the_language_that_was_chosen_is_kept(fresh: Commands) -> None:
    fresh.done(*fresh.set_up(language="en"))
    assert json.loads((fresh.folder / "settings.json").read_text())["language"] == "en"
    assert "Say who works" in fresh("household", "list", "--passphrase-file", fresh.file("p", PASSPHRASE)).err
    assert "请用 --account" in fresh(
        "household", "list", "--language", "zh_CN", "--passphrase-file", fresh.file("p", PASSPHRASE)).err
