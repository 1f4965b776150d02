"""The payment file for the bank: what goes out, what is left out, and the answer held against it; on both databases."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from device_end import DeviceEnd
from python_calamine import CalamineWorkbook
from result_kit import APPROVED, PART, REFUSED, csv_file, receipt, row, send_claims
from sqlalchemy import inspect, select
from way_end import step

from backbone_core.decision import payment_id
from backbone_core.errors import RuleBroken
from backbone_core.ids import new_id
from backbone_server.app import Parts
from backbone_server.decisions import Taken, take_in_results
from backbone_server.payments import Exported, balances, export_again, export_payments
from backbone_server.problems import Problem, sentence
from backbone_server.result_file import read_result_file
from backbone_server.result_rows import Totals
from backbone_server.store.schema import VERSION, prepare
from backbone_server.store.tables import acts, meta, payment_files, schemes

Make = Callable[..., DeviceEnd]
NOW = datetime(2019, 10, 1, 2, 0, tzinfo=UTC)
PAID, CAME_BACK = ("已支付", "2019-10-05", "PZ1", "", ""), ("支付失败", "2019-10-05", "PZ2", "账户已销户", "2019-10-06")
OPEN = ("待支付", "", "", "", "")


@pytest.fixture
def county(device: Make, parts: Parts) -> DeviceEnd:
    """A county whose three claims were approved, approved in part, and refused."""
    end = device("A01")
    send_claims(end)
    assert take(parts, csv_file(row(1, *APPROVED), row(2, *PART), row(3, *REFUSED))).kept
    return end


def take(parts: Parts, content: bytes, answers: int | None = None, **other: Any) -> Taken:
    usual: dict[str, Any] = {"insurer": "示例人寿保险公司", "by": "测试管理员", "now": NOW + timedelta(days=9)}
    return take_in_results(parts.store, "520625", read_result_file(content), Totals(), answers=answers,
                           **{**usual, **other})


def export(parts: Parts, suffix: str = ".csv", **other: Any) -> Exported:
    return export_payments(parts.store, "520625", suffix=suffix, by="测试管理员", now=NOW, **other)


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def answered(content: bytes, *answers: Sequence[str]) -> bytes:
    """The bank's copy of a payment file, its own columns filled in from the first row on."""
    sheet = lines(content)
    for line, answer in zip(sheet[2:], answers, strict=False):
        line[8:] = answer
    out = io.StringIO()
    csv.writer(out).writerows(sheet)
    return out.getvalue().encode("gb18030")


def version_of(end: DeviceEnd, record_id: str) -> int:
    return max(one.version for one in end.feed().records if one.record_id == record_id)


def say_why(end: DeviceEnd, number: int, **instead: Any) -> str:
    """Send the step that says why an account was corrected; the server's code against it."""
    steps = [one for one in end.states().values() if one.get("claim_id") == f"c{number}" and "act" in one]
    made = step(f"c{number}", len(steps) + 1, "payment_failed", ("correct_account", "county", "clerk"),
                at=(NOW + timedelta(days=6)).isoformat(), note="农户出示新存折", papers=[])
    return str(end.send("claim_step", new_id(), {**made, **instead}, act="claim_correct_account").code)


def change(end: DeviceEnd, number: int, **fields: Any) -> str:
    held = end.states()[f"c{number}"]
    return str(end.send("claim", f"c{number}", fields, base={name: held[name] for name in fields},
                        version=version_of(end, f"c{number}")).code)


def codes(problems: Sequence[Problem]) -> list[tuple[int, str, str]]:
    return [(one.row_no, one.title, one.code) for one in problems]


def test_every_decided_claim_that_waits_for_money_is_a_row(parts: Parts, county: DeviceEnd) -> None:
    done = export(parts)
    assert (done.kept, done.file.number, done.left_out) == (True, 1, ())
    heading, titles, first, second, last = lines(done.file.content)
    assert heading == ["理赔款支付清单　520625　第 1 号　制表日期 2019-10-01"]
    assert titles[:8] == ["序号", "受理回执编号", "案件号", "收款户名", "收款账号", "收款银行", "支付金额（元）",
                          "备注"]
    assert first[:8] == ["1", receipt(1), "AJ1", "测试甲", "6228480030123456789", "", "4819.20", ""]
    assert (second[0], second[1], second[6]) == ("2", receipt(2), "3000.00")
    assert last[:7] == ["合计", "共 2 笔", "", "", "", "人民币柒仟捌佰壹拾玖元贰角整", "7819.20"]


def test_the_workbook_says_the_same_and_its_numbers_are_not_rounded(parts: Parts, county: DeviceEnd) -> None:
    content = export(parts, ".xlsx").file.content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert sheet[2][:7] == ["1", receipt(1), "AJ1", "测试甲", "6228480030123456789", "", 4819.2]
    assert sheet[4][:2] == ["合计", "共 2 笔"]
    assert sheet[4][5:7] == ["人民币柒仟捌佰壹拾玖元贰角整", 7819.2]
    read = read_result_file(content)
    assert ([one.waiting for one in read.rows], read.problems) == ([481_920, 300_000], ())


