"""Topics: the items of the agenda and where they were discussed, by the words that open them.

Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from reports.writers.base import SpeakerTime
from reports.writers.findings import Finding, features
from reports.writers.names import called_name
from reports.writers.numerals import numbers
from reports.writers.ranking import Floats, centrality
from reports.writers.sentences import Sentence, tidy
from reports.writers.words import content_stems, tokens

_TITLE_WORDS_MOST = 7
_HALF = 0.5
_FEWEST_STEMS = 3
_LIST = re.compile(r"\s*[,;]\s*(?:and |и )?|\s+(?:and|и)\s+")
_ARTICLE = re.compile(r"^(?:the|a|an|our|наш\w*|у нас)\s+", re.IGNORECASE)


@dataclass
class _Topic:
    """An item of the agenda; ``opened`` is where its discussion begins."""

    title: str
    opened: Sentence | None = None
    announced: Sentence | None = None
    order: int = 0
    """Its place in the agenda where it is opened by that («второй пункт»), from 1."""
    marks: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Topics:
    """What was discussed, and the numbers (from 1) of agenda items that were not reached."""

    found: list[Finding]
    not_reached: tuple[int, ...] = ()


def find_topics(
    said: Sequence[Sentence],
    agenda: Sequence[str],
    weighty: Sequence[Finding],
    held_on: date | None,
) -> Topics:
    """Topics in the order of the talk, each with what came of it in its stretch of the talk.

    Items are those of ``agenda``, else those announced at the start, else those that are opened by
    «второй пункт», "next item".
    """
    items = [_Topic(title, marks=_marks(title)) for title in agenda if title.strip()]
    announced = [] if items else _announced(said)
    known = items or announced
    opened = _opened(said)
    topics = _matched(known, opened) if known else [t for t in opened if t.title]
    for topic in known:
        if topic.opened is None:
            topic.opened = _first_mention(topic, said)
    _begin_behind_announcement(known, said)
    reached = sorted((t for t in topics if t.opened), key=lambda t: t.opened.index)  # type: ignore[union-attr]
    found = _outcomes(reached, said, weighty, held_on)
    return Topics(found, tuple(n for n, item in enumerate(items, 1) if not item.opened))


def _marks(title: str) -> frozenset[str]:
    return frozenset(stem[:5] for stem in content_stems(title))


def _announced(said: Sequence[Sentence]) -> list[_Topic]:
    """Items of «на повестке три пункта: …»."""
    for sentence in said[: max(20, len(said) // 10)]:
        match = sentence.cues.agenda.search(sentence.folded)
        if not match or sentence.is_question:
            continue
        group = "list" if match["list"] is not None else "list2"
        listed, source = sentence.text[match.start(group) :], sentence
        if not re.search(r"\w", listed) and sentence.index + 1 < len(said):
            source = said[sentence.index + 1]
            listed = source.text if source.turn == sentence.turn else ""
        titles = [t for t in map(_title, _LIST.split(listed)) if t]
        if len(titles) >= 2:
            return [_Topic(title, announced=source, marks=_marks(title)) for title in titles]
    return []


def _title(text: str) -> str:
    """A few words fit for a heading; nothing where there are too many or too little is said."""
    bare = _ARTICLE.sub("", text.strip(" .,:;!?—–-"))
    if not content_stems(bare) or len(tokens(bare)) > _TITLE_WORDS_MOST:
        return ""
    return bare[:1].upper() + bare[1:]


def _opened(said: Sequence[Sentence]) -> list[_Topic]:
    """Topics by the words that open them, with what they are called there."""
    found = []
    for sentence in said:
        match = sentence.cues.topic.search(sentence.folded)
        if not match or sentence.cues.recap.search(sentence.folded):
            continue
        group = "rest" if match["rest"] is not None else "on"
        rest = sentence.text[match.start(group) :]
        title = _title(re.split(r"[,.;:?!]", rest)[0])
        if not title and not re.search(r"\w", rest) and sentence.index + 1 < len(said):
            following = said[sentence.index + 1]
            title = _title(following.text) if following.turn == sentence.turn else ""
            title = "" if called_name(following.text) else title
        if sentence.cues.courtesy.search(title.lower()):
            continue
        order = next((int(n.value) for n in numbers(sentence.text) if n.ordinal), 0)
        if title or order:
            found.append(_Topic(title, sentence, marks=_marks(title), order=order))
    return found


def _matched(known: list[_Topic], opened: list[_Topic]) -> list[_Topic]:
    """The known items with the places where they were opened, and opened ones that match none."""
    extra = []
    for topic in opened:
        best = max(known, key=lambda k: len(k.marks & topic.marks))
        if not best.marks & topic.marks and 0 < topic.order <= len(known):
            best = known[topic.order - 1]
        elif not best.marks & topic.marks:
            extra += [topic] if topic.title else []
            continue
        best.opened = best.opened or topic.opened
    return [*known, *extra]


def _first_mention(topic: _Topic, said: Sequence[Sentence]) -> Sentence | None:
    """The first sentence with at least half of the title's words, past the announcement."""
    after = topic.announced.index if topic.announced else -1
    for sentence in said[after + 1 :]:
        marks = {stem[:5] for stem in sentence.stems}
        aside = sentence.cues.recap.search(sentence.folded) or sentence.cues.agenda.search(
            sentence.folded
        )
        if topic.marks and not aside and len(topic.marks & marks) / len(topic.marks) > _HALF:
            return sentence
    return None


