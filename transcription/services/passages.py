"""Passages are made after a transcript is, and made anew where people change its words.

That is no stage: a meeting is done without them, and search by words finds it. What is due stands
in the transcript's row; a message that was lost is sent again by ``catch_up``.

``Transcript.passages_due`` is also the token under which they are stored: it becomes another with
every change of words, and where another transcript takes the place of this one. A worker stores
only while it holds the row and the token is the one with which it began, so that no passage is of
older words than the token, or of a transcript that was replaced.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from accounts.services import outgoing
from meetings.errors import Superseded
from meetings.models import Meeting
from transcription import meaning, registry
from transcription.engines.base import Embedder
from transcription.models import Passage, Segment, Transcript
from transcription.models.passages import SECONDS

TASK = "transcription.tasks.make_passages"
BATCH = 16
"""Passages that are stored at once; a worker that dies loses no more."""
HEAD_START = timedelta(minutes=10)
"""After which ``catch_up`` looks for what is due."""
AT_ONCE = 1000
"""Messages that ``catch_up`` sends in an hour: an upgrade must not bury the queue."""


def outdate(transcript: Transcript) -> None:
    """The words of ``transcript`` are others now; call it in the transaction that changes them."""
    Transcript.objects.filter(pk=transcript.pk).update(passages_due=timezone.now())
    if meaning.is_on():
        transaction.on_commit(lambda: outgoing.queue(TASK, [transcript.pk]), robust=True)


def retire(meeting: Meeting) -> None:
    """Only the present transcript of ``meeting`` has passages, and no worker stores others.

    Call it in the transaction that makes another transcript the present one.
    """
    replaced = Transcript.objects.replaced(meeting)
    replaced.update(passages_due=None)  # first, so that who is storing some is waited for
    Passage.objects.filter(transcript__in=replaced).delete()


def make(*, transcript_id: int) -> None:
    """Bring the passages up to date; harmless twice, even at once, and where nothing is due.

    Stops where the words change meanwhile, for that change has a message of its own, and where the
    transcript is replaced or deleted.
    """
    due = Transcript.objects.filter(pk=transcript_id, complete=True, passages_due__isnull=False)
    transcript = due.select_related("meeting").first()
    embedder = registry.embedder()
    if transcript is None or embedder is None:
        return
    # All else is read after the token: what becomes another later makes the token another, too.
    is_current = Transcript.objects.current(transcript.meeting) == transcript
    texts = _texts(transcript) if is_current else {}
    with suppress(Superseded):
        for rows in _embedded(transcript, texts, embedder):
            with _held(transcript):
                _store(rows)
        with _held(transcript):
            Passage.objects.filter(transcript=transcript).exclude(place__in=texts).delete()
            Transcript.objects.filter(pk=transcript.pk).update(passages_due=None)


def catch_up() -> int:
    """Send what was lost, also for transcripts older than the passages or of another model."""
    embedder = registry.embedder()
    if embedder is None:
        return 0
    others = Passage.objects.exclude(model=embedder.model).values("transcript")
    Transcript.objects.filter(pk__in=others, passages_due=None).update(
        passages_due=timezone.now() - HEAD_START
    )
    late = Transcript.objects.filter(
        complete=True, passages_due__lte=timezone.now() - HEAD_START, meeting__binned_at=None
    )
    pks = list(late.order_by("-pk").values_list("pk", flat=True)[:AT_ONCE])
    outgoing.queue(TASK, pks)
    return len(pks)


def _texts(transcript: Transcript) -> dict[int, str]:
    """What was said in each half minute in which something was."""
    said: dict[int, list[str]] = defaultdict(list)
    rows = Segment.objects.filter(transcript=transcript).order_by("start", "end", "pk")
    for start, text in rows.values_list("start", "text"):
        said[int(start // SECONDS)].append(text)
    return {place: " ".join(texts) for place, texts in said.items()}


def _embedded(
    transcript: Transcript, texts: dict[int, str], embedder: Embedder
) -> Iterator[list[Passage]]:
    """Those whose words are not the ones that were embedded before, a batch at a time."""
    digests = {place: _digest(text) for place, text in texts.items()}
    known = Passage.objects.filter(transcript=transcript, model=embedder.model)
    same = set(known.values_list("place", "digest"))
    places = (place for place, digest in digests.items() if (place, digest) not in same)
    while batch := list(islice(places, BATCH)):
        vectors = embedder.passages([texts[place] for place in batch])
        yield [
            Passage(
                transcript=transcript,
                place=place,
                model=embedder.model,
                digest=digests[place],
                vector=vector,
            )
            for place, vector in zip(batch, vectors, strict=True)
        ]


@contextmanager
def _held(transcript: Transcript) -> Iterator[None]:
    """A transaction in which the row is locked and has the token that was read; else Superseded."""
    with transaction.atomic():
        held = Transcript.objects.select_for_update(no_key=True).filter(
            pk=transcript.pk, passages_due=transcript.passages_due
        )
        if not held.exists():
            raise Superseded
        yield


def _store(rows: list[Passage]) -> None:
    Passage.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["transcript", "place"],
        update_fields=["model", "digest", "vector"],
    )


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
