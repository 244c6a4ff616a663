"""Citing a page of an attachment over HTTP."""

import pytest

from tests.factories import AttachmentFactory, MeetingFactory, MinutesFactory, SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(user):
    return MinutesFactory.create(transcript__job__meeting=MeetingFactory(owner=user))


@pytest.fixture
def paper(minutes):
    return AttachmentFactory(meeting=minutes.meeting, pages=("Ремонт составит 480 000 рублей.",))


def say(api, minutes, *evidence):
    section = SectionFactory(minutes=minutes, kind="figure")
    body = {"section": section.pk, "text": "Ремонт: 480 тысяч рублей.", "evidence": evidence}
    return api.post(f"/api/v1/minutes/{minutes.pk}/statements/", body, format="json")


def test_a_statement_rests_on_a_page(api, minutes, paper):
    span = {"attachment": str(paper.pk), "page": 1, "quote": "составит 480 000 рублей"}
    made = say(api, minutes, span)
    assert made.status_code == 201, made.content
    assert made.json()["verdict"] == "supported"
    assert made.json()["evidence"][0]["attachment"]["page"] == 1
    kept = api.patch(
        f"/api/v1/statements/{made.json()['id']}/",
        {"revision": made.json()["revision"], "evidence": [span]},
        format="json",
    )
    assert kept.json()["evidence"] == made.json()["evidence"]
    removed = api.delete(f"/api/v1/attachments/{paper.pk}/")
    assert (removed.status_code, removed.json()["code"]) == (409, "attachment_cited")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"page": 2}, "unknown_page"),
        ({"quote": "сто рублей"}, "not_on_the_page"),
        ({"quote": "x" * 501}, "invalid"),
        ({"segment": 1}, "invalid"),
    ],
)
def test_what_is_wrong_about_a_citation_is_told(api, minutes, paper, changes, code):
    span = {"attachment": str(paper.pk), "page": 1, "quote": "480 000 рублей"}
    answer = say(api, minutes, span | changes)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


@pytest.mark.parametrize("missing", ["attachment", "page", "quote"])
def test_half_a_citation_is_none(api, minutes, paper, missing):
    span = {"attachment": str(paper.pk), "page": 1, "quote": "480 000 рублей"}
    span.pop(missing)
    assert say(api, minutes, span).json()["code"] == "invalid"
    assert say(api, minutes, {}).json()["code"] == "invalid"


def test_the_page_leads_to_the_words(browser, api, minutes, paper):
    say(api, minutes, {"attachment": str(paper.pk), "page": 1, "quote": "480 000 рублей"})
    shown = browser.get(f"/meetings/{minutes.meeting_id}/").content.decode()
    assert "Смета.pdf, p. 1" in shown
    address = f"/meetings/{minutes.meeting_id}/attachments/{paper.pk}/?page=1&amp;quote=480+000"
    assert address in shown
