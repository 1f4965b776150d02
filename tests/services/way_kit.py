"""People of two offices who bring a claim along its way."""

from __future__ import annotations

from backbone_core.claim import ClaimAct
from backbone_core.claim_step import ClaimStep
from backbone_desktop.services.claim_way import take_step
from backbone_desktop.services.ports import Actor
from tests.services.office_kit import Office

CLERK = Actor("clerk", "测试经办", "township")
FIRST = Actor("chushen", "测试初审", "county")
SECOND = Actor("fuhe", "测试复核", "county")
ADMIN = Actor("admin", "测试管理员", "administrator")
AUDITOR = Actor("shenji", "测试审计", "auditor")


def checked_twice(office: Office, claim_id: str) -> tuple[ClaimStep, ClaimStep]:
    return (take_step(office.as_(FIRST), claim_id, ClaimAct.CHECK_TOWNSHIP),
            take_step(office.as_(SECOND), claim_id, ClaimAct.CHECK_COUNTY))
