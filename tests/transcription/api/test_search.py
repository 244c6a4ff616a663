"""Search in what was said, over HTTP."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from tests.transcription.test_search import said
from transcription.services import passages

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/search/"


def test_a_moment_is_told_with_its_meeting_speaker_and_seconds(api, user):
    meeting = said(user, "Погода.", "Всё о бюджете.", title="Совет")
    segment = meeting.transcripts.get().segments.last()
    (told,) = api.get(ROOT, {"q": "бюджет"}).json()["results"]
    assert told["meeting"]["id"] == str(meeting.pk) and told["meeting"]["title"] == "Совет"
    assert told["segment"] == segment.pk and told["start"] == 3.0 and told["text"] == segment.text
    assert told["speaker"]["name"] == "Ольга Смирнова"
    assert [segment.text[a:b] for a, b in told["matches"]] == ["бюджете"]
    assert AuditEntry.objects.filter(what="meeting.seen", object_id=meeting.pk).count() == 1


def test_all_moments_come_page_by_page_newest_meeting_first(api, user):
    now = timezone.now()
    old = said(user, *["Бюджет."] * 5, held_at=now - timedelta(days=1))
    new = said(user, *["Бюджет."] * 4, held_at=now)
    places, where = [], f"{ROOT}?q={quote('бюджет')}&page_size=2"
    while where:
        page = api.get(where).json()
        places += [(row["meeting"]["id"], row["start"]) for row in page["results"]]
        where = page["next"]
    wanted = [(str(new.pk), 3.0 * n) for n in range(4)] + [(str(old.pk), 3.0 * n) for n in range(5)]
    assert places == wanted


@pytest.mark.parametrize("asked", [{}, {"q": ""}, {"q": "x" * 201}, {"q": "a\0b"}])
def test_a_question_has_words(api, asked):
    answer = api.get(ROOT, asked)
    assert answer.status_code == 400 and "q" in answer.json()["errors"]


def test_by_meaning_a_passage_is_told_with_its_meeting_segments_and_seconds(api, user):
    meeting = said(user, "Бюджет на рекламу увеличим.", "Согласны.", title="Совет")
    passages.make(transcript_id=meeting.transcripts.get().pk)
    (told,) = api.get(f"{ROOT}meaning/", {"q": "деньги на маркетинг"}).json()
    assert told["meeting"]["id"] == str(meeting.pk) and told["start"] == 0.0
    assert [one["text"] for one in told["segments"]] == ["Бюджет на рекламу увеличим.", "Согласны."]
    assert told["segments"][0]["speaker"]["name"] == "Ольга Смирнова"
    assert told["end"] == told["segments"][-1]["end"]
    assert AuditEntry.objects.filter(what="meeting.seen", object_id=meeting.pk).count() == 1


@pytest.mark.parametrize("asked", [{}, {"q": ""}, {"q": "x" * 201}, {"q": "a\0b"}])
def test_by_meaning_a_question_has_words_too(api, asked):
    answer = api.get(f"{ROOT}meaning/", asked)
    assert answer.status_code == 400 and "q" in answer.json()["errors"]


def test_by_meaning_it_takes_as_many_queries_for_many(api, user, django_assert_max_num_queries):
    def asked():
        with django_assert_max_num_queries(99) as captured:
            api.get(f"{ROOT}meaning/", {"q": "смета"})
        return len(captured)

    def one_more():
        passages.make(transcript_id=said(user, "Бюджет.").transcripts.get().pk)

    one_more()
    asked()
    one = asked()
    for _ in range(4):
        one_more()
    assert asked() == one


def test_it_says_that_meanings_are_not_compared(api, settings):
    settings.EMBEDDER = "none"
    answer = api.get(f"{ROOT}meaning/", {"q": "смета"})
    assert (answer.status_code, answer.json()["code"]) == (404, "meaning_is_off")
