"""Enrolment, sessions and revocation, over HTTP, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
from device_end import DeviceEnd, TurnedDownError, household

from backbone_core.errors import RuleBroken
from backbone_core.protocol import ENROLMENT, PROOF, Enrolment, Proof, encode, seal, session_message
from backbone_server.app import Parts
from backbone_server.devices import list_devices, revoke

Make = Callable[..., Any]
edge = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what is refused before any database is asked."""


def turned_down(act: Callable[[], object]) -> TurnedDownError:
    with pytest.raises(TurnedDownError) as caught:
        act()
    return caught.value


def test_a_code_enrols_one_device_for_its_scope(url: str, http: requests.Session, code: Make, parts: Parts) -> None:
    end = DeviceEnd(url, http=http)
    enrolled = end.enrol(code(township="示例镇"))
    assert enrolled.scope == "township:520625:示例镇"
    assert enrolled.device_no == "A01"
    assert enrolled.server_key == parts.keys.public_key == end.server_key
    end.sign_in()
    assert end.feed().records == ()
    assert [one.device_id for one in list_devices(parts.store)] == [enrolled.device_id]


def test_a_lost_answer_can_be_asked_for_again_with_the_same_key_only(url: str, http: requests.Session,
                                                                    code: Make) -> None:
    given = code()
    end = DeviceEnd(url, http=http)
    first = end.enrol(given)
    assert end.enrol(given) == first
    other = DeviceEnd(url, http=http)
    refused = turned_down(lambda: other.enrol(given))
    assert (refused.status, refused.code) == (403, "enrol.code_used")


def test_a_code_is_read_however_it_is_typed(url: str, http: requests.Session, code: Make) -> None:
    typed = code().lower().replace("-", " ").replace("0", "o")
    assert DeviceEnd(url, http=http).enrol(typed).device_id


WRONG_WISHES: list[tuple[dict[str, Any], int, str]] = [
    ({"code": "0000-0000-0000"}, 403, "enrol.code_wrong"),
    ({"code": "hello"}, 400, "enrol.code_mistyped"),
    ({"county": "520626"}, 403, "enrol.county_differs"),
    ({"device_no": "A02"}, 403, "enrol.number_differs"),
    ({"public_key": b"short"}, 403, "server.signature"),
    ({"device_name": ""}, 400, "server.unreadable"),
    ({"device_name": "x" * 101}, 400, "server.unreadable"),
]


def test_a_wrong_wish_is_refused_and_the_code_stays_good(url: str, http: requests.Session, code: Make) -> None:
    given = code()
    end = DeviceEnd(url, http=http)
    for instead, status, expected in WRONG_WISHES:
        refused = turned_down(lambda instead=instead: end.enrol(given, **instead))
        assert (refused.status, refused.code) == (status, expected)
    assert end.enrol(given).device_id


def test_a_code_expires(url: str, http: requests.Session, code: Make, clock: Any) -> None:
    given = code(days=1)
    clock.ahead = timedelta(days=1, seconds=1)
    assert turned_down(lambda: DeviceEnd(url, http=http).enrol(given)).code == "enrol.code_expired"


def test_a_newer_code_replaces_an_unused_one(url: str, http: requests.Session, code: Make) -> None:
    older, newer = code(), code()
    assert turned_down(lambda: DeviceEnd(url, http=http).enrol(older)).code == "enrol.code_wrong"
    assert DeviceEnd(url, http=http).enrol(newer).device_id


def test_a_device_number_is_given_out_once_for_ever(device: Make, code: Make, parts: Parts) -> None:
    end = device("A01")
    revoke(parts.store, end.device_id, parts.now())
    with pytest.raises(RuleBroken, match=r"device\.number_taken"):
        code("A01")
    assert code("A01", county="530521")


def test_a_key_is_enrolled_once(device: Make, code: Make) -> None:
    end = device("A01")
    end.device_no = "A02"
    assert turned_down(lambda: end.enrol(code("A02"))).code == "enrol.key_known"


def test_a_wish_must_be_sealed_by_the_key_it_names(device: Make, url: str, http: requests.Session, code: Make) -> None:
    end, thief = device("A01"), DeviceEnd(url, http=http)
    thief.hello()
    wish = Enrolment(code=code("A02"), public_key=end.public_key, device_name="x", device_no="A02", county="520625",
                     epoch="e")
    body = seal(ENROLMENT, encode(wish), thief.key.sign)
    refused = turned_down(lambda: thief.opened(thief.post("/v1/devices/enrol", ENROLMENT, body), "enrolled"))
    assert (refused.status, refused.code) == (403, "server.signature")


