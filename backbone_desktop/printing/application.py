"""The claim application form (理赔申请书): what a family applies for and signs; at the back, the offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_core.claim import Cause
from backbone_core.costs import SETTLEMENT_FIELDS, amount_of
from backbone_core.money import capitals, format_amount
from backbone_desktop.printing.application_back import ApplicationBack
from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import FINGERPRINT, SIGNATURE, Content, Row, Section
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

if TYPE_CHECKING:
    from backbone_desktop.services.application import ApplicationData
    from backbone_desktop.words import Words

TYPE = Type(text=10.5, label=10, small=8.5, title=22, row=6.9, side=10, pad=1.3, air=0.8)
LABEL = 24.0
HEAD = 25.0
NARROW = 34.0
WRITTEN = 9.0
"""Height of a row that is filled in by hand, in millimetres."""
AMOUNT = 33.0
"""Width of a figure."""
TOLD = 14.0
"""Height of the row in which an accident is told."""
AMOUNTS = ("medfee_sumamt", "inscp_scp_amt", "hifp_pay", "hifmi_pay", "maf_pay", "oth_pay", "fund_pay_sumamt",
           "psn_part_amt")
"""What every form states; any other amount of the settlement sheet stands there where there is one."""
DECLARED = ("declared_true", "declared_account", "declared_inquiry", "declared_decision")
CONSENTS = ("consent_sensitive", "consent_insurer")


def draw(document: Document, data: ApplicationData, words: Words) -> None:
    """Add the form's pages to a document, all or none. Raises `Unavailable("print.no_glyph", character=…)`."""
    def made(size: Type) -> Sheet:
        return _sheet(document, data, words, size)

    fewest_pages(made, TYPE).draw()


def _sheet(document: Document, data: ApplicationData, words: Words, size: Type) -> Sheet:
    paper, setter = document.paper, Setter(document.fonts, size)
    grid = Grid(setter, words, "form.application.", paper.inner - TYPE.side, open_=True)
    say = grid.say
    number = say("number_open") if data.draft else fill(words, "form.application.number", number=data.number)
    mark = words("form.reprint", n=data.copy) if data.copy else ""
    if data.draft:
        mark = say("draft", number=data.number.rpartition("-")[2])
    heading = Heading(
        setter, paper, words("form.programme"), 12, words("form.application.title"),
        0.3 if words.language.startswith("zh") else 0,
        (fill(words, "form.application.office", office=data.office),
         fill(words, "form.application.patient", name=data.member_name), number), mark, HEAD,
    )
    front = _Front(data, words, setter, grid)
    sections = [front.patient(), front.stay(), front.costs(), front.account(), front.declaration(), front.proxy()]
    back = ApplicationBack(data, words, setter, grid)
    return Sheet(document, heading, [Part(sections, _Closing(setter, grid, data, words, paper.inner), 2),
                                     Part(back.sections())], note=say("note"), words=words)


