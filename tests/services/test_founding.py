"""Setting an office up, and what an administrator changes afterwards."""

from __future__ import annotations

import pytest

from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.services.accounts import SYSTEM, sign_in
from backbone_desktop.services.office import check_setup, import_scheme, profile, set_language, set_up_office
from backbone_desktop.services.registry import open_household, register_household
from backbone_desktop.services.rows import Role
from tests.services.office_kit import PASSWORD, SCHEMES, Office, head, household, setup_request, wife

SCHEME_2019 = (SCHEMES / "example-1900-60-520625-2019.json").read_text(encoding="utf-8")
SCHEME_2026 = (SCHEMES / "example-1900-60-520625-2026.json").read_text(encoding="utf-8")


def test_set_up_keeps_the_office_its_account_and_its_scheme(empty: Office) -> None:
    system = empty.as_(SYSTEM)
    founded = set_up_office(system, setup_request(device_no=" a03 ", account="Ａdmin"), (SCHEME_2026,))
    assert founded == profile(system)
    assert founded.device_no == "A03"
    assert sign_in(system, "ADMIN", PASSWORD).role == Role.ADMINISTRATOR
    with system.read() as work:
        assert work.schemes.years("520625") == (2026,)
        assert [row.act for row in work.audit.of_record("520625")] == ["set_up_office"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("county", "", "office.county_missing"),
        ("county", "52062", "office.county_missing"),
        ("office", "  ", "office.name_missing"),
        ("device_name", "", "office.device_name_missing"),
        ("device_no", "3", "office.device_no_form"),
        ("device_no", "A０3", "office.device_no_form"),
        ("policy_year", 1919, "office.policy_year"),
        ("language", "fr", "office.language_unknown"),
        ("account", "", "account.name_missing"),
        ("account", "two words", "account.name_characters"),
        ("display_name", "", "account.display_name_missing"),
        ("password", "Ab1", "password.too_short"),
        ("office", "某" * 61, "text.too_long"),
    ],
)
def test_each_field_is_refused_by_itself_and_nothing_is_kept(
    empty: Office, field: str, value: object, code: str
) -> None:
    request = setup_request(**{field: value})
    assert (code, field) in {(found.code, found.field) for found in check_setup(request)}
    before = empty.stored()
    with pytest.raises(RuleBroken) as refused:
        set_up_office(empty.as_(SYSTEM), request, (SCHEME_2026,))
    assert field in {found.field for found in refused.value.findings}
    assert empty.stored() == before
    with pytest.raises(Unavailable, match="no_office"):
        profile(empty.desk)


def test_a_scheme_with_mistakes_stops_the_set_up_whole(empty: Office) -> None:
    before = empty.stored()
    with pytest.raises(RuleBroken):
        set_up_office(empty.as_(SYSTEM), setup_request(), (SCHEME_2026.replace('"0.60"', '"6.0"'),))
    assert empty.stored() == before


def test_an_office_is_set_up_once(office: Office) -> None:
    before = office.stored()
    with pytest.raises(RuleBroken, match=r"office\.already_set_up"):
        set_up_office(office.as_(SYSTEM), setup_request(account="second"), ())
    assert office.stored() == before


def test_whoever_was_registered_before_the_scheme_came_is_covered_when_it_comes(empty: Office) -> None:
    set_up_office(empty.as_(SYSTEM), setup_request(), ())
    old = head(name="测试丙", id_no="520625194901010012", relation="之父")
    saved = register_household(empty.desk, household(head(), wife(), old))
    assert saved.enrolled == ()
    import_scheme(empty.as_(SYSTEM), SCHEME_2026)
    assert not any(one.enrolment for one in open_household(empty.desk, saved.household_id).members)
    import_scheme(empty.as_(SYSTEM), SCHEME_2019)
    covered = {one.member.name: one.enrolment for one in open_household(empty.desk, saved.household_id).members}
    assert {name for name, cover in covered.items() if cover is not None} == {"测试甲", "测试乙"}
    before = empty.count("outbox")
    import_scheme(empty.as_(SYSTEM), SCHEME_2019)
    assert empty.count("outbox") == before


def test_a_year_has_one_scheme(office: Office) -> None:
    """Which of two would hold could else hang on how they are called."""
    before = office.stored()
    draft = (SCHEMES / "example-3000-40-520625-2019.json").read_text(encoding="utf-8")
    other = draft.replace('"draft"', '"approved"')
    with pytest.raises(RuleBroken, match=r"scheme\.other_in_force"):
        import_scheme(office.as_(SYSTEM), other)
    assert office.stored() == before
    import_scheme(office.as_(SYSTEM), draft)
    with office.desk.read() as work:
        in_force = work.schemes.for_year("520625", 2019)
    assert in_force is not None
    assert in_force.scheme_id == "EXAMPLE-1900-60-520625-2019"


def test_a_withdrawn_scheme_does_not_bring_an_older_version_back(office: Office) -> None:
    withdrawn = SCHEME_2019.replace('"approved"', '"withdrawn"').replace('"version": 1', '"version": 2')
    import_scheme(office.as_(SYSTEM), withdrawn.replace('"supersedes": null', '"supersedes": 1'))
    with office.desk.read() as work:
        assert work.schemes.for_year("520625", 2019) is None
        assert work.schemes.get("EXAMPLE-1900-60-520625-2019", 1) is not None


def test_only_an_administrator_imports_a_scheme_and_only_the_countys_own(office: Office) -> None:
    before = office.stored()
    with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
        import_scheme(office.desk, SCHEME_2026)
    with pytest.raises(RuleBroken, match=r"scheme\.other_county"):
        import_scheme(office.as_(SYSTEM), SCHEME_2026.replace('"520625"', '"530521"'))
    assert office.stored() == before
    assert import_scheme(office.as_(SYSTEM), SCHEME_2026).policy_year == 2026
    with office.desk.read() as work:
        assert work.schemes.years("520625") == (2026, 2019)


def test_the_language_is_the_offices(office: Office) -> None:
    set_language(office.desk, "en")
    assert profile(office.desk).language == "en"
    with pytest.raises(RuleBroken, match=r"office\.language_unknown"):
        set_language(office.desk, "xx")
    assert profile(office.desk).language == "en"
