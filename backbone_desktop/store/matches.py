"""Says which field of a row that was found answers to what was typed, and where in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from backbone_core.names import MIDDLE_DOT
from backbone_desktop.services.matched import PART, Match, MatchedField
from backbone_desktop.store.pinyin import syllables_begun
from backbone_desktop.store.search import FoundBy
from backbone_desktop.store.search_key import Typed

_NUMBERS = (MatchedField.ID_NO, MatchedField.PHONE, MatchedField.HOUSEHOLD_NO, MatchedField.RECEIPT_NO)
_SILENT = f"{MIDDLE_DOT} '’-0123456789"
_PLACES = (MatchedField.VILLAGE, MatchedField.TOWNSHIP)


def match_of(key: Typed, values: Mapping[MatchedField, str], spelt: str = "") -> Match | None:
    """The best match among the fields' values: exact before beginning before part, as the search ranks them.

    `spelt` is the spelling by which a name or village was found, "pinyin initials".
    """
    return _in_numbers(key, values) if key.number else _in_texts(key, values, spelt)


def row_match(by: FoundBy, values: Mapping[MatchedField, str], other_phone: str = "") -> Match | None:
    """The match of a row that a search found; `other_phone` is one that the row does not show."""
    shown = {field: value for field, value in values.items() if not (by.hit.by_place and field is MatchedField.NAME)}
    match = match_of(by.key, shown, by.hit.spelt)
    if match is None and (match := match_of(by.key, {MatchedField.PHONE: other_phone})) is not None:
        return replace(match, field=MatchedField.OTHER_PHONE)
    return match


def _in_numbers(key: Typed, values: Mapping[MatchedField, str]) -> Match | None:
    number, length = key.number, len(key.number)
    held = [(field, values[field]) for field in _NUMBERS if values.get(field)]
    whole = [Match(field, 0, len(value)) for field, value in held if value == number]
    ends = [Match(field, len(value) - length, length) for field, value in held
            if length >= PART and value.endswith(number)]
    starts = [Match(field, 0, len(one)) for field, value in held
              for one in (key.ids if field is MatchedField.ID_NO else (number,)) if value.startswith(one)]
    parts = [found for field, value in held if length >= PART and field is MatchedField.ID_NO
             and (found := _in_id(value, number)) is not None]
    ranked = (whole, ends, starts, parts) if length == PART else (whole, starts, ends, parts)
    return next((one for some in ranked for one in some), None)


def _in_id(id_no: str, number: str) -> Match | None:
    if (place := id_no.find(number)) >= 0:
        return Match(MatchedField.ID_NO, place, len(number))
    if id_no[6:8] == "19" and (place := (id_no[:6] + id_no[8:17]).find(number)) >= 0:  # its older form
        start, end = (at if at < 6 else at + 2 for at in (place, place + len(number) - 1))
        return Match(MatchedField.ID_NO, start, end + 1 - start)
    return None


def _in_texts(key: Typed, values: Mapping[MatchedField, str], spelt: str) -> Match | None:
    for field in (MatchedField.HOUSEHOLD_NO, MatchedField.RECEIPT_NO):
        if values.get(field, "").startswith(key.text.upper()):
            return Match(field, 0, len(key.text))
    in_name = _in_name(values.get(MatchedField.NAME, ""), key.text)
    in_place = next((Match(field, 0, len(key.text)) for field in _PLACES
                     if values.get(field, "").startswith(key.text)), None)
    return in_name or in_place or _in_spelling(key, values, spelt)


def _in_spelling(key: Typed, values: Mapping[MatchedField, str], spelt: str) -> Match | None:
    """The characters of the name, or of the village, that the letters stand for."""
    pinyin, _, initials = spelt.partition(" ")
    count = syllables_begun(pinyin, initials, key.letters) if spelt and key.letters else 0
    field = next((one for one in (MatchedField.NAME, MatchedField.VILLAGE) if one in values), None)
    if not count or field is None:
        return None
    spoken = [at for at, character in enumerate(values[field]) if character not in _SILENT]
    return Match(field, 0, spoken[min(count, len(spoken)) - 1] + 1)


def _in_name(name: str, text: str) -> Match | None:
    if (place := name.find(text)) >= 0:
        return Match(MatchedField.NAME, place, len(text))
    kept = [at for at, character in enumerate(name) if character != MIDDLE_DOT]  # as it is typed without dots
    if (place := "".join(name[at] for at in kept).find(text)) >= 0:
        return Match(MatchedField.NAME, kept[place], kept[place + len(text) - 1] + 1 - kept[place])
    return None
