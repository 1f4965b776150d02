"""The server works every benefit out anew, and asks a person where it comes to something else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from device_end import MADE_AT, DeviceEnd, claim, household, member
from result_kit import ID_NUMBERS, REFUSED, csv_file, receipt, row
from sqlalchemy import inspect
from way_end import WAYS, walk

from backbone_core.benefit import Benefit, YearSoFar, work_out, year_so_far
from backbone_core.claim import Claim, Costs, stay_of
from backbone_core.errors import RuleBroken
from backbone_core.household import PovertyType
from backbone_core.records import to_fields
from backbone_core.scheme import Scheme, read_scheme, scheme_digest, write_scheme
from backbone_server.app import Parts
from backbone_server.cli import main
from backbone_server.decisions import take_in_results
from backbone_server.recomputing import DIFFERS, review_id
from backbone_server.result_file import read_result_file
from backbone_server.result_rows import Totals
from backbone_server.schemes import SchemeTaken, import_scheme
from backbone_server.store.schema import VERSION, prepare
from backbone_server.store.tables import meta, schemes
from backbone_server.summary import summarise

EXAMPLE = Path(__file__).parents[2] / "resources" / "schemes" / "example-1900-60-520625-2019.json"
TEXT = EXAMPLE.read_text(encoding="utf-8")
SCHEME = read_scheme(TEXT)
Make = Callable[..., DeviceEnd]


def give(parts: Parts, text: str = TEXT) -> SchemeTaken:
    return import_scheme(parts.store, text, by="tester", now=parts.now())


def capped(**caps: str) -> Scheme:
    whole = json.loads(TEXT)
    whole["caps"].update(caps)
    return read_scheme(json.dumps(whole))


def stay(number: int, *earlier: Benefit, scheme: Scheme = SCHEME, costs: int = 1_000_000, who: int = 1,
         so_far: YearSoFar | None = None, **other: Any) -> tuple[dict[str, Any], Benefit]:
    """Claim c<number> of member m<who>, as a counter that knew `earlier` took it in on the number's day."""
    base = Claim(id=f"c{number}", member_id=f"m{who}", household_id="h1", policy_year=2019,
                 costs=Costs(medfee_sumamt=costs), scheme_id=scheme.scheme_id, scheme_version=scheme.version)
    benefit = work_out(scheme, stay_of(base, PovertyType.ORDINARY), so_far or year_so_far(earlier))
    made = replace(base, benefit=benefit.amount, trace=benefit.trace)
    fields = {name: value for name, value in to_fields(made).items()
              if name in ("costs", "scheme_id", "scheme_version", "benefit", "trace")}
    return claim(f"m{who}", "h1", receipt_no=receipt(number), invoice_no=f"FP{number}",
                 received_at=(MADE_AT + timedelta(days=number)).isoformat(), **{**fields, **other}), benefit


def settle(end: DeviceEnd, people: int = 2) -> None:
    end.send("household", "h1", household())
    for who in range(1, people + 1):
        end.send("member", f"m{who}", member("h1", id_no=ID_NUMBERS[who - 1], name=f"测试{'甲乙丙'[who - 1]}",
                                             relation="户主" if who == 1 else "之子"))


def asked(end: DeviceEnd) -> dict[str, tuple[int, int]]:
    """Open questions about benefits: claim → (as it says, as the server finds)."""
    return {one["record_id"]: (one["fields"]["benefit"]["kept"], one["fields"]["benefit"]["other"])
            for one in end.states().values() if one.get("code") == DIFFERS and one["open"]}


@pytest.fixture
def county(device: Make) -> DeviceEnd:
    end = device("A01")
    settle(end)
    return end


def test_a_benefit_that_comes_to_the_same_asks_nobody(parts: Parts, county: DeviceEnd) -> None:
    give(parts)
    first, benefit = stay(1)
    county.send("claim", "c1", first)
    county.send("claim", "c2", stay(2, benefit)[0])
    assert asked(county) == {}
    assert summarise(parts.store)["counties"]["520625"]["benefits"] == {"worked_out_anew": 2, "scheme_unknown": 0}


def test_another_amount_asks_a_person_with_both_traces(parts: Parts, county: DeviceEnd) -> None:
    give(parts)
    said, _ = stay(1)
    wrong = said["benefit"] + 100
    said["trace"][-1]["result"] = said["benefit"] = wrong
    county.send("claim", "c1", said)
    review = county.states()[review_id("c1")]
    assert (review["code"], review["kind"], review["record_id"], review["open"]) == (DIFFERS, "claim", "c1", True)
    assert review["fields"]["benefit"] == {"base": None, "kept": wrong, "other": wrong - 100}
    assert review["fields"]["trace"]["kept"] == said["trace"]
    assert review["fields"]["trace"]["other"][-1]["result"] == wrong - 100
    assert review["fields"]["scheme"]["other"] == scheme_digest(SCHEME)
    assert county.states()["c1"]["benefit"] == wrong, "the server asks; it does not change what a counter promised"


