"""Papers as files: a PDF whose text was altered, pictures from scanners and telephones, and what is broken."""

from __future__ import annotations

import io
import time
import tracemalloc
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageFilter
from reportlab.pdfgen.canvas import Canvas

from backbone_core.claim import ClaimState, Costs
from backbone_core.decision import DecisionOutcome
from backbone_core.errors import RuleBroken
from backbone_desktop.printing import paper_reading
from backbone_desktop.services.forms import Fit, Form, Parts
from backbone_desktop.services.paper_rows import PaperFile, SheetRead, Source
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.receipts import receipt_of
from backbone_desktop.services.verifying import Verdict, check_code, check_paper
from backbone_desktop.services.verifying_words import wrong
from tests.services.decisions_kit import answer, decision
from tests.services.office_kit import ClaimMaker, Office
from tests.services.verifying_kit import (
    PAPERS,
    SPOKEN,
    Paper,
    picture_of,
    read,
    saved,
    signing,
    taken_in,
    wrong_facts,
)


@pytest.fixture
def own(office: Office) -> Desk:
    return signing(office.desk)


@pytest.fixture
def paper(own: Desk, claim: ClaimMaker) -> Paper:
    return taken_in(own, claim)


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])
@pytest.mark.parametrize("sheet", ["A5", "A4"])
def test_a_pdf_of_ours_says_what_it_should(own: Desk, paper: Paper, language: str, sheet: str) -> None:
    checked = read(own, paper.pdf(sheet, language=language))
    assert wrong_facts(checked) == {}
    assert checked.strange == ()
    assert (checked.verdict, checked.reason) == (Verdict.GENUINE, "verify.text_fits")
    assert all(fact.fits for fact in checked.facts)
    assert not checked.laid_over


def test_the_data_of_a_pre_printed_form_are_compared_without_its_labels(own: Desk, paper: Paper) -> None:
    def printed(**other: object) -> bytes:
        return PAPERS.form(Form.RECEIPT, replace(paper.data, **other), "A5", Fit(parts=Parts.DATA))  # type: ignore[arg-type]

    checked = read(own, printed())
    assert (checked.verdict, wrong_facts(checked), checked.strange) == (Verdict.GENUINE, {}, ())
    forged = read(own, printed(costs=replace(paper.data.costs, medfee_sumamt=91_234_56)))
    assert (forged.verdict, forged.strange[0]) == (Verdict.ALTERED, "91,234.56")


@pytest.mark.parametrize("copy", [0, 3])
def test_a_reprint_is_as_genuine(own: Desk, paper: Paper, copy: int) -> None:
    assert read(own, paper.pdf(copy=copy)).reason == "verify.text_fits"


@pytest.mark.parametrize("name", [part.name for part in fields(Costs)])
@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])
def test_an_amount_that_was_altered_is_named(own: Desk, paper: Paper, name: str, language: str) -> None:
    costs = replace(paper.data.costs, **{name: 91_234_56})
    checked = read(own, paper.pdf(language=language, costs=costs))
    assert checked.verdict is Verdict.ALTERED
    assert checked.reason == "verify.paper_differs"
    assert wrong_facts(checked) == {name: "91,234.56"}
    assert "91,234.56" in checked.strange


def test_an_altered_amount_is_told_in_a_clerks_words(own: Desk, paper: Paper) -> None:
    checked = read(own, paper.pdf(costs=replace(paper.data.costs, medfee_sumamt=80_000_00)))
    chinese, english = SPOKEN
    assert next(wrong(chinese, checked)) == "医疗费总额：纸上写 80,000.00，应为 30,000.00"
    assert next(wrong(english, checked)) == "Total medical cost: the paper says 80,000.00, it should say 30,000.00"


@pytest.mark.parametrize(("other", "found"), [
    ({"benefit": 48_192_00}, {"benefit": "48,192.00"}),
    ({"member_name": "测试丙"}, {"member": "测试丙"}),
    ({"member_name": "测试甲乙"}, {"member": "测试甲乙"}),
    ({"id_no_masked": "520625********0023"}, {"id_no": "520625********0023"}),
    ({"hospital": "示例县中医院"}, {"hospital": "示例县中医院"}),
    ({"admitted": date(2019, 2, 1)}, {"admitted": "2019-02-01"}),
    ({"discharged": date(2019, 4, 15)}, {"discharged": "2019-04-15"}),
    ({"household_no": "5206250009"}, {"household_no": "5206250009"}),
    ({"receipt_no": "520625-2019-A03-000009-X"}, {"number": "520625-2019-A03-000009-X"}),
])
@pytest.mark.parametrize("sheet", ["A5", "A4"])
def test_whatever_else_was_altered_is_named(own: Desk, paper: Paper, other: dict[str, object],
                                            found: dict[str, str], sheet: str) -> None:
    checked = read(own, paper.pdf(sheet, **other))
    assert (checked.verdict, wrong_facts(checked)) == (Verdict.ALTERED, found)


