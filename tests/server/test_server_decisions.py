"""The insurer's answers, taken in at the server and fetched by devices: all rows or none, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from device_end import DeviceEnd
from result_kit import APPROVED, PART, REFUSED, TITLES, csv_file, receipt, row, send_claims
from sqlalchemy import inspect, select
from way_end import walk

from backbone_core.decision import decision_id, payment_id
from backbone_core.errors import RuleBroken
from backbone_server.app import Parts
from backbone_server.decisions import Taken, take_in_results
from backbone_server.payments import export_payments
from backbone_server.reporting import report_claims
from backbone_server.result_file import read_result_file
from backbone_server.result_rows import Totals
from backbone_server.store.schema import VERSION, prepare
from backbone_server.store.tables import acts, meta, payment_files, records, schemes

Make = Callable[..., DeviceEnd]
Import = Callable[..., Taken]
NOW = datetime(2019, 10, 1, 2, 0, tzinfo=UTC)
PAID = ("已支付", "4819.20", "2019-09-12", "PZ1", "")
CAME_BACK = ("支付失败", "4819.20", "2019-09-12", "PZ1", "账户已销户")
PAID_AGAIN = ("已支付", "4819.20", "2019-09-20", "PZ2", "")


@pytest.fixture
def take(parts: Parts) -> Import:
    def run(content: bytes, *, given: Totals | None = None, **other: Any) -> Taken:
        usual: dict[str, Any] = {"insurer": "示例人寿保险公司", "by": "测试管理员", "now": NOW}
        return take_in_results(parts.store, "520625", read_result_file(content), given or Totals(),
                               **{**usual, **other})

    return run


@pytest.fixture
def county(device: Make) -> DeviceEnd:
    """A county's device that sent three claims, reported to the insurer."""
    end = device("A01")
    send_claims(end)
    return end


def problems(taken: Taken) -> list[tuple[int, str, str]]:
    return [(one.row_no, one.title, one.code) for one in taken.problems]


def everything(parts: Parts) -> list[Any]:
    with parts.store.reading() as connection:
        return [tuple(one) for table in (records, acts)
                for one in connection.execute(select(table).order_by(*table.primary_key.columns))]


def state(end: DeviceEnd, number: int) -> str:
    return str(end.states()[f"c{number}"]["state"])


def test_an_approval_a_part_and_a_refusal_come_to_every_device(county: DeviceEnd, device: Make, take: Import) -> None:
    taken = take(csv_file(row(1, *APPROVED, name="测试甲"), row(2, *PART), row(3, *REFUSED)))
    assert (problems(taken), taken.kept) == ([], True)
    assert [(step.before, step.after, step.decided, step.paid) for step in taken.steps] == [
        ("reported", "approved", True, False), ("reported", "part_approved", True, False),
        ("reported", "refused", True, False)]
    held = county.states()
    assert [held[f"c{number}"]["state"] for number in (1, 2, 3)] == ["approved", "part_approved", "refused"]
    assert held[decision_id("c2")] == {
        "claim_id": "c2", "outcome": "part_approved", "amount": 300_000, "decided_on": "2019-09-10",
        "reasons": [{"code": "incomplete", "text": ""}, {"code": "other", "text": "缺少费用清单原件"}],
        "insurer": "示例人寿保险公司", "case_no": "AJ2", "remark": "",
    }
    assert held[decision_id("c3")]["amount"] == 0
    assert device("A02").states() == held
    assert device("B01", township="示例镇").states() == held, "whoever sees the claim sees what was decided"
    other_township = device("B02", township="别镇").states()
    assert {decision_id("c1"), "c1"}.isdisjoint(other_township)


def test_a_decision_moves_along_with_its_household(county: DeviceEnd, device: Make, take: Import) -> None:
    take(csv_file(row(1, *APPROVED, paid=PAID)))
    township = device("B02", township="别镇")
    county.send("household", "h1", {"township": "别镇"}, base={"township": "示例镇"}, version=1)
    assert {"c1", decision_id("c1"), payment_id("c1", 1)} <= township.states().keys()


