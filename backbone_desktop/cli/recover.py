"""`recover`: the way in by the recovery code, after which every other way stands again."""

from __future__ import annotations

from typing import Any

from backbone_core.errors import RuleBroken, refuse_if_any
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.options import new_command
from backbone_desktop.words import Words


def add_to(commands: Any, t: Words) -> None:
    parser = new_command(commands, "recover", recover,
                         t("open the store with the recovery code and mend the other ways in"))
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--recovery-code-file", metavar="FILE", help=t("file with the recovery code"))
    where.add_argument("--recovery-code-stdin", action="store_true",
                       help=t("read the recovery code from standard input"))
    parser.add_argument("--passphrase-file", metavar="FILE",
                        help=t("file with a new passphrase; needed where this machine has no keyring"))
    parser.add_argument("--new-device-key", action="store_true",
                        help=t("make the device's own key anew, where no session of this machine has it any more"))
    parser.add_argument("--new-code", action="store_true", help=t("make a new recovery code; the old one ends"))


def recover(call: Call) -> Answer:
    from backbone_desktop.security.keys import DeviceKey

    if not call.backend.is_set_up:
        raise RuleBroken("profile.not_set_up", "profile")
    t = call.words
    typed = call.secret("recovery_code", t("Recovery code: "))
    if not typed:
        raise RuleBroken("command.recovery_code_missing", "recovery_code")
    passphrase = ""
    if call.arguments.passphrase_file or call.backend.passphrase_needed:
        passphrase = call.secret("passphrase", t("New passphrase: "))
        refuse_if_any(call.backend.check_passphrase(passphrase))
    mended = call.backend.recover(typed, passphrase, new_code=call.arguments.new_code,
                                  renew_device=call.arguments.new_device_key)
    ways = [{"way": way.name, "stands": way.stands, "message": t(way.code)} for way in call.backend.ways()]
    lines = [t("The store opens. These ways in stand now:")]
    lines += [f"  {way['message']}" for way in ways if way["stands"]]
    code = mended.recovery_code
    if code:
        lines += [t("The new recovery code, shown this once. Write it down and keep it in the safe:"), f"  {code}"]
    if mended.device is DeviceKey.RENEWED:
        lines.append(t("keys.device_renewed"))
    if mended.device is DeviceKey.MISSING:
        lines.append(t("keys.device_missing"))
    data: dict[str, Any] = {"ways": ways, "device_key": str(mended.device)}
    return Answer({**data, "recovery_code": code} if code else data, tuple(lines))
