"""The office's letters: what they say, that they say it the same way each time, and that nothing touches."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from letters_kit import (
    crowded_decision,
    crowded_missing_papers,
    crowded_payment,
    decision,
    missing_papers,
    part_decision,
    payment,
    payment_back,
    refusal,
    refuse_outside,
    refuse_touching,
)
from paper_kit import NUMBER, read_page, shapes, squeezed, text_by_poppler, text_of, texts

from backbone_core.decision import PaymentFailure
from backbone_desktop.printing.paper import PAPERS as SHEETS
from backbone_desktop.printing.papers import Papers
from backbone_desktop.printing.preview import page_size
from backbone_desktop.services.contacts import OfficeContacts
from backbone_desktop.services.forms import PAPERS, Fit, Form, Parts

GOLDEN = Path(__file__).parent / "golden"
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
Makers = Mapping[Form, Mapping[str, Callable[..., Any]]]
ORDINARY: Makers = {
    Form.MISSING_PAPERS: {"missing_papers": missing_papers},
    Form.DECISION: {"approval": decision, "part_approval": part_decision, "refusal": refusal},
    Form.PAYMENT: {"payment": payment, "payment_back": payment_back},
}
FULL: Makers = {
    Form.MISSING_PAPERS: {"missing_papers": crowded_missing_papers}, Form.DECISION: {"decision": crowded_decision},
    Form.PAYMENT: {"payment": crowded_payment},
}


@dataclass(frozen=True)
class Sent:
    """One letter on one paper in one language."""

    name: str
    form: Form
    data: Any
    paper: str
    language: str

    def __str__(self) -> str:
        return f"{self.name}-{self.paper}-{self.language}"

    def pdf(self, papers: Papers, **other: Any) -> bytes:
        return papers.form(self.form, self.data, self.paper, **other)


def sent(makers: Makers, *languages: str) -> Iterator[Sent]:
    for form, named in makers.items():
        for name, make in named.items():
            for paper in PAPERS[form]:
                for language in languages:
                    yield Sent(name, form, make(language), paper, language)


EACH = pytest.mark.parametrize("letter", list(sent(ORDINARY, "zh_CN", "en")), ids=str)
EACH_FULL = pytest.mark.parametrize("letter", list(sent(FULL, "zh_CN", "en")), ids=str)

BOTH = "zh_CN+en"
EACH_IN_BOTH = pytest.mark.parametrize("letter", [*sent(ORDINARY, BOTH), *sent(FULL, BOTH)], ids=str)


@EACH
def test_every_word_is_the_golden_one(papers: Papers, letter: Sent) -> None:
    """BACKBONE_GOLDEN=write keeps what is printed now; look at the pages before keeping it."""
    golden = GOLDEN / f"{letter.name}_{letter.paper}_{letter.language}.txt"
    found = text_of(letter.pdf(papers)).replace("\r\n", "\n")
    if os.environ.get("BACKBONE_GOLDEN") == "write":
        golden.write_text(found + "\n", encoding="utf-8")
    assert squeezed(found) == squeezed(golden.read_text(encoding="utf-8"))


@EACH
def test_two_readers_read_the_same(papers: Papers, letter: Sent) -> None:
    pdf = letter.pdf(papers)
    other = text_by_poppler(pdf)
    if other is None:
        pytest.skip("pdftotext is not on this machine")
    assert sorted(squeezed(other)) == sorted(squeezed(text_of(pdf)))


@pytest.fixture(scope="module")
def other_papers() -> Papers:
    return Papers(RESOURCES)


@EACH
def test_the_same_data_give_the_same_bytes(papers: Papers, other_papers: Papers, letter: Sent) -> None:
    assert letter.pdf(other_papers) == letter.pdf(papers)


@EACH
def test_a_usual_letter_takes_one_sheet_with_nothing_in_its_margins(papers: Papers, letter: Sent) -> None:
    pdf, sheet = letter.pdf(papers), SHEETS[letter.paper]
    assert papers.pages(pdf) == 1
    assert page_size(pdf, 0) == pytest.approx((sheet.width, sheet.height), abs=0.01)
    refuse_outside(pdf, sheet.width, sheet.height)
    refuse_touching(pdf)


@EACH_FULL
def test_a_fuller_letter_goes_on_under_the_same_head(papers: Papers, letter: Sent) -> None:
    data, pdf, sheet = letter.data, letter.pdf(papers), SHEETS[letter.paper]
    pages = papers.pages(pdf)
    refuse_touching(pdf)
    refuse_outside(pdf, sheet.width, sheet.height)
    whole = squeezed(text_of(pdf))
    assert squeezed(data.member_name) in whole
    assert data.hospital in whole
    assert whole.count(data.number) == pages + (letter.paper == "A4")  # the stub bears it once more
    for number in range(1, pages + 1):
        assert (f"第{number}页共{pages}页" if letter.language == "zh_CN" else f"Page{number}of{pages}") in whole
    assert ("补打12" if letter.language == "zh_CN" else "Reprint12") in whole


@EACH_IN_BOTH
def test_a_letter_in_both_languages_says_everything_twice_and_nothing_touches(papers: Papers, letter: Sent) -> None:
    pdf = letter.pdf(papers)
    refuse_touching(pdf)
    refuse_outside(pdf, SHEETS[letter.paper].width, SHEETS[letter.paper].height)
    text = squeezed(text_of(pdf))
    for language in ("zh_CN", "en"):
        assert squeezed(papers._in(language)(f"form.{letter.form}.title")) in text


@EACH_FULL
def test_nobody_signs_a_page_that_states_nothing(papers: Papers, letter: Sent) -> None:
    """Above the seal on the last page stands more than the heading; on the lowest sheet what is paid stands beside
    the seal."""
    pdf = letter.pdf(papers)
    (seal,) = (mark for mark in shapes(pdf)[-1] if (mark.width, mark.height) == pytest.approx((45.2, 45.2), abs=0.3))
    head = 5
    above = sum(text.bottom < seal.top for text in texts(pdf)[-1])
    assert above > head or (letter.paper == "241x93" and "99,999,999.99" in text_of(pdf, last=True))


@EACH
def test_there_is_room_for_hand_and_seal(papers: Papers, letter: Sent) -> None:
    """One signature 60 × 12, empty, and one seal 45 mm across over nothing but the office and the day."""
    pdf = letter.pdf(papers)

    def spaces(width: float, height: float) -> list[Any]:
        return [mark for mark in shapes(pdf)[0]
                if (mark.width, mark.height) == pytest.approx((width + 0.35, height + 0.35), abs=0.1)]

    (hand,), (seal,) = spaces(60, 12), spaces(45, 45)
    written = texts(pdf)[0]
    assert not any(hand.meets(text, by=0.1) for text in written)
    assert not any(hand.meets(mark, by=0.1) for mark in shapes(pdf)[0] if mark != hand and mark.width < 100)
    assert sum(seal.meets(text, by=0.1) for text in written) == 3


@EACH
def test_form_and_data_together_are_the_whole_letter(papers: Papers, letter: Sent) -> None:
    data = letter.data
    whole, blank, filled = (squeezed(text_of(letter.pdf(papers, fit=Fit(parts)))) for parts in Parts)
    assert sorted(blank + filled) == sorted(whole)
    assert data.member_name in filled
    assert data.member_name not in blank


def test_the_empty_form_has_all_that_a_hand_fills_in(papers: Papers) -> None:
    blank = papers.form(Form.DECISION, decision(), "A4", Fit(Parts.FORM))
    text = squeezed(text_of(blank))
    for said in ("核赔结论通知书（存根、送达回证）", "当面送达邮寄送达委托他人转交", "收到人签字", "签收日期"):
        assert said in text
    boxes = [mark for mark in shapes(blank)[0] if 2 < mark.width < 4 and mark.width == pytest.approx(mark.height)]
    assert len(boxes) == 3


def test_a_reprint_says_so(papers: Papers) -> None:
    first = papers.form(Form.MISSING_PAPERS, missing_papers(), "A5")
    again = papers.form(Form.MISSING_PAPERS, missing_papers(copy=2), "A5")
    assert "补打" not in text_of(first)
    assert "补打2" in squeezed(text_of(again))


def test_all_papers_are_asked_for_in_the_countys_words_or_ours(papers: Papers) -> None:
    text = squeezed(text_of(papers.form(Form.MISSING_PAPERS, missing_papers(), "A4")))
    for named in ("1.住院发票", "2.费用清单原件（须加盖医院公章）", "3.出院小结或诊断证明", "4.患者本人银行卡",
                  "1.委托书、代办人身份证（由他人代办时需要）", "2.死亡证明、亲属关系证明（患者去世时需要）",
                  "需要补充的4项材料", "申请期限至2028年9月1日（含当日）"):
        assert named in text


def test_a_time_that_is_over_is_not_told_as_one_to_come(papers: Papers) -> None:
    text = squeezed(text_of(papers.form(Form.MISSING_PAPERS, missing_papers(late=True), "A4")))
    assert "含当日" not in text
    assert "申请期限至2028年9月1日已经届满" in text


def test_what_the_office_has_not_filled_in_leaves_a_line_to_write_on(papers: Papers) -> None:
    def rules(**other: str) -> int:
        data = missing_papers()
        pdf = papers.form(Form.MISSING_PAPERS, replace(data, contacts=replace(data.contacts, **other)), "A4")
        return sum(mark.height < 0.5 for mark in shapes(pdf)[0])

    assert rules(phone="", hours="") == rules() + 2


def test_an_approval_says_how_much_how_it_comes_about_and_when_it_is_paid(papers: Papers) -> None:
    text = squeezed(text_of(papers.form(Form.DECISION, decision(), "A4")))
    for said in ("赔付金额¥6,168.00人民币陆仟壹佰陆拾捌元整", "2.减去起付线1,900.00元，剩10,280.00元。", "第二十三条",
                 "十日内支付", "账号***************6789，户名李㛃", "自收到本通知之日起15日内"):
        assert said in text
    assert "理由" not in text


def test_less_than_was_worked_out_says_why_and_by_how_much(papers: Papers) -> None:
    text = squeezed(text_of(papers.form(Form.DECISION, part_decision(), "A4")))
    for said in ("测算金额6,168.00元，保险公司核定赔付4,000.00元",
                 "未全额赔付的理由：1.费用应由第三方承担（交通事故对方已承担部分费用）。",
                 "依据：保障方案的责任免除条款：应由第三方承担的医疗费用。", "尚未登记收款账户"):
        assert said in text


def test_a_refusal_gives_its_reasons_with_their_ground_and_promises_no_money(papers: Papers) -> None:
    text = squeezed(text_of(papers.form(Form.DECISION, refusal(), "A4")))
    for said in ("第二十四条", "不予赔付的理由：",
                 "1.自付费用未达到起付线。依据：保障方案规定的全年起付线为1,900.00元。",
                 "2.其他原因（示例原因：以保险公司的原话为准）。", "监督电话（示例）0000-1111111"):
        assert said in text
    for unsaid in ("¥", "第二十三条", "计算过程"):
        assert unsaid not in text


def test_without_a_time_for_objecting_none_is_made_up(papers: Papers) -> None:
    data = refusal()
    text = squeezed(text_of(papers.form(Form.DECISION, replace(data, contacts=OfficeContacts()), "A4")))
    assert "及时向下列复核单位提出书面申请" in text
    assert "日内，持本通知" not in text
    assert "复核单位示例保险公司" in text  # the insurer itself, where the office names nobody else


@pytest.mark.parametrize("failure", PaymentFailure)
@pytest.mark.parametrize("paper", PAPERS[Form.PAYMENT])
def test_money_that_came_back_says_why_and_what_to_bring(papers: Papers, failure: PaymentFailure, paper: str) -> None:
    pdf = papers.form(Form.PAYMENT, payment_back(failure=failure, failure_text="银行原话"), paper)
    text, words = squeezed(text_of(pdf)), papers._in("zh_CN")
    assert f"退回原因：{words(f'payment_failure.{failure}')}（银行原话）" in text
    assert "退回金额" in text
    assert "转入您的银行账户" not in text
    assert "身份证" in text
    assert papers.pages(pdf) == 1


def test_money_that_arrived_is_told_with_the_banks_reference(papers: Papers) -> None:
    for paper in PAPERS[Form.PAYMENT]:
        text = squeezed(text_of(papers.form(Form.PAYMENT, payment(), paper)))
        for said in ("已于2026年10月12日转入您的银行账户", "¥6,168.00", "人民币陆仟壹佰陆拾捌元整",
                     "***************6789", "银行流水号PZ20261012000123"):
            assert said in text
        assert "退回" not in text


@pytest.mark.parametrize("letter", [one for one in sent(ORDINARY, "zh_CN") if one.data.qr], ids=str)
def test_the_code_is_read_from_the_printed_sheet(papers: Papers, letter: Sent) -> None:
    found = read_page(papers, letter.pdf(papers), 0, 200, width=SHEETS[letter.paper].width)
    assert [one.text for one in found] == [letter.data.qr]


def test_no_personal_data_outside_the_pages(papers: Papers) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(papers.form(Form.PAYMENT, payment(), "A4"))
    try:
        said = document.get_metadata_dict()
    finally:
        document.close()
    assert NUMBER in said["Title"]
    assert not any("李㛃" in value or "0015" in value for value in said.values())
