"""How many calls a provider has at once, over all workers: slots in Redis, each with a lease.

A worker that dies gives its slots up when their leases end. Without Redis each worker counts for
itself: a bound that is too wide is better than no minutes.
"""

import asyncio
import hashlib
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

from reports.writers.llm.provider import Provider

LOOK = 0.2
"""Seconds between two looks for a free slot."""
_TAKE = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[4])
redis.call('PEXPIREAT', KEYS[1], math.ceil(ARGV[3] * 1000))
return 1
"""


def slots(
    provider: Provider, *, at_once: int, lease: float
) -> Callable[[], AbstractAsyncContextManager[None]]:
    """Makes contexts of which ``at_once`` are open at a time; a lease is in seconds."""
    place = f"{provider.kind} {provider.base_url} {provider.model}"
    key = f"llm-slots:{hashlib.sha256(place.encode()).hexdigest()[:24]}"
    own = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def slot() -> AsyncIterator[None]:
        async with own:
            redis: Redis = Redis.from_url(settings.REDIS_URL, socket_timeout=5.0)
            token = uuid.uuid4().hex
            try:
                await _taken(redis, key, token, at_once, lease)
                yield
            finally:
                with suppress(RedisError, OSError):
                    await redis.zrem(key, token)
                await redis.aclose()

    return slot


async def _taken(redis: Redis, key: str, token: str, at_once: int, lease: float) -> None:
    """Return once there is a slot, or no Redis to ask."""
    with suppress(RedisError, OSError):
        while True:
            now = time.time()
            took = redis.eval(_TAKE, 1, key, str(at_once), str(now), str(now + lease), token)
            if await took:
                return
            await asyncio.sleep(LOOK)
