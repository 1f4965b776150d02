"""The log of prints, page after page, found by number, clerk and printer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backbone_desktop.services.forms import Form
from backbone_desktop.services.print_ports import Printed
from backbone_desktop.services.rows import PrintNote
from tests.services.office_kit import Office

START = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture
def logged(office: Office) -> Office:
    """Seven prints; two at the same moment, as a batch may have them."""
    with office.desk.open() as work:
        clerk = work.accounts.all()[0].name
        for n in range(7):
            form = Form.RECEIPT if n % 2 else Form.HOUSEHOLD_SHEET
            work.prints.add(PrintNote(
                form=form, subject=f"S{n % 3}", number=f"N{n:03}", copy=0, at=START + timedelta(minutes=n // 2),
                by=clerk, how="printer", paper="A5", printer="针式" if n == 6 else "激光_1"))
        work.commit()
    return office


def numbers(office: Office, typed: str = "", form: str = "", limit: int = 100) -> list[str]:
    """All pages of the log, one after the other."""
    found: list[str] = []
    after: str | None = None
    with office.desk.read() as work:
        while True:
            page = work.prints.page(typed, form, after, limit)
            found += [row.number for row in page.rows]
            if (after := page.next) is None:
                return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_every_print_stands_in_the_log_once_newest_first(logged: Office, limit: int) -> None:
    assert numbers(logged, limit=limit) == numbers(logged)
    assert sorted(numbers(logged)) == [f"N{n:03}" for n in range(7)]
    assert numbers(logged)[0] == "N006"


def test_prints_are_found_by_number_printer_form_and_clerk(logged: Office) -> None:
    assert numbers(logged, "N003") == ["N003"]
    assert numbers(logged, "针式") == ["N006"]
    assert len(numbers(logged, "激光")) == 6
    assert numbers(logged, "N00 针式") == ["N006"]
    assert len(numbers(logged, form="receipt")) == 3
    with logged.desk.read() as work:
        (row, *_) = work.prints.page("", "", None, 1).rows
        assert row.by == work.accounts.all()[0].display_name
        assert work.prints.page("", "", None, 1).total == 7
    assert numbers(logged, "%") == numbers(logged)


def test_how_often_a_subject_was_printed(logged: Office) -> None:
    with logged.desk.read() as work:
        assert work.prints.printed(Form.RECEIPT) == {
            "S1": Printed(1, START), "S0": Printed(1, START + timedelta(minutes=1)),
            "S2": Printed(1, START + timedelta(minutes=2))}
        assert work.prints.printed(Form.DECISION) == {}
