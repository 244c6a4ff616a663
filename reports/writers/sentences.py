"""Segments cut into sentences and joined to them, each with the places that it was said in.

Pure. Recognised speech joins sentences by commas or breaks them between segments; here a sentence
also begins at the words by which people open one, and goes on into the next segment where it must.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reports.writers.base import Evidence, Segment
from reports.writers.cues import Cues
from reports.writers.cues_en import EN
from reports.writers.cues_ru import RU
from reports.writers.dates import days, deadline
from reports.writers.names import called_name
from reports.writers.words import content_stems, fold, language_of, tokens

_END = re.compile(r"[.!?…]+[\"»”)]*(?=\s+[\"«“(—–-]*\s*[A-ZА-ЯЁ0-9]|\s*$)|[?!]+(?=\s)")
_COMMA = re.compile(r"[,;:—–]\s+|\s+(?:-|and|и)\s+")
_OPEN_END = re.compile(r"[\w,;—–-]$")
_BROKEN_OFF = re.compile(
    r"(?:[\s,-]+(?:so|and|but|or|the|a|to|of|that|because|sorry|и|а|но|или|что|чтобы|потому|в|"
    r"на|с|к))+$|[\s,-]+(?:so-|sorry to)+$",
    re.IGNORECASE,
)
_JOIN_GAP_SECONDS = 2.0
_WHOLE_SHARE = 0.9


@dataclass(frozen=True)
class Sentence:
    """A sentence of one speaker; ``parts`` are its words in the segments that hold them."""

    index: int
    turn: int
    speaker: str
    text: str
    parts: tuple[Evidence, ...]

    def __hash__(self) -> int:
        return hash((self.index, self.text))

    @cached_property
    def folded(self) -> str:
        """The text as cues are looked for."""
        return fold(self.text)

    @cached_property
    def cues(self) -> Cues:
        """The cues of the language that the sentence is in."""
        return EN if language_of(self.text) == "en" else RU

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words that carry meaning."""
        return frozenset(content_stems(self.text))

    @cached_property
    def body(self) -> str:
        """The folded text without the fillers at its start."""
        return fold(without_fillers(self.text, self.cues))

    @property
    def start(self) -> float:
        """Seconds."""
        return self.parts[0].start

    @property
    def end(self) -> float:
        """Seconds."""
        return self.parts[-1].end

    @cached_property
    def is_question(self) -> bool:
        """Whether it ends as a question."""
        return self.text.rstrip('"»”) ').endswith("?")


def sentences(segments: Sequence[Segment]) -> list[Sentence]:
    """Sentences of ``segments`` in their order, with the number of the turn each is in."""
    found: list[Sentence] = []
    turn = -1
    listing = False
    last: Segment | None = None
    for segment in segments:
        if last is None or segment.speaker != last.speaker:
            turn += 1
            listing = False
        spans = _spans(segment.text, listing)
        listing = listing or any(_sums_up(segment.text[slice(*span)]) for span in spans)
        for begin, end in spans:
            part = excerpt(segment, begin, end)
            if found and (_goes_on(found[-1], part, turn) or _was_begun_by(found[-2:], part, turn)):
                before = found[-1]
                text = f"{before.text} {part.quote}"
                parts = (*before.parts, part)
                found[-1] = Sentence(before.index, turn, segment.speaker, text, parts)
            else:
                found.append(Sentence(len(found), turn, segment.speaker, part.quote, (part,)))
        last = segment if segment.text.strip() else last
    return found


def excerpt(segment: Segment, begin: int, end: int) -> Evidence:
    """Evidence for ``segment.text[begin:end]``; its seconds are told by its share of the text."""
    length = max(len(segment.text), 1)
    span = segment.end - segment.start
    start, stop = segment.start, segment.end
    if (end - begin) / length < _WHOLE_SHARE:
        start, stop = start + span * begin / length, start + span * end / length
    return Evidence(segment.id, round(start, 3), round(stop, 3), segment.text[begin:end])


def without_fillers(text: str, cues: Cues) -> str:
    """``text`` from its first word that says something; all of it if none does."""
    rest = text
    while match := cues.fillers.match(fold(rest)):
        rest = rest[match.end() :]
    return rest if rest.strip() else text


