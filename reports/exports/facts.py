"""What an export is told besides the minutes' document."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Document = Mapping[str, Any]
"""Minutes as ``reports.documents.minutes`` makes them, reasons and notes put into words."""

_UNSEEN = {"\n", "\t", "\u200d", "\u200c", "\u00ad"}
"""Control and format characters that texts may hold: breaks, joiners, the soft hyphen."""


@dataclass(frozen=True)
class Participant:
    """Who was there; ``seconds`` of talk, None for who was not recognised by voice."""

    name: str
    seconds: float | None = None
    named: bool = True
    """Whether somebody gave the name; else it is a numbered one."""


@dataclass(frozen=True)
class Turn:
    """Somebody speaks from ``start`` to ``end``, seconds; ``speaker`` is empty where unknown."""

    start: float
    end: float
    speaker: str
    text: str


@dataclass(frozen=True)
class Facts:
    """The meeting; times in its zone, positions and lengths in seconds."""

    title: str
    held_at: datetime
    duration: float | None = None
    organization: str = ""
    place: str = ""
    chair: str = ""
    secretary: str = ""
    participants: tuple[Participant, ...] = ()
    agenda: tuple[str, ...] = ()
    not_reached: tuple[int, ...] = ()
    """Numbers, from 1, of the agenda's items that were not reached."""
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Options:
    """How to lay out: ``layout`` is one of LAYOUTS, ``language`` ``ru`` or ``en``."""

    layout: str = "minutes"
    language: str = "ru"
    transcript: bool = False


def clean(value: Any) -> Any:
    """``value`` with all texts in it free of control characters, also those that turn the order
    of letters round (Unicode's categories Cc, Cf, Cs, Co and Cn), which no document needs."""
    if isinstance(value, str):
        return _clean_text(value)
    if isinstance(value, Mapping):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(clean(item) for item in value)
    return value


def _clean_text(text: str) -> str:
    kept = (c for c in text if c in _UNSEEN or unicodedata.category(c)[0] != "C")
    return re.sub(r"[\s\u2028\u2029]+", " ", "".join(kept)).strip()
