"""Township and village on a form: picked from the county's list, the village from those of the township."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from backbone_core.places import CountyPlaces, Place
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.widgets.choice_edit import Choice, ChoiceEdit
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.words import Words


class PlaceFields(QObject):
    """What is written stays as it is written; a former name or another spelling is told under the field."""

    def __init__(self, words: Words, township: FieldLine, village: FieldLine) -> None:
        super().__init__(township)
        self._t = words
        self._places: CountyPlaces | None = None
        self._lines = (township, village)
        self.township, self.village = _choice_of(township), _choice_of(village)
        self.township.edited.connect(self._offer_villages)
        self.township.left.connect(self.follow)
        self.village.left.connect(self.follow)
        for line in self._lines:
            line.edited.connect(lambda line=line: line.note(""))

    def ask(self, context: Context) -> None:
        """Fetch the list of the office's county, now and whenever another one was imported."""
        self._fetch(context)
        context.signals.changed.connect(
            lambda changes: self._fetch(context) if any(kind == "reference" for kind, _ in changes) else None)

    def offer(self, places: CountyPlaces | None) -> None:
        self._places = places
        self.township.set_choices(place_choices(self._t, places.townships if places else ()))
        self.follow()

    def follow(self) -> None:
        """Take in what stands in the fields now."""
        self._offer_villages()
        if self._places is not None:
            township, village = self.township.typed(), self.village.typed()
            self._tell(self._lines[0], township, self._places.township(township))
            if self._places.villages_of(township):
                self._tell(self._lines[1], village, self._places.village(township, village))

    def _fetch(self, context: Context) -> None:
        from backbone_desktop.services.reference import county_places

        desk, county = context.desk, context.office.county
        context.store.run(lambda: county_places(desk, county), self.offer)

    def _offer_villages(self) -> None:
        places = self._places.villages_of(self.township.typed()) if self._places is not None else ()
        self.village.set_choices(place_choices(self._t, places))

    def _tell(self, line: FieldLine, typed: str, place: Place | None) -> None:
        if not typed or (place is not None and place.name == typed):
            line.note("")
        elif place is None:
            line.note(self._t("Not in the county's list"))
        elif typed in place.former:
            line.note(self._t("Now called {name}", name=place.name))
        else:
            line.note(self._t("In the county's list: {name}", name=place.name))


def _choice_of(line: FieldLine) -> ChoiceEdit:
    assert isinstance(line.field, ChoiceEdit)
    return line.field


def place_choices(words: Words, places: Sequence[Place]) -> tuple[Choice, ...]:
    """Places to pick by name, former name, initials, pinyin or code."""
    return tuple(
        Choice(one.name, one.name, " ".join((*one.keys, one.code)), one.former,
               words("before: {names}", names="、".join(one.former)) if one.former else "")
        for one in places)
