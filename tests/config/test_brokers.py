import asyncio
import re

from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings

from config import brokers
from config.embedded.supervision import read_procfile
from meetings import pipeline


def test_every_queue_of_the_pipeline_and_of_the_procfile_is_known():
    commands = read_procfile(settings.BASE_DIR / "Procfile").values()
    served = {command.split(" -Q ")[1].split()[0] for command in commands if " -Q " in command}
    assert {*pipeline.QUEUES} | {"reaper"} == {*brokers.QUEUES} == served


def test_rabbitmq_gets_quorum_queues_with_a_delivery_limit():
    for queue in brokers.queues("amqp://rabbit:5672//"):
        assert queue.queue_arguments["x-queue-type"] == "quorum"
        most = max(stage.attempts for stage in pipeline.STAGES)
        assert queue.queue_arguments["x-delivery-limit"] > most
        assert queue.exchange.type == "topic", "delayed delivery of retries needs one"
        assert queue.routing_key == queue.name
    assert brokers.transport_options("amqps://rabbit") == {"confirm_publish": True}


def test_redis_gets_a_visibility_timeout_of_many_hours():
    assert brokers.queues("redis://127.0.0.1/1") is None
    assert brokers.transport_options("redis://127.0.0.1/1")["visibility_timeout"] == 43_200


def test_installations_that_share_a_redis_do_not_hear_each_other():
    async def told():
        here, there = [
            RedisPubSubChannelLayer(**brokers.channels(re.sub(r"\d+$", number, settings.REDIS_URL)))
            for number in ("14", "15")
        ]
        channels = [await layer.new_channel() for layer in (here, there)]
        for layer, channel in zip((here, there), channels, strict=True):
            await layer.group_add("person.1", channel)
        await there.group_send("person.1", {"type": "event", "of": "there"})
        await here.group_send("person.1", {"type": "event", "of": "here"})
        return [
            (await layer.receive(channel))["of"]
            for layer, channel in zip((here, there), channels, strict=True)
        ]

    assert asyncio.run(told()) == ["here", "there"]


def test_celery_is_told_what_the_pipeline_rests_on():
    assert settings.CELERY_TASK_ACKS_LATE and settings.CELERY_TASK_IGNORE_RESULT
    assert settings.CELERY_TASK_RETRY_ON_WORKER_LOST
    assert not settings.CELERY_TASK_REJECT_ON_WORKER_LOST
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1
    assert settings.CELERY_WORKER_DISABLE_PREFETCH
    assert settings.CELERY_BROKER_CONNECTION_MAX_RETRIES is None
    assert settings.CELERY_TASK_SERIALIZER == "json"
    assert settings.CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT > 0
