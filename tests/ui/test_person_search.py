"""The search box: what answers is bold and tells no hidden figure, keys lead all the way, nobody says what to do."""

from __future__ import annotations

import pytest
from desk_kit import HEAD_ID, Around, Looks
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backbone_desktop.services.forms import Form
from backbone_desktop.services.matched import Match, MatchedField
from backbone_desktop.services.printing import form_of
from backbone_desktop.services.rows import MemberHit
from backbone_desktop.ui import theme
from backbone_desktop.ui.person_search import PersonSearch
from backbone_desktop.ui.presenters.matched import bold_in_number, hint, joined
from backbone_desktop.ui.widgets.spans import face_of, pieces, write_spans
from backbone_desktop.words import Words

MASKED = "520625********0015"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def search(qtbot: QtBot, office: Around, window: QWidget) -> PersonSearch:
    return shown(qtbot, window, PersonSearch(office.context))


def shown(qtbot: QtBot, window: QWidget, box: PersonSearch) -> PersonSearch:
    """The box in a window with a field beside it, as a page has them."""
    column = QVBoxLayout(window)
    column.addWidget(box)
    column.addWidget(QLineEdit())
    column.addStretch(1)
    window.resize(620, 640)
    with qtbot.waitActive(window):
        window.show()
    return box


def look_for(qtbot: QtBot, office: Around, box: PersonSearch, typed: str) -> list[str]:
    box.clear()
    box.setFocus()
    with qtbot.waitSignal(box.asked):
        qtbot.keyClicks(box, typed) if typed.isascii() else box.insert(typed)
    office.settle(qtbot)
    return [line.text for line in box._popup._model.lines]


