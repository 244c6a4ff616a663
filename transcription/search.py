"""What was said, found by its words in all meetings that somebody may see.

A word is found in any of its forms (PostgreSQL's Russian and English stemmers), ё as е. Quotes ask
for words in a row, a minus leaves a word out, ``or`` (или) takes what stands on either side.
"""

import operator
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.contrib.postgres.search import (
    CombinedSearchQuery,
    SearchHeadline,
    SearchQuery,
)
from django.db import connection
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from meetings.models import Meeting
from transcription.models import Segment
from transcription.models.transcripts import (
    SEARCH_CONFIG,
    SEARCHED,
    SPELLINGS,
    SPELT_ALIKE,
)

LONGEST = 200
"""Characters of a question."""
OF_A_MEETING = 5
"""Moments of a meeting that are shown among those of others."""
OF_ONE_MEETING = 500
"""And where one meeting alone is asked for."""
BEGINS, ENDS = "\ue000", "\ue001"
"""Around a found word in a headline; private to this module, ``SPELLINGS`` keeps them out."""

TERM = re.compile(r'(?P<out>-?)(?:"(?P<row>[^"]*)"|(?P<word>[^\s"]+))')
OR = {"or", "или"}
SURNAME = re.compile(r"(?P<base>\w+[её]в|\w+ов)(?:а|у|ым|е|ой|ы|ых|ыми)?", re.IGNORECASE)
"""The stemmer takes the end off «Королёв», as of «столов», but not off «Королёва», «Королёвым»."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Moment:
    """A segment in which the words were said; ``pieces`` of its text, and which were found."""

    segment: Segment
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True)
class Found:
    """The first moments of a meeting, and how many there are."""

    meeting: Meeting
    moments: list[Moment]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.moments)


def in_sight(user: Any) -> QuerySet[Segment]:
    """What the transcripts say that meetings in the person's sight have now."""
    return Segment.objects.current().filter(
        transcript__meeting__in=Meeting.objects.visible_to(user)
    )


def saying(segments: QuerySet[Segment], words: str) -> QuerySet[Segment]:
    """Those of ``segments`` in which ``words`` were said."""
    return segments.alias(said=SEARCHED).filter(said=_query(words))


def is_too_common(words: str) -> bool:
    """Whether nothing is left to look for: the words are in everything that anybody says."""
    wanted = " ".join(term["row"] or term["word"] for term in _terms(words) if not term["out"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT length(to_tsvector(%s::regconfig, %s))", [SEARCH_CONFIG, _spelt_alike(wanted)]
        )
        return bool(cursor.fetchone()[0] == 0)


def meetings_with(segments: QuerySet[Segment]) -> QuerySet[Meeting]:
    """The meetings of ``segments``, newest first."""
    return Meeting.objects.filter(pk__in=segments.values("transcript__meeting")).recent()


def moments_of(
    meetings: Iterable[Meeting], segments: QuerySet[Segment], words: str, most: int
) -> list[Found]:
    """Of each of ``meetings`` the first ``most`` of ``segments``, in order, in two queries."""
    shown = list(meetings)
    ranked = segments.filter(transcript__meeting__in=shown).annotate(
        place=Window(RowNumber(), partition_by="transcript", order_by=["start", "end", "pk"]),
        total=Window(Count("*"), partition_by="transcript"),
    )
    first = ranked.filter(place__lte=most).values_list("pk", "total")
    totals = dict(first)
    rows = Segment.objects.filter(pk__in=totals).select_related("transcript", "speaker")
    rows = rows.defer("words", "speaker__embedding")
    by_meeting: dict[Any, list[Segment]] = defaultdict(list)
    for segment in marked(rows, words).order_by("start", "end", "pk"):
        by_meeting[segment.transcript.meeting_id].append(segment)
    return [
        Found(
            meeting,
            [Moment(segment, pieces_of(segment)) for segment in of_meeting],
            totals[of_meeting[0].pk],
        )
        for meeting in shown
        if (of_meeting := by_meeting[meeting.pk])
    ]


def marked(segments: QuerySet[Segment], words: str) -> QuerySet[Segment]:
    """``segments`` with what ``spans_of`` reads."""
    headline = SearchHeadline(
        SPELT_ALIKE,
        _query(words),
        config=SEARCH_CONFIG,
        start_sel=BEGINS,
        stop_sel=ENDS,
        highlight_all=True,
    )
    return segments.annotate(headline=headline)


def spans_of(segment: Any) -> list[Span]:
    """Where in the text of a ``marked`` segment the words are: from, to, in Unicode code points.

    Nothing where the database told the text otherwise than it is, as it does with markup.
    """
    spans: list[Span] = []
    begun, at = 0, 0
    for character in segment.headline:
        if character == BEGINS:
            begun = at
        elif character == ENDS:
            spans.append((begun, at))
        else:
            at += 1
    plain = segment.headline.replace(BEGINS, "").replace(ENDS, "")
    return spans if plain == _spelt_alike(segment.text) else []


def pieces_of(segment: Any) -> list[tuple[str, bool]]:
    """The text of a ``marked`` segment in pieces, and whether each is one of the words."""
    pieces, at = [], 0
    for begins, ends in spans_of(segment):
        pieces += [(segment.text[at:begins], False), (segment.text[begins:ends], True)]
        at = ends
    pieces.append((segment.text[at:], False))
    return [piece for piece in pieces if piece[0]]


def with_meeting(segments: QuerySet[Segment]) -> QuerySet[Any]:
    """With speaker and meeting in the same query, and ``held_at`` to order by."""
    held = segments.annotate(held_at=F("transcript__meeting__held_at"))
    return held.select_related("transcript__meeting", "speaker").defer(
        "words", "speaker__embedding"
    )


def _query(words: str) -> CombinedSearchQuery | SearchQuery:
    """Either of what ``or`` parts; of each part every word, and none of those left out."""
    parts: list[list[re.Match[str]]] = [[]]
    for term in _terms(words):
        if term["word"] and term["word"].lower() in OR:
            parts.append([])
        else:
            parts[-1].append(term)
    wanted = [part for part in parts if not all(term["out"] for term in part)]
    if not wanted:
        return SearchQuery("", config=SEARCH_CONFIG)
    return reduce(operator.or_, (reduce(operator.and_, map(_term, part)) for part in wanted))


def _terms(words: str) -> list[re.Match[str]]:
    return [term for term in TERM.finditer(_spelt_alike(words)) if term["row"] or term["word"]]


def _term(term: re.Match[str]) -> CombinedSearchQuery | SearchQuery:
    row, word = term["row"], term["word"]
    query = SearchQuery(row or word, config=SEARCH_CONFIG, search_type="phrase")
    if word and (surname := SURNAME.fullmatch(word)):
        base = surname["base"]
        query |= SearchQuery(base, config=SEARCH_CONFIG)
        query |= SearchQuery(f"{base}а", config=SEARCH_CONFIG)
    return ~query if term["out"] else query


def _spelt_alike(text: str) -> str:
    return text.translate(str.maketrans(*SPELLINGS))