class _Front:
    def __init__(self, data: ApplicationData, words: Words, setter: Setter, grid: Grid) -> None:
        self._data, self._words, self._set, self._grid = data, words, setter, grid
        self._wide = grid.inner - LABEL

    def patient(self) -> Section:
        data, words, grid = self._data, self._words, self._grid
        born = data.birth_date.isoformat() if data.birth_date else ""
        who = "　".join(part for part in (first(words(f"sex.{data.sex}")) if data.sex else "", born) if part)
        return grid.section(
            "patient_name",
            grid.pairs(LABEL, ("name", data.member_name, Face.TEXT), ("sex_born", who, Face.FIGURE)),
            grid.pairs(LABEL, ("id_no", data.id_no_masked, Face.FIGURE), ("phone", data.phone, Face.FIGURE)),
            grid.pairs(LABEL, ("head", data.head_name, Face.TEXT),
                       ("relation", words(data.relation) if data.relation else "", Face.TEXT)),
            grid.pairs(LABEL, ("household_no", data.household_no, Face.FIGURE),
                       ("place", data.county_name + data.place, Face.TEXT)),
        )

    def stay(self) -> Section:
        data, words, grid, say = self._data, self._words, self._grid, self._grid.say
        level = words(f"hospital_level.{data.hospital_level}") if data.hospital_level else ""
        diagnosis = f"{data.diagnosis}　{data.icd10}".strip()
        rows = [
            self._uneven(("hospital", data.hospital, Face.TEXT), ("level", level, Face.TEXT)),
            self._uneven(("stay", self._stay(), Face.FIGURE), ("invoice_no", data.invoice_no, Face.FIGURE)),
            grid.wide("diagnosis", LABEL, grid.value(diagnosis, self._wide)),
            grid.wide("cause", LABEL, options(self._set, [
                (words(f"cause.{cause}"), cause is data.cause) for cause in Cause], self._wide)),
        ]
        if data.cause is Cause.ACCIDENT:
            rows.append(Row((grid.label("accident", LABEL), (grid.blank(self._wide), self._wide)), TOLD))
        rows.append(grid.wide("third_party", LABEL, options(
            self._set, [(say("third_none"), False), (say("third_liable"), False)], self._wide)))
        return grid.section("stay_name", *rows)

    def _stay(self) -> str:
        data = self._data
        if data.admitted is None or data.discharged is None:
            return first(self._grid.say("stay_open"))
        days = max(1, (data.discharged - data.admitted).days)
        return first(self._words("form.receipt.stay_days", admitted=data.admitted, discharged=data.discharged,
                                 days=days))

    def costs(self) -> Section:
        data, words, grid = self._data, self._words, self._grid
        known = any(amount_of(data.costs, name) for name in SETTLEMENT_FIELDS)
        names = [name for name in SETTLEMENT_FIELDS if name in AMOUNTS or amount_of(data.costs, name)]
        label = grid.inner / 2 - AMOUNT
        rows = []
        for start in range(0, len(names), 2):
            cells: list[tuple[Content, float]] = []
            for name in names[start : start + 2]:
                figure = format_amount(amount_of(data.costs, name)) if known else ""
                cells += [(self._set.label(words(f"cost.{name}"), label, align="left"), label),
                          (self._set.amount(figure, AMOUNT, Face.FIGURE, align="right"), AMOUNT)]
            if len(cells) == 2:
                cells.append((grid.blank(grid.inner / 2), grid.inner / 2))
            rows.append(self._set.row(*cells))
        left, wide = data.costs.psn_part_amt, grid.inner - label
        title = self._set.label(words("form.in_words.psn_part_amt"), label, align="left", least=0.85)
        rows.append(self._set.row(
            (title, label), (self._set.amount(capitals(left, prefix=True) if left else "", wide), wide)))
        rows.append(grid.wide("applied", LABEL, grid.value(self._applied(), self._wide)))
        return grid.section("costs_name", *rows)

    def _applied(self) -> str:
        data, say = self._data, self._grid.say
        if data.benefit is None:
            return first(say("applied_open", year=data.policy_year))
        return first(say("applied_amount", year=data.policy_year, amount=format_amount(data.benefit)))

    def account(self) -> Section:
        data, grid = self._data, self._grid
        whole = " ".join(data.account[start : start + 4] for start in range(0, len(data.account), 4))
        own = first(grid.say("own_account")) if data.account_holder and data.account_holder == data.member_name else ""
        return grid.section(
            "account_name",
            grid.pairs(LABEL, ("holder", data.account_holder, Face.TEXT), ("holder_is", own, Face.TEXT)),
            grid.wide("bank", LABEL, grid.value(data.bank_name, self._wide)),
            grid.wide("account", LABEL, self._set.lines(
                whole, self._wide, Face.STRONG, size=self._set.size.text * 1.15, least=6, filled=True)),
        )

    def declaration(self) -> Section:
        say, size = self._grid.say, self._set.size.small + 0.5
        insurer = self._data.insurer or say("insurer")
        inner = self._grid.inner
        told = [say(code) for code in DECLARED]
        answers = [(say(code, insurer=insurer), False) for code in CONSENTS]
        return self._grid.section(
            "declaration",
            self._set.row((self._set.steps(told, inner, size, filled=False), inner)),
            self._set.row((options(self._set, answers, inner, size=size, one_a_line=True), inner)),
        )

    def proxy(self) -> Section:
        grid = self._grid
        wide = grid.inner / 2 - LABEL

        def row(*names: str) -> Row:
            return Row(tuple(cell for name in names for cell in (grid.label(name, LABEL), (grid.blank(wide), wide))),
                       WRITTEN)

        return grid.section("proxy", row("proxy_name", "proxy_relation"), row("proxy_id_no", "proxy_phone"))

    def _uneven(self, *values: tuple[str, str, Face]) -> Row:
        """Two names and values, the first with more room."""
        wides = self._wide - LABEL - NARROW, NARROW
        return self._set.row(*(cell for (name, text, face), wide in zip(values, wides, strict=True)
                               for cell in (self._grid.label(name, LABEL), (self._grid.value(text, wide, face), wide))))


class _Closing:
    """Who applies signs, and whoever does it for them."""

    def __init__(self, setter: Setter, grid: Grid, data: ApplicationData, words: Words, width: float) -> None:
        self._set, self._say, self._width = setter, grid.say, width
        self._hands = Hands(setter)
        self._matrix = qr_matrix(data.qr) if data.qr else ()
        self._name = setter.section_name(grid.say("signatures"), upright=words.language.startswith("zh"))

    @property
    def height(self) -> float:
        code = self._hands.code_height(self._matrix) if self._matrix else 0
        return max(self._hands.finger_height, code) + 3

    def draw(self, ink: Ink, x: float, y: float) -> None:
        hands, say = self._hands, self._say
        self._set.side_name(ink, self._name, x, y, self.height)
        width, x = self._width - TYPE.side, x + TYPE.side
        code = len(self._matrix) * MODULE
        gap = (width - SIGNATURE[0] - FINGERPRINT[0] - code) / (4 if code else 3)
        middle = y + self.height / 2
        top = middle - hands.finger_height / 2
        day = first(say("day"))
        hands.signature(ink, say("signed_by_applicant"), x + gap, top, day=day)
        hands.signature(ink, say("signed_by_proxy"), x + gap, top + hands.finger_height - hands.signature_height,
                        day=day)
        x += gap + SIGNATURE[0] + gap
        hands.finger(ink, say("finger"), x, top)
        if code:
            x += FINGERPRINT[0] + gap
            hands.code(ink, self._matrix, say("scan"), x, middle - hands.code_height(self._matrix) / 2)
