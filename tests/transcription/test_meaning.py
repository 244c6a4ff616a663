"""What was said is found by what it means, by who may see it, as it stands now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.services import binning
from tests.factories import MembershipFactory, UserFactory
from tests.transcription.test_search import said
from transcription import meaning, registry
from transcription.models import Passage
from transcription.services import editing, passages
from transcription.services.editing import Wanted

pytestmark = pytest.mark.django_db
TALK = (
    "Мы решили увеличить бюджет на рекламу до двух миллионов.",
    "Наталья подготовит отчёт к пятнице.",
    "Договор 4417 вернули без подписи.",
    "We postponed the release because of the security audit.",
)


def told(user, *texts, **more):
    """A meeting in which ``texts`` were said, with its passages."""
    meeting = said(user, *texts, **more)
    passages.make(transcript_id=meeting.transcripts.get().pk)
    return meeting


@pytest.fixture
def meetings(user):
    """One for each sentence of ``TALK``."""
    return [told(user, text, "Хорошо, дальше.", title=text) for text in TALK]


def titles(user, question, **more):
    found = meaning.nearest(meaning.in_sight(user), question, **more)
    return [one.meeting.title for one in found]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("сколько тратим на маркетинг", TALK[0]),
        ("кто делает отчёт", TALK[1]),
        ("4417", TALK[2]),
        ("why is the new version late", TALK[3]),
        ("почему перенесли выпуск", TALK[3]),
    ],
)
def test_the_nearest_comes_first(user, meetings, question, text):
    assert titles(user, question)[0] == text


def test_no_more_than_asked_for(user, meetings):
    assert len(titles(user, "отчёт", most=2)) == 2


def test_a_stretch_has_what_was_said_in_its_half_minute(user):
    told(user, *["Да."] * 9, TALK[0], "Записали.", "Дальше.")  # three seconds each
    (first, *_) = meaning.nearest(meaning.in_sight(user), "расходы на маркетинг")
    assert [s.text for s in first.segments] == ["Да."] * 9 + [TALK[0]]
    assert (first.start, first.end) == (0.0, first.segments[-1].end)
    assert first.segments[-1].speaker.name == "Ольга Смирнова"


def test_it_shows_the_words_of_now(user, meetings):
    segment = meetings[0].transcripts.get().segments.first()
    editing.change(segment=segment, by=user, wanted=Wanted(text="Бюджет на рекламу не меняем."))
    (first, *_) = meaning.nearest(meaning.in_sight(user), "реклама")
    assert first.segments[0].text == "Бюджет на рекламу не меняем."


def test_what_was_dropped_is_not_found_even_before_it_is_made_anew(user):
    meeting = told(user, TALK[0])
    segment = meeting.transcripts.get().segments.get()
    editing.change(segment=segment, by=user, wanted=Wanted(is_dropped=True))
    assert titles(user, "реклама") == []


def test_nobody_finds_what_they_may_not_see(user, meetings):
    member = MembershipFactory(workspace=meetings[0].workspace, role="viewer").user
    assert titles(UserFactory(), "реклама") == []
    assert titles(member, "реклама")[0] == TALK[0]
    binning.delete(meeting=meetings[0], by=user)
    assert TALK[0] not in titles(member, "реклама")


def test_strangers_meetings_push_nothing_out(user, monkeypatch):
    monkeypatch.setattr(meaning, "NEAR", 2)
    stranger = UserFactory()
    for _ in range(5):
        told(stranger, "Бюджет на рекламу, реклама, маркетинг.")
    told(user, TALK[1], title="mine")
    assert titles(user, "реклама") == ["mine"]


def test_vectors_of_another_model_are_not_compared(user, meetings):
    Passage.objects.filter(transcript__meeting=meetings[0]).update(model="older", vector=[1.0, 0.0])
    assert TALK[0] not in titles(user, "реклама")


def test_a_ranking_is_merged_of_both():
    a, b, c, d = ((1, n) for n in range(4))
    assert meaning.merged([[a, b, c], [b, d]]) == [b, a, d, c]
    assert meaning.merged([[], []]) == []


def test_it_can_be_off(user, meetings, settings):
    assert meaning.is_on()
    settings.EMBEDDER = registry.NO_EMBEDDER
    assert not meaning.is_on() and titles(user, "реклама") == []


def test_older_meetings_are_as_near(user):
    told(user, TALK[0], title="old", held_at=timezone.now() - timedelta(days=900))
    told(user, "Кофе кончился.", title="new")
    assert titles(user, "маркетинг")[0] == "old"
