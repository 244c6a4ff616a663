"""An answer without a language model: of each of the nearest places the nearest sentence, as said.

A question is nearest to a question, and is no answer: it is quoted only where nothing else was
said. Its sentences are quotes, so they are true of what was said; whether they answer is for the
reader. Pure.
"""

from collections.abc import Callable, Sequence

from reports.answers.base import KIND, Inquiry, Place
from reports.writers.base import Evidence, Segment, Statement
from reports.writers.words import tokens

NAME = "extractive"
SENTENCES = 5
WORDS_LEAST = 3
"""Of a sentence that says something by itself."""

Nearness = Callable[[Sequence[str]], Sequence[float]]
"""How near texts are to the question, in order; more is nearer."""


def answer(inquiry: Inquiry, nearness: Nearness) -> list[Statement]:
    """At most five quotes, the nearest place's first."""
    places = inquiry.places[:SENTENCES]
    candidates = [_telling(place) for place in places]
    near = iter(nearness([segment.text for of_place in candidates for segment in of_place]))
    scored = [[(next(near), segment) for segment in of_place] for of_place in candidates]
    best = (max(of_place, key=lambda one: one[0])[1] for of_place in scored if of_place)
    return [_quoted(segment) for segment in best]


def _telling(place: Place) -> list[Segment]:
    """The sentences that say something; all of them where none does."""
    return [s for s in place.segments if _tells(s.text)] or list(place.segments)


def _tells(text: str) -> bool:
    return len(tokens(text)) >= WORDS_LEAST and not text.rstrip().endswith("?")


def _quoted(segment: Segment) -> Statement:
    text = segment.text.strip()
    return Statement(KIND, text, (Evidence(segment.id, segment.start, segment.end, text),))
