"""Minutes by a language model, and by the writer without one for whatever the model did not do."""

import asyncio
import time
from collections import Counter as Tally
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from urllib.parse import quote

from asgiref.sync import async_to_sync, sync_to_async

from reports.writers.base import Draft, Meeting, Section, Statement, Writer
from reports.writers.dates import days
from reports.writers.llm.answers import Item
from reports.writers.llm.asking import Asking, Call
from reports.writers.llm.client import Client
from reports.writers.llm.composing import Composing, Found
from reports.writers.llm.papers import UNREAD, Papers, with_lines
from reports.writers.llm.planning import Allowance, Plan, plan
from reports.writers.llm.provider import Failure, Provider
from reports.writers.outlines.outline import SECTIONS, Part
from reports.writers.words import language_of

BEAT = 0.3
"""Seconds between two looks at whether the work is still wanted."""
WRITTEN_BY, WRITTEN_WITHOUT, PARTLY_WITHOUT = "written_by", "written_without", "partly_without"
CALLS, EARLIER_CUT = "llm_calls", "earlier_cut"


@dataclass(frozen=True)
class Limits:
    """``seconds`` for everything, ``call_seconds`` for one call, ``calls`` that may be planned."""

    seconds: float = 900.0
    call_seconds: float = 120.0
    calls: int = 300


class LanguageModelWriter:
    """A ``Writer`` that asks ``provider``; ``without`` writes where there is no answer.

    ``slot`` bounds the calls that a provider has at once, ``record`` is told of each call; both
    ``record`` and the progress are called in the thread that called ``write``.
    """

    name = "llm"

    def __init__(
        self,
        provider: Provider,
        *,
        without: Writer,
        limits: Limits | None = None,
        slot: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
        record: Callable[[Call], None] = lambda call: None,
        planned: Callable[[Plan], None] = lambda plan: None,
    ) -> None:
        self.provider, self.without, self.limits = provider, without, limits or Limits()
        self._slot, self._record, self._planned = slot, record, planned

    def write(
        self, meeting: Meeting, *, progress: Callable[[float], None] = lambda share: None
    ) -> Draft:
        """Minutes of ``meeting`` in any case, within the time limit.

        Notes: ``written_by:<provider>:<host>:<model>`` or ``written_without:<provider>:<reason>``,
        ``partly_without:<provider>:<reason>:<stretches>:<of>``, each fact percent-encoded;
        ``attachments_unread``;
        ``earlier_cut:<lines read>:<of>`` of the minutes before;
        ``llm_calls:<made>:<planned at most>:<tokens in>:<tokens out>``; those of ``without``.
        """
        deadline = time.monotonic() + self.limits.seconds
        plain = self.without.write(meeting)
        said = tuple(s for s in meeting.segments if s.text.strip())
        if not said:
            return plain
        papers = with_lines(_ordered(meeting))
        language = meeting.language or language_of(" ".join(s.text for s in said[:200]))
        work = _Work(self, papers, language, deadline)
        reason = async_to_sync(work.run)(progress)
        return work.draft(plain, reason)


