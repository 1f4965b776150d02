"""The code on the receipt: read back from the page as a scanner sees it, and empty of personal data."""

from __future__ import annotations

from itertools import pairwise

import pytest
from paper_kit import NUMBER, PERSONAL, crowded, read_page, receipt_data

from backbone_core.receipt import read_qr_text
from backbone_desktop.printing.papers import Papers
from backbone_desktop.printing.qr import qr_matrix


@pytest.mark.parametrize("paper", ["A5", "A4"])
@pytest.mark.parametrize("dots_an_inch", [150, 200, 300])
def test_a_scanner_reads_what_was_written(papers: Papers, paper: str, dots_an_inch: int) -> None:
    data = receipt_data()
    found = read_page(papers, papers.receipt(data, paper), 0, dots_an_inch)
    assert [one.text for one in found] == [data.qr]
    assert read_qr_text(found[0].text).receipt_no == NUMBER


def test_it_stands_on_the_last_page_beside_the_seal(papers: Papers) -> None:
    data = crowded()
    pdf = papers.receipt(data, "A5")
    pages = [read_page(papers, pdf, page, 200) for page in range(papers.pages(pdf))]
    assert [len(page) for page in pages] == [*[0] * (len(pages) - 1), 1]
    assert pages[-1][0].text == data.qr


def test_it_says_nothing_of_anybody(papers: Papers) -> None:
    (found,) = read_page(papers, papers.receipt(receipt_data(), "A5"), 0, 200)
    assert found.text.startswith(f"BB1:{NUMBER}:")
    assert not any(word in found.text.replace(NUMBER, "") for word in PERSONAL)


def test_a_module_is_half_a_millimetre_and_white_lies_around_the_code(papers: Papers) -> None:
    data = receipt_data()
    matrix = qr_matrix(data.qr)
    (found,) = read_page(papers, papers.receipt(data, "A5"), 0, 300)
    corners = [getattr(found.position, name) for name in ("top_left", "top_right", "bottom_right")]
    for one, other in pairwise(corners):
        long = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5 / 300 * 25.4
        assert long == pytest.approx(len(matrix) / 2, abs=0.3)
    width, _, pixels = papers.image(papers.receipt(data, "A5"), 0, round(210 / 25.4 * 300))
    quiet = round(2 / 25.4 * 300) - 3
    left, top, right = corners[0].x, corners[0].y, corners[1].x
    for y in range(top - quiet, top - 3):
        row = pixels[4 * (y * width + left - quiet) : 4 * (y * width + right + quiet)]
        assert set(row) == {255}


def test_the_matrix_is_square_and_has_its_three_eyes() -> None:
    matrix = qr_matrix("BB1:TEST")
    eye = (True,) * 7
    assert {len(row) for row in matrix} == {len(matrix)}
    assert matrix[0][:7] == matrix[0][-7:] == matrix[-1][:7] == eye
    assert matrix[-1][-7:] != eye
