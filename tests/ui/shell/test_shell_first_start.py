"""The first start: every step checked at its fields, the recovery code proved, nothing typed lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QRadioButton
from shell_kit import AtTheWindow, OpenShell

from backbone_desktop.ui import theme
from backbone_desktop.ui.pages.first_start import FirstStartPage
from backbone_desktop.ui.pages.first_start_steps import FieldsStep
from backbone_desktop.ui.pages.recovery_code import RecoveryCodeStep
from backbone_desktop.ui.pages.recovery_paper import RecoveryPaper
from backbone_desktop.ui.pages.sign_in import SignInPage
from backbone_desktop.ui.presenters.first_start import Step, groups
from backbone_desktop.ui.widgets.buttons import PrimaryButton

NEW = {"office": "示例县医疗保障局", "device_name": "一号窗口", "device_no": "A02"}
PERSON = {"display_name": "测试乙", "account": "yi", "password": "Lushan2019", "password_again": "Lushan2019"}


@pytest.fixture
def begun(open_shell: OpenShell, tmp_path: Path) -> AtTheWindow:
    return open_shell(tmp_path / "new")


def fill(here: AtTheWindow, fields: dict[str, str]) -> None:
    for name, text in fields.items():
        here.clerk.type(name, text)


def next_step(here: AtTheWindow, text: str = "Next") -> FirstStartPage:
    here.clerk.press(text)
    here.clerk.settle()
    page = here.shell.page
    assert isinstance(page, FirstStartPage)
    return page


def to_the_code(here: AtTheWindow) -> RecoveryCodeStep:
    next_step(here)
    here.clerk.type("county", "520625")
    next_step(here)
    fill(here, NEW)
    next_step(here)
    fill(here, PERSON)
    next_step(here)
    fill(here, {"passphrase": "four plain words here", "passphrase_again": "four plain words here"})
    here.clerk.press("Set up")
    return here.clerk.page(RecoveryCodeStep)


def test_an_empty_profile_is_led_to_sign_in(begun: AtTheWindow) -> None:
    step = to_the_code(begun)
    page = begun.shell.page
    code = page._code
    assert len(groups(code)) == 6
    next_button = next(one for one in begun.clerk.shown(PrimaryButton) if one.text() == "Next")
    assert not next_button.isEnabled(), "nobody goes on without having copied the code"
    for number, field in zip(step.asked, step.fields, strict=True):
        field.setFocus()
        begun.clerk.write(groups(code)[number].lower())
    assert next_button.isEnabled()
    next_step(begun)
    assert page.step is Step.FINISH
    begun.clerk.press("Go to sign-in")
    sign_in = begun.clerk.page(SignInPage)
    begun.clerk.settle()
    assert sign_in.form.account == "yi"
    assert begun.backend.profile().device_no == "A02"


def test_a_group_that_was_copied_wrong_is_marked_and_holds_the_clerk(begun: AtTheWindow) -> None:
    step = to_the_code(begun)
    wrong = "ZZZZZ" if groups(begun.shell.page._code)[step.asked[0]] != "ZZZZZ" else "YYYYY"
    step.fields[0].setFocus()
    begun.clerk.write(wrong)
    assert step.fields[0].property("finding") == "refusal"
    assert not next(one for one in begun.clerk.shown(PrimaryButton) if one.text() == "Next").isEnabled()


def test_the_recovery_sheet_is_saved_as_a_pdf(begun: AtTheWindow, tmp_path: Path) -> None:
    step = to_the_code(begun)
    target = tmp_path / "sheet.pdf"
    step.findChild(RecoveryPaper).save_to(target)
    begun.clerk.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert "sheet.pdf" in step._saved.accessibleName()


def test_each_field_is_judged_when_it_is_left(begun: AtTheWindow) -> None:
    next_step(begun)
    begun.clerk.type("county", "520625")
    page = next_step(begun)
    begun.clerk.type("device_no", "7")
    begun.clerk.settle()
    line = begun.clerk.line("device_no")
    assert line.findings[0].code == "office.device_no_form"
    assert begun.clerk.line("device_name").findings == (), "a field that was not reached yet is left in peace"
    next_step(begun)
    assert page.step is Step.OFFICE, "an open field holds the clerk on the page"
    assert begun.clerk.line("office").findings[0].code == "office.name_missing"
    assert begun.clerk.line("office").field.hasFocus()


def test_a_county_is_found_by_name_code_and_pinyin(begun: AtTheWindow) -> None:
    page = next_step(begun)
    begun.clerk.settle()
    for typed, code in (("习水", "520330"), ("520330", "520330"), ("yinjiang", "520625"), ("xsx", "")):
        field = page.sheet.fields["county"]
        field.setFocus()
        field.selectAll()
        begun.clerk.write(typed)
        if not code:  # several counties are spelt so: all of them are offered
            assert {"习水县", "浠水县"} <= {line.text.split(" ")[0] for line in field._popup._model.lines}
            continue
        begun.clerk.key(Qt.Key.Key_Return)
        assert field.typed() == code


def test_the_office_s_township_is_picked_from_the_county_that_was_chosen(begun: AtTheWindow) -> None:
    next_step(begun)
    begun.clerk.type("county", "520625")
    page = next_step(begun)
    begun.clerk.settle()
    field = page.sheet.fields["township"]
    field.setFocus()
    begun.clerk.write("bxz")
    begun.clerk.key(Qt.Key.Key_Return)
    assert page.sheet.typed()["township"] == "板溪镇"
    begun.clerk.type("township", "示例镇")
    assert page.sheet.typed()["township"] == "示例镇"


def test_passwords_are_judged_before_anything_is_made(begun: AtTheWindow) -> None:
    next_step(begun)
    begun.clerk.type("county", "520625")
    next_step(begun)
    fill(begun, NEW)
    page = next_step(begun)
    fill(begun, {**PERSON, "password": "abc", "password_again": "abd"})
    next_step(begun)
    assert page.step is Step.ACCOUNT
    assert begun.clerk.line("password").findings[0].code == "password.too_short"
    assert begun.clerk.line("password_again").findings[0].code == "password.not_the_same"


def test_the_language_changes_with_nothing_lost(begun: AtTheWindow) -> None:
    page = next_step(begun)
    begun.clerk.type("county", "520625")
    page = next_step(begun)
    fill(begun, NEW)
    for _ in range(2):
        begun.clerk.press("Back")
    chinese = next(one for one in begun.clerk.shown(QRadioButton) if one.text() == "简体中文")
    chinese.click()
    begun.clerk.settle()
    begun.clerk.settle()
    assert begun.shell.windowTitle() == "顶梁柱经办端"
    for _ in range(2):
        page = next_step(begun, "下一步")
    assert page.step is Step.OFFICE
    assert isinstance(page.sheet, FieldsStep)
    assert page.sheet.typed() == {**NEW, "township": "", "policy_year": page.sheet.typed()["policy_year"]}


def test_a_machine_with_a_keyring_is_not_asked_for_a_passphrase() -> None:
    from backbone_desktop.ui.presenters.first_start import steps

    assert Step.PASSPHRASE in steps(False)
    assert Step.PASSPHRASE not in steps(True)


def test_large_text_on_a_low_screen_leaves_the_buttons_in_sight(begun: AtTheWindow, qapp: QApplication) -> None:
    begun.shell.resize(1366, 700)
    begun.backend.set_text_size(150)
    begun.shell._dress_again("text_size")
    try:
        next_step(begun)
        begun.clerk.type("county", "520625")
        next_step(begun)
        next_step(begun)
        button = next(one for one in begun.clerk.shown(PrimaryButton) if one.text() == "Next")
        under = begun.clerk.line("office").under
        for part in (button, under):
            corner = part.mapTo(begun.shell, part.rect().bottomRight())
            assert begun.shell.rect().contains(corner)
        assert under.height() >= under.heightForWidth(under.width()), "what is wrong is not cut off"
    finally:
        theme.apply_theme(qapp, begun.backend.resources, theme.Look.LIGHT)
