"""The page for verifying papers, as a clerk uses it: a barcode gun, files, pictures, and the result in plain words."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, cast

import pypdfium2
import pytest
from desk_kit import Around, Looks, Open, stay_of
from keys_kit import CTRL, ENTER, caret
from print_kit import PAPERS, BehindWithPapers
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from backbone_core.receipt import qr_text, read_qr_text, receipt_number
from backbone_desktop.security.signer import Ed25519Signer, public_key_of
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.receipts import ReceiptData, receipt_of
from backbone_desktop.ui.backend import Backend
from backbone_desktop.ui.pages.verify import VerifyPage

SEED = b"\x05" * 32
SIGNER = Ed25519Signer(public_key_of(SEED), lambda: SEED)


@pytest.fixture(autouse=True)
def signing(office: Around) -> None:
    """The office has a real key and real papers."""
    office.desk = replace(office.desk, signer=SIGNER)
    office.context = replace(office.context, desk=replace(office.context.desk, signer=SIGNER),
                             backend=cast(Backend, BehindWithPapers()))


@pytest.fixture
def receipt(office: Around, head: str) -> ReceiptData:
    return receipt_of(office.desk, register_claim(office.desk, stay_of(head)).claim_id)


@pytest.fixture
def file(tmp_path: Path, receipt: ReceiptData) -> Callable[..., Path]:
    """Saves the receipt as PDF, as it is or altered."""

    def save(name: str = "receipt.pdf", **other: Any) -> Path:
        path = tmp_path / name
        path.write_bytes(PAPERS.receipt(replace(receipt, **other), "A5"))
        return path

    return save


def shown(page: VerifyPage) -> dict[str, tuple[str, str]]:
    """What the table says: item → (should say, on the paper)."""
    model = page.facts.model()
    return {model.index(row, 0).data(): (model.index(row, 1).data(), model.index(row, 2).data())
            for row in range(model.rowCount())}


def fire(qtbot: QtBot, code: str) -> None:
    """A barcode gun types into whatever has the caret."""
    for sign in code:
        qtbot.keyClick(caret(), sign)
    qtbot.keyClick(caret(), ENTER)


def test_a_guns_burst_is_checked_at_once(qtbot: QtBot, office: Around, open_page: Open, receipt: ReceiptData) -> None:
    page: VerifyPage = open_page(VerifyPage)
    assert caret() is page.field
    assert not page.field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    fire(qtbot, receipt.qr)
    office.settle(qtbot)
    assert page.block.text.startswith(f"Genuine\nReceipt of Claim  {receipt.receipt_no}\n")
    assert "Made by 示例县医疗保障局, computer A03 of 印江土家族苗族自治县" in page.block.text
    assert page.field.text() == ""
    assert caret() is page.field, "ready for the next paper"
    facts = shown(page)
    assert facts["Patient"][0] == "张示例"
    assert facts["ID number"][0] == "520625********0015"
    assert facts["Total medical cost"][0] == "45,680.00"
    assert "Paid by others" not in facts, "amounts of nought are left out"
    assert page.facts.isColumnHidden(2), "nothing was read from the paper itself"


def test_a_gun_may_fire_wherever_the_caret_is(qtbot: QtBot, office: Around, open_page: Open,
                                              receipt: ReceiptData) -> None:
    page: VerifyPage = open_page(VerifyPage)
    fire(qtbot, receipt.qr)
    office.settle(qtbot)
    for place in (page.facts, page.checks, page.open_button):
        place.setFocus()
        assert caret() is place
        fire(qtbot, receipt.qr)
        office.settle(qtbot)
    assert page.checks.model().rowCount() == 4


def test_what_is_no_code_of_ours_is_told_and_stays_to_be_corrected(qtbot: QtBot, office: Around, open_page: Open,
                                                                   receipt: ReceiptData) -> None:
    page: VerifyPage = open_page(VerifyPage)
    fire(qtbot, "6901234567892")
    office.settle(qtbot)
    assert page.notice.text == "This is not the QR code of one of our papers"
    assert page.field.selectedText() == "6901234567892"
    assert page.entry is None
    fire(qtbot, receipt.qr)
    office.settle(qtbot)
    assert page.block.isVisible()
    fire(qtbot, "6901234567892")
    office.settle(qtbot)
    assert not page.block.isVisible(), "another paper's result would be taken for this one's"
    page.checks.mark(0)
    assert page.block.isVisible()


def test_an_altered_pdf_is_told_by_item(qtbot: QtBot, office: Around, open_page: Open, receipt: ReceiptData,
                                        file: Callable[..., Path]) -> None:
    page: VerifyPage = open_page(VerifyPage)
    page.open_files([file(costs=replace(receipt.costs, medfee_sumamt=54_680_00))])
    office.settle(qtbot)
    assert page.block.text.startswith("Altered\n")
    assert "Total medical cost: the paper says 54,680.00, it should say 45,680.00" in page.block.text
    assert next(iter(shown(page).items())) == ("Total medical cost", ("45,680.00", "54,680.00")), "it stands first"
    assert page.look.isVisible()


def test_much_that_was_altered_is_told_in_a_few_sentences(qtbot: QtBot, office: Around, open_page: Open,
                                                          receipt: ReceiptData, file: Callable[..., Path]) -> None:
    page: VerifyPage = open_page(VerifyPage)
    costs = {one.name: 77_00 + place for place, one in enumerate(fields(receipt.costs))}
    page.open_files([file(costs=replace(receipt.costs, **costs))])
    office.settle(qtbot)
    assert page.block.text.count("the paper says") == 5
    assert "… and 12 more" in page.block.text
    assert sum(said != should for should, said in shown(page).values()) == 16


def test_files_come_by_the_dialog_by_dropping_and_by_pasting(
        qtbot: QtBot, office: Around, open_page: Open, file: Callable[..., Path],
        monkeypatch: pytest.MonkeyPatch) -> None:
    path = file()
    monkeypatch.setattr("backbone_desktop.ui.pages.verify.QFileDialog.getOpenFileNames", lambda *_: ([str(path)], ""))
    page: VerifyPage = open_page(VerifyPage)
    qtbot.keyClick(caret(), Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: page.checks.model().rowCount() == 1)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, plain)
    page.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, plain))
    office.settle(qtbot)
    document = pypdfium2.PdfDocument(path)
    bitmap = document[0].render(scale=2)
    picture = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888)
    QGuiApplication.clipboard().setImage(picture.copy())
    document.close()
    qtbot.keyClick(caret(), Qt.Key.Key_V, CTRL)
    office.settle(qtbot)
    model = page.checks.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Genuine"] * 3
    assert page.notice.text == ""
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(caret(), Qt.Key.Key_V, CTRL)
    assert page.notice.text == "There is neither a picture nor a code in the clipboard."


def test_a_codes_text_is_pasted(qtbot: QtBot, office: Around, open_page: Open, receipt: ReceiptData) -> None:
    page: VerifyPage = open_page(VerifyPage)
    QGuiApplication.clipboard().setText(receipt.qr)
    qtbot.keyClick(caret(), Qt.Key.Key_V, CTRL)
    office.settle(qtbot)
    assert page.block.text.startswith("Genuine")


def test_one_bad_file_does_not_keep_the_others_from_being_read(qtbot: QtBot, office: Around, open_page: Open,
                                                               file: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "list.pdf").write_bytes(b"%PDF-1.4 broken")
    page: VerifyPage = open_page(VerifyPage)
    page.open_files([tmp_path / "list.pdf", file(), tmp_path / "gone.png"])
    office.settle(qtbot)
    assert page.notice.text.splitlines() == [
        "list.pdf: The file is broken or cut off. Save or scan it again.",
        "gone.png: The file cannot be opened. See whether it is still there."]
    assert page.checks.model().rowCount() == 1


def test_the_checks_of_this_sitting_can_be_looked_at_again(qtbot: QtBot, office: Around, open_page: Open,
                                                           receipt: ReceiptData) -> None:
    page: VerifyPage = open_page(VerifyPage)
    content = read_qr_text(receipt.qr)
    for code in (receipt.qr, qr_text(content.receipt_no, "ab" * 16, content.signature),
                 qr_text(receipt_number("530521", 2026, "B07", 3), content.content_hash, content.signature)):
        fire(qtbot, code)
        office.settle(qtbot)
    model = page.checks.model()
    assert [model.index(row, 0).data() for row in range(3)] == ["Unknown", "Altered", "Genuine"]
    assert page.facts.isHidden(), "nothing is known of that paper here"
    page.checks.setFocus()
    for expected in ("Altered", "Genuine"):
        qtbot.keyClick(page.checks, Qt.Key.Key_Down)
        assert page.block.text.startswith(expected)
    assert "张示例" in shown(page)["Patient"]


def test_it_leads_on(qtbot: QtBot, office: Around, open_page: Open, receipt: ReceiptData) -> None:
    page: VerifyPage = open_page(VerifyPage)
    wanted: list[bool] = []
    office.context.signals.exchange_wanted.connect(lambda: wanted.append(True))
    fire(qtbot, receipt.qr)
    office.settle(qtbot)
    assert page.entry is not None
    dict(page._ways_on(page.entry.checked))["Open the claim"]()
    assert office.way.been[-1] == ("claim", {"claim_id": page.entry.checked.record_id})
    content = read_qr_text(receipt.qr)
    fire(qtbot, qr_text(receipt_number("530521", 2026, "B07", 3), content.content_hash, content.signature))
    office.settle(qtbot)
    dict(page._ways_on(page.entry.checked))["Exchange now"]()
    assert wanted == [True]


def test_the_caret_goes_from_the_field_to_the_acts_and_the_tables(qtbot: QtBot, office: Around, open_page: Open,
                                                                  receipt: ReceiptData) -> None:
    page: VerifyPage = open_page(VerifyPage)
    fire(qtbot, receipt.qr)
    office.settle(qtbot)
    order = []
    for _ in range(8):
        qtbot.keyClick(caret(), Qt.Key.Key_Tab)
        order.append(caret().accessibleName())
    assert order[:3] == ["Open the claim", "What the paper should say", "Verified in this sitting"]
    qtbot.keyClick(caret(), Qt.Key.Key_F3)
    assert caret() is page.field


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_looks_right(  # noqa: PLR0917
        qtbot: QtBot, office: Around, open_page: Open, looks: Looks, receipt: ReceiptData,
        file: Callable[..., Path], language: str, tmp_path: Path) -> None:
    page: VerifyPage = open_page(VerifyPage, looks[language])

    def take(name: str) -> None:
        office.settle(qtbot)
        qtbot.wait(50)  # the layout has settled too
        looks.take(page.window(), f"verify-{name}-{language}")

    take("empty")
    fire(qtbot, receipt.qr)
    take("genuine")
    shutil.copy(file(), tmp_path / "second.pdf")
    page.open_files([tmp_path / "second.pdf"])
    take("pdf")
    page.open_files([file(costs=replace(receipt.costs, medfee_sumamt=54_680_00, hifp_pay=1_00), member_name="张示范")])
    take("altered")
    content = read_qr_text(receipt.qr)
    fire(qtbot, qr_text(receipt_number("530521", 2026, "B07", 3), content.content_hash, content.signature))
    take("unknown")
    fire(qtbot, "6901234567892")
    take("foreign")
