"""Steps on a claim's way, as a device sends them."""

from __future__ import annotations

from typing import Any

from device_end import MADE_AT, DeviceEnd

from backbone_core.claim import ClaimAct, ClaimState, move
from backbone_core.ids import new_id

Step = tuple[str, str, str]
"""Act, role, account."""
CHECKS: tuple[Step, ...] = (("check_township", "county", "chushen"), ("check_county", "county", "fuhe"))
WAYS: dict[str, tuple[Step, ...]] = {
    "received": (),
    "waiting_papers": (("ask_papers", "county", "chushen"),),
    "township_checked": CHECKS[:1],
    "county_checked": CHECKS,
    "reported": (*CHECKS, ("report", "county", "chushen")),
    "withdrawn": (("withdraw", "township", "clerk"),),
    "void": (("void", "county", "chushen"),),
}
"""How a claim that was taken in comes to a state."""


def step(claim_id: str, number: int, before: str, of: Step, **instead: Any) -> dict[str, Any]:
    act, role, by = of
    after = move(ClaimState(before), ClaimAct(act), role)
    return {"claim_id": claim_id, "number": number, "act": act, "before": before, "after": after.value, "by": by,
            "by_name": "", "role": role, "at": MADE_AT.isoformat(), "note": "测试", "papers": ["INVOICE"], "batch": "",
            **instead}


def put_steps(end: DeviceEnd, claim_id: str, *ways: Step, before: str = "received", number: int = 1) -> int:
    """Put steps behind the other changes; nothing is sent. Returns how many."""
    for place, of in enumerate(ways, start=number):
        made = step(claim_id, place, before, of)
        end.change("claim_step", new_id(), made, act=f"claim_{of[0]}", made_by=of[2])
        before = made["after"]
    return len(ways)


def walk(end: DeviceEnd, claim_id: str, *ways: Step) -> list[str]:
    """Take the steps from where the claim stands; the answers' codes."""
    states = end.states()
    taken = sum(fields.get("claim_id") == claim_id and "act" in fields for fields in states.values())
    count = put_steps(end, claim_id, *ways, before=states[claim_id]["state"], number=taken + 1)
    return [one.code for one in end.push(end.batch(len(end.changes) - count + 1)).outcomes]
