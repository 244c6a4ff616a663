"""Pages of attachments as evidence: cited by hand, kept through versions, shown and exported."""

import json
import uuid

import pytest

from meetings.errors import AttachmentCited
from meetings.models import Attachment, Deletion
from meetings.services import attachments, deletion
from reports.documents.minutes import minutes_document
from reports.errors import NotOnThePage, UnknownPage
from reports.models import Evidence, Minutes, Statement
from reports.services import approving, editing, exporting, versions, writing
from reports.services.citations import WrittenSpan
from reports.services.exporting import Asked
from tests.factories import (
    AttachmentFactory,
    JobFactory,
    MeetingFactory,
    MinutesFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db

PAGES = ("Повестка дня", "Ремонт кровли\nсоставит 480 000 рублей.", "")
QUOTE = "кровли составит 480 000 рублей"


@pytest.fixture
def minutes(user):
    return MinutesFactory.create(transcript__job__meeting=MeetingFactory(owner=user))


@pytest.fixture
def paper(minutes):
    return AttachmentFactory(meeting=minutes.meeting, pages=PAGES)


@pytest.fixture
def cited(minutes, paper, user):
    """A statement that rests on what was said and on the second page."""
    statement = Statement.objects.filter(section__minutes=minutes).first()
    span = WrittenSpan(paper.pk, 2, QUOTE)
    return add(minutes, user, "Ремонт кровли: 480 000 рублей.", span, section=statement.section)


def add(minutes, by, text, *spans, section=None):
    home = section or minutes.sections.first()
    return editing.add(
        minutes=minutes, by=by, place=editing.Place(home.pk), wording={"text": text}, spans=spans
    )


def test_a_quote_is_kept_as_it_stands_on_the_page(cited, paper):
    evidence = cited.evidence.get()
    assert (evidence.page.attachment, evidence.page.number) == (paper, 2)
    assert evidence.quote == "кровли\nсоставит 480 000 рублей"
    assert evidence.segment is None


def test_a_number_of_a_statement_may_stand_in_an_attachment_alone(minutes, paper, user):
    section = minutes.sections.create(position=5, kind="figure", title="Цифры")
    span = WrittenSpan(paper.pk, 2, QUOTE)
    right = add(minutes, user, "Ремонт кровли: 480 тысяч рублей.", span, section=section)
    wrong = add(minutes, user, "Ремонт кровли: 490 тысяч рублей.", span, section=section)
    assert (right.verdict, wrong.reason) == ("supported", "number_not_in_evidence")


@pytest.mark.parametrize(
    ("page", "quote", "error"),
    [(2, "чего там нет", NotOnThePage), (3, "пусто", NotOnThePage), (9, QUOTE, UnknownPage)],
)
def test_what_does_not_stand_there_cannot_be_cited(minutes, paper, user, page, quote, error):
    with pytest.raises(error):
        add(minutes, user, "Ремонт.", WrittenSpan(paper.pk, page, quote))
    assert not Statement.objects.filter(text="Ремонт.").exists()


def test_attachments_of_other_meetings_cannot_be_cited(minutes, user):
    other = AttachmentFactory(pages=PAGES)
    for attachment in (other.pk, uuid.uuid4()):
        with pytest.raises(UnknownPage):
            add(minutes, user, "Ремонт.", WrittenSpan(attachment, 2, QUOTE))


def test_the_document_tells_where_it_is_written(cited, minutes, paper):
    whole = minutes_document(Minutes.objects.current(minutes.meeting))
    found = [s for part in whole["sections"] for s in part["statements"] if s["id"] == cited.pk]
    assert found[0]["evidence"] == [
        {
            "segment": None,
            "start": None,
            "end": None,
            "quote": "кровли\nсоставит 480 000 рублей",
            "speaker": None,
            "attachment": {
                "id": str(paper.pk),
                "filename": "Смета.pdf",
                "unit": "page",
                "page": 2,
            },
        }
    ]


@pytest.mark.parametrize("layout", ["minutes", "protocol"])
@pytest.mark.parametrize(("language", "place"), [("ru", "с. 2"), ("en", "p. 2")])
def test_exports_name_the_page(cited, minutes, layout, language, place):
    current = Minutes.objects.current(minutes.meeting)
    told = exporting.export(current, Asked("md", layout, language)).content.decode()
    assert f"[Смета.pdf, {place}]" in told.replace("\\", "")


def test_the_json_export_has_the_evidence(cited, minutes):
    file = exporting.export(Minutes.objects.current(minutes.meeting), Asked("json"))
    evidence = [
        e
        for part in json.loads(file.content)["sections"]
        for s in part["statements"]
        for e in s["evidence"]
    ]
    assert [e["attachment"]["page"] for e in evidence if e["attachment"]] == [2]


def test_what_is_cited_is_not_removed(cited, paper):
    with pytest.raises(AttachmentCited):
        attachments.remove(attachment=paper)
    assert Attachment.objects.filter(pk=paper.pk).exists()
    cited.delete()
    attachments.remove(attachment=paper)
    assert not Attachment.objects.exists()


def test_a_meeting_goes_with_all_that_is_cited(cited, minutes):
    deletion.purge(meeting_id=minutes.meeting_id, cause=Deletion.Cause.PERSON)
    assert not Evidence.objects.exists()
    assert not Attachment.objects.exists()


def test_a_dropped_statement_comes_back_with_its_page(cited, minutes, user):
    editing.drop(statement=cited, by=user, revision=cited.revision)
    back = editing.restore(minutes=minutes, by=user, lineage=cited.lineage)
    assert back.evidence.get().page.number == 2


def test_a_further_version_on_another_transcript_keeps_the_page(cited, minutes, user):
    TranscriptFactory(job=JobFactory(meeting=minutes.meeting, done=True))
    made = versions.copy(minutes=minutes, by=user)
    copied = Statement.objects.get(section__minutes=made, lineage=cited.lineage)
    assert made.transcript != minutes.transcript
    assert [e.page.number for e in copied.evidence.all()] == [2]
    assert not copied.stale


def test_an_approved_version_freezes_the_digest_of_the_document(cited, minutes, paper, user):
    approving.send(minutes=minutes, by=user, reviewers=[user.pk])
    approving.approve(minutes=minutes, by=user)
    content = json.loads(Minutes.objects.get(pk=minutes.pk).approval.content)
    evidence = [
        e for part in content["sections"] for s in part["statements"] for e in s["evidence"]
    ]
    assert {
        "attachment": paper.sha256,
        "page": 2,
        "quote": "кровли\nсоставит 480 000 рублей",
    } in evidence
    said = [e for e in evidence if "segment" in e]
    assert said
    assert all(e.keys() == {"start", "end", "quote", "segment"} for e in said)


def test_writers_are_given_what_could_be_read(minutes, paper):
    AttachmentFactory(meeting=minutes.meeting, state="unreadable", reason="no_text", pages_count=0)
    AttachmentFactory(pages=("of another meeting",))
    pages = writing.input_of(minutes.transcript).pages
    assert [(page.file, page.number) for page in pages] == [("Смета.pdf", 1), ("Смета.pdf", 2)]
    assert writing.input_of(minutes.transcript, only=set()).pages == ()
