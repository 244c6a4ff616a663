"""What the demonstration tells where there is no terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.embedded.demo_screen import Screen, clock


def _segment(start, end, text, speaker=None):
    return {"start": start, "end": end, "text": text, "speaker": speaker}


def _stage(name, state, progress=0.0):
    return {"name": name, "state": state, "progress": progress}


def test_text_is_told_once_though_a_finer_cut_of_it_comes_later(capsys):
    with Screen() as screen:
        screen.segments([_segment(0.0, 12.0, "Добрый день. Начнём.")])
        screen.segments([_segment(0.0, 4.0, "Добрый день."), _segment(4.0, 12.0, "Начнём.")])
        screen.segments([_segment(4.0, 12.0, "Начнём."), _segment(12.0, 15.0, "Да.", "S2")])
    assert capsys.readouterr().out.splitlines() == ["0:00  Добрый день. Начнём.", "0:12  S2: Да."]


def test_a_stage_is_told_when_its_state_changes(capsys):
    with Screen() as screen:
        screen.stages([_stage("convert", "running"), _stage("report", "pending")], 40.0)
        screen.stages([_stage("convert", "running", 0.5), _stage("report", "pending")], 20.0)
        screen.stages([_stage("convert", "succeeded", 1), _stage("report", "failed")], None)
    assert capsys.readouterr().out.splitlines() == [
        "Converting: running",
        "Converting: succeeded",
        "Writing the minutes: failed",
    ]


def test_minutes_carry_places_assignees_and_doubts_and_brackets_are_no_markup(capsys):
    evidence = [{"start": 65.0}]
    statements = [
        {"text": "Запуск [перенесён]", "verdict": "supported", "evidence": evidence},
        {
            "text": "Проверить склад",
            "verdict": "unverified",
            "evidence": [],
            "assignee": "Ольга",
            "due": "2026-03-20",
        },
    ]
    support = {"statements": 2, "supported": 1, "unverified": 1}
    sections = [{"title": "Решения", "statements": statements}]
    with Screen() as screen:
        screen.minutes({"version": 1, "support": support, "sections": sections})
    told = capsys.readouterr().out
    assert "1 of 2 statements" in told
    assert "• Запуск [перенесён]  [1:05]\n" in told
    assert "• Проверить склад  [Ольга; 2026-03-20]  (unverified)\n" in told


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (61.9, "1:01"), (3600, "1:00:00")])
def test_a_clock_shows_hours_only_where_there_are_some(seconds, shown):
    assert clock(seconds) == shown


@given(st.floats(min_value=0, max_value=360_000))
def test_a_clock_reads_back_as_the_whole_seconds(seconds):
    total = 0
    for part in clock(seconds).split(":"):
        total = total * 60 + int(part)
    assert total == int(seconds)