def test_one_broken_row_stops_the_file_and_the_corrected_file_goes_in(
    parts: Parts, county: DeviceEnd, take: Import
) -> None:
    before = everything(parts)
    rows = [row(1, *APPROVED), row(2, *PART), row(3, *REFUSED)]
    taken = take(csv_file(*rows[:2], (receipt(3), "", "拒赔", "100", "", "2019-09-11", "AJ3")))
    assert problems(taken) == [(4, "赔付金额（元）", "decision.amount_of_refusal"),
                               (4, "拒赔原因", "decision.reason_missing")]
    assert (taken.kept, everything(parts)) == (False, before)
    assert take(csv_file(*rows)).kept
    assert [state(county, number) for number in (1, 2, 3)] == ["approved", "part_approved", "refused"]


def test_a_dry_run_says_the_same_and_writes_nothing(parts: Parts, county: DeviceEnd, take: Import) -> None:
    before = everything(parts)
    content = csv_file(row(1, *APPROVED, paid=PAID))
    dry = take(content, dry_run=True)
    assert (dry.kept, everything(parts)) == (False, before)
    assert dry.steps == take(content).steps


def test_the_same_file_twice_changes_nothing(parts: Parts, county: DeviceEnd, take: Import) -> None:
    content = csv_file(row(1, *APPROVED, paid=PAID), row(2, *PART), row(3, *REFUSED))
    take(content)
    before = everything(parts)
    again = take(content)
    assert (problems(again), again.kept) == ([], False)
    assert [(step.decided, step.paid) for step in again.steps] == [(False, False)] * 3
    assert everything(parts) == before


def test_what_was_decided_is_not_written_over(county: DeviceEnd, take: Import) -> None:
    take(csv_file(row(1, *APPROVED), row(2, *PART)))
    changed = [row(1, "部分赔付", "4000", "材料不全", "2019-09-10", "AJ1"),
               row(2, PART[0], PART[1], "等待期内", PART[3], PART[4])]
    assert problems(take(csv_file(*changed))) == [(2, "核赔结论", "decision_file.decided_otherwise"),
                                                  (3, "拒赔原因", "decision_file.decided_otherwise")]


def test_a_payment_that_came_back_is_made_again(county: DeviceEnd, take: Import) -> None:
    take(csv_file(row(1, *APPROVED)))
    assert take(csv_file(row(1, *APPROVED, paid=PAID))).steps[0].after == "paid"
    held = county.states()[payment_id("c1", 1)]
    assert (held["state"], held["amount"], held["bank_account"], held["account_holder"]) == (
        "paid", 481_920, "6228480030123456789", "测试甲")
    back = csv_file(row(1, "", "", "", "", "", paid=CAME_BACK))
    assert take(back).steps[0].after == "payment_failed"
    assert county.states()[payment_id("c1", 1)]["failure"] == "account_closed"
    assert not take(back).kept, "told twice it came back once"
    assert problems(take(csv_file(row(1, "", "", "", "", "", paid=PAID)))) == [
        (2, "支付日期", "decision_file.came_back")]
    assert take(csv_file(row(1, "", "", "", "", "", paid=PAID_AGAIN))).steps[0].after == "paid"
    held = county.states()
    assert [held[payment_id("c1", attempt)]["state"] for attempt in (1, 2)] == ["failed", "paid"]
    assert (held["c1"]["state"], held[payment_id("c1", 2)]["reference"]) == ("paid", "PZ2")


def test_both_attempts_may_stand_in_one_file_and_come_again(parts: Parts, county: DeviceEnd, take: Import) -> None:
    content = csv_file(row(1, *APPROVED, paid=CAME_BACK), row(1, *APPROVED, paid=PAID_AGAIN))
    assert [step.after for step in take(content).steps] == ["payment_failed", "paid"]
    before = everything(parts)
    assert not take(content).stopped
    assert everything(parts) == before


