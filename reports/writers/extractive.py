"""Minutes without a language model: the meeting's own sentences, chosen by rank and by cues.

Pure and deterministic; time grows with the length of the transcript. Each statement quotes what it
rests on, so that its evidence is there by construction.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reports.writers.base import AGENDA_NOT_REACHED, Draft, Meeting, Section, Segment
from reports.writers.dates import day_of_talk
from reports.writers.decisions import find_decisions
from reports.writers.figures import find_figures
from reports.writers.findings import Finding
from reports.writers.outlines.outline import POINT, Outline, Part
from reports.writers.people import People
from reports.writers.points import RULES, Talk
from reports.writers.points.nearness import marks, wanted_by
from reports.writers.questions import find_questions
from reports.writers.sentences import Sentence, sentences
from reports.writers.summary import find_summary
from reports.writers.task_context import situate
from reports.writers.tasks import find_tasks
from reports.writers.topics import find_topics
from reports.writers.withdrawals import standing
from reports.writers.words import language_of

EMPTY_TRANSCRIPT = "empty_transcript"
_OPENING_SENTENCES = 15
_FIGURES_LEAST, _FIGURES_MOST, _MINUTES_A_FIGURE = 8, 24, 5


class ExtractiveWriter:
    """A ``Writer`` that needs no model and no network."""

    name = "extractive"

    def write(
        self, meeting: Meeting, *, progress: Callable[[float], None] = lambda share: None
    ) -> Draft:
        """Minutes of ``meeting``: the sections of its outline, some perhaps empty.

        None for an empty transcript.

        Notes: ``empty_transcript``; ``agenda_not_reached:2,3`` with the numbers of agenda items.
        """
        segments = sorted(meeting.segments, key=lambda s: (s.start, s.id))
        said = sentences(segments)
        if not said:
            return Draft((), self.name, (EMPTY_TRANSCRIPT,))
        progress(0.2)
        held_on, dated_by = _day(said, meeting.held_on)
        people = People(meeting, segments)
        charged = find_tasks(said, people, held_on)
        for task in charged:
            task.dated_by = dated_by
        progress(0.5)
        decided = standing(find_decisions(said, charged, held_on), said)
        tasks = standing(charged, said)
        situate(tasks, decided, said)
        progress(0.7)
        figures = find_figures(said, [*decided, *tasks], held_on, limit=_figures_limit(segments))
        weighty = [*decided, *tasks, *figures]
        topics = find_topics(said, meeting.agenda, weighty, held_on)
        found = {
            "summary": find_summary(said, weighty, held_on),
            "topic": topics.found,
            "decision": decided,
            "action_item": tasks,
            "question": find_questions(said, [*decided, *tasks]),
            "figure": figures,
        }
        talk = Talk(said, people, held_on, weighty)
        sections = _sections(meeting.outline, found, talk, meeting.language or _language(segments))
        progress(1.0)
        numbers = ",".join(map(str, topics.not_reached))
        notes = (f"{AGENDA_NOT_REACHED}:{numbers}",) if numbers else ()
        return Draft(sections, self.name, notes)


def _day(said: Sequence[Sentence], held_on: date | None) -> tuple[date | None, Sentence | None]:
    """The meeting's day, with the sentence that says so where it is not the one that was given."""
    for sentence in said[:_OPENING_SENTENCES]:
        day = day_of_talk(sentence.text, held_on)
        if day and day != held_on:
            return day, sentence
    return held_on, None


def _sections(
    outline: Outline, found: Mapping[str, Sequence[Finding]], talk: Talk, language: str
) -> tuple[Section, ...]:
    """Points by the section's rule, all else by kind."""
    by_key: dict[str, Sequence[Finding]] = {}
    for kind, findings in found.items():
        by_key |= _shared_out(findings, [p for p in outline.parts if p.kind == kind])
    for part in outline.parts:
        if part.kind == POINT:
            by_key[part.key] = RULES[part.rule](replace(talk, wanted=wanted_by(part)))
    return tuple(
        Section(p.kind, p.title(language), tuple(f.statement() for f in by_key[p.key]))
        for p in outline.parts
    )


def _shared_out(findings: Sequence[Finding], parts: Sequence[Part]) -> dict[str, list[Finding]]:
    """Of several sections of a kind each finding goes to the one whose words it shares most."""
    shares: dict[str, list[Finding]] = {part.key: [] for part in parts}
    wanted = {part.key: marks(wanted_by(part)) for part in parts}
    for finding in findings if parts else ():
        own = marks(finding.text)
        nearest = max(parts, key=lambda part: len(own & wanted[part.key]))
        shares[nearest.key].append(finding)
    return shares


def _language(segments: Sequence[Segment]) -> str:
    """The language of most segments: as recognised, else by script."""
    heard = Counter(s.language or language_of(s.text) for s in segments)
    return heard.most_common(1)[0][0]


def _figures_limit(segments: Sequence[Segment]) -> int:
    minutes = (segments[-1].end - segments[0].start) / 60
    return min(_FIGURES_MOST, _FIGURES_LEAST + round(minutes / _MINUTES_A_FIGURE))