def test_what_looks_like_a_formula_is_text(parts: Parts, device: Make) -> None:
    end = device("A01")
    send_claims(end, 1, bank_name="=HYPERLINK(1)")
    take(parts, csv_file(row(1, *APPROVED)))
    assert lines(export(parts).file.content)[2][5] == "'=HYPERLINK(1)"


def test_a_dry_run_writes_nothing_and_nothing_due_makes_no_file(parts: Parts, county: DeviceEnd) -> None:
    dry = export(parts, dry_run=True)
    assert (len(dry.file.rows), dry.kept, balances(parts.store, "520625")) == (2, False, ())
    assert export(parts).file.rows == dry.file.rows
    second = export(parts)
    assert (second.kept, second.file.rows) == (False, ())


def test_no_payment_stands_in_two_files_and_a_file_can_be_written_again(parts: Parts, county: DeviceEnd) -> None:
    first = export(parts, ".xlsx")
    second = export(parts)
    assert [(one.title, one.code, one.facts) for one in second.left_out] == [
        (receipt(1), "payment_file.in_file", {"number": 1}), (receipt(2), "payment_file.in_file", {"number": 1})]
    again = export_again(parts.store, "520625", 1, suffix=".xlsx", by="他人", now=NOW + timedelta(days=3))
    assert again.content == first.file.content
    for number, suffix, code in ((1, ".csv", "other_suffix"), (2, ".xlsx", "unknown")):
        with pytest.raises(RuleBroken, match=code):
            export_again(parts.store, "520625", number, suffix=suffix, by="", now=NOW)
    with pytest.raises(RuleBroken, match="suffix"):
        export(parts, ".pdf")


def test_the_answer_balances_with_what_went_out(parts: Parts, county: DeviceEnd) -> None:
    content = export(parts).file.content
    some = take(parts, answered(content, PAID, OPEN), answers=1)
    assert (codes(some.problems), some.kept) == ([], True)
    assert some.balance is not None
    assert [(one.count, one.amount) for one in (some.balance.paid, some.balance.failed, some.balance.open)] == [
        (1, 481_920), (0, 0), (1, 300_000)]
    rest = take(parts, answered(content, PAID, CAME_BACK), answers=1)
    assert rest.balance is not None
    assert (rest.kept, rest.balance.balanced, rest.balance.failed.amount, rest.balance.open.count) == (
        True, True, 300_000, 0)
    assert not take(parts, answered(content, PAID, CAME_BACK), answers=1).kept, "told twice it was paid once"
    assert [county.states()[f"c{number}"]["state"] for number in (1, 2)] == ["paid", "payment_failed"]


def test_a_payment_that_came_back_goes_out_again_with_the_corrected_account(parts: Parts, county: DeviceEnd) -> None:
    take(parts, answered(export(parts).file.content, PAID, CAME_BACK), answers=1)
    waits = export(parts)
    assert [(one.title, one.code) for one in waits.left_out] == [(receipt(2), "payment_file.not_corrected")]
    assert (say_why(county, 2), change(county, 2, bank_account="6217997012345678902")) == ("", "")
    second = export(parts)
    assert [(one.receipt_no, one.attempt, one.bank_account) for one in second.file.rows] == [
        (receipt(2), 2, "6217997012345678902")]
    assert lines(second.file.content)[2][7] == "第2次支付"
    answer = answered(second.file.content, ("已支付", "2019-10-08", "PZ3", "", ""))
    assert codes(take(parts, answer, answers=1).problems) == [
        (3, "收款账号", "payment_file.bank_account_differs"), (3, "支付日期", "payment_file.other_payment")]
    assert take(parts, answer, answers=2).kept
    assert county.states()[payment_id("c2", 2)]["state"] == "paid"
    found = balances(parts.store, "520625")
    assert [(one.number, one.paid.count, one.failed.count, one.open.count, one.balanced) for _, one in found] == [
        (1, 1, 1, 0, True), (2, 1, 0, 0, True)]
    assert export(parts).left_out == (), "what was paid waits for nothing"


def test_an_account_that_will_do_after_all_goes_out_again(parts: Parts, county: DeviceEnd) -> None:
    take(parts, answered(export(parts).file.content, PAID, CAME_BACK), answers=1)
    assert say_why(county, 2) == ""
    assert [(one.receipt_no, one.attempt) for one in export(parts).file.rows] == [(receipt(2), 2)]


