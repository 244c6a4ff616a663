"""What must be true after any harm, asked of PostgreSQL and the store themselves."""

import time
from collections import Counter
from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from tests.faults.house import House

CHECKS: dict[str, LiteralString] = {
    "every accepted job is there": """
        SELECT accepted FROM unnest(%(accepted)s::uuid[]) AS accepted
        WHERE NOT EXISTS (SELECT 1 FROM meetings_job WHERE meeting_id = accepted)""",
    "every job has ended": """
        SELECT id, state FROM meetings_job WHERE state IN ('queued', 'running')""",
    "one notification of a job's end": """
        SELECT j.id, j.run, count(n.id) FROM meetings_job j LEFT JOIN meetings_notification n
        ON n.job_id = j.id AND n.run = j.run WHERE j.state IN ('succeeded', 'failed')
        GROUP BY j.id HAVING count(n.id) <> 1""",
    "a job is accepted once": """
        SELECT meeting_id FROM meetings_job GROUP BY meeting_id HAVING count(*) > 1""",
    "one commit a job, run, stage and shard": """
        SELECT stage_id, run FROM meetings_attempt WHERE outcome = 'succeeded'
        GROUP BY stage_id, run HAVING count(*) > 1""",
    "what succeeded has its commit": """
        SELECT id, name FROM meetings_stagerun s WHERE state = 'succeeded' AND NOT EXISTS
        (SELECT 1 FROM meetings_attempt WHERE stage_id = s.id AND outcome = 'succeeded')""",
    "every attempt is recorded": """
        SELECT s.id, s.attempt, count(a.id) FROM meetings_stagerun s
        LEFT JOIN meetings_attempt a ON a.stage_id = s.id WHERE s.shard IS NOT NULL OR NOT EXISTS
        (SELECT 1 FROM meetings_stagerun o WHERE o.job_id = s.job_id AND o.name = s.name
        AND o.shard IS NOT NULL)
        GROUP BY s.id HAVING count(a.id) <> s.attempt OR max(a.number) <> s.attempt""",
    "every attempt is closed": """
        SELECT id FROM meetings_attempt WHERE outcome = 'running' OR finished_at IS NULL""",
    "finished stages are not run again": """
        SELECT a.stage_id, a.number FROM meetings_attempt a JOIN meetings_attempt done
        ON done.stage_id = a.stage_id AND done.outcome = 'succeeded' AND done.run = a.run
        WHERE a.number > done.number""",
    "nothing is held": """
        SELECT id FROM meetings_stagerun s WHERE state IN ('running', 'spread', 'failed')
        OR token IS NOT NULL OR lease_until IS NOT NULL""",
    "nothing waits to be sent": """
        SELECT m.id FROM meetings_outboxmessage m WHERE sent_at IS NULL""",
    "a job that succeeded has one finished transcript": """
        SELECT j.id FROM meetings_job j LEFT JOIN transcription_transcript t ON t.job_id = j.id
        WHERE j.state = 'succeeded' GROUP BY j.id HAVING count(*) FILTER (WHERE t.complete) <> 1""",
    "every window is written down": """
        SELECT t.id FROM meetings_job j JOIN transcription_transcript t ON t.job_id = j.id
        LEFT JOIN transcription_window w ON w.transcript_id = t.id WHERE j.state = 'succeeded'
        GROUP BY t.id HAVING count(w.id) FILTER (WHERE w.words IS NOT NULL) <> t.windows_planned""",
    "no segment is provisional or double": """
        SELECT s.transcript_id, s.start FROM transcription_segment s
        JOIN transcription_transcript t ON t.id = s.transcript_id AND t.complete
        GROUP BY s.transcript_id, s.start, s.end, s.text
        HAVING count(*) > 1 OR count(s.window) > 0""",
    "a job that succeeded has one version of the minutes": """
        SELECT j.id FROM meetings_job j LEFT JOIN reports_minutes m ON m.job_id = j.id
        WHERE j.state = 'succeeded' GROUP BY j.id HAVING count(m.id) <> 1""",
}
"""Queries by what they would refute: each answers with what is wrong."""

FURTHER = (
    "equal recordings, equal transcripts",
    "every object that a row names is there",
    "no page fails",
    "no mail goes out twice",
)


def wait_for_the_end(house: "House", *, seconds: float) -> float:
    """Return when no job is active; how many seconds that took."""
    began = time.monotonic()
    active: list[Any] = []
    while time.monotonic() - began < seconds:
        active = house.rows(
            """SELECT j.id, j.state, s.name, s.shard, s.state, s.attempt, s.attempts_left,
            s.lease_until FROM meetings_job j JOIN meetings_stagerun s ON s.job_id = j.id
            WHERE j.state IN ('queued', 'running') ORDER BY 1, s.position, s.shard"""
        )
        if not active:
            return time.monotonic() - began
        time.sleep(0.3)
    raise AssertionError("\n".join(map(str, [f"not ended after {seconds} s", *active[:60]])))


def violations(house: "House") -> dict[str, list[Any]]:
    """What does not hold; empty where all is well."""
    found: dict[str, list[Any]] = {}
    accepted = list(dict.fromkeys(house.history.accepted))
    for name, query in CHECKS.items():
        values = {"accepted": accepted} if "%(" in query else None
        if rows := house.ask(query, values):
            found[name] = rows[:10]
    texts = sorted(set(transcripts(house).values()))
    further: tuple[list[Any], ...] = (
        texts if len(texts) > 1 else [],
        missing_objects(house),
        house.history.bad_answers(),
        [mail for mail, count in Counter(house.mails()).items() if count > 1],
    )
    found |= {name: rows[:10] for name, rows in zip(FURTHER, further, strict=True) if rows}
    return found


def transcripts(house: "House") -> dict[str, str]:
    """The whole text of each finished transcript of the one recording that all upload."""
    rows = house.rows(
        """SELECT r.meeting_id, string_agg(s.text, ' ' ORDER BY s.start, s.end, s.text)
        FROM meetings_recording r JOIN meetings_job j ON j.meeting_id = r.meeting_id
        JOIN transcription_transcript t ON t.job_id = j.id
        LEFT JOIN transcription_segment s ON s.transcript_id = t.id
        WHERE j.state = 'succeeded' AND r.filename = 'talk.wav' GROUP BY r.meeting_id, t.id"""
    )
    return {str(meeting): text for meeting, text in rows}


def missing_objects(house: "House") -> list[str]:
    """Keys that rows name and the store has not."""
    keys = house.rows("SELECT key, audio_key, rendition_key, peaks_key FROM meetings_recording")
    objects = house.objects()
    return [key for row in keys for key in row if key and key not in objects]


def orphans(house: "House") -> int:
    """Objects that no row names: what lost attempts left behind."""
    keys = house.rows("SELECT key, audio_key, rendition_key, peaks_key FROM meetings_recording")
    return len(house.objects() - {key for row in keys for key in row})


def wasted(house: "House") -> dict[str, int]:
    """Attempts that came to nothing, by stage and how they ended."""
    rows = house.rows(
        """SELECT s.name, a.outcome, count(*) FROM meetings_attempt a
        JOIN meetings_stagerun s ON s.id = a.stage_id WHERE a.outcome <> 'succeeded'
        GROUP BY 1, 2 ORDER BY 1, 2"""
    )
    return {f"{name}: {outcome}": count for name, outcome, count in rows}
