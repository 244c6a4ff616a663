"""Asking until there is an answer, within the plan and the time: retry, then repair, then give up.

What each call came to is told to ``record``, whatever happens afterwards.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from reports.writers.llm.planning import Allowance
from reports.writers.llm.prompts import Prompt
from reports.writers.llm.provider import Failure
from reports.writers.llm.tokens import Counter

OK = "ok"
RETRIES = 2
"""How often a call is repeated that the provider did not answer."""
REPAIRS = 1
"""How often an answer is asked for again that could not be used."""
PAUSE, PAUSE_MOST = 1.0, 60.0
"""Seconds before the first repetition, twice as long before the next; or what is asked for."""
CALL_LEAST = 1.0
"""Seconds; with fewer left no call is made, since none would be answered."""

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Reply:
    """An answer, tokens as the provider counted them (0 where it does not say), and dollars."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    seconds: float = 0.0


class Asked(Protocol):
    """Who is asked; see ``client.Client``."""

    async def ask(
        self, prompt: Prompt, schema: dict[str, Any], *, tokens: int, seconds: float
    ) -> Reply: ...


@dataclass(frozen=True)
class Call:
    """One call, for the ledger: ``outcome`` is ``ok`` or a Failure's reason; seconds, dollars.

    ``estimated``: the tokens are our count, because the provider gave none.
    """

    purpose: str
    outcome: str
    tokens_in: int
    tokens_out: int
    estimated: bool
    cost: float | None
    seconds: float
    said: str = ""


@dataclass
class Asking:
    """Asks ``client`` through ``slot``, which bounds how many calls a provider has at once."""

    client: Asked
    allowance: Allowance
    counter: Counter
    deadline: float
    """On ``time.monotonic``'s clock."""
    call_seconds: float
    slot: Callable[[], AbstractAsyncContextManager[None]]
    record: Callable[[Call], Awaitable[None]]
    called: bool = field(default=False, init=False)
    """Whether any call has been made."""

    async def ask(
        self,
        purpose: str,
        prompt: Prompt,
        schema: dict[str, Any],
        read: Callable[[str], Answer],
        *,
        again: bool = False,
    ) -> Answer:
        """What ``read`` makes of the answer; Failure when there is none after all attempts."""
        retries = repairs = 0
        asked, last = prompt, None
        while True:
            try:
                self.allowance.take(purpose, self.counter(asked.whole), again=again)
            except Failure as spent:
                raise last or spent from spent
            again = True
            try:
                return await self._once(purpose, asked, schema, read)
            except Failure as failure:
                last = failure
                if failure.retryable and retries < RETRIES and self._left() > CALL_LEAST:
                    await asyncio.sleep(self._pause(retries, failure.after))
                    retries += 1
                elif failure.reason in ("invalid", "too_long") and repairs < REPAIRS:
                    repairs += 1
                    asked = prompt.corrected(failure.partial, _complaint(failure))
                else:
                    raise

    async def _once(
        self, purpose: str, prompt: Prompt, schema: dict[str, Any], read: Callable[[str], Answer]
    ) -> Answer:
        async with self._turn() as seconds:
            began = time.monotonic()
            reply: Reply | None = None
            outcome, said = "interrupted", ""
            try:
                tokens = self.allowance.plan.answer_tokens
                reply = await self.client.ask(prompt, schema, tokens=tokens, seconds=seconds)
                answer = read(reply.text)
                outcome = OK
                return answer
            except Failure as failure:
                outcome, said = failure.reason, failure.said
                reply = reply or getattr(failure, "reply", None)
                raise
            finally:
                took = time.monotonic() - began
                await asyncio.shield(
                    self.record(self._call(purpose, prompt, reply, took, outcome, said))
                )

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[float]:
        """A slot, and the seconds that a call in it may take; nobody waits for one in vain.

        Failure where none comes in time: ``slow`` where own calls took the time, else ``busy``.
        """
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(self._left() - CALL_LEAST):
                    await stack.enter_async_context(self.slot())
                if self._left() < CALL_LEAST:
                    raise TimeoutError
            except TimeoutError as late:
                raise Failure("slow" if self.called else "busy") from late
            self.called = True
            yield min(self.call_seconds, self._left())

    def _call(
        self,
        purpose: str,
        prompt: Prompt,
        reply: Reply | None,
        took: float,
        outcome: str,
        said: str,
    ) -> Call:
        tokens_in = reply.tokens_in if reply else 0
        tokens_out = reply.tokens_out if reply else 0
        return Call(
            purpose,
            outcome,
            tokens_in or self.counter(prompt.whole),
            tokens_out or (self.counter(reply.text) if reply else 0),
            estimated=not (tokens_in and tokens_out),
            cost=reply.cost if reply else None,
            seconds=round(took, 3),
            said=said,
        )

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _pause(self, retries: int, asked_for: float | None) -> float:
        pause = asked_for or PAUSE * 2**retries * random.uniform(0.8, 1.2)
        return min(pause, PAUSE_MOST, max(0.0, self._left()))


def _complaint(failure: Failure) -> str:
    return "it was too long" if failure.reason == "too_long" else failure.said
