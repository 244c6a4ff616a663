"""What is gathered for an export, and the process that makes it."""

import io

import pypdf
import pytest
from django.utils import translation
from docx import Document

from meetings.media import sandbox
from reports.errors import NotRendered
from reports.models import Minutes
from reports.services import exporting
from reports.services.exporting import Asked
from reports.templatetags.minutes import reason_label
from tests.factories import (
    EvidenceFactory,
    JobFactory,
    MeetingFactory,
    MinutesFactory,
    SectionFactory,
    StatementFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db


def minutes_of(user, **meeting):
    job = JobFactory(meeting=MeetingFactory(owner=user, **meeting), done=True)
    made = MinutesFactory.create(transcript=TranscriptFactory(job=job))
    return Minutes.objects.with_content().get(pk=made.pk)


def speakers_of(minutes, *names):
    for speaker, name in zip(minutes.transcript.speakers.all(), names, strict=False):
        speaker.name = name
        speaker.save()


@pytest.mark.parametrize("name", ["docx", "pdf"])
def test_a_file_is_made_by_a_process_of_its_own(user, name):
    file = exporting.export(minutes_of(user, title="Планёрка"), Asked(name))
    assert file.name == f"Планёрка.{name}"
    if name == "pdf":
        text = pypdf.PdfReader(io.BytesIO(file.content)).pages[0].extract_text()
    else:
        text = "\n".join(p.text for p in Document(io.BytesIO(file.content)).paragraphs)
    assert "Предлагаю перенести выпуск на пятницу." in text


def test_reasons_and_notes_are_said_in_the_files_language(user):
    minutes = minutes_of(user)
    Minutes.objects.filter(pk=minutes.pk).update(notes=["agenda_not_reached:2"])
    statement = StatementFactory(
        section=SectionFactory(minutes=minutes, kind="decision"),
        verdict="unverified",
        reason="no_evidence",
    )
    EvidenceFactory(statement=statement, segment=minutes.transcript.segments.first())
    fresh = Minutes.objects.with_content().get(pk=minutes.pk)
    russian = exporting.export(fresh, Asked("md")).content.decode()
    english = exporting.export(fresh, Asked("md", language="en")).content.decode()
    with translation.override("ru"):
        assert f"не подтверждено: {reason_label('no_evidence')}" in russian
    assert "unverified: nothing in the recording is cited" in english
    assert "Not reached of the agenda: items 2" in english


def test_a_voice_named_in_the_list_of_participants_is_that_person(user):
    told = ["Анна Ковалёва, директор", "Вера Смирнова", "Вера Смирнова"]
    minutes = minutes_of(user, participants=told)
    speakers_of(minutes, "Анна Ковалева")
    found = exporting.facts_of(minutes).participants
    assert [(p.name, p.named) for p in found] == [
        ("Анна Ковалёва, директор", True),
        ("Говорящий 2", False),
        ("Вера Смирнова", True),
    ]
    assert found[0].seconds == pytest.approx(2.0)
    assert found[2].seconds is None


def test_a_name_that_several_participants_bear_is_left_as_it_is(user):
    minutes = minutes_of(user, participants=["Анна Ковалёва", "Анна Белова"])
    speakers_of(minutes, "Анна")
    names = [person.name for person in exporting.facts_of(minutes).participants]
    assert names == ["Анна", "Говорящий 2", "Анна Ковалёва", "Анна Белова"]


def test_two_voices_of_one_name_keep_their_own_time(user):
    minutes = minutes_of(user)
    speakers_of(minutes, "Анна", "Анна")
    first, second = exporting.facts_of(minutes).participants
    assert first.seconds != second.seconds


def test_items_not_reached_are_taken_from_the_writers_note(user):
    minutes = minutes_of(user, agenda=["Раз", "Два", "Три"])
    minutes.notes = ["agenda_not_reached:2,3", "empty_transcript"]
    assert exporting.facts_of(minutes).not_reached == (2, 3)


def test_the_file_of_a_title_that_no_file_can_have_gets_one_it_can(user):
    minutes = minutes_of(user, title="a/b\n" + "ы" * 200)
    name = exporting.export(minutes, Asked("md", "protocol")).name
    assert name.startswith("a b ы") and name.endswith(" — protocol.md")
    assert len(name.encode()) < 255


@pytest.mark.parametrize(
    "ended",
    [
        sandbox.Finished(-9, b"", "killed", timed_out=True),
        sandbox.Finished(1, b"", "MemoryError", timed_out=False),
        sandbox.Finished(0, b"", "", timed_out=False),
    ],
)
def test_what_cannot_be_made_within_its_limits_is_told(user, monkeypatch, ended):
    monkeypatch.setattr(sandbox, "run", lambda *args, **kwargs: ended)
    with pytest.raises(NotRendered):
        exporting.export(minutes_of(user), Asked("pdf"))
    assert exporting.AT_ONCE.acquire(blocking=False)
    exporting.AT_ONCE.release()
