"""The household registration sheet (农户登记表): what the register says of a family, which it checks and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import FINGERPRINT, RULE, SEAL, SIGNATURE, Content, Section
from backbone_desktop.printing.filled import fill
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.grid import Grid, first
from backbone_desktop.printing.hands import MODULE, Hands
from backbone_desktop.printing.heading import Heading
from backbone_desktop.printing.options import options
from backbone_desktop.printing.paper import Ink
from backbone_desktop.printing.qr import qr_matrix
from backbone_desktop.printing.setter import Setter, Type
from backbone_desktop.printing.sheet import Part, Sheet, fewest_pages
from backbone_desktop.services.household_paper import CAUSES
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.household_paper import PersonLine
    from backbone_desktop.services.household_sheet import FormerLine, HouseholdSheetData
    from backbone_desktop.words import Words

TYPE = Type(text=10.5, label=10, small=8.5, title=22, row=6.9, side=10, pad=1.3, air=0.8)
LABEL = 24.0
MEMBERS = (("no", 10.0), ("name", 20.5), ("relation", 16.0), ("sex", 11.0), ("born", 21.5), ("ethnic", 14.0),
           ("id_no", 37.0), ("health", 18.5), ("cover", 21.5))
FORMER = (("name", 23.0), ("relation", 17.0), ("born", 22.5), ("id_no", 38.5), ("left_on", 22.5), ("why_left", 46.5))
REACH = (("name", 28.0), ("phone", 30.0), ("bank", 44.0), ("holder", 24.0), ("account", 44.0))
DISABLED = "残疾"
CONSENTS = ("consent", "consent_sensitive", "consent_insurer", "consent_child")


def draw(document: Document, data: HouseholdSheetData, words: Words) -> None:
    """Add the sheet's pages to a document, all or none. Raises `Unavailable("print.no_glyph", character=…)`."""
    def made(size: Type) -> Sheet:
        return _sheet(document, data, words, size)

    fewest_pages(made, TYPE).draw()


def _sheet(document: Document, data: HouseholdSheetData, words: Words, size: Type) -> Sheet:
    paper, setter = document.paper, Setter(document.fonts, size)
    form = _Form(data, words, setter, paper.inner - TYPE.side)
    say = form.grid.say
    heading = Heading(
        setter, paper, words("form.programme"), 12, words("form.household_sheet.title"),
        0.3 if words.language.startswith("zh") else 0,
        (fill(words, "form.household_sheet.office", office=data.office),
         fill(words, "form.household_sheet.printed", day=data.printed_at.astimezone(CHINA).date()),
         fill(words, "form.household_sheet.number", number=data.number)),
        words("form.reprint", n=data.copy) if data.copy else "", 25,
    )
    sections = [form.particulars(), form.members()]
    if data.former:
        sections.append(form.former())
    sections += [form.reach(), form.consent()]
    closing = _Closing(setter, form.grid, data, words, paper.inner)
    return Sheet(document, heading, [Part(sections, closing, 1)], note=say("note"), words=words)


