"""What the tables of cues of a language hold; patterns meet folded text (lower case, ё as е)."""

import re
from dataclasses import dataclass


def any_of(*patterns: str) -> re.Pattern[str]:
    """A pattern that finds any of ``patterns`` at a word's beginning."""
    return re.compile(r"(?<!\w)(?:" + "|".join(patterns) + ")")


@dataclass(frozen=True)
class Cues:
    """By which words a language marks what minutes are made of."""

    fillers: re.Pattern[str]
    """Words at a sentence's start that carry nothing."""
    openers: re.Pattern[str]
    """What begins a new sentence where speech was joined by commas."""
    conditional: re.Pattern[str]
    """What makes a following «then» belong to the same sentence."""
    decided: re.Pattern[str]
    settled: re.Pattern[str]
    """A firm course in the first person plural, weaker than ``decided``."""
    lead: re.Pattern[str]
    """Beginning of a sentence that announces the decision and can be left out of its text."""
    undecided: re.Pattern[str]
    """That nothing was decided, or that a cue word is denied."""
    proposed: re.Pattern[str]
    wished: re.Pattern[str]
    """What somebody wants, asks for or had planned: nothing that is decided."""
    objected: re.Pattern[str]
    """What speaks against a proposal without refusing it outright."""
    agreed: re.Pattern[str]
    """A short answer that accepts what was proposed or asked."""
    refused: re.Pattern[str]
    objections_asked: re.Pattern[str]
    no_objections: re.Pattern[str]
    hypothetical: re.Pattern[str]
    past: re.Pattern[str]
    recap: re.Pattern[str]
    joke: re.Pattern[str]
    struck: re.Pattern[str]
    """That what was said before is not for the minutes."""
    postponed: re.Pattern[str]
    open_matter: re.Pattern[str]
    unanswered: re.Pattern[str]
    """An answer that leaves the question open."""
    topic: re.Pattern[str]
    agenda: re.Pattern[str]
    next_meeting: re.Pattern[str]
    courtesy: re.Pattern[str]
    """Greetings, thanks, introductions: never a point of the summary."""
    anaphor: re.Pattern[str]
    """An object that only the sentence before can explain."""
    everyone: re.Pattern[str]
    refers_back: re.Pattern[str]
