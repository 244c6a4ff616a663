"""A long transcript in pieces: what a page shows at first, and what there is to be asked for."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.functions import Length

from transcription.models import Segment, Transcript

PART = 120
"""Segments that a page shows of a transcript that is too long for one."""
WHOLE = 200
"""A transcript of as many segments is shown at once."""
UNSURE = 0.5
"""Words with a lower confidence are marked."""


@dataclass(frozen=True)
class Part:
    """Segments of a page; ``number`` of ``count`` pages, from 1; ``total`` segments in all."""

    segments: list[Segment]
    number: int
    count: int
    total: int


def segments_for(transcript: Transcript, *, is_editor: bool) -> QuerySet[Segment]:
    """The segments in the order of the recording; editors see dropped ones."""
    rows = Segment.everything.filter(transcript=transcript, is_withdrawn=False)
    shown = rows if is_editor else rows.filter(is_dropped=False)
    return shown.order_by("start", "end", "pk")


def with_speakers(transcript: Transcript, rows: QuerySet[Segment]) -> list[Segment]:
    """``rows`` with who says them, in two queries."""
    speakers = {speaker.pk: speaker for speaker in transcript.speakers.defer("embedding")}
    segments = list(rows)
    for segment in segments:
        segment.speaker = speakers.get(segment.speaker_id or 0)
    return segments


def part_of(transcript: Transcript, told: str, *, is_editor: bool) -> Part:
    """The page that ``told`` names by its number, the nearest where there is none such."""
    rows = segments_for(transcript, is_editor=is_editor)
    total = rows.count()
    if total <= WHOLE:
        return Part(with_speakers(transcript, rows), 1, 1, total)
    count = -(-total // PART)
    number = min(count, max(1, int(told))) if told.isdecimal() and len(told) < 7 else 1
    shown = rows[(number - 1) * PART : number * PART]
    return Part(with_speakers(transcript, shown), number, count, total)


def outline_of(transcript: Transcript, *, is_editor: bool) -> dict[str, list[Any]]:
    """Every segment in order, a list for each field; words are not among them.

    ``starts`` and ``ends`` are hundredths of a second, ``speakers`` the numbers that people see
    (0: nobody known), ``letters`` the length of the text; ``doubtful`` and ``dropped`` are ids.
    """
    unsure = Func(
        F("words"),
        function="jsonb_path_exists",
        template=f"%(function)s(%(expressions)s, '$[*] ? (@.confidence < {UNSURE})')",
        output_field=BooleanField(),
    )
    rows = list(
        segments_for(transcript, is_editor=is_editor)
        .annotate(letters=Length("text"), unsure=unsure)
        .values_list(
            *("pk", "start", "end", "speaker_id", "letters", "revision"),
            *("is_dropped", "flags", "unsure"),
        )
    )
    numbers = {pk: n + 1 for pk, n in transcript.speakers.values_list("pk", "position")}
    return {
        "ids": [row[0] for row in rows],
        "starts": [round(100 * row[1]) for row in rows],
        "ends": [round(100 * row[2]) for row in rows],
        "speakers": [numbers.get(row[3], 0) for row in rows],
        "letters": [row[4] for row in rows],
        "revisions": [row[5] for row in rows],
        "dropped": [row[0] for row in rows if row[6]],
        "doubtful": [row[0] for row in rows if not row[6] and (row[7] or row[8])],
    }


def segments_with(transcript: Transcript, words: str, *, is_editor: bool) -> list[int]:
    """The ids of the segments in which ``words`` stand, in order; case and ё do not matter."""
    wanted = _plain(words)
    texts = segments_for(transcript, is_editor=is_editor).values_list("pk", "text")
    return [pk for pk, text in texts.iterator() if wanted in _plain(text)]


def _plain(text: str) -> str:
    return " ".join(text.split()).lower().replace("ё", "е")