class _Form:
    def __init__(self, data: HouseholdSheetData, words: Words, setter: Setter, inner: float) -> None:
        self._data, self._words, self._set, self._inner = data, words, setter, inner
        self.grid = Grid(setter, words, "form.household_sheet.", inner)

    def particulars(self) -> Section:
        data, words, grid = self._data, self._words, self.grid
        listing = words(f"listing.{data.listing}")
        if data.listing_since:
            listing = grid.say("since", what=listing, day=data.listing_since)
        period = grid.say("period_days", starts=data.period[0], ends=data.period[1]) if data.period else ""
        return grid.section(
            "particulars",
            grid.pairs(LABEL, ("head", data.head_name, Face.TEXT), ("phone", data.phone, Face.FIGURE)),
            grid.pairs(LABEL, ("poverty", words(data.poverty_type), Face.TEXT), ("listing", listing, Face.TEXT)),
            grid.wide("place", LABEL, self.grid.value(f"{data.county_name}{data.place}", self._inner - LABEL)),
            grid.pairs(LABEL, ("year", str(data.policy_year), Face.FIGURE), ("period", first(period), Face.FIGURE)),
            grid.wide("causes", LABEL, self._causes()),
        )

    def _causes(self) -> Content:
        known = [cause for cause in self._data.causes if cause in CAUSES]
        others = [cause for cause in self._data.causes if cause not in CAUSES]
        answers = [(self._words(cause), cause in known) for cause in CAUSES[:-1]]
        other = self._words(CAUSES[-1])
        answers.append((self.grid.say("cause_other", other=other, what="、".join(others)) if others else other,
                        CAUSES[-1] in known or bool(others)))
        return options(self._set, answers, self._inner - LABEL, size=self._set.size.text - 0.5)

    def members(self) -> Section:
        rows = [self._member(number, one) for number, one in enumerate(self._data.members, 1)]
        return self.grid.table("members", MEMBERS, rows)

    def _member(self, number: int, person: PersonLine) -> list[Content]:
        words, width = self._words, dict(MEMBERS)
        health = self._health(person)
        return [
            self.grid.centred(str(number), width["no"], Face.FIGURE), self.grid.value(person.name, width["name"]),
            self.grid.centred(words(person.relation), width["relation"]),
            self.grid.centred(words(f"sex.{person.sex}"), width["sex"]),
            self.grid.centred(person.birth_date.isoformat(), width["born"], Face.FIGURE),
            self.grid.centred(words(person.ethnic) if person.ethnic else "", width["ethnic"]),
            self.grid.centred(person.id_no_masked, width["id_no"], Face.FIGURE),
            # an empty cell is filled in by hand
            self.grid.value(health, width["health"]) if health else self.grid.blank(width["health"]),
            self.grid.centred(self._cover(person), width["cover"], Face.FIGURE),
        ]

    def _health(self, person: PersonLine) -> str:
        """What the roster says, a disability with kind and grade where a certificate names them."""
        parts = [self._words(part) for part in person.health if not (person.disability and part == DISABLED)]
        if person.disability:
            kind, grade = f"form.disability.{person.disability[0]}", f"form.disability_grade.{person.disability[1]}"
            parts.append(self._words("form.disability", kind=self._words(kind), grade=self._words(grade)))
        return ("、" if self._words.language.startswith("zh") else ", ").join(map(first, parts))

    def _cover(self, person: PersonLine) -> str:
        if person.cover is None:
            return self.grid.say("not_covered")
        if self._data.period is None or person.cover == self._data.period:
            return self.grid.say("covered")
        name = "covered_from" if person.cover[1] == self._data.period[1] else "covered_days"
        return self.grid.say(name, starts=person.cover[0], ends=person.cover[1])

    def former(self) -> Section:
        return self.grid.table("former", FORMER, [self._former(gone) for gone in self._data.former])

    def _former(self, gone: FormerLine) -> list[Content]:
        words, width = self._words, dict(FORMER)
        how = words(f"act.{gone.act}") if gone.act else words(f"standing.{gone.standing}")
        why = self.grid.say("why", how=how, reason=gone.reason) if gone.reason else how
        return [
            self.grid.value(gone.name, width["name"]), self.grid.centred(words(gone.relation), width["relation"]),
            self.grid.centred(gone.birth_date.isoformat(), width["born"], Face.FIGURE),
            self.grid.centred(gone.id_no_masked, width["id_no"], Face.FIGURE),
            self.grid.centred(gone.on.isoformat() if gone.on else "", width["left_on"], Face.FIGURE),
            self.grid.value(why, width["why_left"]),
        ]

    def reach(self) -> Section:
        width = dict(REACH)
        rows = [[self.grid.value(one.name, width["name"]), self.grid.value(one.phone, width["phone"], Face.FIGURE),
                 self.grid.value(one.bank_name, width["bank"]), self.grid.value(one.account_holder, width["holder"]),
                 self._set.amount(one.account_masked or "—", width["account"], Face.FIGURE)]
                for one in self._data.reach]
        # where nothing is known there is a line to write it in
        return self.grid.table("reach", REACH, rows or [[self.grid.blank(wide) for _, wide in REACH]])

    def consent(self) -> Section:
        say, size = self.grid.say, self._set.size.small + 0.3
        insurer = self._data.insurer or say("insurer")
        told = say("told", office=self._data.office, insurer=insurer)
        answers = [(say(code, insurer=insurer), False) for code in CONSENTS]
        return self.grid.section(
            "consent_name",
            self._set.row((self._set.lines(told, self._inner, size=size, most=99), self._inner)),
            self._set.row((options(self._set, answers, self._inner, size=size, one_a_line=True), self._inner)),
            self._set.row((self._set.lines(say("truth"), self._inner, size=size, most=99), self._inner)),
        )


class _Closing:
    """The family signs above; below it village and office, each at its seal."""

    def __init__(self, setter: Setter, grid: Grid, data: HouseholdSheetData, words: Words, width: float) -> None:
        self._set, self._grid, self._data, self._words, self._width = setter, grid, data, words, width
        self._hands = Hands(setter)
        self._matrix = qr_matrix(data.qr)
        self._name = setter.section_name(grid.say("signatures"), upright=words.language.startswith("zh"))
        self._family = max(self._hands.finger_height, self._hands.code_height(self._matrix)) + 3

    @property
    def height(self) -> float:
        return self._family + SEAL + 2.4

    def draw(self, ink: Ink, x: float, y: float) -> None:
        self._set.side_name(ink, self._name, x, y, self.height)
        x, right = x + TYPE.side, x + self._width
        self._signed_by_family(ink, x, y, right - x)
        y += self._family
        ink.line(x, y, right, y, RULE)
        self._sealed(ink, x, y, right - x)

    def _signed_by_family(self, ink: Ink, x: float, y: float, width: float) -> None:
        hands, say, code = self._hands, self._grid.say, len(self._matrix) * MODULE
        gap = (width - SIGNATURE[0] - FINGERPRINT[0] - code) / 4
        middle = y + self._family / 2
        x += gap
        top = middle - hands.finger_height / 2
        hands.signature(ink, say("signed_by_family"), x, top, day=first(say("day")))
        hands.signature(ink, say("signed_by_others"), x, top + hands.finger_height - hands.signature_height)
        x += SIGNATURE[0] + gap
        hands.finger(ink, say("finger"), x, middle - hands.finger_height / 2)
        x += FINGERPRINT[0] + gap
        hands.code(ink, self._matrix, say("scan"), x, middle - hands.code_height(self._matrix) / 2)

    def _sealed(self, ink: Ink, x: float, y: float, width: float) -> None:
        hands, say, data = self._hands, self._grid.say, self._data
        gap = (width - SIGNATURE[0] - 2 * SEAL) / 4
        middle, day = y + SEAL / 2 + 1.2, first(say("day"))
        hands.seal(ink, (x + gap + SEAL / 2, middle), data.village, say("seal_village"), day=day)
        hands.seal(ink, (x + width - gap - SEAL / 2, middle), data.office, say("seal_office"), day=day)
        x += SEAL + 2 * gap
        between = SEAL - 2 * hands.signature_height
        top = middle - SEAL / 2 + between / 3
        hands.signature(ink, say("signed_by_village"), x, top)
        hands.signature(ink, say("signed_by_clerk"), x, top + hands.signature_height + between / 3,
                        name=data.printed_by)
