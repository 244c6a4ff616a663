"""Every move that the services make is in the tables, as PostgreSQL itself sees the moves."""

from itertools import product

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.errors import ProtokolError
from meetings import pipeline
from meetings.errors import StageError, Superseded
from meetings.models import Job, Operation, StageRun
from meetings.pipeline import Spread
from meetings.services import claims, endings, jobs, operations, reaper

RECORDED = {"meetings_job": Job, "meetings_stagerun": StageRun}

WATCH = """
CREATE TABLE moves (model text, old text, new text);
CREATE FUNCTION note_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO moves VALUES (TG_TABLE_NAME, OLD.state, NEW.state);
  RETURN NEW;
END $$;
CREATE TRIGGER note_move AFTER UPDATE OF state ON meetings_job
  FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION note_move();
CREATE TRIGGER note_move AFTER UPDATE OF state ON meetings_stagerun
  FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION note_move();
"""

NAMES = list(pipeline.BY_NAME)


class Play:
    """One job, and what may happen to it."""

    def __init__(self, job):
        self.job = job
        self.held = []

    def claim(self):
        self.job.refresh_from_db()
        for name, shard in product(NAMES, (0, 1, None)):
            claim = claims.claim(job_id=str(self.job.pk), run=self.job.run, name=name, shard=shard)
            if claim:
                self.held.append(claim)
                return

    def spread(self):
        if self.held and self.held[-1].shard is None:
            endings.spread(self.held.pop(), Spread(2))

    def narrow(self):
        if self.held and self.held[-1].shard is None:
            endings.spread(self.held.pop(), Spread(1))

    def succeed(self):
        if self.held:
            endings.finish(self.held.pop(), lambda: None)

    def fail(self):
        if self.held:
            endings.fail(self.held.pop(), OSError("disk"))

    def die(self):
        if self.held:
            endings.fail(self.held.pop(), StageError("broken"))

    def abandon(self):
        if self.held:
            endings.abandon(self.held.pop())

    def lose(self):
        StageRun.every.filter(state="running").update(lease_until="2020-01-01T00:00Z")

    def reap(self):
        reaper.reap()

    def cancel(self):
        jobs.cancel(job=self.job)

    def retry(self):
        jobs.retry(job=self.job)

    def replay(self):
        operations.replay(job=self.job, by=operations.Operator("root", Operation.Source.TERMINAL))

    def release(self):
        operations.release(job=self.job, by=operations.Operator("root", Operation.Source.TERMINAL))


STEPS = ["claim", "succeed", "claim", "succeed", "fail", "die", "abandon", "lose", "reap"]
STEPS += ["cancel", "retry", "replay", "release", "spread", "narrow"]


def moves_of(job, steps):
    """The distinct moves (table, old, new) while ``steps`` happen; all is undone afterwards."""
    play = Play(job)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WATCH)
        for step in steps:
            try:
                with transaction.atomic():
                    getattr(play, step)()
            except (ProtokolError, Superseded):
                pass
        cursor.execute("SELECT DISTINCT model, old, new FROM moves")
        seen = set(cursor.fetchall())
        transaction.set_rollback(True)
    return seen


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(["claim", "lose"] * 3 + ["reap", "retry", "claim", "succeed"])
@example(["claim", "succeed"] * 5)
@example(["claim", "succeed", "claim", "spread", *["claim", "succeed"] * 3, "claim", "spread"])
@example(["claim", "succeed", "claim", "spread", "claim", "die", "claim", "spread", "cancel"])
@example(["claim", "succeed", "claim", "die", *["claim", "succeed"] * 3, "replay", "claim"])
@example(["claim", "succeed", "claim", "spread", "cancel", "retry", "claim", "narrow"])
@given(st.lists(st.sampled_from(STEPS), max_size=25))
def test_services_move_states_only_as_the_tables_say(job, steps):
    for table, old, new in moves_of(job, steps):
        model = RECORDED[table]
        assert new in model.TRANSITIONS[model.State(old)], f"{model.__name__}: {old} -> {new}"
