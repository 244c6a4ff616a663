"""The pages on which people ask and read answers."""

import html
import re

import pytest

from accounts.models import AuditEntry
from reports.models import Question
from reports.services import asking
from tests.factories import MembershipFactory, SeriesFactory, UserFactory
from tests.reports.services.test_asking import QUESTION, ROOF, asked, home
from tests.transcription.test_meaning import told
from transcription.services import editing
from transcription.services.editing import Wanted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    monkeypatch.setattr(asking, "_send", lambda pks: None)


def shown(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_asks_comes_to_the_page_of_the_answer(browser, user):
    answer = browser.post("/ask/", {"q": QUESTION, "workspace": home(user).pk})
    question = Question.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/ask/{question.pk}/"
    page = shown(browser, f"/ask/{question.pk}/")
    assert QUESTION in page and "data-poll" in page and "data-waits" in page
    assert QUESTION in shown(browser, "/ask/")


def test_every_sentence_leads_to_where_it_was_said(browser, user, language_model):
    meeting = told(user, ROOF, title="Совет <1>")
    meeting.recording.rendition_key = "none"
    meeting.recording.save()
    question = asked(user)
    page = shown(browser, f"/ask/{question.pk}/")
    segment = meeting.transcripts.get().segments.get()
    assert 'href="#citation-1"' in page and 'id="citation-1"' in page
    assert f'href="/meetings/{meeting.pk}/#segment-{segment.pk}"' in page
    assert f'href="/api/v1/meetings/{meeting.pk}/media/#t=0.00,' in page
    assert "Совет &lt;1&gt;" in page and "data-poll" not in page
    assert AuditEntry.objects.filter(what="meeting.seen", object_id=meeting.pk).count() == 1


def test_words_that_were_corrected_since_are_marked(browser, user):
    meeting = told(user, ROOF)
    question = asked(user)
    marked = "The transcript does not say so any more"
    assert marked not in shown(browser, f"/ask/{question.pk}/")
    segment = meeting.transcripts.get().segments.get()
    editing.change(segment=segment, by=user, wanted=Wanted(text="Крыша цела."))
    assert marked in shown(browser, f"/ask/{question.pk}/")


def test_a_long_question_without_an_answer_leads_to_a_search_that_takes_it(browser, user):
    question = asked(user, text="а б " * 100)
    page = shown(browser, f"/ask/{question.pk}/")
    [address] = re.findall(r'"(/search/\?by=meaning[^"]+)"', page)
    assert "field__error" not in shown(browser, html.unescape(address))


def test_quotes_stand_once_where_no_language_model_wrote(browser, user):
    told(user, ROOF)
    page = shown(browser, f"/ask/{asked(user).pk}/")
    assert page.count(ROOF) == 1 and 'id="citation-1"' in page


@pytest.mark.parametrize("state", ["failed", "done"])
def test_where_there_is_no_answer_the_page_says_so(browser, user, state):
    question = asked(user)
    Question.objects.update(state=state)
    page = shown(browser, f"/ask/{question.pk}/")
    assert "data-poll" not in page and 'class="empty"' in page and "citation-" not in page


def test_an_answer_is_withheld_from_who_lost_sight_of_its_meeting(browser, user):
    meeting = told(UserFactory(), ROOF)
    membership = MembershipFactory(workspace=meeting.workspace, user=user, role="viewer")
    question = asked(user, workspace=meeting.workspace)
    membership.delete()
    page = shown(browser, f"/ask/{question.pk}/")
    assert "крыши обойдётся" not in page and meeting.title not in page


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(browser, user):
    other = MembershipFactory(user=user).workspace
    series = SeriesFactory(owner=user)
    answer = browser.post("/ask/", {"q": QUESTION, "workspace": other.pk, "series": str(series.pk)})
    page = answer.content.decode()
    assert answer.status_code == 400 and QUESTION in page and "field__error" in page
    stranger = home(UserFactory())
    assert browser.post("/ask/", {"q": "a", "workspace": stranger.pk}).status_code == 400
    assert Question.objects.count() == 0


def test_who_waits_for_three_answers_is_told_to_wait(browser, user):
    for _ in range(3):
        asking.ask(by=user, workspace=home(user), text="a")
    answer = browser.post("/ask/", {"q": QUESTION, "workspace": home(user).pk})
    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()


def test_a_question_is_its_askers(browser, user):
    mine, other = asked(user), asked(UserFactory())
    assert browser.get(f"/ask/{other.pk}/").status_code == 404
    assert browser.post(f"/ask/{other.pk}/delete/").status_code == 404
    assert browser.post(f"/ask/{mine.pk}/delete/").status_code == 302
    assert list(Question.objects.all()) == [other]


def test_where_meanings_are_not_compared_there_is_no_form(browser, settings):
    settings.EMBEDDER = "none"
    assert "<textarea" not in shown(browser, "/ask/")
