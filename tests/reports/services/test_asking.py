"""Questions are answered from what the person may see, once, and never shown beyond that."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from accounts.models import AuditEntry, Quota
from meetings.models import Deletion
from meetings.services import binning, deletion
from reports.errors import TooManyQuestions
from reports.models import Citation, LlmCall, Question
from reports.services import asking
from reports.services.asking import About
from tests.factories import (
    JobFactory,
    MembershipFactory,
    SeriesFactory,
    TranscriptFactory,
    UserFactory,
)
from tests.transcription.test_meaning import told
from transcription.errors import MeaningIsOff
from transcription.services import editing
from transcription.services.editing import Wanted

pytestmark = pytest.mark.django_db
ROOF = "Ремонт крыши обойдётся в миллион рублей."
COFFEE = "Кофе в офисе опять закончился."
QUESTION = "Сколько стоит ремонт крыши?"


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """The questions that went to the queue."""
    messages = []
    monkeypatch.setattr(asking, "_send", messages.extend)
    return messages


def home(user):
    return user.workspaces.get(personal=True)


def asked(user, text=QUESTION, workspace=None, **about):
    """The question once it is answered."""
    question = asking.ask(
        by=user, workspace=workspace or home(user), text=text, about=About(**about)
    )
    asking.answer(question_id=str(question.pk))
    return Question.objects.with_answer().get(pk=question.pk)


def sentences(question):
    return [sentence.text for sentence in question.sentences.all()]


def test_without_a_language_model_the_nearest_words_are_quoted(user):
    told(user, COFFEE)
    meeting = told(user, "Итак.", ROOF)
    question = asked(user)
    assert (question.state, question.writer, question.notes) == ("done", "extractive", [])
    first = question.sentences.all()[0]
    assert (first.text, first.verdict) == (ROOF, "supported")
    [citation] = first.citations.all()
    assert (citation.number, citation.meeting, citation.quote) == (1, meeting, ROOF)
    assert citation.segment.text == ROOF and (citation.start, citation.end) == (3.0, 4.2)


def test_the_workspaces_language_model_answers_and_it_is_in_the_ledger(user, language_model):
    told(user, ROOF)
    question = asked(user)
    assert question.writer == "llm" and sentences(question) == [ROOF]
    assert question.notes == [
        f"written_by:compatible:{language_model.url.split('/')[2].replace(':', '%3A')}:fake"
    ]
    [call] = LlmCall.objects.all()
    assert (call.purpose, call.outcome, call.workspace) == ("answer", "ok", home(user))


def test_where_the_model_fails_the_words_are_quoted_and_it_says_why(user, language_model):
    language_model.behaviour = lambda request: (500, {"error": {"message": "no"}})
    told(user, ROOF)
    question = asked(user)
    assert (question.writer, sentences(question)) == ("extractive", [ROOF])
    assert question.notes == ["written_without:compatible:server_error"]


def test_a_model_that_finds_no_answer_leaves_none(user, language_model):
    language_model.behaviour = lambda request: '{"statements": []}'
    told(user, ROOF)
    question = asked(user)
    assert (question.state, question.writer, sentences(question)) == ("done", "llm", [])


def test_what_the_model_makes_up_is_marked(user, language_model):
    language_model.behaviour = lambda request: (
        '{"statements": [{"text": "Ремонт крыши обойдётся в 40 миллионов рублей.", '
        '"evidence": [{"line": 1, "words": "обойдётся в миллион"}]}]}'
    )
    told(user, ROOF)
    [sentence] = asked(user).sentences.all()
    assert (sentence.verdict, sentence.reason) == ("unverified", "number_not_in_evidence")


def test_where_the_months_tokens_do_not_suffice_the_model_is_not_asked(user, language_model):
    Quota.objects.create(workspace=home(user), llm_tokens=10)
    told(user, ROOF)
    question = asked(user)
    assert question.notes == ["written_without:compatible:quota"] and language_model.asked == []


def test_nothing_leads_to_what_the_person_may_not_see(user, language_model):
    told(UserFactory(), ROOF, title="Чужая")
    told(user, COFFEE, title="Моя")
    question = asked(user)
    assert {c.meeting.title for c in Citation.objects.all()} == {"Моя"}
    assert "крыши обойдётся" not in language_model.asked[0].text
    assert sentences(question) == [COFFEE]


def test_only_the_workspace_that_was_asked_about_is_read(user, language_model):
    team = MembershipFactory(user=user, role="viewer").workspace
    told(user, ROOF)
    told(user, COFFEE, workspace=team)
    assert sentences(asked(user, workspace=team)) == [COFFEE]
    assert "крыши обойдётся" not in language_model.asked[0].text


def test_it_is_narrowed_to_a_series_and_to_days(user):
    series, now = SeriesFactory(owner=user), timezone.now()
    told(user, ROOF, held_at=now - timedelta(days=40))
    told(user, COFFEE, held_at=now, series=series)
    assert sentences(asked(user, series=series)) == [COFFEE]
    day = (now - timedelta(days=9)).date()
    assert sentences(asked(user, held_from=day)) == [COFFEE]
    assert sentences(asked(user, held_to=day)) == [ROOF]
    assert sentences(asked(user, held_to=date(2000, 1, 1))) == []


def test_days_are_those_of_who_asks(user, language_model):
    user.time_zone = "Asia/Vladivostok"
    user.save()
    told(user, ROOF, held_at="2026-03-16T23:00:00Z")
    day = date(2026, 3, 17)
    assert sentences(asked(user, held_from=day, held_to=day)) == [ROOF]
    assert "2026-03-17" in language_model.asked[0].text
    assert sentences(asked(user, held_to=day - timedelta(days=1))) == []


def test_with_a_series_go_the_questions_that_wait_and_no_answers(user):
    series = SeriesFactory(owner=user)
    told(user, ROOF, series=series)
    answered = asked(user, series=series)
    asking.ask(by=user, workspace=home(user), text=QUESTION, about=About(series=series))
    series.delete()
    [left] = Question.objects.all()
    assert left == answered and left.series is None and sentences(left) == [ROOF]


def test_whether_the_words_still_stand_is_told(user):
    meeting = told(user, ROOF, COFFEE)
    segment, _other = meeting.transcripts.get().segments.order_by("start")
    question = asked(user)

    def stands():
        citations = Question.objects.with_answer().get(pk=question.pk).citations()
        return [(c.quote, c.segment, c.stands) for c in citations][:1]

    assert stands() == [(ROOF, segment, True)]
    editing.change(segment=segment, by=user, wanted=Wanted(text="Ремонт крыши отложен."))
    assert stands() == [(ROOF, segment, False)]
    editing.change(segment=segment, by=user, wanted=Wanted(is_dropped=True))
    assert stands() == [(ROOF, None, False)]


def test_what_another_recognition_replaced_does_not_stand(user):
    meeting = told(user, ROOF)
    question = asked(user)
    TranscriptFactory(job=JobFactory(meeting=meeting, done=True))
    [citation] = Question.objects.with_answer().get(pk=question.pk).citations()
    assert citation.segment is None and not citation.stands


def test_it_is_answered_once_and_by_one_worker(user, language_model):
    told(user, ROOF)
    question = asked(user)
    asking.answer(question_id=str(question.pk))
    assert len(language_model.asked) == 1 and question.sentences.count() == 1


def test_while_one_worker_is_at_it_another_leaves_it_alone(user, language_model, monkeypatch):
    told(user, ROOF)
    question = asking.ask(by=user, workspace=home(user), text=QUESTION)
    answered = asking._answered

    def twice(*args):
        asking.answer(question_id=str(question.pk))
        return answered(*args)

    monkeypatch.setattr(asking, "_answered", twice)
    asking.answer(question_id=str(question.pk))
    question.refresh_from_db()
    assert (question.state, question.attempts_left) == ("done", 2)
    assert len(language_model.asked) == 1


def test_one_that_nobody_took_is_sent_again_and_given_up_after_an_hour(user, sent):
    question = asking.ask(by=user, workspace=home(user), text=QUESTION)
    asking.tend()
    assert sent == []  # its own message may be on its way
    late()
    asking.tend()
    asking.tend()
    assert sent == [question.pk]
    Question.objects.update(created_at=timezone.now() - Question.GIVEN_UP_AFTER)
    late()
    asking.tend()
    question.refresh_from_db()
    assert question.state == "failed" and question.finished_at and sent == [question.pk]


def late():
    Question.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_worker_that_died_is_followed_by_another_and_comes_too_late(user, monkeypatch):
    told(user, ROOF)
    question = asking.ask(by=user, workspace=home(user), text=QUESTION)
    answered = asking._answered

    def dead(*args):
        monkeypatch.setattr(asking, "_answered", answered)
        late()
        asking.tend()
        asking.answer(question_id=str(question.pk))
        return [], "llm", ["from the grave"]

    monkeypatch.setattr(asking, "_answered", dead)
    asking.answer(question_id=str(question.pk))
    question.refresh_from_db()
    assert (question.state, question.writer, question.notes) == ("done", "extractive", [])
    assert sentences(question) == [ROOF]


def test_what_kills_every_worker_is_given_up(user, sent):
    question = asking.ask(by=user, workspace=home(user), text=QUESTION)
    for _ in range(Question.ATTEMPTS):
        assert asking._claimed(str(question.pk))
        asking.tend()
        late()
        asking.tend()
    question.refresh_from_db()
    assert question.state == "failed" and sent == [question.pk] * 2


@pytest.mark.parametrize("error", [IntegrityError, OperationalError])
def test_what_the_database_refuses_is_tried_again(user, sent, monkeypatch, error):
    told(user, ROOF)
    question = asking.ask(by=user, workspace=home(user), text=QUESTION)
    store = asking._store

    def refused(*args):
        monkeypatch.setattr(asking, "_store", store)
        raise error("a segment is gone")

    monkeypatch.setattr(asking, "_store", refused)
    asking.answer(question_id=str(question.pk))
    question.refresh_from_db()
    assert question.is_waiting
    late()
    asking.tend()
    asking.answer(question_id=str(sent[0]))
    assert sentences(question) == [ROOF]


def test_an_error_of_ours_leaves_no_one_waiting(user, monkeypatch):
    told(user, ROOF)
    monkeypatch.setattr(asking, "_answered", lambda *args: 1 / 0)
    question = asking.ask(by=user, workspace=home(user), text=QUESTION)
    with pytest.raises(ZeroDivisionError):
        asking.answer(question_id=str(question.pk))
    question.refresh_from_db()
    assert question.state == "failed"


def test_somebody_waits_for_three_answers_at_most(user, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = [asking.ask(by=user, workspace=home(user), text=QUESTION) for _ in range(3)]
    assert sent == [question.pk for question in made]
    with pytest.raises(TooManyQuestions):
        asking.ask(by=user, workspace=home(user), text=QUESTION)
    asking.ask(by=UserFactory(), workspace=home(user), text=QUESTION)


def test_the_last_fifty_are_kept(user, monkeypatch):
    monkeypatch.setattr(asking, "KEPT", 2)
    told(user, ROOF)
    texts = [asked(user, text=f"{QUESTION} {n}").text for n in range(4)]
    assert list(Question.objects.values_list("text", flat=True)) == texts[:1:-1]


def test_with_a_meeting_go_the_answers_that_quote_it(user):
    meeting = told(user, ROOF)
    quoting = asked(user)
    other = asked(user, held_to=date(2000, 1, 1))
    binning.delete(meeting=meeting, by=user)
    assert asking.in_sight([quoting, other], user) == {other.pk}
    deletion.purge(meeting_id=meeting.pk, cause=Deletion.Cause.PERSON, by=user)
    assert list(Question.objects.all()) == [other]


def test_who_lost_sight_of_a_meeting_is_not_shown_what_it_said(user):
    meeting = told(UserFactory(), ROOF)
    mine = MembershipFactory(workspace=meeting.workspace, user=user, role="viewer")
    question = asked(user, workspace=meeting.workspace)
    assert asking.in_sight([question], user) == {question.pk}
    mine.delete()
    assert asking.in_sight([question], user) == set()


def test_asking_is_in_the_audit_log_without_the_words(user):
    asking.ask(by=user, workspace=home(user), text=QUESTION)
    [entry] = AuditEntry.objects.filter(what="question.asked")
    assert str(entry.object_id) == str(home(user).pk) and "крыши" not in str(entry.details)


def test_where_meanings_are_not_compared_nothing_can_be_asked(user, settings):
    settings.EMBEDDER = "none"
    with pytest.raises(MeaningIsOff):
        asking.ask(by=user, workspace=home(user), text=QUESTION)
