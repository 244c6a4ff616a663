"""Whom the name of an assignee means, among people whose names are known. Pure.

A name that fits two people means neither: nobody is told of what may be another's.
"""

from collections.abc import Mapping
from email.utils import parseaddr
from typing import TypeVar

from reports.writers.names import is_placeholder, same_first_name
from reports.writers.words import fold, lemmas

Key = TypeVar("Key")


def addressee(assignee: str, people: Mapping[Key, str]) -> Key | None:
    """The one person of ``people`` (key → name) whom ``assignee`` means; None for none or several.

    The same words mean one person before others of the same first name are looked at; a surname
    that differs rules a person out.
    """
    wanted = assignee.split()
    if not wanted or is_placeholder(assignee):
        return None
    same = [key for key, name in people.items() if _words(name) == _words(assignee)]
    if same:
        return same[0] if len(same) == 1 else None
    fitting = [key for key, name in people.items() if _fits(wanted, name.split())]
    return fitting[0] if len(fitting) == 1 else None


def address_of(participant: str) -> tuple[str, str]:
    """Name and e-mail address of a participant written as ``Olga <olga@example.org>``.

    The address is empty where none was given.
    """
    name, address = parseaddr(participant)
    return (name or address, address.lower()) if "@" in address else (participant, "")


def _words(name: str) -> list[str]:
    return sorted(fold(name).split())


def _fits(wanted: list[str], named: list[str]) -> bool:
    if not named:
        return False
    if len(wanted) == 1:
        return any(_means(wanted[0], part) for part in named)
    if len(named) == 1:
        return False
    rest = [any(_means(word, part) for part in named) for word in wanted]
    return all(rest)


def _means(word: str, part: str) -> bool:
    """Whether a word of an assignee's name may be a part of a person's: cases, short forms."""
    return (
        fold(word) == fold(part) or same_first_name(word, part) or bool(lemmas(word) & lemmas(part))
    )
