"""Which role may carry out which act; the window hides what a role may not do, the services refuse it."""

from __future__ import annotations

from enum import Enum

from backbone_core.errors import RuleBroken
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.rows import Role


class Duty(Enum):
    """An act that not everybody may carry out, with the roles that may."""

    REGISTER = (Role.TOWNSHIP, Role.COUNTY, Role.ADMINISTRATOR)
    EXPORT = (Role.TOWNSHIP, Role.COUNTY, Role.ADMINISTRATOR)
    EXPORT_WHOLE_NUMBERS = (Role.COUNTY, Role.ADMINISTRATOR)
    RUN_OFFICE = (Role.ADMINISTRATOR,)


def may(desk: Desk, duty: Duty) -> bool:
    return desk.actor.role in duty.value


def require(desk: Desk, duty: Duty) -> None:
    """Raises RuleBroken account.not_allowed, whose fact `role_code` names the role in the catalogue."""
    if not may(desk, duty):
        raise RuleBroken("account.not_allowed", role_code=f"role.{desk.actor.role}")
