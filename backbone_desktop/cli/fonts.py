"""`fonts check [NAME…]`: what prints and what does not, of names that are given or of all that the store holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backbone_core.names import FORMERLY_PRIVATE
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.options import add_signing_in, new_command, new_group
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.printable import Lacking

LACKING = 3
"""The exit code that a print of such a text would end with."""
SHOWN = 50
"""Records that a person is shown on the terminal; all of them stand in --json."""


def add_to(commands: Any, t: Words) -> None:
    group = new_group(commands, "fonts", t("what the fonts of the papers can print"))
    parser = new_command(group, "check", check, t("say which characters print and by which font, or have none"))
    parser.add_argument("names", metavar="NAME", nargs="*", help=t(
        "names or other texts; without any, all that the store may put on a paper is looked through; "
        "\"-\" reads them from standard input, one a line, where nobody else sees them"))
    add_signing_in(parser, t)


def check(call: Call) -> Answer:
    """Ends with 3 where a character has no font."""
    given = call.arguments.names
    if given == ["-"]:
        given = [line.strip() for line in call.stdin("-").splitlines() if line.strip()]
    return _names(call, given) if call.arguments.names else _store(call)


def _names(call: Call, names: list[str]) -> Answer:
    t, told, lines = call.words, [], []
    for name in (name.translate(FORMERLY_PRIVATE) for name in names):
        used = call.backend.papers.fonts_of(name)
        prints = all(font for _, font in used)
        told.append({"name": name, "prints": prints, "characters": [
            {**_character(one), "font": font or None} for one, font in used]})
        lines.append(t("{name}: prints", name=name) if prints else t("{name}: does not print", name=name))
        lines += [f"  {one if one.isprintable() else ' '}  {_number(one)}  {font or t('no font')}"
                  for one, font in used]
    return Answer({"names": told}, tuple(lines), 0 if all(one["prints"] for one in told) else LACKING)


def _store(call: Call) -> Answer:
    from backbone_desktop.services.printable import check_printable, named

    t, found = call.words, check_printable(call.sign_in())
    lines = [t("{texts} texts of {rows} records were looked through.", texts=f"{found.texts:,}",
               rows=f"{sum(found.rows.values()):,}")]
    if not found.lacking:
        lines.append(t("All of them can be printed."))
    else:
        characters = dict.fromkeys(one for each in found.lacking for one in each.characters)
        lines.append(t("{n} cannot be printed; no font has {characters}", n=f"{len(found.lacking):,}",
                       characters=" ".join(map(named, characters))))
        lines += [_line(t, one) for one in found.lacking[:SHOWN]]
    if len(found.lacking) > SHOWN:
        lines.append(t("… and {n} more rows", n=f"{len(found.lacking) - SHOWN:,}"))
    return Answer({"rows": {str(source): n for source, n in found.rows.items()}, "texts": found.texts,
                   "lacking": [{"record": str(one.source), "number": one.number, "field": one.field,
                                "characters": list(map(_character, one.characters))} for one in found.lacking]},
                  tuple(lines), LACKING if found.lacking else 0)


def _line(t: Words, one: Lacking) -> str:
    from backbone_desktop.services.printable import named

    where = f"{t(f'printed.{one.source}')} {one.number}"
    return f"  {where}  {t(f'printed.{one.source}.{one.field}')}  {' '.join(map(named, one.characters))}"


def _character(one: str) -> dict[str, str]:
    return {"character": one, "codepoint": _number(one)}


def _number(one: str) -> str:
    return f"U+{ord(one):04X}"
