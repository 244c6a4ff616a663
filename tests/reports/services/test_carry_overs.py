"""A series carries its open items into the minutes of the next meeting."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from reports.documents.minutes import minutes_document
from reports.models import ActionItem, CarriedItem, Statement
from reports.services import action_items, carry_overs, reporting, writing
from tests.factories import (
    ActionItemFactory,
    JobFactory,
    MeetingFactory,
    MinutesFactory,
    SectionFactory,
    SegmentFactory,
    SeriesFactory,
    SpeakerFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 3, 9, 10, tzinfo=UTC)
NEXT = datetime(2026, 3, 16, 10, tzinfo=UTC)
LATER = datetime(2026, 3, 23, 10, tzinfo=UTC)


@pytest.fixture
def series(user):
    return SeriesFactory(owner=user, name="Планёрка")


@pytest.fixture
def earlier(user, series):
    return MeetingFactory(owner=user, series=series, held_at=FIRST, title="Планёрка 9 марта")


@pytest.fixture
def items(earlier):
    """Three things that were promised a week ago."""
    told = [
        ("Анна подготовит отчёт по продажам.", "Анна", None),
        ("Пётр подпишет договор с подрядчиком.", "Пётр", None),
        ("Олег проверит смету до 13 марта.", "Олег", date(2026, 3, 13)),
    ]
    return [
        ActionItemFactory(meeting=earlier, text=text, assignee=assignee, due=due)
        for text, assignee, due in told
    ]


def held(series, at, *said, language="ru", title="Планёрка"):
    """A meeting with a transcript of these sentences."""
    meeting = MeetingFactory(
        workspace=series.workspace, series=series, held_at=at, title=title, language=language
    )
    transcript = TranscriptFactory(
        job=JobFactory(meeting=meeting, done=True), segments=0, language=language
    )
    speakers = [SpeakerFactory(transcript=transcript) for _ in range(2)]
    for place, text in enumerate(said):
        SegmentFactory(
            transcript=transcript,
            speaker=speakers[place % 2],
            start=5.0 * place,
            text=text,
            language=language,
        )
    return transcript


def minutes_of(transcript, *, writer="extractive"):
    """Minutes as the stage stores them."""
    talk = writing.input_of(transcript)
    outcomes = carry_overs.look(meeting_id=transcript.meeting_id, talk=talk)
    minutes = MinutesFactory(transcript=transcript, statements=0, language=transcript.language)
    SectionFactory(minutes=minutes, position=0, kind="summary")
    SectionFactory(minutes=minutes, position=1, kind="decision")
    carry_overs.store(minutes=minutes, talk=talk, outcomes=outcomes)
    action_items.sync(minutes=minutes)
    return minutes


def told_in(minutes):
    return {c.item.assignee: c.outcome for c in CarriedItem.objects.filter(
        statement__section__minutes=minutes)}  # fmt: skip


SAID = (
    "Анна, что с отчётом по продажам?",
    "Готово, отправила вчера.",
    "Договор с подрядчиком пока у юристов.",
)


def test_the_next_minutes_say_what_became_of_each_open_item(series, items):
    minutes = minutes_of(held(series, NEXT, *SAID))
    assert told_in(minutes) == {"Анна": "done", "Пётр": "mentioned", "Олег": "overdue"}
    kinds = list(minutes.sections.order_by("position").values_list("kind", flat=True))
    assert kinds == ["summary", "carry_over", "decision"]
    texts = list(Statement.objects.filter(kind="carry_over").values_list("text", flat=True))
    assert texts == [
        "Анна подготовит отчёт по продажам — сказано, что сделано.",
        "Пётр подпишет договор с подрядчиком — упоминалось, о готовности не сказано.",
        "Олег проверит смету до 13 марта — не упоминалось, срок был 13 марта 2026 г.",
    ]


def test_nothing_is_marked_as_done_in_silence(series, items):
    minutes_of(held(series, NEXT, *SAID))
    assert set(ActionItem.objects.values_list("state", flat=True)) == {"open"}


def test_the_evidence_is_said_in_this_meeting_and_every_statement_is_grounded(series, items):
    transcript = held(series, NEXT, *SAID)
    minutes = minutes_of(transcript)
    carried = Statement.objects.filter(section__minutes=minutes, kind="carry_over")
    quotes = [[e.quote for e in statement.evidence.all()] for statement in carried]
    assert quotes == [list(SAID[:2]), [SAID[2]], []]
    for statement in carried:
        assert (statement.verdict, statement.reason) == ("supported", "")
        assert all(e.segment.transcript == transcript for e in statement.evidence.all())


def test_an_item_whose_own_words_are_not_in_its_recording_stays_unverified(series, items):
    unverified = {"verdict": "unverified", "reason": "name_not_in_evidence"}
    Statement.objects.filter(pk=items[0].statement_id).update(**unverified)
    minutes_of(held(series, NEXT, *SAID))
    carried = Statement.objects.filter(kind="carry_over").values_list("verdict", "reason")
    assert sorted(carried) == [
        ("supported", ""),
        ("supported", ""),
        ("unverified", "name_not_in_evidence"),
    ]


def test_words_that_are_not_in_this_transcript_are_no_evidence(series, items):
    transcript = held(series, NEXT, *SAID)
    talk = writing.input_of(transcript)
    [outcome, *_] = carry_overs.look(meeting_id=transcript.meeting_id, talk=talk)
    for evidence, reason in (
        (replace(outcome.evidence[0], quote="Всё готово."), "quote_not_in_segment"),
        (replace(outcome.evidence[0], segment=0), "segment_missing"),
    ):
        checked = carry_overs.verdict_of(talk, replace(outcome, evidence=(evidence,)), items[0])
        assert (checked.verdict, checked.reason) == ("unverified", reason)


def test_the_document_leads_to_where_each_was_set(series, items, earlier):
    minutes = minutes_of(held(series, NEXT, *SAID))
    carried = minutes_document(minutes)["carried"]
    assert [c["outcome"] for c in carried] == ["done", "mentioned", "overdue"]
    assert {c["meeting"] for c in carried} == {str(earlier.pk)}
    assert carried[0]["evidence"][0]["quote"] == items[0].text
    assert carried[0]["since"] == FIRST.date()


def test_what_is_done_or_dropped_is_not_carried(series, items, user):
    action_items.set_state(item=items[0], state="done", by=user)
    action_items.set_state(item=items[1], state="dropped", by=user)
    assert set(told_in(minutes_of(held(series, NEXT, *SAID)))) == {"Олег"}


def test_a_new_version_tells_again_what_was_confirmed_after_the_first(series, items, user):
    transcript = held(series, NEXT, *SAID)
    first = minutes_of(transcript)
    action_items.set_state(item=items[0], state="done", by=user)
    assert told_in(minutes_of(transcript)) == told_in(first)
    assert "Анна" not in told_in(minutes_of(held(series, LATER, *SAID)))


def test_later_meetings_other_series_and_no_series_are_none_of_its_business(series, items, user):
    other = SeriesFactory(workspace=series.workspace)
    assert told_in(minutes_of(held(other, NEXT, *SAID))) == {}
    assert told_in(minutes_of(held(series, FIRST.replace(day=2), *SAID))) == {}
    alone = held(series, NEXT, *SAID)
    alone.meeting.series = None
    alone.meeting.save()
    minutes = minutes_of(alone)
    assert told_in(minutes) == {}
    assert not minutes.sections.filter(kind="carry_over").exists()


def test_the_minutes_keep_what_they_said_when_the_earlier_meeting_is_deleted(
    series, items, earlier
):
    minutes = minutes_of(held(series, NEXT, *SAID))
    earlier.delete()
    carried = minutes_document(minutes)["carried"]
    assert [c["item"] for c in carried] == [None] * 3
    assert Statement.objects.filter(section__minutes=minutes, kind="carry_over").count() == 3


def test_an_english_series(series, earlier):
    ActionItemFactory(
        meeting=earlier, text="Tom will send the offer to the client.", assignee="Tom"
    )
    ActionItemFactory(meeting=earlier, text="Kate will fix the login tests.", assignee="Kate")
    said = ("I sent the offer to the client on Tuesday.", "Great.")
    minutes = minutes_of(held(series, NEXT, *said, language="en"))
    texts = Statement.objects.filter(section__minutes=minutes).values_list("text", "verdict")
    assert list(texts) == [
        ("Tom will send the offer to the client — said to be done.", "supported"),
        (
            "Kate will fix the login tests — not mentioned, open since March 9, 2026.",
            "supported",
        ),
    ]


def test_the_page_shows_it_with_one_click_and_the_way_back(series, items, browser, user):
    transcript = held(series, NEXT, *SAID)
    minutes_of(transcript)
    address = f"/meetings/{transcript.meeting_id}/"
    shown = browser.get(address).content.decode()
    assert "Open items of earlier meetings" not in shown  # the minutes' own language
    assert "Поручения прошлых встреч" in shown
    set_at = items[2].statement.evidence.get().segment_id
    assert f"/meetings/{items[2].meeting_id}/#segment-{set_at}" in shown
    assert shown.count("Mark as done") == 3
    back = {"state": "done", "next": address}
    assert browser.post(f"/action-items/{items[0].pk}/state/", back)["Location"] == address
    items[0].refresh_from_db()
    assert (items[0].state, items[0].changed_by) == ("done", user)


def test_the_stage_does_all_of_it(series, items, monkeypatch):
    transcript = held(series, NEXT, *SAID, "Анна подготовит презентацию до пятницы.")

    class Claim:
        meeting_id, job_id = str(transcript.meeting_id), str(transcript.job_id)
        metrics: dict[str, object] = {}
        options: dict[str, object] = {}

        def report(self, share):
            pass

        def check(self):
            pass

    reporting.report(Claim())()
    minutes = transcript.meeting.minutes.get()
    assert set(told_in(minutes).values()) == {"done", "mentioned", "overdue"}
    assert ActionItem.objects.filter(meeting=transcript.meeting, text__contains="презентацию")
