"""The extractive writer on meetings with known facts, from transcripts without speakers' names."""

from time import process_time

import pytest

from reports.grounding import check, metadata_of
from reports.writers.extractive import ExtractiveWriter
from tests.reports.long_talk import long_talk
from tests.reports.writers import measured
from tests.reports.writers.measured import MEETINGS, minutes, overall
from tests.reports.writers.scoring import score, stated, tells, traps

FIRM = ("decision", "action_item")
KNOWN_GROUPS = ("first", "second", "third", "fourth", "fifth")
KNOWN = [held for held in MEETINGS if held.group in KNOWN_GROUPS]


@pytest.mark.parametrize("group", KNOWN_GROUPS)
@pytest.mark.parametrize("kind", FIRM)
def test_decisions_and_tasks_are_found_and_few_others(kind, group):
    counted = overall(kind, group)
    assert counted.recall >= 0.8
    assert counted.precision >= 0.9


@pytest.mark.parametrize("group", KNOWN_GROUPS)
def test_due_days_are_right(group):
    assert overall("action_item", group).due >= 0.8


def test_what_no_rule_was_made_on_is_mostly_told_and_seldom_wrongly():
    decisions, tasks = overall("decision", "unseen"), overall("action_item", "unseen")
    assert decisions.recall >= 0.65
    assert decisions.precision >= 0.75
    assert tasks.recall >= 0.75
    assert tasks.precision >= 0.8
    assert tasks.due >= 0.6


def test_the_published_table_is_what_is_measured():
    document = measured.DOCUMENT.read_text(encoding="utf-8")
    assert measured.published(document) == document


@pytest.mark.parametrize("held", KNOWN, ids=lambda held: held.name)
def test_no_meeting_is_told_badly(held):
    for kind in FIRM:
        counted = score(held, minutes(held.name), kind)
        assert counted.recall >= 0.5, kind
        assert counted.precision >= 0.6, kind


@pytest.mark.parametrize("held", KNOWN, ids=lambda held: held.name)
def test_no_trap_is_fallen_into(held):
    assert list(traps(held, minutes(held.name))) == []


@pytest.mark.parametrize("held", KNOWN, ids=lambda held: held.name)
def test_tasks_are_given_to_the_right_people(held):
    draft = ExtractiveWriter().write(held.meeting)
    tasks = stated(draft, "action_item")
    for fact in held.true("action_item"):
        told = [x for x in tasks if tells(x, fact)]
        assert not told or fact.who in {x.assignee for x in told}, fact.text


@pytest.mark.parametrize("held", KNOWN, ids=lambda held: held.name)
def test_what_is_written_is_supported(held):
    for x in stated(minutes(held.name)):
        verdict = check(x, held.by_id, metadata_of(held.unnamed()))
        assert verdict.verdict == "supported", (x.text, verdict)


def test_the_same_meeting_gives_the_same_minutes():
    for held in MEETINGS[:4]:
        assert ExtractiveWriter().write(held.unnamed()) == minutes(held.name)


@pytest.mark.slow
def test_time_grows_no_faster_than_a_talk_does_by_much():
    def seconds(words: int) -> float:
        talk = long_talk(words)
        began = process_time()
        ExtractiveWriter().write(talk)
        return process_time() - began

    seconds(30_000)  # fills the caches of words and sentences for both
    assert seconds(30_000) < 3 * 2.2 * seconds(10_000)