def bold_parts(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [piece for piece, is_bold in pieces(text, spans) if is_bold]


@pytest.mark.parametrize(("typed", "bold"), [
    ("张示", ("张示", "", "")),
    ("zs", ("张示", "", "")),
    ("zhangs", ("张示", "", "")),
    ("520625198", ("", "520625", "")),  # of a number only the figures that are to be seen
    ("0015", ("", "0015", "")),
    ("19800101", ("", "", "")),
    ("010015", ("", "0015", "")),
    ("13900000001", ("", "", "13900000001")),
    ("0001", ("", "", "0001")),
    ("示例村", ("", "", "示例村")),
])
def test_what_answers_is_bold(qtbot: QtBot, office: Around, search: PersonSearch, typed: str,
                              bold: tuple[str, str, str]) -> None:
    look_for(qtbot, office, search, typed)
    line = next(one for one in search._popup._model.lines if one.text == "张示例")
    assert bold == tuple("".join(bold_parts(*one)) for one in (
        (line.text, line.text_bold), (line.aside, line.aside_bold), (line.below, line.below_bold)))


@pytest.mark.parametrize(("start", "length", "bold", "said"), [
    (0, 18, ["520625", "0015"], True), (0, 6, ["520625"], False), (14, 4, ["0015"], False), (6, 8, [], True),
    (7, 3, [], True), (12, 6, ["0015"], True), (4, 4, ["25"], True), (15, 2, ["01"], False),
])
def test_no_match_tells_a_hidden_figure(words: Words, start: int, length: int, bold: list[str], said: bool) -> None:
    match = Match(MatchedField.ID_NO, start, length)
    text, spans = bold_in_number(match, HEAD_ID)
    assert text == MASKED
    assert bold_parts(text, spans) == bold
    assert hint(words, match, HEAD_ID) == ("ID number matches" if said else "")


def test_a_hidden_match_is_said_in_words_beside_the_masked_number(qtbot: QtBot, office: Around,
                                                                  search: PersonSearch) -> None:
    look_for(qtbot, office, search, "19800101")
    (line,) = search._popup._model.lines
    assert line.aside == f"ID number matches  {MASKED}"
    assert "19800101" not in f"{line.text}{line.aside}{line.below}{line.word}"


def test_a_number_that_is_no_number_is_hidden_whole(words: Words) -> None:
    match = Match(MatchedField.ID_NO, 0, 4)
    assert bold_in_number(match, "12345") == ("*****", ())
    assert hint(words, match, "12345") == "ID number matches"


def test_empty_parts_are_left_out_of_a_line() -> None:
    assert joined((("甲", ()), ("", ()), ("乙丙", ((1, 2),)))) == ("甲 · 乙丙", ((5, 6),))


@pytest.mark.usefixtures("dressed")
def test_bold_is_painted_and_what_does_not_fit_is_cut_short() -> None:
    text = "520625********0015"
    plain, bold = ink(text, ()), ink(text, ((14, 18),))
    assert bold > plain
    image = QImage(60, 30, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    face = face_of(theme.body_font())
    assert write_spans(painter, QRect(0, 0, 60, 30), text, ((2, 4),), face) == 60
    assert write_spans(painter, QRect(0, 0, 60, 30), text, (), face) == 60
    painter.end()


def ink(text: str, bold: tuple[tuple[int, int], ...]) -> int:
    """How dark a line is painted."""
    image = QImage(300, 30, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setPen(QColor(Qt.GlobalColor.black))
    write_spans(painter, QRect(0, 0, 300, 30), text, bold, face_of(theme.body_font()))
    painter.end()
    return sum(255 - value for value in bytes(image.constBits()))


def test_arrows_and_enter_open_the_household(qtbot: QtBot, office: Around, search: PersonSearch) -> None:
    found = look_for(qtbot, office, search, "样本")
    assert found == ["覃样本", "单样本", "仇举例"]  # the last one lives in 样本村
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Down)  # no further than the last
    assert search._popup.row == 2
    qtbot.keyClick(search, Qt.Key.Key_Up)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    (place,) = office.way.been
    assert place[0] == "household"
    with office.desk.read() as work:
        assert "单样本" in [one.name for one in work.households.members(place[1]["household_id"])]
    assert search.text() == ""


def test_a_barcode_gun_opens_the_household_of_the_card_that_it_reads(qtbot: QtBot, office: Around,
                                                                     search: PersonSearch) -> None:
    with office.desk.read() as work:
        home = work.households.by_number("5206250003")
    assert home is not None
    card = form_of(office.desk, Form.HOUSEHOLD_CARD, home.id)
    search.setFocus()
    qtbot.keyClicks(search, card.qr)
    qtbot.keyClick(search, Qt.Key.Key_Return)  # the gun sends it at once
    office.settle(qtbot)
    qtbot.waitUntil(lambda: bool(office.way.been))
    assert office.way.been == [("household", {"household_id": home.id})]


def test_the_page_behind_the_list_is_not_painted_with_it(qtbot: QtBot, office: Around, window: QWidget,
                                                         search: PersonSearch) -> None:
    painted: list[QWidget] = []

    class Behind(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            painted.append(self)

    behind = Behind(window)
    behind.setGeometry(window.rect())
    behind.lower()
    behind.show()
    look_for(qtbot, office, search, "zs")
    shown = search._popup._list
    assert shown is not None
    qtbot.wait(20)
    painted.clear()
    shown.viewport().repaint()
    assert painted == []


def test_escape_closes_empties_and_leads_back(qtbot: QtBot, office: Around, search: PersonSearch) -> None:
    field = search.window().findChildren(QLineEdit)[-1]
    field.setFocus()
    search.begin()
    assert search.hasFocus()
    look_for(qtbot, office, search, "zs")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), search._popup.isVisible(), search.hasFocus()) == ("", False, True)
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert field.hasFocus()


@pytest.mark.parametrize(("typed", "advice"), [("999", "at least four figures"), ("99999", "Type less of it"),
                                               ("qqq", "only the initials"), ("无此人", "Type less of it")])
def test_nobody_found_says_what_to_do_and_cannot_be_chosen(qtbot: QtBot, office: Around, search: PersonSearch,
                                                          typed: str, advice: str) -> None:
    look_for(qtbot, office, search, typed)
    (line,) = search._popup._model.lines
    assert advice in line.below
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert search._popup.row == -1
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert office.way.been == []


def many(of: int) -> list[MemberHit]:
    return [MemberHit(member_id=f"m{n}", household_id="h", name=f"测试{n}", id_no=HEAD_ID, household_no="1",
                      township="示例镇", village="示例村", phone="", enrolled=True) for n in range(of)]


@pytest.mark.parametrize(("found", "lines"), [(10, 10), (11, 11), (20, 11)])
def test_more_than_ten_are_told_of_but_not_shown(qtbot: QtBot, search: PersonSearch, found: int, lines: int) -> None:
    search.setFocus()
    search.insert("测")
    search.offer("测", many(found))
    assert len(search._popup._model.lines) == lines
    assert search._popup._model.choosable == 10
    assert (search._popup._model.lines[-1].text == "There are more: type on") == (found > 10)
    for _ in range(12):
        qtbot.keyClick(search, Qt.Key.Key_Down)
    assert search._popup.row == 9


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(qtbot: QtBot, office: Around, looks: Looks, window: QWidget, language: str) -> None:
    box = shown(qtbot, window, PersonSearch(office.in_words(looks[language])))
    for name, typed in (("name", "样本"), ("initials", "zsl"), ("birth", "1980"), ("tail", "0015"),
                        ("phone", "1390000"), ("village", "样本村"), ("few", "999"), ("nobody", "qqq")):
        look_for(qtbot, office, box, typed)
        looks.take(window, f"search-{name}-{language}")
