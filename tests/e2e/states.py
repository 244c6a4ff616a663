"""Every page in its main states, for tests that look at all of them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.utils import timezone

from accounts.models import (
    Quota,
    User,
)
from meetings.models import (
    RetentionNotice,
    StageUsage,
    WebhookEvent,
)
from meetings.services import (
    binning,
    sharing,
    webhooks,
)
from reports.models import (
    Archive,
    Minutes,
)
from reports.services import (
    approving,
    archives,
    asking,
    commenting,
    versions,
)
from tests.bench.long_meeting import long_meeting
from tests.factories import (
    ActionItemFactory,
    JobFactory,
    KnownVoiceFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    SeriesFactory,
    TranscriptFactory,
)
from transcription.models import (
    Segment,
    Speaker,
    Transcript,
    Turn,
)
from transcription.services import (
    bookmarking,
    passages,
)
from transcription.services import editing as transcripts

INTERRUPTED = """person => new Promise((resolve, reject) => {
  const asked = indexedDB.open("protokol", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("uploads", {keyPath: "id"});
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const record = {id: "x", person, name: "talk.ogg", bytes: 1e6, upload: "", fields: []};
    const store = asked.result.transaction("uploads", "readwrite").objectStore("uploads");
    const put = store.put(record);
    put.onsuccess = () => resolve(asked.result.close());
  };
})"""
Act = Callable[[Any], None]
"""What is done on a page before it is looked at."""


def looked(page: Any) -> None:
    page.wait_for_load_state("networkidle")


def at_a_segment(act: Act) -> Act:
    """``act`` with the focus on a segment."""

    def acted(page: Any) -> None:
        words(page)
        page.locator(".segment__time").first.focus()
        act(page)
        page.locator(".segment-form, dialog[open]").wait_for()

    return acted


def words(page: Any) -> None:
    """The transcript, where it takes turns with the minutes."""
    looked(page)
    page.locator('.switch [data-pane="transcript"]').dispatch_event("click")


def bookmarks(page: Any) -> None:
    """Their list, which this browser keeps open from then on."""
    looked(page)
    if page.locator("#bookmarks[open]").count() == 0:
        page.locator("#bookmarks summary").click()
    page.locator(".bookmark").first.wait_for()


def pressed(key: str) -> Act:
    return at_a_segment(lambda page: page.keyboard.press(key))


def pressed_alone(key: str) -> Act:
    """A key where nothing has the focus."""

    def act(page: Any) -> None:
        looked(page)
        page.keyboard.press(key)

    return act


def opened_by(key: str) -> Act:
    """A dialog that a key opens."""

    def act(page: Any) -> None:
        pressed_alone(key)(page)
        page.get_by_role("dialog").wait_for()

    return act


def clicked(name: str) -> Act:
    return at_a_segment(lambda page: page.locator(f'.transcript__tools [data-do="{name}"]').click())


def recording(page: Any) -> None:
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Pause", exact=True).wait_for()


def unsent(page: Any) -> None:
    recording(page)
    page.wait_for_timeout(1000)
    page.get_by_role("button", name="Stop", exact=True).click()
    page.locator("#unsent .upload").first.wait_for()


def reminded(page: Any) -> None:
    page.locator("#notices .notice").wait_for()


def heard(transcript: Transcript) -> None:
    """Of the two speakers, the first sounds like a known one, the second could be remembered."""
    first, second = transcript.speakers.all()
    for speaker in (first, second):
        Turn.objects.create(transcript=transcript, speaker=speaker, start=0, end=20)
    Speaker.objects.filter(pk=first.pk).update(embedding=[0.9, 0.1, 0.0])
    Speaker.objects.filter(pk=second.pk).update(embedding=[0.0, 0.0, 1.0], name="Anna")


def remembering(page: Any) -> None:
    looked(page)
    page.locator(".voice__remember summary").click()
    page.get_by_text("How this is measured").click()


def every_page(owner: User) -> dict[str, tuple[str, Act]]:
    """Each page and main state: its address, and what is done there before it is looked at."""

    def done(**more: Any) -> Minutes:
        meeting = MeetingFactory(owner=owner, agenda=["Бюджет", "Сроки"], **more)
        transcript = TranscriptFactory(job=JobFactory(meeting=meeting, done=True))
        return MinutesFactory.create(transcript=transcript, statements=4)

    series = SeriesFactory.create(owner=owner)
    draft, signed = done(series=series), done()
    commenting.add(minutes=draft, by=owner, text="Checked.")
    bookmarking.add(meeting=draft.meeting, by=owner, at=1.0)
    bookmarking.add(meeting=draft.meeting, by=owner, at=2.0, text="Сверить.", shared=True)
    ActionItemFactory(meeting=draft.meeting, text="Проверить счёт.", assignee="Anna")
    approving.send(minutes=signed, by=owner, reviewers=[owner.pk])
    approving.approve(minutes=signed, by=owner)
    second = versions.copy(minutes=signed, by=owner)
    long = long_meeting(words=4000, seconds=1440, statements=2, owner=owner)
    running = JobFactory.create(meeting=MeetingFactory(owner=owner), state="running")
    failed = JobFactory.create(
        meeting=MeetingFactory(owner=owner), state="failed", stages={"convert": "dead"}
    )
    workspace = owner.workspaces.get(personal=True)
    team = MembershipFactory.create(user=owner, role="owner").workspace
    guest = MembershipFactory.create(workspace=team).user
    sharing.share(meeting=draft.meeting, email=guest.email, right="read", by=owner)
    Quota.objects.create(workspace=workspace, hours=1, llm_tokens=1000, jobs=1)
    StageUsage.objects.create(
        attempt=1,
        workspace=workspace,
        meeting=draft.meeting,
        stage="transcribe",
        recording_seconds=3600,
        seconds=600,
    )
    _, token = sharing.make_link(meeting=draft.meeting, by=owner, days=1, may_download=True)
    _, closed = sharing.make_link(meeting=draft.meeting, by=owner, days=1, password="secret")

    hook, _ = webhooks.create(
        workspace=workspace, by=owner, url="https://example.com/hook", events=WebhookEvent.values
    )
    KnownVoiceFactory.create(workspace=workspace, name="Мария")
    heard(draft.transcript)
    passages.make(transcript_id=draft.transcript.pk)
    question = asking.ask(by=owner, workspace=workspace, text="Что с бюджетом?")
    asking.answer(question_id=str(question.pk))
    waiting = asking.ask(by=owner, workspace=workspace, text="Кто готовит отчёт?")

    binning.delete(meeting=MeetingFactory.create(owner=owner), by=owner)
    hook.deliveries.update(state="failed", error="refused", status=500, head="no", attempts=10)
    archives.ask(by=owner)
    Archive.objects.create(asked_by=owner, state="ready", key="x", expires_at=timezone.now())
    RetentionNotice.objects.create(meeting=draft.meeting, kind="recording", goes_at=timezone.now())

    def editing(page: Any) -> None:
        looked(page)
        page.locator(".statement__text").first.focus()
        page.keyboard.press("e")
        page.locator(".statement-form").wait_for()

    def sending(page: Any) -> None:
        looked(page)
        page.get_by_role("button", name="Send for review").click()
        page.get_by_role("dialog").wait_for()

    def lending(page: Any) -> None:
        looked(page)
        page.get_by_role("button", name="Share", exact=True).click()
        page.get_by_role("dialog").wait_for()

    def interrupted(page: Any) -> None:
        page.evaluate(INTERRUPTED, str(owner.pk))
        page.reload()
        page.locator('.upload[data-state="lost"]').wait_for()

    def keys(page: Any) -> None:
        looked(page)
        page.keyboard.press("?")
        page.get_by_role("dialog").wait_for()

    meeting = f"/meetings/{draft.meeting_id}/"
    segment = draft.transcript.segments.order_by("start")[1]
    transcripts.change(segment=segment, by=owner, wanted=transcripts.Wanted(is_confirmed=True))
    Segment.objects.filter(transcript=draft.transcript, start__gt=5).update(flags=["loop"])
    return {
        "meetings": ("/", looked),
        "new": ("/meetings/new/", looked),
        "new, an upload that was interrupted": ("/meetings/new/", interrupted),
        "meeting": (meeting, looked),
        "meeting, the words": (meeting, words),
        "meeting, a statement edited": (meeting, editing),
        "meeting, a segment edited": (meeting, pressed("e")),
        "meeting, who speaks": (meeting, pressed("s")),
        "meeting, find and replace": (meeting, clicked("replace")),
        "meeting, history of the transcript": (meeting, clicked("history")),
        "meeting, sent for review": (meeting, sending),
        "meeting, shared": (meeting, lending),
        "meeting, the keys": (meeting, keys),
        "speakers": (f"{meeting}speakers/", looked),
        "speakers, a voice to be remembered": (f"{meeting}speakers/", remembering),
        "known voices": (f"/workspaces/{workspace.pk}/voices/", looked),
        "meeting, long": (f"/meetings/{long.meeting_id}/", looked),
        "meeting, a loop": (meeting, pressed_alone("l")),
        "meeting, a mark": (meeting, opened_by("b")),
        "meeting, approved": (f"/meetings/{signed.meeting_id}/", looked),
        "meeting, running": (f"/meetings/{running.meeting_id}/", looked),
        "meeting, failed": (f"/meetings/{failed.meeting_id}/", looked),
        "versions compared": (f"/minutes/{second.pk}/diff/?against={signed.version}", looked),
        "verified": (f"/minutes/{signed.pk}/verify/", looked),
        "action items": ("/action-items/", looked),
        "search": ("/search/", looked),
        "search, found": (f"/search/?q={quote('бюджет')}", looked),
        "search, nothing found": ("/search/?q=xyzzy", looked),
        "search, by meaning": (f"/search/?by=meaning&q={quote('деньги')}", looked),
        "ask": ("/ask/", looked),
        "an answer": (f"/ask/{question.pk}/", looked),
        "an answer that is looked for": (f"/ask/{waiting.pk}/", looked),
        "all series": ("/series/", looked),
        "series": (f"/series/{series.pk}/", looked),
        "language models": ("/language-models/", looked),
        "a language model": (f"/workspaces/{workspace.pk}/language-model/", looked),
        "templates": ("/templates/", looked),
        "a template that is shipped": ("/templates/standup/", looked),
        "a template that is changed": ("/templates/new/?from=lecture", looked),
        "workspaces": ("/workspaces/", looked),
        "a workspace": (f"/workspaces/{team.pk}/", looked),
        "usage": (f"/workspaces/{workspace.pk}/usage/", looked),
        "what a link leads to": (f"/shared/{token}/", looked),
        "a link's password": (f"/shared/{closed}/", looked),
        "notifications": ("/notifications/", looked),
        "profile": ("/profile/", looked),
        "the guide": ("/guide/", looked),
        "a chapter of the guide": ("/guide/keys/", looked),
        "a chapter with pictures": ("/guide/minutes/", looked),
        "a meeting to be deleted": (f"/meetings/{signed.meeting_id}/delete/", looked),
        "the bin": ("/bin/", looked),
        "exports": ("/exports/", looked),
        "security": ("/security/", looked),
        "API keys": ("/api-keys/", looked),
        "activity of an account": ("/activity/", looked),
        "webhooks": (f"/workspaces/{workspace.pk}/webhooks/", looked),
        "a webhook": (f"/workspaces/{workspace.pk}/webhooks/{hook.pk}/", looked),
        "the audit log of a workspace": (f"/workspaces/{workspace.pk}/audit/", looked),
        "new, recording": ("/meetings/new/", recording),
        "new, a recording that was not sent": ("/meetings/new/", unsent),
        "a recording that was not sent": ("/series/", reminded),
        "meeting, its bookmarks": (meeting, bookmarks),
    }
