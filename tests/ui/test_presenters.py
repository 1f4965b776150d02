"""What the pages around the forms show, decided without a window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.rows import (
    DeviceState,
    ExchangeNote,
    ExchangeState,
    KeptDraft,
    OfficeProfile,
    RefusedRow,
    ReviewRow,
    WaitingRow,
)
from backbone_desktop.services.today import TodayView
from backbone_desktop.ui.presenters.exchange import ExchangeFound, act_words, exchange_view, refusal_at
from backbone_desktop.ui.presenters.first_start import fresh_draft, groups, is_group
from backbone_desktop.ui.presenters.progress import how_far
from backbone_desktop.ui.presenters.settings import mistakes
from backbone_desktop.ui.presenters.status import moment, status_line
from backbone_desktop.ui.presenters.today import day_line, figures, unfinished
from backbone_desktop.words import Words

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
OFFICE = OfficeProfile(county="520625", county_name="示例县", office="示例县医疗保障局", township="",
                       device_name="一号窗口", device_no="A01", policy_year=2026, language="zh_CN")
CLERK = Actor("jia", "测试甲", "township")


def state(**other: object) -> ExchangeState:
    known: dict[str, object] = {"waiting": 0, "waiting_rows": (), "refused": (), "reviews": 0, "last": None,
                                "device": DeviceState(epoch="e", last_seq=0, answered_seq=0)}
    return ExchangeState(**{**known, **other})  # type: ignore[arg-type]


def device(**other: object) -> DeviceState:
    return DeviceState(epoch="e", last_seq=3, answered_seq=1, device_id="d", server_url="https://centre.example.cn",
                       **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(("at", "told"), [
    (NOW, "09:30"), (NOW - timedelta(hours=9), "00:30"), (NOW - timedelta(hours=10), "2026-11-22"),
])
def test_a_moment_is_told_by_the_offices_day(at: datetime, told: str) -> None:
    assert moment(at, NOW) == told


def test_the_status_line_of_a_computer_that_is_alone(words: Words) -> None:
    line = status_line(words, CLERK, OFFICE, state(waiting=1234), NOW)
    assert (line.person, line.waiting, line.link) == ("测试甲 · Township clerk", "1,234 waiting to be sent", "none")
    assert line.last == "No exchange yet"
    assert line.refused == ""


@pytest.mark.parametrize(("code", "link"), [
    ("exchange.done", "up"), ("exchange.stopped", "up"), ("exchange.no_link", "down"), ("server.busy", "down"),
])
def test_the_link_is_what_the_last_exchange_found(words: Words, code: str, link: str) -> None:
    line = status_line(words, CLERK, OFFICE, state(device=device(), last=ExchangeNote(at=NOW, code=code)), NOW)
    assert line.link == link
    assert line.last == "Last exchange 09:30"


@pytest.mark.parametrize(("done", "of", "seconds", "told"), [
    (0, 40, 10, "0 of 40"), (10, 40, 1, "10 of 40"), (10, 40, 4, "10 of 40 · less than a minute left"),
    (1000, 40000, 10, "1,000 of 40,000 · about 6 minutes left"), (40, 40, 90, "40 of 40"),
])
def test_how_long_still_is_told_when_it_can_be(words: Words, done: int, of: int, seconds: float, told: str) -> None:
    assert how_far(words, done, of, seconds) == told


def test_what_came_back_says_why_and_where(words: Words) -> None:
    refused = (
        RefusedRow(seq=7, kind="claim", record_id="c", label="520625-2026-A01-000007-K", outcome="rejected",
                   code="server.scope", fields=("state",)),
        RefusedRow(seq=5, kind="member", record_id="m", label="5206250001", outcome="conflict", code="",
                   fields=("phone", "name")),
    )
    reviews = tuple(ReviewRow(id=f"r{record}", kind=kind, record_id=record, fields={"id_no": {}}, opened_at=NOW,
                              open=True) for kind, record in (("member", "m"), ("member", "n")))
    lines = exchange_view(words, ExchangeFound(state(refused=refused), reviews, (), NOW)).returned
    assert [(line.meaning, line.kind, line.record_id) for line in lines] == [
        ("refused", "claim", "c"), ("attention", "member", "m"), ("attention", "member", "n")]
    assert lines[0].why == words("server.scope")
    assert lines[1].why == "Changed in two places: phone, name. Look at it and enter what is right."
    assert lines[2].why == "Changed in two places: ID number. Look at it and enter what is right."


def test_what_waits_is_told_in_words(words: Words, chinese: Words) -> None:
    row = WaitingRow(seq=3, kind="claim", act="submit", label="520625-2026-A01-000003-X", made_at=NOW)
    (line,) = exchange_view(chinese, ExchangeFound(state(waiting=1, waiting_rows=(row,)), (), (), NOW)).waiting
    assert (line.what, line.label, line.when) == ("理赔申请 · 受理", row.label, "09:30")
    assert act_words(words, "household", "an_act_of_a_later_version") == "Household"


def test_an_exchange_is_told_by_its_figures_when_all_went_well(words: Words) -> None:
    notes = (
        ExchangeNote(at=NOW, code="exchange.done", sent=1200, merged=2, rejected=1, fetched=3),
        ExchangeNote(at=NOW, code="exchange.done"),
        ExchangeNote(at=NOW, code="exchange.no_link"),
    )
    full, empty, cut = exchange_view(words, ExchangeFound(state(), (), notes, NOW)).answers
    assert full.short == "1,200 sent · 2 joined with changes made elsewhere · 1 sent back · 3 fetched"
    assert full.meaning == "attention", "something came back"
    assert (empty.short, empty.meaning) == ("Nothing new on either side", "done")
    assert cut.short == words("exchange.no_link")


def test_a_refused_connection_stands_at_its_field() -> None:
    assert refusal_at(Unavailable("enrol.code_expired"))[0].field == "code"
    assert refusal_at(RuleBroken("exchange.url", "server_url"))[0].field == "server_url"
    assert refusal_at(Unavailable("exchange.no_link"))[0].field == ""


def test_the_day_and_its_figures(words: Words, chinese: Words) -> None:
    assert day_line(words, NOW, 2026) == "2026-11-23 Monday · policy year 2026"
    assert day_line(chinese, NOW, 2026) == "2026-11-23 星期一 · 2026 保障年度"
    view = TodayView(received_today=1500, received_this_month=2000, drafts=0, waiting_papers=0, waiting_changes=3,
                     refused=1, reviews=2, unfinished=(), recent=(), piles={"to_check": 4, "over_limit": 0})
    shown = {figure.key: (figure.figure, figure.meaning) for figure in figures(words, view)}
    assert shown == {"received": ("1,500", ""), "papers": ("0", ""), "waiting": ("3", "waiting"),
                     "to_check": ("4", "waiting"), "over_limit": ("0", ""), "returned": ("3", "refused")}


def test_forms_in_progress_are_offered_youngest_first(words: Words) -> None:
    kept = tuple(
        KeptDraft(form=form, key=key, payload=payload, kept_at=NOW - timedelta(minutes=age))
        for form, key, payload, age in (
            ("claim", "", {}, 9),
            ("household", "h", {"household_no": "5206250001", "members": [{"name": "张示例"}]}, 1),
            ("claim", "c", {"hospital": "示例县人民医院", "admitted": "2026-10-0"}, 5),
        )
    )
    view = TodayView(received_today=0, received_this_month=0, drafts=0, waiting_papers=0, waiting_changes=0,
                     refused=0, reviews=0, unfinished=kept, recent=(), piles={})
    lines = unfinished(words, view, NOW)
    assert [(line.title, line.detail, dict(line.arguments)) for line in lines] == [
        ("Household", "张示例 · 5206250001", {"household_id": "h"}),
        ("Claim", "示例县人民医院 · 2026-10-0", {"claim_id": "c"}),
        ("New claim", "nothing typed yet", {"claim_id": ""}),
    ]


def test_a_group_of_the_recovery_code_is_known_however_it_was_typed() -> None:
    code = "A1B2C-D0E1F-00000-11111-ZZZZZ-YYYYY"
    assert groups(code)[1] == "D0E1F"
    for typed in ("d0e1f", " DOEIF ", "Ｄ０Ｅ１Ｆ", "doelf"):
        assert is_group(code, 1, typed)
    for typed in ("", "d0e1", "a1b2c"):
        assert not is_group(code, 1, typed)


def test_a_first_start_proposes_this_year_and_shows_no_secret() -> None:
    draft = fresh_draft("en", datetime(2026, 12, 31, 17, tzinfo=UTC))
    assert draft.policy_year == "2027", "the office's day, not the machine's"
    assert "Lushan" not in repr(type(draft)(password="Lushan2019", passphrase="Lushan2019"))


def test_only_so_many_mistakes_of_a_scheme_are_listed(words: Words) -> None:
    from backbone_core.scheme import read_scheme

    with pytest.raises(RuleBroken) as broken:
        read_scheme('{"schema": 1}')
    told = mistakes(words, broken.value).splitlines()
    assert len(told) == 9
    assert told[-1].startswith("and ")