def test_two_counters_that_promise_one_person_the_same_years_cap(parts: Parts, county: DeviceEnd,
                                                                 device: Make) -> None:
    """Neither counter knew of the other's claim: the one that was taken in later is asked about, in any order."""
    give(parts)
    first, benefit = stay(1, costs=12_000_000)
    second, promised = stay(2, costs=12_000_000)
    device("A02").send("claim", "c2", second)
    assert asked(county) == {}
    county.send("claim", "c1", first)
    assert asked(county) == {"c2": (promised.amount, 10_000_000 - benefit.amount)}


def test_one_person_registered_twice_has_one_year(parts: Parts, county: DeviceEnd) -> None:
    give(parts)
    first, benefit = stay(1, costs=12_000_000)
    county.send("claim", "c1", first)
    county.send("member", "m1", {"standing": "left", "left_on": "2019-08-01"},
                base={"standing": "living", "left_on": None}, version=1)
    county.send("member", "m3", member("h1", id_no=ID_NUMBERS[0], name="测试甲", relation="之子"))
    second, promised = stay(2, costs=12_000_000, who=3)
    county.send("claim", "c2", second)
    assert asked(county) == {"c2": (promised.amount, 10_000_000 - benefit.amount)}


def test_the_countys_ceiling_holds_over_everybody(parts: Parts, county: DeviceEnd) -> None:
    scheme = capped(pool="6000.00")
    give(parts, write_scheme(scheme))
    county.send("claim", "c1", stay(1, scheme=scheme)[0])
    second, promised = stay(2, scheme=scheme, who=2)
    county.send("claim", "c2", second)
    assert promised.amount == 486_000
    assert asked(county) == {"c2": (486_000, 114_000)}
    steps = county.states()[review_id("c2")]["fields"]["trace"]["other"]
    assert "benefit.cap_pool" in {step["code"] for step in steps}


def test_a_stay_that_falls_away_asks_about_the_later_ones_until_they_are_mended(parts: Parts,
                                                                                 county: DeviceEnd) -> None:
    give(parts)
    first, benefit = stay(1)
    later, promised = stay(2, benefit)
    county.send("claim", "c1", first)
    county.send("claim", "c2", later)
    assert walk(county, "c1", ("withdraw", "county", "clerk")) == [""]
    anew = work_out(SCHEME, stay_of(Claim(id="c2", member_id="m1", household_id="h1", policy_year=2019,
                                          costs=Costs(medfee_sumamt=1_000_000)), PovertyType.ORDINARY))
    assert asked(county) == {"c2": (promised.amount, anew.amount)}
    mended = stay(2)[0]
    county.send("claim", "c2", {name: mended[name] for name in ("benefit", "trace")},
                base={name: later[name] for name in ("benefit", "trace")}, version=1)
    assert asked(county) == {}


def test_a_step_that_moves_no_amount_is_not_judged_again(parts: Parts, county: DeviceEnd) -> None:
    """What a person closed stays closed until something else is found."""
    give(parts)
    said, _ = stay(1)
    said["trace"][-1]["result"] = said["benefit"] = said["benefit"] + 100
    county.send("claim", "c1", said)
    county.send("review", review_id("c1"), {"open": False}, base={"open": True}, version=1, act="close")
    assert walk(county, "c1", ("ask_papers", "county", "clerk")) == [""]
    give(parts)
    assert asked(county) == {}
    said["trace"][-1]["result"] += 1
    county.send("claim", "c1", {"benefit": said["benefit"] + 1, "trace": said["trace"]},
                base={"benefit": said["benefit"], "trace": county.states()["c1"]["trace"]}, version=2)
    assert list(asked(county)) == ["c1"]


def test_a_batch_sent_twice_asks_once(parts: Parts, county: DeviceEnd) -> None:
    give(parts)
    said, _ = stay(1)
    said["trace"][-1]["result"] = said["benefit"] = said["benefit"] + 100
    county.send("claim", "c1", said)
    before = county.states()
    county.push(county.batch())
    assert county.states() == before


def test_without_the_scheme_nothing_is_judged_and_the_summary_says_so(parts: Parts, county: DeviceEnd) -> None:
    said, _ = stay(1)
    said["trace"][-1]["result"] = said["benefit"] = said["benefit"] + 100
    county.send("claim", "c1", said)
    assert asked(county) == {}
    assert summarise(parts.store)["counties"]["520625"]["benefits"] == {"worked_out_anew": 0, "scheme_unknown": 1}
    taken = give(parts)
    assert (taken.recomputed, taken.differing) == (1, 1)
    assert list(asked(county)) == ["c1"], "what was there before the scheme is judged when it comes"