def test_a_second_attempt_may_come_back_too(county: DeviceEnd, take: Import) -> None:
    twice = ("支付失败", "4819.20", "2019-09-20", "PZ2", "户名不符")
    take(csv_file(row(1, *APPROVED, paid=CAME_BACK)))
    assert take(csv_file(row(1, *APPROVED, paid=twice))).steps[0].after == "payment_failed"
    held = county.states()
    assert [held[payment_id("c1", attempt)]["failure"] for attempt in (1, 2)] == ["account_closed", "holder_mismatch"]


@pytest.mark.parametrize(("paid", "title", "refused"), [
    (("已支付", "4819.00", "2019-09-12", "", ""), "支付金额", "payment.amount_differs"),
    (("已支付", "4819.20", "2019-09-09", "", ""), "支付日期", "payment.before_decision"),
    (("已支付", "4819.20", "2019-10-02", "", ""), "支付日期", "payment.in_future"),
    (("支付失败", "4819.20", "2019-09-12", "", ""), "失败原因", "payment.failure_missing"),
])
def test_a_payment_that_cannot_be_is_refused(county: DeviceEnd, take: Import, paid: tuple[str, ...], title: str,
                                             refused: str) -> None:
    assert problems(take(csv_file(row(1, *APPROVED, paid=paid)))) == [(2, title, refused)]
    assert state(county, 1) == "reported"


def test_nobody_is_paid_twice(county: DeviceEnd, take: Import) -> None:
    take(csv_file(row(1, *APPROVED, paid=PAID)))
    assert problems(take(csv_file(row(1, *APPROVED, paid=PAID_AGAIN)))) == [
        (2, "支付日期", "decision_file.already_paid")]
    stranger = ("支付失败", "4819.20", "2019-09-13", "PZ9", "退汇")
    assert problems(take(csv_file(row(1, *APPROVED, paid=stranger)))) == [
        (2, "支付日期", "decision_file.no_such_payment")]


def test_a_row_must_be_about_a_claim_of_the_county_and_its_patient(county: DeviceEnd, take: Import) -> None:
    taken = take(csv_file(row(4, *APPROVED), row(1, *APPROVED, name="测试乙"), row(2, *PART, name="测试*"),
                          row(3, "", "", "", "", "", paid=PAID)))
    assert problems(taken) == [(2, "受理回执编号", "decision_file.no_such_claim"),
                               (3, "姓名", "decision_file.other_person"),
                               (5, "核赔结论", "decision_file.not_decided")]
    assert "测试" not in repr(taken.problems)


def test_totals_that_differ_stop_the_file(county: DeviceEnd, take: Import) -> None:
    content = csv_file(row(1, *APPROVED), row(2, *PART), ("合计", "", "", "7,819.21"))
    assert problems(take(content)) == [(4, "赔付金额（元）", "decision_file.amount_differs")]
    assert [one[2] for one in problems(take(csv_file(row(1, *APPROVED)), given=Totals(count=2)))] == [
        "decision_file.count_differs"]
    assert state(county, 1) == "reported"


def test_more_than_was_worked_out_is_a_warning(county: DeviceEnd, take: Import) -> None:
    taken = take(csv_file(row(1, "核赔通过", "4900", "", "2019-09-10", "")))
    assert [(one.code, one.warns) for one in taken.problems] == [("decision.above_benefit", True)]
    assert taken.kept


def test_an_unknown_county_is_not_made_one_of_ours(parts: Parts, take: Import) -> None:
    with pytest.raises(RuleBroken, match=r"county\.unknown"):
        take(csv_file(row(1, *APPROVED)))
    assert everything(parts) == []


def test_what_was_done_at_the_server_is_noted_without_personal_data(
    parts: Parts, county: DeviceEnd, take: Import
) -> None:
    content = csv_file(row(1, *APPROVED, name="测试甲", paid=PAID))
    take(content)
    with parts.store.reading() as connection:
        (noted,) = connection.execute(select(acts)).all()
    assert (noted.county, noted.act, noted.made_by) == ("520625", "decisions.import", "测试管理员")
    assert msgspec.msgpack.decode(noted.detail) == {
        "file": read_result_file(content).digest, "rows": 1, "decisions": 1, "payments": 1}


