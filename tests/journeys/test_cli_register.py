"""Households, claims and receipts by commands: what is right goes in, what is wrong changes nothing."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest

from backbone_core.identity import check_digit
from tests.journeys.command_kit import HEAD_ID, PASSWORD, WIFE_ID, Commands, approved_scheme, family, sentence, stay

HEAD, WIFE = ("测试甲", HEAD_ID, "户主"), ("李㛃", WIFE_ID, "配偶")


def add_family(office: Commands, **changed: Any) -> dict[str, Any]:
    return office.done("household", "add", "--file", office.file("family.json", family(HEAD, WIFE, **changed)))


def add_claim(office: Commands, **changed: Any) -> dict[str, Any]:
    return office.done("claim", "add", "--file", office.file("stay.json", stay(**changed)))


def id_no(first_17: str) -> str:
    return first_17 + check_digit(first_17)


def test_a_household_is_registered_and_shown_with_masked_numbers(office: Commands) -> None:
    saved = add_family(office)
    assert len(saved["enrolled"]) == 2
    shown = office("household", "show", saved["household_no"])
    assert shown.code == 0
    assert "520625********0015" in shown.out
    assert HEAD_ID not in shown.out
    members = shown.answer["members"]
    assert [(one["name"], one["relation"], one["covered"]) for one in members] == [
        ("测试甲", "户主", True), ("李㛃", "配偶", True)]
    assert office.done("household", "show", saved["household_id"])["members"] == members


def test_a_number_is_shown_on_purpose_only_and_that_is_written_down(office: Commands) -> None:
    saved = add_family(office)
    before = office.query("SELECT count(*) FROM audit")
    office.done("household", "show", saved["household_no"])
    looked = office.query("SELECT count(*) FROM audit")[0][0] - before[0][0]
    shown = office.done("household", "show", saved["household_no"], "--reveal")
    revealed = office.query("SELECT count(*) FROM audit")[0][0] - before[0][0] - looked
    assert [one["id_no"] for one in shown["members"]] == [HEAD_ID, WIFE_ID]
    assert revealed == looked + 2
    for log in (office.folder / "logs").iterdir():
        assert HEAD_ID not in log.read_text()


def test_households_are_found(office: Commands) -> None:
    saved = add_family(office)
    for typed in ("测试", "csj", HEAD_ID, saved["household_no"], "李㛃"):
        found = office.done("household", "list", "--find", typed)["households"]
        assert [one["household_no"] for one in found] == [saved["household_no"]], typed
        assert found[0]["head_id_no"] == "520625********0015"
    assert office.done("household", "list", "--find", "王")["households"] == []
    assert office.done("household", "list", "--find", "-", stdin=f"{HEAD_ID}\n".encode())["total"] == 1
    assert office.done("household", "show", saved["household_no"].lower())["household"]["household_id"]
    assert office.refused("household", "list", "--limit", "0") == "command.limit"


def test_a_list_goes_on_where_it_stopped(office: Commands) -> None:
    for order in (1, 3, 5):
        head = ("张示例", id_no(f"52062519700101{order:03d}"), "户主")
        office.done("household", "add", "--file", office.file("one.json", family(head)))
    first = office.done("household", "list", "--limit", "2")
    rest = office.done("household", "list", "--limit", "2", "--after", first["next"])
    numbers = [one["household_no"] for one in (*first["households"], *rest["households"])]
    assert (len(numbers), len(set(numbers)), rest["next"]) == (3, 3, None)


def test_fields_beside_the_form_win(office: Commands) -> None:
    saved = office.done("household", "add", "--file", office.file("family.json", family(HEAD)), "--village", "样本村",
                        "--household-no", "5206250042")
    shown = office.done("household", "show", "5206250042")["household"]
    assert (saved["household_no"], shown["village"]) == ("5206250042", "样本村")


def test_a_form_comes_by_standard_input_or_as_windows_writes_it(office: Commands) -> None:
    office.done("household", "add", "--file", "-", stdin=b"\xef\xbb\xbf" + _json(family(HEAD)))
    gbk = office.file("gbk.json", _json(family(("测试乙", WIFE_ID, "户主")), "gb18030"))
    office.done("household", "add", "--file", gbk)
    assert {one["head"] for one in office.done("household", "list")["households"]} == {"测试甲", "测试乙"}


def _json(value: dict[str, Any], encoding: str = "utf-8") -> bytes:
    import json

    return json.dumps(value, ensure_ascii=False).encode(encoding)


@pytest.mark.parametrize(("changed", "code", "field"), [
    ({"members": [{"name": "测试甲", "id_no": HEAD_ID[:-1] + "6", "relation": "户主"}]}, "id.check_digit",
     "members.0.id_no"),
    ({"members": [{"name": "测试甲", "id_no": id_no("52062520990101001"), "relation": "户主"}]}, "id.birth_future",
     "members.0.id_no"),
    ({"poverty_type": "富裕户"}, None, "poverty_type"),
    ({"colour": "red"}, "command.unknown_field", "colour"),
    ({"members": [{"name": "测试甲", "number": "1"}]}, "command.unknown_field", "members.0.number"),
    ({"members": "张示例"}, "command.field_form", "members"),
    ({"village": ["示例村"]}, "command.field_form", "village"),
    ({"members": ["张示例"]}, "command.field_form", "members.0"),
])
def test_a_wrong_household_is_refused_at_its_field(office: Commands, changed: dict[str, Any], code: str | None,
                                                   field: str) -> None:
    file = office.file("family.json", {**family(HEAD), **changed})
    refused = office.refused("household", "add", "--file", file)
    assert code in (None, refused)
    findings = office("household", "add", "--file", file).answer["error"]["findings"]
    assert field in {one["field"] for one in findings}


def test_two_heads_and_a_number_that_is_there_already_are_refused(office: Commands) -> None:
    two_heads = office.file("heads.json", family(HEAD, ("测试乙", WIFE_ID, "户主")))
    assert office.refused("household", "add", "--file", two_heads) == "household.two_heads"
    add_family(office)
    again = office.file("again.json", family(("测试丙", HEAD_ID, "户主")))
    assert office.refused("household", "add", "--file", again) == "member.id_taken"


def test_somebody_too_old_is_registered_and_not_covered(office: Commands) -> None:
    old = ("张老例", id_no("52062519450909007"), "之父")
    saved = office.done("household", "add", "--file", office.file("family.json", family(HEAD, old)))
    assert len(saved["enrolled"]) == 1
    assert [one["code"] for one in saved["not_enrolled"]] == ["enrolment.too_old"]
    claim = office.file("stay.json", stay(id_no=old[1]))
    assert office.refused("claim", "add", "--file", claim) == "claim.not_enrolled"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"x"', b"\xff\xff\xff", b'{"village": NaN}', b"[" * 100_000,
                                     b'{"village": "a", "village": "b"}'])
def test_what_is_no_form_is_refused(office: Commands, content: bytes) -> None:
    assert office.refused("household", "add", "--file", office.file("form.json", content)).startswith("command.")


def test_a_file_that_is_not_there_and_input_that_is_read_twice_are_refused(office: Commands) -> None:
    assert office.refused("household", "add", "--file", "/does/not/exist") == "command.no_file"
    del office.environment["BACKBONE_PASSWORD_FILE"]
    assert office.refused("household", "add", "--file", "-", "--password-stdin", stdin=_json(family(HEAD))) == (
        "command.stdin_twice")


def test_a_claim_is_registered_shown_and_listed(office: Commands) -> None:
    household = add_family(office)
    taken = add_claim(office)
    assert (taken["benefit"], taken["benefit_fen"]) == ("6168.00", 616800)
    assert taken["receipt_no"].split("-")[0::2] == ["520625", "A01", taken["receipt_no"][-1]]
    assert "6,168.00" in taken["trace"][-1]
    shown = office("claim", "show", taken["receipt_no"])
    assert HEAD_ID not in shown.out
    assert shown.answer["costs"]["medfee_sumamt"] == "45680.00"
    assert shown.answer["state"] == "received"
    assert shown.answer["household_no"] == household["household_no"]
    assert office.done("claim", "show", taken["claim_id"])["receipt_no"] == taken["receipt_no"]
    assert office.done("claim", "show", taken["receipt_no"].lower().replace("-", " "))["claim_id"] == taken["claim_id"]
    assert office.done("claim", "show", taken["claim_id"], "--reveal")["id_no"] == HEAD_ID
    assert [one["receipt_no"] for one in office.done("claim", "list", "--state", "received")["claims"]] == [
        taken["receipt_no"]]
    assert office.done("claim", "list", "--state", "paid")["claims"] == []


def test_numbers_in_json_stay_exact_and_flags_stand_beside_the_form(office: Commands) -> None:
    add_family(office)
    costs = {**stay()["costs"]}
    del costs["medfee_sumamt"]
    form = office.file("stay.json", _json(stay(costs=costs)).replace(b'"3000.00"', b"3000.00"))
    taken = office.done("claim", "add", "--file", form, "--cost", "medfee_sumamt=45,680.00",
                        "--hospital", "示例县中医院", "--document", "INVOICE")
    shown = office.done("claim", "show", taken["claim_id"])
    assert (shown["costs"]["fulamt_ownpay_amt"], shown["costs"]["medfee_sumamt"]) == ("3000.00", "45680.00")
    assert shown["hospital"] == "示例县中医院"


def test_a_draft_is_kept_and_registered_later_once(office: Commands) -> None:
    add_family(office)
    half = office.file("half.json", {"id_no": HEAD_ID, "hospital": "某院"})
    draft = office.done("claim", "add", "--draft", "--file", half)
    assert office.done("claim", "show", draft["claim_id"])["state"] == "draft"
    form = office.file("whole.json", stay(claim_id=draft["claim_id"]))
    taken = office.done("claim", "add", "--file", form)
    assert taken["claim_id"] == draft["claim_id"]
    assert office.done("claim", "add", "--file", form)["receipt_no"] == taken["receipt_no"]
    assert office.done("claim", "list")["total"] == 1


@pytest.mark.parametrize(("changed", "code"), [
    ({"discharged": "2019-08-01"}, "claim.discharge_before_admission"),
    ({"costs": {**stay()["costs"], "psn_part_amt": "99.00"}}, "cost.sum_"),
    ({"costs": {**stay()["costs"], "medfee_sumamt": "four"}}, "amount.characters"),
    ({"costs": {**stay()["costs"], "medfee": "1"}}, "command.unknown_field"),
    ({"admitted": "2017-09-01", "discharged": "2017-09-13", "settled": "2017-09-13"}, "claim."),
    ({"admitted": "2099-09-01", "discharged": "2099-09-13", "settled": "2099-09-13"}, "claim."),
    ({"admitted": "31.31.2019"}, "date."),
    ({"id_no": id_no("52062519800101003")}, "command.member_unknown"),
    ({"id_no": HEAD_ID[:-1] + "6"}, "id.check_digit"),
    ({"member_id": "x"}, "command.member_twice"),
    ({"documents": ["INVOICE", "INVIOCE"]}, "command.document_unknown"),
    ({"documents": [["INVOICE"]]}, "command.field_form"),
    ({"designated": "maybe"}, "command.field_form"),
])
def test_a_wrong_claim_is_refused(office: Commands, changed: dict[str, Any], code: str) -> None:
    add_family(office)
    assert office.refused("claim", "add", "--file", office.file("stay.json", stay(**changed))).startswith(code)


def test_amounts_without_a_name_and_claims_that_are_not_there_are_refused(office: Commands) -> None:
    add_family(office)
    assert office.refused("claim", "add", "--file", office.file("stay.json", stay()), "--cost", "45680") == (
        "command.cost_form")
    assert office.refused("claim", "show", "520625-2019-A01-000009-X").startswith("receipt.")
    assert office.refused("claim", "show", "018f0000-0000-7000-8000-000000000001") == "claim.unknown"
    assert office.refused("household", "show", "nobody") == "household.unknown"


def test_a_receipt_is_saved_and_a_reprint_says_so(office: Commands) -> None:
    import pypdfium2

    add_family(office)
    number = add_claim(office)["receipt_no"]
    texts = []
    for paper in ("A5", "A4"):
        answer = office.done("receipt", number, "--out", str(office.files / f"{paper}.pdf"), "--paper", paper)
        document = pypdfium2.PdfDocument(office.files / f"{paper}.pdf")
        texts.append(document[0].get_textpage().get_text_range())
        document.close()
        assert answer["copy"] == len(texts) - 1
    assert all(number in text and "测试甲" in text and HEAD_ID not in text for text in texts)
    assert ["补打" in text for text in texts] == [False, True]
    assert office.query("SELECT count(*) FROM print_log")[0][0] == 2


def test_a_receipt_that_cannot_be_written_is_not_counted(office: Commands) -> None:
    add_family(office)
    number = add_claim(office)["receipt_no"]
    assert office.refused("receipt", number, "--out", str(office.files)) == "command.out_is_folder"
    mistyped = number[:-1] + ("A" if number[-1] != "A" else "B")
    assert office.refused("receipt", mistyped, "--out", "x.pdf") == "receipt.check_character"
    assert office.refused("receipt", number, "--out", "x.pdf", "--paper", "B5") == "command.usage"
    before = office.records()
    ran = office("receipt", number, "--out", str(office.files / "no such folder" / "x.pdf"))
    assert (ran.code, ran.error) == (3, "command.out_not_written")
    if sys.platform.startswith("linux"):
        ran = office("receipt", number, "--out", "/dev/full")
        assert (ran.code, ran.error) == (3, "command.out_disk_full")
    assert office.records() == before


def test_what_a_person_reads(office: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    add_family(office)
    taken = office("claim", "add", "--file", office.file("stay.json", stay()), as_json=False)
    assert "预计赔付6,168.00元" in taken.out
    english = office("claim", "list", "--language", "en", as_json=False)
    assert sentence("claim_state.received", "en") in english.out
    shown = office("claim", "show", taken.out.split("，")[1].split()[-1], as_json=False)
    assert "测试甲" in shown.out
    assert HEAD_ID not in shown.out
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "ascii"))
    office("household", "list", as_json=False)


def test_nobody_works_without_signing_in(office: Commands) -> None:
    add_family(office)
    whole = dict(office.environment)
    office.environment = {"BACKBONE_PASSPHRASE_FILE": whole["BACKBONE_PASSPHRASE_FILE"]}
    for command in (("household", "list"), ("household", "add", "--file", office.file("f.json", family(HEAD))),
                    ("claim", "list"), ("sync",), ("receipt", "1", "--out", "x.pdf"), ("claim", "show", "1")):
        assert office.refused(*command) == "command.account_missing"
        assert office.refused(*command, "--account", "demo") == "command.password_missing"
    assert office.refused("household", "list", "--account", "demo", "--password", PASSWORD) == "command.usage"


def test_a_scheme_of_the_next_year_does_not_change_this_one(office: Commands) -> None:
    following = approved_scheme(policy_year=2020, scheme_id="EXAMPLE-1900-60-520625-2020",
                                effective={"from": "2020-01-01", "to": "2020-12-31"})
    office.done("scheme", "import", office.file("next.json", following))
    add_family(office)
    assert add_claim(office)["benefit"] == "6168.00"


@pytest.mark.parametrize("flag", ["--phone", "--address", "--icd10", "--diagnosis", "--bank-account", "--remarks"])
@pytest.mark.parametrize("group", ["household", "claim"])
def test_what_tells_about_a_person_stands_on_no_command_line(office: Commands, group: str, flag: str) -> None:
    assert office.refused(group, "add", flag, "x") == "command.usage"
