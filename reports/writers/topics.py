"""Topics: the items of the agenda and where they were discussed, by the words that open them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from reports.writers.findings import Finding, features
from reports.writers.ranking import centrality
from reports.writers.sentences import Sentence, tidy
from reports.writers.words import content_stems, tokens

_TITLE_WORDS_MOST = 7
_HALF = 0.5
_LIST = re.compile(r"\s*[,;]\s*(?:and |и )?|\s+(?:and|и)\s+")
_ARTICLE = re.compile(r"^(?:the|a|an|our|наш\w*|у нас)\s+", re.IGNORECASE)


@dataclass
class _Topic:
    """An item of the agenda; ``opened`` is where its discussion begins."""

    title: str
    opened: Sentence | None = None
    announced: Sentence | None = None
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
    topics = _matched(known, opened) if known else opened
    for topic in known:
        if topic.opened is None:
            topic.opened = _first_mention(topic, said)
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
    """A few words fit for a heading; nothing where there are too many or none that say something."""
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
        if title and not sentence.cues.courtesy.search(title.lower()):
            found.append(_Topic(title, opened=sentence, marks=_marks(title)))
    return found


def _matched(known: list[_Topic], opened: list[_Topic]) -> list[_Topic]:
    """The known items with the places where they were opened, and opened ones that match none."""
    extra = []
    for topic in opened:
        best = max(known, key=lambda k: len(k.marks & topic.marks))
        if best.marks & topic.marks:
            best.opened = best.opened or topic.opened
        else:
            extra.append(topic)
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


def _outcomes(
    topics: Sequence[_Topic],
    said: Sequence[Sentence],
    weighty: Sequence[Finding],
    held_on: date | None,
) -> list[Finding]:
    found = []
    rank = centrality([content_stems(s.text) for s in said])
    for place, topic in enumerate(topics):
        first = topic.opened.index  # type: ignore[union-attr]
        last = topics[place + 1].opened.index if place + 1 < len(topics) else len(said)  # type: ignore[union-attr]
        stretch = [s for s in said[first + 1 : last] if not s.is_question and len(s.stems) >= 3]
        decided = [
            f for f in weighty if f.kind == "decision" and first < f.sources[-1].index < last
        ]
        text = tidy(topic.title)
        sources = [said[first]]
        if topic.announced:
            sources.insert(0, topic.announced)
        if decided:
            text, sources = f"{text} {decided[0].text}", [*sources, *decided[0].sources]
        elif stretch:
            central = max(stretch, key=lambda s: (float(rank[s.index]), -s.index))
            text, sources = f"{text} {tidy(central.text, central.cues)}", [*sources, central]
        finding = Finding("topic", text, [], features=features(text, held_on))
        finding.add(sources)
        found.append(finding)
    return found