def test_the_time_of_receipt_cannot_be_moved(own: Desk, paper: Paper) -> None:
    moved = paper.data.received_at + timedelta(days=30)
    assert wrong_facts(read(own, paper.pdf(received_at=moved))) == {"received_at": "2019-10-02 09:30"}


def test_names_that_hold_the_words_of_labels_and_long_ones_fit(own: Desk, claim: ClaimMaker) -> None:
    hospitals = ("示例市住址收款账号医院", "Head Account Stay Hospital", "示例大学附属医院（分院）" * 6)
    for number, hospital in enumerate(hospitals, 3):
        paper = taken_in(own, claim, hospital=hospital, invoice_no=f"SL{number}", admitted=f"2019-0{number}-01",
                         discharged=f"2019-0{number}-05", settled=f"2019-0{number}-05")
        for language in ("zh_CN", "en", "zh_CN+en"):
            for sheet in ("A5", "A4"):
                assert wrong_facts(read(own, paper.pdf(sheet, language=language))) == {}


AT = (100.0, 250.0, 160.0, 262.0)


def where(pdf: bytes, text: str) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the first place where a text stands, in points."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    found = page.search(text).get_next()
    assert found is not None
    boxes = [page.get_charbox(found[0] + place) for place in range(found[1])]
    document.close()
    return (min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes),
            max(box[3] for box in boxes))


def over(pdf: bytes, text: str, *, at: tuple[float, float, float, float] = AT, field: bool = True, alpha: float = 1,
         ink: float = 0) -> bytes:
    """The sheet with a white field over it and another text on that, as an editor of PDFs leaves it."""
    canvas = Canvas(out := io.BytesIO(), pagesize=(595, 420))
    if field:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(at[0] - 1, at[1] - 1, at[2] - at[0] + 2, at[3] - at[1] + 2, fill=1, stroke=0)
    canvas.setFillColorRGB(ink, ink, ink, alpha=alpha)
    canvas.drawString(at[0] + 1, at[1] + 1, text)
    canvas.save()
    whole, patch = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument(out.getvalue())
    form = patch.page_as_xobject(0, whole)
    page = whole[0]
    page.insert_obj(form.as_pageobject())
    page.gen_content()
    whole.save(made := io.BytesIO())
    for one in (whole, patch):
        one.close()
    return made.getvalue()


def test_an_amount_written_over_the_first_is_found(own: Desk, paper: Paper) -> None:
    """The text below is still the right one; the one above belongs nowhere."""
    checked = read(own, over(paper.pdf(), "93,000.00"))
    assert wrong_facts(checked) == {}
    assert (checked.verdict, checked.strange) == (Verdict.ALTERED, ("93,000.00",))


@pytest.mark.parametrize("text", ["Zhang San", ""])
def test_a_name_that_was_covered_is_not_vouched_for(own: Desk, paper: Paper, text: str) -> None:
    """The right text is still there to be read, but nobody sees it."""
    whole = paper.pdf()
    checked = read(own, over(whole, text, at=where(whole, paper.data.member_name)))
    assert wrong_facts(checked) == {}
    assert (checked.verdict, checked.reason) == (Verdict.DOUBTFUL, "verify.laid_over")


@pytest.mark.parametrize("hidden", [{"ink": 1}, {"alpha": 0}, {"ink": 0.98}])
def test_a_text_that_nobody_sees_is_not_vouched_for(own: Desk, paper: Paper, hidden: dict[str, float]) -> None:
    checked = read(own, over(PAPERS.receipt(paper.data, "A4"), "Zhang San", field=False, **hidden))
    assert (checked.verdict, checked.reason) == (Verdict.DOUBTFUL, "verify.laid_over")


def test_two_texts_on_each_other_are_not_vouched_for(own: Desk, paper: Paper) -> None:
    checked = read(own, over(over(PAPERS.receipt(paper.data, "A4"), "Zhang San", field=False), "Li Si Wu",
                             field=False))
    assert checked.reason == "verify.laid_over"


