"""What is read from the files that insurers and banks send, and what is said about their mistakes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from result_kit import APPROVED, PART, REFUSED, TITLES, book, csv_file, receipt, row

from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState, Reason, RejectCode
from backbone_core.errors import RuleBroken
from backbone_server.problems import Problem, sentence
from backbone_server.result_file import check_totals, read_result_file
from backbone_server.result_rows import Decided, Totals
from backbone_server.result_template import write_template
from backbone_server.result_words import NUMBERS, reject_code

ROOT = Path(__file__).resolve().parents[2]


def codes(content: bytes) -> list[tuple[int, str, str]]:
    return [(one.row_no, one.title, one.code) for one in read_result_file(content).problems]


def reasons(said: str) -> tuple[Reason, ...]:
    (one,) = read_result_file(csv_file(row(1, "拒赔", "0", said, "2019-09-10", ""))).rows
    assert one.decided is not None
    return one.decided.reasons


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_file_is_read_in_whatever_encoding_it_came(encoding: str) -> None:
    file = read_result_file(csv_file(row(1, *APPROVED), row(2, *PART), row(3, *REFUSED), encoding=encoding))
    assert file.problems == ()
    assert [one.receipt_no for one in file.rows] == [receipt(1), receipt(2), receipt(3)]
    assert [one.decided for one in file.rows] == [
        Decided(outcome=DecisionOutcome.APPROVED, amount=481_920, decided_on=date(2019, 9, 10), reasons=()),
        Decided(outcome=DecisionOutcome.PART_APPROVED, amount=300_000, decided_on=date(2019, 9, 10), reasons=(
            Reason(code=RejectCode.INCOMPLETE), Reason(code=RejectCode.OTHER, text="缺少费用清单原件"))),
        Decided(outcome=DecisionOutcome.REFUSED, amount=0, decided_on=date(2019, 9, 11),
                reasons=(Reason(code=RejectCode.PRE_EXISTING),)),
    ]
    assert [one.case_no for one in file.rows] == ["AJ1", "AJ2", "AJ3"]


def test_a_workbook_is_read_below_its_title_with_real_numbers_and_days() -> None:
    made = book(
        (receipt(1), "测试甲", "通过", 4819.200000000001, "", date(2019, 9, 10), "AJ1", "成功", 4819.2,
         date(2019, 9, 12), "PZ1"),
        (), ("合计", "", "", 4819.2, "", "", "", "", 4819.2, "共 1 笔"), ("制表：测试经办",),
        above=("示例保险公司理赔结果清单",),
    )
    file = read_result_file(made)
    assert file.problems == ()
    (one,) = file.rows
    assert (one.row_no, one.decided and one.decided.amount, one.name) == (3, 481_920, "测试甲")
    assert one.paid is not None
    assert (one.paid.state, one.paid.paid_on, one.paid.amount) == (PaymentState.PAID, date(2019, 9, 12), 481_920)
    assert file.totals == Totals(amount=481_920, paid=481_920, count=1, row_no=5)
    assert check_totals(file, Totals()) == ()


def test_a_banks_file_has_payments_alone() -> None:
    titles = ("回执号", "收款人", "收款账号", "付款金额(元)", "付款日期", "付款结果", "退票原因", "退票日期", "网点")
    file = read_result_file(csv_file(
        (receipt(1), "测试甲", "6228480030123456789", "4819.20", "2019-09-12", "失败", "无此账号", "2019-09-13", "东"),
        (receipt(2), "测试乙", "'6217997012345678902", "3000", "2019-09-12", "失败", "系统超时", "", ""),
        (receipt(3), "测试丙", "", "100", "", "待支付", "", "", ""), titles=titles))
    assert [(one.decided, one.paid and one.paid.failure, one.paid and one.paid.failure_text) for one in file.rows] == [
        (None, PaymentFailure.ACCOUNT_WRONG, ""), (None, PaymentFailure.OTHER, "系统超时"), (None, None, None)]
    assert [one.paid.bank_account for one in file.rows if one.paid] == ["6228480030123456789", "6217997012345678902"]
    assert [one.waiting for one in file.rows] == [None, None, 10_000], "what waits is known to wait"
    assert file.unread == ("网点",)


@pytest.mark.parametrize(("said", "read"), [
    ("08", [(RejectCode.PRE_EXISTING, "")]), ("8", [(RejectCode.PRE_EXISTING, "")]),
    ("pre_existing", [(RejectCode.PRE_EXISTING, "")]), ("01、7", [(RejectCode.OUTSIDE_COVER, ""),
                                                                (RejectCode.INCOMPLETE, "")]),
    ("超龄，门诊费用。", [(RejectCode.OUTSIDE_AGE, ""), (RejectCode.NOT_INPATIENT, "")]),
    ("2017年即已确诊", [(RejectCode.OTHER, "2017年即已确诊")]), ("无", []),
])
def test_reasons_are_read_as_numbers_codes_or_words(said: str, read: list[tuple[RejectCode, str]]) -> None:
    assert [(reason.code, reason.text) for reason in reasons(said)] == read


def test_words_beside_a_code_explain_it() -> None:
    titles = ("受理回执编号", "核赔结论", "赔付金额", "原因代码", "拒赔原因", "核赔日期")
    file = read_result_file(csv_file((receipt(1), "拒赔", "0", "08", "2017年已确诊", "2019-09-10"),
                                     (receipt(2), "拒赔", "0", "08", "既往症", "2019-09-10"),
                                     (receipt(3), "拒赔", "0", "77", "", "2019-09-10"), titles=titles))
    said = [[(one.code, one.text) for one in row.decided.reasons] for row in file.rows if row.decided]
    assert said == [[(RejectCode.PRE_EXISTING, "2017年已确诊")], [(RejectCode.PRE_EXISTING, "")]]
    assert [(one.row_no, one.title, one.code) for one in file.problems] == [
        (4, "原因代码", "decision_file.reason_unknown")]


def test_every_number_of_a_reason_is_read_back() -> None:
    assert {reject_code(number) for number in NUMBERS.values()} == set(RejectCode)
    assert NUMBERS[RejectCode.OUTSIDE_COVER] == "01"
    assert NUMBERS[RejectCode.OTHER] == "99"


@pytest.mark.parametrize(("broken", "title", "code"), [
    (("520625-2019-A01-000001-X", "", *APPROVED), "受理回执编号", "decision_file.receipt_unreadable"),
    (("", "", *APPROVED), "受理回执编号", "decision_file.missing"),
    (row(1, "同意", *APPROVED[1:]), "核赔结论", "decision_file.outcome_unknown"),
    (row(1, "核赔通过", "四千", *APPROVED[2:]), "赔付金额（元）", "decision_file.amount_unreadable"),
    (row(1, "核赔通过", "4819.205", *APPROVED[2:]), "赔付金额（元）", "decision_file.amount_unreadable"),
    (row(1, "核赔通过", "6.22588E+30", *APPROVED[2:]), "赔付金额（元）", "decision_file.amount_unreadable"),
    (row(1, "核赔通过", "", *APPROVED[2:]), "赔付金额（元）", "decision_file.missing"),
    (row(1, *APPROVED[:3], "2019-02-30", ""), "核赔日期", "decision_file.date_unreadable"),
    (row(1, *APPROVED[:3], "", ""), "核赔日期", "decision_file.missing"),
    (row(1, "", *APPROVED[1:]), "核赔结论", "decision_file.missing"),
    (row(1, "", "", "", "", ""), "核赔结论", "decision_file.nothing_said"),
    (row(1, *APPROVED, paid=("到了", "4819.20", "2019-09-12", "", "")), "支付状态",
     "decision_file.payment_state_unknown"),
    (row(1, *APPROVED, paid=("成功", "", "2019-09-12", "", "")), "支付金额", "decision_file.missing"),
    (row(1, *APPROVED, paid=("成功", "4819.20", "", "", "")), "支付日期", "decision_file.missing"),
])
def test_a_cell_that_cannot_be_read_is_named_by_row_and_column(broken: tuple[str, ...], title: str, code: str) -> None:
    assert codes(csv_file(row(2, *APPROVED), broken)) == [(3, title, code)]


def test_the_same_row_twice_and_rows_below_the_totals_are_said() -> None:
    assert codes(csv_file(row(1, *APPROVED), row(2, *REFUSED), row(1, *APPROVED))) == [
        (4, "受理回执编号", "decision_file.twice")]
    assert codes(csv_file(row(1, *APPROVED), ("合计",), row(2, *REFUSED))) == [
        (4, "受理回执编号", "decision_file.below_totals")]
    assert codes(csv_file()) == [(0, "", "decision_file.empty")]


def test_printed_pages_repeat_the_header() -> None:
    assert len(read_result_file(csv_file(row(1, *APPROVED), TITLES, row(2, *REFUSED))).rows) == 2


def test_totals_are_held_against_the_file_both_ways() -> None:
    paid = ("成功", "4819.20", "2019-09-12", "", "")
    rows = (row(1, *APPROVED, paid=paid), row(2, *PART))
    file = read_result_file(csv_file(*rows, ("合计", "", "", "7819.20", "", "", "", "", "4819.20", "", "2笔")))
    assert check_totals(file, Totals(amount=781_920, paid=481_920, count=2)) == ()
    found = check_totals(file, Totals(amount=781_921, paid=0, count=3))
    assert [one.code for one in found] == ["decision_file.amount_differs", "decision_file.paid_differs",
                                          "decision_file.count_differs"]
    wrong = read_result_file(csv_file(*rows, ("合计", "", "3笔", "7819.00")))
    assert [(one.row_no, one.title, one.code) for one in check_totals(wrong, Totals())] == [
        (4, "赔付金额（元）", "decision_file.amount_differs"), (4, "", "decision_file.count_differs")]
    assert "7,819.20" in sentence(check_totals(wrong, Totals())[0], "zh_CN")


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 cut off"])
def test_what_is_no_sheet_is_said(content: bytes) -> None:
    with pytest.raises(RuleBroken, match=r"decision_file\.not_a_sheet"):
        read_result_file(content)


def test_a_sheet_of_something_else_is_said() -> None:
    with pytest.raises(RuleBroken, match=r"decision_file\.no_header"):
        read_result_file(csv_file(("1", "2"), titles=("姓名", "证件号码")))


def test_the_template_is_read_by_what_reads_the_answers(tmp_path: Path) -> None:
    target = tmp_path / "核赔结果.xlsx"
    write_template(target)
    assert codes(target.read_bytes()) == [(0, "", "decision_file.empty")]
    assert read_result_file(target.read_bytes()).unread == ()
    explained = CalamineWorkbook.from_path(target).get_sheet_by_name("填写说明").to_python()
    assert ["08", "既往症、既往病史、带病参保"] in [line[:2] for line in explained]
    with pytest.raises(RuleBroken, match=r"template\.exists"):
        write_template(target)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_problem_has_a_sentence(language: str) -> None:
    import re

    sources = [path.read_text("utf-8") for path in (ROOT / "backbone_server").glob("*.py")]
    found = {code for source in sources for code in re.findall(r'"(decision_file\.[a-z_]+)"', source)}
    found -= {"decision_file.not_a_sheet", "decision_file.no_header"}  # of the command itself
    found |= {f"decision_file.{name}_differs" for name in ("amount", "paid", "count")}
    found |= {"decision_file.already_paid", "decision_file.no_such_payment", "decision.reason_missing",
              "payment.amount_differs", "claim.self_review"}
    assert len(found) > 25, "the collector no longer sees the codes"
    facts = dict.fromkeys(("first", "text", "counted", "stated", "summed", "state_code", "decided_on", "paid_on",
                           "amount", "decided", "act_code"), "claim_state.reported")
    assert sorted(code for code in found if sentence(Problem(code=code, facts=facts), language) == code) == []