# --- the way to the insurer


@pytest.mark.parametrize("stands", ["received", "waiting_papers", "township_checked", "county_checked"])
def test_a_claim_that_was_not_reported_cannot_have_been_answered(device: Make, take: Import, stands: str) -> None:
    end = device("A01")
    send_claims(end, 1, stands)
    taken = take(csv_file(row(1, *APPROVED)))
    assert problems(taken) == [(2, "受理回执编号", "decision_file.not_reported")]
    assert state(end, 1) == stands


@pytest.mark.parametrize("stands", ["withdrawn", "void"])
def test_a_claim_that_was_stopped_stays_so(device: Make, take: Import, stands: str) -> None:
    end = device("A01")
    send_claims(end, 1, stands)
    assert problems(take(csv_file(row(1, *APPROVED)))) == [(2, "受理回执编号", "claim.move_forbidden")]


def report(parts: Parts, *numbers: int) -> list[tuple[int, str]]:
    done = report_claims(parts.store, "520625", [receipt(number) for number in numbers], by="测试管理员", now=NOW)
    assert len(done.moved) == (0 if done.problems else len(numbers))
    return [(one.row_no, one.code) for one in done.problems]


def test_what_two_people_checked_is_reported(parts: Parts, device: Make, take: Import) -> None:
    end = device("A01")
    send_claims(end, 3, "county_checked")
    assert report(parts, 1, 2) == []
    assert [state(end, number) for number in (1, 2, 3)] == ["reported", "reported", "county_checked"]
    (last,) = [one for one in end.states().values() if one.get("claim_id") == "c1" and one.get("act") == "report"]
    assert (last["number"], last["by"], last["after"]) == (3, "测试管理员", "reported")
    with parts.store.reading() as connection:
        (noted,) = connection.execute(select(acts)).all()
    assert msgspec.msgpack.decode(noted.detail) == {"claims": ["c1", "c2"]}
    assert take(csv_file(row(1, *APPROVED), row(2, *PART))).kept


def test_reporting_is_all_or_nothing(parts: Parts, device: Make) -> None:
    end = device("A01")
    send_claims(end, 2, "county_checked")
    walk(end, "c2", ("return", "county", "fuhe"))
    assert report(parts, 1, 2, 9) == [(2, "claim.move_forbidden"), (3, "decision_file.no_such_claim")]
    assert state(end, 1) == "county_checked"


def test_a_claim_that_is_named_twice_is_reported_once(parts: Parts, device: Make) -> None:
    end = device("A01")
    send_claims(end, 1, "county_checked")
    done = report_claims(parts.store, "520625", [receipt(1), receipt(1).lower()], by="测试管理员", now=NOW)
    assert (done.moved, done.problems) == ((receipt(1),), ())
    with parts.store.reading() as connection:
        steps = [msgspec.msgpack.decode(one.fields) for one in connection.execute(
            select(records).where(records.c.kind == "claim_step"))]
    assert [one["act"] for one in steps].count("report") == 1


def test_a_store_of_the_version_before_gets_room_for_what_is_noted(parts: Parts, county: DeviceEnd,
                                                                  take: Import) -> None:
    with parts.store.writing() as connection:
        for later in (acts, payment_files, schemes):
            later.drop(connection)
        connection.execute(meta.update().where(meta.c.name == "schema_version").values(value="2"))
    assert prepare(parts.store).schema_version == VERSION
    with parts.store.reading() as connection:
        assert {one["name"] for one in inspect(connection).get_indexes("acts")} == {one.name for one in acts.indexes}
    assert take(csv_file(row(1, *APPROVED))).kept
    assert state(county, 1) == "approved"


def test_a_device_cannot_undo_what_the_insurer_decided(county: DeviceEnd, take: Import) -> None:
    take(csv_file(row(1, *APPROVED)))
    answer = county.send("claim", "c1", {"state": "withdrawn"}, base={"state": "approved"}, version=2)
    assert answer.code == "rejected.claim_state"


