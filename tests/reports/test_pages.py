"""The head of the minutes on the meeting's page: exports for all, mails and names for editors."""

import pytest

from reports.models import Delivery, Minutes
from reports.services import mailings
from reports.services.exporting import Asked
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(user):
    workspace = MembershipFactory(user=user).workspace
    job = JobFactory(meeting=MeetingFactory(workspace=workspace), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job))


def page(browser, minutes):
    return browser.get(f"/meetings/{minutes.meeting_id}/").content.decode()


def test_every_layout_is_offered_as_a_file(browser, minutes):
    shown = page(browser, minutes)
    export = f'href="/api/v1/minutes/{minutes.pk}/export/?format='
    for query in (
        "docx&amp;layout=minutes",
        "pdf&amp;layout=minutes",
        "md&amp;layout=minutes",
        "json&amp;transcript=1",
        "pdf&amp;layout=protocol",
    ):
        assert f'{export}{query}" download' in shown


def test_viewers_export_but_are_offered_no_mail_and_no_names_to_set(browser, user, minutes):
    user.memberships.update(role="viewer")
    shown = page(browser, minutes)
    assert "/export/?format=pdf" in shown
    assert "send-minutes" not in shown and "minutes-head" not in shown


def test_colleagues_are_offered_as_addresses(browser, user, minutes):
    colleague = MembershipFactory(workspace=minutes.meeting.workspace, role="viewer").user
    shown = page(browser, minutes)
    for person in (user, colleague):
        assert f'name="to" value="{person.email}"' in shown


def test_what_was_sent_to_whom_is_shown(browser, user, minutes):
    assert 'class="mailings"' not in page(browser, minutes)
    mailings.send(
        minutes=minutes,
        by=user,
        addresses=["<b>@example.org", "anna@example.org"],
        subject="<i>Протокол</i>",
        text="",
        asked=Asked("pdf", "protocol", transcript=True),
    )
    Delivery.objects.filter(address="anna@example.org").update(state="sent")
    shown = page(browser, minutes)
    assert "Sent by e-mail 1 time" in " ".join(shown.split())
    assert "Official protocol, PDF, with the transcript" in shown
    assert "&lt;i&gt;Протокол" in shown and "<b>@" not in shown
    assert "badge--succeeded" in shown and "badge--queued" in shown


def test_approved_minutes_offer_no_change_of_their_head(browser, minutes):
    Minutes.objects.update(state="approved", chair="А. Ковалёва")
    shown = page(browser, minutes)
    assert 'data-open="minutes-head"' not in shown
    assert 'data-open="send-minutes"' in shown
    assert "<dd>А. Ковалёва</dd>" in shown
