"""The page on which people look for what was said."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from tests.factories import SegmentFactory, SeriesFactory, SpeakerFactory
from tests.transcription.test_search import said
from transcription import search
from transcription.models import Transcript
from transcription.services import passages

pytestmark = pytest.mark.django_db


def found(browser, words, more=""):
    answer = browser.get(f"/search/?q={quote(words)}{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_moment_leads_to_its_meeting_and_can_be_heard(browser, user):
    meeting = said(user, "Погода.", "Принят <бюджет> & точка.", title="Совет <1>")
    meeting.recording.rendition_key = "none"
    meeting.recording.save()
    segment = meeting.transcripts.get().segments.last()
    shown = found(browser, "бюджет")
    assert f'href="/meetings/{meeting.pk}/#segment-{segment.pk}"' in shown
    assert f'href="/api/v1/meetings/{meeting.pk}/media/#t=3.00,' in shown
    assert "Принят &lt;бюджет&gt;" in shown.replace("<mark>", "").replace("</mark>", "")
    assert "Совет &lt;1&gt;" in shown and "Ольга Смирнова" in shown and "Погода" not in shown


def test_where_the_recording_is_gone_the_words_stay(browser, user):
    said(user, "Бюджет.")
    shown = found(browser, "бюджет")
    assert "<mark>Бюджет</mark>" in shown and "data-from" not in shown


def test_it_is_narrowed(browser, user):
    now, series = timezone.now(), SeriesFactory(owner=user)
    old = said(user, "Бюджет.", title="Old", held_at=now - timedelta(days=30))
    new = said(user, "Бюджет.", title="New", held_at=now, series=series)
    boris = SpeakerFactory(transcript=new.transcripts.get(), name="Борис")
    SegmentFactory(transcript=boris.transcript, speaker=boris, text="Какой бюджет?", start=9.0)
    day = (now - timedelta(days=9)).date()
    narrowings = {
        "": {"Old", "New"},
        f"&series={series.pk}": {"New"},
        f"&held_from={day}": {"New"},
        f"&held_to={day}": {"Old"},
        f"&meeting={old.pk}": {"Old"},
        f"&workspace={user.workspaces.get(personal=True).pk}": {"Old", "New"},
        "&workspace=999999": set(),
        "&speaker=борис": {"New"},
        "&speaker=nobody": set(),
    }
    for more, titles in narrowings.items():
        shown = found(browser, "бюджет", more)
        assert {title for title in ("Old", "New") if f">{title}</a>" in shown} == titles, more


def test_the_rest_of_a_meeting_is_one_press_away(browser, user):
    meeting = said(user, *["Бюджет."] * (search.OF_A_MEETING + 2))
    shown = found(browser, "бюджет")
    assert shown.count("<mark>") == search.OF_A_MEETING
    assert f"meeting={meeting.pk}" in shown and "2 more moments" in shown
    whole = found(browser, "бюджет", f"&meeting={meeting.pk}")
    assert whole.count("<mark>") == search.OF_A_MEETING + 2


def test_pages_go_on(browser, user, monkeypatch):
    monkeypatch.setattr("transcription.search_views.MEETINGS", 2)
    now = timezone.now()
    for n in range(3):
        said(user, "Бюджет.", title=f"M{n}", held_at=now - timedelta(days=n))
    first, second = found(browser, "бюджет"), found(browser, "бюджет", "&page=2")
    assert ">M0</a>" in first and ">M2</a>" not in first and 'rel="next"' in first
    assert ">M2</a>" in second and ">M0</a>" not in second and 'rel="prev"' in second


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/search/", "A word is found in all its forms"),
        ("/search/?q=бюджет", "Nobody said this"),
        ("/search/?q=и", "in everything that people say"),
        (f"/search/?q={'x' * 201}", "at most 200"),
        ("/search/?q=%00", "Null characters"),
        ("/search/?q=x&meeting=nonsense", "valid UUID"),
        ("/search/?q=x&held_from=yesterday", "valid date"),
        ("/search/?q=x&page=-1", "Nobody said this"),
    ],
)
def test_what_finds_nothing_is_told(browser, asked, told):
    answer = browser.get(asked)
    assert answer.status_code == 200
    assert told in answer.content.decode()


def test_nobody_is_told_off_before_they_asked(browser):
    assert "field__error" not in browser.get("/search/").content.decode()


def test_who_read_what_is_written_down_once_an_hour(browser, user):
    meeting = said(user, "Бюджет.")
    other = said(user, "Погода.")
    found(browser, "бюджет")
    found(browser, "бюджет")
    seen = AuditEntry.objects.filter(what="meeting.seen")
    assert [entry.object_id for entry in seen] == [str(meeting.pk)] != [str(other.pk)]


def test_by_meaning_the_nearest_comes_first_with_what_was_said_around_it(browser, user):
    said(user, "Кофе кончился.", title="Кухня")
    meeting = said(user, "Увеличим <бюджет> на рекламу.", "Согласны.", title="Совет <1>")
    for transcript in Transcript.objects.all():
        passages.make(transcript_id=transcript.pk)
    shown = found(browser, "деньги на маркетинг", "&by=meaning")
    segment = meeting.transcripts.get().segments.first()
    assert f'href="/meetings/{meeting.pk}/#segment-{segment.pk}"' in shown
    assert "Увеличим &lt;бюджет&gt; на рекламу." in shown and "Согласны." in shown
    assert shown.index("Совет &lt;1&gt;") < shown.index("Кухня")
    assert AuditEntry.objects.filter(what="meeting.seen", object_id=meeting.pk).count() == 1


def test_by_meaning_it_is_narrowed_too(browser, user):
    now = timezone.now()
    said(user, "Бюджет.", title="Old", held_at=now - timedelta(days=30))
    new = said(user, "Бюджет.", title="New", held_at=now)
    boris = SpeakerFactory(transcript=new.transcripts.get(), name="Борис")
    SegmentFactory(transcript=boris.transcript, speaker=boris, text="Какой бюджет?", start=9.0)
    for transcript in Transcript.objects.all():
        passages.make(transcript_id=transcript.pk)
    day = (now - timedelta(days=9)).date()
    narrowings = {
        "": {"Old", "New"},
        f"&held_from={day}": {"New"},
        f"&held_to={day}": {"Old"},
        f"&meeting={new.pk}": {"New"},
        "&workspace=999999": set(),
        "&speaker=борис": {"New"},
        "&speaker=nobody": set(),
    }
    for more, titles in narrowings.items():
        shown = found(browser, "смета", f"&by=meaning{more}")
        assert {title for title in ("Old", "New") if f">{title}<" in shown} == titles, more


def test_where_meanings_are_not_compared_words_are(browser, user, settings):
    said(user, "Бюджет.", title="Совет")
    assert 'value="meaning"' in found(browser, "бюджет")
    settings.EMBEDDER = "none"
    shown = found(browser, "бюджет", "&by=meaning")
    assert 'value="meaning"' not in shown and "<mark>Бюджет</mark>" in shown
