"""What the fields of one form share: their order under Enter, what the rules found about them, and what is open."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from backbone_core.errors import Finding
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form_grid import scroll_area_of
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = Qt.KeyboardModifier.KeypadModifier


class Form(QObject):
    """Fields are named as in findings ("members.2.id_no"). A finding is shown once its field has been left."""

    edited = Signal()
    left = Signal(str)
    opened = Signal(int)
    """How many fields a refusal stands at, shown or not yet shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, FieldLine] = {}
        self._stops: list[QWidget] = []
        self._hand_in: QAbstractButton | None = None
        self._left: set[str] = set()
        self._found: dict[str, tuple[Finding, ...]] = {}
        self.general: tuple[Finding, ...] = ()
        """What was found about the form as a whole, or about something that it does not show."""

    # -- which fields there are

    def add(self, line: FieldLine) -> FieldLine:
        """Take a field in under its name."""
        self._lines[line.name] = line
        line.edited.connect(lambda: self._on_edited(line))
        line.left.connect(lambda: self._on_left(line))
        return line

    def take(self, lines: Iterable[FieldLine]) -> None:
        """Take the form's lines anew after some were added, moved or removed; what was left stays left."""
        names = {id(line): name for name, line in self._lines.items()}
        kept = list(lines)
        self._left = {line.name for line in kept if names.get(id(line)) in self._left}
        self._found, self._lines = {}, {}
        for line in kept:
            if id(line) in names:
                self._lines[line.name] = line
            else:
                self.add(line)

    def set_order(self, stops: Iterable[QWidget], *, hand_in: QAbstractButton | None = None) -> None:
        """The paper's order: where Enter and Tab go next. On a short form Enter in the last field presses `hand_in`."""
        self._hand_in = hand_in
        for stop in self._stops:
            stop.removeEventFilter(self)
        self._stops = list(stops)
        for stop in self._stops:
            stop.installEventFilter(self)
        for before, after in zip(self._stops, self._stops[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def line(self, name: str) -> FieldLine:
        return self._lines[name]

    @property
    def lines(self) -> tuple[FieldLine, ...]:
        return tuple(self._lines.values())

    # -- what the rules found

    def set_findings(self, findings: Iterable[Finding]) -> None:
        """Take what the service found about the whole form as it stands now."""
        by_field: dict[str, list[Finding]] = {}
        general = []
        for found in findings:
            if found.field in self._lines:
                by_field.setdefault(found.field, []).append(found)
            else:
                general.append(found)
        self._found = {name: tuple(some) for name, some in by_field.items()}
        self.general = tuple(general)
        for line in self._lines.values():
            self._show(line)
        self.opened.emit(self.open)

    def forget(self) -> None:
        """A fresh form: nothing has been left, nothing was found."""
        self._left.clear()
        self.set_findings(())

    def show_all(self) -> None:
        """Show every finding, as when the whole form is handed in."""
        self._left = set(self._lines)
        for line in self._lines.values():
            self._show(line)

    @property
    def open_names(self) -> list[str]:
        """Fields that must still be put right, in the paper's order."""
        refused = [name for name in self._lines if any(found.refuses for found in self._findings(name))]
        order = {id(stop): place for place, stop in enumerate(self._stops)}
        return sorted(refused, key=lambda name: order.get(id(self._lines[name].field), len(order)))

    @property
    def open(self) -> int:
        return len(self.open_names) + sum(1 for found in self.general if found.refuses)

    def go_to_first_open(self) -> None:
        if names := self.open_names:
            line = self._lines[names[0]]
            self._left.add(names[0])
            self._show(line)
            line.field.setFocus(Qt.FocusReason.TabFocusReason)

    def _findings(self, name: str) -> tuple[Finding, ...]:
        field = self._lines[name].field
        own = field.finding() if isinstance(field, TypedEdit) else None
        return (Finding(own.code, name, own.facts),) if own is not None else self._found.get(name, ())

    def _show(self, line: FieldLine) -> None:
        shown = self._findings(line.name) if line.name in self._left else ()
        if shown != line.findings:
            line.say(shown)

    def _on_edited(self, line: FieldLine) -> None:
        if line.findings and isinstance(line.field, TypedEdit) and line.field.finding() is None:
            self._found.pop(line.name, None)
            line.say(())
        self.edited.emit()

    def _on_left(self, line: FieldLine) -> None:
        self._left.add(line.name)
        self._show(line)
        self.left.emit(line.name)

    # -- Enter goes on, Shift+Enter goes back

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            return self._key(watched, event)
        if kind is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            reveal(watched)
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.KeyRelease):  # Alt is the only key whose release matters
            self._show_letters(False)
        return False

    def _key(self, watched: QWidget, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Alt:
            self._show_letters(True)
            return False
        if event.key() not in _ENTER:
            return False
        held = event.modifiers() & ~_PLAIN
        if held == Qt.KeyboardModifier.ShiftModifier:
            self.go(watched, -1)
            return True
        if held:
            return False
        if isinstance(watched, TypedEdit) and not watched.entering():
            return True
        if isinstance(watched, QAbstractButton) and not watched.isCheckable():
            watched.click()
            return True
        if self._hand_in is not None and self._next(watched, 1) is self._hand_in:
            self._hand_in.click()
            return True
        self.go(watched, 1)
        return True

    def go(self, start: QWidget, step: int) -> None:
        """Move the caret to the next (or previous) field that can be typed into."""
        stop = self._next(start, step)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason)

    def _next(self, start: QWidget, step: int) -> QWidget | None:
        if start not in self._stops:
            return None
        place = self._stops.index(start) + step
        while 0 <= place < len(self._stops):
            stop = self._stops[place]
            if stop.isVisible() and stop.isEnabled() and stop.focusPolicy() != Qt.FocusPolicy.NoFocus and not (
                isinstance(stop, TypedEdit) and stop.isReadOnly()
            ):
                return stop
            place += step
        return None

    def _show_letters(self, shown: bool) -> None:
        for line in self._lines.values():
            line.label.show_letter(shown)


def reveal(widget: QWidget) -> None:
    """Scroll so far that a field and the line under it can be seen."""
    scroll = scroll_area_of(widget)
    if scroll is not None:
        scroll.ensureWidgetVisible(widget, 0, 64)
