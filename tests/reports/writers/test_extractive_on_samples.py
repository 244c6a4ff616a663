"""The extractive writer against the facts of the sample meetings, from their true transcripts."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from reports.grounding import check, metadata_of
from reports.writers.base import Draft, Meeting, Segment, Statement
from reports.writers.extractive import ExtractiveWriter
from reports.writers.words import content_stems

SAMPLES = Path(__file__).parents[3] / "samples"
SLACK_SECONDS = 1.0


def sample(name: str) -> tuple[Meeting, dict]:
    """The meeting with a segment for each turn and no names given, and its facts."""
    turns = json.loads((SAMPLES / f"{name}.json").read_text())
    facts = json.loads((SAMPLES / f"{name}.facts.json").read_text())
    keys = list(dict.fromkeys(t["speaker"] for t in turns))
    segments = tuple(
        Segment(i, t["start"], t["end"], f"S{keys.index(t['speaker'])}", t["text"], t["lang"])
        for i, t in enumerate(turns)
    )
    speakers = {f"S{i}": f"Speaker {i + 1}" for i in range(len(keys))}
    return Meeting(segments, speakers, held_on=date.fromisoformat(facts["date"])), facts


def overlaps(statement: Statement, spans: list[dict], slack: float = SLACK_SECONDS) -> bool:
    return any(
        e.start < s["end"] + slack and s["start"] < e.end + slack
        for e in statement.evidence
        for s in spans
    )


def stems(text: str) -> set[str]:
    return {stem[:5] for stem in content_stems(text)}


def said_by(draft: Draft, kind: str) -> list[Statement]:
    return [x for s in draft.sections if kind in ("", s.kind) for x in s.statements]


def recall(pool: list[Statement], facts: list[dict], wording: str) -> float:
    def told(fact: dict) -> bool:
        return any(
            overlaps(x, fact["evidence"])
            and stems(fact[wording])
            & stems(" ".join([x.text, x.assignee, *(e.quote for e in x.evidence)]))
            for x in pool
        )

    return sum(map(told, facts)) / len(facts)


def precision(pool: list[Statement], facts: list[dict]) -> float:
    return sum(any(overlaps(x, f["evidence"]) for f in facts) for x in pool) / len(pool)


@pytest.fixture(params=["meeting_ru", "meeting_en"])
def written(request) -> tuple[Meeting, dict, Draft]:
    meeting, facts = sample(request.param)
    return meeting, facts, ExtractiveWriter().write(meeting)


def test_decisions_tasks_and_figures_are_found_and_few_others(written):
    _, facts, draft = written
    decisions, tasks = said_by(draft, "decision"), said_by(draft, "action_item")
    assert recall(decisions, facts["decisions"], "text") >= 0.66
    assert recall(tasks, facts["action_items"], "task") >= 0.66
    assert recall(said_by(draft, ""), facts["figures"], "what") >= 0.5
    assert precision(decisions, facts["decisions"]) >= 0.6
    assert precision(tasks, facts["action_items"]) >= 0.6


def test_tasks_have_their_assignees_and_days(written):
    _, facts, draft = written
    wanted = {(f["assignee"], f["due"]) for f in facts["action_items"]}
    assert {(x.assignee, str(x.due)) for x in said_by(draft, "action_item")} == wanted


def test_no_trap_is_fallen_into(written):
    _, facts, draft = written
    firm = said_by(draft, "decision") + said_by(draft, "action_item")
    true = [f for kind in ("decisions", "action_items", "figures") for f in facts[kind]]
    for trap in facts["traps"]:
        for x in firm:
            known = any(overlaps(x, f["evidence"], 0.0) for f in true)
            assert known or not overlaps(x, trap["evidence"], 0.0), (trap["text"], x.text)


def test_every_statement_is_supported(written):
    meeting, _, draft = written
    by_id = {s.id: s for s in meeting.segments}
    for x in said_by(draft, ""):
        assert check(x, by_id, metadata_of(meeting)).verdict == "supported", x


@pytest.mark.slow
def test_two_hours_of_talk_take_less_than_half_a_minute():
    russian, english = sample("meeting_ru")[0], sample("meeting_en")[0]
    turns = (*russian.segments, *english.segments)
    segments = tuple(
        Segment(
            i, i * 5.0, i * 5.0 + 4.5, turns[i % len(turns)].speaker, turns[i % len(turns)].text
        )
        for i in range(1440)
    )
    began = time.process_time()
    draft = ExtractiveWriter().write(Meeting(segments, russian.speakers, held_on=date(2026, 3, 16)))
    assert time.process_time() - began < 30
    assert said_by(draft, "decision")
