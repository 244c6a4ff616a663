"""Parts of a meeting's page that an edit takes anew, and what the page offers to whom."""

import pytest

from accounts.models import Membership
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    SegmentFactory,
    TranscriptFactory,
)
from transcription import parts
from transcription.models import Segment
from transcription.services import editing
from transcription.services.editing import Wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def transcript(user):
    workspace = MembershipFactory(user=user).workspace
    job = JobFactory(meeting=MeetingFactory(workspace=workspace), done=True)
    return TranscriptFactory.create(job=job)


def page(browser, transcript, part=""):
    return browser.get(f"/meetings/{transcript.meeting_id}/{part}").content.decode()


def change(segment, user, **wanted):
    editing.change(segment=segment, by=user, wanted=Wanted(**wanted))


def test_only_the_named_segments_come(browser, transcript):
    one, two, three, _four = transcript.segments.all()
    shown = page(browser, transcript, f"segments/?segments={one.pk},{three.pk},x,{10**30}")
    assert f'id="segment-{one.pk}"' in shown and f'id="segment-{three.pk}"' in shown
    assert f'id="segment-{two.pk}"' not in shown
    assert shown.count("data-label=") == 2


def test_what_was_merged_away_does_not_come(browser, user, transcript):
    one, two, *_rest = transcript.segments.all()
    editing.merge(segment=one, by=user)
    shown = page(browser, transcript, f"segments/?segments={one.pk},{two.pk}")
    assert f'id="segment-{two.pk}"' not in shown


def test_a_change_of_many_is_shown_in_the_same_number_of_queries(
    browser, transcript, django_assert_num_queries
):
    counted = None
    for n in range(2):
        pks = ",".join(str(pk) for pk in transcript.segments.values_list("pk", flat=True))
        with django_assert_num_queries(counted or 10) as queries:
            page(browser, transcript, f"segments/?segments={pks}")
        counted = len(queries)
        for k in range(30):
            SegmentFactory(transcript=transcript, start=100.0 + 30 * n + k)


def test_editors_see_dropped_words_and_viewers_do_not(browser, user, transcript):
    segment = transcript.segments.first()
    change(segment, user, is_dropped=True)
    assert f"<del>{segment.text}</del>" in page(browser, transcript)
    user.memberships.update(role=Membership.Role.VIEWER)
    assert segment.text not in page(browser, transcript)
    assert segment.text not in page(browser, transcript, f"segments/?segments={segment.pk}")


def test_viewers_are_offered_no_edit(browser, user, transcript):
    assert "data-editable" in page(browser, transcript)
    user.memberships.update(role=Membership.Role.VIEWER)
    shown = page(browser, transcript)
    assert "data-editable" not in shown and 'data-do="undo"' not in shown
    assert 'data-do="uncertain"' in shown


def test_nothing_is_edited_while_a_job_works(browser, transcript):
    JobFactory(meeting=transcript.meeting, state="running")
    assert "data-editable" not in page(browser, transcript)


def test_the_history_shows_what_became_of_the_words(browser, user, transcript):
    assert "Nobody has changed anything yet." in page(browser, transcript, "history/")
    change(transcript.segments.first(), user, text="Предлагаю отложить <b>выпуск</b> на пятницу.")
    change(transcript.segments.last(), user, is_confirmed=True)
    shown = page(browser, transcript, "history/")
    assert "<del>Предлагаю перенести выпуск на …</del>" in shown
    assert "<ins>Предлагаю отложить &lt;b&gt;выпуск&lt;/b&gt; на …</ins>" in shown
    assert 'data-restore="1"' in shown and 'data-restore="0"' in shown
    assert 'data-restore="2"' not in shown
    assert page(browser, transcript, "history/?before=2").count('class="history__edit"') == 2


def test_strangers_find_no_part(client, stranger, transcript):
    client.force_login(stranger)
    for part in ("segments/", "history/"):
        assert client.get(f"/meetings/{transcript.meeting_id}/{part}").status_code == 404


def long(transcript):
    rows = [
        SegmentFactory.build(transcript=transcript, start=100.0 + n, end=100.5 + n)
        for n in range(parts.WHOLE)
    ]
    return Segment.objects.bulk_create(rows)


def test_a_long_transcript_is_read_part_by_part(browser, transcript):
    rows = long(transcript)
    first, second = page(browser, transcript), page(browser, transcript, "?part=2")
    assert 'href="?part=2#transcript"' in first and 'href="?part=1#transcript"' in second
    assert f'id="segment-{rows[-1].pk}"' not in first
    assert f'id="segment-{rows[-1].pk}"' in second
    assert f'data-total="{parts.WHOLE + 4}"' in first


def test_a_short_one_is_there_whole(browser, transcript):
    assert "?part=" not in page(browser, transcript)


def test_the_outline_comes_as_numbers_and_what_is_found_as_ids(browser, transcript):
    address = f"/meetings/{transcript.meeting_id}/outline/"
    ids = list(transcript.segments.values_list("pk", flat=True))
    assert browser.get(address).json()["ids"] == ids
    assert browser.get(address, {"find": "БЮДЖЕТ"}).json() == {"found": [ids[2]]}
    transcript.delete()
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize("part", ["", "outline/", "segments/?segments={}"])
def test_what_is_long_comes_compressed(browser, transcript, part):
    address = f"/meetings/{transcript.meeting_id}/{part.format(long(transcript)[0].pk)}"
    answer = browser.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
