"""What happened to a household, in plain sentences: the window and the commands say the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from backbone_core.household import HEAD, Household, Listing, Member
from backbone_core.household_act import ActKind, ActPerson, HouseholdAct
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.household_acts import ActDone


def act_sentence(words: Words, act: HouseholdAct) -> str:
    """Whom it concerns and what became of them."""
    told = _sentence(words, act)
    return told if act.taken_back_at is None else words("Taken back: {told}", told=told)


def _sentence(words: Words, act: HouseholdAct) -> str:
    t = words
    went = [one for one in act.people if one.before and not one.after]
    came = [one for one in act.people if one.after and not one.before]
    if act.kind is ActKind.HEAD:
        old = next((one.name for one in act.people if one.before == HEAD), "")
        new = next((one.name for one in act.people if one.after == HEAD), "")
        return t("Head: {old} → {new}", old=old or "—", new=new)
    if act.kind is ActKind.MOVE:
        return t("Moved: {old} → {new}", old=act.old, new=act.new)
    if act.kind is ActKind.ONE_PERSON:
        return _one_person(t, act, went)
    sentence = {
        ActKind.SPLIT: "{people} left for a household of their own, {number}",
        ActKind.SPLIT_FROM: "New household of {people}, split from {number}",
        ActKind.MERGE: "Household {number} came in: {people}",
        ActKind.MERGED: "All went to household {number}: {people}",
        ActKind.BIRTH: "{people} was born",
        ActKind.DEATH: "{people} died",
        ActKind.MARRY_IN: "{people} came by marriage from household {number}" if act.other_no
        else "{people} came by marriage",
        ActKind.MARRY_OUT: "{people} went by marriage to household {number}" if act.other_no
        else "{people} went by marriage",
        ActKind.LEAVE_LIST: "Left the registered-poor list",
        ActKind.RETURN_TO_LIST: "Came back onto the registered-poor list",
    }[act.kind]
    return t(sentence, people=_people(t, came or went), number=act.other_no)


def _one_person(t: Words, act: HouseholdAct, went: list[ActPerson]) -> str:
    if went and act.other_no:
        return t("{people}: this record went into that in household {number}", people=_people(t, went),
                 number=act.other_no)
    sentence = ("Two records of {people} became one; the other one stood in household {number}" if act.other_no
                else "Two records of {people} became one")
    return t(sentence, people=_people(t, act.people), number=act.other_no)


def act_details(words: Words, act: HouseholdAct) -> tuple[str, ...]:
    """Who became what to the head beside that, old → new; and who took the act back."""
    changes = tuple(
        words("{name}: {old} → {new}", name=one.name, old=words(one.before), new=words(one.after))
        for one in sorted(act.people, key=lambda one: one.after != HEAD)
        if one.before and one.after and one.before != one.after
    )
    if act.taken_back_at is None:
        return changes
    return (*changes, words("Taken back by {by}, {when}", by=act.taken_back_by, when=act.taken_back_at))


def former_words(words: Words, member: Member) -> tuple[str, str]:
    """Somebody who died or left: (name and last relation, what and when)."""
    return (words("{name} ({relation})", name=member.name, relation=words(member.relation)),
            words("{standing_code} on {day}", standing_code=f"standing.{member.standing}", day=member.left_on))


def listing_words(words: Words, household: Household) -> str:
    """Off the list or closed, and since when; "" for a household on the list."""
    if household.listing is Listing.LISTED:
        return ""
    return words("{listing_code} since {day}", listing_code=f"listing.{household.listing}",
                 day=household.listing_since)


def done_lines(words: Words, done: ActDone) -> tuple[str, ...]:
    """What an act did, a line each."""
    t = words
    lines = [t("{act_code} is recorded for household {number}.", act_code=f"act.{done.kind}",
               number=done.household_no)]
    if done.kind is ActKind.SPLIT:
        lines.append(t("The new household has the number {number}.", number=done.other_no))
    lines += [t("Household {number} is closed: nobody lives in it any more.", number=number) for number in done.closed]
    lines += [t("{name} is covered in {year}.", name=name, year=year) for name, year in done.covered]
    lines += [t("Cover of {name} in {year} has ended.", name=name, year=year) for name, year in done.ended]
    lines += [t("Please look again: {warning}", warning=t.finding(found)) for found in done.warnings]
    return tuple(lines)


def _people(words: Words, people: Iterable[ActPerson]) -> str:
    mark = "、" if words.language.startswith("zh") else ", "
    return mark.join(words("{name} ({relation})", name=one.name, relation=words(one.after or one.before))
                     for one in people)
