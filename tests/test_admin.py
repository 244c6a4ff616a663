"""The operator's pages: all open, histories cannot be edited, jobs can be steered."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.admin.base import ReadOnly
from accounts.models import ApiKey, Invitation, Quota, TokenFamily, User
from accounts.models.outgoing import ATTEMPTS
from accounts.services import api_keys, invitations, tokens
from meetings.models import (
    Attempt,
    Deletion,
    Job,
    Meeting,
    MeetingLink,
    MeetingShare,
    Notification,
    Operation,
    OutboxMessage,
    Pipeline,
    Retention,
    RetentionMail,
    StageRun,
    StageUsage,
    StrayMessage,
    Upload,
    Webhook,
    WebhookDelivery,
    WebhookMail,
)
from meetings.services import sharing, uploads
from reports.models import (
    Approval,
    Archive,
    ArchiveMail,
    Delivery,
    LanguageModel,
    LlmCall,
    Mailing,
    Minutes,
    Question,
    ReviewMail,
)
from reports.services import approving
from tests.factories import (
    AttachmentFactory,
    AttemptFactory,
    CalendarFeedFactory,
    CarriedItemFactory,
    JobFactory,
    KnownVoiceFactory,
    MembershipFactory,
    MinutesFactory,
    ReminderFactory,
    SeriesFactory,
    TemplateFactory,
)
from transcription.models import KnownVoice, Transcript, TranscriptEdit, VoiceRefusal, VoiceRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client):
    client.force_login(User.objects.create_superuser("operator@example.org"))
    return client


@pytest.fixture
def everything(user):
    """A row of each kind."""
    minutes = MinutesFactory.create()
    member = MembershipFactory(workspace=minutes.meeting.workspace).user
    approving.send(minutes=minutes, by=member, reviewers=[member.pk])
    approving.approve(minutes=minutes, by=member)
    TranscriptEdit.objects.create(transcript=minutes.transcript, number=1, action="text", by=user)
    voice = KnownVoiceFactory.create(workspace=minutes.meeting.workspace)
    VoiceRule.objects.create(workspace=minutes.meeting.workspace)
    VoiceRefusal.objects.create(voice=voice, speaker=minutes.transcript.speakers.first())
    stage = minutes.transcript.job.stages.first()
    AttemptFactory(stage=stage, outcome="failed", traceback="Traceback: <b>boom</b>")
    OutboxMessage.objects.create(job=stage.job, run=1)
    Notification.objects.create(job=stage.job, run=1, kind="succeeded", recipient=user)
    api_keys.create(user=user, name="test")
    tokens.begin(user=user, address="192.0.2.7", agent="curl/8.0")
    invitations.invite(email="boris@example.org")
    MeetingShare.objects.create(meeting=minutes.meeting, user=user, right="read")
    sharing.make_link(meeting=minutes.meeting, by=user, days=1)
    SeriesFactory.create()
    uploads.begin(by=user, workspace=user.workspaces.get(), filename="talk.ogg", size=1)
    AttachmentFactory.create(meeting=minutes.meeting)
    TemplateFactory.create()
    item = CarriedItemFactory.create().item
    ReminderFactory.create(item=item)
    mailing = Mailing.objects.create(minutes=minutes, format="pdf", layout="minutes", subject="x")
    Delivery.objects.create(mailing=mailing, address="anna@example.org")
    ReviewMail.objects.create(minutes=minutes, round=1, kind="asked", recipient=user)
    CalendarFeedFactory.create()
    Operation.objects.create(operator="root", source="terminal", action="replay", job=stage.job)
    archive = Archive.objects.create(asked_by=user, workspace=minutes.meeting.workspace)
    ArchiveMail.objects.create(archive=archive)
    Retention.objects.create(workspace=minutes.meeting.workspace, recording_days=30)
    RetentionMail.objects.create(
        workspace=minutes.meeting.workspace, recipient=user, day="2026-03-16"
    )
    hook = Webhook.objects.create(
        workspace=minutes.meeting.workspace, url="https://example.com/", events=["job.failed"]
    )
    WebhookDelivery.objects.create(webhook=hook, type="job.failed", body="{}", attempts_left=1)
    WebhookMail.objects.create(webhook=hook, recipient=user)
    Deletion.objects.create(kind="meeting", cause="person", prefix="meetings/x/")
    StrayMessage.objects.create(reason="unknown_task", task="old.task", queue="cpu")
    workspace = minutes.meeting.workspace
    Quota.objects.create(workspace=workspace, hours=10, storage=1, llm_tokens=1000, jobs=1)
    StageUsage.objects.create(attempt=1, workspace=workspace, stage="convert", seconds=1.5)
    LanguageModel.objects.create(workspace=workspace, provider="ollama", model="gemma3")
    LlmCall.objects.create(workspace=workspace, provider="ollama", outcome="ok", seconds=1.0)
    Question.objects.create(workspace=workspace, asked_by=user, text="Bernsteinzimmer?")


OURS = ("accounts", "meetings", "transcription", "reports")


def pages():
    """The desk is no list of rows; it has tests of its own."""
    ours = [model for model in admin.site._registry if model._meta.app_label in OURS]
    return [model for model in ours if model is not Pipeline]


@pytest.mark.parametrize("model", pages(), ids=lambda model: model._meta.model_name)
def test_every_list_and_every_row_opens(operator, everything, model):
    names = (model._meta.app_label, model._meta.model_name)
    response = operator.get(reverse("admin:{}_{}_changelist".format(*names)))
    assert response.status_code == 200
    row = model.objects.first()
    assert row is not None
    response = operator.get(reverse("admin:{}_{}_change".format(*names), args=[row.pk]))
    assert response.status_code == 200


@pytest.mark.parametrize(
    "model",
    [
        Job,
        StageRun,
        Attempt,
        OutboxMessage,
        Notification,
        Operation,
        StrayMessage,
        Transcript,
        KnownVoice,
        VoiceRefusal,
        VoiceRule,
        Minutes,
        Approval,
        ApiKey,
        Invitation,
        TokenFamily,
        LanguageModel,
        LlmCall,
        Mailing,
        Delivery,
        ReviewMail,
        Deletion,
        Retention,
        RetentionMail,
        Webhook,
        WebhookDelivery,
        WebhookMail,
        Archive,
        ArchiveMail,
        Question,
    ],
)
def test_what_a_run_writes_cannot_be_edited(operator, everything, model):
    assert isinstance(admin.site._registry[model], ReadOnly)
    row = model.objects.first()
    names = (model._meta.app_label, model._meta.model_name)
    change = operator.post(reverse("admin:{}_{}_change".format(*names), args=[row.pk]), {})
    delete = operator.post(reverse("admin:{}_{}_delete".format(*names), args=[row.pk]), {})
    add = operator.post(reverse("admin:{}_{}_add".format(*names)), {})
    assert {change.status_code, delete.status_code, add.status_code} == {403}


def test_a_mail_that_failed_is_sent_once_more(operator, everything):
    Delivery.objects.update(state="failed", attempts_left=0, error="ConnectionRefusedError")
    act(operator, Delivery, "send_again", Delivery.objects.all())
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts_left, delivery.error) == ("pending", ATTEMPTS, "")


def test_what_somebody_asked_is_never_shown(operator, everything):
    row = Question.objects.get()
    for address in ("changelist", "change"):
        args = [row.pk] if address == "change" else []
        page = operator.get(reverse(f"admin:reports_question_{address}", args=args))
        assert str(row.pk) in page.content.decode()
        assert "Bernsteinzimmer" not in page.content.decode()


def test_a_keys_digest_is_never_shown(operator, everything):
    key = ApiKey.objects.get()
    page = operator.get(reverse("admin:accounts_apikey_change", args=[key.pk])).content.decode()
    assert key.prefix in page
    assert key.digest not in page


def test_a_traceback_is_shown_as_text(operator, everything):
    stage = StageRun.objects.filter(attempts__isnull=False).first()
    url = reverse("admin:meetings_stagerun_change", args=[stage.pk])
    assert "<pre>Traceback: &lt;b&gt;boom" in operator.get(url).content.decode()


def test_a_job_leads_to_its_stages(operator, everything):
    job = Job.objects.first()
    page = operator.get(reverse("admin:meetings_job_change", args=[job.pk])).content.decode()
    for stage in job.stages.all():
        assert reverse("admin:meetings_stagerun_change", args=[stage.pk]) in page


def act(client, model, action, rows):
    names = (model._meta.app_label, model._meta.model_name)
    return client.post(
        reverse("admin:{}_{}_changelist".format(*names)),
        {"action": action, "_selected_action": [row.pk for row in rows]},
        follow=True,
    )


def test_failed_jobs_are_tried_again_and_others_left_alone(operator):
    failed = JobFactory.create(state="failed", stages={"convert": "dead"})
    done = JobFactory.create(done=True)
    page = act(operator, Job, "retry", [failed, done]).content.decode()
    failed.refresh_from_db()
    done.refresh_from_db()
    assert (failed.state, failed.run) == ("queued", 2)
    assert (done.state, done.run) == ("succeeded", 1)
    assert "1" in page


def test_active_jobs_are_cancelled(operator):
    job = JobFactory.create(state="running")
    act(operator, Job, "cancel", [job])
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_keys_are_revoked(operator, everything):
    act(operator, ApiKey, "revoke", [ApiKey.objects.get()])
    assert not ApiKey.objects.usable().exists()


def test_programs_are_signed_out_and_invitations_withdrawn(operator, everything):
    act(operator, TokenFamily, "revoke", [TokenFamily.objects.get()])
    act(operator, Invitation, "withdraw", [Invitation.objects.get()])
    assert not TokenFamily.objects.usable().exists()
    assert not Invitation.objects.open().exists()


def test_a_person_added_here_gets_a_personal_workspace(operator):
    response = operator.post(
        reverse("admin:accounts_user_add"),
        {
            "email": "New@Example.org",
            "name": "New",
            "language": "ru",
            "usable_password": "true",
            "password1": "long-enough-1",
            "password2": "long-enough-1",
        },
    )
    assert response.status_code == 302, response.context["adminform"].form.errors
    person = User.objects.get(email="new@example.org")
    assert person.workspaces.get().personal
    assert person.check_password("long-enough-1")


def test_a_meeting_deleted_here_is_deleted_by_the_service(operator, deleted_by_service):
    meeting = MinutesFactory.create().meeting
    operator.post(reverse("admin:meetings_meeting_delete", args=[meeting.pk]), {"post": "yes"})
    assert deleted_by_service == [meeting.pk]


@pytest.fixture
def deleted_by_service(monkeypatch):
    deleted = []
    monkeypatch.setattr(
        "meetings.services.deletion.purge", lambda meeting_id, **told: deleted.append(meeting_id)
    )
    return deleted


@pytest.mark.parametrize("rows", [2, 12])
def test_the_list_of_jobs_costs_constant_queries(operator, rows, django_assert_max_num_queries):
    for _ in range(rows):
        JobFactory(state="failed")
    with django_assert_max_num_queries(9):
        operator.get(reverse("admin:meetings_job_changelist"))


def test_people_who_are_no_staff_do_not_get_in(browser):
    assert browser.get(reverse("admin:meetings_job_changelist")).status_code == 302
    assert Meeting.objects.count() == 0


def test_operators_revoke_links_and_never_read_them(operator, everything):
    page = operator.get(reverse("admin:meetings_meetinglink_changelist")).content.decode()
    link = MeetingLink.objects.get()
    assert link.digest not in page
    chosen = {"action": "revoke", "_selected_action": [link.pk]}
    operator.post(reverse("admin:meetings_meetinglink_changelist"), chosen)
    link.refresh_from_db()
    assert link.revoked_at


def test_uploads_that_nobody_will_finish_are_given_up(operator, everything):
    act(operator, Upload, "give_up", Upload.objects.all())
    assert not Upload.objects.exists()