def test_what_was_covered_on_an_earlier_page_counts_for_the_whole_paper(own: Desk, claim: ClaimMaker) -> None:
    paper = taken_in(own, claim, diagnosis="测试诊断（示例）、" * 12)
    pages = PAPERS.read(over(paper.pdf(), "Zhang San")).sheets
    first, last = replace(pages[0], codes=()), replace(pages[0], laid_over=False, text="", rows="")
    (checked,) = check_paper(own, PaperFile(Source.PDF, (first, last)), SPOKEN)
    assert checked.laid_over


def test_a_code_of_one_paper_on_another_is_found(own: Desk, claim: ClaimMaker) -> None:
    one = taken_in(own, claim)
    other = taken_in(own, claim, costs={"medfee_sumamt": "31000", "psn_part_amt": "10932"}, invoice_no="SL2",
                     admitted="2019-04-01", discharged="2019-04-05", settled="2019-04-05")
    checked = read(own, one.pdf(qr=other.data.qr))
    assert checked.number == other.data.receipt_no
    assert checked.verdict is Verdict.ALTERED
    assert {"number", "medfee_sumamt", "admitted"} <= wrong_facts(checked).keys()


def test_a_paper_printed_before_the_decision_and_one_after_are_both_genuine(own: Desk, paper: Paper) -> None:
    answer(own, paper.claim_id, ClaimState.PART_APPROVED,
           decision(paper.claim_id, DecisionOutcome.PART_APPROVED, 4_000_00))
    before, after = read(own, paper.pdf()), read(own, PAPERS.receipt(receipt_of(own, paper.claim_id), "A5"))
    for checked in (before, after):
        assert (checked.verdict, wrong_facts(checked), checked.strange) == (Verdict.GENUINE, {}, ())


def test_a_difference_that_a_later_correction_may_have_made_is_put_before_a_person(own: Desk, paper: Paper) -> None:
    with own.open() as work:
        now = work.claims.get(paper.claim_id)
        assert now is not None
        work.write(replace(now, hospital="示例市第一医院"), "edit")
        work.commit()
    checked = read(own, paper.pdf())
    assert (checked.verdict, checked.reason) == (Verdict.DOUBTFUL, "verify.changed_since")
    assert wrong_facts(checked) == {"hospital": "示例县人民医院"}


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])
@pytest.mark.parametrize("sheet", ["A5", "A4"])
def test_a_batch_is_checked_paper_by_paper(own: Desk, claim: ClaimMaker, language: str, sheet: str) -> None:
    """In a batch the form is drawn first and filled in afterwards: what stands beside a label counts."""
    papers = [taken_in(own, claim, invoice_no=f"SL{n}", admitted=f"2019-0{n}-01", discharged=f"2019-0{n}-05",
                       settled=f"2019-0{n}-05") for n in (3, 4, 5)]
    datas = [replace(paper.data, language=language) for paper in papers]
    datas[1] = replace(datas[1], costs=replace(datas[1].costs, hifp_pay=1_23), member_name="测试丙")
    with io.BytesIO() as out:
        PAPERS.batch(Form.RECEIPT, datas, sheet, out)
        checked = check_paper(own, PAPERS.read(out.getvalue()), SPOKEN)
    assert [(one.number, one.verdict.value) for one in checked] == [
        (papers[0].data.receipt_no, "genuine"), (papers[1].data.receipt_no, "altered"),
        (papers[2].data.receipt_no, "genuine")]
    assert wrong_facts(checked[1]) == {"hifp_pay": "1.23", "member": "测试丙"}


# -- pictures


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 3, -7, 33])
def test_a_picture_turned_however_is_read(own: Desk, paper: Paper, turn: int) -> None:
    picture = picture_of(paper.pdf()).rotate(turn, expand=True, fillcolor="white")
    checked = read(own, saved(picture))
    assert (checked.verdict, checked.source, checked.reason) == (
        Verdict.GENUINE, Source.PICTURE, "verify.look_yourself")
    assert all(fact.fits is None for fact in checked.facts), "a picture's amounts are compared by eye"


@pytest.mark.parametrize("dots", [90, 110, 150, 300])
def test_a_scan_as_coarse_as_an_office_makes_it_is_read(own: Desk, paper: Paper, dots: int) -> None:
    assert read(own, saved(picture_of(paper.pdf(), dots))).verdict is Verdict.GENUINE


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF", "GIF"])
def test_every_usual_kind_of_picture_is_read(own: Desk, paper: Paper, kind: str) -> None:
    assert read(own, saved(picture_of(paper.pdf()), kind)).verdict is Verdict.GENUINE