def test_of_a_decided_claim_a_device_changes_the_account_alone_and_after_a_failure(
    parts: Parts, county: DeviceEnd
) -> None:
    new = {"bank_account": "6217997012345678902"}
    assert change(county, 2, **new) == "rejected.claim_decided"
    assert say_why(county, 2) == "claim.step_late"
    take(parts, answered(export(parts).file.content, PAID, CAME_BACK), answers=1)
    assert change(county, 2, **new) == "rejected.claim_decided", "nobody said why"
    assert say_why(county, 2, note=" ") == "claim.reason_missing"
    assert say_why(county, 2, role="insurer") == "claim.role_forbidden"
    assert say_why(county, 2) == ""
    for other in ({"hospital": "别的医院"}, {"benefit": 1}, {**new, "invoice_no": "FP9"}):
        assert change(county, 2, **other) == "rejected.claim_decided"
    assert change(county, 2, **new) == ""
    assert change(county, 1, **new) == "rejected.claim_decided", "what was paid stays"


def test_an_answer_that_is_not_about_the_file_is_refused_by_row(parts: Parts, device: Make) -> None:
    end = device("A01")
    send_claims(end)
    take(parts, csv_file(row(1, *APPROVED), row(2, *PART)))
    content = export(parts).file.content
    take(parts, csv_file(row(3, *APPROVED)))
    titles = ("受理回执编号", "收款账号", "收款户名", "支付状态", "支付金额", "支付日期", "支付流水号")
    broken = csv_file((receipt(1), "6228****6789", "测试乙", "已支付", "4819.20", "2019-10-05", "PZ1"),
                      (receipt(2), "6228480030123456780", "测试甲", "待支付", "2999.00", "", ""),
                      (receipt(3), "", "", "已支付", "4819.20", "2019-10-05", "PZ3"), titles=titles)
    before = end.states()
    taken = take(parts, broken, answers=1)
    assert codes(taken.problems) == [
        (2, "收款账号", "payment_file.bank_account_differs"), (2, "收款户名", "payment_file.account_holder_differs"),
        (3, "支付金额", "payment_file.amount_differs"), (4, "受理回执编号", "payment_file.not_in_file")]
    assert (taken.kept, end.states()) == (False, before)
    with pytest.raises(RuleBroken, match="unknown"):
        take(parts, content, answers=9)


def test_the_sum_that_the_bank_states_may_be_of_all_or_of_what_it_paid(parts: Parts, county: DeviceEnd) -> None:
    content = export(parts).file.content
    stated = answered(content, PAID, OPEN).replace(b"7819.20", b"7819.21")
    assert codes(take(parts, stated, answers=1).problems) == [(5, "支付金额（元）", "decision_file.paid_differs")]
    assert take(parts, answered(content, PAID, OPEN).replace(b"7819.20", b"4819.20"), answers=1).kept


def test_without_an_account_nothing_can_be_paid(parts: Parts, device: Make) -> None:
    end = device("A01")
    send_claims(end, 1)
    end.send("claim", "c1", {"account_holder": ""}, base={"account_holder": "测试甲"}, version=version_of(end, "c1"))
    take(parts, csv_file(row(1, *APPROVED)))
    assert codes(export(parts).left_out) == [(0, receipt(1), "payment_file.no_account")]


def test_what_went_out_is_noted_without_personal_data(parts: Parts, county: DeviceEnd) -> None:
    export(parts)
    export_again(parts.store, "520625", 1, suffix=".csv", by="他人", now=NOW)
    with parts.store.reading() as connection:
        found = {one.act: (one.made_by, msgspec.msgpack.decode(one.detail)) for one in connection.execute(select(acts))}
    by, detail = found["payments.export"]
    assert (by, detail["number"], detail["amount"]) == ("测试管理员", 1, 781_920)
    assert detail["claims"] == [["c1", 1], ["c2", 1]]
    assert "6228" not in repr(detail).replace(detail["file"], "")
    assert found["payments.again"] == ("他人", {"number": 1})


def test_a_store_of_the_version_before_gets_room_for_payment_files(parts: Parts, county: DeviceEnd) -> None:
    with parts.store.writing() as connection:
        payment_files.drop(connection)
        schemes.drop(connection)
        connection.execute(meta.update().where(meta.c.name == "schema_version").values(value="3"))
    assert prepare(parts.store).schema_version == VERSION
    with parts.store.reading() as connection:
        made = [one["name"] for one in inspect(connection).get_columns("payment_files")]
    assert made == [column.name for column in payment_files.columns]
    assert export(parts).kept


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_sentence_about_a_payment_file_is_said(language: str) -> None:
    facts = {"number": 3, "paid_on": "2019-10-05", "asked_fen": 1, "amount_fen": 2, "stated_fen": 3, "summed_fen": 4}
    for name in ("in_file", "no_account", "not_corrected", "unbalanced", "not_in_file", "amount_differs",
                 "answered_already", "bank_account_differs", "account_holder_differs", "other_payment"):
        code = f"payment_file.{name}"
        assert sentence(Problem(code=code, facts=facts), language) != code
