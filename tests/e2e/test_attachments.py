"""A document in the browser: attached, its agenda taken, a statement resting on its page."""

import re
import threading

import pytest
from django.db import connection

from meetings.models import Attachment, Meeting
from meetings.services import attachments
from reports.models import Evidence
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MinutesFactory,
    TranscriptFactory,
    UserFactory,
)
from tests.meetings.reading import documents

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }
    settings.TEMP_DIR = tmp_path


@pytest.fixture
def owner(transactional_db):
    return UserFactory.create(name="Olga")


@pytest.fixture
def meeting(owner):
    meeting = MeetingFactory(owner=owner, title="Совет дома", agenda=["Старый пункт"])
    MinutesFactory(transcript=TranscriptFactory(job=JobFactory(meeting=meeting, done=True)))
    return meeting


def read(attachment_id):
    """What a worker does; Playwright's event loop has this thread."""

    def work():
        attachments.read(attachment_id=attachment_id)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()


def attach(page):
    file = {"name": "Смета.pdf", "mimeType": "application/pdf", "buffer": documents.budget()}
    page.locator("#attach").set_input_files(file)
    row = page.locator(".attachment", has_text="Смета.pdf")
    expect(row).to_contain_text("is being read")
    read(str(Attachment.objects.get().pk))
    page.reload()
    expect(row).to_contain_text("3 pages")


def take_agenda(page, meeting):
    page.get_by_role("button", name=re.compile("^Take the agenda from it")).click()
    dialog = page.get_by_role("dialog")
    items = dialog.get_by_label("Agenda", exact=True)
    expect(items).to_have_value("\n".join(documents.AGENDA))
    assert Meeting.objects.get(pk=meeting.pk).agenda == ["Старый пункт"]
    items.fill("\n".join([*documents.AGENDA[:2], "", "  Выборы  "]))
    dialog.get_by_role("button", name="Set the agenda").click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".agenda li").last).to_have_text("Выборы")
    assert Meeting.objects.get(pk=meeting.pk).agenda == [*documents.AGENDA[:2], "Выборы"]


def cite(page):
    page.locator('[data-act="edit"]').first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Cite from an attachment").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".paper__text")).to_contain_text("Повестка дня")
    dialog.get_by_role("button", name="Cite the selected words").click()
    expect(dialog.locator(".paper__hint")).to_have_text("Select the words in the text first.")
    dialog.get_by_role("link", name="Next").click()
    expect(dialog).to_contain_text("Page 2 of 3")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.paper__text'))")
    dialog.get_by_role("button", name="Cite the selected words").click()
    expect(dialog).to_have_count(0)
    form = page.locator(".statement-form")
    expect(form.locator(".citation")).to_have_count(2)
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    assert Evidence.objects.get(segment=None).page.number == 2


def test_a_document_gives_the_agenda_and_evidence(meeting, owner, open_browser):
    open_browser.expects("status of 409")  # what minutes cite is not deleted
    page = open_browser(owner)
    page.goto(f"/meetings/{meeting.pk}/")
    attach(page)
    take_agenda(page, meeting)
    cite(page)
    evidence = page.locator("#minutes .evidence--paper")
    expect(evidence).to_contain_text("Смета.pdf, p. 2")
    evidence.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark")).to_contain_text("480 000")
    expect(dialog.locator("mark")).to_be_in_viewport()
    dialog.get_by_role("button", name="Close").click()

    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.locator("#notices")).to_contain_text("rest on this attachment")
    Evidence.objects.filter(segment=None).delete()
    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.locator(".attachment")).to_have_count(0)
    assert not Attachment.objects.exists()
