"""Signing in with its lock-out, and how strong a password has to be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backbone_core.errors import RuleBroken
from backbone_desktop.services.accounts import (
    SYSTEM,
    add_account,
    change_password,
    check_password,
    sign_in,
)
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.rows import Role
from tests.services.office_kit import PASSWORD, Office

WRONG = "Wrong2019"


def fail(office: Office, times: int) -> list[str]:
    codes = []
    for _ in range(times):
        with pytest.raises(RuleBroken) as refused:
            sign_in(office.as_(SYSTEM), "admin", WRONG)
        codes.append(refused.value.code)
    return codes


def failures(office: Office) -> int:
    with office.desk.read() as work:
        account = work.accounts.get("admin")
    assert account is not None
    return account.failures


def audited(office: Office) -> list[tuple[str, object]]:
    with office.desk.read() as work:
        account = work.accounts.get("admin")
        assert account is not None
        return [(row.act, row.detail.get("code")) for row in work.audit.of_record(account.id)]


def test_the_right_password_signs_in_and_is_audited(office: Office) -> None:
    assert sign_in(office.as_(SYSTEM), " Admin ", PASSWORD) == Actor("admin", "测试管理员", "administrator")
    assert ("sign_in", None) in audited(office)


def test_a_wrong_password_changes_nothing_but_the_count_and_the_trail(office: Office) -> None:
    before = office.stored()
    assert fail(office, 1) == ["account.wrong"]
    assert failures(office) == 1
    assert ("sign_in_refused", "account.wrong") in audited(office)
    after = office.stored()
    assert {name for name in after if after[name] != before[name]} == {"account", "audit", "audit_head"}


def test_an_unknown_name_is_refused_alike_and_is_not_written_down(office: Office) -> None:
    with pytest.raises(RuleBroken, match=r"account\.wrong"):
        sign_in(office.as_(SYSTEM), "Secret2019", "x")
    assert "secret2019" not in repr(office.stored()).casefold()


def test_five_failures_lock_for_ten_minutes_even_against_the_right_password(office: Office) -> None:
    assert fail(office, 5) == ["account.wrong"] * 4 + ["account.locked"]
    office.clock.wait(minutes=9, seconds=30)
    with pytest.raises(RuleBroken) as refused:
        sign_in(office.as_(SYSTEM), "admin", PASSWORD)
    assert refused.value.code == "account.locked"
    assert refused.value.facts["minutes"] == 1
    office.clock.wait(seconds=30)
    assert sign_in(office.as_(SYSTEM), "admin", PASSWORD).account == "admin"


def test_the_count_begins_anew_after_a_success(office: Office) -> None:
    fail(office, 4)
    sign_in(office.as_(SYSTEM), "admin", PASSWORD)
    assert failures(office) == 0
    assert fail(office, 4) == ["account.wrong"] * 4


def test_a_clock_put_back_locks_nobody_out_for_days(office: Office) -> None:
    fail(office, 5)
    office.clock.wait(days=-30)
    with pytest.raises(RuleBroken) as refused:
        sign_in(office.as_(SYSTEM), "admin", PASSWORD)
    assert refused.value.facts["minutes"] == 10
    office.clock.wait(minutes=10)
    assert sign_in(office.as_(SYSTEM), "admin", PASSWORD).account == "admin"


def test_an_account_out_of_use_does_not_sign_in(office: Office) -> None:
    with office.as_(SYSTEM).open() as work:
        account = work.accounts.get("admin")
        assert account is not None
        work.accounts.save(replace(account, active=False))
        work.commit()
    with pytest.raises(RuleBroken, match=r"account\.inactive"):
        sign_in(office.as_(SYSTEM), "admin", PASSWORD)
    assert fail(office, 1) == ["account.wrong"]


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("abc12345", []),
        ("ａｂｃ１２３４５", []),
        ("abc1234", ["password.too_short"]),
        ("12345678", ["password.no_letters"]),
        ("密码密码密码12", ["password.no_letters"]),
        ("abcdefgh", ["password.no_digits"]),
        ("xxAdmin99", ["password.contains_name"]),
        ("", ["password.too_short", "password.no_letters", "password.no_digits"]),
    ],
)
def test_password_strength(password: str, codes: list[str]) -> None:
    assert [found.code for found in check_password(password, "admin")] == codes


def test_full_width_typing_is_the_same_password(office: Office) -> None:
    assert sign_in(office.as_(SYSTEM), "ａｄｍｉｎ", "Ｌｕｓｈａｎ２０１９").account == "admin"


def test_an_administrator_adds_accounts_and_nobody_else_does(office: Office) -> None:
    with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
        add_account(office.desk, "second", "测试丁", Role.TOWNSHIP, PASSWORD)
    made = add_account(office.as_(SYSTEM), "Second", "测试丁", Role.TOWNSHIP, PASSWORD)
    assert made.name == "second"
    assert PASSWORD not in repr(office.stored()["account"])
    assert sign_in(office.as_(SYSTEM), "second", PASSWORD).role == "township"
    before = office.stored()
    with pytest.raises(RuleBroken, match=r"account\.name_taken"):
        add_account(office.as_(SYSTEM), "SECOND", "测试戊", Role.COUNTY, PASSWORD)
    assert office.stored() == before


def test_changing_ones_own_password_asks_for_the_old_one(office: Office) -> None:
    admin = office.as_(Actor("admin", "测试管理员", "administrator"))
    with pytest.raises(RuleBroken, match=r"account\.wrong"):
        change_password(admin, "admin", WRONG, "Fanjing2020")
    assert failures(office) == 1
    with pytest.raises(RuleBroken, match=r"password\.too_short"):
        change_password(admin, "admin", PASSWORD, "short1")
    change_password(admin, "admin", PASSWORD, "Fanjing2020")
    assert sign_in(office.as_(SYSTEM), "admin", "Fanjing2020").account == "admin"
    assert fail(office, 1) == ["account.wrong"]


def test_a_clerk_gives_nobody_else_a_password(office: Office) -> None:
    before = office.stored()
    with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
        change_password(office.desk, "admin", "", "Fanjing2020")
    assert office.stored() == before