def _begin_behind_announcement(known: list[_Topic], said: Sequence[Sentence]) -> None:
    """The first announced item, if nothing opens it, begins where the announcement ends."""
    first = known[0] if known else None
    if first and first.announced and first.opened is None:
        following = said[first.announced.index + 1 :][:1]
        later = [t.opened.index for t in known[1:] if t.opened]
        if following and all(following[0].index < place for place in later):
            first.opened = following[0]


def _outcomes(
    topics: Sequence[_Topic],
    said: Sequence[Sentence],
    weighty: Sequence[Finding],
    held_on: date | None,
) -> list[Finding]:
    rank = centrality([content_stems(s.text) for s in said])
    decided = [f for f in weighty if f.kind == "decision"]
    summed_up = [s.index for s in said if s.cues.recap.search(s.folded)][-1:]
    places = [t.opened.index for t in topics if t.opened]
    places.append(next((at for at in summed_up if not places or at > places[-1]), len(said)))
    found = []
    for topic, first, last in zip(topics, places, places[1:], strict=False):
        sources = [topic.announced] if topic.announced else []
        sources.append(said[first])
        outcome = _outcome(topic, first, last, decided)
        if outcome:
            text, sources = f"{tidy(topic.title)} {outcome.text}", [*sources, *outcome.sources]
        else:
            central = _central(said[first + 1 : last], rank) or _central(said[first:last], rank)
            told = central and not central.cues.topic.search(central.folded)
            words = tidy(central.text, central.cues) if central and told else ""
            text = f"{tidy(topic.title)} {words}".strip()
            sources += [central] if central else []
        finding = Finding("topic", text, [], said[first], features=features(text, held_on))
        finding.duration, finding.speakers = _time_spent(said, first, last)
        finding.add(sources)
        found.append(finding)
    return found


def _time_spent(
    said: Sequence[Sentence], first: int, last: int
) -> tuple[float, tuple[SpeakerTime, ...]]:
    """Seconds from the first sentence of a stretch to what follows it, and who spoke how long."""
    end = said[last].start if last < len(said) else said[-1].end
    spoken: dict[str, float] = {}
    for sentence in said[first:last]:
        seconds = sum(part.end - part.start for part in sentence.parts)
        spoken[sentence.speaker] = spoken.get(sentence.speaker, 0.0) + seconds
    longest_first = sorted(spoken.items(), key=lambda item: (-item[1], item[0]))
    times = tuple(SpeakerTime(key, round(seconds, 2)) for key, seconds in longest_first)
    return round(max(end - said[first].start, 0.0), 2), times


def _outcome(topic: _Topic, first: int, last: int, decided: Sequence[Finding]) -> Finding | None:
    """The decision that a topic came to: one of its own stretch, best of its own words."""
    akin = [f for f in decided if topic.marks & f.features]
    within = [f for f in decided if first <= f.main.index < last]
    both = [f for f in within if f in akin]
    return next(iter([*both, *within, *akin]), None)


def _central(stretch: Sequence[Sentence], rank: Floats) -> Sentence | None:
    fit = [s for s in stretch if not s.is_question and len(s.stems) >= _FEWEST_STEMS]
    return max(fit, key=lambda s: (float(rank[s.index]), -s.index)) if fit else None
