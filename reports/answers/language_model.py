"""An answer by a language model, in one call: every sentence cites lines of the nearest places."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from asgiref.sync import async_to_sync, sync_to_async

from reports.answers.base import KIND, Inquiry, Place
from reports.writers.base import Segment, Statement
from reports.writers.llm import answers, prompts
from reports.writers.llm.asking import Asking, Call
from reports.writers.llm.client import Client
from reports.writers.llm.planning import (
    SPARE,
    STRETCH_LEAST,
    STRETCH_MOST,
    Allowance,
    Plan,
    Stretch,
)
from reports.writers.llm.provider import Failure, Provider
from reports.writers.llm.tokens import Counter

PURPOSE = "answer"
ANSWER_TOKENS = 1200
SENTENCES = 6
CALLS = 3
"""Of the question, whatever goes wrong."""
WAIT_MOST = 120.0
"""Seconds that a question may wait for a slot and still have a whole call."""


@async_to_sync
async def answer(
    inquiry: Inquiry,
    provider: Provider,
    *,
    seconds: float,
    slot: Callable[[], AbstractAsyncContextManager[None]],
    record: Callable[[Call], None],
    planned: Callable[[Plan], None],
) -> list[Statement]:
    """At most six sentences; none where the model finds no answer. Failure where it gives none.

    ``seconds`` are for one call; whatever happens ends within ``WAIT_MOST`` more.
    """
    deadline = time.monotonic() + WAIT_MOST + seconds
    async with Client(provider) as client:
        counter, context = await client.counter("\n".join(_shown(inquiry, inquiry.places)))
        plan, places = _planned(inquiry, provider.reading(context), counter)
        await sync_to_async(planned)(plan)
        asking = Asking(
            client,
            Allowance(plan),
            counter,
            deadline,
            seconds,
            slot,
            sync_to_async(record),
        )
        cited = [segment for place in places for segment in place.segments]
        prompt = _prompt(inquiry, places)
        schema = answers.section_schema(1, len(cited), most=SENTENCES)
        found = await asking.ask(
            PURPOSE, prompt, schema, lambda text: answers.told(text, 1, cited, KIND), again=True
        )
    return [Statement(KIND, item.text, item.evidence) for item in found[:SENTENCES]]


def _planned(
    inquiry: Inquiry, provider: Provider, counter: Counter
) -> tuple[Plan, Sequence[Place]]:
    """The call, and the nearest places that it has room for, in the order they were held."""
    window = int(provider.context_tokens * SPARE)
    answer_tokens = min(ANSWER_TOKENS, window // 4)
    task = counter(_prompt(inquiry, ()).whole) + counter(answers.schema_text(provider.kind))
    task += counter("x" * prompts.CORRECTION_MOST) + 60
    room = min(STRETCH_MOST, window - answer_tokens - task)
    if room < STRETCH_LEAST:
        raise Failure("context_exceeded", f"{window} tokens are too few for the task of {task}")
    taken: list[Place] = []
    used = 0
    for place in inquiry.places:
        size = counter("\n".join(_lines(inquiry, place, 1000)))
        if used + size > room:
            break
        taken.append(place)
        used += size
    plan = Plan((Stretch(0, 1, used),), 0, CALLS, task, room, answer_tokens)
    return plan, sorted(taken, key=lambda place: (place.held_on, place.segments[0].start))


def _prompt(inquiry: Inquiry, places: Sequence[Place]) -> prompts.Prompt:
    return prompts.answer(inquiry.question, _shown(inquiry, places), inquiry.language)


def _shown(inquiry: Inquiry, places: Sequence[Place]) -> list[str]:
    """The places line by line, what was said numbered through all of them."""
    lines: list[str] = []
    number = 1
    for place in places:
        lines += _lines(inquiry, place, number)
        number += len(place.segments)
    return lines


def _lines(inquiry: Inquiry, place: Place, first: int) -> list[str]:
    """Which meeting it was, without a number, and what was said, line by line."""
    told = prompts.harmless(f"{place.title}, {place.held_on.isoformat()}")
    said: list[tuple[int, Segment]] = list(enumerate(place.segments, first))
    return [f"# {told}", *(prompts.line(n, segment, inquiry.speakers) for n, segment in said)]
