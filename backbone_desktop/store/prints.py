"""The log of prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, and_, func, insert, or_, select, tuple_

from backbone_desktop.services.forms import Form
from backbone_desktop.services.print_ports import Printed, PrintRow
from backbone_desktop.services.rows import Page, PrintNote
from backbone_desktop.store.tables import account, print_log

_CAPPED = 1_001


class StoredPrints:
    """`services.print_ports.PrintRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_subject(self, form: Form, subject: str) -> tuple[PrintNote, ...]:
        of_it = (print_log.c.form == form, print_log.c.subject == subject)
        rows = self._connection.execute(select(print_log).where(*of_it).order_by(print_log.c.at, print_log.c.copy))
        return tuple(PrintNote(**row) for row in rows.mappings())

    def copies(self, form: Form, number: str) -> int:
        of_it = (print_log.c.form == form, print_log.c.number == number)
        return self._connection.scalar(select(func.count()).select_from(print_log).where(*of_it)) or 0

    def printed(self, form: Form) -> Mapping[str, Printed]:
        counted = (select(print_log.c.subject, func.count(), func.max(print_log.c.at))
                   .where(print_log.c.form == form).group_by(print_log.c.subject))
        return {subject: Printed(times, last) for subject, times, last in self._connection.execute(counted)}

    def page(self, typed: str, form: str, after: str | None, limit: int) -> Page[PrintRow]:
        conditions = [print_log.c.form == Form(form)] if form else []
        for word in typed.split():
            part = f"%{word.replace('%', '').replace('_', '')}%"
            conditions.append(or_(*(column.like(part) for column in (
                print_log.c.number, print_log.c.printer, account.c.display_name, print_log.c.by))))
        source = print_log.outerjoin(account, account.c.name == print_log.c.by)
        place = tuple_(print_log.c.at, print_log.c.form, print_log.c.number, print_log.c.copy)
        here = [*conditions, place < self._place(after)] if after else conditions
        rows = self._connection.execute(
            select(print_log, account.c.display_name).select_from(source).where(and_(True, *here))
            .order_by(print_log.c.at.desc(), print_log.c.form.desc(), print_log.c.number.desc(),
                      print_log.c.copy.desc()).limit(limit + 1)).mappings().all()
        counted = select(print_log.c.number).select_from(source).where(and_(True, *conditions)).limit(_CAPPED)
        total = self._connection.scalar(select(func.count()).select_from(counted.subquery())) or 0
        shown = tuple(PrintRow(id=f"{row['form']}/{row['number']}/{row['copy']}", by=row["display_name"] or row["by"],
                               **{name: row[name] for name in ("form", "subject", "number", "copy", "at", "how",
                                                               "paper", "printer")})
                      for row in rows[:limit])
        return Page(shown, shown[-1].id if len(rows) > limit else None, total)

    def add(self, note: PrintNote) -> None:
        self._connection.execute(insert(print_log).values(**asdict(note)))

    def _place(self, row_id: str) -> tuple[datetime | None, Form, str, int]:
        """Where the last row of a page stands in the log's order."""
        form, _, rest = row_id.partition("/")
        number, _, copy = rest.rpartition("/")
        key = (print_log.c.form == Form(form), print_log.c.number == number, print_log.c.copy == int(copy))
        return self._connection.scalar(select(print_log.c.at).where(*key)), Form(form), number, int(copy)