def test_a_photograph_is_read_skewed_blurred_and_in_bad_light(own: Desk, paper: Paper) -> None:
    sheet = picture_of(paper.pdf(), 200)
    wide, high = sheet.size
    table = Image.new("RGB", (wide + 400, high + 400), (90, 80, 70))
    table.paste(sheet, (200, 200))
    skewed = table.transform(table.size, Image.Transform.PERSPECTIVE, (1.02, 0.08, -30, 0.03, 1.05, -20, 4e-5, 6e-5),
                             Image.Resampling.BICUBIC)
    dim = skewed.filter(ImageFilter.GaussianBlur(1.2)).point(lambda dot: int(dot * 0.45) + 20)
    assert read(own, saved(dim, "JPEG", quality=60)).verdict is Verdict.GENUINE


def test_a_transparent_picture_is_paper_where_nothing_is(own: Desk, paper: Paper) -> None:
    picture = picture_of(paper.pdf()).convert("RGBA")
    dots = [(0, 0, 0, 255 - grey) for grey in picture.convert("L").tobytes()]
    picture.putdata(dots)
    assert read(own, saved(picture)).verdict is Verdict.GENUINE


def test_several_codes_on_one_picture_are_checked_each(own: Desk, claim: ClaimMaker) -> None:
    one = taken_in(own, claim)
    two = taken_in(own, claim, invoice_no="SL2", admitted="2019-04-01", discharged="2019-04-05", settled="2019-04-05")
    above, below = picture_of(one.pdf()), picture_of(two.pdf())
    both = Image.new("RGB", (above.width, above.height * 2), "white")
    both.paste(above, (0, 0))
    both.paste(below, (0, above.height))
    checked = check_paper(own, PAPERS.read(saved(both)), SPOKEN)
    assert {each.number for each in checked} == {one.data.receipt_no, two.data.receipt_no}


def test_a_scan_in_a_pdf_is_read_as_the_picture_that_it_is(own: Desk, paper: Paper) -> None:
    checked = read(own, saved(picture_of(paper.pdf(), 150), "PDF", resolution=150))
    assert (checked.verdict, checked.source, checked.compared) == (Verdict.GENUINE, Source.PDF, False)


def test_what_a_scanner_believes_to_have_read_accuses_nobody(own: Desk, paper: Paper) -> None:
    """Scanners lay a text of their own below the picture, with mistakes in it."""
    scan = picture_of(paper.pdf(), 150)
    canvas = Canvas(out := io.BytesIO(), pagesize=(595, 420))
    canvas.drawString(60, 300, "Total medical cost 3O,OO0.00 Hospital B 77,000.00")
    canvas.drawInlineImage(scan, 0, 0, 595, 420)
    canvas.save()
    checked = read(own, out.getvalue())
    assert (checked.verdict, checked.compared, checked.reason) == (Verdict.GENUINE, False, "verify.look_yourself")


def test_a_picture_laid_over_a_pdf_is_told(own: Desk, paper: Paper) -> None:
    whole = pypdfium2.PdfDocument(paper.pdf())
    page = whole[0]
    image = pypdfium2.PdfImage.new(whole)
    image.set_bitmap(pypdfium2.PdfBitmap.from_pil(Image.new("RGB", (40, 12), "white")))
    image.set_matrix(pypdfium2.PdfMatrix().scale(60, 12).translate(150, 250))
    page.insert_obj(image)
    page.gen_content()
    whole.save(out := io.BytesIO())
    whole.close()
    checked = read(own, out.getvalue())
    assert wrong_facts(checked) == {}, "the text below the picture still fits"
    assert (checked.laid_over, checked.verdict, checked.reason) == (True, Verdict.DOUBTFUL, "verify.laid_over")


# -- what is none, or broken


def refused(content: bytes) -> str:
    with pytest.raises(RuleBroken) as found:
        PAPERS.read(content)
    assert found.value.field == "file"
    return found.value.code


