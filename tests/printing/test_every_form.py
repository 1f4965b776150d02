"""What holds for every form on every sheet in every language, whichever parts of it are printed."""

from __future__ import annotations

import ctypes
from collections import Counter
from dataclasses import replace

import pypdfium2
import pytest
from every_form import CROWDED, USUAL, Printed, printed
from form_checks import RESOURCES, same_words_in_both_readers, touching
from paper_kit import shapes, squeezed, text_of, texts
from pypdfium2 import raw

from backbone_desktop.printing.elements import FINGERPRINT, SEAL, SIGNATURE
from backbone_desktop.printing.paper import PAPERS as SHEETS
from backbone_desktop.printing.papers import Papers
from backbone_desktop.printing.preview import page_size
from backbone_desktop.services.forms import Fit, Form, Parts

EACH = pytest.mark.parametrize("one", list(printed(USUAL)), ids=str)
EACH_AND_CROWDED = pytest.mark.parametrize("one", [*printed(USUAL), *printed(CROWDED)], ids=str)
BOTH = "zh_CN+en"
MOST_PAGES = {
    ("application", BOTH): 3, ("household_sheet", BOTH): 2, ("application", "zh_CN"): 2, ("application", "en"): 2,
    ("part_approval", BOTH): 2, ("handover", BOTH): 2, ("renewal", BOTH): 2,
}
"""What a form takes more than one sheet for; in two languages a low sheet is two as well."""
LOW = ("A5", "241x140", "241x93")
OFFICES_OWN = (Form.HOUSEHOLD_SHEET, Form.HOUSEHOLD_CARD)
"""What the office says of itself in these (who handles the data, where to go) belongs to the form that it prints."""
EDGES = 4.0
"""Marks for folding and cutting stand this near to a card's edges, in millimetres."""
LINE = 0.35
SPACES = (SIGNATURE, FINGERPRINT, (SEAL, SEAL))


def sizes(pdf: bytes) -> Counter[float]:
    """How often each size of type is used, in points."""
    found: Counter[float] = Counter()
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                size = ctypes.c_float()
                raw.FPDFTextObj_GetFontSize(text.raw, size)
                found[round(size.value, 2)] += 1
    finally:
        document.close()
    return found


@EACH_AND_CROWDED
def test_nothing_touches_and_nothing_leaves_the_sheet(papers: Papers, one: Printed) -> None:
    pdf, sheet = papers.form(one.form, one.data, one.paper), SHEETS[one.paper]
    assert page_size(pdf, 0) == pytest.approx((sheet.width, sheet.height), abs=0.01)
    assert touching(pdf) == []
    card = one.form is Form.HOUSEHOLD_CARD
    side, top, bottom = ((EDGES - 0.5, EDGES - 0.5, EDGES - 0.5) if card else
                         (sheet.side - 1, sheet.top - 1.2, sheet.bottom - 1.2))
    for page in (*texts(pdf), *shapes(pdf)):
        for mark in page:
            assert mark.left > side
            assert mark.right < sheet.width - side
            assert mark.top > top
            assert mark.bottom < sheet.height - bottom


@EACH_AND_CROWDED
def test_form_and_data_are_the_whole_and_a_blank_form_knows_nobody(papers: Papers, one: Printed) -> None:
    whole, blank, filled = (squeezed(text_of(papers.form(one.form, one.data, one.paper, Fit(part)))) for part in Parts)
    assert Counter(blank) + Counter(filled) == Counter(whole)
    data = one.data
    asked = ("number", "printed_by", "received_by", "member_name", "head_name", "id_no_masked", "made_by", "giver")
    facts = [getattr(data, name, "") for name in asked]
    if one.form not in OFFICES_OWN:
        facts.append(data.office)
    for fact in filter(None, facts):
        assert squeezed(fact) not in blank


