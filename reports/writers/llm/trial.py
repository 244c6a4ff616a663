"""One small call that shows whether a provider answers in the form that minutes need."""

import time
from collections.abc import Callable

from asgiref.sync import async_to_sync

from reports.writers.base import Meeting, Segment
from reports.writers.llm import answers, prompts
from reports.writers.llm.asking import OK, Call, Reply
from reports.writers.llm.client import Client
from reports.writers.llm.provider import Failure, Provider
from reports.writers.llm.tokens import estimate

ANSWER_TOKENS = 1000  # those that think need most of it
SAID = "We decided to move the release to Friday."


def try_out(
    provider: Provider, *, seconds: float, record: Callable[[Call], None]
) -> tuple[str, str]:
    """Why it failed, empty where it did not, and the answer or the provider's words."""
    segment = Segment(1, 0.0, 3.0, "S1", SAID, "en")
    meeting = Meeting((segment,), {"S1": "Anna"}, language="en")
    prompt = prompts.trial([prompts.line(1, segment, meeting.speakers)])
    began = time.monotonic()
    reply: Reply | None = None
    reason, said = "", ""
    try:
        reply = async_to_sync(_ask)(provider, prompt, seconds)
        said = answers.tried(reply.text)
    except Failure as failure:
        reason, said = failure.reason, failure.said
        reply = reply or getattr(failure, "reply", None)
    record(
        Call(
            "trial",
            reason or OK,
            (reply.tokens_in if reply else 0) or estimate(prompt.whole),
            reply.tokens_out if reply else 0,
            estimated=not (reply and reply.tokens_in),
            cost=reply.cost if reply else None,
            seconds=round(time.monotonic() - began, 3),
            said=said if reason else "",
        )
    )
    return reason, said


async def _ask(provider: Provider, prompt: prompts.Prompt, seconds: float) -> Reply:
    async with Client(provider) as client:
        schema = answers.trial_schema()
        return await client.ask(prompt, schema, tokens=ANSWER_TOKENS, seconds=seconds)