def test_what_is_no_paper_is_told_in_words(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(b"") == "verify.file_empty"
    assert refused("名册".encode()) == "verify.file_kind"
    assert refused(b"%PDF-1.7 and nothing") == "verify.file_broken"
    assert refused(saved(Image.new("L", (50, 50), 255))[:60]) == "verify.file_broken"
    monkeypatch.setattr(paper_reading, "MOST_BYTES", 1 << 20)
    assert refused(bytes((1 << 20) + 1)) == "verify.file_large"


def test_a_picture_of_boundless_size_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(saved(Image.new("1", (30_000, 30_000)))) == "verify.picture_large"


def test_a_photograph_of_any_size_is_read_smaller(own: Desk, paper: Paper) -> None:
    large = picture_of(paper.pdf(), 150).convert("L").resize((12_000, 8_460))
    assert large.width * large.height > paper_reading.MOST_DOTS
    assert refused(saved(large)) == "verify.picture_large"
    assert refused(saved(large, "JPEG", progressive=True)) == "verify.picture_large", "it would take 3 bytes a dot"
    small = large.resize((6_000, 4_230))
    assert read(own, saved(small, "JPEG", progressive=True)).verdict is Verdict.GENUINE
    assert read(own, saved(large, "JPEG")).verdict is Verdict.GENUINE


def test_every_cut_of_a_paper_is_refused_or_read(own: Desk, paper: Paper) -> None:
    picture = picture_of(paper.pdf(), 60)
    for whole in (paper.pdf(), saved(picture), saved(picture, "JPEG"), saved(picture, "GIF"), saved(picture, "TIFF")):
        for part in range(1, 10):
            try:
                PAPERS.read(whole[: len(whole) * part // 10])
            except RuleBroken as broken:
                assert broken.code in ("verify.file_broken", "verify.file_kind")  # noqa: PT017


def test_a_sheet_full_of_labels_is_compared_in_a_moment(own: Desk, paper: Paper) -> None:
    labels = "".join(words(code) for words in SPOKEN for code in ("form.receipt.member", "cost.medfee_sumamt"))
    text = labels * (50_000 // len(labels))
    hostile = PaperFile(Source.PDF, (SheetRead(text, (paper.data.qr,), text),))
    tracemalloc.start()
    before = time.process_time()
    (checked,) = check_paper(own, hostile, SPOKEN)
    took, (_, most) = time.process_time() - before, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert checked.verdict is Verdict.ALTERED
    assert took < 5
    assert most < 50 << 20


def crowded(signs: int, size: float) -> bytes:
    """A page of single signs all over it."""
    canvas = Canvas(out := io.BytesIO(), pagesize=(595, 842))
    canvas.setFont("Helvetica", size)
    for place in range(signs):
        canvas.drawString(place % 100 * 5.9, place // 100 * 8.4, "x")
    canvas.save()
    return out.getvalue()


def test_a_page_full_of_signs_or_of_huge_ones_takes_no_long_time() -> None:
    assert refused(crowded(paper_reading.MOST_SIGNS + 1, 5)) == "verify.text_much"
    before = time.process_time()
    for size in (5, 800):
        assert PAPERS.read(crowded(4_000, size)).sheets[0].text
    assert time.process_time() - before < 10


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch, paper: Paper) -> None:
    monkeypatch.setattr(paper_reading, "MOST_PAGES", 0)
    assert refused(paper.pdf()) == "verify.pages_many"


def test_a_locked_pdf_is_told(tmp_path: Path) -> None:
    canvas = Canvas(out := io.BytesIO(), encrypt="secret")
    canvas.drawString(72, 72, "x")
    canvas.save()
    assert refused(out.getvalue()) == "verify.file_locked"


def test_reading_can_be_stopped(paper: Paper) -> None:
    with pytest.raises(RuleBroken, match=r"verify\.stopped"):
        PAPERS.read(paper.pdf(), lambda: True)


def test_a_paper_without_a_code_and_one_with_a_foreign_code_are_told(own: Desk, paper: Paper) -> None:
    blank = PAPERS.read(saved(Image.new("L", (400, 300), 255)))
    with pytest.raises(RuleBroken, match=r"verify\.no_code"):
        check_paper(own, blank, SPOKEN)
    foreign = PaperFile(Source.PICTURE, (SheetRead("", ("https://example.cn/invoice",)),))
    with pytest.raises(RuleBroken, match=r"receipt\.qr_form"):
        check_paper(own, foreign, SPOKEN)
    both = PaperFile(Source.PICTURE, (SheetRead("", ("https://example.cn/invoice", paper.data.qr)),))
    (checked,) = check_paper(own, both, SPOKEN)
    assert checked.verdict is check_code(own, paper.data.qr).verdict is Verdict.GENUINE