def test_a_session_needs_the_devices_key(device: Make) -> None:
    end = device()
    greeting = end.hello()
    thief = DeviceEnd(end.url, http=end.http, server_key=end.server_key)
    message = session_message(greeting.server_id, end.device_id, greeting.challenge)
    proof = Proof(device_id=end.device_id, challenge=greeting.challenge, signature=thief.key.sign(message))
    refused = turned_down(lambda: thief.opened(thief.post("/v1/session", PROOF, encode(proof)), "session"))
    assert (refused.status, refused.code) == (403, "server.signature")


@edge
@pytest.mark.parametrize("spoil", [lambda whole: b"", lambda whole: whole[:-1] + bytes([whole[-1] ^ 1])])
def test_a_challenge_must_be_the_servers_own(device: Make, spoil: Callable[[bytes], bytes]) -> None:
    end = device()
    greeting = end.hello()
    challenge = spoil(greeting.challenge)
    signature = end.key.sign(session_message(greeting.server_id, end.device_id, challenge))
    proof = Proof(device_id=end.device_id, challenge=challenge, signature=signature)
    refused = turned_down(lambda: end.opened(end.post("/v1/session", PROOF, encode(proof)), "session"))
    assert (refused.status, refused.code) == (401, "server.challenge")


def test_a_challenge_does_not_serve_another_device_nor_for_long(device: Make, clock: Any) -> None:
    one, two = device("A01"), device("A02")
    greeting = one.hello()

    def prove(end: DeviceEnd) -> object:
        signature = end.key.sign(session_message(greeting.server_id, end.device_id, greeting.challenge))
        proof = Proof(device_id=end.device_id, challenge=greeting.challenge, signature=signature)
        return end.opened(end.post("/v1/session", PROOF, encode(proof)), "session")

    assert turned_down(lambda: prove(two)).code == "server.challenge"
    assert prove(one)
    clock.ahead = timedelta(seconds=301)
    assert turned_down(lambda: prove(one)).code == "server.challenge"


def test_a_token_expires_and_a_new_session_goes_on(device: Make, clock: Any) -> None:
    end = device()
    clock.ahead = timedelta(seconds=3_601)
    refused = turned_down(end.feed)
    assert (refused.status, refused.code) == (401, "server.token")
    end.sign_in()
    assert end.feed().records == ()


@edge
@pytest.mark.parametrize("token", ["", "AAAA", "!", "é", "A" * 5_000])
def test_a_made_up_token_is_refused(device: Make, token: str) -> None:
    end = device()
    answer = end.http.get(end.url + "/v1/feed", headers={"Authorization": f"Bearer {token}".encode("latin-1")})
    assert turned_down(lambda: end.opened(answer, "feed")).code == "server.token"


def test_an_altered_token_is_refused(device: Make) -> None:
    end = device()
    for place in (0, 20, len(end.token) - 2):
        kept = end.token
        end.token = kept[:place] + ("A" if kept[place] != "A" else "B") + kept[place + 1 :]
        assert turned_down(end.feed).code == "server.token"
        end.token = kept


def test_a_revoked_device_is_shut_out_at_its_next_request(device: Make, parts: Parts) -> None:
    end, other = device("A01"), device("A02")
    revoke(parts.store, end.device_id, parts.now())
    end.change("household", "h1", household())
    for act in (end.feed, end.push, end.sign_in):
        refused = turned_down(act)
        assert (refused.status, refused.code) == (403, "server.device_revoked")
    assert other.states() == {}


def test_nobody_is_told_where_a_chain_stands_but_its_device(device: Make) -> None:
    end = device()
    end.send("household", "h1", household())
    greeting = end.hello()
    assert greeting.position is not None
    assert (greeting.position.seq, greeting.position.hash) == (1, end.hashes[1])
    assert end.hello(device_id="").position is None
    assert end.hello(device_id="0" * 36).position is None
    fresh = end.hello(epoch="another")
    assert fresh.position is not None
    assert fresh.position.seq == 0
