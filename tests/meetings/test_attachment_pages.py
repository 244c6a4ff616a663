"""Attachments on the pages: listed for who sees the meeting, managed by who may edit it."""

import pytest

from tests.factories import AttachmentFactory, MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db

PAGES = ("Повестка дня\n1. Смета", "Ремонт кровли составит 480 000 рублей.", "")


@pytest.fixture
def attachment(user):
    return AttachmentFactory(meeting=MeetingFactory(owner=user), pages=PAGES)


def meeting_page(client, attachment):
    return client.get(f"/meetings/{attachment.meeting_id}/").content.decode()


def paper(client, attachment, query=""):
    address = f"/meetings/{attachment.meeting_id}/attachments/{attachment.pk}/{query}"
    return client.get(address)


def test_the_meeting_lists_its_attachments_with_what_became_of_them(browser, attachment):
    scan = AttachmentFactory(
        meeting=attachment.meeting,
        filename="scan<b>.pdf",
        state="unreadable",
        reason="no_text",
        unit="",
        pages_count=0,
    )
    AttachmentFactory(meeting=attachment.meeting, filename="new.md", state="waiting", unit="")
    shown = meeting_page(browser, attachment)
    assert "Смета.pdf" in shown
    assert "3 pages" in shown
    assert "scan&lt;b&gt;.pdf" in shown
    assert "There is no text in it" in shown
    assert "is being read" in shown
    assert f"/api/v1/attachments/{scan.pk}/file/" in shown
    assert shown.count('data-act-on="agenda"') == 1
    assert shown.count('data-act-on="remove"') == 3


def test_a_viewer_reads_and_changes_nothing(client, attachment):
    reader = MembershipFactory(workspace=attachment.meeting.workspace, role="viewer").user
    client.force_login(reader)
    shown = meeting_page(client, attachment)
    assert "Смета.pdf" in shown
    assert "data-act-on" not in shown
    assert 'id="attach"' not in shown
    assert paper(client, attachment).status_code == 200


def test_a_page_shows_the_quote_where_it_stands(browser, attachment):
    shown = paper(browser, attachment, "?page=2&quote=кровли составит 480 000").content.decode()
    assert '<mark id="quote">кровли составит 480 000</mark> рублей.' in shown
    assert "Page 2 of 3" in shown
    assert (
        "There is no text on this page." in paper(browser, attachment, "?page=3").content.decode()
    )
    assert paper(browser, attachment, "?page=4").status_code == 404


def test_markup_in_a_document_is_only_text(browser, user):
    hostile = AttachmentFactory(
        meeting=MeetingFactory(owner=user), unit="part", pages=("<script>alert(1)</script>",)
    )
    shown = paper(browser, hostile, "?quote=<script>alert").content.decode()
    assert "<script>alert" not in shown
    assert "&lt;<mark" in shown
    assert "This format has no pages" in shown


def test_strangers_and_other_meetings_find_nothing(client, browser, stranger, user, attachment):
    other = MeetingFactory(owner=user)
    assert browser.get(f"/meetings/{other.pk}/attachments/{attachment.pk}/").status_code == 404
    client.force_login(stranger)
    assert paper(client, attachment).status_code == 404