def tidy(text: str, cues: Cues | None = None) -> str:
    """A sentence fit to be read: no fillers at its start, a capital first, a full stop last."""
    rest = without_fillers(text, cues) if cues else text
    rest = re.sub(r"\s+", " ", rest).strip(' ,;:—–-"«»“”')
    rest = _BROKEN_OFF.sub("", rest)
    if rest and rest[-1] not in ".!?…":
        rest += "."
    return rest[:1].upper() + rest[1:]


def _spans(text: str, listing: bool) -> list[tuple[int, int]]:
    """Places of the sentences in a segment's text, trimmed; together they hold all its words.

    ``listing``: the turn is summing up, so that every clause is a point of its own.
    """
    cuts = [0, *(m.end() for m in _END.finditer(text)), len(text)]
    spans = []
    for begin, end in pairwise(cuts):
        spans += _opened_spans(text, begin, end, listing)
        listing = listing or _sums_up(text[begin:end])
    return [
        s for s in (_trimmed(text, *span) for span in spans) if re.search(r"\w", text[slice(*s)])
    ]


def _sums_up(text: str) -> bool:
    cues = EN if language_of(text) == "en" else RU
    return bool(cues.recap.search(fold(text)))


def _opened_spans(text: str, begin: int, end: int, listing: bool) -> list[tuple[int, int]]:
    """A span cut where a new sentence opens behind a comma, or at every point of a list."""
    cues = EN if language_of(text[begin:end]) == "en" else RU
    folded = fold(text)
    cuts = [begin]
    for comma in _COMMA.finditer(text, begin, end):
        so_far = text[cuts[-1] : comma.start()]
        if cues.conditional.search(fold(so_far)) or not _says_something(so_far, cues):
            continue
        point = listing or cues.recap.search(folded, begin, comma.start())
        if (
            cues.openers.match(folded, comma.end(), end)
            or (point and _is_point(text, comma.end(), end))
            or _turns_to_somebody(text, comma.end(), end)
        ):
            cuts.append(comma.end())
    cuts.append(end)
    return list(pairwise(cuts))


def _is_point(text: str, begin: int, end: int) -> bool:
    """Whether what stands behind a comma is more than a day that belongs to the words before."""
    named = [m for m in days(text[:end]) if m.begin < begin < m.end]
    due = deadline(text[begin:end])
    return not named and not (due and due.begin == 0)


def _says_something(text: str, cues: Cues) -> bool:
    """Whether a span is more than fillers or a name that is called."""
    rest = without_fillers(text + ",", cues)
    return not cues.fillers.match(fold(rest)) and not re.fullmatch(r"\W*[A-ZА-ЯЁ]?[\w-]*\W*", rest)


def _turns_to_somebody(text: str, begin: int, end: int) -> bool:
    return bool(re.match(r"[A-ZА-ЯЁ]\w+, \w", text[begin:end]) and called_name(text[begin:end]))


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    stripped = text[begin:end].strip()
    begin = text.index(stripped, begin) if stripped else begin
    return begin, begin + len(stripped)


def _goes_on(before: Sentence, part: Evidence, turn: int) -> bool:
    """Whether ``part`` continues a sentence that the segment before left open."""
    last = before.parts[-1]
    return (
        before.turn == turn
        and last.segment != part.segment
        and len(before.parts) < 3
        and part.start - last.end <= _JOIN_GAP_SECONDS
        and bool(_OPEN_END.search(last.quote))
        and not part.quote[:1].isupper()
    )


def _was_begun_by(last_two: Sequence[Sentence], part: Evidence, turn: int) -> bool:
    """Whether a word or two left behind a turn's last sentence belong to the one who goes on."""
    before = last_two[-1]
    return (
        len(last_two) == 2
        and last_two[0].turn == before.turn == turn - 1
        and len(tokens(before.text)) <= 2
        and part.start - before.end <= _JOIN_GAP_SECONDS
        and bool(_OPEN_END.search(before.text))
        and part.quote[:1].islower()
    )


def between(
    all_sentences: Sequence[Sentence], sentence: Sentence, turns: int
) -> Iterable[Sentence]:
    """Sentences after ``sentence`` as far as ``turns`` turns on."""
    for place in range(sentence.index + 1, len(all_sentences)):
        other = all_sentences[place]
        if other.turn > sentence.turn + turns:
            return
        yield other
