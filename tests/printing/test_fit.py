"""How a form meets its sheet: form and data apart, and corrected for a printer that draws a little off."""

from __future__ import annotations

import pytest
from paper_kit import receipt_data, shapes, squeezed, text_of, texts

from backbone_desktop.printing.paper import PAPERS
from backbone_desktop.printing.papers import Papers
from backbone_desktop.printing.preview import page_size
from backbone_desktop.services.forms import PAPERS as FORMS_PAPERS
from backbone_desktop.services.forms import SIZES, Fit, Form, Parts


def test_data_and_form_together_are_the_whole_paper(papers: Papers) -> None:
    data = receipt_data()
    whole, form, filled = (squeezed(text_of(papers.form(Form.RECEIPT, data, "A4", Fit(parts)))) for parts in Parts)
    assert sorted(form + filled) == sorted(whole)
    assert "户主姓名" in form
    assert "张示例" not in form
    assert "张示例" in filled
    assert "户主姓名" not in filled


def test_no_line_is_drawn_with_the_data_alone(papers: Papers) -> None:
    pdf = papers.form(Form.RECEIPT, receipt_data(), "A4", Fit(Parts.DATA))
    frames = [mark for mark in shapes(pdf)[0] if mark.width > 100]
    assert frames == []


@pytest.mark.parametrize(("dx", "dy"), [(2.5, -1.3), (-0.1, 0.1)])
def test_a_correction_moves_everything_by_that_much(papers: Papers, dx: float, dy: float) -> None:
    data = receipt_data()
    before = texts(papers.form(Form.RECEIPT, data, "A5"))[0]
    after = texts(papers.form(Form.RECEIPT, data, "A5", Fit(dx=dx, dy=dy)))[0]
    assert len(before) == len(after)
    for was, now in zip(before, after, strict=True):
        assert (now.left - was.left, now.top - was.top) == pytest.approx((dx, dy), abs=0.02)


def test_a_scale_keeps_the_top_left_corner_and_the_sheet(papers: Papers) -> None:
    pdf = papers.form(Form.RECEIPT, receipt_data(), "A5", Fit(scale=0.98))
    before = texts(papers.form(Form.RECEIPT, receipt_data(), "A5"))[0][0]
    after = texts(pdf)[0][0]
    assert page_size(pdf, 0) == pytest.approx((210, 148), abs=0.01)
    assert (after.left, after.top) == pytest.approx((before.left * 0.98, before.top * 0.98), abs=0.03)


def test_every_sheet_is_as_large_for_the_printer_as_it_is_drawn() -> None:
    assert {name: (paper.width, paper.height) for name, paper in PAPERS.items()} == SIZES
    assert {paper for papers in FORMS_PAPERS.values() for paper in papers} <= set(SIZES)
