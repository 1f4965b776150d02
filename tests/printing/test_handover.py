"""The batch handover list: its sums, its blanks, and what a short one looks like."""

from __future__ import annotations

from dataclasses import replace

from lists_kit import LIST_NUMBER, crowded_handover, handover_data, handover_row
from paper_kit import squeezed, text_of

from backbone_core.money import capitals, format_amount
from backbone_desktop.printing.papers import Papers
from backbone_desktop.services.forms import Form


def printed(papers: Papers, data: object) -> str:
    return squeezed(text_of(papers.form(Form.HANDOVER, data, "A4L")))


def test_a_list_of_one_page_has_no_sum_of_the_page(papers: Papers) -> None:
    text = printed(papers, handover_data(count=3))
    assert "本页小计" not in text
    assert "合计" in text
    assert "共3件" in text
    assert "第1页共1页" in text


def test_the_sums_of_the_pages_are_the_whole(papers: Papers) -> None:
    data = handover_data(count=40)
    text = printed(papers, data)
    total, benefit = sum(row.total for row in data.rows), sum(row.benefit or 0 for row in data.rows)
    assert f"合计共40件{format_amount(total)}{format_amount(benefit)}240" in text
    assert f"医疗费总额{capitals(total, prefix=True)}" in text
    assert f"预计赔付金额{capitals(benefit, prefix=True)}" in text
    begun = 0
    while begun < 40:
        here = next(n for n in range(1, 41 - begun) if f"本页小计共{n}件" + format_amount(
            sum(row.total for row in data.rows[begun : begun + n])) in text)
        begun += here
    assert begun == 40


def test_blanks_and_remarks(papers: Papers) -> None:
    row = handover_row(1, benefit=None, missing=2, earlier=LIST_NUMBER, admitted=None)
    text = printed(papers, handover_data(rows=(row,), receiver=""))
    assert "待核定" in text
    assert f"待补材料2份再次移交，原清单{LIST_NUMBER}" in text
    assert "接收单位：＿＿＿" in text


def test_every_row_stands_once(papers: Papers) -> None:
    data = crowded_handover()
    text = printed(papers, data)
    assert all(text.count(row.receipt_no) == 1 for row in data.rows)


def test_no_illness_and_no_id_number(papers: Papers) -> None:
    text = printed(papers, replace(handover_data("en")))
    assert "iagnos" not in text
    assert "ID" not in text