def test_the_clock_of_the_decision_is_chinas(county: DeviceEnd, take: Import) -> None:
    content = csv_file(row(1, *APPROVED[:3], "2019-10-01", "AJ1"))
    early = datetime(2019, 9, 30, 15, 59, tzinfo=UTC)
    assert problems(take(content, now=early)) == [(2, "核赔日期", "decision.in_future")]
    assert take(content, now=early + timedelta(minutes=1)).kept



# --- an objection that is upheld

ANEW_TITLES = (*TITLES, "复核改判", "改判原因")


def anew(number: int, outcome: str, amount: str, *, day: str = "2019-09-20", why: str = "补齐清单原件，复核后改判",
         reason: str = "", said: str = "改判") -> tuple[str, ...]:
    return (*row(number, outcome, amount, reason, day, f"AJ{number}"), said, why)


def test_an_upheld_objection_brings_a_decision_of_its_own_and_the_former_stays(
    parts: Parts, county: DeviceEnd, take: Import
) -> None:
    first = csv_file(row(2, *PART), row(3, *REFUSED))
    take(first)
    former = county.states()[decision_id("c3")]
    content = csv_file(anew(3, "核赔通过", "4819.20"), anew(2, "部分赔付", "3500", reason="材料不全"),
                       titles=ANEW_TITLES)
    taken = take(content)
    assert (problems(taken), [(step.before, step.after, step.decided) for step in taken.steps]) == (
        [], [("refused", "approved", True), ("part_approved", "part_approved", True)])
    held = county.states()
    assert (held["c3"]["state"], held[decision_id("c3")]) == ("approved", former)
    second = held[decision_id("c3", 2)]
    assert (second["outcome"], second["amount"], second["remark"]) == (
        "approved", 481_920, "补齐清单原件，复核后改判")
    before = everything(parts)
    assert (take(content).kept, take(first).kept, everything(parts)) == (False, False, before)
    rows = export_payments(parts.store, "520625", suffix=".csv", by="", now=NOW).file.rows
    assert [(one.claim_id, one.amount) for one in rows] == [("c2", 350_000), ("c3", 481_920)], "what stands is paid"


@pytest.mark.parametrize(("changed", "title", "told"), [
    ({"day": "2019-09-11"}, "核赔结论", "decision_file.decided_otherwise"),
    ({"day": "2019-09-10"}, "核赔日期", "decision.revision_not_newer"),
    ({"why": ""}, "改判原因", "decision.revision_reason_missing"),
    ({"said": "也许"}, "复核改判", "decision_file.revision_unknown"),
    ({"said": ""}, "核赔结论", "decision_file.decided_otherwise"),
])
def test_a_decision_made_anew_is_newer_and_says_why(
    county: DeviceEnd, take: Import, changed: dict[str, str], title: str, told: str
) -> None:
    take(csv_file(row(3, *REFUSED)))
    taken = take(csv_file(anew(3, "核赔通过", "4819.20", **changed), titles=ANEW_TITLES))
    assert (problems(taken), taken.kept) == ([(2, title, told)], False)


def test_a_decision_made_anew_gives_more_and_not_while_the_bank_pays(parts: Parts, county: DeviceEnd,
                                                                     take: Import) -> None:
    more = csv_file(anew(2, "核赔通过", "4819.20"), titles=ANEW_TITLES)
    assert problems(take(more)) == [(2, "复核改判", "decision_file.nothing_to_revise")]
    take(csv_file(row(2, *PART)))
    less = csv_file(anew(2, "部分赔付", "2999", reason="材料不全"), titles=ANEW_TITLES)
    assert problems(take(less)) == [(2, "赔付金额（元）", "decision.revision_not_more")]
    export_payments(parts.store, "520625", suffix=".csv", by="", now=NOW)
    assert problems(take(more)) == [(2, "受理回执编号", "decision_file.being_paid")]
