"""Search in what was said, over HTTP."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from tests.transcription.test_search import said

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