def test_the_insurers_answer_ends_the_question_and_counts_for_later_stays(parts: Parts, county: DeviceEnd) -> None:
    give(parts)
    first, _ = stay(1)
    first["trace"][-1]["result"] = first["benefit"] = 481_920
    county.send("claim", "c1", first)
    assert set(walk(county, "c1", *WAYS["reported"])) == {""}
    county.send("claim", "c2", stay(2)[0])
    assert set(asked(county)) == {"c1", "c2"}
    taken = take_in_results(parts.store, "520625", read_result_file(csv_file(row(1, *REFUSED))), Totals(),
                            insurer="", by="tester", now=parts.now())
    assert taken.kept
    assert asked(county) == {}, "a refused stay takes nothing from the year, so that the second one is right"


def test_after_an_objection_the_last_decision_counts(parts: Parts, county: DeviceEnd) -> None:
    give(parts)
    first, benefit = stay(1)
    county.send("claim", "c1", first)
    assert set(walk(county, "c1", *WAYS["reported"])) == {""}
    county.send("claim", "c2", stay(2, benefit, costs=25_000_000)[0])
    titles = ("受理回执编号", "核赔结论", "赔付金额（元）", "拒赔原因", "核赔日期", "复核改判", "改判原因")
    for cells in ((receipt(1), "拒赔", "", "既往症", "2019-09-11", "", ""),
                  (receipt(1), "核赔通过", "4860.00", "", "2019-09-20", "是", "补交了原件")):
        taken = take_in_results(parts.store, "520625", read_result_file(csv_file(cells, titles=titles)), Totals(),
                                insurer="", by="tester", now=parts.now())
        assert taken.kept, taken.problems
        if cells[1] == "拒赔":
            assert list(asked(county)) == ["c2"], "a refused stay leaves the deductible to the next one"
    assert asked(county) == {}, "approved after all, it has taken the deductible and its part of the year"


def test_another_county_is_another_world(parts: Parts, county: DeviceEnd, device: Make) -> None:
    give(parts)
    elsewhere = device("A01", county="530521")
    said, _ = stay(1)
    said["benefit"] += 100
    said["trace"][-1]["result"] = said["benefit"]
    said["receipt_no"] = said["receipt_no"].replace("520625", "530521")
    elsewhere.send("household", "h1", household(county="530521"))
    elsewhere.send("member", "m1", member("h1", id_no=ID_NUMBERS[0], name="测试甲", relation="户主"))
    elsewhere.send("claim", "c1", said)
    assert asked(elsewhere) == {}


def test_an_approved_version_never_changes(parts: Parts) -> None:
    assert give(parts) == give(parts, json.dumps(json.loads(TEXT)))
    for wrong, code in ((replace(SCHEME, premium=1), "scheme.exists"),
                        (replace(SCHEME, version=2, status="draft"), "scheme.draft")):  # type: ignore[arg-type]
        with pytest.raises(RuleBroken) as why:
            give(parts, write_scheme(wrong))
        assert why.value.code == code


def test_a_store_of_the_version_before_gets_room_for_schemes(parts: Parts) -> None:
    with parts.store.writing() as connection:
        schemes.drop(connection)
        connection.execute(meta.update().where(meta.c.name == "schema_version").values(value="4"))
    assert prepare(parts.store).schema_version == VERSION
    with parts.store.reading() as connection:
        found = {one["name"]: one["nullable"] for one in inspect(connection).get_columns("schemes")}
    assert found == {one.name: bool(one.nullable) for one in schemes.columns}
    assert give(parts).recomputed == 0


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path / "centre")]
    assert main(["scheme", "import", str(EXAMPLE), "--by", "管理员", "--json", *data]) == 0
    assert json.loads(capsys.readouterr().out)["digest"] == scheme_digest(SCHEME)
    assert main(["scheme", "list", *data]) == 0
    assert capsys.readouterr().out.split("\t")[:5] == ["520625", "2019", SCHEME.scheme_id, "1", "approved"]
    (tmp_path / "wrong.json").write_text('{"schema": 1}', encoding="utf-8")
    assert main(["scheme", "import", str(tmp_path / "wrong.json"), *data]) == 2
    assert "scheme_id" in capsys.readouterr().err
    assert main(["scheme", "import", str(tmp_path / "none.json"), *data]) == 1


def test_moments_of_other_zones_are_one_order(parts: Parts, county: DeviceEnd) -> None:
    give(parts)
    first, benefit = stay(1)
    county.send("claim", "c1", first)
    later, _ = stay(2, benefit)
    after = datetime.fromisoformat(first["received_at"]) + timedelta(minutes=1)
    later["received_at"] = after.astimezone(timezone(timedelta(hours=-9))).isoformat()
    county.send("claim", "c2", later)
    assert asked(county) == {}
