"""`setup`: founds an office without the wizard, for administrators who set up many machines."""

from __future__ import annotations

from typing import Any

from backbone_core.errors import RuleBroken
from backbone_desktop.cli.call import Answer, Call, read_text
from backbone_desktop.cli.options import new_command
from backbone_desktop.services.office import SetupRequest
from backbone_desktop.words import Words


def add_to(commands: Any, t: Words) -> None:
    parser = new_command(commands, "setup", set_up, t("found an office on this machine"))
    for name, metavar, help_text in (
        ("county", "CODE", t("the county's GB/T 2260 code")), ("office", "NAME", t("the office's name")),
        ("device", "NAME", t("what this machine is called")),
        ("device-no", "A01", t("the letter and two digits in this machine's receipt numbers")),
        ("account", "NAME", t("the first account, an administrator")),
        ("display-name", "NAME", t("the person's name on receipts")),
    ):
        parser.add_argument(f"--{name}", metavar=metavar, required=True, help=help_text)
    parser.add_argument("--township", metavar="NAME", default="", help=t("the township, for a township's office"))
    parser.add_argument("--policy-year", metavar="YEAR", type=int, help=t("the policy year; this year without it"))
    parser.add_argument("--scheme", metavar="FILE", action="append", default=[],
                        help=t("a scheme of the county as JSON; may stand several times"))
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--password-file", metavar="FILE", help=t("file with the first account's password"))
    where.add_argument("--password-stdin", action="store_true", help=t("read the password from standard input"))
    parser.add_argument("--passphrase-file", metavar="FILE",
                        help=t("file with a passphrase for the store; needed where this machine has no keyring"))


def set_up(call: Call) -> Answer:
    given, t = call.arguments, call.words
    county = next((one for one in call.backend.counties() if one.code == given.county), None)
    if county is None:
        raise RuleBroken("command.county_unknown", "county", county=given.county)
    schemes = tuple(read_text(file, "scheme") for file in given.scheme)
    password = call.secret("password", t("Password: "))
    if not password:
        raise RuleBroken("command.password_missing", "password")
    passphrase = ""
    if given.passphrase_file or not call.backend.keyring_works:
        passphrase = call.secret("passphrase", t("Passphrase: "))
    request = SetupRequest(
        county=county.code, county_name=county.name, office=given.office, township=given.township,
        device_name=given.device, device_no=given.device_no,
        policy_year=given.policy_year or call.backend.clock.today().year,
        language=getattr(given, "language", "") or t.language, account=given.account, display_name=given.display_name,
        password=password)
    code = call.backend.set_up(request, passphrase, schemes)
    with call.backend.reading() as work:
        years = work.schemes.years(county.code)
    lines = [] if request.policy_year in years else [
        t("There is no approved scheme for {year} yet; nobody is covered until one is taken in: scheme import FILE",
          year=request.policy_year)]
    return Answer(
        {"profile": str(call.backend.paths.root), "county": county.code, "county_name": county.name,
         "recovery_code": code, "keyring": call.backend.keyring_works,
         "scheme_years": list(years)},
        (t("{office} is set up in {folder}.", office=given.office, folder=call.backend.paths.root),
         t("The recovery code, shown this once. Write it down and keep it in the safe:"), f"  {code}", *lines))