class _Work:
    """One meeting's minutes in the making."""

    def __init__(
        self, writer: LanguageModelWriter, papers: Papers, language: str, deadline: float
    ) -> None:
        self.writer, self.papers, self.language = writer, papers, language
        self.deadline = deadline
        self.plan: Plan | None = None
        self.composing: Composing | None = None
        self.calls: list[Call] = []
        self.untold: tuple[str, ...] = ()

    @property
    def meeting(self) -> Meeting:
        """What the model reads: the talk, and behind it what is attached."""
        return self.papers.meeting

    async def run(self, progress: Callable[[float], None]) -> str:
        """Why it ended before all was done; empty where all was. Raises what ``progress`` does."""
        work = asyncio.ensure_future(self._compose())
        tell = sync_to_async(progress)
        try:
            while not work.done():
                await asyncio.wait({work}, timeout=BEAT)
                await tell(self._share())
                if time.monotonic() > self.deadline:
                    return "slow"
            work.result()
        except Failure as failure:
            return failure.reason
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        return ""

    async def _compose(self) -> None:
        provider = self.writer.provider
        client = await asyncio.to_thread(Client, provider)
        async with client:
            counter, context = await client.counter(
                "\n".join(s.text for s in self.meeting.segments)
            )
            provider = provider.reading(context)
            self.plan = plan(self.meeting, provider, counter)
            if self.plan.calls > self.writer.limits.calls and self.papers.pages:
                self.papers, self.untold = self.papers.without(), (UNREAD,)
                self.plan = plan(self.meeting, provider, counter)
            if self.plan.calls > self.writer.limits.calls:
                raise Failure("too_many_calls")
            await sync_to_async(self.writer._planned)(self.plan)
            asking = Asking(
                client,
                Allowance(self.plan),
                counter,
                self.deadline,
                self.writer.limits.call_seconds,
                self.writer._slot,
                self._note,
            )
            self.composing = Composing(self.meeting, self.plan, asking, self.language)
            await self.composing.run()

    async def _note(self, call: Call) -> None:
        self.calls.append(call)
        await sync_to_async(self.writer._record)(call)

    def _share(self) -> float:
        steps = self.composing.found.steps if self.composing else 0
        return min(0.99, steps / self.plan.calls) if self.plan else 0.0

    def draft(self, plain: Draft, reason: str) -> Draft:
        """What was found, completed by ``plain`` where stretches were not read."""
        found = self.composing.found if self.composing else Found()
        if found.is_empty:
            why = reason or Tally(found.reasons or ["invalid"]).most_common(1)[0][0]
            notes = (_note(WRITTEN_WITHOUT, self.writer.provider.kind, why), *self._spent())
            return Draft(plain.sections, plain.writer, (*notes, *plain.notes))
        parts = self.meeting.outline.parts
        spare = [s.statements for s in plain.sections] or [()] * len(parts)
        sections = tuple(self._section(*of, found) for of in zip(parts, spare, strict=True))
        return Draft(sections, self.writer.name, (*self._notes(found, reason), *plain.notes))

    def _section(self, part: Part, spare: Sequence[Statement], found: Found) -> Section:
        """What the model wrote, and of ``spare`` what is of the stretches that it did not read."""
        said = [_statement(item, self.meeting) for item in found.of(part)]
        if part.context == SECTIONS:
            return self._filled(part, said or spare)
        unread = {
            self.meeting.segments[at].id
            for stretch in found.unread_by(part)
            for at in range(stretch.first, stretch.last)
        }
        said += [s for s in spare if s.evidence and s.evidence[0].segment in unread]
        said.sort(key=lambda s: s.evidence[0].start if s.evidence else float("inf"))
        return self._filled(part, said)

    def _filled(self, part: Part, statements: Sequence[Statement]) -> Section:
        """The section, with evidence on pages where lines of attachments were cited."""
        taken = tuple(s for s in map(self.papers.cited, statements) if s)
        return Section(part.kind, part.title(self.language), taken)

    def _notes(self, found: Found, reason: str) -> tuple[str, ...]:
        provider = self.writer.provider
        notes = [_note(WRITTEN_BY, provider.kind, provider.host, provider.model)]
        reason = reason or next(iter(found.reasons), "")
        if found.unread or reason:
            gaps = (found.unread, found.parts)
            notes.append(_note(PARTLY_WITHOUT, provider.kind, reason or "slow", *gaps))
        if self.plan and self.plan.earlier < len(self.meeting.earlier):
            notes.append(_note(EARLIER_CUT, self.plan.earlier, len(self.meeting.earlier)))
        return (*notes, *self.untold, *self._spent())

    def _spent(self) -> tuple[str, ...]:
        if not self.plan or not self.calls:
            return ()
        tokens_in = sum(c.tokens_in for c in self.calls)
        tokens_out = sum(c.tokens_out for c in self.calls)
        made, most = len(self.calls), self.plan.calls_most
        return (_note(CALLS, made, most, tokens_in, tokens_out),)


def _note(code: str, *facts: object) -> str:
    return ":".join([code, *(quote(str(fact), safe="") for fact in facts)])


def _ordered(meeting: Meeting) -> Meeting:
    said = (s for s in meeting.segments if s.text.strip())
    segments = sorted(said, key=lambda s: (s.start, s.id))
    return Meeting(**{**vars(meeting), "segments": tuple(segments)})


def _statement(item: Item, meeting: Meeting) -> Statement:
    """The statement; a due day is reckoned by us from the words, not by the model."""
    charged = item.kind == "action_item"
    named = days(item.due, meeting.held_on) if charged and item.due else ()
    return Statement(
        kind=item.kind,
        text=item.text,
        evidence=item.evidence,
        assignee=item.assignee if charged else "",
        due_text=item.due if charged else "",
        due=next((m.day for m in named if m.day), None),
    )
