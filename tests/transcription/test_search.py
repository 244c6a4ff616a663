"""Words are found in what was said: in every form, in the transcript of now, by who may see it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.services import binning, sharing
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    SegmentFactory,
    SpeakerFactory,
    TranscriptFactory,
    UserFactory,
)
from transcription import search
from transcription.models import Segment

pytestmark = pytest.mark.django_db


def said(user, *texts, **more):
    """A meeting of ``user`` in which ``texts`` were said, three seconds apart."""
    meeting = MeetingFactory(owner=user, **more)
    transcript = TranscriptFactory(job=JobFactory(meeting=meeting, done=True), segments=0)
    speaker = SpeakerFactory(transcript=transcript, name="Ольга Смирнова")
    for place, text in enumerate(texts):
        SegmentFactory(transcript=transcript, speaker=speaker, text=text, start=3.0 * place)
    return meeting


def texts(user, words):
    found = search.saying(search.in_sight(user), words)
    return list(
        found.order_by("transcript__meeting__held_at", "start").values_list("text", flat=True)
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("бюджет", "О бюджетах отделов."),
        ("бюджета", "Бюджет принят."),
        ("решение", "Решениями совета."),
        ("Королёв", "Спросим Королева."),
        ("королевым", "Королёв согласен."),
        ("королёва", "Скажите Королёву."),
        ("30-е", "К 30-е января."),
        ("бюджет или отпуск", "Отпуск дан."),
        ("ЁЛКА", "Купили елку."),
        ("contract", "We signed both contracts."),
        ("deploying", "Протокол deploy готов."),
        ("30 000", "Это 30 000 рублей."),
        ('"принять бюджет"', "Предлагаю принять бюджет."),
        ("бюджет -отпуск", "Бюджет принят."),
        ("отпуск or бюджет", "Бюджет принят."),
    ],
)
def test_words_are_found_in_their_forms(user, words, text):
    said(user, text, "Погода хорошая.")
    assert texts(user, words) == [text]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('"принять бюджет"', "Бюджет принять не смогли."),
        ("бюджет -отпуск", "Бюджет и отпуск."),
        ("бюджет отпуск", "Бюджет принят."),
        ("'; DROP TABLE x; --", "Бюджет принят."),
        ("& | ! <-> :*", "Бюджет принят."),
        ("\ue000бюджет\ue001 отпуск", "Бюджет принят."),
        ("-отпуск", "Бюджет принят."),
        ('"', "Бюджет принят."),
    ],
)
def test_others_are_not(user, words, text):
    said(user, text)
    assert texts(user, words) == []


def test_it_is_the_transcript_of_now(user):
    meeting = said(user, "Старый бюджет.")
    again = TranscriptFactory(job=JobFactory(meeting=meeting, done=True), segments=0)
    SegmentFactory(transcript=again, text="Новый бюджет.")
    SegmentFactory(transcript=again, text="Бюджет убрали.", is_dropped=True, start=3.0)
    SegmentFactory(transcript=again, text="Бюджет слили.", is_withdrawn=True, start=6.0)
    assert texts(user, "бюджет") == ["Новый бюджет."]


def test_nobody_finds_what_they_may_not_see(user):
    stranger, friend = UserFactory(), UserFactory()
    meeting = said(user, "Бюджет.")
    member = MembershipFactory(workspace=meeting.workspace, role="viewer").user
    sharing.share(meeting=meeting, email=friend.email, right="read", by=user)
    assert [texts(who, "бюджет") for who in (stranger, friend, member)] == [
        [], ["Бюджет."], ["Бюджет."]
    ]  # fmt: skip
    binning.delete(meeting=meeting, by=user)
    assert [texts(who, "бюджет") for who in (user, friend, member)] == [[], [], []]


def test_a_word_is_marked_where_it_stands(user):
    said(user, "Всё об отчёте: отчёт готов.")
    rows = search.marked(search.saying(search.in_sight(user), "отчет"), "отчет")
    (segment,) = rows
    assert [segment.text[a:b] for a, b in search.spans_of(segment)] == ["отчёте", "отчёт"]
    pieces = search.pieces_of(segment)
    assert "".join(text for text, _ in pieces) == segment.text
    assert [text for text, is_found in pieces if is_found] == ["отчёте", "отчёт"]


@pytest.mark.parametrize(
    "text", ["Тег <b>бюджет</b> &amp; знак.", "бюджет http://x.ru/бюджет?a=<i>"]
)
def test_what_looks_like_markup_keeps_its_words(user, text):
    said(user, text)
    (segment,) = search.marked(search.saying(search.in_sight(user), "бюджет"), "бюджет")
    assert "".join(piece for piece, _ in search.pieces_of(segment)) == text


@pytest.mark.parametrize(
    ("words", "common"), [("и в на", True), ("the", True), ("и бюджет", False)]
)
def test_what_everybody_says_is_told_apart(user, words, common):
    assert search.is_too_common(words) is common


def test_a_meeting_shows_its_first_moments_and_how_many_there_are(user):
    now = timezone.now()
    old = said(user, *["Бюджет."] * 7, held_at=now - timedelta(days=9))
    new = said(user, "Нет.", "Бюджет.", held_at=now)
    segments = search.saying(search.in_sight(user), "бюджет")
    meetings = list(search.meetings_with(segments))
    assert meetings == [new, old]
    first, second = search.moments_of(meetings, segments, "бюджет", 5)
    assert (first.total, first.more, [m.segment.start for m in first.moments]) == (1, 0, [3.0])
    assert (second.total, second.more) == (7, 2)
    assert [m.segment.start for m in second.moments] == [0.0, 3.0, 6.0, 9.0, 12.0]


def test_the_index_is_of_the_words_that_are_asked_for(user):
    said(user, "Бюджет.")
    with connection.cursor() as cursor:
        for way in ("seqscan", "indexscan", "indexonlyscan"):  # there are few rows in a test
            cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = search.saying(Segment.objects.order_by(), "бюджет").explain()
    assert "segment_words" in plan


@pytest.mark.parametrize("door", ["/search/", "/api/v1/search/"])
def test_many_moments_take_as_many_queries_as_one(browser, user, door):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(door, {"q": "бюджет"}).status_code == 200
        return len(captured)

    said(user, "Бюджет.")
    asked()  # what is learnt once is kept in the cache
    one = asked()
    for _ in range(4):
        said(user, "Бюджет.", "Бюджеты.")
    assert asked() == one