@EACH_AND_CROWDED
def test_two_readers_read_the_same_characters(papers: Papers, one: Printed) -> None:
    assert same_words_in_both_readers(papers.form(one.form, one.data, one.paper))


@EACH
def test_the_same_data_give_the_same_bytes(papers: Papers, other_papers: Papers, one: Printed) -> None:
    assert papers.form(one.form, one.data, one.paper) == other_papers.form(one.form, one.data, one.paper)


@pytest.fixture(scope="module")
def other_papers() -> Papers:
    return Papers(RESOURCES)


@EACH
def test_a_usual_form_takes_no_sheet_more_than_it_needs(papers: Papers, one: Printed) -> None:
    low = 2 if one.data.language == BOTH and one.paper in LOW else 1
    most = MOST_PAGES.get((one.name, one.data.language), low)
    assert papers.pages(papers.form(one.form, one.data, one.paper)) <= most


@EACH
def test_what_is_usual_is_large_enough_to_read(papers: Papers, one: Printed) -> None:
    """6 points; a second language, which says it again, 5, and captions that share a low sheet with it hardly less."""
    least = {True: 4.8 if one.paper in LOW else 5.0, False: 6.0}[one.data.language == BOTH]
    found = sizes(papers.form(one.form, one.data, one.paper))
    small = {size: times for size, times in found.items() if size < least - 0.01}
    assert small == {}


@pytest.mark.parametrize("one", [one for one in printed(USUAL) if one.data.language == BOTH], ids=str)
def test_two_languages_state_a_number_and_an_office_as_often_as_one(papers: Papers, one: Printed) -> None:
    """No value is said over because its name stands there twice."""
    def said(language: str) -> tuple[int, Counter[str]]:
        pdf = papers.form(one.form, replace(one.data, language=language), one.paper)
        text = squeezed(text_of(pdf))
        return papers.pages(pdf), Counter({fact: text.count(squeezed(fact)) for fact in (
            one.data.number, getattr(one.data, "account_masked", ""), getattr(one.data, "id_no_masked", ""),
            getattr(one.data, "receipt_no", "")) if fact})

    (alone, once), (pages, twice) = said("zh_CN"), said(BOTH)
    if one.form is Form.DECISION:  # a whole sentence names the account, and is said in both
        once["***************6789"] *= 2
    assert all(twice[fact] <= times + pages - alone for fact, times in once.items())


@EACH
def test_hand_finger_and_seal_have_room(papers: Papers, one: Printed) -> None:
    """Each space is as large as offices are used to, and nothing but office, day and who seals stands in it."""
    pdf = papers.form(one.form, one.data, one.paper)
    written, drawn = texts(pdf)[-1], [mark for page in shapes(pdf) for mark in page]
    found = {size: [mark for mark in drawn if abs(mark.width - size[0] - LINE) < 0.1
                    and abs(mark.height - size[1] - LINE) < 0.1] for size in SPACES}
    low_card = one.form is Form.HOUSEHOLD_CARD and one.paper == "241x93"  # no room for a seal's circle
    assert found[(SEAL, SEAL)] or low_card
    assert found[SIGNATURE] or one.form in (Form.PUBLICITY, Form.HOUSEHOLD_CARD)
    assert bool(found[FINGERPRINT]) == (one.form in (Form.HOUSEHOLD_SHEET, Form.APPLICATION, Form.RECEIPT))
    if papers.pages(pdf) == 1:
        for hand in (*found[SIGNATURE], *found[FINGERPRINT]):
            assert not [text for text in written if hand.meets(text, by=0.1)]
        for seal in found[(SEAL, SEAL)]:
            middle = (seal.left + seal.right) / 2, (seal.top + seal.bottom) / 2
            for text in (text for text in written if seal.meets(text, by=0.1)):
                for x in (text.left, text.right):
                    for y in (text.top, text.bottom):
                        assert (x - middle[0]) ** 2 + (y - middle[1]) ** 2 < (SEAL / 2) ** 2
