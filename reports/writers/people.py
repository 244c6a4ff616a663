"""The people of a meeting: whose voice is whose, and whom a name means.

Pure. A name that was given to a speaker comes first, then the one heard, then the speaker's label.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.writers.base import Evidence, Meeting, Segment
from reports.writers.names import (
    HeardName,
    heard_names,
    is_given_name,
    is_placeholder,
    same_first_name,
)
from reports.writers.words import CYRILLIC, parses


@dataclass(frozen=True)
class Person:
    """Somebody who can be charged with a task; ``evidence`` only where the name was heard."""

    name: str
    speaker: str = ""
    evidence: Evidence | None = None


class People:
    """Who takes part in a meeting."""

    def __init__(self, meeting: Meeting, segments: Sequence[Segment]) -> None:
        heard = heard_names(segments, meeting.participants)
        keys = dict.fromkeys([*meeting.speakers, *(s.speaker for s in segments)])
        self._speakers = {key: _person(key, meeting.speakers.get(key, ""), heard) for key in keys}
        self._others = [Person(name) for name in meeting.participants if name]

    @property
    def keys(self) -> tuple[str, ...]:
        """Speakers' keys."""
        return tuple(self._speakers)

    def speaking(self, key: str) -> Person:
        """The person of a speaker's key."""
        return self._speakers[key]

    def named(self, word: str) -> Person | None:
        """The person whom ``word`` («Ольгу», ``Tom``) means; None if it is nobody's name."""
        first = word.split()[0] if word.split() else ""
        if not first[:1].isupper():
            return None
        for person in (*self._speakers.values(), *self._others):
            if not is_placeholder(person.name, person.speaker) and _means(first, person.name):
                return person
        return Person(_nominative(word)) if is_given_name(first) else None


def _person(key: str, given: str, heard: dict[str, HeardName]) -> Person:
    if given and not is_placeholder(given, key):
        return Person(given, key)
    if key in heard:
        return Person(heard[key].name, key, heard[key].evidence)
    return Person(given or key, key)


def _means(word: str, name: str) -> bool:
    return any(same_first_name(word, part) for part in name.split() if len(part) > 1)


def _nominative(word: str) -> str:
    if not CYRILLIC.search(word):
        return word
    return " ".join(_part_nominative(part) for part in word.split())


def _part_nominative(part: str) -> str:
    for parse in parses(part):
        if {"Name", "Patr", "Surn"} & parse.tag.grammemes and (base := parse.inflect({"nomn"})):
            return str(base.word).title()
    return part
