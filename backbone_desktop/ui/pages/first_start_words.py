"""What the steps of the first start are called and say."""

from __future__ import annotations

from backbone_desktop.ui.pages.first_start_steps import StepWords
from backbone_desktop.ui.presenters.first_start import Step
from backbone_desktop.words import Words


def step_name(words: Words, step: Step) -> str:
    return {
        Step.LANGUAGE: words("Language"),
        Step.COUNTY: words("County"),
        Step.OFFICE: words("Office and computer"),
        Step.ACCOUNT: words("First account"),
        Step.PASSPHRASE: words("Passphrase"),
        Step.RECOVERY: words("Recovery code"),
        Step.FINISH: words("Ready"),
    }[step]


def step_words(words: Words, step: Step) -> StepWords:
    sentence = {
        Step.LANGUAGE: words("Choose the language of the window, the printed forms and the messages. "
                             "It can be changed later in Settings."),
        Step.COUNTY: words("Type the county's name or its six-digit code and choose it from the list."),
        Step.OFFICE: words("These stand on every receipt. The device number must be different on every computer of "
                           "the county, so that no two receipts bear the same number."),
        Step.ACCOUNT: words("This person runs the office on this computer and can add other people later. "
                            "Everybody signs in with an account of their own."),
        Step.PASSPHRASE: words("This computer has no safe place for keys, so the register opens with a passphrase. "
                               "It is asked for whenever the program starts."),
    }[step]
    return StepWords(step_name(words, step), sentence)


def labels(words: Words, step: Step) -> tuple[str, ...]:
    """The labels of a step's fields, in the order of `FIELDS`."""
    return {
        Step.COUNTY: (words("&County"),),
        Step.OFFICE: (words("&Office"), words("&Township"), words("Computer &name"), words("&Device number"),
                      words("Policy &year")),
        Step.ACCOUNT: (words("Your &name"), words("&Account"), words("&Password"), words("Password a&gain")),
        Step.PASSPHRASE: (words("&Passphrase"), words("Passphrase a&gain")),
    }[step]
