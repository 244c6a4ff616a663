from django.core.cache import cache
from redis.exceptions import ConnectionError as RedisAway

from meetings.services import claims, endings, estimates


def away(*args, **kwargs):
    raise RedisAway("Error 111 connecting to 127.0.0.1")


def test_without_a_cache_jobs_are_guessed_at_and_go_on(job, monkeypatch):
    monkeypatch.setattr(type(cache._connections["default"]), "get_or_set", away)
    claim = claims.claim(job_id=str(job.pk), run=job.run, name="convert")
    assert estimates.eta_seconds(job) == round(60 * sum(estimates.FIRST_GUESS.values()))
    endings.finish(claim, lambda: None)


def test_a_stage_that_needed_redis_is_tried_again_as_without_a_database():
    assert endings.describe(RedisAway())["code"] == "infrastructure"
